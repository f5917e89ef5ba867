"""Who wrote a story: whose name is taken, and what is not told again at the story's beginning."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tui.news.model import Article
from tui.news.plain import paragraphs
from tui.sources.parse import parse

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TITLE = "Harbour town opens its new quay after three winters"
STORY = (
    "The town opened its new quay this morning, after a year of works that cost more than was planned at first.",
    "Fishermen had asked for it since the storm of three winters ago, when eleven boats were lost in one night.",
    "The mayor said that the old quay stays open for swimmers, and that the market will move there in spring.",
)


def read(body: str, author: object, head: str = "") -> Article:
    data = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-11-26T08:00:00Z", "author": author}
    described = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    head = f"<title>{TITLE}</title><meta property=og:site_name content='The Gazette'>{described}{head}"
    story = "".join(f"<p>{line}</p>" for line in STORY)
    page = f"<html lang=en><head>{head}</head><body><article><h1>{TITLE}</h1>{body}{story}</article></body></html>"
    article = parse(page.encode(), url="https://www.gazette.example/quay", content_type="text/html", now=NOW).article
    assert article is not None
    return article


@pytest.mark.parametrize(
    "paper", [{"@type": "Organization", "name": "The Gazette"}, {"name": "gazette.example"}, "Gazette"]
)
def test_a_name_near_the_heading_comes_before_the_paper_s_own(paper: object) -> None:
    assert read("<p class=byline>By Dana Example</p>", paper).author == "Dana Example"
    assert read("<p>von Dana Example, Harbour</p>", paper).author == "Dana Example"
    assert read("", paper, "<meta name=author content='Dana Example'>").author == "Dana Example"


def test_the_paper_s_own_name_where_nobody_else_is_named() -> None:
    assert read("<a class=author-follow>Follow</a>", {"name": "The Gazette"}).author == "The Gazette"


def test_an_address_of_mail_is_no_name() -> None:
    assert read("<p class=byline>By Dana Example</p>", "d.example@gazette.example").author == "Dana Example"
    assert read("", "d.example@gazette.example").author == ""


@pytest.mark.parametrize(
    "names",
    [
        "<a rel=author>Dana Example</a>, <a rel=author>Sami Example</a>",
        "<span itemprop=author>Dana Example</span> and <span itemprop=author>Sami Example</span>",
        "<span><a rel=author>Dana Example</a></span><span><a rel=author>Sami Example</a></span>",
    ],
)
def test_everybody_in_a_byline_is_named(names: str) -> None:
    other = "<div><ul><li><a rel=author>Somebody Else</a></li></ul></div>"
    assert read(f"<div class=by>{names}</div>{other}", "").author == "Dana Example, Sami Example"


def test_what_stands_in_an_element_of_its_own_behind_a_name_is_no_part_of_it() -> None:
    said = "<div class=byline><span>Dana Example</span> <span>Fellow for the coast</span></div>"
    assert read(said, "").author == "Dana Example"


def test_buttons_beside_a_name_are_nobody() -> None:
    assert (
        read("<div class=author><a>See full bio</a> <a>Folgen</a> <a>Dana Example</a></div>", "").author
        == "Dana Example"
    )


@pytest.mark.parametrize(
    "line",
    [
        "Harbour correspondent",
        "Dana Example / Gazette correspondent, Tyre",
        "Correspondante à Tyr",
        "مراسلة الجريدة في صور",
        "صحفية",
        "כתבת הצפון",
        "خبرنگار بندر",
        "نامہ نگار، کراچی",
    ],
)
def test_what_somebody_is_to_the_paper_is_not_told(line: str) -> None:
    assert list(paragraphs(read(f"<p>Dana Example</p><p>{line}</p>", "Dana Example").blocks)) == list(STORY)


@pytest.mark.parametrize("line", ["The editor had said no.", "A reporter: that is what he wanted to be, he says"])
def test_a_line_of_the_story_that_names_a_trade_stays(line: str) -> None:
    assert list(paragraphs(read(f"<p>{line}</p>", "Dana Example").blocks)) == [line, *STORY]


def test_a_page_that_is_called_after_its_author_is_not_its_byline() -> None:
    story = "".join(f"<p>{line}</p>" for line in STORY)
    line = "<p class=byline>by <a href=/people/dana>Dana Example</a> 26 Nov 2026</p>"
    body = f"<a href='#text'>Skip to content</a><h1>{TITLE}</h1>{line}{story}"
    page = f"<html lang=en><head><title>{TITLE}</title></head><body class='author-4326 single'>{body}</body></html>"
    article = parse(page.encode(), url="https://www.gazette.example/quay", content_type="text/html", now=NOW).article
    assert article is not None
    assert article.author == "Dana Example"


def test_what_the_host_is_called_is_no_part_of_a_title() -> None:
    story = f"<p>{STORY[0]}</p><p>{STORY[1]}</p>"
    page = f"<html lang=en><head><title>{TITLE} - GAZETTE</title></head><body>{story}</body></html>"
    article = parse(page.encode(), url="https://www.gazette.example/quay", content_type="text/html", now=NOW).article
    assert article is not None
    assert (article.title, article.source) == (TITLE, "GAZETTE")
