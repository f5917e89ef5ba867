"""Pictures as sixels: that they say what was meant, and go with the cells they stand for."""

from __future__ import annotations

import random
import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment

from tests.support.emulator import Emulator
from tests.support.sixels import IMAGE, Tiles, decoded, tile_of
from tui.terminal.graphics import MARKS, PLACEHOLDER, cells
from tui.terminal.output import Output
from tui.terminal.pens import Pens
from tui.terminal.profile import Answers, Multiplexer, Pictures, profile_of
from tui.terminal.session import Session
from tui.terminal.sixel import Film, Films, develop, is_drawn_by, sixel

CELL = ACROSS, DOWN = 5, 11
MLTERM = "?63;1;2;3;4;6;7;15;18;22;29"[1:]


def film(columns: int, rows: int, *, shades: int = 7, seed: int = 1) -> Film:
    chance = random.Random(seed)
    palette = chance.randbytes(3 * shades)
    dots = bytes(chance.choices(range(shades), k=columns * ACROSS * rows * DOWN))
    return develop(zlib.compress(palette + dots), columns, rows, cell=CELL, shades=shades)


@pytest.mark.parametrize(
    ("da1", "version", "drawn"),
    [
        (MLTERM, "", True),
        ("62;4;22", "foot(1.13.1)", True),
        ("63;1;2;4;6;9;15;16;22;28", "XTerm(379)", True),
        ("64;1;2;6;9;15;18;21;22", "XTerm(379)", False),
        ("4;6", "", False),
        ("65;1;9", "", False),
        ("62;1;4", "Konsole 22.12.3", False),
        ("", "", False),
    ],
)
def test_who_draws_them(da1: str, version: str, drawn: bool) -> None:
    assert is_drawn_by(da1, version) is drawn
    answers = Answers(da1=da1, version=version)
    assert (profile_of(answers, {}).pictures is Pictures.SIXEL) is drawn
    through = profile_of(Answers(da1=da1, version=version, multiplexer=Multiplexer.TMUX_PASSTHROUGH), {})
    assert not through.pictures


@given(st.integers(1, 40), st.integers(1, 30), st.integers(1, 64), st.integers(0, 9), st.randoms())
def test_every_dot_has_its_colour(width: int, height: int, shades: int, long: int, chance: random.Random) -> None:
    """Also where there are runs; and nothing is drawn beyond the last line."""
    palette = chance.randbytes(3 * shades)
    lines = [
        bytes(chance.randrange(shades) for _ in range(width) for _ in range(1 + long))[:width] for _ in range(height)
    ]
    image = sixel(lines, palette)
    assert [tuple(line) for line in decoded(image)] == list(tile_of(lines, palette))
    assert re.fullmatch(r"[\x20-\x7e]*", image[2:-2]), "no control among it"


def test_equal_dots_are_counted() -> None:
    assert len(sixel([bytes(600)] * 20, b"\xff" * 3)) < 80


@pytest.mark.parametrize("wrong", [b"", b"not compressed", zlib.compress(b""), zlib.compress(bytes(10**7))])
def test_what_the_parser_process_says_is_not_trusted(wrong: bytes) -> None:
    with pytest.raises(ValueError, match="dots of a picture"):
        develop(wrong, 10, 4, cell=CELL, shades=16)
    with pytest.raises(ValueError, match="dots of a picture"):
        develop(zlib.compress(bytes(48) + b"\x10" * (10 * ACROSS * 4 * DOWN)), 10, 4, cell=CELL, shades=16)


