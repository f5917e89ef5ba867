"""Spans of opaque styles over a text, looked up by place."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A style over the code points ``start:end``; the style is opaque here."""

    start: int
    end: int
    style: object


class StyleMap:
    """For every place of a text the styles over it, in the order of their spans."""

    __slots__ = ("_starts", "_styles")

    def __init__(self, spans: Sequence[Span]) -> None:
        opening: dict[int, list[int]] = {}
        closing: dict[int, list[int]] = {}
        for index, span in enumerate(spans):
            if span.start < span.end:
                opening.setdefault(span.start, []).append(index)
                closing.setdefault(span.end, []).append(index)
        active: set[int] = set()
        self._starts: list[int] = []
        self._styles: list[tuple[object, ...]] = [()]
        for place in sorted({*opening, *closing}):
            active.difference_update(closing.get(place, ()))
            active.update(opening.get(place, ()))
            self._starts.append(place)
            self._styles.append(tuple(spans[index].style for index in sorted(active)))

    def parts(self, start: int, end: int) -> Iterator[tuple[int, int, tuple[object, ...]]]:
        """The range cut where styles change: (start, end, styles)."""
        starts = self._starts
        index = bisect_right(starts, start)
        while index < len(starts) and starts[index] < end:
            yield start, starts[index], self._styles[index]
            start = starts[index]
            index += 1
        yield start, end, self._styles[index]

    def upto(self, end: int) -> "StyleMap":
        """The same, with what stands at ``end - 1`` going on for ever: the style of an ellipsis at ``end``."""
        index = bisect_right(self._starts, end - 1)
        if index == len(self._starts):
            return self
        cut = StyleMap(())
        cut._starts = self._starts[:index]
        cut._styles = self._styles[: index + 1]
        return cut
