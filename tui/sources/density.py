"""Where the story stands in a page nobody described: the element in which long paragraphs with few links gather."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.sources.between import holders
from tui.sources.captions import is_caption
from tui.sources.heading import heading_node
from tui.sources.measure import EMPTY, Sizes, measure, outermost
from tui.sources.noise import named

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_COMMAS = re.compile("[,،;؛.۔:]")
_PROPERTY = ("[itemprop=articleBody]", "[itemprop='articleBody text']")
_MARKED = (
    *_PROPERTY,
    ".entry-content",
    ".article-body",
    ".article__body",
    ".articlebody",
    ".post-content",
    ".article-content",
    ".story-body",
    ".story_body",
    ".td-post-content",
    ".content-body",
    "#article-body",
    "#articleBody",
)
_NUMBER = re.compile(r"[\d_-]+")
_COUNTED = re.compile(r"[_-]\d+\b")
_LEAVES = frozenset(("p", "li", "blockquote", "pre", "span"))
_TEXTS = "p, li, blockquote, pre, span, td, div, section, article, main, center, font"
"""Elements whose own text may be a paragraph."""
_INLINE = frozenset(("-text", "b", "strong", "i", "em", "a", "span", "font", "u"))
_MIN_TEXT = 25
_OWN_TEXT = 250
_NEAR_TEXT, _OWN_PARAGRAPH = 200, 60
_SENTENCE = 40
_LITTLE = 2000
"""Characters: what scattered short texts come to at most."""
_LEVELS = 8
_MUCH_MORE = 5
_ANSWERS = frozenset(("comment", "comments", "commentlist", "respond", "replies", "disqus", "reviews"))
_FEW_LINKS, _BESIDE, _SHARE_BESIDE, _SHARE_OF_LIKE, _MOSTLY = 0.2, 200, 0.3, 0.05, 0.7
_PROSE_LOOKED_AT = 400
_WRAPPERS = 3
_PIECES = 40
"""Elements that are marked as the story, at most."""
_OTHERS = "h1, article, h2 a, h3 a, a h2, a h3"
"""What other stories are told by."""
_OTHERS_WITHIN = "article, h1 a, h2 a, h3 a, a h1, a h2, a h3"
"""The same in the <article> that has the page's heading: there an h1 more is a chapter's."""
_BARE_TEXT = 300
"""Characters: a page of short lines with this much text and few links is taken whole."""


def story_node(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the story, or None when no text stands out. The tree has been pruned of noise."""
    body = tree.body
    if body is None:
        return None
    sizes = measure(body)

    def length(node: LexborNode) -> int:
        return sizes.get(node.mem_id, EMPTY).text

    best = _densest(body, sizes)
    told = _told_in(tree, sizes)
    if told is not None and (best is None or length(best) < _MUCH_MORE * length(told) or _is_answer(best)):
        best = _densest(told, sizes)
    near = _around_heading(tree, sizes)
    if best is not None and near is not None and not _holds(near, best) and length(near) * 4 >= length(best):
        best = _densest(near, sizes) or best  # what is longer is the readers' comments, or the paper about itself
    if best is not None and (wider := _scattered(tree, best, sizes)) is not None:
        best = wider
    whole = sizes.get(body.mem_id, EMPTY)
    if best is None and whole.text >= _BARE_TEXT and whole.link_share < 0.3:
        best = body
    if best is None:
        best = _below_heading(tree, sizes)
    heading = heading_node(tree)
    for selector in _MARKED:
        found = outermost(node for node in tree.css(selector)[:_PIECES] if length(node) >= 80)
        if found:
            marked = _in_pieces(found, sizes, heading) or max(found, key=length)
            if best is None or length(marked) * (_MUCH_MORE if selector in _PROPERTY else 2) >= length(best):
                return marked
    return _whole(best, sizes, heading) if best is not None else None


