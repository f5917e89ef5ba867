"""How wide the column of ages is in a list with one line a story: the same for all stories that are told alike.

Ages of less than a week are words that differ little in width; dates are wider, and those with a year wider still.
Each of the three has the room its widest form needs, so a column's edge moves where the list goes on to another form,
never from one story to the next.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.bidi.layout import line

if TYPE_CHECKING:
    from tui.locale import Locale

WEEK = timedelta(days=7)
WIDEST = 20
"""Cells."""
# One number of each plural form there is, with one digit and with two.
_SAMPLES = [
    *(timedelta(minutes=n) for n in (0, 1, 2, 3, 10, 11, 59)),
    *(timedelta(hours=n) for n in (1, 2, 3, 10, 11, 23)),
    *(timedelta(days=n) for n in range(1, 7)),
]


class AgeColumn:
    """The widths for one language."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        self._cells = lru_cache(None)(self._widest)

    def cells(self, then: datetime | None, now: datetime) -> int:
        """The width of the column that ``then`` is told in; a story without a time has that of the words."""
        if then is None or now - then < WEEK:
            return self._cells("words")
        return self._cells("dates" if then.year == now.year else "years")

    def _widest(self, form: str) -> int:
        if form == "words":
            now = datetime(2001, 1, 31, tzinfo=UTC)
            texts = [self._locale.age(now - age, now) for age in _SAMPLES]
        else:
            texts = [self._locale.date(date(2000, month, 28), year=form == "years") for month in range(1, 13)]
        return max(line(text, WIDEST).cells for text in texts)
