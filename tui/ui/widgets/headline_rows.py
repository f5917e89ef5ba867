"""One story as rows of the headline list, cell by cell as design/screens.md draws it.

Columns from the start side (left in a left-to-right interface, right in a right-to-left one): 0 the selection bar,
1 the state, 2 blank, then the text; the last column on the end side stays blank. Signs keep these columns whatever
the headline's own direction is; the text stands at its own start inside the box that is left.
"""

from __future__ import annotations

from dataclasses import dataclass

from tui.bidi.breaks import cell_width
from tui.bidi.layout import Line, Span, lay_out, line, truncate
from tui.news.isolates import titled
from tui.news.model import Story
from tui.ui.widgets.age_column import WIDEST
from tui.ui.widgets.balance import headline
from tui.ui.widgets.matching import find_all
from tui.ui.widgets.painting import Placed, Row, Sign, place
from tui.ui.widgets.plain import Said, Words, story_text
from tui.ui.widgets.reading_direction import level_of, level_of_name

LEAD = 3
"""Cells on the start side that belong to the signs."""
TAIL = 1
"""Cells on the end side that stay blank."""
_OTHERS = "headlines--others"
_ISOLATE, _POP = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class ListLook:
    """How the list draws its stories."""

    width: int
    rtl: bool = False
    compact: bool = False
    paper: bool = True
    """Whether the paper's name is in the second row (not in sections by paper)."""
    highlight: tuple[str, ...] = ()
    untitled: str = "…"
    plain: Words | None = None
    """Words for signs, one line a story: the plain mode."""

    def mirrored(self, x: int, cells: int) -> int:
        """Where ``cells`` cells stand that begin ``x`` cells from the start side."""
        return self.width - x - cells if self.rtl else x

    def box(self, start: int, end: int) -> tuple[int, int]:
        """Left and right (exclusive) of the box that leaves free ``start`` cells there and ``end`` cells there."""
        return (end, self.width - start) if self.rtl else (start, self.width - end)


@dataclass(frozen=True, slots=True)
class StorySigns:
    """What the row says beside the story's text, in the interface's language and digits."""

    age: str = ""
    others: str = ""
    """"+3", or ""."""
    papers: str = ""
    """The same in words."""
    column: int = 0
    """Cells of the column of ages in a compact list; as many as the age takes at least."""


@dataclass(frozen=True, slots=True)
class Section:
    """What the line over a section says."""

    name: str
    number: str = ""
    """How many of its stories are unread, or ""."""


def story_rows(story: Story, look: ListLook, signs: StorySigns) -> tuple[Row, ...]:
    """The rows of a story: one in a compact list, else one or two of title and one of paper and age."""
    level = _level(story, look)
    if look.plain is not None:
        return (_in_words(story, look, signs, level, look.plain),)
    if look.compact:
        return (_compact(story, look, signs, level),)
    left, right = look.box(LEAD, TAIL)
    lines = _title(story, look, right - left, level, max_lines=2)
    ink = _title_ink(story)
    rows = [Row(_state(story, look) if not n else (), (place(each, left, right, ink),)) for n, each in enumerate(lines)]
    meta = _meta(story, look, signs, level)
    return (*rows, meta) if meta.signs or meta.placed else tuple(rows)


def _in_words(story: Story, look: ListLook, signs: StorySigns, level: int, words: Words) -> Row:
    room = max(1, look.width - 1)
    said = Said(story.paper if look.paper else "", signs.age, signs.papers)
    text = line(story_text(story, words, _shown(story, look), said, room, level), room, base=level)
    return Row(placed=(place(text, 0, look.width, _title_ink(story)),))


def selected(row: Row, look: ListLook, *, bar_only: bool = False) -> Row:
    """The row with the selection's bar, and its background unless ``bar_only``."""
    if look.plain is not None:
        return Row(row.signs, row.placed, (*row.inks, "headlines--selected"))
    bar = Sign(look.mirrored(0, 1), "▌" if not look.rtl else "▐", ("headlines--bar",))
    return Row((bar, *row.signs), row.placed, row.inks if bar_only else (*row.inks, "headlines--selected"))


