"""Articles of our own and an app that shows one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rich.style import Style
from textual.app import App, ComposeResult
from textual.strip import Strip

from tui.bidi.layout import display
from tui.locale import Locale, load
from tui.news.model import (
    Article,
    Block,
    Direction,
    Mark,
    MarkKind,
    Paragraph,
    Story,
    Text,
)
from tui.ui.widgets.article import ArticleView

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LINK = "https://www.riwaq.example/a/1"
ARABIC = "أعلنت إدارة الميناء يوم الثلاثاء 21 أكتوبر 2025 افتتاح «المكتبة البحرية» بعد أعمال ترميم استمرت ثلاث سنوات."
ENGLISH = "The trust said in a statement that it was glad the library is open again and thanked the volunteers."


def linked(text: str, *links: tuple[str, str], kind: MarkKind = MarkKind.LINK) -> Paragraph:
    marks = [Mark(text.index(part), text.index(part) + len(part), kind, url) for part, url in links]
    return Paragraph(Text(text, tuple(marks)))


def article(*blocks: Block, title: str = "افتتاح المكتبة البحرية", full: bool = True, **more: object) -> Article:
    base = {"language": "ar", "direction": Direction.RTL, "source": "الرواق", "source_link": LINK}
    return Article(title, blocks, full=full, **{**base, **more})  # type: ignore[arg-type]


def english(*blocks: Block, title: str = "The library opens") -> Article:
    return Article(title, blocks, source="The Lantern", language="en", source_link=LINK)


def numbered(count: int, words: str = "number") -> tuple[Paragraph, ...]:
    return tuple(Paragraph(Text(f"Paragraph {n} {words}. " + ENGLISH)) for n in range(1, count + 1))


STORY = Story(7, 1, "افتتاح", "الرواق", LINK, NOON - timedelta(days=3), NOON, 0)


class Bench(App[None]):
    """The article alone on a screen; remembers its messages."""

    CSS = "Screen { overflow: hidden; }"

    def __init__(self, shown: Article | None = None, locale: Locale | None = None) -> None:
        super().__init__()
        self.shown = shown
        self.view = ArticleView(locale=locale or load("en"), now=lambda: NOON)
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.view.focus()
        if self.shown is not None:
            self.view.show(self.shown, STORY)

    def on_article_view_link_chosen(self, message: ArticleView.LinkChosen) -> None:
        self.heard.append(message.url)

    def on_article_view_moved(self, message: ArticleView.Moved) -> None:
        self.heard.append((message.story_id, message.place, message.percent))

    def strips(self) -> list[Strip]:
        return self.screen._compositor.render_strips()

    def rows(self) -> list[str]:
        return ["".join(segment.text for segment in strip) for strip in self.strips()]

    def row_with(self, text: str) -> int:
        found = [y for y, row in enumerate(self.rows()) if display(text) in row or text in row]
        assert found, f"{text!r} is not on the screen:\n" + "\n".join(self.rows())
        return found[0]

    def styles_of(self, text: str) -> list[Style]:
        strip = self.strips()[self.row_with(text)]
        return [segment.style or Style() for segment in strip if text in segment.text or display(text) in segment.text]


def edges(row: str) -> tuple[int, int]:
    """Blank cells left and right of what stands in a row."""
    return len(row) - len(row.lstrip()), len(row) - len(row.rstrip())
