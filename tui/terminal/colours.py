"""How many colours a terminal shows, and the sixteen that every one of them has.  Pure.

COLORTERM says it where it arrives: it is lost over SSH and on consoles, and in GNU screen it speaks of the terminal
outside.  So what the terminal answered counts first, then its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from colorsys import rgb_to_hls

TRUECOLOR, INDEXED, STANDARD = 1 << 24, 256, 16
_TRUE = ("kitty", "Konsole", "foot", "XTerm", "WezTerm", "iTerm2", "ghostty", "contour")  # by XTVERSION
_DA3_VTE = "7E565445"
# by TERM: these draw 24-bit colours, or the nearest they have
_TRUE_NAMES = ("alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "wezterm", "xterm-ghostty", "xterm-kitty")
_INDEXED_NAMES = ("konsole", "mlterm", "putty", "rxvt-unicode", "st-", "tmux", "vte", "screen.")
_GREY = 48  # difference between the strongest and the weakest channel below which a colour counts as grey
# luma from which on a grey is the next brighter of black, dark grey, light grey and white
_GREYS_IN_FRONT = ((200, 15), (118, 7), (60, 8), (0, 0))
_GREYS_BEHIND = ((232, 15), (120, 7), (28, 8), (0, 0))
_HUES = ((25, 1), (75, 3), (165, 2), (200, 6), (270, 4), (335, 5), (361, 1))  # degrees up to which: red, yellow …
_BRIGHT = 140


def how_many(version: str, da3: str, env: Mapping[str, str], *, in_screen: bool = False) -> int:
    """`TRUECOLOR`, `INDEXED` or `STANDARD`, by what the terminal answered and what its environment says."""
    term = env.get("TERM", "")
    if in_screen:  # it passes 24-bit colours on only where its user has said so
        return INDEXED
    answered = da3 == _DA3_VTE or version.startswith(_TRUE)
    said = env.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}
    if answered or said or term.startswith(_TRUE_NAMES) or term.endswith("-direct"):
        return TRUECOLOR
    if "256" in term or term.startswith(_INDEXED_NAMES):
        return INDEXED
    return STANDARD


def nearest_of_sixteen(red: int, green: int, blue: int, *, behind: bool) -> int:
    """The number of the ANSI colour that does what this one does, as text or (`behind`) as its background.

    Not the nearest by distance: that is grey for most colours of a quiet theme, and black for all its dark surfaces.
    Colours keep their hue; greys of one step on the screen stay two, so that a selected row is seen.
    """
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    if max(red, green, blue) - min(red, green, blue) < _GREY:
        return next(number for least, number in (_GREYS_BEHIND if behind else _GREYS_IN_FRONT) if luma >= least)
    hue = rgb_to_hls(red / 255, green / 255, blue / 255)[0] * 360
    number = next(number for most, number in _HUES if hue < most)
    return number + 8 if luma >= _BRIGHT else number