def _in_pieces(marked: Sequence[LexborNode], sizes: Sizes, heading: LexborNode | None) -> LexborNode | None:
    """What holds all that is marked, when that is one story in several pieces, between which no other has its heading.

    Under the page's own heading pieces that stand alike may have headings of chapters between them.
    """
    if len(marked) < 2:
        return None
    around = [holders(node) for node in marked]
    common = set.intersection(*around)
    holder = marked[0].parent
    while holder is not None and holder.mem_id not in common:
        holder = holder.parent
    if holder is None or holder.css_first(_OTHERS) is not None:
        return None
    if sum(sizes.get(node.mem_id, EMPTY).text for node in marked) * 2 < sizes.get(holder.mem_id, EMPTY).text:
        return None
    alike = len(set(map(len, around))) == 1
    if alike and heading is not None and holder.mem_id not in holders(heading):
        return holder
    pieces = {node.mem_id for node in marked}
    return holder if all(pieces & holders(node) for node in holder.css("h1, h2, h3")[:50]) else None


def _whole(node: LexborNode, sizes: Sizes, heading: LexborNode | None) -> LexborNode:
    """``node``, or the element above it in which as good text stands beside it: a story told in several boxes.

    Beside the box that has the page's heading stands what is not the story, but in boxes of its kind.
    """
    found, box, above, headed = node, node, node.parent, False
    article = _article_of(node, heading)
    for _ in range(_LEVELS):
        if above is None or above.tag in (None, "body", "html", "-document"):
            break
        within = article is not None and _holds(article, above)
        like = _has_like(box, sizes, _OTHERS_WITHIN if within else _OTHERS)
        if _tells_others(above, found, chapters=within):
            break
        if headed and not like:
            break
        headed = heading is not None and _holds(above, heading)
        own, size = sizes.get(found.mem_id, EMPTY), sizes.get(above.mem_id, EMPTY)
        beside = _prose(above, sizes) - _prose(found, sizes)
        rest = size.told - own.told
        if (
            size.link_share < _FEW_LINKS
            and beside >= max(_BESIDE, own.told * (_SHARE_OF_LIKE if like else _SHARE_BESIDE))
            and beside >= rest * _MOSTLY
        ):
            found = above
        box, above = above, above.parent
    return found


def _article_of(node: LexborNode, heading: LexborNode | None) -> LexborNode | None:
    """The <article> that holds ``node`` and the page's heading."""
    above = node.parent
    while above is not None and above.tag != "article":
        above = above.parent
    return above if above is not None and heading is not None and _holds(above, heading) else None


def _has_like(box: LexborNode, sizes: Sizes, others: str) -> bool:
    """Whether boxes of the same kind stand beside, with text and nothing of ``others``: chapters of one story."""
    return any(
        size.text >= _BESIDE and size.link_share < _FEW_LINKS and node.css_first(others) is None
        for node in _siblings(box)
        if (size := sizes.get(node.mem_id, EMPTY))
    )


def _tells_others(above: LexborNode, story: LexborNode, *, chapters: bool) -> bool:
    """Whether other stories stand beside ``story``, each with a heading of its own; ``chapters`` have theirs too."""
    inside = {node.mem_id for node in story.css("article")}
    others = [node for node in above.css("article")[:50] if node.mem_id not in inside and not _holds(node, story)]
    within = story
    while within.parent is not None and within.parent.mem_id != above.mem_id:
        within = within.parent
    if within.css_first("h1") is not None and not chapters:
        others += _siblings(within)
    return any(node.css_first("h1, h2, h3, h4") is not None for node in others)


def _prose(node: LexborNode, sizes: Sizes) -> int:
    """Characters in paragraphs that are long enough to be told and have few links."""
    found = (sizes.get(leaf.mem_id, EMPTY) for leaf in node.css("p, li, blockquote, pre")[:_PROSE_LOOKED_AT])
    return sum(size.told for size in found if size.text >= _OWN_PARAGRAPH and size.link_share < _FEW_LINKS)