def opened(row: Row, look: ListLook) -> Row:
    """The row with the sign of the story that stands in the article pane, where the bar would be."""
    if look.plain is not None:
        return row
    return Row(
        (Sign(look.mirrored(0, 1), "◂" if look.rtl else "▸", ("headlines--open",)), *row.signs), row.placed, row.inks
    )


def _level(story: Story, look: ListLook) -> int:
    """The paragraph level of a story's rows; a story without a title speaks the interface's language."""
    own = int(look.rtl)
    return level_of(story.direction, story.language, story.title, default=own) if story.title else own


def _shown(story: Story, look: ListLook) -> str:
    return titled(story.title, story.isolates) or look.untitled


def _title_ink(story: Story) -> str:
    return "headlines--read" if story.read else "headlines--unread"


def section_row(section: Section, look: ListLook) -> Row:
    """A section's line: a short rule, its name and number, a rule to the end side."""
    level = level_of_name(section.name, rtl=look.rtl)
    number = f" · {_ISOLATE}{section.number}{_POP}" if section.number else ""
    room = max(1, look.width - 6)
    name = truncate(section.name, max(1, room - cell_width(number))) if number else section.name
    text = line(f"{_ISOLATE}{name}{_POP}{number}", room, base=level)
    at = look.mirrored(LEAD, text.cells)
    if look.plain is not None:
        return Row(placed=(place(text, 0, look.width),), inks=("headlines--section",))
    rest = look.width - LEAD - text.cells - 1
    rule = Sign(look.mirrored(LEAD + text.cells + 1, rest), "─" * rest)
    return Row((Sign(look.mirrored(1, 1), "─"), rule), (Placed(at, text),), ("headlines--section",))


def tells_of_others(row: Row, x: int) -> bool:
    """Whether "+3" stands on a cell of a row."""
    return any(_OTHERS in sign.inks and sign.x <= x < sign.x + cell_width(sign.text) for sign in row.signs)


def _state(story: Story, look: ListLook) -> tuple[Sign, ...]:
    return () if story.read else (Sign(look.mirrored(1, 1), "●", ("headlines--state",)),)


def _title(story: Story, look: ListLook, width: int, level: int, *, max_lines: int) -> list[Line]:
    text = _shown(story, look)
    spans = [Span(a, b, "headlines--match") for a, b in find_all(text, look.highlight)]
    if max_lines > 1:
        return headline(text, max(1, width), level, spans, max_lines)
    return lay_out(text, max(1, width), base=level, spans=spans, max_lines=max_lines)


def _end_signs(story: Story, look: ListLook, signs: StorySigns, at: int) -> tuple[tuple[Sign, ...], int]:
    """Star and "+N", ending ``at`` cells from the end side, and the cells they take."""
    out: list[Sign] = []
    taken = 0
    for text, ink in ((signs.others, _OTHERS), ("★" if story.starred else "", "headlines--star")):
        if text:
            cells = cell_width(text)
            taken += cells + bool(taken)
            out.append(Sign(look.mirrored(look.width - at - taken, cells), text, (ink,)))
    return tuple(out), taken


def _meta(story: Story, look: ListLook, signs: StorySigns, level: int) -> Row:
    ends, taken = _end_signs(story, look, signs, TAIL)
    left, right = look.box(LEAD, TAIL + taken + 2 * bool(taken))
    room = max(1, right - left)
    paper = story.paper if look.paper else ""
    if paper and signs.age:
        paper = truncate(paper, max(1, room - cell_width(signs.age) - 3))
    text = " · ".join(f"{_ISOLATE}{part}{_POP}" for part in (paper, signs.age) if part)
    return Row(ends, (place(line(text, room, base=level), left, right, "headlines--meta"),) if text else ())


def _compact(story: Story, look: ListLook, signs: StorySigns, level: int) -> Row:
    placed: list[Placed] = []
    end = TAIL
    if look.width >= 40:
        age = line(signs.age, WIDEST)
        placed.append(Placed(look.mirrored(look.width - end - age.cells, age.cells), age, ("headlines--meta",)))
        column = max(signs.column, age.cells)
        end += column + 2 * bool(column)
    ends, taken = _end_signs(story, look, signs, end)
    end += taken + 2 * bool(taken)
    left, right = look.box(LEAD, end)
    title = _title(story, look, right - left, level, max_lines=1)[0]
    return Row((*_state(story, look), *ends), (place(title, left, right, _title_ink(story)), *placed))
