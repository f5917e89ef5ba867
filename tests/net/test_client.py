# ruff: noqa: E501  tables read better in long lines
"""What a fetch answers, against a server on loopback."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from typing import Any

import pytest

from tests.net.asking import FEED, Answer, Clock, Make, Serve, get
from tui.net.client import ClientSettings, FailureKind, Notice, OutcomeKind, Purpose


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
    released = asyncio.Event()

    async def slow(seen: Any, writer: asyncio.StreamWriter) -> None:
        await released.wait()
        writer.write(answer(b"new"))

    press = await serve({"/": [answer(b"old"), slow, answer(b"never asked")]})
    client, url = make_client(), press.url("/")
    await get(client, url)
    outcome = await get(client, url, Purpose.READ)
    assert (outcome.kind, outcome.body, outcome.failure) == (OutcomeKind.STALE, b"old", None)
    released.set()
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


# -- manners --------------------------------------------------------------------------------------------------------


async def test_a_lost_kept_alive_connection_is_tried_once_more(serve: Serve, make_client: Make, answer: Answer) -> None:
    async def hang_up(seen: Any, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort() if seen.number == 0 else writer.write(answer(FEED))

    press = await serve({"/": answer(b"x"), "/next": hang_up})
    client = make_client()
    await get(client, press.url("/"))
    assert (await get(client, press.url("/next"))).body == FEED


# -- redirects ------------------------------------------------------------------------------------------------------


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
