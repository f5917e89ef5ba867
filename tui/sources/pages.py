"""Pages: an article by the surest layer that finds one, or a front page as a list of headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.news.addresses import absolute, normalise
from tui.news.model import Article, Block, Document, DocumentKind, Item, Provenance
from tui.sources.again import blocks_again
from tui.sources.aggregator import is_family, read_aggregator
from tui.sources.between import between
from tui.sources.containers import texts_of
from tui.sources.extraction import aggregated_article, extracted_article, told_article
from tui.sources.heading import heading_node, key, page_title
from tui.sources.headlines import aggregator_headlines, front_page_headlines, is_aggregator_page
from tui.sources.letters import direction_of, settle_language
from tui.sources.metadata import Metadata, read_metadata
from tui.sources.ruled import Ruled
from tui.sources.rules import SiteRule
from tui.sources.taming import tamed
from tui.sources.teasers import text_of
from tui.sources.unscripted import open_unscripted

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_FEW, _SEVERAL = 3, 5
_SHORT_STORY = 600
_ANCHORS = 2000
_FRONT_PATHS = frozenset(
    ("", "ar", "fr", "en", "he", "fa", "ur", "index.html", "index.php", "index.htm", "home", "default.aspx")
)
_STORY_PATH = re.compile(r"/(?:19|20)\d\d/\d\d?/(?:\d\d?/)?[^/]*[^/\d][^/]*/?$|/(?:[^/-]+-){4,}[^/-]+/?$")
_CHALLENGE = re.compile(
    r"<title>\s*(?:Just a moment|Attention Required|Access denied|DDoS-Guard|Checking your browser)"
    r"|cf-browser-verification|/cdn-cgi/challenge-platform",
    re.IGNORECASE,
)


def parse_page(text: str, url: str, now: datetime, rules: Sequence[SiteRule] = (), *, again: bool = False) -> Document:
    """The document a page of HTML makes: an article or a front page, with the feeds it announces.

    The first of ``rules`` (see ``rules_for``) that finds a body makes the page an article. ``again``: our own layers
    found no story in it before, so trafilatura's is taken if it finds one.
    """
    from selectolax.lexbor import LexborHTMLParser

    text, errors = tamed(text)
    if len(text) < 60_000 and _CHALLENGE.search(text[:20_000]):
        errors += ("The site asks for a browser check that only a web browser passes.",)
    tree = LexborHTMLParser(text)
    open_unscripted(tree)
    node = tree.css_first("base[href]")
    base = (absolute(url, node.attributes.get("href") or "") if node is not None else "") or url
    meta = read_metadata(tree, base, now)
    for rule in rules:
        ruled = Ruled(tree, rule, base, now)
        errors += ruled.errors
        meta = ruled.over(meta)
        if ruled.blocks:
            return _article_page(told_article(ruled.blocks, meta, base, Provenance.SITE), (), meta, base, errors)
    told = blocks_again(text, base) if again else ()
    if told:
        return _article_page(told_article(told, meta, base, Provenance.TRAFILATURA), (), meta, base, errors)
    found = read_aggregator(tree, base, now)
    shaped = found is not None or is_family(url) or is_aggregator_page(tree, base)
    headlines = aggregator_headlines(tree, base, now) if shaped else ()
    if found is not None:
        return _article_page(aggregated_article(found, meta), headlines, meta, base, errors)
    if shaped and not (meta.article or (meta.headline and not is_family(url))) and len(headlines) >= _FEW:
        return _front_page(headlines, meta, url, errors)
    front = () if meta.article and not _is_front_path(url) else front_page_headlines(tree, base, now)
    if len(front) >= _FEW and _is_front_path(url):
        return _front_page(front, meta, url, errors)
    article, node = extracted_article(tree, base, meta)
    if (
        len(front) >= _FEW
        and _lists(tree, node, article, front, meta, base)
        and not (article.full and _is_story_path(url))
    ):
        return _front_page(front, meta, url, errors)
    return _article_page(article, headlines, meta, base, errors)


def _is_front_path(url: str) -> bool:
    return urlsplit(url).path.strip("/").lower() in _FRONT_PATHS


def _is_story_path(url: str) -> bool:
    """An address with the day and a name, or with a name of many words, is a story's."""
    return bool(_STORY_PATH.search(urlsplit(url).path))


def _lists(
    tree: LexborHTMLParser,
    node: LexborNode | None,
    article: Article,
    front: tuple[Item, ...],
    meta: Metadata,
    base: str,
) -> bool:
    """True when what was taken for a story is rather a list of headlines, or one of its entries."""
    if not article.blocks:
        return True
    if node is None or article.provenance in (Provenance.NONE, Provenance.METADATA):
        return len(front) >= _SEVERAL and not article.full and not meta.headline
    links = {item.id for item in front}
    inside = _standing_alone(article.blocks) & links  # what is left of them without "read also"
    length = len(text_of(article.blocks))
    if len(inside) >= _FEW and length < 400 * len(inside):
        return True
    if len(front) < _SEVERAL or length >= _SHORT_STORY or meta.headline:
        return False
    return not _is_under_heading(tree, node, links, base)


def _is_under_heading(tree: LexborHTMLParser, story: LexborNode, links: set[str], base: str) -> bool:
    """True when the text stands under the page's own short heading, and the headlines stood in what went as noise."""
    heading = heading_node(tree)
    if heading is None or heading.css_first("a[href]") is not None or tree.body is None:
        return False
    if not key(heading.text()) or key(heading.text()) not in key(page_title(tree)):
        return False
    left = _links_in(tree.body, base) & links
    near = (_links_in(node, base) for node in (story, *between(heading, story)))
    return len(left) < _SEVERAL and not any(found & links for found in near)


def _standing_alone(blocks: Sequence[Block]) -> set[str]:
    """Where the links lead that begin a text or are most of it, as headlines do; those in a sentence do not."""
    found: set[str] = set()
    for text in (text for block in blocks for text in texts_of(block)):
        links = [mark for mark in text.marks if mark.href]
        whole = sum(mark.end - mark.start for mark in links) * 2 > len(text.text)
        found |= {normalise(mark.href) for mark in links if whole or mark.start == 0}
    return found


def _links_in(node: LexborNode, base: str) -> set[str]:
    anchors = node.css("a[href]")[:_ANCHORS]
    return {normalise(absolute(base, anchor.attributes.get("href") or "")) for anchor in anchors}


def _front_page(items: tuple[Item, ...], meta: Metadata, url: str, errors: tuple[str, ...]) -> Document:
    language = settle_language(meta.language, " ".join(item.title for item in items[:60]))
    return Document(
        kind=DocumentKind.FRONT_PAGE,
        format="html",
        title=meta.site or meta.title,
        language=language,
        direction=direction_of(language),
        site=url,
        items=items,
        feeds=meta.feeds,
        provenance=Provenance.SITE,
        errors=errors,
    )


def _article_page(
    article: Article, headlines: tuple[Item, ...], meta: Metadata, base: str, errors: tuple[str, ...]
) -> Document:
    if not article.blocks:
        errors += ("No article text was found in the page.",)
    return Document(
        kind=DocumentKind.ARTICLE,
        format="html",
        title=article.title,
        language=article.language,
        direction=article.direction,
        site=absolute(base, "/"),
        items=headlines,
        article=article,
        feeds=meta.feeds,
        provenance=article.provenance,
        errors=errors,
    )
