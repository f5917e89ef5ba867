"""The colours: eight by meaning in each theme; everything else on the screen is derived from them.

Only this module writes a colour down. Contrasts are checked in tests: text on background and surface at least 4.5:1,
dim at least 3:1 (WCAG 2.2, success criteria 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.theme import Theme


@dataclass(frozen=True, slots=True)
class Palette:
    """The eight colours of a theme."""

    name: str
    background: str
    surface: str
    text: str
    dim: str
    accent: str
    warning: str
    error: str
    good: str
    dark: bool = True

    def theme(self) -> Theme:
        """The theme as Textual takes it; ``$dim``, ``$good`` and the rest are for our styles."""
        return Theme(
            name=self.name,
            primary=self.accent,
            secondary=self.dim,
            accent=self.accent,
            foreground=self.text,
            background=self.background,
            surface=self.surface,
            panel=self.surface,
            warning=self.warning,
            error=self.error,
            success=self.good,
            dark=self.dark,
            variables=self._variables(),
        )

    def _variables(self) -> dict[str, str]:
        return {
            "dim": self.dim,
            # A QR code is light on dark in every theme: readers of codes expect no other colours.
            "module-light": "#ffffff",
            "module-dark": "#000000",
            "good": self.good,
            "rule": self.dim,
            "selection": self.surface,
            "text": self.text,
            "text-muted": self.dim,
            "text-disabled": self.dim,
            "border": self.dim,
            "border-blurred": self.dim,
            "block-cursor-background": self.surface,
            "block-cursor-foreground": self.text,
            "input-cursor-background": self.text,
            "input-cursor-foreground": self.background,
            "input-selection-background": self.dim,
            "screen-selection-background": self.dim,
            "screen-selection-foreground": self.background,
            "scrollbar": self.dim,
            "scrollbar-hover": self.dim,
            "scrollbar-active": self.accent,
            "scrollbar-background": self.background,
            "scrollbar-background-hover": self.background,
            "scrollbar-background-active": self.background,
            "scrollbar-corner-color": self.background,
        }


PALETTES: tuple[Palette, ...] = (
    Palette(
        "dark",
        background="#151311",
        surface="#26221d",
        text="#dad3c8",
        dim="#93897b",
        accent="#e3a857",
        warning="#e0c068",
        error="#e88873",
        good="#9bbf7f",
    ),
    Palette(
        "light",
        background="#fbf9f5",
        surface="#ece7dd",
        text="#27231e",
        dim="#6d6559",
        accent="#0f6666",
        warning="#6b4700",
        error="#a32b25",
        good="#2c6633",
        dark=False,
    ),
    Palette(
        "sepia",
        background="#f3e8d2",
        surface="#e6d6b8",
        text="#3a2e20",
        dim="#6f5d43",
        accent="#732d0a",
        warning="#5f3a00",
        error="#962619",
        good="#395b23",
        dark=False,
    ),
    Palette(
        "high-contrast",
        background="#000000",
        surface="#262626",
        text="#ffffff",
        dim="#c6c6c6",
        accent="#ffd700",
        warning="#ffaf00",
        error="#ff8787",
        good="#87ff87",
    ),
    Palette(
        "mono",
        background="#000000",
        surface="#303030",
        text="#eeeeee",
        dim="#a8a8a8",
        accent="#eeeeee",
        warning="#eeeeee",
        error="#eeeeee",
        good="#eeeeee",
    ),
)
COLOURS = 8
"""A terminal with fewer has none to speak of."""
NAMES: tuple[str, ...] = tuple(palette.name for palette in PALETTES)


def fitting(dark: bool | None, colours: int, environ: Mapping[str, str]) -> str:
    """The theme for a terminal: monochrome where there is no colour or none is wanted (no-color.org), else that of its
    background. ``dark`` is None and ``colours`` 0 where the terminal did not say."""
    if environ.get("NO_COLOR") or 0 < colours < COLOURS or environ.get("TERM", "").startswith(("vt", "dumb")):
        return "mono"
    return "light" if dark is False else "dark"


def after(name: str) -> str:
    """The theme that follows ``name`` when the reader goes through them."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else NAMES[0]
