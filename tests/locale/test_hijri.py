"""The Islamic calendar: known dates, and every day of four centuries after the one before it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tui.locale.hijri import hijri

LONG = {2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(622, 7, 19), (1, 1, 1)),
        (date(1979, 11, 21), (1400, 1, 1)),
        (date(2000, 1, 1), (1420, 9, 24)),
        (date(2000, 4, 6), (1421, 1, 1)),
        (date(2024, 7, 8), (1446, 1, 1)),
    ],
)
def test_known_dates(day: date, expected: tuple[int, int, int]) -> None:
    assert hijri(day) == expected


def test_every_day_follows_the_one_before() -> None:
    day = date(1900, 1, 1)
    year, month, of_month = hijri(day)
    for _ in range(4 * 36525):
        day += timedelta(days=1)
        last = 30 if month % 2 or (month == 12 and year % 30 in LONG) else 29
        if of_month < last:
            of_month += 1
        else:
            of_month, month = 1, month + 1
            if month > 12:
                month, year = 1, year + 1
        assert hijri(day) == (year, month, of_month), day
