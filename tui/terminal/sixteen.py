"""The sixteen colours that every terminal has, and which of them stand for those of a theme.  Pure.

What they look like is the terminal's affair: xterm's, the Linux console's and VTE's differ widely.  So a pair of text
and ground is chosen that can be read with each of the three (WCAG 2.2, 1.4.3: 4.5:1, for quiet text 3:1); where a hue
cannot, it goes, and black or white stays.
"""

from __future__ import annotations

from colorsys import rgb_to_hls
from functools import lru_cache

from tui.terminal.indexed import linear

Rgb = tuple[int, int, int]
BLACK, RED, GREEN, BROWN, BLUE, MAGENTA, CYAN, GREY, DARK, WHITE = 0, 1, 2, 3, 4, 5, 6, 7, 8, 15
PALETTES = tuple(
    tuple((int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)) for code in codes.split())
    for codes in (
        # xterm
        "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
        "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
        # the Linux console
        "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
        "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
        # VTE
        "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc "
        "5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff",
    )
)
_COLOURED = 48  # difference between the strongest and the weakest channel below which a colour counts as grey
# luma from which on a grey is the next brighter of black, dark grey, light grey and white
_GREYS_IN_FRONT = ((200, WHITE), (118, GREY), (60, DARK), (0, BLACK))
# Dark grounds other than black are blue: the Linux console has no dark grey behind text, and little can be read on it.
_GREYS_BEHIND = ((232, WHITE), (120, GREY), (28, BLUE), (0, BLACK))
# degrees up to which a hue is red, yellow …
_HUES = ((25, RED), (75, BROWN), (165, GREEN), (200, CYAN), (270, BLUE), (335, MAGENTA), (361, RED))
_BRIGHT = 140
_DARKER = {BROWN: (RED,), GREEN: (BLUE,), CYAN: (BLUE,)}
_TEXT, _QUIET = 4.5, 3.0


def nearest(colour: Rgb, *, behind: bool = False) -> int:
    """The number of the ANSI colour that does what this one does, as text or (``behind``) as its ground.

    Not the nearest by distance: that is grey for most colours of a quiet theme, and black for all its dark surfaces.
    Colours keep their hue; greys of one step on the screen stay two, so that a selected row is seen.
    """
    red, green, blue = colour
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    if max(colour) - min(colour) < _COLOURED:
        return next(number for least, number in (_GREYS_BEHIND if behind else _GREYS_IN_FRONT) if luma >= least)
    hue = rgb_to_hls(red / 255, green / 255, blue / 255)[0] * 360
    number = next(number for most, number in _HUES if hue < most)
    return number + 8 if luma >= _BRIGHT else number


@lru_cache(4096)
def pair(text: Rgb, ground: Rgb) -> tuple[int, int]:
    """The numbers for text on its ground: those nearest in meaning that every terminal shows legibly."""
    front, behind = nearest(text), nearest(ground, behind=True)
    need = _QUIET if front in (GREY, DARK) else _TEXT
    return next((n for n in _instead_of(front) if legible(n, behind, need)), _strongest(behind)), behind


def _instead_of(number: int) -> tuple[int, ...]:
    """A colour, then what comes closest: in another brightness, a darker hue; the other grey."""
    if number in (BLACK, GREY, DARK, WHITE):
        return (number, DARK, GREY) if number in (GREY, DARK) else (number,)
    return (number, number ^ 8, *_DARKER.get(number & 7, ()))


def legible(text: int, ground: int, least: float) -> bool:
    """Whether text has this contrast to its ground at least, whoever's sixteen colours they are."""
    return all(contrast(colours[text], colours[ground]) >= least for colours in PALETTES)


def legible_bold(text: int, ground: int) -> bool:
    """Whether bold text can be read also where bold makes the eight dark colours bright, as xterm and the Linux console
    do: black becomes a grey there, paler than what is not bold."""
    return text >= DARK or legible(text + 8, ground, _TEXT)


def _strongest(ground: int) -> int:
    return max((BLACK, WHITE), key=lambda text: min(contrast(colours[text], colours[ground]) for colours in PALETTES))


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (linear(value / 255) for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
