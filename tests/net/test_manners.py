"""Waiting: Retry-After, back-off, turns; and what identifies us."""

from __future__ import annotations

import asyncio

import pytest

from tui.net.fields import Fields, printable
from tui.net.httpdates import http_date
from tui.net.manners import BACK_OFF_CAP, DAY, back_off, retry_after, user_agent
from tui.net.turns import Ticket, Turns

NOW = 1_795_000_000.0


@pytest.mark.parametrize(
    ("status", "value", "wait"),
    [
        pytest.param(429, "120", 120, id="9110-10.2.3 seconds"),
        pytest.param(503, http_date(NOW + 120), 120, id="9110-10.2.3 date"),
        pytest.param(503, "999999999999999999999", DAY, id="capped at a day"),
        pytest.param(503, http_date(NOW + 40 * DAY), DAY, id="a far date is capped too"),
        pytest.param(503, http_date(NOW - 5), None, id="a date in the past"),
        pytest.param(503, "0", None, id="zero"),
        pytest.param(503, "-5", None, id="negative"),
        pytest.param(503, "soon", None, id="unreadable"),
        pytest.param(503, "1e9", None, id="not an integer"),
        pytest.param(200, "120", None, id="not on a good answer"),
        pytest.param(404, "120", None, id="not on 404"),
    ],
)
def test_retry_after(status: int, value: str, wait: float | None) -> None:
    until = retry_after(status, Fields([("retry-after", value)]), NOW)
    assert until == (None if wait is None else NOW + wait)


def test_back_off_doubles_under_full_jitter() -> None:
    bounds = [back_off(n, lambda: 0.999999) for n in (1, 2, 3, 4)]
    assert [round(b / 60) for b in bounds] == [1, 2, 4, 8]
    assert back_off(5000, lambda: 0.999999) <= BACK_OFF_CAP
    assert back_off(3, lambda: 0.5) == pytest.approx(120)
    assert 0 < back_off(1, lambda: 0.0) <= 6


def test_the_user_agent_is_honest_and_one_line() -> None:
    assert user_agent("khabar/1.0", "https://example.org/about") == "khabar/1.0 (+https://example.org/about)"
    assert user_agent("khabar/1.0", "") == "khabar/1.0"
    assert user_agent("khabar\r\nX: y", "a)(b\r\n") == "khabarX: y (+ab)"


@pytest.mark.parametrize(
    "text", ["\x1b[31m", "\x9b31m", "\u202e", "\u2028", "\u2066", "\x00", "\x7f", "\U000e0041", "\udc80"]
)
def test_nothing_a_terminal_obeys_is_printable(text: str) -> None:
    assert printable(f"a{text}b").isprintable()
    assert text not in printable(f"a{text}b")


def test_printable_keeps_words_and_cuts_floods() -> None:
    assert printable("خبر عاجل 12%") == "خبر عاجل 12%"
    assert len(printable("x" * 10_000)) < 400
    assert len(printable("\x1b" * 10_000)) < 400


A, B = ("http", "a", 80), ("http", "b", 80)


class Track:
    """How many run at once, and in which order they began."""

    def __init__(self, turns: Turns) -> None:
        self.turns, self.now, self.most, self.order = turns, 0, 0, []  # type: tuple[Turns, int, int, list[str]]

    async def run(self, name: str, origin: tuple[str, str, int], ticket: Ticket | None = None) -> None:
        async with self.turns.turn(origin, ticket or Ticket()):
            self.order.append(name)
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0.005)
            self.now -= 1


async def test_two_an_origin() -> None:
    track = Track(Turns(2, 16))
    await asyncio.gather(*(track.run("", A) for _ in range(9)))
    assert track.most == 2


async def test_sixteen_in_all() -> None:
    track = Track(Turns(2, 16))
    await asyncio.gather(*(track.run("", ("http", str(i), 80), Ticket(urgent=i % 2 == 0)) for i in range(60)))
    assert track.most == 16


async def test_the_last_turn_is_kept_for_whoever_is_waited_for() -> None:
    """Sixteen servers that drip must not keep a reader from a seventeenth."""
    turns, drip = Turns(2, 16), asyncio.Event()

    async def slow(number: int) -> None:
        async with turns.turn(("http", str(number), 80), Ticket()):
            await drip.wait()

    dripping = [asyncio.create_task(slow(i)) for i in range(40)]
    await asyncio.sleep(0)
    await asyncio.wait_for(Track(turns).run("read", A, Ticket(urgent=True)), 1)
    drip.set()
    await asyncio.gather(*dripping)


async def test_whoever_goes_to_the_same_server_follows() -> None:
    """Its connection is still open."""
    track = Track(Turns(1, 2))
    await asyncio.gather(*(track.run(n, B if n.startswith("b") else A) for n in ("a1", "b1", "c1", "a2", "b2", "a3")))
    assert track.order.index("a2") < track.order.index("a3")
    assert track.most == 2


async def test_a_busy_origin_does_not_hold_up_others() -> None:
    track = Track(Turns(1, 16))
    await asyncio.gather(track.run("a1", A), track.run("a2", A), track.run("b", B))
    assert track.order == ["a1", "b", "a2"]


async def test_who_is_waited_for_goes_first() -> None:
    track = Track(Turns(1, 1))
    late = Ticket()
    jobs = [
        asyncio.create_task(track.run(n, A, t))
        for n, t in (("1", Ticket()), ("2", Ticket()), ("3", late), ("4", Ticket(True)))
    ]
    await asyncio.sleep(0)
    late.urgent = True
    await asyncio.gather(*jobs)
    assert track.order == ["1", "3", "4", "2"]


async def test_a_turn_is_given_back_by_whoever_is_called_off() -> None:
    turns = Turns(1, 1)
    track = Track(turns)
    jobs = [asyncio.create_task(track.run(str(i), A)) for i in range(4)]
    await asyncio.sleep(0)
    jobs[0].cancel()
    jobs[1].cancel()
    await asyncio.gather(*jobs, return_exceptions=True)
    await asyncio.wait_for(track.run("last", A), 1)
    assert track.order[-1] == "last"


async def test_called_off_in_the_moment_of_admission() -> None:
    turns = Turns(1, 1)
    first = turns.turn(A, Ticket())
    await first.__aenter__()
    waiting = asyncio.create_task(Track(turns).run("x", A))
    await asyncio.sleep(0)
    await first.__aexit__(None, None, None)  # admits the waiting one …
    waiting.cancel()  # … which is called off before it runs
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.wait_for(Track(turns).run("y", A), 1)
