"""Pictures in pixels, where the terminal draws them in place of characters: kitty's graphics protocol.  Pure.

A picture is sent once, as a *virtual placement* of so many columns and rows (U=1). It is seen wherever its Unicode
placeholders are: U+10EEEE with marks for its row, its column and the high byte of the picture's id, whose low bytes
are the colour of the text. They are cells like all others: they scroll, dialogs cover them, the output stage sends
what differs of them, and nothing is left behind when they are written over.

Terminals that draw sixels are given other pictures for the same placeholders: `tui.terminal.sixel`.
"""

from __future__ import annotations

import base64
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

PLACEHOLDER = "\U0010eeee"
MARKS = bytes.fromhex(
    "0305 030D 030E 0310 0312 033D 033E 033F 0346 034A 034B 034C 0350 0351 0352 0357 035B 0363 0364 0365"
    " 0366 0367 0368 0369 036A 036B 036C 036D 036E 036F 0483 0484 0485 0486 0487 0592 0593 0594 0595 0597"
    " 0598 0599 059C 059D 059E 059F 05A0 05A1 05A8 05A9 05AB 05AC 05AF 05C4 0610 0611 0612 0613 0614 0615"
    " 0616 0617 0657 0658 0659 065A 065B 065D 065E 06D6 06D7 06D8 06D9 06DA 06DB 06DC 06DF 06E0 06E1 06E2"
    " 06E4"
).decode("utf-16-be")
"""The protocol's numbers, each as a combining mark, from 0 on: the first of its table, more than a page has columns."""
COLOUR = 75
"""Of the 256, for all placeholders: the low bytes of every id. The marks alone tell pictures apart, so that no filter
that changes colours can turn one into another."""
MOST = 24
"""Pictures kept by the terminal at a time."""
_CHUNK = 4096
Picture = TypeVar("Picture")
_KITTY = re.compile(r"kitty\((\d+)\.(\d+)")


def is_drawn_by(version: str) -> bool:
    """Does the terminal with this XTVERSION know placeholders?  kitty from 0.28 on, and every ghostty."""
    found = _KITTY.match(version)
    return (int(found[1]), int(found[2])) >= (0, 28) if found else version.startswith("ghostty")


def cells(number: int, row: int, columns: int) -> list[str]:
    """The placeholders of one row of picture `number`: each a cluster of one cell."""
    return [PLACEHOLDER + MARKS[row] + MARKS[column] + MARKS[number] for column in range(columns)]


def sent(number: int, png: bytes, columns: int, rows: int) -> str:
    """Hand a PNG over for so many cells; the terminal is asked for no answer."""
    payload = base64.b64encode(png).decode("ascii")
    pieces = [payload[at : at + _CHUNK] for at in range(0, len(payload), _CHUNK)]
    keys = f"a=T,U=1,f=100,i={_id(number)},c={columns},r={rows},q=2,"
    last = len(pieces) - 1
    return "".join(f"\x1b_G{'q=2,' if at else keys}m={int(at < last)};{piece}\x1b\\" for at, piece in enumerate(pieces))


def deleted(number: int) -> str:
    """Have a picture and its data forgotten."""
    return f"\x1b_Ga=d,d=I,i={_id(number)},q=2\x1b\\"


def _id(number: int) -> int:
    return number << 24 | COLOUR


class Kept(ABC, Generic[Picture]):
    """The pictures that are to be shown, by keys of whoever shows them.  Methods give what is to be written."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[int, Picture, int, int]] = {}
        self._last = 0

    @abstractmethod
    def _given(self, number: int, picture: Picture, columns: int, rows: int) -> str:
        """What tells the terminal of a picture."""

    @abstractmethod
    def _taken(self, number: int) -> str:
        """What makes the terminal forget it."""

    def put(self, key: str, picture: Picture, columns: int, rows: int) -> tuple[int, str]:
        """The number of a picture; 0 when it has too many cells or there are too many pictures.

        Another picture than before under a key gets another number, so that its cells differ and are drawn anew.
        """
        found = self._kept.get(key)
        if found is not None and found[1:] == (picture, columns, rows):
            return found[0], ""
        before = self.drop(key)
        if len(self._kept) >= MOST or not picture or max(columns, rows) > len(MARKS):
            return 0, before
        number = self._last = next(self._free())
        self._kept[key] = (number, picture, columns, rows)
        return number, before + self._given(number, picture, columns, rows)

    def drop(self, key: str) -> str:
        """A picture is no longer shown."""
        found = self._kept.pop(key, None)
        return self._taken(found[0]) if found else ""

    def keep(self, keys: Iterable[str]) -> str:
        """No others than these are shown any more."""
        gone = self._kept.keys() - set(keys)
        return "".join(self.drop(key) for key in sorted(gone))

    def again(self) -> str:
        """The terminal has forgotten them: send all."""
        return "".join(self._given(*picture) for picture in self._kept.values())

    def away(self) -> str:
        """Have the terminal forget them; `again` brings them back."""
        return "".join(self._taken(number) for number, *_ in self._kept.values())

    def _free(self) -> Iterator[int]:
        """Numbers that no picture has, the one longest out of use first."""
        taken = {number for number, *_ in self._kept.values()}
        most = len(MARKS) - 1
        candidates = ((self._last + step) % most + 1 for step in range(most))
        return (number for number in candidates if number not in taken)


class Plates(Kept[bytes]):
    """PNG files that kitty keeps."""

    def _given(self, number: int, picture: bytes, columns: int, rows: int) -> str:
        return sent(number, picture, columns, rows)

    def _taken(self, number: int) -> str:
        return deleted(number)
