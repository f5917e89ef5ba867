"""The output stage: the terminal shows what was painted, and little is sent for it."""

from __future__ import annotations

import copy
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from tests.support.emulator import Emulator, first_difference
from tests.terminal.painted import FRAMES, HEIGHT, WIDTH, cleared, painted, segments
from tui.bidi.layout import display
from tui.bidi.levels import MIRROR, resolve
from tui.bidi.orders import RowOrder
from tui.terminal.hand import move
from tui.terminal.output import Output


@settings(max_examples=150, deadline=None)
@given(FRAMES)
def test_differences_show_what_a_full_repaint_shows(
    frames: list[list[tuple[int, int, list[tuple[str, Style | None]]]]],
) -> None:
    """Frame after frame in differences, against everything sent at once to an empty terminal."""
    output, terminal = cleared(), Emulator(WIDTH, HEIGHT)
    for frame in frames:
        for y, x, parts in frame:
            output.paint(y, x, segments(parts))
        terminal.feed(output.flush())
        fresh, again = Emulator(WIDTH, HEIGHT), copy.deepcopy(output)
        again.forget()
        fresh.feed(again.flush())
        assert first_difference(terminal, fresh) == ""
        assert output.flush() == ""


@settings(max_examples=100, deadline=None)
@given(FRAMES, st.sampled_from([RowOrder.RUNS, RowOrder.WORDS, RowOrder.LETTERS]))
def test_rows_in_another_order_are_sent_right_too(
    frames: list[list[tuple[int, int, list[tuple[str, Style | None]]]]], order: RowOrder
) -> None:
    output, terminal = cleared(order=order), Emulator(WIDTH, HEIGHT)
    for frame in frames:
        for y, x, parts in frame:
            output.paint(y, x, segments(parts))
        terminal.feed(output.flush())
    fresh = Emulator(WIDTH, HEIGHT)
    output.forget()
    fresh.feed(output.flush())
    assert first_difference(terminal, fresh) == ""


def test_one_changed_cell_is_one_cell_sent() -> None:
    output = painted("hello world")
    output.paint(0, 0, [Segment("hello_world")])
    assert output.flush() == "\x1b[1;6H_"
    output.paint(0, 0, [Segment("hello_World")])
    assert output.flush() == "W"


def test_near_changes_are_bridged_and_far_ones_jumped_to() -> None:
    output = painted("abcdefghijklmnop")
    output.paint(0, 0, [Segment("Abcdefghijklmnop")])
    output.paint(0, 0, [Segment("AbcDefghijklmnoP")])
    assert output.flush() == "\x1b[HAbcD\x1b[11CP"


def test_a_row_that_ends_in_blanks_is_erased_to_its_end() -> None:
    output = painted("a long line of text")
    output.paint(0, 0, [Segment("a".ljust(WIDTH))])
    assert output.flush() == "\x1b[1;3H\x1b[K"


def test_a_long_blank_inside_is_erased() -> None:
    output = painted("x" * WIDTH)
    output.paint(0, 0, [Segment("x" + " " * 20 + "xxx")])
    assert output.flush() == "\x1b[1;2H\x1b[20X"


def test_erasing_to_the_end_counts_for_later_changes_of_the_row() -> None:
    output = painted("aaa      bbb      ccc")
    output.paint(0, 0, [Segment(" " * WIDTH)])
    assert output.flush() == "\x1b[H\x1b[K"


@pytest.mark.parametrize(
    ("old", "new", "sent"),
    [
        ("a ﺩﺍ ● b", "a      b", "\x1b[1;2H      "),
        ("a ﺩﺍ ● b", "a ﺩﺍ   b", "\x1b[1;5H   "),
        ("a │▌ b", "a    b", "\x1b[1;3H  "),
        ("a   ﺵ b", "a   ﺩ b", "\x1b[1;4H ﺩ "),
        ("a hello b", "a       b", "\x1b[1;3H     "),
        ("a     b", "a  ﺩ  b", "\x1b[1;4Hﺩ"),
    ],
)
def test_a_blank_that_a_letter_beside_it_may_have_reached_into_is_sent_again(old: str, new: str, sent: str) -> None:
    output = painted(old)
    output.paint(0, 0, [Segment(new)])
    assert output.flush().replace("\b\b", "") == sent


def test_underlined_blanks_are_written_not_erased() -> None:
    output = painted("")
    output.paint(0, 0, [Segment(" " * WIDTH, Style(underline=True))])
    assert " " * WIDTH in output.flush()


