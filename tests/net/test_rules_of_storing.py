# ruff: noqa: E501  tables read better in long lines
"""RFC 9111 as tables: what is stored, replaced, merged, matched and dropped; every case names its section."""

from __future__ import annotations

import pytest

from tests.net.exchanges import NOW, URL, fields, request, stored
from tui.net import caching
from tui.net.httpdates import http_date
from tui.net.messages import Request, Stored


@pytest.mark.parametrize(
    ("asked", "status", "lines", "kept"),
    [
        pytest.param(request(), 200, [], True, id="3 a final status that may be guessed"),
        pytest.param(request(), 200, ["cache-control: no-store"], False, id="5.2.2.5 no-store"),
        pytest.param(request("cache-control: no-store"), 200, [], False, id="5.2.1.5 request no-store"),
        pytest.param(request(), 200, ["cache-control: private"], True, id="5.2.2.7 private is ours"),
        pytest.param(request(), 200, ['cache-control: private="x"'], True, id="5.2.2.7 qualified private"),
        pytest.param(request(), 403, [], False, id="3 403 without a word"),
        pytest.param(request(), 403, ["cache-control: max-age=9"], True, id="3 403 with max-age"),
        pytest.param(request(), 302, ["expires: 0"], True, id="3 Expires counts even when invalid"),
        pytest.param(request(), 302, ["cache-control: s-maxage=9"], False, id="3 s-maxage does not count"),
        pytest.param(request(), 404, [], True, id="3 404 may be guessed"),
        pytest.param(request(), 206, ["cache-control: max-age=9"], False, id="3.3 partial content"),
        pytest.param(request(), 304, ["cache-control: max-age=9"], False, id="a 304 is no response of its own"),
        pytest.param(request(), 103, ["cache-control: max-age=9"], False, id="3 interim"),
        pytest.param(request(method="POST"), 200, ["cache-control: max-age=9"], False, id="only GET and HEAD"),
        pytest.param(request("range: bytes=0-1"), 200, ["cache-control: max-age=9"], False, id="3.3 asked for a part"),
        pytest.param(request(), 200, ["cache-control: must-understand, no-store"], True, id="5.2.2.3 understood"),
        pytest.param(request(), 499, ["cache-control: must-understand, max-age=9"], False, id="5.2.2.3 not understood"),
        pytest.param(request(), 599, ["cache-control: max-age=9"], True, id="3 any status with max-age"),
    ],
)
def test_may_store(asked: Request, status: int, lines: list[str], kept: bool) -> None:
    assert caching.may_store(asked, status, fields(*lines)) is kept


@pytest.mark.parametrize(
    ("status", "lines", "old", "replaces"),
    [
        (200, [], 200, True), (200, [], 404, True), (404, [], 200, False), (404, ["cache-control: max-age=9"], 200, True),
        (410, ["expires: 0"], 200, True), (503, ["cache-control: max-age=9"], 200, False),
        (429, ["cache-control: max-age=9"], 200, False), (503, [], 404, True), (301, [], 200, True),
    ],
)  # fmt: skip
def test_an_error_never_pushes_out_a_good_answer(status: int, lines: list[str], old: int, replaces: bool) -> None:
    assert caching.may_replace(status, fields(*lines), old) is replaces


def test_stored_fields_leave_out_connection_and_cookies() -> None:
    """§3.1"""
    kept = caching.stored_fields(
        fields(
            "connection: x-own, close",
            "x-own: 1",
            "set-cookie: a=b",
            "keep-alive: 1",
            "etag: e",
            "transfer-encoding: y",
        ),
        NOW,
    )
    assert {n for n, _ in kept} == {"etag", "date"}
    assert kept.get("date") == http_date(NOW)


@pytest.mark.parametrize(
    ("mine", "theirs", "about_it"),
    [
        pytest.param('etag: "a"', 'etag: "a"', True, id="4.3.4 the same strong tag"),
        pytest.param('etag: "a"', 'etag: "b"', False, id="4.3.4 another strong tag"),
        pytest.param('etag: W/"a"', 'etag: W/"a"', True, id="4.3.4 the same weak tag"),
        pytest.param('etag: W/"a"', 'etag: "a"', True, id="9110-8.8.3.2 compared weakly"),
        pytest.param('etag: "a"', "x: y", True, id="4.3.4 no tag in the 304"),
        pytest.param("last-modified: x", 'etag: "b"', True, id="4.3.4 no tag stored"),
        pytest.param('etag: "a"', "etag: broken", True, id="a tag that is none says nothing"),
    ],
)
def test_which_response_a_304_means(mine: str, theirs: str, about_it: bool) -> None:
    assert caching.selects(stored(mine), fields(theirs)) is about_it


