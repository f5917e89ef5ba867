"""Line breaks in the scripts of the news, clusters, and cell widths."""

from itertools import pairwise

import pytest
from hypothesis import given

from tests.bidi.strategies import hostile
from tests.bidi.texts import ALL
from tui.bidi.breaks import break_opportunities, cell_width, clusters, measure


def pieces(text: str) -> list[str]:
    starts = [0, *break_opportunities(text)]
    return [text[start:end] for start, end in pairwise(starts)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قال الوزير: «نعم»، ثم مضى.", ["قال ", "الوزير: ", "«نعم»، ", "ثم ", "مضى."]),
        ("ב־12% או בית-ספר", ["ב־12% ", "או ", "בית-ספר"]),
        ("12\xa0% of 3,50 €", ["12\xa0% ", "of ", "3,50 ", "€"]),
        ("https://a.example/one/two?x=1", ["https://", "a.example/", "one/", "two?", "x=1"]),
        ("日本、東京。", ["日", "本、", "東", "京。"]),
        ("well-known facts", ["well-", "known ", "facts"]),
        ("می\u200cخواهم بروم", ["می\u200cخواهم ", "بروم"]),
        ("🇫🇷🇩🇪👨\u200d👩", ["🇫🇷", "🇩🇪", "👨\u200d👩"]),
        ("one  two", ["one  ", "two"]),
        ("", [""]),
    ],
)
def test_where_lines_may_end(text: str, wanted: list[str]) -> None:
    assert pieces(text) == wanted


@given(hostile)
def test_pieces_make_up_the_text(text: str) -> None:
    ends = break_opportunities(text)
    assert ends[-1] == len(text)
    assert ends == sorted(set(ends))
    assert "".join(pieces(text)) == text


@given(hostile)
def test_clusters_make_up_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text


@given(hostile)
def test_a_width_is_the_sum_of_its_places(text: str) -> None:
    cells = measure(text)
    assert len(cells) == len(text)
    assert cell_width(text) == sum(cells)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("\ufefb", 1),  # lam-alef as a presentation form
        ("\ufe8e\ufedf", 2),
        ("لا", 2),
        ("گچپژٹڈڑںے", 9),
        ("ـ٢۲", 3),
        ("بَّ", 1),
        ("שָׁ", 1),
        ("\u064e", 0),
        ("\u200c\u200d\u200e\u2067\u2069", 0),
        ("\u2800", 1),
        ("日本", 4),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),
        ("😀", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("👍🏽", 2),
        ("🇫🇷", 2),
        ("❤", 1),
        ("❤\ufe0f", 1),
        ("1\u20e3", 1),
        ("…–«»", 4),
        ("क्षि", 2),
    ],
)
def test_cell_width(text: str, cells: int) -> None:
    assert cell_width(text) == cells


def test_samples_take_a_cell_for_every_letter() -> None:
    for name in ("arabic", "urdu", "hebrew", "english"):
        assert cell_width(ALL[name]) == sum(1 for char in ALL[name] if char not in "\u064b\u0651\u064e")
