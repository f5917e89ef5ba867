"""Contrast of every theme, by WCAG 2.2's formula, in true colour and as 256-colour terminals show it."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from rich.segment import Segment

from tests.ui.conftest import Open
from tui.config import Settings
from tui.terminal import sixteen
from tui.terminal.pens import Pens
from tui.ui.app import KhabarApp
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


_DRAWN = re.compile(r"[\s─-▟⁃·›‹]*")  # lines, bars, blocks and dots are no text


def sent(sequence: str, ground: str) -> list[tuple[int, int, int]]:
    """The colour an SGR parameter list stands for; of the sixteen, what they are in each kind of terminal."""
    words = [int(word) for word in (sequence or ground).split(";")]
    match words:
        case [_, 2, red, green, blue]:
            return [(red, green, blue)]
        case [_, 5, number]:
            red, green, blue = Color.from_ansi(number).get_truecolor()
            return [(red, green, blue)]
        case [number]:
            place = number % 10 + (8 if number >= 90 else 0)
            return [palette[place] for palette in sixteen.PALETTES]
    raise AssertionError(words)


def least(segment: Segment, pens: Pens) -> float:
    """The contrast in which a segment reaches the eye, in the worst kind of terminal."""
    look = pens.look(pens.of(segment.style))
    pairs = zip(sent(look.foreground, "37"), sent(look.background, "40"), strict=True)
    return min(sixteen.contrast(*pair) for pair in pairs)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "mono"])
async def test_everything_on_the_screen_stands_out(screen: Open, name: str) -> None:
    """From what is sent: every text of the main screens and dialogs, in 24-bit colours, 256 and 16."""
    pens = {depth: Pens(depth) for depth in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD)}
    async with screen("en", (120, 30), Settings(full_text=False, theme=name)) as (app, pilot):
        for keys in ("j s", "enter tab", "f", "escape slash r a i n", "enter", "escape ?", "escape S", "escape :"):
            await pilot.press(*(key.replace("?", "question_mark").replace(":", "colon") for key in keys.split()))
            await pilot.pause()
            await pilot.pause()
            for segment in on_top(app):
                if _DRAWN.fullmatch(segment.text):
                    continue
                for depth, pen in pens.items():
                    quiet = segment.style is not None and colour_of(segment) == app.theme_variables["dim"]
                    found = least(segment, pen)
                    assert found >= (3 if quiet else 4.5), (keys, segment.text, str(segment.style), depth, found)


def colour_of(segment: Segment) -> str:
    return segment.style.color.get_truecolor().hex if segment.style and segment.style.color else ""


def on_top(app: KhabarApp) -> list[Segment]:
    """What is on the screen; of a dialog its box alone, for it dims what lies behind it."""
    strips = app.screen._compositor.render_strips()
    if app.screen is not app.reading:
        box = app.screen.query_one(".dialog--box").region
        strips = [strip.crop(box.x, box.right) for strip in strips[box.y : box.bottom]]
    return [segment for strip in strips for segment in strip]


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
