"""How much text each element of a page holds, and how much of it in links: one pass over the tree, bottom up.

Asking a node for its text walks everything below it; asking every node is quadratic in a deep page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SILENT = frozenset(("script", "style", "noscript", "template", "-comment", "head", "iframe", "svg"))


class Size(NamedTuple):
    """Characters in an element, and those of them that stand in links."""

    text: int
    linked: int

    @property
    def link_share(self) -> float:
        """The share of the characters that are links, 0 to 1."""
        return self.linked / self.text if self.text else 0.0


EMPTY = Size(0, 0)
Sizes = dict[int, Size]
"""By ``mem_id``."""


def measure(root: LexborNode) -> Sizes:
    """The size of every element below and including ``root``."""
    sizes: Sizes = {}
    totals: list[list[int]] = []
    for node, entering in events(root):
        if entering:
            totals.append([0, 0])
            continue
        text, linked = totals.pop()
        if node.tag == "a":
            linked = text
        if text:  # the empty ones are most of them
            sizes[node.mem_id] = Size(text, linked)
        if totals:
            totals[-1][0] += text
            totals[-1][1] += linked
        if node.tag == "-text" and totals:
            totals[-1][0] += len((node.text_content or "").strip())
    return sizes


def events(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every element and text below ``root`` and itself, once entered and once left; what is never read is left out."""
    stack: list[tuple[LexborNode, bool]] = [(root, True)]
    while stack:
        node, entering = stack.pop()
        yield node, entering
        if not entering:
            continue
        stack.append((node, False))
        child = node.last_child
        while child is not None:
            if child.tag not in _SILENT:
                stack.append((child, True))
            child = child.prev
