"""What parsing costs: a feed of 30 items, its way through the parser process, a hundred feeds, an aggregator's page.

Run: python tests/bench/bench_sources.py
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

from tui.sources.parse import parse
from tui.sources.worker import Worker

NOW = datetime(2025, 12, 12, 12, tzinfo=UTC)
URL = "https://paper.example/feed"
SENTENCE = "قال المتحدث باسم البلدية إن الأشغال ستنتهي قبل نهاية العام الجاري، وإن الرصيف سيفتح للعموم. "


def feed(items: int) -> bytes:
    body = "".join(f"<p>{SENTENCE * 4}<a href='/x'>رابط</a></p>" for _ in range(3))
    rows = "".join(
        f"<item><title>خبر رقم {i} من المدينة</title><guid>{i}</guid><link>https://paper.example/{i}</link>"
        f"<pubDate>Thu, 11 Dec 2025 14:{i % 60:02}:00 +0100</pubDate>"
        f"<description><![CDATA[{body}]]></description></item>"
        for i in range(items)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>جريدة</title>{rows}</channel></rss>'.encode()


def page() -> bytes:
    ticker = "&nbsp;&nbsp;&nbsp;&nbsp;".join(
        f'<a href="/paper{i % 9}/{i}">خبر قصير رقم {i} من المدينة</a>' for i in range(54)
    )
    body = "".join(f"<p>{SENTENCE * 3}</p>" for _ in range(20))
    return (
        f'<html lang="ar"><body><div>{ticker}</div><h1>عنوان الخبر الكبير</h1>'
        f"<p>نشر في أخبارنا يوم 21 - 10 - 2015</p>{body}"
        '<p>انقر <a href="https://other.example/">هنا</a> لقراءة الخبر من مصدره.</p></body></html>'
    ).encode()


def best(act: Callable[[], object], rounds: int = 10) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return min(times) * 1000


async def through_the_worker(body: bytes, count: int) -> tuple[float, float]:
    worker = Worker()
    start = time.perf_counter()
    await worker.parse(feed(1), url=URL)
    ready = time.perf_counter()
    await asyncio.gather(*(worker.parse(body, url=URL) for _ in range(count)))
    done = time.perf_counter()
    await worker.aclose()
    return (ready - start) * 1000, (done - ready) * 1000


def main() -> None:
    body, html = feed(30), page()
    took = best(lambda: parse(body, url=URL, now=NOW))
    print(f"feed of 30 items, {len(body) // 1000} kB: {took:.1f} ms of processor time")
    print(f"aggregator page, {len(html) // 1000} kB: {best(lambda: parse(html, url=URL, now=NOW)):.1f} ms")
    first, all_ = asyncio.run(through_the_worker(body, 100))
    print(f"parser process: first document after {first:.0f} ms, then 100 feeds in {all_:.0f} ms")


if __name__ == "__main__":
    main()
