"""Finding terms the way readers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.widgets.matching import find, find_all


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("إعلان أول عن الأمطار", "اعلان", ["إعلان"]),
        ("إعلان أول عن الأمطار", "امطار", ["أمطار"]),
        ("مُحَمَّدٌ هنا", "محمد", ["مُحَمَّدٌ"]),
        ("الحركــــة", "حركة", ["حركــــة"]),
        ("مدرسه ومدرسة", "مدرسة", ["مدرسه", "مدرسة"]),
        ("می‌رود", "میرود", ["می‌رود"]),
        ("شׁَלוֹם", "ש", []),
        ("שָׁלוֹם לכם", "שלום", ["שָׁלוֹם"]),
        ("A Café in the cafe", "café", ["Café", "cafe"]),
        ("A Café in the cafe", "cafe", ["Café", "cafe"]),
        ("عام ٢٠٢٦ و2026", "2026", ["٢٠٢٦", "2026"]),
        ("new  York", "New York", ["new  York"]),
        ("a+b (c)", "+b (", ["+b ("]),
        ("say \u2068שלום\u2069 3 times", "שלום 3", ["שלום\u2069 3"]),
        ("say \u2068שלום\u2069 3 times", "say שלום", ["say \u2068שלום\u2069"]),
        ("anything", "  ", []),
        ("anything", "\u064b", []),
    ],
)
def test_finds_what_a_reader_means(text: str, term: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in find(text, term)] == found


def test_terms_that_overlap_are_joined() -> None:
    assert find_all("national", ("nation", "ional")) == [(0, 8)]


@given(st.text(max_size=60), st.text(min_size=1, max_size=10))
def test_places_lie_in_the_text_in_order(text: str, term: str) -> None:
    end = 0
    for start, stop in find(text, term):
        assert end <= start < stop <= len(text)
        end = stop
