"""How many colours there are, and themes on a terminal that has sixteen."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem
from rich.style import Style

from tests.support import scripted
from tui.terminal.colours import INDEXED, STANDARD, TRUECOLOR
from tui.terminal.pens import Pens
from tui.terminal.profile import Multiplexer, profile_of
from tui.terminal.replies import read_answers
from tui.terminal.sixteen import legible, nearest, pair
from tui.ui.themes import PALETTES, Palette


@pytest.mark.parametrize(
    ("replies", "env", "wanted"),
    [
        (scripted.XTERM, {"TERM": "xterm"}, TRUECOLOR),
        (scripted.VTE, {"TERM": "xterm-256color", "SSH_TTY": "/dev/pts/1"}, TRUECOLOR),
        (scripted.ALACRITTY, {"TERM": "alacritty"}, TRUECOLOR),
        (scripted.MLTERM, {"TERM": "mlterm"}, INDEXED),
        (scripted.URXVT, {"TERM": "rxvt-unicode-256color"}, INDEXED),
        (scripted.URXVT, {"TERM": "rxvt-unicode-256color", "COLORTERM": "truecolor"}, TRUECOLOR),
        (scripted.PUTTY, {"TERM": "xterm"}, STANDARD),
        (scripted.PUTTY, {"TERM": "xterm-256color"}, INDEXED),
        (scripted.TMUX, {"TERM": "tmux-256color"}, INDEXED),
        (scripted.SILENT, {"TERM": "linux"}, STANDARD),
        (scripted.SILENT, {"TERM": "xterm-direct"}, TRUECOLOR),
    ],
)
def test_how_many_colours(replies: dict[str, str], env: dict[str, str], wanted: int) -> None:
    assert profile_of(read_answers("".join(replies.values())), env).colours == wanted


def test_gnu_screen_does_not_inherit_the_colours_of_the_terminal_outside() -> None:
    from dataclasses import replace

    answers = replace(read_answers("".join(scripted.SCREEN.values())), multiplexer=Multiplexer.SCREEN)
    assert profile_of(answers, {"TERM": "screen.xterm-256color", "COLORTERM": "truecolor"}).colours == INDEXED


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_with_sixteen_colours_a_theme_still_says_what_it_means(palette: Palette) -> None:
    def rgb(colour: str) -> tuple[int, int, int]:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return red, green, blue

    background, surface = (nearest(rgb(colour), behind=True) for colour in (palette.background, palette.surface))
    assert background != surface, "the selected row is seen"
    inks = (palette.text, palette.dim, palette.accent, palette.error, palette.good, palette.warning)
    for ground in (palette.background, palette.surface):
        for ink in inks:
            assert legible(*pair(rgb(ink), rgb(ground)), 3 if ink == palette.dim else 4.5), (ink, ground)
    texts = [pair(rgb(ink), rgb(palette.background))[0] for ink in inks]
    assert texts[0] != texts[1], "dim is not text"
    if palette.name != "mono":
        assert texts[2] not in texts[:2], "the accent is a colour"
        assert texts[3] != texts[4], "an error is not good news"


def test_a_pen_of_sixteen_colours() -> None:
    pens = Pens(ColorSystem.STANDARD)
    look = pens.look(pens.of(Style(color="#e3a857", bgcolor="#26221d")))
    assert (look.foreground, look.background) == ("97", "44")  # amber on dark blue is too little in VTE
    assert pens.look(pens.of(Style(color="red"))).foreground == "31"


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_bold_is_never_paler_than_what_is_not(palette: Palette) -> None:
    """xterm and the Linux console show bold black as a grey: an unread headline would recede behind the read ones."""
    pens = Pens(ColorSystem.STANDARD)
    for ink in (palette.text, palette.accent, palette.error):
        for ground in (palette.background, palette.surface):
            look = pens.look(pens.of(Style(color=ink, bgcolor=ground, bold=True)))
            front, behind = (int(code) for code in (look.foreground, look.background))
            shown = front - 30 + 8 * bool(look.flags) if front < 90 else front - 90 + 8
            assert legible(shown, behind - 40 if behind < 100 else behind - 100 + 8, 4.5), (ink, ground)
    dark = pens.look(pens.of(Style(color="#dad3c8", bgcolor="#151311", bold=True)))
    assert dark.flags, "weight stays where it can be seen"
