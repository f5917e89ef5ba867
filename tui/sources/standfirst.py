"""The sentence or two between a story's heading and its text, where a page marks it and sets it apart from the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.sources.inline import safe

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MARKED = (
    ".standfirst, .lead, .lede, .chapo, .chapeau, .sapo, .dek, .article-lead, .article-intro, .entry-summary,"
    " .subtitle-text, .article__lead, .article-chapo,"
    " .itemIntroText, .intro-text, .introtext, .article-summary"
)
_SHORTEST, _LONGEST = 30, 700
_LEVELS = 4


def standfirst(tree: LexborHTMLParser, story: LexborNode, text: str) -> str:
    """The marked one that stands beside ``story`` or beside what holds it, or ""; ``text`` is what the story says."""
    around = _around(story)
    for node in tree.css(_MARKED)[:5]:
        beside = node.parent is not None and node.parent.mem_id in around - {story.mem_id}
        if not beside or node.mem_id in around:
            continue
        said = safe(" ".join(node.text(separator=" ").split()), limit=_LONGEST + 1)
        if _SHORTEST <= len(said) <= _LONGEST and said not in text and not node.css_first("a, p + p, li"):
            return said
    return ""


def _around(story: LexborNode) -> set[int]:
    """The story's element and those that hold it."""
    found: set[int] = {story.mem_id}
    node = story.parent
    for _ in range(_LEVELS):
        if node is None or node.tag in ("html", "-document"):
            break
        found.add(node.mem_id)
        node = node.parent
    return found
