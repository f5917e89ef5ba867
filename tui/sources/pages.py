"""Pages: an article by the surest layer that finds one, or a front page as a list of headlines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.news.addresses import absolute
from tui.news.model import (
    Article,
    Block,
    Direction,
    Document,
    DocumentKind,
    Figure,
    Heading,
    Image,
    Item,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Provenance,
    Quote,
    Table,
    Text,
)
from tui.sources.aggregator import Found, is_family, read_aggregator
from tui.sources.blocks import read_blocks
from tui.sources.density import story_node
from tui.sources.embedded import embedded_body
from tui.sources.headlines import aggregator_headlines, front_page_headlines, is_aggregator_page
from tui.sources.inline import safe
from tui.sources.letters import direction_of, settle_language
from tui.sources.metadata import Metadata, read_metadata, without_suffix
from tui.sources.noise import prune, without_furniture
from tui.sources.teasers import body_blocks, text_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

MAX_CHARACTERS = 4_000_000
_LONG_DATA = re.compile(r"data:[\w/+.-]{0,60};base64,[A-Za-z0-9+/=\s]{500,}")
_LONG_TAG = 65_536
_MIN_STORY = 140
"""Characters: less text than this is no story that a heuristic can stand up for."""
_CHALLENGE = re.compile(
    r"<title>\s*(?:Just a moment|Attention Required|Access denied|DDoS-Guard|Checking your browser)|cf-browser-verification|/cdn-cgi/challenge-platform",
    re.IGNORECASE,
)


def parse_page(text: str, url: str, now: datetime) -> Document:
    """The document a page of HTML makes: an article or a front page, with the feeds it announces."""
    from selectolax.lexbor import LexborHTMLParser

    text, errors = _tamed(text)
    tree = LexborHTMLParser(text)
    node = tree.css_first("base[href]")
    base = (absolute(url, node.attributes.get("href") or "") if node is not None else "") or url
    meta = read_metadata(tree, base, now)
    if _CHALLENGE.search(text[:20_000]) and len(text) < 60_000:
        errors += ("The site asks for a browser check that only a web browser passes.",)
    found = read_aggregator(tree, base, now)
    shaped = is_family(url) or found is not None or is_aggregator_page(tree, base)
    headlines = aggregator_headlines(tree, base, now) if shaped else ()
    if found is None and _is_front(url, meta, headlines):
        items = headlines if len(headlines) >= 3 else front_page_headlines(tree, base, now)
        if len(items) >= 3:
            return _front_page(items, meta, url, errors)
    article = _aggregated(found, meta) if found else _extracted(tree, base, meta)
    if article.provenance is Provenance.NONE or (not meta.article and not found and len(text_of(article.blocks)) < 400):
        items = headlines or front_page_headlines(tree, base, now)
        if len(items) >= 5:
            return _front_page(items, meta, url, errors)
    if not article.blocks:
        errors += ("No article text was found in the page.",)
    return Document(
        kind=DocumentKind.ARTICLE, format="html", title=article.title, language=article.language, direction=article.direction,
        site=absolute(base, "/"), items=headlines, article=article, feeds=meta.feeds, provenance=article.provenance, errors=errors,
    )  # fmt: skip


def _tamed(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` without what makes a parser slow: megabytes, inlined pictures, tags of more than 64 kB (quadratic)."""
    errors: tuple[str, ...] = ()
    if len(text) > MAX_CHARACTERS:
        text, errors = text[:MAX_CHARACTERS], ("The page is longer than four million characters and was cut there.",)
    text = _LONG_DATA.sub("data:,", text).replace("\0", "")
    pieces, start = [], 0
    for match in re.finditer(r"<[a-zA-Z][a-zA-Z0-9:-]{0,40}(?=[\s/])", text):
        if match.start() < start:
            continue
        end = text.find(">", match.end())
        end = len(text) if end < 0 else end
        if end - match.end() > _LONG_TAG:
            pieces += [text[start : match.start()], match[0]]
            start = end
            errors += (
                ("A tag of the page is longer than 64 kB; its attributes were ignored.",) if len(pieces) == 2 else ()
            )
    return "".join([*pieces, text[start:]]) if pieces else text, errors


