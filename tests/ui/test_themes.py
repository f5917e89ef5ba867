"""Contrast of every theme, by WCAG 2.2's formula, in true colour and as 256-colour terminals show it."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem

from tui.ui.styles import DIALOGS, SHEETS, sheet_paths
from tui.ui.themes import NAMES, PALETTES, Palette, after, fitting

themes = pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
depths = pytest.mark.parametrize("depth", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT], ids=lambda d: d.name)


def luminance(colour: str, depth: ColorSystem) -> float:
    triplet = Color.parse(colour).downgrade(depth).get_truecolor()
    channels = [value / 255 for value in triplet]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str, depth: ColorSystem) -> float:
    lighter, darker = sorted((luminance(one, depth), luminance(other, depth)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@themes
@depths
def test_text_stands_out(palette: Palette, depth: ColorSystem) -> None:
    for name, ground in product(("text", "accent", "warning", "error", "good"), ("background", "surface")):
        ratio = contrast(getattr(palette, name), getattr(palette, ground), depth)
        assert ratio >= 4.5, (name, ground, round(ratio, 2))


@themes
@depths
def test_dim_text_is_still_read(palette: Palette, depth: ColorSystem) -> None:
    for ground in ("background", "surface"):
        ratio = contrast(palette.dim, getattr(palette, ground), depth)
        assert ratio >= 3, (ground, round(ratio, 2))


def test_going_through_the_themes_meets_all() -> None:
    seen = [NAMES[0]]
    while (following := after(seen[-1])) not in seen:
        seen.append(following)
    assert sorted(seen) == sorted(NAMES)


def test_styles_write_no_colour_down() -> None:
    """Colours have their names in the themes; the sheets use the names."""
    for sheet in sheet_paths(*SHEETS, DIALOGS):
        text = re.sub(r"/\*.*?\*/", "", Path(sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=\s*[;}])|\brgb|\bhsl", text), sheet


@pytest.mark.parametrize(
    ("dark", "colours", "environ", "theme"),
    [
        (None, 0, {}, "dark"),
        (True, 1 << 24, {}, "dark"),
        (False, 256, {"TERM": "xterm-256color"}, "light"),
        (False, 256, {"NO_COLOR": "1"}, "mono"),
        (False, 256, {"NO_COLOR": ""}, "light"),
        (None, 2, {}, "mono"),
        (None, 0, {"TERM": "vt220"}, "mono"),
    ],
)
def test_the_theme_follows_the_terminal(dark: bool | None, colours: int, environ: dict[str, str], theme: str) -> None:
    assert fitting(dark, colours, environ) == theme
