"""Stories of our own and an app that lists them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rich.style import Style
from textual.app import App, ComposeResult
from textual.strip import Strip

from tui.locale import Locale, load
from tui.news.model import Story
from tui.ui.widgets.headlines import HeadlineList
from tui.ui.widgets.window import Empty

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ARABIC = "افتتاح مكتبة في الميناء"
LONG_ARABIC = (
    "تساقطات ثلجية وأمطار قوية من الجمعة إلى الأحد المقبل وهيئة الأرصاد تنصح المسافرين بالتمهل على الطرق الجبلية"
)
ENGLISH = "A library opens in the harbour"


def story(
    story_id: int, title: str = ENGLISH, *, paper: str = "The Lantern", minutes: int = 5, **more: object
) -> Story:
    when = NOON - timedelta(minutes=minutes)
    made = Story(story_id, 1, title, paper, f"https://a.example/{story_id}", when, when, int(when.timestamp()))
    return replace(made, **more)  # type: ignore[arg-type]


class Listed(Empty):
    """Pages over a list held whole."""

    def __init__(self, stories: list[Story]) -> None:
        self.stories = sorted(stories, key=lambda s: (-s.sorted_at, -s.id))

    def first(self, limit: int) -> list[Story]:
        return self.stories[:limit]

    def after(self, story: Story, limit: int) -> list[Story]:
        return [s for s in self.stories if (s.sorted_at, s.id) < (story.sorted_at, story.id)][:limit]

    def before(self, story: Story, limit: int) -> list[Story]:
        return [s for s in self.stories if (s.sorted_at, s.id) > (story.sorted_at, story.id)][-limit:]

    def last(self, limit: int) -> list[Story]:
        return self.stories[-limit:]


class Clock:
    """A clock the test turns."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Bench(App[None]):
    """The list alone on a screen; remembers its messages and which rows were drawn."""

    CSS = "Screen { overflow: hidden; }"

    def __init__(self, stories: list[Story], locale: Locale | None = None) -> None:
        super().__init__()
        self.clock = Clock()
        self.pages = Listed(stories)
        self.list = HeadlineList(locale=locale or load("en"), now=self.clock)
        self.heard: list[object] = []
        self.first_selected: Story | None = None

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.show(self.pages, select=self.first_selected)
        self.list.focus()

    def on_headline_list_highlighted(self, message: HeadlineList.Highlighted) -> None:
        self.heard.append(message.story and message.story.id)

    def on_headline_list_chosen(self, message: HeadlineList.Chosen) -> None:
        self.heard.append(f"chosen {message.story.id}")

    def strips(self) -> list[Strip]:
        return self.screen._compositor.render_strips()

    def rows(self) -> list[str]:
        return ["".join(segment.text for segment in strip) for strip in self.strips()]

    def styles_of(self, y: int, text: str) -> list[Style]:
        return [segment.style or Style() for segment in self.strips()[y] if text in segment.text]
