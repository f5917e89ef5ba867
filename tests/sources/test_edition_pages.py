"""The built-in edition read back: every story's page, at the aggregator and at its paper, gives the story only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import pytest

from tui.edition.aggregator import EDITIONS
from tui.edition.aggregator import story_path as aggregated_path
from tui.edition.markup import story_path
from tui.edition.papers import BY_SLUG, PAPERS
from tui.edition.site import Site
from tui.edition.texts import BlockKind, Story, stories_of
from tui.news.model import DocumentKind, Figure
from tui.news.plain import paragraphs
from tui.sources.parse import parse

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BASE = "http://127.0.0.1:8000"


@cache
def site() -> Site:
    return Site(NOW, BASE)


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def pages() -> Iterator[tuple[Story, str]]:
    for paper in PAPERS:
        for story in stories_of(paper.slug, paper.language):
            if story.title:
                yield story, story_path(story)
                if story.language in EDITIONS:
                    yield story, aggregated_path(story)


def test_every_story_is_read_back_whole() -> None:
    read = 0
    for story, path in pages():
        resource = site().resource(path)
        if resource is None or resource.status != 200:
            continue
        document = parse(resource.body, url=BASE + path, content_type=resource.media_type, now=NOW)
        article = document.article
        assert document.kind is DocumentKind.ARTICLE, path
        assert article is not None
        writer = site().writer
        assert letters(article.title) == letters(writer.title(story)), path
        assert article.source == BY_SLUG[story.paper].title, path
        assert (article.published is None) == (story.age is None), path
        text = [block for block in story.blocks if block.kind is not BlockKind.PICTURE]
        wanted = [letters(writer.plain(line, story)) for block in text for line in block.lines]
        found = letters(" ".join(paragraphs(b for b in article.blocks if not isinstance(b, Figure))))
        assert [line for line in wanted if line not in found] == [], path
        assert len(found) - sum(map(len, wanted)) <= 40, path  # captions; no advert, no "read also", no notice
        read += 1
    assert read > 150


@pytest.mark.parametrize("path", ["/", "/fr/", "/en/", "/press/marfa/", "/press/lantern/", "/press/migdalor/"])
def test_front_pages_are_lists_of_headlines(path: str) -> None:
    resource = site().resource(path)
    assert resource is not None
    document = parse(resource.body, url=BASE + path, content_type=resource.media_type, now=NOW)
    assert document.kind is DocumentKind.FRONT_PAGE
    assert len(document.items) >= 6
    assert document.feeds
    if path in ("/", "/fr/", "/en/"):
        assert all(item.source for item in document.items)


@pytest.mark.parametrize("path", ["/rss", "/fr/rss", "/en/rss"])
def test_in_the_aggregators_feeds_the_paper_is_the_source(path: str) -> None:
    resource = site().resource(path)
    assert resource is not None
    document = parse(resource.body, url=BASE + path, content_type=resource.media_type, now=NOW)
    assert document.items
    assert {item.source for item in document.items} <= {paper.title for paper in PAPERS}
    assert not [item for item in document.items if item.full]
