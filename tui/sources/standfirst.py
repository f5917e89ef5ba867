"""The sentence or two between a story's heading and its text, where a page sets it apart from the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from tui.sources.between import between
from tui.sources.heading import heading_node, key
from tui.sources.noise import named
from tui.sources.words import words_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MARKS = frozenset(
    (
        *("standfirst", "lead", "lede", "leader", "leadin", "intro", "introduction", "abstract", "summary", "excerpt"),
        *(
            "preamble",
            "subheader",
            "dek",
            "deck",
            "subtitle",
            "subheadline",
            "subhead",
            "subheading",
            "subline",
            "blurb",
            "synopsis",
        ),
        *("chapo", "chapeau", "sapo", "accroche", "perex", "sommario", "occhiello", "epigraph", "bajada", "copete"),
        *("entradilla", "sumario", "einleitung", "vorspann", "anriss", "ingress", "lid", "introtext", "preamble"),
    )
)
"""What papers call it."""
_OTHERS = frozenset(
    (
        *("caption", "credit", "credits", "copyright", "author", "authors", "byline", "date", "time", "meta", "tags"),
        *("disclosure", "disclaimer", "affiliate", "notice"),
        *("image", "photo", "picture", "gallery", "video", "player", "breadcrumb", "category", "share", "related"),
    )
)
"""What else stands there."""
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "header", "ul", "ol", "table", "figure", "form", "h1", "h2", "h3", "h4")
)
_MAY_BE = frozenset(("p", "h2", "h3", "h4", "div", "span", "strong", "section", "em", "b"))
"""What else there may be are elements of a paper's own, whose names have a hyphen."""
_SHORTEST, _LONGEST = 30, 700
_UNMARKED = 60
"""Characters of a sentence that stands there without a mark, at least."""
_ALIKE = 60
"""Letters in which a text and the page's description agree."""
_SENTENCE = re.compile(r"[.?؟۔…»”\"]\W*$")
_MOST = 4
"""Paragraphs: more are a story of their own."""


def standfirst(tree: LexborHTMLParser, story: LexborNode, text: str, description: str = "") -> list[str]:
    """What stands between the page's heading and ``story``, paragraph by paragraph; ``text`` is what the story says.

    What the page's own ``description`` says again belongs to it however it is named.
    """
    heading = heading_node(tree)
    found: list[str] = []
    nodes = between(heading, story) if heading is not None else []
    first = True  # nothing has been said since the heading
    for node, marked in chain.from_iterable(_leaves(node, marked=False) for node in nodes):
        said = words_of(node, limit=_LONGEST + 1)
        described = _describes(said, description)
        stands = marked is False and (first or node.tag in ("p", "h2", "h3")) and bool(_SENTENCE.search(said))
        first = first and not said
        if not (_SHORTEST if marked or described else _UNMARKED) <= len(said) <= _LONGEST or said[:60] in text:
            continue
        if described or marked or stands:
            linked = sum(len(anchor.text()) for anchor in node.css("a")[:20])
            if linked * 4 <= len(said) and said not in found:
                found.append(said)
    return found[:_MOST]


def _describes(said: str, description: str) -> bool:
    """Whether a text says what the page's description says, which may be cut or have a place's name before it."""
    own, whole = key(said), key(description)
    return min(len(own), len(whole)) >= _SHORTEST // 2 and (own[:_ALIKE] in whole or whole[:_ALIKE] in own)


def _leaves(node: LexborNode, *, marked: bool | None, depth: int = 0) -> Iterator[tuple[LexborNode, bool | None]]:
    """The elements that hold paragraphs; whether each is marked as what is looked for, or (None) as something else."""
    names = named(node)
    if node.tag in ("figure", "figcaption", "aside", "nav", "form", "ul", "ol", "table"):
        return
    marked = None if names & _OTHERS or marked is None else marked or not names.isdisjoint(_MARKS)
    children = [child for child in _children(node) if child.tag in _BLOCKS or "-" in (child.tag or "")[1:]]
    if not children:
        if node.tag in _MAY_BE or "-" in (node.tag or ""):
            yield node, marked
    elif depth < 5:
        for child in children[:12]:
            yield from _leaves(child, marked=marked, depth=depth + 1)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next