class Terminal(Emulator):
    """One that draws sixels and knows no placeholders."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height)
        self.tiles = Tiles(CELL)

    def feed(self, text: str) -> None:
        assert PLACEHOLDER not in text
        at = 0
        for image in IMAGE.finditer(text):
            super().feed(text[at : image.start()])
            self.tiles.draw(self.screen, image[0])
            at = image.end()
        super().feed(text[at:])


def wanted(output: Output, films: dict[int, Film]) -> dict[tuple[int, int], object]:
    """What the placeholders on the screen should show."""
    found: dict[tuple[int, int], object] = {}
    width, height = output.size
    for y in range(height):
        for x, text in enumerate(output._wanted[y].texts[:width]):
            if text and text.startswith(PLACEHOLDER):
                row, column, number = (MARKS.index(mark) for mark in text[1:])
                shown = films[number]
                line = shown.columns * ACROSS
                dots = [
                    shown.dots[row][at + column * ACROSS : at + (column + 1) * ACROSS]
                    for at in range(0, line * DOWN, line)
                ]
                found[x, y] = tile_of(dots, shown.palette)
    return found


def open_screen(width: int = 60, height: int = 24) -> tuple[Terminal, Output, Films]:
    films = Films()
    output = Output(Pens(ColorSystem.TRUECOLOR), films=films)
    output.resize(width, height)
    for y in range(height):
        output.paint(y, 0, [Segment(" " * width)])
    terminal = Terminal(width, height)
    terminal.feed(output.flush())
    return terminal, output, films


def paint(output: Output, number: int, shown: Film, x: int, y: int) -> None:
    for row in range(len(shown.dots)):
        output.paint(y + row, x, [Segment(cell) for cell in cells(number, row, shown.columns)])


def test_pictures_are_scrolled_covered_and_uncovered_as_their_cells() -> None:
    terminal, output, films = open_screen()
    shown = {}
    for key, columns in (("a", 30), ("b", 12)):
        one = film(columns, 6, seed=columns)
        number, text = films.put(key, one, columns, 6)
        assert number and text == ""
        shown[number] = one
    chance = random.Random(5)
    for step in range(120):
        match step % 4:
            case 0:  # another page, or the same one scrolled
                top, left = chance.randrange(-3, 12), chance.choice((4, 4, 4, 9))
                for y in range(23):
                    output.paint(y, 0, [Segment(f"line {y - top} of a text that scrolls ".ljust(60))])
                for at, (number, one) in enumerate(shown.items()):
                    paint(output, number, one, left, top + 8 * at)
            case 1 | 3:  # a dialog over it, or text of any length
                x, y = chance.randrange(50), chance.randrange(20)
                for row in range(chance.randrange(1, 4)):
                    output.paint(y + row, x, [Segment("│ حوار │"[: chance.randrange(1, 9)])])
            case _:  # a part of a picture by itself
                number, one = chance.choice([*shown.items()])
                row, first = chance.randrange(6), chance.randrange(one.columns)
                part = cells(number, row, one.columns)[first : first + chance.randrange(1, 9)]
                output.paint(chance.randrange(23), chance.randrange(20), [Segment(cell) for cell in part])
        for x in range(60):
            output.paint(23, x, [Segment(" ")])
        terminal.feed(output.flush((step % 60, 23)))
        assert terminal.tiles.seen(terminal.screen) == wanted(output, shown), step
        assert terminal.cursor == (step % 60, 23)
        for y in range(24):
            expected = [cell if cell and not cell.startswith(PLACEHOLDER) else None for cell in output._wanted[y].texts]
            seen = [terminal.cell(x, y).text for x in range(60)]
            assert all(cell in (None, there) for cell, there in zip(expected, seen, strict=True)), (step, y)


def test_only_new_rows_are_sent_when_it_scrolls() -> None:
    terminal, output, films = open_screen()
    one = film(30, 8)
    number, _ = films.put("a", one, 30, 8)
    for top in (12, 11):
        for y in range(22):
            output.paint(y, 0, [Segment(f"line {y - top} of a text".ljust(60))])
        paint(output, number, one, 4, top)
        terminal.feed(text := output.flush())
        assert terminal.tiles.seen(terminal.screen) == wanted(output, {number: one})
    assert not IMAGE.search(text), "the terminal moves what it has"


def test_one_that_is_gone_leaves_blanks() -> None:
    terminal, output, films = open_screen()
    number, _ = films.put("a", film(9, 3), 9, 3)
    films.drop("a")
    output.paint(3, 2, [Segment("x"), *(Segment(cell) for cell in cells(number, 0, 9)), Segment("y")])
    terminal.feed(output.flush())
    assert terminal.text[3].rstrip() == "  x" + " " * 9 + "y"


def test_the_terminal_keeps_none() -> None:
    session = Session(profile_of(Answers(da1=MLTERM), {}))
    session.begin()
    session.films.put("a", film(9, 3), 9, 3)
    assert "\x1bP" not in session.opened() + session.closing() + session.end()
