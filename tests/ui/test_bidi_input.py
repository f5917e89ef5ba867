"""A field that edits mixed text: letters, cursor, clicks and scrolling agree."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from textual.app import ComposeResult
from textual.widgets.input import Selection

from tui.bidi.layout import display, line
from tui.ui.bidi_input import BidiInput
from tui.ui.display import BidiApp

MIXED = "خبر عن Reuters اليوم"
WIDTH = 30


class Field(BidiApp):
    """One field."""

    CSS = "BidiInput { border: none; padding: 0; width: 30; height: 1; }"

    def __init__(self, value: str = "", **options: object) -> None:
        super().__init__()
        self._value_at_start, self._options = value, options

    def compose(self) -> ComposeResult:
        yield BidiInput(value=self._value_at_start, select_on_focus=False, **self._options)  # type: ignore[arg-type]

    @property
    def field(self) -> BidiInput:
        return self.query_one(BidiInput)

    def row(self) -> str:
        return "".join(segment.text for segment in self._segments())

    def cursor(self) -> tuple[int, str]:
        """The cell and the text of the cursor as it is drawn."""
        cell = 0
        cursor = self.field.get_component_rich_style("input--cursor")
        for segment in self._segments():
            style = segment.style
            if style is not None and style.bgcolor == cursor.bgcolor and style.reverse == cursor.reverse:
                return cell, segment.text
            cell += segment.cell_length
        raise AssertionError(f"no cursor in {self._segments()}")

    def _segments(self) -> list[Segment]:
        return list(self.field.render_line(0))


async def test_a_right_to_left_value_stands_at_the_right_margin() -> None:
    app = Field(MIXED)
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        assert app.row() == display(MIXED).rjust(WIDTH)
        assert len(app.row()) == WIDTH


async def test_a_left_to_right_value_stands_at_the_left_margin() -> None:
    app = Field("news: خبر")
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        assert app.row() == display("news: خبر").ljust(WIDTH)


@pytest.mark.parametrize("text", [MIXED, "abc", "abc خبر def", "سلام", "12 خبر", "קול (א) x"])
async def test_the_cursor_is_drawn_on_its_letter_and_a_click_there_finds_it(text: str) -> None:
    app = Field(text)
    async with app.run_test(size=(40, 3)) as pilot:
        field = app.field
        field.focus()
        await pilot.pause()
        made = line(text, 100)
        for start, end, cells in made.clusters():
            field.cursor_position = start
            await pilot.pause()
            cell, shown = app.cursor()
            left = WIDTH - 1 - made.cells + 1 if made.level else 0
            assert cell == left + made.cell_of(start)
            assert len(shown) == cells or end - start > cells
            field.cursor_position = 0
            await pilot.click(BidiInput, offset=(cell, 0))
            assert field.cursor_position == start


async def test_the_cursor_behind_the_last_letter() -> None:
    app = Field("خبر")
    async with app.run_test(size=(40, 3)) as pilot:
        app.field.focus()
        await pilot.pause()
        assert app.field.cursor_at_end
        assert app.cursor() == (WIDTH - 4, " ")
        await pilot.click(BidiInput, offset=(3, 0))
        assert app.field.cursor_position == 3
        app.field.value = "abc"
        app.field.cursor_position = 3
        await pilot.pause()
        assert app.cursor() == (3, " ")


async def test_arrow_keys_go_where_they_point() -> None:
    app = Field(MIXED)
    async with app.run_test(size=(40, 3)) as pilot:
        field = app.field
        field.focus()
        await pilot.press("home")
        cells = [app.cursor()[0]]
        for _ in range(len(MIXED) + 2):
            await pilot.press("left")
            cells.append(app.cursor()[0])
        assert cells == [*range(cells[0], cells[0] - len(MIXED) - 1, -1), *([WIDTH - len(MIXED) - 1] * 2)]
        for _ in range(len(MIXED) + 2):
            await pilot.press("right")
        assert app.cursor()[0] == WIDTH - 1
        assert field.cursor_position == 0


async def test_typing_inserts_at_the_cursor() -> None:
    app = Field()
    async with app.run_test(size=(40, 3)) as pilot:
        app.field.focus()
        await pilot.press(*"خبر", "space", *"ab", "space", *"لا")
        assert app.field.value == "خبر ab لا"
        assert app.row().strip() == display("خبر ab لا")
        await pilot.press("backspace")
        assert app.field.value == "خبر ab ل"


async def test_selection_is_drawn_and_copied_in_logical_order() -> None:
    app = Field(MIXED)
    async with app.run_test(size=(40, 3)) as pilot:
        app.field.focus()
        app.field.selection = Selection(0, 7)
        await pilot.pause()
        assert app.field.selected_text == "خبر عن "
        await pilot.press("ctrl+c")
        assert app.clipboard == "خبر عن "


async def test_shift_and_arrows_select_what_they_pass() -> None:
    app = Field("خبر")
    async with app.run_test(size=(40, 3)) as pilot:
        app.field.focus()
        await pilot.press("home", "shift+left", "shift+left")
        assert app.field.selected_text == "خب"
        await pilot.press("left")
        assert app.field.selection == Selection.cursor(2)


async def test_two_clicks_select_the_word_under_the_pointer_and_three_everything() -> None:
    app = Field("قال مُحَمَّد abc12 می\u200cرود")
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        for word in ("قال", "مُحَمَّد", "abc12", "می\u200cرود"):
            cell = (
                WIDTH
                - line(app.field.value, 99).cells
                + line(app.field.value, 99).cell_of(app.field.value.index(word) + 1)
            )
            await pilot.click(BidiInput, offset=(cell, 0), times=2)
            assert app.field.selected_text == word
        await pilot.click(BidiInput, offset=(cell, 0), times=3)
        assert app.field.selected_text == app.field.value


async def test_dragging_selects_the_letters_under_the_pointer() -> None:
    app = Field("אבגדה")
    async with app.run_test(size=(40, 3)) as pilot:
        app.field.focus()
        await pilot.pause()
        await pilot.mouse_down(BidiInput, offset=(WIDTH - 1, 0))
        await pilot.hover(BidiInput, offset=(WIDTH - 3, 0))
        await pilot.mouse_up(BidiInput, offset=(WIDTH - 3, 0))
        assert app.field.selected_text == "אב"


@pytest.mark.parametrize("word", ["خبر ", "news "])
async def test_a_long_value_scrolls_with_its_cursor(word: str) -> None:
    text = (word * 20).strip()
    app = Field(text)
    async with app.run_test(size=(40, 3)) as pilot:
        field = app.field
        field.focus()
        await pilot.pause()
        made = line(text, 500)
        rtl = made.level == 1
        for position in (len(text), 0, 40, 39, len(text) // 2):
            field.cursor_position = position
            await pilot.pause()
            cell, _ = app.cursor()
            assert 0 <= cell < WIDTH
            whole = " " + display(text) if rtl else display(text) + " "
            scroll = int(field.scroll_offset.x)
            assert app.row() == whole[scroll : scroll + WIDTH]
            await pilot.click(BidiInput, offset=(cell, 0))
            assert field.cursor_position == position


async def test_placeholder_and_password() -> None:
    app = Field("", placeholder="ابحث هنا")
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        assert app.row() == (display("ابحث هنا")).rjust(WIDTH)
        app.field.password = True
        app.field.value = "سر"
        await pilot.pause()
        assert app.row().strip() == "••"


async def test_lam_alef_is_one_cell_for_the_cursor_too() -> None:
    app = Field("سلام")
    async with app.run_test(size=(40, 3)) as pilot:
        app.field.focus()
        await pilot.press("home", "left")
        assert app.cursor() == (WIDTH - 2, "ﻼ")
        await pilot.press("left")
        assert app.cursor() == (WIDTH - 3, "ﻡ")
        assert app.field.cursor_position == 3