def test_coloured_blanks_are_written_where_erasing_would_lose_the_colour() -> None:
    for keeps, wanted in ((True, "\x1b[K"), (False, " " * WIDTH)):
        output = Output(erase_keeps_background=keeps)
        output.resize(WIDTH, 1)
        output.paint(0, 0, [Segment(" " * WIDTH, Style(bgcolor="red"))])
        assert output.flush().endswith(wanted)


def test_nothing_is_sent_twice() -> None:
    output = painted("hello")
    output.paint(0, 0, [Segment("hello")])
    assert output.flush() == ""


def test_forget_sends_everything_again() -> None:
    output = painted("hello", "world")
    output.forget()
    sent = output.flush()
    assert "hello" in sent
    assert "world" in sent


def test_what_is_outside_the_screen_is_dropped() -> None:
    output = painted("")
    output.paint(0, WIDTH - 2, [Segment("abcdef")])
    output.paint(HEIGHT, 0, [Segment("below")])
    output.paint(-1, 0, [Segment("above")])
    output.paint(1, WIDTH, [Segment("beside")])
    output.paint(2, -3, [Segment("leftright")])
    assert output.text(0).endswith("ab")
    assert output.text(2).startswith("tright")
    terminal = Emulator(WIDTH, HEIGHT)
    output.forget()
    terminal.feed(output.flush())
    assert "".join(terminal.text).split() == ["ab", "tright"]


def test_a_wide_cluster_painted_over_by_half_becomes_a_blank() -> None:
    output = painted("a日b")
    output.paint(0, 2, [Segment("x")])
    assert output.text(0).startswith("a xb")
    output = painted("a日b")
    output.paint(0, 0, [Segment("xy")])
    assert output.text(0).startswith("xy b")


def test_a_wide_cluster_whose_right_half_stays_is_two_cells_all_the_same() -> None:
    output = painted("a本 b")
    output.paint(0, 0, [Segment("a日 b")])
    assert output.flush() == "\x1b[1;2H日"
    output.paint(0, 0, [Segment("a日 c")])
    assert output.flush() == "\x1b[Cc"


def test_the_place_after_a_cluster_of_unsure_width_is_said_anew() -> None:
    output = painted("")
    output.paint(0, 0, [Segment("👩\u200d👧 x")])
    sent = output.flush()
    assert sent.startswith("\x1b[H  \x1b[H👩\u200d👧\x1b[1;3H x")


def test_terminals_that_reorder_get_the_row_whole() -> None:
    output = painted("│ ﺩﺍﺩ │", "plain", order=RowOrder.RUNS)
    output.paint(0, 2, [Segment("ﺕ")])
    output.paint(1, 0, [Segment("Plain")])
    row, plain = output.flush().split("\v\r")
    assert row == "\x1b[H│ \u200eﺩﺍﺕ\u200e │\x1b[K"
    assert plain == "P"


def test_kitty_ends_a_word_at_a_border_that_touches_it() -> None:
    output = painted(order=RowOrder.WORDS)
    output.paint(0, 0, [Segment("x (ﺏﺍ│ﺕﺍ▌y ﺙﺙ(")])
    assert output.flush() == "\x1b[Hx ﺍﺏ)│ﺍﺕ▌y )ﺙﺙ"


def test_kitty_takes_hebrew_from_another_font_and_digits_with_an_arabic_sign_as_arabic() -> None:
    output = painted(order=RowOrder.WORDS)
    output.paint(0, 0, [Segment("(בא 47.5٪ a-1")])
    assert output.flush() == "\x1b[H(אב ٪5.74 a-1"


def test_kitty_is_handed_a_bold_part_of_a_word_as_a_word() -> None:
    output = painted(order=RowOrder.WORDS)
    output.paint(0, 0, [Segment("ﺮﺤﺑ", Style(bold=True)), Segment("ﻭ x")])
    assert output.flush() == "\x1b[H\x1b[1mﺑﺤﺮ\x1b[mﻭ x"


def test_terminals_that_guess_a_rows_direction_get_anchors() -> None:
    output = Output(order=RowOrder.RUNS, anchored=True)
    output.resize(WIDTH, 2)
    output.paint(0, 0, [Segment(" ﺩﺍﺩ │ ﺩﺍ".ljust(WIDTH))])
    output.paint(1, 0, [Segment(" plain │ text".ljust(WIDTH))])
    sent = output.flush().replace("\u200e", "")
    assert "\u2800ﺩﺍﺩ\u2800│\u2800ﺍﺩ" in sent
    assert " plain │ text" in sent


