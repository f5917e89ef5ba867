"""Isolates of pages and feeds: bdi, dir and the controls of UAX #9 become marks, and no control comes in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.news.model import Mark, MarkKind, Paragraph, Text
from tui.sources.blocks import blocks_of_html
from tui.sources.parse import parse

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("html", "marks"),
    [
        ("ab <bdi>شو</bdi> cd", (Mark(3, 5, MarkKind.ISOLATE),)),
        ('ab <bdi dir="RTL">شو</bdi> cd', (Mark(3, 5, MarkKind.ISOLATE_RTL),)),
        ('ab <span dir="ltr">C++</span> cd', (Mark(3, 6, MarkKind.ISOLATE_LTR),)),
        ("ab <span>شو</span> cd", ()),
        ("ab \u2067شو\u2069 cd", (Mark(3, 5, MarkKind.ISOLATE_RTL),)),
        ("ab \u2067شو cd", ()),
        (
            "<b>ab \u2068شو\u2069</b> <i>cd</i>",
            (Mark(0, 5, MarkKind.STRONG), Mark(3, 5, MarkKind.ISOLATE), Mark(6, 8, MarkKind.EMPHASIS)),
        ),
        ("ab  \u200b\u2066 C\x07\u2069 cd", (Mark(3, 4, MarkKind.ISOLATE_LTR),)),
    ],
)
def test_what_is_isolated_is_a_mark(html: str, marks: tuple[Mark, ...]) -> None:
    (paragraph,) = blocks_of_html(f"<p>{html}</p>", "https://paper.example/")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.marks == marks
    assert not any("\u2066" <= char <= "\u2069" for char in paragraph.text.text)


def test_embeddings_and_overrides_only_go() -> None:
    (paragraph,) = blocks_of_html("<p>a\u202eb\u202cc\u202bd</p>", "https://paper.example/")
    assert paragraph == Paragraph(Text("abcd"))


RSS = "<rss version='2.0'><channel><title>p</title><item><title>%s</title><guid>1</guid></item></channel></rss>"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>p</title><id>p</id>
<entry><title type="html">%s</title><id>1</id></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "p", "items": [{"id": "1", "title": "%s"}]}"""


@pytest.mark.parametrize("feed", [RSS, ATOM, JSON])
@pytest.mark.parametrize(
    ("written", "title", "isolates"),
    [
        ("كتب \u2066a, b!\u2069  اليوم", "كتب a, b! اليوم", "4-9l"),
        ("كتب \u2067\u2068C\u2069 شو\u2069", "كتب C شو", "4-8r 4-5f"),
        ("كتب \u2066a, b! اليوم", "كتب a, b! اليوم", ""),
        ("كتب \u202ba\u202c", "كتب a", ""),
    ],
)
def test_what_a_headline_isolates_is_kept_beside_it(feed: str, written: str, title: str, isolates: str) -> None:
    document = parse((feed % written).encode(), url="https://paper.example/feed", now=NOW)
    (item,) = document.items
    assert (item.title, item.isolates) == (title, isolates)


def test_a_headlines_references_to_isolates_are_isolates_too() -> None:
    document = parse(
        (RSS % "كتب &amp;#x2066;a, b!&amp;#x2069; اليوم").encode(), url="https://paper.example/feed", now=NOW
    )
    assert document.items[0].isolates == "4-9l"
