"""When a server says that it wants to be left alone, or fails: who waits, and for how long."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import formatdate

import pytest

from tests.net.asking import FEED, Answer, Clock, Make, Serve, get
from tui.net.client import FailureKind, OutcomeKind, Purpose


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
