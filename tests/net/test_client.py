# ruff: noqa: E501  tables read better in long lines
"""What a fetch answers, against a server on loopback."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from tui.net.client import Client, ClientSettings, FailureKind, Notice, Outcome, OutcomeKind, Purpose

Make = Callable[..., Client]
Serve = Callable[..., Awaitable[Any]]
Answer = Callable[..., bytes]
FEED = b"<rss/>" * 50


async def get(client: Client, url: str, purpose: Purpose = Purpose.REFRESH) -> Outcome:
    return await client.fetch(url, purpose=purpose, private_ok=True)


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


def test_the_promised_limits(tmp_path: Path) -> None:
    """What readers, and servers' owners, are told; nothing in the program sets them otherwise."""
    settings = ClientSettings(tmp_path)
    assert (settings.total_timeout, settings.connect_timeout) == (30, 5)
    assert (settings.max_raw, settings.max_decoded, settings.cache_bytes) == (8 << 20, 16 << 20, 200 << 20)
    assert (settings.per_host, settings.total) == (2, 16)


async def test_fresh_then_revalidated_then_changed(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve(
        {
            "/feed": [
                answer(FEED, 'ETag: "1"', "Content-Type: application/rss+xml", "Set-Cookie: id=1"),
                answer(b"", 'ETag: "1"', status="304 Not Modified"),
                answer(FEED, 'ETag: "2"'),
                answer(b"new", 'ETag: "3"'),
            ]
        }
    )
    client = make_client()
    first, second, third, fourth = [await get(client, press.url("/feed")) for _ in range(4)]
    assert (first.kind, first.status, first.body, first.changed) == (OutcomeKind.FRESH, 200, FEED, True)
    assert (first.content_type, first.from_cache, first.stored) == ("application/rss+xml", False, True)
    assert first.received > len(FEED)
    assert "set-cookie" not in first.headers
    assert (second.kind, second.body, second.changed) == (OutcomeKind.REVALIDATED, FEED, False)
    assert second.from_cache and 0 < second.received < 200
    assert press.seen[1].fields["if-none-match"] == '"1"'
    assert (third.kind, third.changed) == (OutcomeKind.FRESH, False)  # sent again, the same
    assert (fourth.body, fourth.changed) == (b"new", True)
    assert all("cookie" not in s.fields and "referer" not in s.fields for s in press.seen)


async def test_what_we_say_about_ourselves(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/": answer(b"x")})
    await get(make_client(user_agent="khabar/9", contact="https://example.org/khabar"), press.url("/"))
    fields = press.seen[0].fields
    assert fields["user-agent"] == "khabar/9 (+https://example.org/khabar)"
    assert fields["accept-encoding"] == "zstd, br, gzip, deflate"
    assert set(fields) <= {"host", "user-agent", "accept", "accept-encoding"}


async def test_a_packed_body_is_stored_packed_and_served_unpacked(
    serve: Serve, make_client: Make, answer: Answer
) -> None:
    press = await serve({"/": answer(gzip.compress(FEED), "Content-Encoding: gzip", "Cache-Control: max-age=60")})
    client = make_client()
    assert (await get(client, press.url("/"))).body == FEED
    again = await get(client, press.url("/"), Purpose.READ)
    assert (again.kind, again.body, again.from_cache, again.received) == (OutcomeKind.FRESH, FEED, True, 0)
    assert len(press.seen) == 1


async def test_the_cache_outlives_the_program(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/": [answer(FEED, 'ETag: "1"'), answer(status="304 Not Modified")]})
    first = make_client()
    await get(first, press.url("/"))
    await first.aclose()
    assert (await get(make_client(), press.url("/"))).kind is OutcomeKind.REVALIDATED


async def test_purposes(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/": answer(FEED, 'ETag: "1"', "Cache-Control: max-age=3600")})
    clock = Clock()
    client, url = make_client(clock=clock), press.url("/")
    await get(client, url)
    assert (await get(client, url)).from_cache  # a refresh within a minute asks nobody
    assert (await get(client, url, Purpose.READ)).from_cache
    assert len(press.seen) == 1
    clock.ahead = 120
    assert (await get(client, url, Purpose.READ)).from_cache  # still fresh
    assert len(press.seen) == 1
    await get(client, url)  # a refresh looks for news all the same
    assert len(press.seen) == 2
    assert "cache-control" not in press.seen[1].fields
    await get(client, url, Purpose.FORCE)
    assert len(press.seen) == 3
    assert press.seen[2].fields["cache-control"] == "no-cache"  # also past caches on the way
    assert press.seen[2].fields["if-none-match"] == '"1"'


async def test_reading_gives_a_stale_answer_at_once_and_renews_it(
    serve: Serve, make_client: Make, answer: Answer
) -> None:
    async def slow(seen: Any, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(answer(b"new"))

    press = await serve({"/": [answer(b"old"), slow, answer(b"never asked")]})
    client, url = make_client(), press.url("/")
    await get(client, url)
    began = time.monotonic()
    outcome = await get(client, url, Purpose.READ)
    assert time.monotonic() - began < 0.15
    assert (outcome.kind, outcome.body, outcome.failure) == (OutcomeKind.STALE, b"old", None)
    await asyncio.sleep(0.4)
    client.offline = True
    assert (await get(client, url, Purpose.READ)).body == b"new"


async def test_reading_waits_when_the_answer_must_be_revalidated(
    serve: Serve, make_client: Make, answer: Answer
) -> None:
    press = await serve({"/": [answer(b"old", "Cache-Control: no-cache"), answer(b"new")]})
    client, url = make_client(), press.url("/")
    await get(client, url)
    assert (await get(client, url, Purpose.READ)).body == b"new"


async def test_no_store_is_not_stored(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/": answer(b"secret", "Cache-Control: no-store")})
    client, url = make_client(), press.url("/")
    assert (await get(client, url)).stored is False
    client.offline = True
    assert (await get(client, url)).kind is OutcomeKind.OFFLINE


async def test_a_304_without_a_date_makes_it_fresh_again(serve: Serve, make_client: Make, answer: Answer) -> None:
    first = answer(FEED, 'ETag: "1"', "Cache-Control: max-age=60", "Date: Sun, 06 Nov 1994 08:49:37 GMT")
    press = await serve({"/": [first, answer(status="304 Not Modified")]})
    client, url = make_client(), press.url("/")
    await get(client, url)
    assert (await get(client, url)).kind is OutcomeKind.REVALIDATED
    assert (await get(client, url, Purpose.READ)).kind is OutcomeKind.FRESH
    assert len(press.seen) == 2


async def test_a_304_about_something_else_is_asked_again(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve(
        {"/": [answer(b"one", 'ETag: "1"'), answer(status="304 Not Modified"), answer(b"two", 'ETag: "2"')]}
    )
    press.routes["/"][1] = b'HTTP/1.1 304 Not Modified\r\nETag: "other"\r\n\r\n'
    client, url = make_client(), press.url("/")
    await get(client, url)
    outcome = await get(client, url)
    assert (outcome.kind, outcome.body) == (OutcomeKind.FRESH, b"two")
    assert "if-none-match" not in press.seen[2].fields


@pytest.mark.parametrize("status", ["200 x", "304 x", "302 x", "404 x", "500 x"])
async def test_one_connection_serves_many_answers(serve: Serve, make_client: Make, answer: Answer, status: str) -> None:
    """Above all 304, which most answers to a refresh are."""
    body = b"" if status.startswith("3") else b"x"
    press = await serve({"/": [answer(FEED, 'ETag: "1"'), answer(body, 'ETag: "1"', "Location: /to", status=status)]})
    press.routes["/to"] = answer(FEED)
    client = make_client()
    for _ in range(6):
        await get(client, press.url("/"), Purpose.FORCE)
    assert len(press.seen) >= 6
    assert press.connections == 1


async def test_a_body_after_a_304_does_not_become_the_next_answer(
    serve: Serve, make_client: Make, answer: Answer
) -> None:
    forged = b"HTTP/1.1 304 Not Modified\r\n\r\n" + answer(b"forged")
    press = await serve({"/": [answer(FEED, 'ETag: "1"'), forged], "/next": answer(b"next")})
    client = make_client()
    await get(client, press.url("/"))
    assert (await get(client, press.url("/"))).kind is OutcomeKind.REVALIDATED
    assert (await get(client, press.url("/next"))).body == b"next"


async def test_a_lasting_204_is_kept_like_any_answer(serve: Serve, make_client: Make) -> None:
    """RFC 9110 §15.3.5: cacheable; an empty 200 is a mishap and is not kept."""
    press = await serve({"/204": b"HTTP/1.1 204 x\r\nCache-Control: max-age=99\r\n\r\n"})
    press.routes["/200"] = b"HTTP/1.1 200 x\r\nCache-Control: max-age=99\r\nContent-Length: 0\r\n\r\n"
    client = make_client()
    for path, requests in (("/204", 1), ("/200", 2)):
        for _ in range(2):
            outcome = await get(client, press.url(path), Purpose.READ)
            assert outcome.failure is not None and outcome.failure.kind is FailureKind.EMPTY
        assert press.count(path) == requests


async def test_a_304_nobody_asked_for_is_a_failure(serve: Serve, make_client: Make) -> None:
    press = await serve({"/": b"HTTP/1.1 304 Not Modified\r\n\r\n"})
    outcome = await get(make_client(), press.url("/"))
    assert outcome.kind is OutcomeKind.FAILED
    assert outcome.failure is not None


@pytest.mark.parametrize("status", ["500 x", "502 x", "503 x", "504 x", "429 x", "599 x"])
async def test_a_stale_answer_stands_in_for_an_error_and_stays(
    serve: Serve, make_client: Make, answer: Answer, status: str
) -> None:
    press = await serve({"/": [answer(FEED), answer(b"broken", "Cache-Control: max-age=999", status=status)]})
    client, url = make_client(), press.url("/")
    await get(client, url)
    outcome = await get(client, url)
    assert (outcome.kind, outcome.body) == (OutcomeKind.STALE, FEED)
    assert outcome.failure is not None and outcome.failure.kind in (FailureKind.SERVER, FailureKind.RATE_LIMITED)
    assert outcome.next_allowed is not None
    client.offline = True
    assert (await get(client, url)).body == FEED


async def test_a_dead_server(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/": answer(FEED)})
    client, url = make_client(), press.url("/")
    await get(client, url)
    await press.stop()
    outcome = await get(client, url, Purpose.FORCE)
    assert (outcome.kind, outcome.body) == (OutcomeKind.STALE, FEED)
    assert outcome.failure is not None and outcome.failure.kind is FailureKind.CONNECT
    other = await get(client, press.url("/other"), Purpose.FORCE)
    assert other.kind is OutcomeKind.FAILED
    assert other.failure is not None
    assert other.failure.sentence == "The server refuses connections; check the address or try again later."


async def test_must_revalidate_is_not_shown_stale_for_an_error(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/": [answer(FEED, "Cache-Control: must-revalidate"), answer(status="500 x")]})
    client, url = make_client(), press.url("/")
    await get(client, url)
    assert (await get(client, url)).kind is OutcomeKind.FAILED
    client.offline = True  # but whoever reads offline gets everything ever read, labelled
    assert (await get(client, url, Purpose.READ)).kind is OutcomeKind.STALE


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("400 x", FailureKind.STATUS), ("401 x", FailureKind.DENIED), ("403 x", FailureKind.DENIED),
        ("404 x", FailureKind.NOT_FOUND), ("410 x", FailureKind.GONE), ("418 x", FailureKind.STATUS),
        ("429 x", FailureKind.RATE_LIMITED), ("451 x", FailureKind.DENIED), ("500 x", FailureKind.SERVER),
        ("599 x", FailureKind.SERVER), ("206 x", FailureKind.STATUS), ("300 x", FailureKind.STATUS),
    ],
)  # fmt: skip
async def test_statuses(serve: Serve, make_client: Make, answer: Answer, status: str, kind: FailureKind) -> None:
    press = await serve({"/": answer(b"whatever", status=status)})
    outcome = await get(make_client(), press.url("/"))
    assert (outcome.kind, outcome.body, outcome.status) == (OutcomeKind.FAILED, b"", int(status[:3]))
    assert outcome.failure is not None and outcome.failure.kind is kind
    assert outcome.gone is (kind is FailureKind.GONE)
    assert status[:3] in outcome.failure.sentence
    assert outcome.failure.sentence.endswith(".")


async def test_a_passing_404_does_not_push_out_what_was_read(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/": [answer(FEED), answer(status="404 x")]})
    client, url = make_client(), press.url("/")
    await get(client, url)
    assert (await get(client, url)).kind is OutcomeKind.FAILED
    client.offline = True
    assert (await get(client, url)).body == FEED


async def test_twenty_at_once_are_one_request(serve: Serve, make_client: Make, answer: Answer) -> None:
    async def slow(seen: Any, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        writer.write(answer(FEED))

    press = await serve({"/": slow})
    client = make_client()
    purposes = [Purpose.REFRESH, Purpose.READ] * 10
    outcomes = await asyncio.gather(*(get(client, press.url("/"), p) for p in purposes))
    assert len(press.seen) == 1
    assert all(o.body == FEED for o in outcomes)


async def test_one_of_many_may_give_up(serve: Serve, make_client: Make, answer: Answer) -> None:
    async def slow(seen: Any, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(answer(FEED))

    press = await serve({"/": slow})
    client = make_client()
    one, two = (asyncio.create_task(get(client, press.url("/"))) for _ in range(2))
    await asyncio.sleep(0.05)
    one.cancel()
    assert (await two).body == FEED
    three = asyncio.create_task(get(client, press.url("/")))
    await asyncio.sleep(0.05)
    three.cancel()
    await asyncio.gather(three, return_exceptions=True)
    assert (await get(client, press.url("/"))).body == FEED  # a called-off fetch leaves nothing behind
    assert len(press.seen) == 3


async def test_closing_ends_what_is_under_way(serve: Serve, make_client: Make) -> None:
    async def never(seen: Any, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    press = await serve({"/": never})
    client = make_client()
    job = asyncio.create_task(get(client, press.url("/")))
    await asyncio.sleep(0.1)
    await asyncio.wait_for(client.aclose(), 2)
    assert (await job).kind is OutcomeKind.FAILED


async def test_two_connections_an_origin_sixteen_in_all(serve: Serve, make_client: Make, answer: Answer) -> None:
    async def slow(seen: Any, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.02)
        writer.write(answer(b"x"))

    routes = {f"/{i}": slow for i in range(8)}
    origins = [await serve(routes) for _ in range(12)]
    client = make_client()
    open_now: list[int] = []

    async def watch() -> None:
        while True:
            open_now.append(sum(o.open_now for o in origins))
            await asyncio.sleep(0.005)

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(get(client, o.url(f"/{i}")) for i in range(8) for o in origins))
    watching.cancel()
    assert max(o.most_open for o in origins) == 2
    assert 12 < max(open_now) <= 16
    assert sum(len(o.seen) for o in origins) == 96


async def test_a_reader_overtakes_the_refresh(serve: Serve, make_client: Make, answer: Answer) -> None:
    async def slow(seen: Any, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.02)
        writer.write(answer(b"x"))

    press = await serve({f"/{i}": slow for i in range(30)})
    client = make_client()
    jobs = [asyncio.create_task(get(client, press.url(f"/{i}"))) for i in range(29)]
    await asyncio.sleep(0.03)
    await get(client, press.url("/29"), Purpose.READ)
    late = asyncio.create_task(get(client, press.url("/28"), Purpose.READ))  # queued by the refresh, now waited for
    await late
    assert sum(job.done() for job in jobs) < 15
    await asyncio.gather(*jobs)


# -- manners --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("date", [False, True])
async def test_retry_after_is_kept_over_restarts_for_every_purpose(
    serve: Serve, make_client: Make, answer: Answer, date: bool
) -> None:
    said = formatdate(time.time() + 100, usegmt=True) if date else "100"
    press = await serve(
        {"/": [answer(b"", f"Retry-After: {said}", status="429 x"), answer(FEED)], "/other": answer(FEED)}
    )
    clock = Clock()
    client = make_client(clock=clock)
    first = await get(client, press.url("/"))
    assert first.next_allowed is not None
    assert 90 < (first.next_allowed - datetime.now(UTC)).total_seconds() < 101
    await client.aclose()
    client = make_client(clock=clock)
    for purpose in Purpose:
        held = await get(client, press.url("/"), purpose)
        assert held.failure is not None and held.failure.kind is FailureKind.RATE_LIMITED
        assert held.next_allowed is not None
        assert "2 minutes" in held.failure.sentence
    assert (await get(client, press.url("/other"))).kind is OutcomeKind.FAILED  # 429 speaks for the whole origin
    assert len(press.seen) == 1
    clock.ahead = 101
    assert (await get(client, press.url("/"), Purpose.FORCE)).kind is OutcomeKind.FRESH


async def test_retry_after_of_a_503_holds_only_its_address(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/": answer(b"", "Retry-After: 100", status="503 x"), "/other": answer(FEED)})
    client = make_client()
    await get(client, press.url("/"))
    assert (await get(client, press.url("/"), Purpose.FORCE)).status == 0
    assert (await get(client, press.url("/other"))).kind is OutcomeKind.FRESH


async def test_a_lie_in_retry_after_costs_a_day_at_most(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/": answer(b"", "Retry-After: 99999999999", status="503 x")})
    outcome = await get(make_client(), press.url("/"))
    assert outcome.next_allowed is not None
    assert (outcome.next_allowed - datetime.now(UTC)).total_seconds() <= 86_401


async def test_a_clock_set_back_ends_every_wait(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/": [answer(b"", "Retry-After: 100", status="503 x"), answer(FEED)]})
    clock = Clock()
    clock.ahead = 90 * 86_400
    client, url = make_client(clock=clock), press.url("/")
    await get(client, url)
    clock.ahead = 0
    assert (await get(client, url)).body == FEED


async def test_back_off_holds_the_background_and_never_the_reader(
    serve: Serve, make_client: Make, answer: Answer
) -> None:
    press = await serve({"/": [answer(status="500 x"), answer(status="500 x"), answer(FEED)]})
    client, url = make_client(), press.url("/")
    failed = await get(client, url)
    assert failed.next_allowed is not None
    held = await get(client, url)
    assert held.failure is not None and held.failure.kind is FailureKind.BACK_OFF
    assert held.next_allowed is not None
    assert len(press.seen) == 1
    assert (await get(client, url, Purpose.READ)).status == 500
    assert (await get(client, url, Purpose.FORCE)).body == FEED
    await get(client, url)  # success: forgotten
    assert len(press.seen) == 4


async def test_a_lost_kept_alive_connection_is_tried_once_more(serve: Serve, make_client: Make, answer: Answer) -> None:
    async def hang_up(seen: Any, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort() if seen.number == 0 else writer.write(answer(FEED))

    press = await serve({"/": answer(b"x"), "/next": hang_up})
    client = make_client()
    await get(client, press.url("/"))
    assert (await get(client, press.url("/next"))).body == FEED


# -- redirects ------------------------------------------------------------------------------------------------------


async def test_a_permanent_redirect_seen_twice_is_confirmed(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/old": answer(b"", "Location: /new", status="301 x"), "/new": answer(FEED)})
    client = make_client()
    first, second = await get(client, press.url("/old")), await get(client, press.url("/old"))
    assert (first.url, first.body) == (press.url("/new"), FEED)
    assert (first.moved_to, first.moved_confirmed) == (press.url("/new"), False)
    assert (second.moved_to, second.moved_confirmed) == (press.url("/new"), True)


async def test_another_target_starts_the_count_anew(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve(
        {
            "/old": [answer(b"", f"Location: /{t}", status="308 x") for t in ("a", "b", "b")],
            "/a": answer(FEED), "/b": answer(FEED),
        }
    )  # fmt: skip
    client = make_client()
    assert [(await get(client, press.url("/old"))).moved_confirmed for _ in range(3)] == [False, False, True]


async def test_temporary_and_mixed_redirects_move_nothing(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve(
        {
            "/302": answer(b"", "Location: /new", status="302 x"),
            "/303": answer(b"", "Location: /new", status="303 x"),
            "/307": answer(b"", "Location: /new", status="307 x"),
            "/mixed": answer(b"", "Location: /302", status="301 x"),
            "/late": answer(b"", "Location: /perm", status="302 x"),
            "/perm": answer(b"", "Location: /new", status="301 x"),
            "/broken": answer(b"", "Location: /none", status="301 x"),
            "/new": answer(FEED),
        }
    )
    client = make_client()
    moved = {p: (await get(client, press.url(p))).moved_to for p in ("/302", "/303", "/307", "/late", "/broken")}
    assert set(moved.values()) == {""}
    assert (await get(client, press.url("/mixed"))).moved_to == press.url("/302")


async def test_five_hops_and_no_more(serve: Serve, make_client: Make, answer: Answer) -> None:
    routes: dict[str, bytes] = {f"/{i}": answer(b"", f"Location: /{i + 1}", status="302 x") for i in range(9)}
    press = await serve({**routes, "/9": answer(FEED)})
    client = make_client()
    assert (await get(client, press.url("/4"))).body == FEED
    outcome = await get(client, press.url("/3"))
    assert outcome.failure is not None and outcome.failure.kind is FailureKind.REDIRECT
    assert "more than 5 times" in outcome.failure.sentence


async def test_a_redirect_is_cached_too(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve(
        {"/old": answer(b"", "Location: /new", "Cache-Control: max-age=60", status="301 x"), "/new": answer(FEED)}
    )
    client = make_client()
    await get(client, press.url("/old"))
    client.offline = True
    outcome = await get(client, press.url("/old"), Purpose.READ)
    assert (outcome.body, outcome.url) == (FEED, press.url("/new"))


async def test_credentials_go_to_their_own_origin_only(serve: Serve, make_client: Make, answer: Answer) -> None:
    other = await serve({"/": answer(b"x")})
    press = await serve(
        {"/away": answer(b"", f"Location: {other.url('/', 'localhost')}", status="302 x"), "/own": answer(b"y")}
    )
    client = make_client()
    mine = press.url("/own").replace("http://", "http://me:p%40ss@")
    outcome = await get(client, mine)
    assert press.seen[0].fields["authorization"] == "Basic bWU6cEBzcw=="
    assert "p%40ss" not in outcome.url
    refused = await get(client, press.url("/away").replace("http://", "http://me:p%40ss@"))
    assert refused.failure is not None and refused.failure.kind is FailureKind.REFUSED
    assert other.seen == []
    client.offline = True
    assert (await get(client, press.url("/own"))).kind is OutcomeKind.OFFLINE  # a stranger's copy is not shown


async def test_a_cache_that_cannot_be_written_is_said_once(
    serve: Serve, make_client: Make, answer: Answer, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    press = await serve({"/": answer(FEED)})
    told: list[Notice] = []
    client = make_client(cache_path=tmp_path / "file" / "http.db", notify=told.append)
    for _ in range(3):
        outcome = await get(client, press.url("/"))
        assert (outcome.kind, outcome.body, outcome.stored) == (OutcomeKind.FRESH, FEED, False)
    await asyncio.sleep(0)
    assert [n.sentence for n in told] == [
        "The cache file cannot be used: pages are shown but not cached; check the directory and its permissions."
    ]
    assert client.notices == told


async def test_damage_while_running_heals(serve: Serve, make_client: Make, answer: Answer, tmp_path: Path) -> None:
    press = await serve({f"/{i}": answer(FEED * 300, "Cache-Control: max-age=99") for i in range(30)})
    client = make_client()
    for i in range(30):
        await get(client, press.url(f"/{i}"))
    await client.tidy()
    file = tmp_path / "cache" / "http.db"
    with file.open("r+b") as broken:
        broken.seek(4096)
        broken.write(b"\xff" * (file.stat().st_size - 8192))
    (tmp_path / "cache" / "http.db-wal").write_bytes(b"")
    outcomes = [await get(client, press.url(f"/{i}")) for _ in range(3) for i in range(30)]
    assert all(o.body == FEED * 300 for o in outcomes)
    assert outcomes[-1].from_cache
    assert len(client.notices) == 1


# -- addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["", "file:///etc/passwd", "example.com", "http://", "\x1b[31m", "http://a b/", "http://[::1"]
)
async def test_no_address_at_all(make_client: Make, url: str) -> None:
    outcome = await make_client().fetch(url)
    assert outcome.kind is OutcomeKind.FAILED
    assert outcome.failure is not None and outcome.failure.kind is FailureKind.ADDRESS
    assert "\x1b" not in outcome.url


async def test_a_password_in_a_broken_address_is_not_repeated(make_client: Make) -> None:
    outcome = await make_client().fetch("http://me:secret@a b/")
    assert outcome.url == "http://a b/"


async def test_foreign_text_comes_out_harmless(serve: Serve, make_client: Make) -> None:
    press = await serve(
        {
            "/": b"HTTP/1.1 200 O\x9bK\r\nX: a\x9b31mb\xd8\xae\r\nContent-Type: text/\x9bhtml\r\nContent-Length: 1\r\n\r\nx",
            "/e": b"HTTP/1.1 500 \x9b31m\xc2\x9bevil\r\nX: \xe2\x80\xaeevil\r\nContent-Length: 0\r\n\r\n",
        }
    )
    client = make_client()
    outcomes = [await get(client, press.url("/")), await get(client, press.url("/e"))]
    for outcome in outcomes:
        assert outcome.status in (200, 500)
        texts = [*outcome.headers.values(), outcome.content_type]
        texts += [outcome.failure.detail, outcome.failure.sentence] if outcome.failure else []
        assert all(text.isprintable() for text in texts), texts
