"""Where the story stands in pages whose builders named, split or accompanied it in ways of their own."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from tui.news.model import Figure
from tui.news.plain import paragraphs
from tui.sources.parse import parse

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TITLE = "Harbour town opens its new quay"
STORY = (
    "The town opened its new quay this morning, after a year of works that cost more than was planned at first.",
    "Fishermen had asked for it since the storm of three winters ago, when eleven boats were lost in one night.",
    "The mayor said that the old quay stays open for swimmers, and that the market will move there in spring.",
)
OTHER = (
    "A second story, about a library in another town, is longer than the first and stands in the same state.",
    "It goes on for a while, as such stories do, and tells of shelves, of lamps and of a reading room upstairs.",
    "It goes on for even longer, with an interview, a list of opening hours and a word of thanks to the neighbours.",
    "And it ends with a sentence about the cat that has lived between the shelves since the library was founded.",
)


def p(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def told(body: str, head: str = "") -> list[str]:
    page = f"<html lang=en><head><title>{TITLE} | The Gazette</title>{head}</head><body>{body}</body></html>"
    article = parse(page.encode(), url="https://gazette.example/quay", content_type="text/html", now=NOW).article
    assert article is not None
    return list(paragraphs(block for block in article.blocks if not isinstance(block, Figure)))


def test_the_comments_below_go_and_the_story_above_them_stays() -> None:
    comments = "<h3>Comments</h3><p>First! I was there, and it rained all the time, whatever the mayor says.</p>"
    assert told(f"<div id=content><h1>{TITLE}</h1><div class=entry>{p(STORY)}{comments}</div></div>") == list(STORY)


def test_comments_in_a_box_of_their_own_go() -> None:
    comments = "<div class=talk><h3>2 comments</h3><p>First! I was there, and it rained.</p></div>"
    assert told(f"<div id=content><h1>{TITLE}</h1>{p(STORY)}{comments}</div>") == list(STORY)


def test_a_marked_body_stays_whatever_is_written_round_it() -> None:
    body = f"<div class=breaking-news-row><div itemprop=articleBody>{STORY[0]}</div></div>"
    about = "<p>Our readers' service can be called on working days from eight to five, and answers letters too.</p>" * 3
    assert told(f"<div>{body}</div><div class=bottom-text>{about}</div>") == [STORY[0]]


def test_of_many_stories_in_a_program_s_state_the_page_s_own_is_told() -> None:
    posts = {
        "1": {"title": {"rendered": "A library in another town"}, "content": {"rendered": p(OTHER)}},
        "2": {"title": {"rendered": TITLE.replace("its", "its&nbsp;")}, "content": {"rendered": p(STORY)}},
    }
    state = f"<script>window.app.state = {json.dumps({'posts': posts})};</script>"
    assert told(f"<div id=root></div>{state}") == list(STORY)
    assert told(f"<div id=root><h1>{TITLE}</h1><article>{p(STORY)}</article></div>{state}") == list(STORY)


def test_without_titles_the_longest_text_of_the_state_is_told() -> None:
    state = (
        f"<script>window.app.state = {json.dumps({'a': {'body': p(STORY)}, 'b': {'body': 'Short text.'}})};</script>"
    )
    assert told(f"<div id=root></div>{state}") == list(STORY)


def test_the_state_that_a_script_adds_to_its_list_tells_the_story() -> None:
    state = json.dumps({"queries": [{"data": {"detail": {"title": TITLE, "contentHtml": p(STORY)}}}]})
    assert told(f"<div id=root></div><script>window['q'] = []; window['q'].push({state});</script>") == list(STORY)


def test_a_program_s_long_texts_are_not_told_instead_of_the_story() -> None:
    state = json.dumps({"login": {"content": f"<p>{'Please wait while you are being signed in. ' * 30}</p>"}})
    script = f"<script type=application/json>{state}</script>"
    assert told(f"<article><h1>{TITLE}</h1>{p(STORY)}</article>{script}") == list(STORY)


def test_a_description_that_says_the_story_twice_does_not_replace_it() -> None:
    body = " ".join((*STORY, *STORY))
    head = f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'articleBody': body})}</script>"
    assert told(f"<article><h1>{TITLE}</h1>{p(STORY)}</article>", head) == list(STORY)
    more = head.replace(body, " ".join((*STORY, *OTHER)))
    assert told(f"<article><h1>{TITLE}</h1>{p(STORY)}</article>", more) == [" ".join((*STORY, *OTHER))]


def test_what_is_sold_is_told_when_it_is_there() -> None:
    """Search engines ask papers to name the element so that holds the paid text."""
    body = f"<p>{STORY[0]}</p><div class=paywall>{p((*STORY[1:], *OTHER))}</div>"
    assert told(f"<article><h1>{TITLE}</h1>{body}</article>") == [*STORY, *OTHER]
    offer = "<div class=paywall><p>Subscribe now to read on: three months for the price of one.</p></div>"
    assert told(f"<article><h1>{TITLE}</h1>{p(STORY)}{offer}</article>") == list(STORY)


def test_every_paragraph_that_is_sold_is_told() -> None:
    lines = "".join(f"<p class='paywall'>{line}</p>" for line in (*STORY, *OTHER))
    assert told(f"<article><h1>{TITLE}</h1><div>{lines}</div></article>") == [*STORY, *OTHER]


def test_a_story_whose_pictures_open_in_a_box_of_their_own() -> None:
    body = f"<div class=LightboxWrapper><div>{p((*STORY, *OTHER))}</div></div>"
    assert told(f"<main><header><h1>{TITLE}</h1></header>{body}</main>") == [*STORY, *OTHER]


def test_a_story_marked_in_several_pieces_is_one() -> None:
    piece = "<div class=row><div class='grid article__body'>{}</div><div class=rail></div></div>"
    chunks = f"<div class=chunks>{piece.format(p(STORY))}{piece.format(p(OTHER))}</div>"
    assert told(f"<main><article>{chunks}</article></main>") == [*STORY, *OTHER]


def test_marked_pieces_with_headings_between_them_are_stories() -> None:
    piece = "<section><h2>{}</h2><div class=entry-content>{}</div></section>"
    rest = piece.format("A library in another town", p(STORY))
    found = told(f"<main><h1>{TITLE}</h1><div class=entry-content>{p(OTHER)}</div>{rest}</main>")
    assert found == list(OTHER)


def test_every_paragraph_may_be_marked_by_itself() -> None:
    lines = "".join(f"<p itemprop=articleBody>{line}</p>" for line in STORY)
    about = f"<div>{p(OTHER)}</div>"
    assert told(f"<article><h1>{TITLE}</h1><div class=body>{lines}</div>{about}</article>") == list(STORY)


def test_marked_pieces_under_the_page_s_heading_may_have_chapters_headings_between_them() -> None:
    row = "<div class=row><div class=article__body>{}</div></div>"
    body = f"{row.format(p(STORY))}<h2>The library</h2>{row.format(p(OTHER))}"
    assert told(f"<main><header><h1>{TITLE}</h1></header><div>{body}</div></main>") == [*STORY, "The library", *OTHER]


def test_a_long_list_above_does_not_hide_a_story_with_a_lower_heading() -> None:
    ticker = "".join(f"<li><a href=/{n}>Story {n}</a> <span>{OTHER[n % 4]}</span></li>" for n in range(9))
    story = f"<div class=main-article><h2 class=title>{TITLE}</h2><div class=text>{p(STORY)}</div></div>"
    assert told(f"<div class=wrap><div class=latest><ul>{ticker}</ul></div>{story}</div>") == list(STORY)


def test_what_a_gallery_says_under_its_picture_is_not_said_again() -> None:
    figure = f"<figure><img src=/quay.jpg><figcaption>{OTHER[0]}</figcaption></figure><div><p>{OTHER[0]}</p></div>"
    assert told(f"<article><h1>{TITLE}</h1>{figure}{p(STORY)}</article>") == list(STORY)


def test_chapters_in_boxes_of_one_kind_are_told_to_the_end() -> None:
    chapter = "<div class='inner column'><h3>{}</h3>{}</div><div class='inner full'><img src=/{}.jpg></div>"
    long = tuple(f"{line} {number}." for number in range(4) for line in OTHER)
    body = chapter.format("The quay", p(long), 1) + chapter.format("The swimmers", p(STORY[:2]), 2)
    found = told(f"<article><h1>{TITLE}</h1><div>{body}</div></article>")
    assert [line for line in found if line not in ("The quay", "The swimmers")] == [*long, *STORY[:2]]


def test_classes_of_a_program_say_nothing() -> None:
    heading = "<h2 class='jl gd dg ad ax ge jp jn'>What the fishermen say</h2>"
    assert "What the fishermen say" in told(f"<article><h1>{TITLE}</h1>{p(STORY)}{heading}{p(OTHER)}</article>")


def test_a_headline_in_the_data_that_is_a_description_is_no_title() -> None:
    data = {"@type": "Article", "headline": "place where boats are moored", "name": TITLE}
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    page = (
        f"<html><head><title>{TITLE} - The Gazette</title>{head}</head><body><h1>{TITLE}</h1>{p(STORY)}</body></html>"
    )
    article = parse(page.encode(), url="https://gazette.example/quay", content_type="text/html", now=NOW).article
    assert article is not None
    assert article.title == TITLE


def test_a_program_between_heading_and_story_is_no_standfirst() -> None:
    program = "<div class=lead><script>!function(n){n.show('a rather long line of a program')}()</script></div>"
    lead = "<div class=lead>What the quay cost, and who pays for it in the end, as far as anyone can tell.</div>"
    story = f"<div class=text>{p(STORY)}</div></article>"
    assert told(f"<article><header><h1>{TITLE}</h1>{program}</header>{story}") == list(STORY)
    assert told(f"<article><header><h1>{TITLE}</h1>{program}{lead}</header>{story}")[1:] == list(STORY)


def test_chapters_with_headings_of_the_first_rank_round_a_wide_picture() -> None:
    """In the <article> of the page's own heading no other story begins."""
    picture = "<div class=wide><figure><img src=/quay.jpg><figcaption>The quay at noon.</figcaption></figure></div>"
    boxes = [f"<div class=n><div class=z><h1>{head}</h1>{p(lines)}</div></div>" for head, lines in (
        (TITLE, STORY), ("What it cost", OTHER[:2]), ("What comes next", OTHER[2:]))]  # fmt: skip
    story = [*STORY, "What it cost", *OTHER[:2], "What comes next", *OTHER[2:]]
    chapters = f"<section>{boxes[0]}{picture}{boxes[1]}{picture}{boxes[2]}</section>"
    assert told(f"<article>{chapters}</article>") == story


