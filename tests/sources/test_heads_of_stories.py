"""The head of a story: which heading is the page's, and the lines between it and the text."""

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
)
LEAD = "What the works cost, and who pays for them in the end"


def p(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def told(body: str, *, title: str = TITLE, description: str = "") -> list[str]:
    head = f"<title>{title} - The Gazette</title><meta name=description content='{description}'>"
    page = f"<html lang=en><head>{head}</head><body>{body}</body></html>"
    article = parse(page.encode(), url="https://gazette.example/quay", content_type="text/html", now=NOW).article
    assert article is not None
    return list(paragraphs(block for block in article.blocks if not isinstance(block, Figure)))


def test_the_heading_among_links_to_the_page_is_not_the_one_over_the_story() -> None:
    """Some papers end the line of links that leads to a page with its title, as an h1, and tell it below as an h2."""
    trail = f"<nav><a href=/>Home</a> <h1>{TITLE}</h1></nav>"
    shown = "<h2><span>Fishing</span> New quay for the harbour town, after three winters</h2>"
    body = f"<article><div>{shown}<div class=lead>{LEAD}</div></div><div class=article-body>{p(STORY)}</div></article>"
    assert told(trail + body) == [LEAD, *STORY]


def test_the_heading_of_a_card_is_not_the_story_s() -> None:
    card = "<a href=/other><h1>Library in another town opens its reading room to children on Sundays too</h1></a>"
    body = f"<div class=lead>{LEAD}</div><div class=article-body>{p(STORY)}<div>{card}</div></div>"
    assert told(f"<article><h1>Harbour town opens its quay</h1>{body}</article>")[:4] == [LEAD, *STORY]


@pytest.mark.parametrize("name", ["widget", "hero widget-area", "breaking-banner pagination"])
def test_what_holds_the_page_s_heading_stays_whatever_it_is_called(name: str) -> None:
    top = f"<div class='{name}'><h1>{TITLE}</h1><div class=lead>{LEAD}</div></div>"
    assert told(f"<main>{top}<div class=article-body>{p(STORY)}</div></main>") == [LEAD, *STORY]


@pytest.mark.parametrize(
    "lead",
    [
        "<div>{}</div>",
        "<h4>{}</h4>",
        "<div><span>{}</span></div>",
        "<the-part><the-text><div>{}</div></the-text></the-part>",
        "<h2 class=category-sub-title>{}</h2>",
    ],
)
def test_what_the_page_describes_itself_by_stands_over_the_story(lead: str) -> None:
    body = f"<h1>{TITLE}</h1>{lead.format(LEAD)}<div class=article-body>{p(STORY)}</div>"
    assert told(f"<article>{body}</article>", description=f"{LEAD}.") == [LEAD, *STORY]
    assert told(f"<article>{body}</article>", description="Something else about the works in the town") == list(STORY)


def test_what_the_page_describes_itself_by_is_not_told_twice() -> None:
    body = f"<h1>{TITLE}</h1><div>{STORY[0]}</div><div class=article-body>{p(STORY)}</div>"
    assert told(f"<article>{body}</article>", description=STORY[0]) == list(STORY)


def test_a_place_s_name_before_what_the_page_describes_itself_by() -> None:
    body = f"<h1>{TITLE}</h1><div><span>Port.</span> {LEAD}</div><div class=article-body>{p(STORY)}</div>"
    assert told(f"<article>{body}</article>", description=LEAD) == [f"Port. {LEAD}", *STORY]


@pytest.mark.parametrize("name", ["page-sidebar-container", "layout--with-rail sidebar-grid"])
def test_a_box_that_lays_out_story_and_sidebar_is_not_the_sidebar(name: str) -> None:
    beside = "<div class=sidebar><p>Weather today: rain in the harbour, and a strong wind from the west.</p></div>"
    talk = "".join(
        f"<p>Reader {n} remembers how the old quay looked, and when the boats were lost.</p>" for n in range(9)
    )
    story = f"<div class='{name}'><div class=article-body>{p(STORY)}</div>{beside}</div>"
    assert told(f"<h1>{TITLE}</h1>{story}<div class=comments>{talk}</div>") == list(STORY)


def test_a_sentence_right_below_the_heading_stands_over_the_story() -> None:
    line = "The mayor cut the ribbon, the fishermen counted their boats, and the market waits for the spring."
    notice = (
        "<div>This story was first told in the paper's weekend edition, and has been shortened for this page.</div>"
    )
    body = f"<h1>{TITLE}</h1><div>{line}</div>{notice}<div class=article-body>{p(STORY)}</div>"
    assert told(f"<article>{body}</article>") == [line, *STORY]
