"""The status ticker: what wants attention, the day's headlines, work in progress.

Three speeds: ``scroll`` moves the headlines a cell at a time, ``flip`` shows one after another, ``still`` shows one.
It pauses while it has the focus, while the reader types and while the terminal is in the background; after one round
without a key it comes to rest, so that a screen nobody looks at sends nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui.locale import Locale
from tui.news.isolates import titled
from tui.news.model import Story
from tui.ui.band import Band, Glyph, glyphs_of
from tui.ui.bars import Part, fitting, stretch
from tui.ui.bidi_filter import Visual
from tui.ui.widgets.footer import Footer
from tui.ui.widgets.keybar import Command, drawn
from tui.ui.widgets.reading_direction import level_of

FLIP_SECONDS = 6.0
SCROLL_SECONDS = 0.15
DONE_SECONDS = 3.0
LEAST = 12
"""Cells; of a headline so much is shown, or nothing."""


class Speed(StrEnum):
    """How the headlines move."""

    SCROLL = "scroll"
    FLIP = "flip"
    STILL = "still"

    @property
    def next(self) -> Speed:
        """The speed after this one when the reader goes through them."""
        speeds = list(Speed)
        return speeds[(speeds.index(self) + 1) % len(speeds)]


class Ticker(Visual, Widget, can_focus=True):
    """One row, three parts."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "ticker--attention",
        "ticker--trouble",
        "ticker--headline",
        "ticker--current",
        "ticker--separator",
        "ticker--work",
        "ticker--key",
    }

    @dataclass
    class Chosen(Message):
        """The headline in sight was chosen."""

        story: Story

    class AttentionChosen(Message):
        """The attention text was clicked."""

    def __init__(self, *, locale: Locale, speed: Speed = Speed.FLIP, id: str | None = None) -> None:
        super().__init__(id=id)
        self._locale = locale
        self._speed = speed
        self.plain = False
        """Words for signs, no headlines but while the keyboard is here, nothing that moves."""
        self._stories: list[Story] = []
        self._band = Band([], rtl=locale.rtl)
        self._index = 0
        self._offset = 0
        self._moved = 0
        self._paused = False
        self._attention = ""
        self._trouble = ""
        self._remedy = "sources"
        self._work = ""
        self._hint: tuple[Command, ...] = ()
        self._prompted = False
        """Whether the keys are those of a prompt: nothing else is worth the room then."""
        self._timer: Timer | None = None
        self._done_timer: Timer | None = None

    # -- what is shown

    def show(self, stories: Sequence[Story]) -> None:
        """Take new headlines; the one in sight stays in sight when it is among them."""
        current = self.current
        self._stories = [story for story in stories if story.title]
        titles = [titled(story.title, story.isolates) for story in self._stories]
        self._band = Band(titles, rtl=self._locale.rtl, levels=list(map(self._level, self._stories)))
        ids = [story.id for story in self._stories]
        self._index = ids.index(current.id) if current and current.id in ids else 0
        self._align()
        self.wake()
        self.refresh()

    def attention(self, text: str) -> None:
        """What wants attention, on the start side; "" for nothing."""
        if text != self._attention:
            self._attention = text
            self.refresh()

    def trouble(self, text: str, *, leads_to: str = "sources") -> None:
        """A lasting condition (offline, a failed source), and the action a click on it does; it stands before the
        attention text."""
        if (text, leads_to) != (self._trouble, self._remedy):
            self._trouble, self._remedy = text, leads_to
            self.refresh()

    def hint(self, hint: Sequence[Command]) -> None:
        """Keys on the end side while nothing is under way there: how to get help without a footer, or what the keys do
        in a prompt."""
        if tuple(hint) != self._hint:
            self._hint = tuple(hint)
            self._prompted = any(command.id != "help" for command in hint)
            self.refresh()

    def progress(self, done: int, total: int) -> None:
        """A refresh in progress, on the end side."""
        number = self._locale.number
        if self.plain:
            self._set_work(self._locale.text("plain.refreshing", done=done, total=total))
        else:
            self._set_work(f"⟳ {number(done)}/{number(total)}")

    def indexing(self, done: int, total: int) -> None:
        """What is done after a refresh where much was new, on the end side; nothing when it is over."""
        self._set_work(self._locale.text("ticker.indexing", done=done, total=total) if done < total else "")

    def importing(self, done: int, total: int) -> None:
        """Sources are coming in from a file, on the end side; nothing when it is over."""
        self._set_work(self._locale.text("ticker.importing", done=done, total=total) if done < total else "")

    def finished(self, *, stopped: bool = False) -> None:
        """The refresh is done: say so for a moment, unless it was ``stopped``."""
        done = self._locale.text("plain.refreshed") if self.plain else "✓"
        self._set_work("" if stopped else done)
        self._done_timer = self.set_timer(DONE_SECONDS, lambda: self._set_work(""))

    def _set_work(self, text: str) -> None:
        if self._done_timer:
            self._done_timer.stop()
        if text != self._work:
            self._work = text
            self.refresh()

    @property
    def current(self) -> Story | None:
        """The headline in sight (scrolling: the one in the middle)."""
        return self._stories[self._index] if self._index < len(self._stories) else None

    # -- moving

    @property
    def speed(self) -> Speed:
        """How the headlines move."""
        return self._speed

    @speed.setter
    def speed(self, speed: Speed) -> None:
        self._speed = speed
        self._align()
        self.wake()
        self.refresh()

    @property
    def moving(self) -> bool:
        """Whether a timer is running."""
        return self._timer is not None

    def pause(self, paused: bool = True) -> None:
        """Stand still while the reader types."""
        self._paused = paused
        self.wake()

    def wake(self) -> None:
        """Begin a round of headlines, if anything is to move. Every key and click of the reader calls this."""
        self._moved = 0
        wanted = (
            self._speed is not Speed.STILL
            and not self.plain
            and len(self._stories) > 1
            and not self._paused
            and not self.has_focus
        )
        if not wanted or not self.is_attached:
            self._rest()
        elif self._timer is None or self._timer_speed is not self._speed:
            self._rest()
            self._timer_speed = self._speed
            every = FLIP_SECONDS if self._speed is Speed.FLIP else SCROLL_SECONDS
            self._timer = self.set_interval(every, self._tick)

    _timer_speed = Speed.STILL

    def _rest(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer = None

    def _tick(self) -> None:
        if not self.app.app_focus or self.app.screen is not self.screen:
            return
        self._moved += 1
        if self._speed is Speed.FLIP:
            self.step(1)
            over = self._moved >= len(self._stories)
        else:
            self._offset = (self._offset + 1) % max(1, self._band.length)
            self.refresh()
            over = self._moved >= self._band.length
        if over:
            self._rest()

    def step(self, delta: int) -> None:
        """The next headline, or an earlier one."""
        if self._stories:
            self._index = (self._index + delta) % len(self._stories)
            self._align()
            self.refresh()

    def _align(self) -> None:
        """Scrolling goes on from the headline in sight."""
        if self._speed is Speed.SCROLL:
            self._offset = self._band.start_of(self._index)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Wait while the reader looks; then go on."""
        super().watch_has_focus(has_focus)
        self.wake()

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """The row."""
        rtl, width = self._locale.rtl, self.size.width
        first = stretch(self._start_parts(), width, rtl=rtl)
        last = stretch(self._end_parts(width - first.cell_length), width - first.cell_length, rtl=rtl)
        middle = self._middle(width - first.cell_length - last.cell_length)
        return Strip.join([last, middle, first] if rtl else [first, middle, last])

    def _start_parts(self) -> list[Part]:
        parts = [Part(" ", self.rich_style)]
        if self._prompted:
            return parts
        if self._trouble:
            parts += [
                Part(self._trouble, self.get_component_rich_style("ticker--trouble"), self._remedy),
                Part("   ", self.rich_style),
            ]
        if self._attention:
            style = self.get_component_rich_style("ticker--attention")
            sign = "" if self.plain else "▲ "
            parts += [Part(f"{sign}{self._attention}", style, "attention"), Part("   ", self.rich_style)]
        return parts

    def _end_parts(self, room: int) -> list[Part]:
        work = self.get_component_rich_style("ticker--work")
        if self._work:
            return [Part(f"  {self._work} ", work)]
        blank, rtl = Part(" ", self.rich_style), self._locale.rtl
        styles = (Part("", self.get_component_rich_style("ticker--key")), Part("", work), blank)
        told = drawn([command for command in self._hint if command.keys], self._locale, styles)
        if not told:
            return [blank]
        parts = fitting(told, room - 1, rtl=rtl)[:-1] or told[0][1][:1]  # the key at least
        return [blank, blank, *parts, blank]

    def _middle(self, width: int) -> Strip:
        if width <= 0:
            return Strip([])
        if width < LEAST or (self.plain and not self.has_focus):  # plain: the list says it already
            return Strip.blank(width, self.rich_style)
        if self._speed is Speed.SCROLL and self._stories:
            glyphs = self._band.window(self._offset, width)
            self._index = _middle_headline(glyphs, self._index)
        else:
            glyphs = self._flipped(width)
        return Strip(self._painted(glyphs), width)

    def _level(self, story: Story) -> int:
        """As in the list: a headline may begin with a name of another script."""
        return level_of(story.direction, story.language, story.title, default=int(self._locale.rtl))

    def _flipped(self, width: int) -> list[Glyph]:
        story = self.current
        shown = (
            glyphs_of(titled(story.title, story.isolates), self._index, width, level=self._level(story))
            if story
            else []
        )
        rest = width - sum(glyph.cells for glyph in shown)
        blanks = [Glyph(" " * rest, rest, -1)] if rest > 0 else []
        return [*blanks, *shown] if self._locale.rtl else [*shown, *blanks]

    def _painted(self, glyphs: list[Glyph]) -> list[Segment]:
        focused = self.has_focus
        plain = self.get_component_rich_style("ticker--headline")
        current = self.get_component_rich_style("ticker--current")
        separator = self.get_component_rich_style("ticker--separator")
        segments = []
        for headline, group in groupby(glyphs, key=lambda glyph: glyph.headline):
            style = separator if headline < 0 else current if focused and headline == self._index else plain
            target = Style.from_meta({"target": str(headline)}) if headline >= 0 else Style.null()
            segments.append(Segment("".join(glyph.text for glyph in group), style + target))
        return segments

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked."""
        target = str(event.style.meta.get("target", ""))
        if target == "attention":
            self.post_message(self.AttentionChosen())
        elif target in ("help", self._remedy):
            self.post_message(Footer.Chosen(target))
        elif target.isdecimal() and int(target) < len(self._stories):
            self.post_message(self.Chosen(self._stories[int(target)]))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel goes through the headlines."""
        self._turned(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel, back."""
        self._turned(event, -1)

    def _turned(self, event: events.MouseEvent, delta: int) -> None:
        event.stop()
        if not self.plain or self.has_focus:
            self.step(delta)
            self.wake()


def _middle_headline(glyphs: list[Glyph], before: int) -> int:
    """The headline in the middle of the window; the one before when a separator is there."""
    half, at = sum(glyph.cells for glyph in glyphs) // 2, 0
    for glyph in glyphs:
        at += glyph.cells
        if at > half:
            return glyph.headline if glyph.headline >= 0 else before
    return before
