"""A search that says "or" of the reader's own state, taken apart into searches that exclude each other.

The index knows nothing of stars and of what was read, so "words or is:starred" as one condition is tried on every row.
Each alternative alone is quick: it walks the index or the few rows of that state.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.news.query import And, Node, Not, Or

MOST = 8
"""Alternatives beyond which a search is left as it is."""


def alternatives(node: Node, indexed: Callable[[Node], bool]) -> list[Node]:
    """Searches that together find what ``node`` finds, each story in one of them only.

    ``indexed`` says what the index answers alone: of such nodes an "or" is quick as it is.
    """
    parts = list(node.nodes) if isinstance(node, And) else [node]
    at = next((n for n, part in enumerate(parts) if isinstance(part, Or) and not indexed(part)), -1)
    if at < 0:
        return [node]
    chosen = parts[at]
    assert isinstance(chosen, Or)
    own = [part for part in chosen.nodes if not indexed(part)]
    words = tuple(part for part in chosen.nodes if indexed(part))
    found: list[Node] = []
    excluded: list[Node] = []
    for part in [*own, *([Or(words) if len(words) > 1 else words[0]] if words else [])]:
        inner = list(part.nodes) if isinstance(part, And) else [part]
        found += alternatives(And((*parts[:at], *inner, *excluded, *parts[at + 1 :])), indexed)
        if len(found) > MOST:
            return [node]
        excluded.append(Not(part))
    return found
