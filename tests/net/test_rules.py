"""RFC 9111 as tables: every case names its section."""

from __future__ import annotations

import pytest

from tests.net.exchanges import NOW, fields, request, stored
from tui.net import caching
from tui.net.caching import Decision, Verdict
from tui.net.directives import cache_control, delta_seconds, listed_fields, request_directives
from tui.net.freshness import current_age, lifetime
from tui.net.httpdates import http_date, parse_http_date
from tui.net.messages import Request, Stored


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Sun, 06 Nov 1994 08:49:37 GMT", 784111777, id="9110-5.6.7 IMF-fixdate"),
        pytest.param("Sunday, 06-Nov-94 08:49:37 GMT", 784111777, id="9110-5.6.7 RFC 850"),
        pytest.param("Sun Nov  6 08:49:37 1994", 784111777, id="9110-5.6.7 asctime"),
        pytest.param("sun, 06 nov 1994 08:49:37 gmt", 784111777, id="case does not matter"),
        pytest.param("Sunday, 06-Nov-66 08:49:37 GMT", 3056258977, id="9110-5.6.7 two digits, within 50 years"),
        pytest.param("Sunday, 06-Nov-94 08:49:60 GMT", 784111799, id="a leap second"),
        pytest.param("0", None, id="9111-5.3 zero is no date"),
        pytest.param("-1", None, id="9111-5.3 minus one"),
        pytest.param("Sun, 06 Nov 1994 08:49:37 EST", None, id="another zone"),
        pytest.param("Sun, 06 Nov 1994 08:49:37 +0000", None, id="a numeric zone"),
        pytest.param("Sun, 06 Nov 1994 08:49 GMT", None, id="no seconds"),
        pytest.param("Sun, 6 Nov 1994 08:49:37 GMT", None, id="a one-digit day"),
        pytest.param("Sun, 31 Feb 1994 08:49:37 GMT", None, id="a day that is none"),
        pytest.param("Sun, 06 Nov 1994 25:49:37 GMT", None, id="an hour that is none"),
        pytest.param("Sun, 06 Foo 1994 08:49:37 GMT", None, id="a month that is none"),
        pytest.param("Sun, ٠٦ Nov 1994 08:49:37 GMT", None, id="digits of another script"),
        pytest.param("Sun, 06 Nov 1994 08:49:37 GMT; x", None, id="something after it"),
        pytest.param("", None, id="empty"),
    ],
)
def test_http_dates(text: str, expected: float | None) -> None:
    assert parse_http_date(text, NOW) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("max-age=1, MAX-AGE=2", {"max-age": "1"}, id="4.2.1 the first counts; case"),
        pytest.param('no-cache="Set-Cookie, X"', {"no-cache": "Set-Cookie, X"}, id="5.2.2.4 quoted list"),
        pytest.param('a="x,max-age=9",max-age=1', {"a": "x,max-age=9", "max-age": "1"}, id="a comma inside quotes"),
        pytest.param("max-age=1;foo", {"max-age": "1;foo"}, id="junk stays with its directive"),
        pytest.param(",,  , no-store ,", {"no-store": None}, id="9110-5.6.1 empty members"),
        pytest.param("", {}, id="nothing"),
    ],
)
def test_cache_control(line: str, expected: dict[str, str | None]) -> None:
    assert cache_control(fields(f"cache-control: {line}")) == expected


def test_a_hostile_cache_control_takes_no_time() -> None:
    assert len(cache_control(fields("cache-control: " + 'a="' * 20_000))) < 5_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [("10", 10), ("007", 7), ("9" * 30, 2**31), ("-1", None), ("1.5", None), ("", None), (None, None), ("١", None)],
)
def test_delta_seconds(text: str | None, expected: int | None) -> None:
    """§1.2.2"""
    assert delta_seconds(text) == expected


def test_pragma_counts_only_without_cache_control() -> None:
    """§5.4"""
    assert "no-cache" in request_directives(fields("pragma: no-cache"))
    assert "no-cache" not in request_directives(fields("pragma: no-cache", "cache-control: max-age=1"))


def test_listed_fields() -> None:
    assert listed_fields(" Set-Cookie , X ,") == {"set-cookie", "x"}


