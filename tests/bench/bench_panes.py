"""What the panes cost: a cursor move, a page, opening and resizing an article of 2,000 words.

    python tests/bench/bench_panes.py

Frames are drawn into memory by a headless Textual app of 120 x 40; a frame is everything from the call to the strips
of the rows that changed. Nothing is asserted: the machine decides.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from textual.app import App, ComposeResult
from textual.containers import Horizontal

from tui.locale import load
from tui.news.model import Article, Direction, Paragraph, Story, Text
from tui.ui.widgets.article import ArticleView
from tui.ui.widgets.headlines import HeadlineList
from tui.ui.widgets.window import Empty

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
TITLE = "افتتاح المكتبة البحرية في الميناء القديم بعد أعمال ترميم استمرت ثلاث سنوات (1-0)"
SENTENCE = "أعلنت إدارة الميناء يوم الثلاثاء 21 أكتوبر 2025 افتتاح «المكتبة البحرية» مع Blue Harbour Trust بكلفة 85%. "
COUNT = 100_000


class Pages(Empty):
    """A hundred thousand stories that are made when they are asked for; ids and times fall together."""

    def story(self, number: int) -> Story:
        when = NOW - timedelta(minutes=COUNT - number)
        link = f"https://a.example/{number}"
        return Story(
            number, 1, TITLE, "الرواق", link, when, when, int(when.timestamp()), language="ar", read=number % 3 == 0
        )

    def first(self, limit: int) -> list[Story]:
        return [self.story(n) for n in range(COUNT, COUNT - limit, -1)]

    def last(self, limit: int) -> list[Story]:
        return [self.story(n) for n in range(limit, 0, -1)]

    def after(self, story: Story, limit: int) -> list[Story]:
        return [self.story(n) for n in range(story.id - 1, max(0, story.id - 1 - limit), -1)]

    def before(self, story: Story, limit: int) -> list[Story]:
        return [self.story(n) for n in range(min(COUNT, story.id + limit), story.id, -1)]


class Bench(App[None]):
    """Both panes side by side."""

    CSS = "HeadlineList { width: 46; }"

    def compose(self) -> ComposeResult:
        locale = load("ar")
        self.article = ArticleView(locale=locale, now=lambda: NOW)
        self.headlines = HeadlineList(locale=locale, now=lambda: NOW)
        yield Horizontal(self.article, self.headlines)


def article(number: int) -> Article:
    """2,000 words in paragraphs of about 80; a new one each time, so nothing is remembered."""
    paragraphs = tuple(Paragraph(Text(f"{number}-{n} " + SENTENCE * 5)) for n in range(25))
    return Article(f"{TITLE} {number}", paragraphs, "الرواق", language="ar", direction=Direction.RTL)


def back_and_on(app: Bench, step: Callable[[int], bool]) -> None:
    """A step on, or back to the top at the end."""
    if not step(1):
        app.article.to_top()


def opened(app: Bench, shown: Article) -> None:
    """A new article."""
    app.article.show(shown, None)


def opened_at_the_end(app: Bench, shown: Article) -> None:
    """A new article, at once at its end."""
    opened(app, shown)
    app.article.to_end()


def frame(app: Bench, name: str, count: int, step: Callable[[int], object]) -> None:
    """Time ``count`` steps, each with the drawing of both panes' changed rows."""
    times = []
    for n in range(count):
        started = time.perf_counter()
        step(n)
        for pane in (app.article, app.headlines):
            pane.render_lines(pane.size.region)
        times.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(times, n=20)
    print(f"{name:<44} median {statistics.median(times):7.2f} ms   p95 {cuts[-1]:7.2f} ms")


async def main() -> None:
    app = Bench()
    async with app.run_test(size=(120, 40)) as pilot:
        started = time.perf_counter()
        app.headlines.show(Pages())
        app.headlines.render_lines(app.headlines.size.region)
        print(f"{'first screen of 100,000 headlines':<44} once   {(time.perf_counter() - started) * 1000:7.2f} ms")
        await pilot.pause()
        articles = [article(n) for n in range(60)]
        frame(app, "list: cursor down", 300, lambda n: app.headlines.move(1))
        frame(app, "list: page down", 100, lambda n: app.headlines.page(1))
        frame(app, "list: last, first", 40, lambda n: app.headlines.to_last() if n % 2 else app.headlines.to_first())
        frame(app, "list: reload", 40, lambda n: app.headlines.reload())
        frame(app, "article: open 2,000 words", 60, lambda n: opened(app, articles[n]))
        frame(app, "article: full text in its place", 60, lambda n: app.article.status(f"full text {n}"))
        frame(app, "article: page on, back", 60, lambda n: back_and_on(app, app.article.page))
        frame(app, "article: one line on", 60, lambda n: back_and_on(app, app.article.line))
        frame(app, "article: find", 40, lambda n: app.article.find(("المكتبه", "")[n % 2]))
        frame(
            app,
            "article: to the end of a new one",
            40,
            lambda n: opened_at_the_end(app, articles[n]),
        )


if __name__ == "__main__":
    asyncio.run(main())
