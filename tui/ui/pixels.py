"""Pictures in pixels: what of them the terminal at hand takes, and how it is given it."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import struct
import termios
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from tui.news.pictures import Grain, Raster
from tui.terminal import sixel
from tui.terminal.profile import Pictures

if TYPE_CHECKING:
    from tui.ui.display import BidiApp

log = logging.getLogger(__name__)
_MOST = 64
"""Pixels a side that a cell may have; no font is larger, and what a terminal says is not to be trusted."""


class Pixels:
    """The terminal's pictures, by keys of whoever shows them.

    ``write`` is for what shows nothing and moves nothing.
    """

    def __init__(self, app: BidiApp, write: Callable[[str], None]) -> None:
        self._app = app
        self._write = write

    @property
    def drawn_as(self) -> Pictures:
        """How the terminal draws pictures in place of their placeholders, if our output stage sends these."""
        app, profile = self._app, self._app.profile
        if app.monochrome or not app.uses_output():
            return Pictures.NONE
        in_place = profile.order is type(profile.order).VISUAL
        return profile.pictures if in_place or profile.pictures is Pictures.KITTY else Pictures.NONE

    def grain(self) -> Grain | None:
        """What a picture is to be made of; None: of half blocks."""
        match self.drawn_as:
            case Pictures.KITTY:
                return Grain()
            case Pictures.SIXEL:
                return Grain(*_cell(), shades=self._app.profile.shades, exact=True)
            case _:
                return None

    async def hand(self, key: str, raster: Raster, grain: Grain) -> int:
        """Hand the terminal a picture that was made so; its number for the placeholders, 0 where there is no room."""
        columns, rows = raster.columns, raster.rows
        if not grain.exact:
            number, text = self._app.session.plates.put(key, raster.fine, columns, rows)
            self._write(text)
            return number
        cell = grain.across, grain.down
        try:
            film = await asyncio.to_thread(sixel.develop, raster.fine, columns, rows, cell=cell, shades=grain.shades)
        except ValueError as error:  # the parser process made it, and that is not to be trusted
            log.warning("a picture is left at its half blocks: %s", error)
            return 0
        return self._app.session.films.put(key, film, columns, rows)[0]

    def keep(self, keys: Collection[str]) -> None:
        """Have all pictures but these forgotten."""
        self._write(self._app.session.plates.keep(keys) + self._app.session.films.keep(keys))

    def drop(self, key: str) -> None:
        """Have this picture forgotten."""
        self._write(self._app.session.plates.drop(key) + self._app.session.films.drop(key))


def _cell() -> tuple[int, int]:
    """Pixels of a cell as the terminal says (TIOCGWINSZ, passed on by SSH); what is usual, if it says nothing."""
    try:
        rows, columns, width, height = struct.unpack("4H", fcntl.ioctl(2, termios.TIOCGWINSZ, bytes(8)))
    except OSError:
        return sixel.CELL
    across, down = width // max(1, columns), height // max(1, rows)
    return (across, down) if 0 < across <= _MOST and 0 < down <= _MOST else sixel.CELL