def _is_answer(node: LexborNode) -> bool:
    """Whether an element, or one that holds it, is named after what readers say."""
    within: LexborNode | None = node
    while within is not None and within.tag not in ("body", "html", "-document"):
        if named(within) & _ANSWERS:
            return True
        within = within.parent
    return False


def _told_in(tree: LexborHTMLParser, sizes: Sizes) -> LexborNode | None:
    """The <article> round the page's heading when it holds text of its own, however long the readers' comments are."""
    node = heading_node(tree)
    while node is not None and node.tag != "article":
        node = node.parent
    if node is None:
        return None
    size = sizes.get(node.mem_id, EMPTY)
    paragraphs = sum(sizes.get(p.mem_id, EMPTY).text >= _MIN_TEXT for p in node.css("p, div, li")[:50])
    return node if size.text >= _OWN_TEXT and size.link_share < 0.4 and paragraphs >= 2 else None


def _around_heading(tree: LexborHTMLParser, sizes: Sizes) -> LexborNode | None:
    """The first element round the page's heading that holds paragraphs, short of the whole page."""
    heading = heading_node(tree)
    if heading is None or heading.tag not in ("h1", "h2"):
        return None
    title = sizes.get(heading.mem_id, EMPTY).text
    node = heading.parent
    while node is not None and node.tag not in ("body", "html", "-document"):
        size = sizes.get(node.mem_id, EMPTY)
        if size.text - title >= _NEAR_TEXT:
            paragraphs = sum(sizes.get(p.mem_id, EMPTY).text >= _OWN_PARAGRAPH for p in node.css("p")[:50])
            return node if paragraphs >= 2 and size.link_share < 0.4 else None
        node = node.parent
    return None


def _scattered(tree: LexborHTMLParser, best: LexborNode, sizes: Sizes) -> LexborNode | None:
    """The element round the h1 when ``best`` is less than half of the little it tells: captions of many pictures."""
    heading = heading_node(tree)
    node = heading.parent if heading is not None and heading.tag == "h1" else None
    while node is not None and node.tag not in ("body", "html", "-document"):
        size = sizes.get(node.mem_id, EMPTY)
        if _holds(node, best):
            told = size.text - sizes[heading.mem_id].text if heading is not None else 0
            little = size.text <= _LITTLE and size.link_share < 0.1
            return node if little and sizes.get(best.mem_id, EMPTY).text * 2 < told else None
        node = node.parent
    return None


def _holds(node: LexborNode, other: LexborNode) -> bool:
    within: LexborNode | None = other
    while within is not None and within.mem_id != node.mem_id:
        within = within.parent
    return within is not None


def _below_heading(tree: LexborHTMLParser, sizes: Sizes) -> LexborNode | None:
    """What stands round the heading when no text stands out: a statement of one sentence."""
    heading = heading_node(tree)
    node = heading.parent if heading is not None else None
    title = sizes.get(heading.mem_id, EMPTY).text if heading is not None else 0
    for _ in range(_WRAPPERS):
        if node is None or node.tag in (None, "html", "-document"):
            break
        size = sizes.get(node.mem_id, EMPTY)
        if size.text - title >= _SENTENCE:
            return node if size.link_share < 0.3 else None
        node = node.parent
    return None


def _with_its_like(node: LexborNode, sizes: Sizes) -> LexborNode:
    """``node``, or the element above it whose other children are like it and hold as much text again.

    Some papers wrap every paragraph in elements of its own.
    """
    child, above = node, node.parent
    for _ in range(_WRAPPERS):
        if above is None or above.tag in (None, "body", "html", "-document") or child.css_first("h1") is not None:
            break  # what stands beside an element with a heading of its own are other stories
        like = [sizes.get(other.mem_id, EMPTY) for other in _siblings(child)]
        gained = sum(size.text for size in like if size.link_share < 0.2 and size.text >= _MIN_TEXT)
        if gained * 2 >= sizes.get(node.mem_id, EMPTY).text:
            return above
        child, above = above, above.parent
    return node


