"""The aggregator: one site with the headlines of every paper, in the shape its family of sites has.

Addresses are ``/PAPER/NUMBER`` (French: ``/fr/PAPER/NUMBER``). A page begins with the ticker, then comes the notice
about a reported image, the title, the line that names paper and day, the text, and the link to the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from tui.edition.feeds import rfc822
from tui.edition.markup import Writer, escape
from tui.edition.pages import items
from tui.edition.papers import AGGREGATOR_ENGLISH, AGGREGATOR_FRENCH, AGGREGATOR_TITLE, BY_SLUG, direction
from tui.edition.texts import Block, Story, words

GAP = "&nbsp;" * 4
"""What stands between two headlines of the ticker; twice in a row where a headline is missing."""

HOLES = (25, 35, 41, 44)
NOTE_AT = 30
"""Where a word of the site itself has slipped in among the headlines, without a link."""

PARTS_AT = 4
"""Texts of more blocks than this come in two parts, with an advertisement between them."""
TEASER_WORDS = 32


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of the aggregator."""

    language: str
    prefix: str
    title: str

    languages: tuple[str, ...]
    """The languages of its headlines: the French pages show English ones too."""


EDITIONS = {
    "ar": Edition("ar", "", AGGREGATOR_TITLE, ("ar",)),
    "fr": Edition("fr", "/fr", AGGREGATOR_FRENCH, ("fr", "en")),
    "en": Edition("en", "/en", AGGREGATOR_ENGLISH, ("en",)),
}


def story_path(story: Story) -> str:
    """Return the path of a story's page at the aggregator."""
    return f"{EDITIONS[story.language].prefix}/{story.paper}/{story.number}"


def ticker(edition: Edition, stories: Sequence[Story], writer: Writer) -> str:
    """All headlines one after the other, with the holes that the real list has."""
    parts: list[str] = []
    for place, story in enumerate(s for s in stories if s.title):
        if place in HOLES:
            parts.append("")
        if place == NOTE_AT:
            parts.append(escape(words(edition.language)["ticker note"]))
        parts.append(f'<a href="{story_path(story)}">{escape(writer.title(story))}</a>')
    return f'<div id="ticker">{GAP.join(parts)}{GAP}</div>\n'


def front_page(edition: Edition, stories: Sequence[Story], writer: Writer) -> str:
    """The aggregator's front page: the ticker and the newest headlines with their papers."""
    ui = words(edition.language)
    rows = "".join(
        f'<div class="entry"><a class="entrytitle" href="{story_path(s)}">{escape(writer.title(s))}</a>\n'
        f'<span class="entrysource">{escape(BY_SLUG[s.paper].title)}</span>\n'
        f"<p>{escape(writer.teaser(s, TEASER_WORDS, '(...)'))}</p></div>\n"
        for s in stories
        if s.title
    )
    return (
        _head(edition, edition.title, writer)
        + ticker(edition, stories, writer)
        + f"<h1>{escape(edition.title)}</h1>\n{rows}"
        + _foot(edition, ui)
    )


def article_page(edition: Edition, story: Story, stories: Sequence[Story], writer: Writer) -> str:
    """A story's page at the aggregator."""
    ui = words(edition.language)
    paper = BY_SLUG[story.paper]
    published = writer.published(story)
    when = published + timedelta(minutes=paper.offset) if published else None
    day = f"{when:%d - %m - %Y}" if when else ""
    line = ui["dateline" if day else "dateline undated"].replace("SOURCE", paper.title).replace("DATE", day)
    source = escape(ui["source link"]).replace("[", f'<a href="{writer.address(story)}" rel="nofollow">')
    picture = story.picture
    body = [writer.block(block, story) for block in story.blocks if block is not picture]
    if picture:
        body.insert(0, _reportable(picture, writer, ui))
    return (
        _head(edition, writer.title(story), writer)
        + ticker(edition, stories, writer)
        + f'<div id="reported" style="display:none"><p>{escape(ui["reported"])}<br>\n'
        + f"{escape(ui['reported text'])}</p></div>\n"
        + f'<h1><span class="articletitle">{escape(writer.title(story))}</span></h1>\n'
        + f'<span class="articlenewspaper">{escape(line)}</span>\n'
        + _content(body, ui)
        + f'<p class="articlesource">{source.replace("]", "</a>")}</p>\n'
        + _foot(edition, ui)
    )


def _reportable(picture: Block, writer: Writer, ui: dict[str, str]) -> str:
    """The story's picture, with the link by which readers report it."""
    address, alt = writer.picture_address(picture), escape(picture.lines[1])
    report = f'<a class="report" href="#reported">{escape(ui["report"])}</a>'
    return f'<div class="articleimage"><img src="{address}" alt="{alt}"><br>{report}</div>'


def _content(body: list[str], ui: dict[str, str]) -> str:
    parts = [body] if len(body) <= PARTS_AT else [body[:3], body[3:]]
    spans = ['<span class="articlecontent">\n' + "\n".join(part) + "\n</span>\n" for part in parts]
    advert = f'<div class="pub"><small>{escape(ui["advert"])}</small> {escape(ui["advert text"])}</div>\n'
    return advert.join(spans)


def rss(edition: Edition, stories: Sequence[Story], writer: Writer) -> str:
    """The aggregator's feed: cut teasers that end in ``(...)``, and the paper as ``dc:creator``."""
    ui = words(edition.language)
    rows = "".join(_item(edition, story, writer) for story in stories)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
        f"<title>{escape(edition.title)}</title>\n<link>{writer.base}{edition.prefix}/</link>\n"
        f"<description>{escape(ui['aggregator'])}</description>\n<language>{edition.language}</language>\n"
        f"{rows}</channel>\n</rss>\n"
    )


def _item(edition: Edition, story: Story, writer: Writer) -> str:
    published = writer.published(story)
    address = writer.base + story_path(story)
    teaser = writer.teaser(story, TEASER_WORDS, "(...)")
    teaser = teaser if teaser.endswith("(...)") else teaser + " (...)"
    return (
        f"<item>\n<title>{escape(writer.title(story))}</title>\n<link>{address}</link>\n"
        f'<guid isPermaLink="true">{address}</guid>\n'
        + (f"<pubDate>{rfc822(published, 60)}</pubDate>\n" if published else "")
        + f"<dc:creator>{escape(BY_SLUG[story.paper].title)}</dc:creator>\n"
        f"<description>{escape(teaser)}</description>\n</item>\n"
    )


def _head(edition: Edition, title: str, writer: Writer) -> str:
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"'
        ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        f'<html xml:lang="{edition.language}" lang="{edition.language}" dir="{direction(edition.language)}">\n<head>\n'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n'
        f"<title>{escape(title)}</title>\n"
        f'<link rel="alternate" type="application/rss+xml" title="RSS" href="{writer.base}{edition.prefix}/rss" />\n'
        "</head>\n<body>\n"
    )


def _foot(edition: Edition, ui: dict[str, str]) -> str:
    links = " | ".join(f'<a href="{edition.prefix}/">{escape(word)}</a>' for word in items(ui["footer"]))
    return f'<div id="footer">{links}</div>\n</body>\n</html>\n'