def test_merge_of_a_304() -> None:
    """§3.2"""
    old = fields(
        "etag: a",
        "content-type: text/xml",
        "content-length: 9",
        "age: 70",
        "x: old",
        "content-encoding: gzip",
        "date: x",
    )
    new = fields(
        "x: new", "content-length: 0", "content-type: wrong/one", "set-cookie: c", "content-encoding: br", "y: 1"
    )
    merged = caching.merge(old, new)
    assert dict(merged.pairs) == {
        "etag": "a", "content-type": "text/xml", "content-length": "9", "content-encoding": "gzip", "x": "new", "y": "1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "sent"),
    [
        pytest.param(['etag: "a"'], {"if-none-match": '"a"'}, id="4.3.1 strong"),
        pytest.param(['etag: W/"a"'], {"if-none-match": 'W/"a"'}, id="4.3.1 weak"),
        pytest.param(["etag: bare"], {"if-none-match": "bare"}, id="without quotes, as it came"),
        pytest.param(["etag: " + "x" * 5000], {}, id="a huge tag is not carried about"),
        pytest.param(['etag: "\x1b[31m"'], {}, id="no control characters are sent"),
        pytest.param(["last-modified: Sun, 06 Nov 1994 08:49:37 GMT"], {"if-modified-since": "Sun, 06 Nov 1994 08:49:37 GMT"}, id="4.3.1 date"),
        pytest.param(["etag: \"é\""], {}, id="not ASCII"),
        pytest.param(["x: y"], {}, id="nothing"),
    ],
)  # fmt: skip
def test_validators(lines: list[str], sent: dict[str, str]) -> None:
    assert dict(caching.validators(stored(*lines))) == sent


@pytest.mark.parametrize(
    ("vary", "first", "second", "same"),
    [
        pytest.param("Accept", ["accept: a"], ["accept: a"], True, id="4.1 equal"),
        pytest.param("Accept", ["accept: a"], ["accept: b"], False, id="4.1 different"),
        pytest.param("Accept", [], [], True, id="4.1 absent in both"),
        pytest.param("Accept", ["accept: a"], [], False, id="4.1 absent in one"),
        pytest.param("*", ["accept: a"], ["accept: a"], False, id="4.1 star"),
        pytest.param("Foo, *", [], [], False, id="4.1 star in a list"),
        pytest.param("accept, , FOO", ["accept: a", "foo: 1"], ["accept: a", "foo: 2"], False, id="4.1 second name"),
        pytest.param("Accept", ["accept: a,b"], ["accept: a ,  b"], True, id="4.1 blanks in lists"),
        pytest.param("Accept", ["accept: a", "accept: b"], ["accept: a, b"], True, id="4.1 combined lines"),
    ],
)
def test_vary(vary: str, first: list[str], second: list[str], same: bool) -> None:
    key = caching.selecting(fields(*first), fields(f"vary: {vary}"))
    chosen = caching.choose([Stored(1, "GET", URL, 200, fields(), key, 0, 0, b"")], fields(*second))
    assert (chosen is not None) is same


def test_a_password_is_not_written_down() -> None:
    key = caching.selecting(fields("authorization: Basic c2VjcmV0"), fields("vary: Authorization"))
    assert "c2VjcmV0" not in repr(key)
    same = [Stored(1, "GET", URL, 200, fields(), key, 0, 0, b"")]
    assert caching.choose(same, fields("authorization: Basic c2VjcmV0"))
    assert not caching.choose(same, fields("authorization: Basic other"))


def test_the_newest_of_several_variants_is_chosen() -> None:
    """§4.1"""
    rows = [Stored(i, "GET", URL, 200, fields(), (), when, when, b"") for i, when in ((1, 5.0), (2, 9.0), (3, 7.0))]
    chosen = caching.choose(rows, fields())
    assert chosen is not None and chosen.id == 2


@pytest.mark.parametrize(
    ("method", "status", "lines", "gone"),
    [
        pytest.param("POST", 200, [], [URL], id="4.4 the address itself"),
        pytest.param("POST", 302, ["location: /y"], [URL, "http://feeds.example/y"], id="4.4 Location"),
        pytest.param(
            "PUT", 204, ["content-location: y?z#f"], [URL, "http://feeds.example/y?z"], id="4.4 Content-Location"
        ),
        pytest.param("POST", 200, ["location: http://other.example/y"], [URL], id="4.4 not on another origin"),
        pytest.param(
            "POST", 200, ["location: https://feeds.example/x"], [URL], id="4.4 another scheme is another origin"
        ),
        pytest.param("POST", 200, ["location: http://[bad"], [URL], id="a malformed address"),
        pytest.param("POST", 404, [], [], id="4.4 not on errors"),
        pytest.param("GET", 200, ["location: /y"], [], id="4.4 not on safe methods"),
        pytest.param("BREW", 200, [], [URL], id="4.4 an unknown method is unsafe"),
    ],
)
def test_invalidation(method: str, status: int, lines: list[str], gone: list[str]) -> None:
    assert list(caching.invalidated(method, URL, status, fields(*lines))) == gone
