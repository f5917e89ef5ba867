"""The plain mode: a story or a part of an article as one reads it aloud, in words and in one line after another.

For braille displays and screen readers: no lines, no boxes, no signs, nothing that moves, and the terminal's cursor
on what is selected.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from textual.geometry import Offset

from tui.bidi.breaks import cell_width
from tui.news.model import Story
from tui.ui.widgets.flow import Kind, Part
from tui.ui.widgets.reading_direction import cut_its_own_way

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    from tui.locale import Locale

_ISOLATE, _POP = "\u2068", "\u2069"
_TITLE = 48
"""Cells a title has before what stands behind it."""
_BULLETS = frozenset("•◦▪")


@dataclass(frozen=True, slots=True)
class Words:
    """What the plain mode says instead of signs, in the interface's language."""

    unread: str
    starred: str
    quotation: str

    @classmethod
    def of(cls, locale: Locale) -> Words:
        """The words of a language."""
        return cls(*(locale.text(f"plain.{name}") for name in ("unread", "starred", "quotation")))


@dataclass(frozen=True, slots=True)
class Said:
    """What stands behind a title."""

    paper: str = ""
    age: str = ""
    papers: str = ""


def story_text(story: Story, words: Words, title: str, said: Said, cells: int, level: int) -> str:
    """A story in one line of at most ``cells`` cells: its state, its title, then paper and age.

    Where there is no room for all, papers, paper and age go in this order before the title is cut below ``_TITLE``.
    """
    for kept in (said, replace(said, papers=""), Said(age=said.age), Said()):
        before = "" if story.read else words.unread
        behind = [part for part in (words.starred if story.starred else "", kept.paper, kept.age, kept.papers) if part]
        room = cells - sum(cell_width(part) + 3 for part in (before, *behind) if part)
        if room >= min(_TITLE, cell_width(title)):
            break
    own = cut_its_own_way(title, room, level & 1)
    parts = (before and f"{_ISOLATE}{before}{_POP}", own, *(f"{_ISOLATE}{part}{_POP}" for part in behind))
    return " · ".join(part for part in parts if part)


def in_words(part: Part, words: Words) -> Part:
    """A part without signs; the first paragraph of a quotation says that it is one."""
    match part.kind:
        case Kind.QUOTE | Kind.CITE:
            begins = part.kind is Kind.QUOTE and not part.joined
            return replace(part, kind=Kind.PARAGRAPH, sign=f"{words.quotation}:" if begins else "", joined=False)
        case Kind.ITEM:
            return replace(part, sign="-" if part.sign in _BULLETS else part.sign)
        case Kind.CAPTION | Kind.PREFORMATTED:
            return replace(part, kind=Kind.PARAGRAPH, sign="", key="", image=None)
        case Kind.TITLE:
            return replace(part, gap=0)
        case _:
            return replace(part, key="")


def stand_again(screen: Screen[Any]) -> None:
    """What lay over a screen is gone: the terminal's cursor goes back to where its keyboard is (in the plain mode)."""
    if not screen.app.has_class("-plain"):
        return
    shown = (widget for widget in screen.query("*") if widget.display)
    for widget in (screen.focused, *shown):
        if point := getattr(widget, "point", None):  # who knows where in it the reader is
            point()
            return


def stand_on(widget: Widget, x: int, y: int) -> None:
    """Put the terminal's cursor on a cell of a widget, where it is in sight and nothing lies over its screen (in the
    plain mode)."""
    if widget.app.has_class("-plain") and widget.screen is widget.app.screen:
        widget.app.cursor_position = widget.content_region.offset + Offset(x, y)
