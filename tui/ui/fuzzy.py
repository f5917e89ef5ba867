"""Finding names by a few of their letters, in any of our languages.

Texts are compared folded (``tui.news.folding``: case, accents, tashkeel, the forms of alef), so that typing without
them finds what is written with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from tui.news.folding import fold

T = TypeVar("T")
_PIECE = 201
"""The least that counts as letters side by side."""


def score(query: str, name: str) -> int:
    """How well folded ``query`` fits folded ``name``: 0 not at all, higher is better.

    A whole prefix counts most, then the beginning of a word, then a piece, then letters in order with gaps.
    """
    if not query:
        return 1
    at = name.find(query)
    if at == 0:
        return max(_PIECE, 1000 - len(name))
    if at > 0:
        return max(_PIECE, (700 if name[at - 1] == " " else 400) - at)
    return max(0, 200 - _gaps(query.replace(" ", ""), name)) if query else 0


def _gaps(query: str, name: str) -> int:
    """How many letters lie between the letters of ``query`` in ``name``; 200 when they are not there in order."""
    position, gaps = -1, 0
    for letter in query:
        found = name.find(letter, position + 1)
        if found < 0:
            return 200
        gaps += found - position - 1
        position = found
    return gaps


def best(query: str, items: Iterable[T], names: Callable[[T], Sequence[str]]) -> list[T]:
    """The items that one of their names fits, the best first, equals in their order.

    Letters with gaps between them count where no name holds them in one piece.
    """
    wanted = fold(query).strip()
    scored = [(max((score(wanted, fold(name)) for name in names(item) if name), default=0), item) for item in items]
    least = _PIECE if any(points >= _PIECE for points, _ in scored) else 1
    return [item for points, item in sorted(scored, key=lambda pair: -pair[0]) if points >= least]
