"""The fixed 240 colours that stand for those of the themes."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style

from tui.terminal.indexed import FIXED, nearest
from tui.terminal.pens import Pens
from tui.ui.themes import PALETTES, Palette


def rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = Color.parse(colour).get_truecolor()
    return red, green, blue


def test_the_fixed_colours_are_those_of_the_terminal() -> None:
    assert [tuple(Color.from_ansi(number).get_truecolor()) for number in range(16, 256)] == list(FIXED)
    assert all(FIXED[nearest(colour) - 16] == colour for colour in FIXED)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_what_is_grey_to_the_eye_gets_no_hue(palette: Palette) -> None:
    """A cream ground is not pink, dark brown text is not red; and a selected row is seen."""
    for name in ("background", "surface", "text", "dim"):
        seen = FIXED[nearest(rgb(getattr(palette, name))) - 16]
        wanted = rgb(getattr(palette, name))
        spread = max(abs((a - b) - (c - d)) for a, b, c, d in zip(wanted, wanted[1:], seen, seen[1:], strict=False))
        assert spread <= 32, (name, wanted, seen)
    assert nearest(rgb(palette.background)) != nearest(rgb(palette.surface))


def test_pens_of_a_terminal_with_256_colours_use_them() -> None:
    pens = Pens(ColorSystem.EIGHT_BIT)
    assert pens.change(0, pens.of(Style(color="#3a2e20", bgcolor="#ece7dd"))) == "\x1b[38;5;236;48;5;254m"
    assert pens.change(0, pens.of(Style(color=Color.from_ansi(117)))) == "\x1b[38;5;117m"
