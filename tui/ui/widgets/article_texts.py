"""What the article view says itself: byline, reading time, the line that leads to the source."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.news.model import Article, Block, Heading, ListBlock, ListItem, Paragraph, Preformatted, Quote, Story, Table
from tui.ui.widgets.flow import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.locale import Locale

_WORDS_A_MINUTE = 200
_WORD = re.compile(r"\w+")
PARTED = "\u00a0· "
"""Between the parts of a byline: a line may end behind it, none begins with it."""
_SHORT = 24
"""Characters of a state; what is longer is a sentence."""
_ISOLATE, _POP = "\u2068", "\u2069"


def article_texts(article: Article, story: Story | None, locale: Locale, now: datetime, status: str) -> Texts:
    """The texts around an article, in the interface's language."""
    host = host_of(source_link_of(article, story))
    return Texts(
        byline=_byline(article, story, locale, now, status),
        figure=locale.text("article.figure"),
        untitled=locale.text("headlines.untitled"),
        source=locale.text("article.source", host=f"{_ISOLATE}{host}{_POP}") if host else "",
        rtl=locale.rtl,
    )


def source_link_of(article: Article, story: Story | None) -> str:
    """Where the story can be read at its source, or ""."""
    return article.source_link or (story.link if story else "")


def host_of(url: str) -> str:
    """The host a reader knows a paper by."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def minutes_to_read(article: Article) -> int:
    """How long reading takes, in whole minutes from 1; 0 for an article without text."""
    words = sum(1 for block in article.blocks for text in _texts(block) for _ in _WORD.finditer(text))
    return max(1, round(words / _WORDS_A_MINUTE)) if words else 0


def _byline(article: Article, story: Story | None, locale: Locale, now: datetime, status: str) -> str:
    """Paper · date · reading time · whether this is the full text."""
    paper = article.source or (story.paper if story else "")
    published = article.published or (story.published if story else None)
    minutes = minutes_to_read(article)
    state = status or locale.text("article.full" if article.full else "article.teaser")
    said = [
        paper,
        article.author if article.author != paper else "",
        _whole(locale.moment(published, now)) if published else "",
        _whole(locale.plural("article.minutes", minutes)) if minutes and article.full else "",
        _whole(state) if len(state) <= _SHORT else state,
    ]
    return PARTED.join(f"{_ISOLATE}{text}{_POP}" for text in said if text)


def _whole(part: str) -> str:
    """A short part that no line break goes through."""
    return part.replace(" ", "\u00a0")


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Paragraph(text):
            yield text.text
        case Quote(paragraphs):
            yield from (text.text for text in paragraphs)
        case ListBlock(items):
            yield from _items(items)
        case Table(rows):
            yield from (cell.text for row in rows for cell in row)
        case Preformatted(text):
            yield text
        case _:
            return


def _items(items: tuple[ListItem, ...]) -> Iterator[str]:
    for item in items:
        yield item.text.text
        for child in item.children:
            yield from _items(child.items)
