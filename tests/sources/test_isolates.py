"""Isolates of pages and feeds: bdi, dir and the controls of UAX #9 become marks, and no control comes in."""

from __future__ import annotations

import pytest

from tui.news.model import Mark, MarkKind, Paragraph, Text
from tui.sources.blocks import blocks_of_html


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
