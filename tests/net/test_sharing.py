"""Fetches at the same time: one request for all who ask, and what the connections are given to."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.net.asking import FEED, Answer, Make, Serve, get
from tui.net.client import OutcomeKind, Purpose


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