@pytest.mark.parametrize(
    ("response", "age"),
    [
        pytest.param(stored(age=100), 100, id="4.2.3 resident time"),
        pytest.param(stored("age: 50", age=100), 150, id="4.2.3 Age is added"),
        pytest.param(stored("age: 50", age=100, delay=7), 157, id="4.2.3 response delay is added to Age"),
        pytest.param(stored(f"date: {http_date(NOW - 500)}", age=100), 500, id="4.2.3 apparent age"),
        pytest.param(stored(f"date: {http_date(NOW + 500)}", age=100), 100, id="4.2.3 Date in the future"),
        pytest.param(stored("age: 10, 90", age=0), 10, id="5.1 the first of several"),
        pytest.param(stored("age: -10", age=0), 0, id="5.1 negative"),
        pytest.param(stored("age: 1.5", age=0), 0, id="5.1 not a number of seconds"),
        pytest.param(stored("age: 99999999999999999999", age=0), 2**31, id="1.2.2 overflow"),
        pytest.param(stored(age=100, date=False), 100, id="no Date"),
    ],
)
def test_age(response: Stored, age: float) -> None:
    assert current_age(response, NOW) == pytest.approx(age)


def test_a_clock_set_back_makes_no_negative_age_and_nothing_immortal() -> None:
    assert current_age(stored(age=-200), NOW) == 0
    future = stored("cache-control: max-age=60", age=-86_400)
    assert caching.decide(request(), future, NOW).verdict is Verdict.VALIDATE


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        pytest.param(stored("cache-control: max-age=60"), 60, id="4.2.1 max-age"),
        pytest.param(
            stored("cache-control: max-age=60", f"expires: {http_date(NOW + 900)}"), 60, id="5.3 max-age first"
        ),
        pytest.param(stored("cache-control: s-maxage=60"), 0, id="5.2.2.10 s-maxage is for shared caches"),
        pytest.param(
            stored("cache-control: max-age=x", f"expires: {http_date(NOW + 900)}"), 0, id="4.2.1 unreadable is stale"
        ),
        pytest.param(stored("cache-control: max-age=-5"), 0, id="negative"),
        pytest.param(stored(f"expires: {http_date(NOW + 900)}"), 900, id="4.2.1 Expires minus Date"),
        pytest.param(stored(f"expires: {http_date(NOW - 900)}"), 0, id="Expires in the past"),
        pytest.param(stored("expires: 0"), 0, id="5.3 an invalid Expires is the past"),
        pytest.param(
            stored("expires: 0", f"last-modified: {http_date(NOW - 9_000)}"),
            0,
            id="4.2.2 no guess beside an invalid Expires",
        ),
        pytest.param(
            stored(f"expires: {http_date(NOW + 9)}", f"expires: {http_date(NOW + 900)}"),
            0,
            id="two Expires: none counts",
        ),
        pytest.param(stored(f"last-modified: {http_date(NOW - 1000)}"), 100, id="4.2.2 a tenth since Last-Modified"),
        pytest.param(stored(f"last-modified: {http_date(NOW - 10**8)}"), 86_400, id="4.2.2 capped at a day"),
        pytest.param(stored(f"last-modified: {http_date(NOW + 10**5)}"), 0, id="Last-Modified in the future"),
        pytest.param(stored(f"last-modified: {http_date(NOW - 1000)}", status=403), 0, id="4.2.2 no guess for 403"),
        pytest.param(
            stored(f"last-modified: {http_date(NOW - 1000)}", "cache-control: public", status=403),
            100,
            id="4.2.2 public allows it",
        ),
        pytest.param(stored(), 0, id="nothing said"),
    ],
)
def test_lifetime(response: Stored, expected: float) -> None:
    assert lifetime(response) == pytest.approx(expected)


FRESH, OLD = stored("cache-control: max-age=100", age=10), stored("cache-control: max-age=100", age=150)


