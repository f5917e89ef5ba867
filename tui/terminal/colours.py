"""How many colours a terminal shows, and what it does without any.  Pure.

COLORTERM says it where it arrives: it is lost over SSH and on consoles, and in GNU screen it speaks of the terminal
outside.  So what the terminal answered counts first, then its name.
"""

from __future__ import annotations

from collections.abc import Mapping

TRUECOLOR, INDEXED, STANDARD = 1 << 24, 256, 16
_TRUE = ("kitty", "Konsole", "foot", "XTerm", "WezTerm", "iTerm2", "ghostty", "contour")  # by XTVERSION
_DA3_VTE = "7E565445"
# by TERM: these draw 24-bit colours, or the nearest they have
_TRUE_NAMES = ("alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "wezterm", "xterm-ghostty", "xterm-kitty")
_INDEXED_NAMES = ("konsole", "mlterm", "putty", "rxvt-unicode", "st-", "tmux", "vte", "screen.")
_GROUND, _FAINT = 24, 200
"""Of greys without colours: grounds from the first on stand out, text below the second recedes."""


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


def without_colours(text: tuple[int, int, int] | None, ground: tuple[int, int, int] | None) -> tuple[bool, bool]:
    """(reverse video, faint) in which a terminal without colours shows text on its ground; None is the default colour.

    For the monochrome theme, light on black: every ground that is not black stands out, grey text recedes.
    """
    reverse = ground is not None and max(ground) >= _GROUND
    return reverse, text is not None and not reverse and max(text) < _FAINT
