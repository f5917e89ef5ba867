"""Text attributes as a terminal keeps them, and the shortest sequences that change one set to another.  Pure.

A *pen* is a small number that stands for foreground, background, attributes and link; styles that look the same have
the same pen.  Pen 0 is the terminal's default.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeGuard

from rich.color import Color, ColorSystem, ColorType
from rich.style import Style

from tui.terminal import indexed
from tui.terminal.colours import without_colours
from tui.terminal.graphics import COLOUR
from tui.terminal.osc import LINK_END, link_start
from tui.terminal.sixteen import legible_bold, nearest, pair

DEFAULT = 0
# attribute of rich.style.Style, SGR on, SGR off (ECMA-48 8.3.117; 53/55 are xterm's)
_FLAGS = (
    ("bold", "1", "22"),
    ("dim", "2", "22"),
    ("italic", "3", "23"),
    ("underline", "4", "24"),
    ("underline2", "21", "24"),
    ("blink", "5", "25"),
    ("blink2", "6", "25"),
    ("reverse", "7", "27"),
    ("conceal", "8", "28"),
    ("strike", "9", "29"),
    ("frame", "51", "54"),
    ("encircle", "52", "54"),
    ("overline", "53", "55"),
)
_ALL_FLAGS = (1 << len(_FLAGS)) - 1
_SHOWS_ON_BLANK = sum(
    1 << bit
    for bit, (name, _, _) in enumerate(_FLAGS)
    if name in {"underline", "underline2", "reverse", "strike", "frame", "encircle", "overline"}
)
_REVERSE = 1 << [name for name, _, _ in _FLAGS].index("reverse")
_BOLD = 1 << [name for name, _, _ in _FLAGS].index("bold")
_ITALIC = 1 << [name for name, _, _ in _FLAGS].index("italic")
_DIM = 1 << [name for name, _, _ in _FLAGS].index("dim")
_MOST, _MOST_CHANGES = 4096, 16_384
"""Pens, and ways from one to another, that are remembered at least: every link that was in sight once has its own."""


class Look(NamedTuple):
    """What a pen stands for; colours are SGR parameters, "" is the default colour."""

    foreground: str = ""
    background: str = ""
    flags: int = 0
    link: str = ""  # the sequence that starts it


class Pens:
    """Gives styles their pens.  One per terminal: it knows how many colours there are."""

    def __init__(
        self, colours: ColorSystem = ColorSystem.TRUECOLOR, *, links: bool = True, monochrome: bool = False
    ) -> None:
        """``monochrome``: no colour is sent, the terminal keeps its own; greys become weight and reverse video."""
        self._colours = colours
        self.monochrome = monochrome
        self._links = links
        self._most = _MOST
        self._begin()

    def _begin(self) -> None:
        self._looks: list[Look] = [Look()]
        self._numbers: dict[Look, int] = {Look(): DEFAULT}
        self._blanks: list[int] = [DEFAULT]
        self._styles: dict[tuple[Style, str], int] = {}
        self._changes: dict[tuple[int, int], str] = {}

    @property
    def too_many(self) -> bool:
        """Whether most of them are of what is long gone."""
        return len(self._looks) > self._most or len(self._changes) > _MOST_CHANGES

    def keep(self, used: Iterable[int]) -> dict[int, int]:
        """Forget all others; what each of these is called from now on."""
        looks = self._looks
        self._begin()
        renamed = {pen: self._number(looks[pen]) for pen in sorted(set(used))}
        self._most = max(_MOST, 2 * len(self._looks))
        return renamed

    def of(self, style: Style | None) -> int:
        """The pen of `style`."""
        if style is None:
            return DEFAULT
        key = (style, style.link or "")  # meta data (Textual's actions) does not count in a style's equality
        pen = self._styles.get(key)
        if pen is None:
            if len(self._styles) > 20_000:  # fades make new colours for ever
                self._styles.clear()
            pen = self._styles[key] = self._number(self._look(style))
        return pen

    def blank(self, pen: int) -> int:
        """The pen of a blank cell drawn with `pen`: without what cannot be seen on it."""
        return self._blanks[pen]

    def of_picture(self, pen: int) -> int:
        """The pen of a picture's placeholder on the ground of `pen`: its colour is part of the picture's id."""
        return self._number(Look(f"38;5;{COLOUR}", self._looks[pen].background))

    def look(self, pen: int) -> Look:
        """What `pen` stands for."""
        return self._looks[pen]

    def face(self, pen: int) -> int:
        """Which face of the terminal's font the letters of `pen` are drawn in: a number for each weight and slant."""
        return self._looks[pen].flags & (_BOLD | _ITALIC)

    def erasable(self, pen: int, *, coloured: bool) -> bool:
        """Does an erased cell look like a blank of `pen`?  `coloured`: the terminal erases to the background colour."""
        look = self._looks[pen]
        return not look.flags & _SHOWS_ON_BLANK and not look.link and (coloured or not look.background)

    def change(self, old: int | None, new: int) -> str:
        """The sequence from pen `old` (None: unknown) to `new`; "" when nothing changes."""
        if old == new:
            return ""
        key = (-1 if old is None else old, new)
        text = self._changes.get(key)
        if text is None:
            text = self._changes[key] = self._sequence(None if old is None else self._looks[old], self._looks[new])
        return text

    def _number(self, look: Look) -> int:
        pen = self._numbers.get(look)
        if pen is None:
            pen = self._numbers[look] = len(self._looks)
            self._looks.append(look)
            self._blanks.append(pen)
            flags = look.flags & _SHOWS_ON_BLANK
            self._blanks[pen] = self._number(Look(look.foreground if flags else "", look.background, flags, look.link))
        return pen

    def _look(self, style: Style) -> Look:
        flags = sum(1 << bit for bit, (name, _, _) in enumerate(_FLAGS) if getattr(style, name))
        link = link_start(style.link) if style.link and self._links else ""
        if self.monochrome:
            colours = (c.get_truecolor() if _mixed(c) else None for c in (style.color, style.bgcolor))
            reverse, dim = without_colours(*colours)
            flags ^= _REVERSE * reverse
            return Look(flags=flags | _DIM * (dim and not flags & _REVERSE), link=link)
        colour, ground = style.color, style.bgcolor
        if self._colours is ColorSystem.STANDARD and _mixed(colour) and _mixed(ground):
            front, behind = pair(_rgb(colour), _rgb(ground))
            flags &= ~_BOLD if not legible_bold(front, behind) else _ALL_FLAGS
            colour, ground = Color.from_ansi(front), Color.from_ansi(behind)
        return Look(self._colour(colour, foreground=True), self._colour(ground), flags, link)

    def _colour(self, colour: Color | None, *, foreground: bool = False) -> str:
        if colour is None or colour.type is ColorType.DEFAULT:
            return ""
        if self._colours is ColorSystem.STANDARD and _mixed(colour):
            colour = Color.from_ansi(nearest(_rgb(colour), behind=not foreground))
        if self._colours is ColorSystem.EIGHT_BIT and colour.type is ColorType.TRUECOLOR:
            colour = Color.from_ansi(indexed.nearest(_rgb(colour)))
        return ";".join(colour.downgrade(self._colours).get_ansi_codes(foreground=foreground))

    @staticmethod
    def _sequence(old: Look | None, new: Look) -> str:
        whole = ["0", *_switched_on(new.flags), new.foreground, new.background]
        parameters = ";".join(filter(None, whole))
        if old is not None:
            steps = _flag_steps(old.flags, new.flags)
            if old.foreground != new.foreground:
                steps.append(new.foreground or "39")
            if old.background != new.background:
                steps.append(new.background or "49")
            parameters = min(";".join(steps), parameters, key=len)
        text = f"\x1b[{'' if parameters == '0' else parameters}m" if parameters else ""
        if (old.link if old else LINK_END) != new.link:
            text += new.link or LINK_END
        return text


def _mixed(colour: Color | None) -> TypeGuard[Color]:
    """Whether this is no colour of the terminal's own."""
    return colour is not None and colour.type in {ColorType.TRUECOLOR, ColorType.EIGHT_BIT}


def _rgb(colour: Color) -> tuple[int, int, int]:
    red, green, blue = colour.get_truecolor()
    return red, green, blue


def _switched_on(flags: int) -> list[str]:
    return [on for bit, (_, on, _) in enumerate(_FLAGS) if flags >> bit & 1]


def _flag_steps(old: int, new: int) -> list[str]:
    """SGR parameters from one set of attributes to another.  Some share their "off": the rest is switched on again."""
    steps: list[str] = []
    cleared = 0
    for bit, (_, _, off) in enumerate(_FLAGS):
        if old & ~new & _ALL_FLAGS & 1 << bit and off not in steps:
            steps.append(off)
            cleared |= sum(1 << other for other, entry in enumerate(_FLAGS) if entry[2] == off)
    return steps + _switched_on(new & ~(old & ~cleared))
