"""Stock widgets show mixed text in visual order, as wide as it was."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.color import Color
from textual.containers import Vertical
from textual.widgets import DataTable, Footer, Input, Label, Markdown, OptionList, Static

from tests.ui.piloting import until
from tui.bidi.layout import display
from tui.ui.bidi_filter import BidiFilter
from tui.ui.display import BidiApp, BidiModalScreen

BLACK = Color(0, 0, 0)
RED, BLUE = Style(color="red"), Style(color="blue", meta={"@click": "open"})


def _shown(*parts: tuple[str, Style | None], marks: bool = False) -> list[Segment]:
    return BidiFilter(marks=marks).apply([Segment(text, style) for text, style in parts], BLACK)


def _text(segments: list[Segment]) -> str:
    return "".join(segment.text for segment in segments)


def test_left_to_right_lines_pass_untouched() -> None:
    segments = [Segment("plain"), Segment(" │ é ● …", RED)]
    assert BidiFilter().apply(segments, BLACK) is segments


def test_each_field_is_a_paragraph_of_its_own() -> None:
    assert _text(_shown(("│ קול (א) │ abc  שלום 12 │", None))) == "│ (א) לוק │ abc  12 םולש │"


def test_columns_of_a_table_are_fields() -> None:
    one, two = Style(meta={"column": 0}), Style(meta={"column": 1})
    assert _text(_shown(("אב גד", one), ("הו זח", two))) == "דג בא" + "חז וה"


def test_styles_go_with_their_letters() -> None:
    segments = _shown(("אב", RED), ("גד", BLUE), (" x", None))
    assert [(s.text, s.style) for s in segments] == [("x ", None), ("דג", BLUE), ("בא", RED)]
    assert segments[1].style is BLUE  # and what hangs on it: the link's action


def test_the_direction_of_a_field_is_that_of_most_of_its_words() -> None:
    assert _text(_shown(("Reuters קול ישראל", None))) == "לארשי לוק Reuters"


def test_lam_alef_is_one_cell_and_the_field_stays_as_wide() -> None:
    shown = _text(_shown(("سلام", None), ("   │", None)))
    assert shown == "ﻡﻼﺳ    │"
    assert _text(_shown(("│      سلام │", None))) == "│       ﻡﻼﺳ │"  # against the right margin it stays there


def test_a_borders_title_leaves_no_hole_in_the_border() -> None:
    assert _text(_shown(("┌─ سلام ───┐", None))) == "┌─ ﻡﻼﺳ ────┐"
    assert _text(_shown(("└─ Esc: الإغلاق ─┘", None))) == "└─ Esc: ﻕﻼﻏﻹﺍ ───┘"


def test_the_cursor_of_a_field_stands_left_of_the_last_letter() -> None:
    cursor = Style(reverse=True)
    segments = _shown(("אב", None), (" ", cursor), ("     ", None))
    assert [(s.text, s.style) for s in segments][:2] == [(" ", cursor), ("בא     ", None)]


def test_marks_only_where_the_terminal_draws_them() -> None:
    assert _text(_shown(("بَ", None), ("  ", None))) == "ﺏ  "
    assert _text(_shown(("بَ", None), ("  ", None), marks=True)) == "ﺏَ  "


LETTERS = st.text(st.sampled_from("ab 12()  שלבسلامئ\u064b\u200c\u200d\u200f│日é"), max_size=30)


@given(st.lists(st.tuples(LETTERS, st.sampled_from([None, RED, BLUE])), max_size=4))
def test_the_width_never_changes(parts: list[tuple[str, Style | None]]) -> None:
    shown = _shown(*parts)
    assert sum(cell_len(s.text) for s in shown) == sum(cell_len(text) for text, _ in parts)


@given(st.lists(st.tuples(LETTERS, st.sampled_from([None, RED, BLUE])), max_size=4))
def test_no_letter_is_lost(parts: list[tuple[str, Style | None]]) -> None:
    """Counted in what cannot be shaped or mirrored: Hebrew, Latin, digits, wide letters."""
    before, after = "".join(text for text, _ in parts), _text(_shown(*parts))
    if "\u200d" not in before:  # Textual counts letters around it too narrow: what does not fit is cut
        assert sorted(c for c in after if c in "ab12שלב日é│") == sorted(c for c in before if c in "ab12שלב日é│")


class Stock(BidiApp):
    """Stock widgets with mixed text."""

    CSS = "OptionList { height: 5; } Input { height: 3; } DataTable { height: 4; } Markdown { height: 5; }"
    BINDINGS: ClassVar = [("f1", "find", "بحث")]

    def compose(self) -> ComposeResult:
        yield OptionList("قال الوزير (سامح) إن Google", "English only")
        yield Input(value="abc بحث", placeholder="بحث")
        yield DataTable[str]()
        yield Markdown("# عنوان\n\nقال **الوزير** إن [الرابط](http://x.y) مهم")
        yield Static("نص [b]غامق[/b] عادي")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("المصدر", "n")
        table.add_row("بي بي سي", "3")


def _rows(app: BidiApp) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def _contains(rows: list[str], text: str) -> bool:
    return any(display(text) in row for row in rows)


async def test_every_stock_widget_shows_visual_text() -> None:
    app = Stock()
    async with app.run_test(size=(60, 30), notifications=True) as pilot:
        app.notify("تم حفظ 3 مقالات", title="تنبيه", timeout=60)
        await until(pilot, lambda: _contains(_rows(app), "تم حفظ 3 مقالات") and _rows(app)[-1].strip())
        rows = _rows(app)
        assert {cell_len(row) for row in rows} == {60}
        for text in ("قال الوزير (سامح) إن Google", "المصدر", "بي بي سي", "عنوان", "نص غامق عادي", "بحث"):
            assert _contains(rows, text), text
        assert _contains(rows, "تنبيه")
        assert not any(
            unicodedata.bidirectional(c) == "AL" and c < "\u0700" for row in rows for c in row if c.isalpha()
        )


class Dialog(BidiModalScreen):
    """A dialog with a line of text."""

    CSS = "Dialog Vertical { height: 3; }"

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label("حوار أول")


async def test_a_dialog_does_not_turn_the_screen_below_it_again() -> None:
    app = Stock()
    async with app.run_test(size=(60, 30)) as pilot:
        await until(pilot, lambda: _rows(app)[-1].strip() != "")
        before = _rows(app)
        app.push_screen(Dialog())
        await until(pilot, lambda: _contains(_rows(app), "حوار أول"))
        after = _rows(app)
        assert any(display("بي بي سي") in row for row in after[3:])
        assert after[10:] == before[10:]


async def test_the_palette_does_not_either_and_shows_its_entries_right() -> None:
    app = Stock()
    async with app.run_test(size=(60, 30)) as pilot:
        await until(pilot, lambda: _rows(app)[-1].strip() != "")
        before = _rows(app)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: _rows(app) != before)
        assert _rows(app)[-1] == before[-1]
        await pilot.press("ب", "ح")
        await until(pilot, lambda: _contains(_rows(app), "بح"))


@pytest.mark.parametrize("size", [(20, 10), (7, 4)])
async def test_small_screens(size: tuple[int, int]) -> None:
    app = Stock()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert {cell_len(row) for row in _rows(app)} == {size[0]}
