"""Properties of code points for str.translate, found on demand."""

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")

_LIMIT = 65_536  # a hostile text may hold every code point there is


class Table(dict[int, Value]):
    """Code point → ``find(code point)``, remembered. Bounded: it starts anew when it is full."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[int], Value]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, cp: int) -> Value:
        value = self._find(cp)
        if len(self) >= _LIMIT:
            self.clear()
        self[cp] = value
        return value
