"""What papers put into a story's text that is none of it: teasers, requests to sign in, lines for the ear alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.news.model import Figure
from tui.news.plain import paragraphs
from tui.sources.parse import parse

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TITLE = "Harbour town opens its new quay after three winters"
STORY = (
    "The town opened its new quay this morning, after a year of works that cost more than was planned at first.",
    "Fishermen had asked for it since the storm of three winters ago, when eleven boats were lost in one night.",
    "The mayor said that the old quay stays open for swimmers, and that the market will move there in spring.",
    "Trains to the harbour stop at the new quay from Monday on, every half hour until late in the evening.",
)
OTHER = "Library opens on Sundays"
ABOUT = "From next month on the reading room is open to everybody on Sundays, from ten in the morning until six."


def told(within: str) -> list[str]:
    """What is told of a page in the middle of whose story something stands."""
    first, rest = (f"<p>{line}</p>" for line in (STORY[0], "</p><p>".join(STORY[1:])))
    body = f"<article><h1>{TITLE}</h1><div class=text>{first}{within}{rest}</div></article>"
    page = f"<html lang=en><head><title>{TITLE} - The Gazette</title></head><body>{body}</body></html>"
    article = parse(page.encode(), url="https://gazette.example/quay", content_type="text/html", now=NOW).article
    assert article is not None
    return list(paragraphs(block for block in article.blocks if not isinstance(block, Figure)))


@pytest.mark.parametrize(
    "within",
    [
        f"<div class='box teaser'><h3><a href=/library>{OTHER}</a></h3><p>{ABOUT}</p></div>",
        f"<div><a href=/library><div><h4>{OTHER}</h4></div><p>{ABOUT}</p></a></div>",
        f"<div><a href=/library><img src=/library.jpg><h5>Report</h5><h4>{OTHER}</h4></a></div>",
        f"<div class='article__sign-in-group'><p>Create an account or sign in.</p>{'<p>More</p>' * 900}</div>",
        "<div class='js-tooltip'><p>Members may answer this story with one of four signs.</p></div>",
        "<h3 class='headline hidden'>A new part of the page</h3>",
        "<div class=rail-component><h3>Most read in Fishing</h3><p>One boat more</p><p>Nets of glass</p></div>",
        "<div class=player__fallback><p>This film has failed to load.</p></div>",
        "<ul><li>Port: <a href=/a>A crane</a></li><li><a href=/b>B</a></li><li><a href=/c>C</a></li>"
        "<li>Why boats? And why <a href=/d>now</a></li><li><a href=/e>The ferry</a></li></ul>",
        "<div><span class=is-offscreen>Open the box, close the box</span></div>",
        "<div class=authors-signature><p>Dana Example</p><p>Correspondent for the coast</p></div>",
    ],
)
def test_what_stands_in_the_story_and_is_none_of_it_goes(within: str) -> None:
    assert told(within) == list(STORY)


@pytest.mark.parametrize(
    ("within", "line"),
    [
        ("<a href=https://shop.example/><h3>The first boat</h3></a>", "The first boat"),
        ("<h3 class='hidden md:block'>The first boat</h3>", "The first boat"),
        ("<h3><a href=#first>The first boat</a></h3>", "The first boat"),
        ("<p id=part-7c9a-49ad-ad07-a650f2>The first boat.</p>", "The first boat"),
        ("<div class=teaser><p>Nobody had thought that it would take so long to build it.</p></div>", "Nobody"),
    ],
)
def test_what_only_looks_like_it_stays(within: str, line: str) -> None:
    assert told(within)[1].startswith(line)
    assert len(told(within)) == len(STORY) + 1