def test_a_list_of_notes_below_a_table_is_not_the_story() -> None:
    rows = "".join(f"<tr><td>{1900 + n}<td>{line}" for n, line in enumerate((*STORY, *OTHER)))
    notes = "".join(f"<li>Ferrand, A., Quays, Piers, Moles: A History, vol. {n}, p. {n}</li>" for n in range(12))
    lines = told(f"<h1>{TITLE}</h1><div id=text><table>{rows}</table><div class=wrap><ol>{notes}</ol></div></div>")
    assert lines[:7] == [f"{1900 + n}\t{line}" for n, line in enumerate((*STORY, *OTHER))]


def test_what_a_style_says_of_an_element_on_paper_is_no_name() -> None:
    boxes = "".join(
        f"<div class='group print:max-w-small'><div class='my-6 print:dropcap'><p>{line}</div></div>" for line in STORY
    )
    assert told(f"<article><h1>{TITLE}</h1>{boxes}</article>") == list(STORY)


def test_a_description_with_letters_escaped_twice_tells_no_more_than_the_story() -> None:
    story = ("Élu à Évian, le maire a fêté hier soir l’été retrouvé avec les pêcheurs du vieux port.", *STORY)
    escaped = " ".join(story).replace("É", "&amp;Eacute;").replace("é", "&amp;eacute;").replace("ê", "&amp;ecirc;")
    more = "Une foule a dansé jusqu’à minuit." * 2  # what else the description says is little
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": f"{escaped} {more}"}
    head = f"<script type=application/ld+json>{json.dumps(data)}</script>"
    assert told(f"<h1>{TITLE}</h1><div class=text>{p(story)}</div>", head) == list(story)
    assert told(f"<h1>{TITLE}</h1>", head)[0].startswith(story[0]), "where nothing else tells it, with its letters"
