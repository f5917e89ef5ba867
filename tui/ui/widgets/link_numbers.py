"""Numbers behind the links of an article, and below it the addresses they stand for.

The numbers are for the screen only: what is copied or searched has none. One address has one number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tui.bidi.levels import isolate
from tui.news.model import Mark, MarkKind
from tui.ui.widgets.flow import Kind, Part


def numbered(parts: Sequence[Part], heading: str, number: Callable[[int], str], level: int) -> tuple[Part, ...]:
    """The parts with a number behind each link, and the list of addresses under ``heading``.

    ``number`` writes one in the reader's digits; ``level``: of the heading, and on whose side the list stands.
    """
    known: dict[str, int] = {}
    text = [_marked(part, known, number) for part in parts if part.kind is not Kind.SOURCE]
    if not known:
        return tuple(parts)
    block, widest = max(part.block for part in parts) + 1, len(number(len(known)))
    title = Part(Kind.HEADING, heading, level, block=block, gap=2, extras=((0, len(heading)),))
    rows = [
        Part(
            Kind.ITEM, url, marks=(Mark(0, len(url), MarkKind.LINK, url),), block=block, gap=int(place == 1),
            sign=f"{number(place)}.".rjust(widest + 1), side=level, extras=((0, len(url)),),
        )
        for url, place in known.items()
    ]  # fmt: skip
    return (*text, title, *rows, *(part for part in parts if part.kind is Kind.SOURCE))


def _marked(part: Part, known: dict[str, int], number: Callable[[int], str]) -> Part:
    """The part with its links' numbers, its marks and what is not its own text moved along."""
    if part.table is not None:
        return part  # a number would move its columns
    links = sorted((mark.end, mark.href) for mark in part.marks if mark.kind is MarkKind.LINK and mark.href)
    pieces: list[str] = []
    extras: list[tuple[int, int]] = []
    at = 0
    for end, url in links:
        pieces.append(part.text[at:end])
        start = sum(map(len, pieces))
        pieces.append(isolate(f"[{number(known.setdefault(url, len(known) + 1))}]"))
        extras.append((start, start + len(pieces[-1])))
        at = end
    ends = [end for end, _ in links]
    lengths = [stop - start for start, stop in extras]

    def moved(place: int, *, closing: bool) -> int:
        return place + sum(
            size for end, size in zip(ends, lengths, strict=True) if (end < place if closing else end <= place)
        )

    marks = tuple(
        replace(mark, start=moved(mark.start, closing=False), end=moved(mark.end, closing=True)) for mark in part.marks
    )
    return replace(part, text="".join((*pieces, part.text[at:])), marks=marks, extras=tuple(extras))
