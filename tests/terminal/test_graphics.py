"""Pictures in pixels: what is sent of them, and that their placeholders are cells like all others."""

from __future__ import annotations

import base64
import random
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from tests.support.emulator import Emulator
from tui.bidi.orders import Cell, RowOrder, reorder_row
from tui.bidi.sanitize import sanitize, sanitize_block
from tui.terminal.graphics import COLOUR, MARKS, MOST, PLACEHOLDER, Plates, cells, deleted, is_drawn_by, sent
from tui.terminal.output import Output
from tui.terminal.pens import Pens
from tui.terminal.profile import Answers, Multiplexer, Pictures, Profile, profile_of
from tui.terminal.session import Session

_COMMAND = re.compile("\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\\\")
PNG = random.Random(6).randbytes(20_000)


@pytest.mark.parametrize(
    ("version", "drawn"),
    [
        ("kitty(0.28.0)", True),
        ("kitty(0.48.2)", True),
        ("kitty(1.0.0)", True),
        ("ghostty 1.0.1", True),
        ("kitty(0.27.1)", False),
        ("kitty(0.26.5)", False),
        ("kitty", False),
        ("XTerm(379)", False),
        ("Konsole 22.12.3", False),
        ("WezTerm 20240203", False),
        ("", False),
    ],
)
def test_who_draws_them(version: str, drawn: bool) -> None:
    assert is_drawn_by(version) is drawn
    assert (profile_of(Answers(version=version), {}).pictures is Pictures.KITTY) is drawn


@pytest.mark.parametrize("multiplexer", [one for one in Multiplexer if one])
def test_not_through_a_multiplexer(multiplexer: Multiplexer) -> None:
    assert not profile_of(Answers(version="kitty(0.35.0)", multiplexer=multiplexer), {}).pictures
    assert not Profile().pictures


def test_a_picture_goes_out_in_pieces_that_ask_for_no_answer() -> None:
    commands = [(found[1], found[2]) for found in _COMMAND.finditer(sent(5, PNG, 40, 11))]
    assert "".join(f"\x1b_G{keys};{piece}\x1b\\" for keys, piece in commands) == sent(5, PNG, 40, 11), "nothing else"
    keys = [dict(pair.split("=") for pair in keys.split(",")) for keys, _ in commands]
    number = str(5 << 24 | COLOUR)
    assert keys[0] == {"a": "T", "U": "1", "f": "100", "i": number, "c": "40", "r": "11", "q": "2", "m": "1"}
    assert keys[1:] == [{"q": "2", "m": "1"}] * (len(keys) - 2) + [{"q": "2", "m": "0"}]
    assert all(len(piece) <= 4096 and len(piece) % 4 == 0 for _, piece in commands)
    assert base64.b64decode("".join(piece for _, piece in commands)) == PNG
    assert _COMMAND.fullmatch(sent(1, b"small", 2, 2)), "one piece"
    assert deleted(5) == f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"


def test_the_marks_are_those_of_the_protocol() -> None:
    """Its table: marks above their base that nothing is composed with; by number."""
    assert len(MARKS) == len(set(MARKS)) == 81
    assert list(MARKS) == sorted(MARKS)
    assert {unicodedata.combining(mark) for mark in MARKS} == {230}
    assert [f"{ord(MARKS[n]):X}" for n in (0, 1, 5, 30, 42, 80)] == ["305", "30D", "33D", "483", "59C", "6E4"]
    assert unicodedata.normalize("NFC", PLACEHOLDER + MARKS) == PLACEHOLDER + MARKS


def test_placeholders_are_cells_of_one_column() -> None:
    """Written in one go, cut anywhere, over each other, in whatever style: each is in its cell, in the one colour."""
    terminal, output = Emulator(90, 4), Output(Pens(ColorSystem.TRUECOLOR))
    output.resize(90, 4)
    rows = {row: cells(80, row, 72) for row in range(3)}
    style = Style(color="#123456", bgcolor="#202020", bold=True, underline=True)
    for y, row in rows.items():
        output.paint(y, 0, [Segment("قبل"), *(Segment(cell, style) for cell in row), Segment("after")])
    text = output.flush()
    assert text.count("\x1b[") < 20, "no cell is placed by itself"
    terminal.feed(text)
    for y, row in rows.items():
        assert [terminal.cell(3 + x, y).text for x in range(72)] == row
        seen = {terminal.cell(3 + x, y) for x in range(72)}
        assert {(one.foreground, one.background, any(one.flags)) for one in seen} == {("5fafff", "202020", False)}
        assert terminal.text[y].endswith("after".ljust(15))
    output.paint(1, 20, [Segment("│ a dialog │")])
    terminal.feed(changed := output.flush())
    assert PLACEHOLDER not in changed
    assert [terminal.cell(3 + x, 1).text for x in (16, 29)] == [rows[1][16], rows[1][29]]
    for x in range(20, 32):  # it closes, a cell at a time
        output.paint(1, x, [Segment(rows[1][x - 3], style)])
    terminal.feed(output.flush())
    assert [terminal.cell(3 + x, 1).text for x in range(72)] == rows[1]


@pytest.mark.parametrize("order", list(RowOrder))
def test_no_order_moves_a_placeholder(order: RowOrder) -> None:
    """Even beside Arabic, and though marks of Hebrew and Arabic stand for numbers."""
    row = [*"ﺔﻨﻴﻔﺳ", *cells(70, 3, 72), *"שלום", " "]
    there = [cell.text.strip("\u200e") for cell in reorder_row([Cell(text) for text in row], order)]
    assert there[5:77] == row[5:77]


_PIECES = st.sampled_from([PLACEHOLDER, *MARKS[:3], "ab", " ", "سلام", "\n", "\x1b_G", "\x1b\\"])


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_foreign_text_shows_no_picture(text: str) -> None:
    for safe in (sanitize(text), sanitize_block(text)):
        assert PLACEHOLDER not in safe and "\x1b" not in safe


def _images(*texts: str) -> set[int]:
    """Which pictures a terminal has that was sent this."""
    kept: set[int] = set()
    for found in _COMMAND.finditer("".join(texts)):
        keys = dict(pair.split("=") for pair in found[1].split(","))
        if keys.get("a") == "T":
            kept.add(int(keys["i"]) >> 24)
        elif keys.get("a") == "d":
            kept.remove(int(keys["i"]) >> 24)
    return kept


def test_a_picture_is_sent_once_and_another_gets_another_number() -> None:
    plates = Plates()
    first, text = plates.put("a", PNG, 40, 11)
    assert first and plates.put("a", PNG, 40, 11) == (first, "")
    second, smaller = plates.put("a", PNG[:100], 20, 5)
    assert second not in {0, first} and _images(text, smaller) == {second}
    third, other = plates.put("b", PNG, 40, 11)
    assert _images(text, smaller, other) == {second, third}
    assert _images(text, smaller, other, plates.keep({"b", "c"})) == {third}
    assert plates.drop("a") == "" and _images(other, plates.drop("b")) == set()
    assert plates.away() == plates.again() == ""


def test_what_does_not_fit_is_not_sent() -> None:
    plates = Plates()
    assert plates.put("wide", PNG, 82, 4) == (0, "") == plates.put("none", b"", 4, 4)
    numbers = [plates.put(str(n), b"png", 4, 4)[0] for n in range(MOST)]
    assert 0 not in numbers and len(set(numbers)) == MOST
    assert plates.put("one more", b"png", 4, 4) == (0, "")
    plates.drop("3")
    assert plates.put("one more", b"png", 4, 4)[0]


def test_numbers_go_round_and_none_is_given_twice() -> None:
    plates = Plates()
    kept = plates.put("kept", b"png", 4, 4)[0]
    numbers = [plates.put("other", b"png%d" % n, 4, 4)[0] for n in range(300)]
    assert kept not in numbers and set(numbers) <= set(range(1, len(MARKS)))
    assert all(one != other for one, other in pairwise(numbers))


def test_they_leave_with_the_screen_and_come_back_with_it() -> None:
    session = Session(Profile(pictures=Pictures.KITTY))
    session.begin()
    session.opened()
    number, text = session.plates.put("a", PNG, 40, 11)
    closing = session.closing()
    assert _images(text, closing) == set()
    assert _images(text, closing, session.opened()) == {number}
    session.plates.drop("a")
    assert "\x1b_G" not in session.closing() + session.end()
