"""Where the story stands in a page nobody described: the element in which long paragraphs with few links gather."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.sources.noise import link_share

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_COMMAS = re.compile("[,،;؛.۔:]")
_MARKED = (
    "[itemprop=articleBody]", "[itemprop='articleBody text']", ".entry-content", ".article-body", ".article__body", ".articlebody", ".post-content",
    ".article-content", ".story-body", ".story_body", ".td-post-content", ".content-body", "#article-body", "#articleBody",
)  # fmt: skip
_TEXTS = "p, li, blockquote, pre, td, div, section, article, span"
_MIN_TEXT = 25


def story_node(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the story, or None when no text stands out. The tree has been pruned of noise."""
    best = _densest(tree)
    for selector in _MARKED:
        found = [node for node in tree.css(selector)[:5] if _length(node) >= 80]
        if found:
            marked = max(found, key=_length)
            if best is None or _length(marked) * 2 >= _length(best):
                return marked
    return best


def _length(node: LexborNode) -> int:
    return len((node.text()).strip())


def _densest(tree: LexborHTMLParser) -> LexborNode | None:
    """The element with the greatest score: each paragraph gives its points to its parent and half to the one above."""
    scores: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    body = tree.body
    if body is None:
        return None
    for node in body.css(_TEXTS)[:20_000]:
        text = _own_text(node)
        if len(text) < _MIN_TEXT:
            continue
        points = 1 + min(len(_COMMAS.findall(text)), 10) + min(len(text) / 100, 4)
        points *= 1 - min(link_share(node, len(node.text())), 1)
        holder: LexborNode | None = node if node.tag not in ("p", "li", "blockquote", "pre", "span") else node.parent
        for weight in (1.0, 0.5, 0.2):
            if holder is None or holder.tag in (None, "html", "-document"):
                break
            nodes.setdefault(holder.mem_id, holder)
            scores[holder.mem_id] = scores.get(holder.mem_id, 0.0) + points * weight
            holder = holder.parent
    if not scores:
        return None
    for key, node in nodes.items():
        scores[key] *= 1 - min(link_share(node, _length(node)), 1)
        if node.tag in ("article", "main"):
            scores[key] *= 1.2
    best = max(scores, key=lambda key: scores[key])
    return nodes[best] if scores[best] >= 3 else None


def _own_text(node: LexborNode) -> str:
    """The text that stands directly in ``node``, inline children included for paragraphs."""
    if node.tag in ("p", "li", "blockquote", "pre"):
        return (node.text()).strip()
    pieces = []
    child = node.child
    while child is not None:
        if child.tag in ("-text", "b", "strong", "i", "em", "a", "span"):
            pieces.append(child.text())
        child = child.next
    return " ".join(pieces).strip()
