"""What stands between a page's heading and its story, when the story's element does not hold both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LOOKED_AT = 80
"""Elements."""


def between(heading: LexborNode, story: LexborNode) -> list[LexborNode]:
    """The elements that follow ``heading`` and come before ``story``, each whole; none if the story comes first."""
    around = holders(story)
    found: list[LexborNode] = []
    node: LexborNode | None = heading
    if story.mem_id in holders(heading):
        return []
    for _ in range(_LOOKED_AT):
        while node is not None and node.next is None:
            node = node.parent
        node = node.next if node is not None else None
        while node is not None and node.mem_id in around:
            if node.mem_id == story.mem_id:
                return found
            node = node.child
        if node is None:
            break
        if node.is_element_node:
            found.append(node)
    return []


def beside(heading: LexborNode, story: LexborNode) -> list[LexborNode]:
    """The elements that come before ``heading`` in the smallest element that holds both, the nearest first."""
    around = holders(story)
    found: list[LexborNode] = []
    node: LexborNode | None = heading
    while node is not None and node.mem_id not in around and node.tag not in ("body", "html", "-document"):
        other = node.prev
        while other is not None and len(found) < _LOOKED_AT:
            if other.is_element_node:
                found.append(other)
            other = other.prev
        node = node.parent
    return found


def holders(inner: LexborNode) -> set[int]:
    """An element and those that hold it."""
    found: set[int] = set()
    node: LexborNode | None = inner
    while node is not None and node.tag not in ("html", "-document"):
        found.add(node.mem_id)
        node = node.parent
    return found
