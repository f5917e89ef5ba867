"""The headline list: as many stories as there are, two rows each, drawn line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.news.model import Story
from tui.ui.bidi_filter import Visual
from tui.ui.carrying_on import CarryingOn
from tui.ui.widgets.headline_cursor import StoryCursor
from tui.ui.widgets.headline_drawing import Sections, StoryDrawer
from tui.ui.widgets.headline_rows import opened, selected, tells_of_others
from tui.ui.widgets.notes import note_rows
from tui.ui.widgets.pager import Spot
from tui.ui.widgets.painter import Painter
from tui.ui.widgets.painting import Row, Sign
from tui.ui.widgets.plain import Words, stand_on
from tui.ui.widgets.wheel import Wheel
from tui.ui.widgets.window import Pages

if TYPE_CHECKING:
    from tui.locale import Locale

_BLANK = Row()


class HeadlineList(CarryingOn, Visual, Wheel, can_focus=True):
    """A list of stories, newest first, with a cursor that is held by the story, never by a row number."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", show=False)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"headlines--{part}"
        for part in (
            *("read", "unread", "meta", "state", "star", "others"),
            *("bar", "open", "selected", "section", "match", "empty", "arrivals"),
        )
    }
    DEFAULT_CSS = """
    HeadlineList {
        width: 1fr; height: 1fr;
        & > .headlines--unread { color: $foreground; text-style: bold; }
        & > .headlines--read { color: $foreground; }
        & > .headlines--meta, & > .headlines--others { color: $text-muted; }
        & > .headlines--state { color: $accent; }
        & > .headlines--star { color: $warning; }
        & > .headlines--bar { color: $text-muted; }
        & > .headlines--open { color: $accent; }
        & > .headlines--selected { background: $surface; }
        & > .headlines--section { color: $text-muted; }
        & > .headlines--match { text-style: underline; color: $accent; }
        & > .headlines--empty { color: $text-muted; }
        & > .headlines--arrivals { color: $accent; text-style: bold; }
        &:focus > .headlines--bar { color: $accent; text-style: bold; }
        &:focus > .headlines--selected { background: $panel; }
    }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another story (None when the list is empty)."""

        story: Story | None

    @dataclass
    class Chosen(Message):
        """The reader wants to read this story, or to see which ``others`` are the same."""

        story: Story
        others: bool = False

    def __init__(
        self, *, locale: Locale, now: Callable[[], datetime], id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._rtl = locale.rtl
        self._drawer = StoryDrawer(locale, now)
        self._cursor = StoryCursor(self._rows)
        self._painter = Painter(self)
        self._slow_link, self._empty = False, ""
        self._arrived = self._opened = 0
        self._told: int | None = None
        self._spots: list[Spot] | None = None

    # What is shown

    def show(self, pages: Pages, *, select: Story | None = None, row: int | None = None) -> None:
        """Show another list, from its newest story on, or with the cursor on ``select`` (on a row) when it has that."""
        self._arrived = 0
        self._drawer.look = replace(self._drawer.look, paper=not pages.by_paper)
        self._cursor.show(pages)
        if select is not None:
            self._cursor.select(select, row)
        self._repaint()

    def reload(self) -> None:
        """Fetch the stories anew; the selected one stays selected and on its row."""
        self._arrived = 0
        self._cursor.reload()
        self._repaint()

    def replace(self, stories: Iterable[Story]) -> None:
        """Redraw stories whose state has changed, where they stand."""
        heights: dict[int, int] = {spot.item: self._rows(spot.item) for spot in self._visible()}
        changed = self._cursor.replace(stories)
        if any(self._rows(item) != heights[item] for item in changed if item in heights):
            self._repaint()
        else:
            self._refresh_stories(*changed)

    def arrivals(self, count: int) -> None:
        """Announce stories that came in above; nothing moves. 0 takes the announcement away."""
        if bool(count) != bool(self._arrived):
            self.refresh(Region(0, 0, self.size.width, 1))
        self._arrived = count

    # The cursor

    @property
    def selected(self) -> Story | None:
        """The story the cursor is on."""
        return self._cursor.selected

    @property
    def row(self) -> int | None:
        """The row of the view on which the selected story begins; None when it is out of view."""
        return self._cursor.row

    @property
    def pages(self) -> Pages:
        """The list that is shown."""
        return self._cursor.window.pages

    def loaded(self, ids: Iterable[int]) -> set[int]:
        """Those of the stories that the list holds: all that need be read anew when they have changed."""
        return self._cursor.window.ids.intersection(ids)

    def move(self, delta: int) -> None:
        """Move the cursor by so many stories (down, to older ones, when positive)."""
        before = self._cursor.ordinal
        self._moved(before, self._cursor.move(delta))

    def page(self, delta: int) -> None:
        """Move view and cursor by so many screenfuls."""
        self._cursor.page(delta)
        self._repaint()

    def to_first(self) -> None:
        """The newest story."""
        self._arrived = 0
        self._cursor.to_first()
        self._repaint()

    def to_last(self) -> None:
        """The oldest story."""
        self._cursor.to_last()
        self._repaint()

    def select(self, story: Story) -> bool:
        """Put the cursor on a story; False, leaving it where it is, when the list does not have it."""
        found = self._cursor.select(story)
        self._repaint()
        return found

    def action_choose(self) -> None:
        """Say that the reader wants the selected story."""
        if self.selected is not None:
            self.post_message(self.Chosen(self.selected))

    # Settings

    def in_words(self, words: Words) -> None:
        """One line a story, words for signs, the terminal's cursor on the selected one: the plain mode."""
        self._relook(plain=words)

    @property
    def compact(self) -> bool:
        """One row a story."""
        return self._drawer.look.compact

    @compact.setter
    def compact(self, value: bool) -> None:
        self._relook(compact=value)

    @property
    def highlight(self) -> tuple[str, ...]:
        """Terms to emphasise in titles."""
        return self._drawer.look.highlight

    @highlight.setter
    def highlight(self, value: tuple[str, ...]) -> None:
        self._relook(highlight=tuple(value))

    @property
    def sections(self) -> Sections:
        """What the section lines say; by paper only in a list in that order."""
        return self._drawer.sections

    @sections.setter
    def sections(self, value: Sections) -> None:
        def change() -> None:
            self._drawer.sections = value

        self._cursor.keep(change)
        self._repaint()

    @property
    def slow_link(self) -> bool:
        """The selection is its bar alone: two cells change when the cursor moves."""
        return self._slow_link

    @slow_link.setter
    def slow_link(self, value: bool) -> None:
        self._slow_link = value
        self.refresh()

    @property
    def opened(self) -> int:
        """The id of the story that stands in the article pane; 0 for none. It has a sign when it is not selected."""
        return self._opened

    @opened.setter
    def opened(self, value: int) -> None:
        if value != self._opened:
            ids, self._opened = {value, self._opened}, value
            peek = self._cursor.window.peek
            items = {spot.item for spot in self._visible()}
            self._refresh_stories(*(n for n in items if (story := peek(n)) is not None and story.id in ids))

    @property
    def empty(self) -> str:
        """What a list without stories says; newlines part its paragraphs."""
        return self._empty

    @empty.setter
    def empty(self, value: str) -> None:
        self._empty = value
        self.refresh()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One row of the list."""
        return self._painter.row(self._row(y), self.size.width, self._announcement(y))

    def notify_style_update(self) -> None:
        """The theme or a class has changed."""
        super().notify_style_update()
        self._painter.clear()

    def on_mount(self) -> None:
        """Keep the ages current."""
        self.set_interval(60, self.tick)

    def on_resize(self) -> None:
        """Keep the selected story in view, on its row if it can be."""

        def change() -> None:
            self._cursor.pager.height = max(1, self.size.height)
            self._drawer.look = replace(self._drawer.look, width=self.size.width)

        if self._drawer.look.width:
            self._cursor.keep(change)
        else:  # the first size: what was selected before there was one has no row yet
            change()
            self._cursor.settle()
        self._repaint()

    def tick(self) -> None:
        """Redraw the stories in view whose age reads otherwise by now; in the plain mode a row that nobody has touched
        is not read out again."""
        if self._drawer.look.plain is not None:
            return
        if self._drawer.day_has_changed():
            self._repaint()
            return
        items = {spot.item for spot in self._visible()}
        self._refresh_stories(*(item for item in items if self._drawer.is_stale(self._cursor.window, item)))

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """A click selects, a double click chooses; one on "+3" asks for the others."""
        offset = event.get_content_offset(self)
        spots = self._visible()
        if offset is None or offset.y >= len(spots):
            return
        spot = spots[offset.y]
        drawn = self._drawer.draw(self._cursor.window, spot.item)
        if drawn is None or spot.row < drawn.heads:
            return
        before = self._cursor.ordinal
        self._moved(before, self._cursor.move_to(spot.item))
        others = tells_of_others(drawn.rows[spot.row], offset.x)
        if self.selected is not None and (others or event.chain == 2):
            self.post_message(self.Chosen(self.selected, others))

    def line(self, delta: int) -> bool:
        """The wheel moves the view, not the cursor."""
        moved = self._cursor.scroll(delta)
        if moved:
            self._repaint()
        return moved

    # Inside

    def _row(self, y: int) -> Row:
        spots = self._visible()
        if not spots:
            rows = note_rows(self._empty, self.size.width, self.size.height, "headlines--empty", rtl=self._rtl)
            return rows[y] if y < len(rows) else _BLANK
        drawn = self._drawer.draw(self._cursor.window, spots[y].item) if y < len(spots) else None
        if drawn is None:
            return _BLANK
        item, number = spots[y]
        row = drawn.rows[number] if number < len(drawn.rows) else _BLANK
        first = number == drawn.heads
        # The background is the first row's alone: a move sends two rows, not six. Over a slow link the bar is, too, and
        # there is no background: a move changes two cells.
        if item == self._cursor.ordinal and (first if self._slow_link else number >= drawn.heads):
            row = selected(row, self._drawer.look, bar_only=self._slow_link or not first)
        elif number == drawn.heads and self._opened and item != self._cursor.ordinal:
            story = self._cursor.window.peek(item)
            row = opened(row, self._drawer.look) if story and story.id == self._opened else row
        return row

    def _announcement(self, y: int) -> tuple[Sign, ...]:
        """The sign, in the bar's column of the top row, that says that newer stories are there."""
        spots = self._visible()
        if y or not self._arrived or self._drawer.look.plain or (spots and spots[0].item == self._cursor.ordinal):
            return ()
        return (Sign(self._drawer.look.mirrored(0, 1), "▲", ("headlines--arrivals",)),)

    def _rows(self, item: int) -> int:
        drawn = self._drawer.draw(self._cursor.window, item)
        return len(drawn.rows) if drawn else 1

    def _visible(self) -> list[Spot]:
        if self._spots is None:
            self._spots = self._cursor.visible()
        return self._spots

    def _relook(self, **changes: Any) -> None:
        def change() -> None:
            self._drawer.look = replace(self._drawer.look, **changes)

        self._cursor.keep(change)
        self._repaint()

    def _moved(self, before: int, view_moved: bool) -> None:
        """The cursor went from an ordinal to where it is now: redraw what that changed."""
        if view_moved:
            self._repaint()
        else:
            self._refresh_stories(before, self._cursor.ordinal)
            self.point()
            self._tell()

    def _repaint(self) -> None:
        self._spots = None
        self.refresh()
        self.point()
        self._tell()

    def point(self) -> None:
        """The terminal's cursor stands at the start of the selected story, where it is in sight."""
        look = self._drawer.look
        if look.plain is not None and self.has_focus:
            rows = (y for y, spot in enumerate(self._visible()) if spot.item == self._cursor.ordinal)
            stand_on(self, look.mirrored(0, 1), max(rows, default=0))

    def watch_has_focus(self, has_focus: bool) -> None:
        """The keyboard came or went."""
        super().watch_has_focus(has_focus)
        self.point()

    def _tell(self) -> None:
        story = self._cursor.selected
        if (story and story.id) != self._told:
            self._told = story.id if story else None
            self.post_message(self.Highlighted(story))

    def _refresh_stories(self, *items: int) -> None:
        if self._spots is None:
            self.refresh()
            return
        wanted = set(items)
        regions = [Region(0, y, self.size.width, 1) for y, spot in enumerate(self._spots) if spot.item in wanted]
        if regions:
            self.refresh(*regions)
