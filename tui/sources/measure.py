"""How much text each element of a page holds, and how much of it in links: one pass over the tree, bottom up.

Asking a node for its text walks everything below it; asking every node is quadratic in a deep page.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SILENT = frozenset(("script", "style", "noscript", "template", "-comment", "head", "iframe", "svg"))


class Size(NamedTuple):
    """Characters in an element, and those of them that stand in links."""

    text: int
    linked: int

    @property
    def told(self) -> int:
        """Characters outside links."""
        return self.text - self.linked

    @property
    def link_share(self) -> float:
        """The share of the characters that are links, 0 to 1."""
        return self.linked / self.text if self.text else 0.0


EMPTY = Size(0, 0)
Sizes = dict[int, Size]
"""By ``mem_id``."""


def measure(root: LexborNode) -> Sizes:
    """The size of every element below and including ``root`` that holds text."""
    sizes: Sizes = {}
    above: list[tuple[LexborNode, int, int]] = []
    """The elements that are open, each with what had been counted in its parent before it."""
    node, text, linked = root, 0, 0
    while True:
        tag = node.tag
        if tag == "-text":
            text += len((node.text_content or "").strip())
        elif tag not in _SILENT and (child := node.child) is not None:
            above.append((node, text, linked))
            node, text, linked = child, 0, 0
            continue
        while above:
            following = node.next
            if following is not None:
                node = following
                break
            node, before, linked_before = above.pop()
            if node.tag == "a":
                linked = text
            if text:  # the empty ones are most of them
                sizes[node.mem_id] = Size(text, linked)
            text += before
            linked += linked_before
        else:
            return sizes


def outermost(nodes: Iterable[LexborNode]) -> list[LexborNode]:
    """Each of ``nodes`` once (two selectors in a list may give it twice), without those inside another of them."""
    chosen = {node.mem_id: node for node in nodes}
    return [node for node in chosen.values() if not _inside(node, chosen)]


def _inside(node: LexborNode, chosen: Container[int]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id in chosen:
            return True
        parent = parent.parent
    return False
