"""The rows of the stories of a list under one look, kept for as many stories as a few screens hold."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from tui.news.model import Story
from tui.ui.widgets.age_column import AgeColumn
from tui.ui.widgets.headline_rows import ListLook, Section, StorySigns, section_row, story_rows
from tui.ui.widgets.painting import Row
from tui.ui.widgets.window import Window

if TYPE_CHECKING:
    from tui.locale import Locale

Sections = Literal["day", "paper", "none"]
_KEPT = 512
"""Stories whose rows are kept."""
_NARROWEST = 8
"""Below so many cells nothing is drawn."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rows of one story; the first ``heads`` of them are the section line over it."""

    made_of: tuple[object, ...]
    rows: tuple[Row, ...]
    heads: int
    age: str


class StoryDrawer:
    """Draws stories by their ordinal in a window, each once while neither it nor the look changes."""

    def __init__(self, locale: Locale, now: Callable[[], datetime]) -> None:
        self._locale = locale
        self._now = now
        self._drawn: OrderedDict[int, Drawn] = OrderedDict()
        self.look = ListLook(0, rtl=locale.rtl, untitled=locale.text("headlines.untitled"))
        self.sections: Sections = "none"
        self._day_told = self._today()
        self._column = AgeColumn(locale)

    def draw(self, window: Window, item: int) -> Drawn | None:
        """The rows of a story; None when there is no such story."""
        story = window.get(item)
        if story is None:
            return None
        section, age = self._section_above(window, item, story), self.age(story)
        made_of = (story, self.look, section, age)
        drawn = self._drawn.get(item)
        if drawn is None or drawn.made_of != made_of:
            drawn = self._drawn[item] = self._make(story, section, age, made_of)
            if len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(item)
        return drawn

    def is_stale(self, window: Window, item: int) -> bool:
        """Whether the age last drawn reads otherwise by now."""
        story, drawn = window.peek(item), self._drawn.get(item)
        return bool(story and drawn and self.age(story) != drawn.age)

    def age(self, story: Story) -> str:
        """How old the story is, or "" when its paper does not say when it was published."""
        return self._locale.age(story.published, self._now()) if story.published else ""

    def day_has_changed(self) -> bool:
        """Whether another day has begun since this was last asked: sections stand elsewhere."""
        before, self._day_told = self._day_told, self._today()
        return before != self._day_told

    def _today(self) -> date:
        """The reader's day."""
        return self._now().astimezone().date()

    def _make(self, story: Story, section: Section | None, age: str, made_of: tuple[object, ...]) -> Drawn:
        if self.look.width < _NARROWEST:
            return Drawn(made_of, (Row(),), 0, age)
        others = f"+{self._locale.number(story.others)}" if story.others else ""
        papers = self._locale.plural("plain.papers", story.others) if story.others and self.look.plain else ""
        heads = (section_row(section, self.look),) if section else ()
        column = self._column.cells(story.published, self._now()) if self.look.compact else 0
        signs = StorySigns(age, others, papers, column)
        return Drawn(made_of, heads + story_rows(story, self.look, signs), len(heads), age)

    def _day(self, story: Story) -> date:
        return datetime.fromtimestamp(story.sorted_at).astimezone().date()

    def _section_above(self, window: Window, item: int, story: Story) -> Section | None:
        """The section that starts with this story, None when it goes on from the one above."""
        if window.pages.by_paper:
            above = window.get(item - 1)
            if above is not None and above.paper == story.paper:
                return None
            unread = window.pages.unread(story.paper)
            return Section(story.paper, self._locale.number(unread) if unread else "")
        if self.sections != "day":
            return None
        above, day = window.get(item - 1), self._day(story)
        # The newest day needs no heading when it is today: that is what a reader expects at the top.
        before = self._day(above) if above is not None else self._today()
        return None if before == day else Section(self._locale.day(day, self._today()))
