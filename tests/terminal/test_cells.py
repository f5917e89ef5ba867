"""Cells are counted as the toolkit counts them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from tui.terminal.cells import _SIMPLE, _WIDE, _ZERO, append_cells, has_rtl, is_sure
from tui.terminal.pens import Pens


def _characters(ranges: str) -> list[str]:
    return re.findall(f"[{ranges}]", "".join(map(chr, range(0x10000))))


def test_what_is_called_sure_has_the_width_it_is_said_to_have() -> None:
    assert [c for c in _characters(_SIMPLE) if cell_len(c) != 1] == []
    assert [c for c in _characters(_WIDE) if cell_len(c) != 2] == []
    assert [c for c in _characters(_ZERO) if cell_len(c) != 0] == []


def test_sure_and_unsure() -> None:
    assert is_sure("abc ﺍﻟﺒﻨﻚ שלום 日本 … ▌●")
    assert is_sure("\u200eا\u200e é سَ")
    assert not is_sure("👩‍👩‍👧")
    assert not is_sure("☎️")
    assert not is_sure("🇲🇦")


TEXT = st.text(st.sampled_from("ab  שلﻻ日本é\u0301\u064b👍♥️▌"), min_size=0, max_size=12)


@given(st.lists(st.tuples(TEXT, st.sampled_from([None, Style(bold=True), Style(underline=True)])), max_size=4))
def test_as_many_cells_as_textual_counted(parts: list[tuple[str, Style | None]]) -> None:
    texts: list[str] = []
    pens: list[int] = []
    append_cells([Segment(text, style) for text, style in parts], Pens(), texts, pens)
    assert len(texts) == len(pens)
    assert len(texts) == sum(cell_len(text) for text, _ in parts)


def test_marks_stay_with_their_letter_over_a_change_of_style() -> None:
    texts: list[str] = []
    append_cells([Segment("س"), Segment("\u064bx", Style(bold=True))], Pens(), texts, [])
    assert texts == ["س\u064b", "x"]


def test_wide_clusters_take_two_cells() -> None:
    texts: list[str] = []
    append_cells([Segment("a日b")], Pens(), texts, [])
    assert texts == ["a", "日", "", "b"]


def test_controls_are_not_text() -> None:
    from rich.control import Control

    texts: list[str] = []
    append_cells([Control.home().segment, Segment("x")], Pens(), texts, [])
    assert texts == ["x"]


def test_right_to_left() -> None:
    assert has_rtl(["a", None, "ﺏ"])
    assert has_rtl(["ש"])
    assert not has_rtl(["a", None, "é", "日", ""])
