"""An article being read: its flow, the view on it, links and hits, without a screen.

A *place* is (part, code point): the text at the top of the view. It survives another width and, by the text itself,
another version of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from tui.ui.widgets.flow import Kind, LinkAt, Part, links_of
from tui.ui.widgets.matching import find, find_all
from tui.ui.widgets.pager import Pager, Spot
from tui.ui.widgets.painting import Overlay, Row
from tui.ui.widgets.typeset import Page, Typesetter

Place = tuple[int, int]
# Letters with what joins or marks them inside a word: a vowel sign or a zero-width non-joiner does not end it.
_WORD = re.compile(r"[\w\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u200c\u200d'’״׳]+")
_OVERLAP = 2
"""Rows of the last screenful that stay in view on paging."""
_PART_WEIGHT = 60
"""What a part counts in the position besides its letters: its gap and its last, unfilled line."""
_SAME = 40
"""So many equal letters make a paragraph of two versions the same."""


class Reader:
    """The view on one flow of parts."""

    def __init__(self) -> None:
        self.parts: Sequence[Part] = ()
        self.links: tuple[LinkAt, ...] = ()
        self.hits: list[tuple[int, int, int]] = []
        self.hit = -1
        self.focused = -1
        self.pager = Pager(self)
        self._set = Typesetter((), Page(1))
        self._weights = [0]
        self._term = ""
        self._terms: tuple[str, ...] = ()
        # Held, not computed from the view: a storm of resizes would creep to the start of ever longer lines.
        self._anchor: tuple[int, int, int] = (0, 0, 0)

    # Items, for the pager

    def exists(self, item: int) -> bool:
        """Whether there is such a part."""
        return 0 <= item < len(self.parts)

    def rows(self, item: int) -> int:
        """The height of a part."""
        return len(self._set.rows(item))

    # What is read

    @property
    def page(self) -> Page:
        """The pane the flow is set for."""
        return self._set.page

    def take(self, parts: Sequence[Part], place: Place = (0, 0)) -> None:
        """Read this flow from ``place`` on."""
        self._adopt(parts)
        self.focused = -1
        self.go_to(place)

    def exchange(self, parts: Sequence[Part]) -> None:
        """Read another version of the same text: what is at the top of the view stays there."""
        part, index, above = self._anchor
        link = self.links[self.focused].url if self.focused >= 0 else ""
        part, index = carried(self.parts, parts, (part, index))
        self._adopt(parts)
        self.focused = next((n for n, at in enumerate(self.links) if link and at.url == link), -1)
        self._show((part, index, above))

    def set_for(self, page: Page, height: int) -> None:
        """Set the flow for another pane; the place stays."""
        self._set = Typesetter(self.parts, page)
        self.pager.height = max(1, height)
        self._show(self._anchor)

    # The view

    def rows_in_view(self) -> list[Spot]:
        """The rows in view, from the top."""
        return self.pager.visible() if self.parts else []

    def row(self, spot: Spot) -> Row:
        """The row a spot names."""
        return self._set.rows(spot.item)[spot.row]

    @property
    def place(self) -> Place:
        """(part, code point) at the top of the view; (0, 0) is the article's top."""
        return self._anchor[:2]

    def go_to(self, place: Place) -> None:
        """Put a place at the top of the view, as far as the end allows."""
        part, index = place
        part = max(0, min(part, len(self.parts) - 1))
        # The first line of a part is shown with what stands over it: blank rows, a picture.
        self._show((part, index, self._set.row_of(part, 0) if self.parts and index == 0 else 0))

    def scroll(self, rows: int) -> bool:
        """Move the view; returns whether it moved."""
        moved = bool(self.parts) and bool(self.pager.scroll(rows))
        if moved:
            self._hold()
        return moved

    def turn(self, direction: int) -> bool:
        """Move by a screenful less two rows; False when the view is at that end already."""
        return self.scroll(direction * max(1, self.pager.height - _OVERLAP))

    def to_end(self) -> bool:
        """The last screenful."""
        before = self.pager.top
        if self.parts:
            self.pager.show(Spot(len(self.parts) - 1, self.rows(len(self.parts) - 1) - 1))
            self._hold()
        return self.pager.top != before

    def to_share(self, share: float) -> bool:
        """Show what lies there between the beginning (0) and the last screenful (1); returns whether the view moved."""
        if share >= 1 or not self.parts:
            return self.to_end()
        start, end = self.extent()
        before, target = self.pager.top, share * (1 - end + start) * self._weights[-1]
        part = max(0, min(bisect_right(self._weights, target), len(self.parts)) - 1)
        share = (target - self._weights[part]) / (self._weights[part + 1] - self._weights[part])
        self.pager.show(Spot(part, int(share * self.rows(part))))
        self._hold()
        return self.pager.top != before

    def extent(self) -> tuple[float, float]:
        """Which stretch of the article is in view, from 0 to 1, by its letters: nothing outside is set for it."""
        spots = self.rows_in_view()
        if not spots:
            return 0.0, 1.0
        first, last = spots[0], spots[-1]
        start = 0.0 if self.pager.at_start() else self._share(first.item, first.row)
        end = 1.0 if self.pager.at_end() else self._share(last.item, last.row + 1)
        return start, end

    # Links

    def next_link(self, step: int) -> bool:
        """Focus the next or previous link, from the view on when none in it has the focus; False when there is none."""
        if not self.links:
            return False
        seen = self.links_in_view()
        if self.focused >= 0 and (self.focused in seen or not seen):
            target = self.focused + step
        elif seen:
            target = seen[0] if step > 0 else seen[-1]
        else:
            here = self.place
            below = [n for n, link in enumerate(self.links) if link[:2] >= here]
            after = below[0] if below else len(self.links)
            target = after if step > 0 else after - 1
        if not 0 <= target < len(self.links):
            return False
        self.focused = target
        link = self.links[target]
        self.bring(link.part, link.start)
        return True

    def links_in_view(self) -> list[int]:
        """Numbers of the links of which some letter is in view."""
        ranges = self._ranges()
        return [n for n, at in enumerate(self.links) if _touches(ranges, at.part, at.start, at.end)]

    def link_at(self, part: int, index: int) -> LinkAt | None:
        """The link that covers a code point."""
        return next((at for at in self.links if at.part == part and at.start <= index < at.end), None)

    def word_at(self, part: int, index: int) -> tuple[int, int] | None:
        """Where the word with a code point starts and ends; None between words."""
        return next((m.span() for m in _WORD.finditer(self.parts[part].text) if m.start() <= index < m.end()), None)

    def cell_of(self, part: int, index: int) -> tuple[int, int] | None:
        """Row of the view and cell on which a code point stands; None when it is out of view."""
        y = self._set.row_of(part, index)
        try:
            at = self.rows_in_view().index(Spot(part, y))
        except ValueError:
            return None
        x = self._set.cells_of(part, y, index)
        return None if x is None else (at, x)

    def focused_cell(self) -> tuple[int, int] | None:
        """Row of the view and cell on which the focused link starts; None when none is in view."""
        return self.cell_of(*self.links[self.focused][:2]) if self.focused >= 0 else None

    # Finding

    def find(self, term: str) -> int:
        """Mark a term everywhere and bring its first hit from the view on into view; returns how many there are."""
        self._mark(term)
        if self.hits:
            here = self.place
            self.hit = next((n for n, at in enumerate(self.hits) if at[:2] >= here), 0)
            self.bring(*self.hits[self.hit][:2])
        return len(self.hits)

    def find_next(self, step: int) -> bool:
        """Go to the next or previous hit, round the ends; returns whether there is one."""
        if not self.hits:
            return False
        self.hit = (self.hit + step) % len(self.hits)
        self.bring(*self.hits[self.hit][:2])
        return True

    def emphasise(self, terms: tuple[str, ...]) -> None:
        """Mark these terms everywhere, without going anywhere."""
        self._terms = terms

    def overlays(self, part: int) -> Iterator[Overlay]:
        """Emphasised terms, hits and the focused link of a part."""
        if self._terms and self.parts[part].kind is not Kind.BYLINE:
            place = self.parts[part].place
            for start, end in find_all(self.parts[part].own_text(), self._terms):
                yield Overlay(place(start), place(end - 1) + 1, "article--hit")
        for n, (number, start, end) in enumerate(self.hits):
            if number == part:
                yield Overlay(start, end, "article--hit-current" if n == self.hit else "article--hit")
        if self.focused >= 0 and self.links[self.focused].part == part:
            link = self.links[self.focused]
            yield Overlay(link.start, link.end, "article--link-focused")

    def bring(self, part: int, index: int) -> None:
        """Have a code point in view with a row of context; a third down the view when it was not there."""
        spot = Spot(part, self._set.row_of(part, index))
        spots = self.rows_in_view()
        if spot in spots[1:-1] or (spot in spots and len(spots) < 3):
            return
        self.pager.place(part, self.pager.height // 3 - spot.row)
        self._hold()

    # Inside

    def _adopt(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.links = links_of(parts)
        before, self._set = self._set, Typesetter(parts, self.page)
        self._set.keep_from(before)
        self._weights = [0, *accumulate(len(part.text) + _PART_WEIGHT for part in parts)]
        self._mark(self._term)

    def _mark(self, term: str) -> None:
        self._term = term
        readable = [(n, part) for n, part in enumerate(self.parts) if part.kind is not Kind.BYLINE] if term else []
        self.hits = [
            (n, part.place(start), part.place(end - 1) + 1)
            for n, part in readable
            for start, end in find(part.own_text(), term)
        ]
        self.hit = -1

    def _show(self, anchor: tuple[int, int, int]) -> None:
        self._anchor = anchor
        part, index, above = anchor
        if self.parts:
            self.pager.show(Spot(part, max(0, self._set.row_of(part, index) - above)))

    def _hold(self) -> None:
        """Remember what is at the top of the view."""
        top = self.pager.visible()[0]
        rows = self._set.rows(top.item)
        text = next((y for y in range(top.row, len(rows)) if rows[y].placed), top.row)
        self._anchor = (top.item, rows[text].start, text - top.row)

    def _share(self, part: int, row: int) -> float:
        before, after = self._weights[part], self._weights[part + 1]
        return (before + (after - before) * row / self.rows(part)) / self._weights[-1]

    def _ranges(self) -> dict[int, tuple[int, int]]:
        """Of every part in view, the code points in view."""
        out: dict[int, tuple[int, int]] = {}
        for spot in self.rows_in_view():
            for item in self.row(spot).placed:
                start, end = item.origin + item.line.start, item.origin + item.line.end
                old = out.get(spot.item, (start, end))
                out[spot.item] = (min(old[0], start), max(old[1], end))
        return out


def _touches(ranges: dict[int, tuple[int, int]], part: int, start: int, end: int) -> bool:
    first, last = ranges.get(part, (0, 0))
    return start < last and end > first


def carried(old: Sequence[Part], new: Sequence[Part], place: Place) -> Place:
    """Where a place of one version of an article is in another: by its text, else by its number."""
    part, index = place
    if part <= 1 or not new or part >= len(old):
        return min(part, max(0, len(new) - 1)), index
    here = old[part].text
    if part < len(new) and new[part].text == here:
        return place
    wanted = here[index : index + _SAME]
    for number, candidate in enumerate(new):
        at = candidate.text.find(wanted) if wanted else -1
        # A short stretch may stand in many places; the paragraph's own start tells them apart.
        same = len(wanted) == _SAME or candidate.text[:_SAME] == here[:_SAME]
        if at >= 0 and same and candidate.kind is not Kind.BYLINE:
            return number, at
    return min(part, len(new) - 1), 0