@pytest.mark.parametrize(
    ("asked", "response", "verdict"),
    [
        pytest.param(request(), None, Verdict.FETCH, id="nothing stored"),
        pytest.param(request(), FRESH, Verdict.USE, id="4.2 fresh"),
        pytest.param(request(), OLD, Verdict.VALIDATE, id="4.2.4 stale"),
        pytest.param(
            request(),
            stored("cache-control: max-age=100", age=100),
            Verdict.VALIDATE,
            id="4.2 age equal to the lifetime",
        ),
        pytest.param(request("cache-control: no-cache"), FRESH, Verdict.VALIDATE, id="5.2.1.4 no-cache"),
        pytest.param(request("pragma: no-cache"), FRESH, Verdict.VALIDATE, id="5.4 Pragma"),
        pytest.param(request("cache-control: max-age=5"), FRESH, Verdict.VALIDATE, id="5.2.1.1 max-age below the age"),
        pytest.param(request("cache-control: max-age=50"), FRESH, Verdict.USE, id="5.2.1.1 max-age above the age"),
        pytest.param(request("cache-control: max-age=0"), FRESH, Verdict.VALIDATE, id="5.2.1.1 max-age=0"),
        pytest.param(request("cache-control: min-fresh=95"), FRESH, Verdict.VALIDATE, id="5.2.1.3 min-fresh too much"),
        pytest.param(request("cache-control: min-fresh=80"), FRESH, Verdict.USE, id="5.2.1.3 min-fresh met"),
        pytest.param(request("cache-control: max-stale"), OLD, Verdict.USE, id="5.2.1.2 max-stale without limit"),
        pytest.param(request("cache-control: max-stale=60"), OLD, Verdict.USE, id="5.2.1.2 within max-stale"),
        pytest.param(request("cache-control: max-stale=40"), OLD, Verdict.VALIDATE, id="5.2.1.2 beyond max-stale"),
        pytest.param(
            request("cache-control: max-stale"),
            stored("cache-control: max-age=100, must-revalidate", age=150),
            Verdict.VALIDATE,
            id="5.2.2.2 must-revalidate before max-stale",
        ),
        pytest.param(
            request(), stored("cache-control: max-age=100, no-cache"), Verdict.VALIDATE, id="5.2.2.4 no-cache"
        ),
        pytest.param(
            request(),
            stored('cache-control: max-age=100, no-cache="x"'),
            Verdict.VALIDATE,
            id="5.2.2.4 qualified no-cache",
        ),
        pytest.param(request(), stored("cache-control: max-age=100, immutable"), Verdict.USE, id="8246 immutable"),
        pytest.param(
            request(),
            stored("cache-control: max-age=100, proxy-revalidate", age=10),
            Verdict.USE,
            id="5.2.2.8 not for us",
        ),
        pytest.param(
            request(),
            stored("cache-control: max-age=100, stale-while-revalidate=60", age=150),
            Verdict.USE_AND_RENEW,
            id="5861-3 within",
        ),
        pytest.param(
            request(),
            stored("cache-control: max-age=100, stale-while-revalidate=40", age=150),
            Verdict.VALIDATE,
            id="5861-3 beyond",
        ),
        pytest.param(
            request("cache-control: max-age=500"),
            stored("cache-control: max-age=100, stale-while-revalidate=60", age=150),
            Verdict.VALIDATE,
            id="5861-3 the request wants more",
        ),
        pytest.param(
            request(),
            stored("cache-control: max-age=100, must-revalidate, stale-while-revalidate=60", age=150),
            Verdict.VALIDATE,
            id="5.2.2.2 before 5861-3",
        ),
        pytest.param(request("cache-control: only-if-cached"), None, Verdict.UNANSWERABLE, id="5.2.1.7 nothing"),
        pytest.param(request("cache-control: only-if-cached"), FRESH, Verdict.USE, id="5.2.1.7 fresh"),
        pytest.param(request("cache-control: only-if-cached"), OLD, Verdict.USE, id="5.2.1.7 stale but usable"),
        pytest.param(
            request("cache-control: only-if-cached"),
            stored("cache-control: max-age=100, must-revalidate", age=150),
            Verdict.UNANSWERABLE,
            id="5.2.1.7 stale and strict",
        ),
    ],
)
def test_verdicts(asked: Request, response: Stored | None, verdict: Verdict) -> None:
    assert caching.decide(asked, response, NOW).verdict is verdict


WEEK = 7 * 86_400


@pytest.mark.parametrize(
    ("response", "staleness", "allowed"),
    [
        pytest.param(stored(), WEEK - 1, True, id="4.2.4 a week by default"),
        pytest.param(stored(), WEEK + 1, False, id="not longer"),
        pytest.param(stored("cache-control: stale-if-error=60"), 59, True, id="5861-4 within"),
        pytest.param(stored("cache-control: stale-if-error=60"), 61, False, id="5861-4 beyond"),
        pytest.param(stored("cache-control: must-revalidate"), 1, False, id="5.2.2.2 must-revalidate"),
        pytest.param(stored("cache-control: no-cache"), 1, False, id="5.2.2.4 no-cache"),
        pytest.param(stored("cache-control: proxy-revalidate"), 1, True, id="5.2.2.8 not for us"),
        pytest.param(None, 0, False, id="nothing stored"),
    ],
)
def test_stale_on_error(response: Stored | None, staleness: float, allowed: bool) -> None:
    assert caching.stale_on_error(response, Decision(Verdict.VALIDATE, staleness, 0)) is allowed
