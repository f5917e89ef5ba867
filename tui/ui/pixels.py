"""Pictures in pixels: what of them the terminal at hand takes, and how it is given it."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import struct
import termios
from collections.abc import Awaitable, Callable, Collection
from typing import TYPE_CHECKING

from tui.news.pictures import Grain, Raster
from tui.terminal import sixel
from tui.terminal.profile import Answers, Pictures
from tui.terminal.replies import MOST_PIXELS, read_answers

if TYPE_CHECKING:
    from tui.ui.display import BidiApp

log = logging.getLogger(__name__)
_PATIENCE = 2.0
"""Seconds for a terminal to say how large its cells are."""


class Pixels:
    """The terminal's pictures, by keys of whoever shows them.

    ``write`` is for what shows nothing and moves nothing; ``ask`` gives the answers to questions that end in the fence,
    or never comes back where nobody is asked.
    """

    def __init__(self, app: BidiApp, write: Callable[[str], None], ask: Callable[[str], Awaitable[str]]) -> None:
        self._app = app
        self._write = write
        self._ask = ask
        self._asked: tuple[object, asyncio.Task[Answers]] | None = None

    @property
    def drawn_as(self) -> Pictures:
        """How the terminal draws pictures in place of their placeholders, if our output stage sends these."""
        app, profile = self._app, self._app.profile
        if app.monochrome or not app.uses_output():
            return Pictures.NONE
        in_place = profile.order is type(profile.order).VISUAL
        return profile.pictures if in_place or profile.pictures is Pictures.KITTY else Pictures.NONE

    async def grain(self) -> Grain | None:
        """What a picture is to be made of; None: of half blocks."""
        if self.drawn_as is Pictures.KITTY:
            return Grain()
        if self.drawn_as is Pictures.NONE:
            return None
        answers = await self._measured()
        cell = _cell() or answers.cell
        return Grain(*cell, shades=min(sixel.SHADES, answers.registers or sixel.FEWEST), exact=True) if cell else None

    async def hand(self, key: str, raster: Raster, grain: Grain, wanted: Callable[[], bool]) -> int:
        """Hand the terminal a picture that was made so; its number for the placeholders, 0 where there is no room, or
        where it is ``wanted`` no more when it is ready."""
        if not wanted():
            return 0
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
        return self._app.session.films.put(key, film, columns, rows)[0] if wanted() else 0

    def keep(self, keys: Collection[str]) -> None:
        """Have all pictures but these forgotten."""
        self._write(self._app.session.plates.keep(keys) + self._app.session.films.keep(keys))

    def drop(self, key: str) -> None:
        """Have this picture forgotten."""
        self._write(self._app.session.plates.drop(key) + self._app.session.films.drop(key))

    async def _measured(self) -> Answers:
        """What the terminal says of its cells and colours: asked once in each size, for it may have another font."""
        size = self._app.size
        if self._asked is None or self._asked[0] != size:
            self._asked = size, asyncio.create_task(self._answers(), name="pixels")
        return await asyncio.shield(self._asked[1])

    async def _answers(self) -> Answers:
        try:
            return read_answers(await asyncio.wait_for(self._ask(sixel.QUESTIONS), _PATIENCE))
        except TimeoutError:
            return Answers()


def _cell() -> tuple[int, int] | None:
    """Pixels of a cell, as the system was told with the window's size (TIOCGWINSZ; SSH passes it on), if it was."""
    try:
        rows, columns, width, height = struct.unpack("4H", fcntl.ioctl(2, termios.TIOCGWINSZ, bytes(8)))
    except OSError:
        return None
    across, down = width // max(1, columns), height // max(1, rows)
    return (across, down) if 0 < across <= MOST_PIXELS and 0 < down <= MOST_PIXELS else None
