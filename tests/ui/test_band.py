"""The ticker's band: what is in the window, and that nothing is torn at its edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.bidi.breaks import cell_width
from tui.bidi.layout import display
from tui.ui.band import Band, glyphs_of

HEADLINES = ["قرّر المجلس (1-0) أمس", "لا جديد الآن", "Rain until Sunday", "東京 opens", "שלום עולם"]


def text(band: Band, offset: int, width: int) -> str:
    return "".join(glyph.text for glyph in band.window(offset, width))


@given(
    offset=st.integers(0, 500),
    width=st.integers(1, 90),
    rtl=st.booleans(),
    headlines=st.lists(st.sampled_from(HEADLINES), min_size=1, max_size=4),
)
def test_a_window_is_as_wide_as_it_should_be(offset: int, width: int, rtl: bool, headlines: list[str]) -> None:
    window = Band(headlines, rtl=rtl).window(offset, width)
    assert sum(glyph.cells for glyph in window) == width
    assert cell_width("".join(glyph.text for glyph in window)) == width


def test_left_to_right_text_moves_left_and_right_to_left_text_moves_right() -> None:
    ltr, rtl = Band(["Rain until Sunday"], rtl=False), Band(["خبر عاجل"], rtl=True)
    assert text(ltr, 1, 10) == text(ltr, 0, 11)[1:]
    assert text(rtl, 1, 6) == text(rtl, 0, 7)[:-1]


def test_joining_does_not_change_while_moving() -> None:
    whole = display(HEADLINES[0], 1)
    band = Band([HEADLINES[0]], rtl=True)
    for offset in range(cell_width(HEADLINES[0]) - 4):
        seen = text(band, offset, 4)
        assert seen in whole, (offset, seen)


def test_a_wide_cluster_enters_and_leaves_whole() -> None:
    band = Band(["東京"], rtl=False)
    assert text(band, 0, 3) == "東 "
    assert text(band, 1, 3) == " 京"


def test_it_goes_round() -> None:
    band = Band(["ab", "cd"], rtl=False)
    assert text(band, 0, 30) == text(band, band.length, 30)
    assert text(band, 0, 9).startswith("ab  ⁃  cd")


@pytest.mark.parametrize("width", [0, 5])
def test_nothing_to_show(width: int) -> None:
    assert text(Band([], rtl=True), 3, width) == " " * width


def test_a_flipped_headline_is_cut_at_its_logical_end() -> None:
    glyphs = glyphs_of("قرّر المجلس البلدي أمس", 0, 8)
    assert sum(glyph.cells for glyph in glyphs) <= 8
    assert glyphs[0].text == "…"
