"""The pages have what the parsers look for, and the noise they must leave out."""

import json
import re
from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from tui.edition import aggregator
from tui.edition.markup import story_path
from tui.edition.papers import PAPERS, PageStyle
from tui.edition.site import Site
from tui.edition.texts import BlockKind, Story, stories_of

BASE = "http://127.0.0.1:4711"
SITE = Site(datetime(2026, 3, 5, 14, tzinfo=UTC), BASE)
STORIES = [story for paper in PAPERS for story in stories_of(paper.slug, paper.language)]
STYLES = {paper.slug: paper.style for paper in PAPERS}


def page(path: str) -> str:
    resource = SITE.resource(path)
    assert resource is not None, path
    assert resource.status == 200, path
    return resource.body.decode(resource.media_type.partition("charset=")[2])


def name(story: Story) -> str:
    return f"{story.paper}/{story.number}"


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_a_papers_page_holds_the_whole_story(story: Story) -> None:
    tree = LexborHTMLParser(page(story_path(story)))
    body = tree.body
    assert body is not None
    text = body.text()
    assert SITE.writer.title(story) in text
    for block in story.blocks:
        shown = [] if block.kind in (BlockKind.PICTURE, BlockKind.TABLE) else block.lines
        for line in shown:
            assert SITE.writer.plain(line, story) in text
    pictures = [image.attributes.get("src") for image in tree.css("img")]
    assert pictures == ([SITE.writer.picture_address(story.picture)] if story.picture else [])


@pytest.mark.parametrize("story", [s for s in STORIES if STYLES[s.paper] is PageStyle.ARTICLE and s.title], ids=name)
def test_metadata_tells_title_and_time(story: Story) -> None:
    tree = LexborHTMLParser(page(story_path(story)))
    script = tree.css_first('script[type="application/ld+json"]')
    assert script is not None
    graph = json.loads(script.text())
    assert graph["headline"] == SITE.writer.title(story)
    published = SITE.writer.published(story)
    assert published is None or datetime.fromisoformat(graph["datePublished"]) == published


def test_every_link_and_picture_of_every_page_leads_somewhere() -> None:
    paths = {"/", "/fr/", "/en/", *(p.home for p in PAPERS), *(story_path(s) for s in STORIES)}
    seen: set[str] = set()
    for path in sorted(paths):
        for target in re.findall(r'(?:href|src)="([^"#]+)"', page(path)):
            where = target.removeprefix(BASE)
            if where not in seen:
                seen.add(where)
                assert SITE.resource(where) is not None, (path, target)
    assert len(seen) > 150


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_aggregators_pages_have_the_shape_of_their_family(language: str) -> None:
    edition = aggregator.EDITIONS[language]
    story = next(s for s in STORIES if s.language == language and s.is_article and s.picture)
    text = page(aggregator.story_path(story))
    tree = LexborHTMLParser(text)
    title, line = tree.css_first("span.articletitle"), tree.css_first("span.articlenewspaper")
    assert title is not None
    assert line is not None
    assert title.text() == story.title
    assert re.search(r" \d\d - \d\d - \d{4}$", line.text())
    assert len(tree.css("span.articlecontent")) == 2
    source = tree.css_first("p.articlesource a")
    assert source is not None
    assert source.attributes["href"] == BASE + story_path(story)
    assert text.index('id="ticker"') < text.index('id="reported"') < text.index("articletitle")
    assert edition.prefix + "/rss" in text


def test_the_arabic_wording_is_the_one_parsers_know() -> None:
    tree = LexborHTMLParser(page("/marma/77"))
    body = tree.body
    assert body is not None
    text = body.text()
    assert "نشر في المرمى الرياضي يوم 05 - 03 - 2026" in text
    assert "انقر هنا لقراءة الخبر من مصدره." in text
    assert "شكرا على الإبلاغ!" in text


def test_the_ticker_has_over_fifty_headlines_and_holes() -> None:
    tree = LexborHTMLParser(page("/nawaris/4420"))
    ticker = tree.css_first("#ticker")
    assert ticker is not None
    parts = ticker.text().strip("\n").split("\u00a0" * 4)
    assert len([part for part in parts if part]) > 50
    assert len([part for part in parts[:-1] if not part]) == len(aggregator.HOLES)
    linked = [a.text() for a in ticker.css("a")]
    assert len([part for part in parts if part and part not in linked]) == 1  # a word of the site itself


def test_french_pages_mix_french_and_english_headlines() -> None:
    addresses = re.findall(r'<a href="/(fr|en)/', page("/fr/embruns/210"))
    assert set(addresses) == {"fr", "en"}


def test_a_persian_address_with_other_words_moves_to_the_right_one() -> None:
    story = stories_of("karaneh", "fa")[0]
    moved = SITE.resource(f"/press/karaneh/news/{story.number}/old-words")
    assert moved is not None
    assert moved.status == 301
    assert dict(moved.headers)["Location"] == story_path(story)
    assert story_path(story).isascii()
