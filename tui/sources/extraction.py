"""One article put together from what the layers found: the aggregator's text,
or the page's own by density and scripts.

A page in which all this finds no story is read again by trafilatura, in another process: see ``tui.sources.again``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tui.news.model import (
    Article,
    Block,
    Direction,
    Figure,
    Image,
    Link,
    ListBlock,
    Paragraph,
    Provenance,
    Text,
)
from tui.sources.aggregator import Found
from tui.sources.blocks import read_blocks
from tui.sources.containers import texts_of
from tui.sources.density import story_node
from tui.sources.embedded import embedded_body
from tui.sources.furniture import without_furniture
from tui.sources.heading import own_heading
from tui.sources.leading import leading_picture
from tui.sources.letters import direction_of, settle_language
from tui.sources.metadata import Metadata
from tui.sources.noise import prune
from tui.sources.signature import is_signature
from tui.sources.standfirst import standfirst
from tui.sources.teasers import body_blocks, text_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_TOLD = 100
"""Characters: where a paragraph is this long, the story has begun."""
_SENTENCE = re.compile(r".{40}[.!?؟۔][\"»”]?$", re.DOTALL)
_MORE = 1.2
_SENTENCES = re.compile(r"[.!?؟۔\n]+")
_BELOW_STANDFIRST = 3
"""Blocks: under a line that tells of the story already stands who tells it."""
_OPENING = 5
"""Blocks: a picture among the first ones is the page's own, which it names in another size."""
_MIN_STORY = 140
"""Characters: less text than this is no story that a heuristic can stand up for."""


def aggregated_article(found: Found, meta: Metadata) -> Article:
    """An aggregator's article; what its own text does not say is taken from the page's description."""
    return _completed(
        Article(
            title=found.title,
            blocks=found.blocks,
            source=found.paper,
            author=meta.author,
            published=found.published or meta.published,
            source_link=found.source_link or meta.canonical,
            provenance=found.provenance,
        ),
        meta,
    )


def told_article(blocks: tuple[Block, ...], meta: Metadata, base: str, provenance: Provenance) -> Article:
    """The article whose text was found whole: by the reader's rule for the site, or by trafilatura."""
    return _completed(
        Article(
            title=meta.title,
            blocks=without_furniture(blocks, meta.title),
            source=meta.site,
            author=meta.author,
            published=meta.published,
            source_link=meta.canonical or base,
            provenance=provenance,
        ),
        meta,
    )


def extracted_article(tree: LexborHTMLParser, base: str, meta: Metadata) -> tuple[Article, LexborNode | None]:
    """Any other page's article, and the element it stood in. The tree is pruned of noise on the way."""
    title = meta.title
    embedded, titled = ("", False) if meta.body else embedded_body(tree, title)
    if tree.body is not None:
        prune(tree.body, own_heading(tree))
    node = story_node(tree)
    blocks = without_furniture(read_blocks(node, base), title, base) if node is not None else ()
    blocks = _unsigned(blocks, meta)
    if node is not None and blocks:
        said = tuple(Paragraph(Text(said)) for said in standfirst(tree, node, text_of(blocks), meta.description))
        blocks = (*said, *_led(blocks, leading_picture(tree, node, base)))
    provenance = Provenance.DENSITY
    length = len(text_of(blocks))
    if length >= _MIN_STORY and not titled:
        embedded = ""  # a text of another page, or of a program
    described = without_furniture(body_blocks(meta.body or embedded, base, markup=True), title)
    if _tells_more(text_of(described), text_of(blocks)):
        blocks, provenance, length = described, Provenance.METADATA, len(text_of(described))
    full = length >= _MIN_STORY
    if not length:
        blocks = (Paragraph(Text(meta.description)),) if meta.description else ()
        provenance = Provenance.METADATA if blocks else Provenance.NONE
    article = Article(
        title=title,
        blocks=blocks,
        source=meta.site,
        author=meta.author,
        published=meta.published,
        source_link=meta.canonical or base,
        provenance=provenance,
        full=full,
    )
    return _completed(article, meta), node


def _tells_more(described: str, told: str) -> bool:
    """Whether a page's description of its story is longer than the story, and not because it says things twice."""
    if len(described) <= max(len(told) * _MORE, _MIN_STORY):
        return False
    own = _letters(told)
    sentences = {_letters(sentence) for sentence in _SENTENCES.split(described)}
    return sum(len(sentence) for sentence in sentences if sentence not in own) > len(own) * (_MORE - 1)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _led(blocks: tuple[Block, ...], picture: Figure | None) -> tuple[Block, ...]:
    """``blocks`` under the picture, if it is not among them."""
    shown = {block.image.url for block in blocks if isinstance(block, Figure)}
    return (picture, *blocks) if picture is not None and picture.image.url not in shown else blocks


def _unsigned(blocks: tuple[Block, ...], meta: Metadata) -> tuple[Block, ...]:
    """``blocks`` without the lines at their beginning that only say who wrote the story and when."""
    published = meta.published
    lines = [block.text.text if isinstance(block, Paragraph) else "" for block in blocks]
    if published is None:
        return blocks
    telling = (at for at, line in enumerate(lines) if len(line) >= _TOLD or _SENTENCE.search(line))
    told = next((at for at in telling if not is_signature(lines[at], meta.author, published)), 0)
    told = max(told, _BELOW_STANDFIRST)
    return tuple(block for at, block in enumerate(blocks) if at >= told or not _signs(block, meta.author, published))


def _signs(block: Block, author: str, published: datetime) -> bool:
    """Is it a line, or a list of short ones, that says who wrote the story and when?"""
    if not isinstance(block, Paragraph | ListBlock):
        return False
    lines = [text.text for text in texts_of(block)]
    return max(map(len, lines), default=0) < _TOLD and any(is_signature(line, author, published) for line in lines)


def _completed(article: Article, meta: Metadata) -> Article:
    """``article`` with what its blocks and the page add: pictures, links, language, direction."""
    language = settle_language(meta.language, f"{article.title} {text_of(article.blocks)[:3000]}")
    direction = direction_of(language)  # the letters know better than a template's dir
    if direction is Direction.AUTO:
        direction = direction_of(language, meta.direction)
    images = [block.image for block in article.blocks if isinstance(block, Figure)]
    if meta.image and not any(isinstance(block, Figure) for block in article.blocks[:_OPENING]):
        images.insert(0, next((image for image in images if image.url == meta.image.url), meta.image))
    return replace(
        article, images=_unique(images), links=_links(article.blocks), language=language, direction=direction
    )


def _unique(images: Iterable[Image]) -> tuple[Image, ...]:
    return tuple({image.url: image for image in images}.values())


def _links(blocks: Sequence[Block]) -> tuple[Link, ...]:
    """Every link in the blocks, in order."""
    texts = (text for block in blocks for text in texts_of(block))
    return tuple(Link(text.text[m.start : m.end], m.href) for text in texts for m in text.marks if m.href)
