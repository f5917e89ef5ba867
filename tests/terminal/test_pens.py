"""Pens: styles that look the same are the same, and every change of pen leads where it should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.style import Style

from tests.support.emulator import Emulator
from tui.terminal.pens import DEFAULT, Pens

COLOURS = st.sampled_from([None, "default", "red", "bright_blue", "color(120)", "#123456", "#ffeedd"])
FLAGS = st.sampled_from([None, True, False])
STYLES = st.builds(
    Style,
    color=COLOURS,
    bgcolor=COLOURS,
    bold=FLAGS,
    dim=FLAGS,
    italic=FLAGS,
    underline=FLAGS,
    blink=FLAGS,
    reverse=FLAGS,
    strike=FLAGS,
)


def _shown(sequence: str) -> tuple[object, ...]:
    terminal = Emulator(4, 1)
    terminal.feed(sequence + "x")
    return tuple(terminal.screen.buffer[0][0])


@given(STYLES, STYLES)
def test_a_change_leads_to_the_same_look_from_everywhere(one: Style, other: Style) -> None:
    pens = Pens()
    a, b = pens.of(one), pens.of(other)
    assert _shown(pens.change(None, a) + pens.change(a, b)) == _shown(pens.change(None, b))
    assert len(pens.change(a, b)) <= len(pens.change(None, b))
    assert (pens.change(a, b) == "") == (a == b)


def test_styles_that_look_the_same_have_the_same_pen() -> None:
    pens = Pens()
    assert pens.of(Style(bold=False)) == pens.of(None) == pens.of(Style.null()) == DEFAULT
    assert pens.of(Style(bold=True, meta={"@click": "x"})) == pens.of(Style(bold=True))
    assert pens.of(Style(color="red")) != pens.of(Style(bgcolor="red"))


def test_short_forms() -> None:
    pens = Pens()
    red, bold_red, blue = (
        pens.of(Style(color="red")),
        pens.of(Style(color="red", bold=True)),
        pens.of(Style(color="blue")),
    )
    assert pens.change(red, bold_red) == "\x1b[1m"
    assert pens.change(bold_red, red) == "\x1b[22m"
    assert pens.change(red, blue) == "\x1b[34m"
    assert pens.change(blue, DEFAULT) == "\x1b[m"
    assert pens.change(None, DEFAULT) == "\x1b[m\x1b]8;;\x1b\\"


def test_bold_goes_and_dim_stays() -> None:
    pens = Pens()
    both, dim = pens.of(Style(bold=True, dim=True)), pens.of(Style(dim=True))
    assert pens.change(both, dim) in {"\x1b[22;2m", "\x1b[0;2m"}


@pytest.mark.parametrize(
    ("colours", "wanted"),
    [
        (ColorSystem.TRUECOLOR, "\x1b[38;2;255;0;0m"),
        (ColorSystem.EIGHT_BIT, "\x1b[38;5;196m"),
        (ColorSystem.STANDARD, "\x1b[31m"),
    ],
)
def test_as_many_colours_as_the_terminal_has(colours: ColorSystem, wanted: str) -> None:
    pens = Pens(colours)
    assert pens.change(DEFAULT, pens.of(Style(color="#ff0000"))) == wanted


def test_blanks_forget_what_cannot_be_seen_on_them() -> None:
    pens = Pens()
    plain = pens.of(Style(bgcolor="blue"))
    assert pens.blank(pens.of(Style(color="red", bgcolor="blue", bold=True, italic=True))) == plain
    underlined = pens.of(Style(color="red", underline=True, bold=True))
    assert pens.blank(underlined) == pens.of(Style(color="red", underline=True))
    assert pens.erasable(plain, coloured=True)
    assert not pens.erasable(plain, coloured=False)
    assert not pens.erasable(underlined, coloured=True)


def test_links_are_of_the_web_and_cannot_break_out() -> None:
    pens = Pens()
    web = pens.of(Style(link="https://example.org/ا?q=1\x1b]0;x\x07"))
    sequence = pens.change(DEFAULT, web)
    assert sequence.startswith("\x1b]8;id=")
    assert sequence.endswith(";https://example.org/%D8%A7?q=1]0;x\x1b\\")
    assert sequence.count("\x1b") == 2
    assert pens.change(web, DEFAULT) == "\x1b]8;;\x1b\\"
    assert pens.of(Style(link="javascript:alert(1)")) == DEFAULT
    assert pens.of(Style(link="file:///etc/passwd")) == DEFAULT
    assert Pens(links=False).of(Style(link="https://example.org")) == DEFAULT