@pytest.mark.parametrize(
    "text",
    [
        "دليل قراء «مرفأ الصباح» إلى المقاهي",
        "بريد القراء: لماذا توقفت المجلة؟",
        "عاجل/ فتح الطريق (بلا عنوان) ثم",
        "قرأت Reuters و Atlas FC، بعد 18 شهرا",
        "הדיון נדחה ל־3 בבוקר, אמר (היום) Dan",
    ],
)
@pytest.mark.parametrize("pane", ["", "اليوم 26 نوفمبر │ "])
def test_a_terminal_that_heeds_no_marks_shows_an_anchored_row_as_it_was_meant(pane: str, text: str) -> None:
    visual = f" {display(pane[:-3])} │ {display(text)} " if pane else f" {display(text)} "
    output = Output(order=RowOrder.RUNS, anchored=True)
    output.resize(len(visual), 1)
    output.paint(0, 0, [Segment(visual)])
    output.flush()
    sent = "".join(cell or "" for cell in output._shown[0].texts).replace("\u200e", "")
    paragraph = resolve(sent)
    assert paragraph.level == 0, "the row begins with a letter from left to right"
    shown = [
        sent[at].translate(MIRROR) if paragraph.line_levels()[at] % 2 else sent[at] for at in paragraph.line_order()
    ]
    assert "".join(shown).replace("\u2800", " ") == visual


def test_the_cursor_ends_where_it_is_wanted() -> None:
    output = painted("hello")
    output.paint(0, 0, [Segment("jello")])
    terminal = Emulator(WIDTH, HEIGHT)
    terminal.feed(output.flush((7, 3)))
    assert terminal.cursor == (7, 3)
    assert output.flush((7, 3)) == ""
    assert output.flush((8, 3)) == "\x1b[C"


@given(st.one_of(st.none(), st.tuples(st.integers(0, 30), st.integers(0, 20))), st.integers(0, 30), st.integers(0, 20))
def test_moves_arrive_and_are_short(at: tuple[int, int] | None, x: int, y: int) -> None:
    terminal = Emulator(40, 24)
    if at is not None:
        terminal.feed(f"\x1b[{at[1] + 1};{at[0] + 1}H")
    sequence = move(at, x, y)
    terminal.feed(sequence)
    assert terminal.cursor == (x, y)
    assert len(sequence) <= 8


SIGN, TITLE = Style(color="#e0a040", bold=True), Style(color="#d0d0c0")


def test_what_one_pen_writes_is_sent_together_where_that_is_shorter() -> None:
    output = painted()
    for y in range(HEIGHT):
        output.paint(y, 2, [Segment("title ", TITLE), Segment("●", SIGN)])
    sent = output.flush()
    assert sent.count("\x1b[38;2;208;208;192m") == sent.count("\x1b[1;38;2;224;160;64m") == 1
    terminal = Emulator(WIDTH, HEIGHT)
    terminal.feed(sent)
    assert [row.rstrip() for row in terminal.text] == ["  title ●"] * HEIGHT


def test_where_a_pen_costs_no_more_than_a_move_rows_are_sent_in_their_order() -> None:
    output = painted()
    for y in (0, HEIGHT - 1):
        output.paint(y, 2, [Segment("title"), Segment("●", Style(bold=True))])
    assert output.flush().count("\x1b[1m●") == 2


def test_of_several_pens_the_nearest_is_next() -> None:
    output = painted()
    styles = [Style(color="#d0d0c0"), Style(bgcolor="#101010"), Style(color="#d0d0c0", bold=True)]
    for y in range(HEIGHT):
        output.paint(y, 2, [Segment("abc", style) for style in styles])
    sent = output.flush()
    assert re.findall(r"\x1b\[([0-9;]*)m", sent) == ["48;2;16;16;16", "0;38;2;208;208;192", "1"]


def test_a_long_blank_goes_with_the_text_behind_it() -> None:
    output = painted("x" * WIDTH, "x" * WIDTH)
    for y in range(2):
        output.paint(y, 0, [Segment(" " * 12), Segment("title" + " " * 6, TITLE), Segment("●", SIGN)])
    sent = output.flush()
    assert "\x1b[12X\x1b[12C" in sent
    assert sent.count("\x1b[38;2;208;208;192m") == 1


def test_rows_that_must_be_whole_are_not_taken_apart_for_their_pens() -> None:
    output = painted(order=RowOrder.RUNS)
    for y in range(HEIGHT):
        output.paint(y, 2, [Segment("ﺩﺍﺩ ", TITLE), Segment("●", SIGN)])
    assert output.flush().count("\x1b[1;38;2;224;160;64m") == HEIGHT


@pytest.mark.parametrize("order", list(RowOrder))
def test_a_change_of_order_shows_everything_anew(order: RowOrder) -> None:
    output = painted("ﺩﺍﺩ")
    output.set_order(order)
    assert "ﺍ" in output.flush()