def _siblings(node: LexborNode) -> Iterator[LexborNode]:
    """The elements beside ``node`` of its kind and name, but for a number in it."""
    name = _name(node)
    other = node.parent.child if node.parent is not None else None
    while other is not None:
        if other.tag == node.tag and other.mem_id != node.mem_id and _name(other) == name:
            yield other
        other = other.next


def _name(node: LexborNode) -> tuple[str, str]:
    kind = node.attributes.get("class") or ""
    kind = kind if "col" in kind else _COUNTED.sub("", kind)  # how wide a column is tells it from the others
    return kind, _NUMBER.sub("", node.attributes.get("id") or "")


def _densest(body: LexborNode, sizes: Sizes) -> LexborNode | None:
    """The element with the greatest score: each paragraph gives its points to its parent and half to the one above."""
    scores: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for node in body.css(_TEXTS):
        size = sizes.get(node.mem_id, EMPTY)
        if size.text < _MIN_TEXT:
            continue
        points = _points(node, size.text) * (1 - min(size.link_share, 1))
        if points <= 0:
            continue
        holder = _wrapping(node, sizes).parent if node.tag in _LEAVES else node
        for weight in (1.0, 0.5, 0.2):
            if holder is None or holder.tag in (None, "html", "-document"):
                break
            nodes.setdefault(holder.mem_id, holder)
            scores[holder.mem_id] = scores.get(holder.mem_id, 0.0) + points * weight
            holder = holder.parent
    for key, node in nodes.items():
        scores[key] *= 1 - min(sizes.get(key, EMPTY).link_share, 1)
        if node.tag in ("article", "main"):
            scores[key] *= 1.2
    best = max(scores, key=lambda key: scores[key], default=0)
    return _with_its_like(_above_notes(nodes[best], sizes), sizes) if best and scores[best] >= 3 else None


def _above_notes(node: LexborNode, sizes: Sizes) -> LexborNode:
    """``node``, or where it is a list the element round it in which as much is told in paragraphs or cells."""
    above = node.parent if node.tag in ("ul", "ol") else None
    for _ in range(_WRAPPERS):
        if above is None or above.tag in (None, "body", "html", "-document"):
            break
        told = sum(sizes.get(leaf.mem_id, EMPTY).text for leaf in above.css("p, td")[:_PROSE_LOOKED_AT])
        if told >= sizes.get(node.mem_id, EMPTY).text:
            return above
        above = above.parent
    return node


def _wrapping(node: LexborNode, sizes: Sizes) -> LexborNode:
    """The outermost element that holds ``node`` and no other text and has others like it: each paragraph's wrapper."""
    text = sizes.get(node.mem_id, EMPTY).text
    found, above = node, node.parent
    for _ in range(_WRAPPERS):
        if above is None or above.tag in (None, "body", "html", "td") or sizes.get(above.mem_id, EMPTY).text > text:
            break
        if any(sizes.get(other.mem_id, EMPTY).text >= _MIN_TEXT for other in _siblings(above)):
            found = above
        above = above.parent
    return found


def _points(node: LexborNode, length: int) -> float:
    """Points for the text that stands directly in ``node``, inline children included; none for a picture's caption."""
    if is_caption(node) or (node.parent is not None and is_caption(node.parent)):
        return 0.0
    pieces = []
    child = node.child
    while child is not None:
        if child.tag == "-text":
            pieces.append(child.text_content or "")
        elif child.tag in _INLINE and length < 20_000:
            pieces.append(child.text())
        child = child.next
    text = " ".join(pieces).strip()
    if len(text) < _MIN_TEXT:
        return 0.0
    return 1 + min(len(_COMMAS.findall(text)), 10) + min(len(text) / 100, 4)
