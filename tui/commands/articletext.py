"""An article as lines of text: in logical order for programs, laid out for people, as a record for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.bidi.layout import lay_out
from tui.bidi.levels import base_direction, isolate
from tui.bidi.sanitize import sanitize
from tui.commands.context import Context
from tui.commands.printer import aligned
from tui.commands.times import iso
from tui.locale import Locale
from tui.news import plain
from tui.news.isolates import titled, written_out
from tui.news.model import Article, Block, Direction, Figure, ListBlock, Preformatted, Quote

_OVER_STORY = 3
"""Blocks: a standfirst may come first."""


def article_record(article: Article) -> dict[str, object]:
    """The keys of product.md: title, source, published, paragraphs, source_link, images, links, and more."""
    return {
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "published": iso(article.published),
        "language": article.language,
        "direction": article.direction.value,
        "full": article.full,
        "provenance": article.provenance.value,
        "paragraphs": list(plain.paragraphs(_told(article.blocks))),
        "source_link": article.source_link,
        "images": [{"url": image.url, "alt": image.alt, "caption": image.caption} for image in article.images],
        "links": [{"text": link.text, "url": link.url} for link in article.links],
    }


def _told(blocks: Sequence[Block]) -> Iterator[Block]:
    """Without the picture over the story, and those without a caption: what they show is said with the pictures."""
    for at, block in enumerate(blocks):
        if not isinstance(block, Figure) or (block.image.caption and at >= _OVER_STORY):
            yield block


def byline(article: Article, locale: Locale) -> str:
    """ "Paper · 21 October 2015 · 4 min"."""
    parts = [article.source, article.author if article.author != article.source else ""]
    if article.published:
        parts.append(locale.date(article.published.astimezone().date()))
    parts.append(locale.plural("command.minutes", plain.reading_minutes(article.blocks)))
    return " · ".join(isolate(part) for part in parts if part)


def plain_lines(article: Article, locale: Locale) -> Iterator[str]:
    """Logical text, one paragraph a line, blank lines between."""
    yield article.title
    yield sanitize(byline(article, locale))
    for paragraph in plain.paragraphs(article.blocks):
        yield ""
        yield paragraph
    if article.source_link:
        yield ""
        yield article.source_link


def print_article(article: Article, context: Context, width: int, mode: str) -> None:
    """Lay the article out ``width`` cells wide and print it as this terminal needs it."""
    from tui.terminal.lines import LineWriter

    with LineWriter.open(mode) as writer:
        for line in laid_out(article, context.locale, width):
            writer.write(line)
        if article.source_link:
            writer.write("")
            writer.write(article.source_link, link=article.source_link)


def laid_out(article: Article, locale: Locale, width: int) -> Iterator[str]:
    """Visual lines of the article, right-to-left ones ending at the right edge."""
    direction = article.direction
    yield from _paragraph(titled(article.title, article.isolates), width, direction)
    yield from _paragraph(byline(article, locale), width, direction)
    for block in article.blocks:
        yield ""
        yield from _block(block, width, direction)


def _block(block: Block, width: int, direction: Direction) -> Iterator[str]:
    if isinstance(block, Preformatted):
        yield from block.text.splitlines()
        return
    mark = "▏ " if isinstance(block, Quote) else "• " if isinstance(block, ListBlock) else ""
    for text in plain.paragraphs((block,), lambda text: written_out(text).text):
        own = direction if mark or direction is Direction.FIRST else Direction.AUTO
        yield from _paragraph(mark + text, width, own)


def _paragraph(text: str, width: int, direction: Direction) -> Iterator[str]:
    base = {Direction.LTR: 0, Direction.RTL: 1}.get(direction)
    if base is None:
        base = base_direction(text, majority=direction is Direction.AUTO)
    for line in lay_out(text, width, base=base):
        yield aligned(line, width)