def _is_front(url: str, meta: Metadata, headlines: Sequence[Item]) -> bool:
    path = urlsplit(url).path.strip("/")
    if not path or path in ("ar", "fr", "en", "index.html", "index.php", "home"):
        return True
    return not meta.article and len(headlines) >= 8


def _front_page(items: tuple[Item, ...], meta: Metadata, url: str, errors: tuple[str, ...]) -> Document:
    language = settle_language(meta.language, " ".join(item.title for item in items[:60]))
    return Document(
        kind=DocumentKind.FRONT_PAGE, format="html", title=meta.site or meta.title, language=language, direction=direction_of(language),
        site=url, items=items, feeds=meta.feeds, provenance=Provenance.SITE, errors=errors,
    )  # fmt: skip


def _aggregated(found: Found, meta: Metadata) -> Article:
    """An aggregator's article; what its own text does not say is taken from the page's description."""
    return _article(
        Article(
            title=found.title, blocks=found.blocks, source=found.paper, author=meta.author, published=found.published or meta.published,
            source_link=found.source_link or meta.canonical, provenance=found.provenance,
        ),
        meta,
    )  # fmt: skip


def _extracted(tree: LexborHTMLParser, base: str, meta: Metadata) -> Article:
    """Any other page: its own description, the densest text, text inside scripts."""
    heading = _heading(tree)
    title = without_suffix(meta.title, meta.site, heading) or heading
    embedded = "" if meta.body else embedded_body(tree)
    if tree.body is not None:
        prune(tree.body)
    node = story_node(tree)
    blocks = without_furniture(read_blocks(node, base), title) if node is not None else ()
    provenance = Provenance.DENSITY
    length = len(text_of(blocks))
    described = body_blocks(meta.body or embedded, base, markup=True)
    if len(text_of(described)) > max(length * 1.2, _MIN_STORY):
        blocks, provenance, length = without_furniture(described, title), Provenance.METADATA, len(text_of(described))
    full = length >= _MIN_STORY
    if not blocks:
        blocks = (Paragraph(Text(meta.description)),) if meta.description else ()
        provenance, full = (Provenance.METADATA if blocks else Provenance.NONE), False
    article = Article(
        title=title, blocks=blocks, source=meta.site, author=meta.author, published=meta.published,
        source_link=meta.canonical or base, provenance=provenance, full=full,
    )  # fmt: skip
    return _article(article, meta)


def _heading(tree: LexborHTMLParser) -> str:
    headings = [safe(node.text(), limit=500) for node in tree.css("h1")[:5]]
    return max(headings, key=len, default="")


def _article(article: Article, meta: Metadata) -> Article:
    """``article`` with what its blocks and the page add: pictures, links, language, direction."""
    from dataclasses import replace

    text = text_of(article.blocks)
    language = settle_language(meta.language, f"{article.title} {text[:3000]}")
    direction = direction_of(language, meta.direction)
    if direction is not direction_of(language) and direction_of(language) is not Direction.AUTO:
        direction = direction_of(language)
    images = [block.image for block in article.blocks if isinstance(block, Figure)]
    if meta.image and meta.image.url not in {image.url for image in images}:
        images.insert(0, meta.image)
    return replace(
        article, images=_unique(images), links=links_of(article.blocks), language=language, direction=direction
    )


def _unique(images: Iterable[Image]) -> tuple[Image, ...]:
    return tuple({image.url: image for image in images}.values())


def links_of(blocks: Sequence[Block]) -> tuple[Link, ...]:
    """Every link in the blocks, in order."""
    return tuple(
        Link(text.text[m.start : m.end], m.href)
        for block in blocks
        for text in _texts(block)
        for m in text.marks
        if m.href
    )


def _texts(block: Block) -> Iterable[Text]:
    match block:
        case Heading(text=text) | Paragraph(text=text):
            return [text]
        case Quote(paragraphs=paragraphs):
            return paragraphs
        case ListBlock(items=items):
            return [text for item in items for text in _item_texts(item)]
        case Table(rows=rows, header=header):
            return [cell for row in (header, *rows) for cell in row]
        case _:
            return []


def _item_texts(item: ListItem) -> list[Text]:
    return [item.text, *(text for child in item.children for inner in child.items for text in _item_texts(inner))]
