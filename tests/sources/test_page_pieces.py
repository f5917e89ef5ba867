"""Pages whose story stands where stories seldom do, and what round it is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.news.model import Article
from tui.news.plain import paragraphs
from tui.sources.parse import parse

NOW = datetime(2025, 12, 12, 12, tzinfo=UTC)
FIRST = "The town opened its third quay on Thursday, with a loan of the region that covers sixty percent of the cost."
SECOND = "Boats of the old harbour may land there from Monday on, the mayor said, and the ice house follows in spring."
THIRD = "Fishermen had asked for the quay since the storm of last winter, which broke two piers and eleven boats."
STORY = "".join(f"<p>{said}</p>" for said in (FIRST, SECOND, THIRD))


def article_of(html: str) -> Article:
    document = parse(html.encode(), url="https://paper.example/news/a-quay-for-the-old-town", now=NOW)
    assert document.article is not None
    return document.article


def text_of(html: str) -> str:
    return "\n".join(paragraphs(article_of(html).blocks))


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>A quay</h1><div class=post><noscript>{STORY}</noscript><script type='text/x'>{STORY}</script></div>",
        f"<body><noscript><h1>A quay</h1><div>{STORY}</div></noscript><div id=app></div></body>",
        "<h1>A quay</h1><div class=body>"
        + "".join(
            f"<div class='text text-{i} section'><p>{said}</p></div>" for i, said in enumerate((FIRST, SECOND, THIRD))
        )
        + "</div>",
        "<h1>A quay</h1><div class=intro>"
        + FIRST
        + "</div><ul class=slides>"
        + "".join(
            f"<li><p class=flex-caption>{i}/5 The quay, seen from the sea, with boats. (Picture: Town)</p></li>"
            for i in range(5)
        )
        + f"</ul><div class=text><p>{SECOND}</p><p>{THIRD}</p></div>",
        "<h1>A quay, live</h1><div class='live-comments'>"
        + "".join(f"<div class='live-comment'><p>{said}</p></div>" for said in (FIRST, SECOND, THIRD))
        + "</div>",
    ],
    ids=["noscript in a post", "all in noscript", "counted boxes", "captions of slides", "a live commentary"],
)
def test_the_story_is_found(html: str) -> None:
    text = text_of(html)
    assert [said for said in (FIRST, SECOND, THIRD) if said not in text] == []


def test_a_request_for_scripts_is_no_story() -> None:
    notice = "<noscript><p>Please turn on JavaScript to read this page.</p></noscript>"
    assert "JavaScript" not in text_of(f"<body>{notice}<h1>A quay</h1>{STORY}</body>")


def test_readings_over_signs_are_not_told_twice() -> None:
    said = "<p>" + "<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>が開いた。" * 20 + "</p>"
    assert "みなと" not in text_of(f"<h1>港</h1><article>{said}{said}</article>")


@pytest.mark.parametrize(
    ("said", "utc"),
    [
        ("<meta name=OriginalPublicationDate content='2025-12-11T15:30:00+01:00'>", "2025-12-11T14:30:00+00:00"),
        ("<meta property='rnews:datePublished' content='2025-12-11T14:30:00Z'>", "2025-12-11T14:30:00+00:00"),
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2025-12-11 15:30:00.0"}</script>'
            "<meta name=date content='2025-12-11T15:30:00+01:00'>",
            "2025-12-11T14:30:00+00:00",
        ),
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2025-12-11T14:30:00"}</script>'
            "<meta name=date content='2025-12-12T09:00:00+01:00'>",
            "2025-12-11T14:30:00+00:00",
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A quay","datePublished":1765463400}'
            "</script>",
            "2025-12-11T14:30:00+00:00",
        ),
    ],
)
def test_stamps(said: str, utc: str) -> None:
    published = article_of(f"<html><head>{said}</head><body><h1>A quay</h1>{STORY}</body></html>").published
    assert published == datetime.fromisoformat(utc)


@pytest.mark.parametrize(
    "line",
    [
        "Close", "Image caption", "Caption", "1 of 3", "Open image in gallery",
        "Hide caption Toggle captionShow more",
        "Image source, Agency", "Facebook X WhatsApp Copy link", "Never miss the latest news by signing up",
        "تعليق الصورة", "إغلاق", "صورة 1 من 4", "مصدر الصورة، وكالة", "فيسبوك تويتر واتساب",
        "Agrandir l'image", "Fermer", "$$ARTICLE_AD$$", "{{ related.links }}", "[[newsletter]]",
        "Crédits photos : Agence", "סגור", "תמונה 1 מתוך 4", "بستن", "تصویر کا کیپشن", "بند کریں",
    ],
)  # fmt: skip
def test_buttons_are_no_story(line: str) -> None:
    lines = text_of(
        f"<h1>A quay</h1><article><p>{FIRST}</p><p>{line}</p><p>{SECOND}<br>{line}</p><p>{THIRD}</p></article>"
    )
    assert line not in lines.split("\n")
    assert THIRD in lines


@pytest.mark.parametrize(
    "line",
    [
        "Close",
        "1 of 3 boats came home.",
        "Closer than ever.",
        "X marks the spot.",
        "Next came the ice.",
        "Play was stopped.",
    ],
)
def test_sentences_and_headings_that_look_like_buttons_stay(line: str) -> None:
    tag = "h2" if line == "Close" else "p"
    assert line in text_of(
        f"<h1>A quay</h1><article><p>{FIRST}</p><{tag}>{line}</{tag}><p>{SECOND}</p><p>{THIRD}</p></article>"
    )


def test_words_off_the_screen_are_not_told() -> None:
    hidden = "".join(
        f"<p style='{style}'>bargain</p>" for style in ("left:-9999px", "text-indent:-999em", "font-size:0;")
    )
    assert "bargain" not in text_of(f"<h1>A quay</h1><article>{STORY}{hidden}</article>")
