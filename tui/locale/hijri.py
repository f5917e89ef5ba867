"""The tabular (civil) Islamic calendar: thirty-year cycles in which years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29
have 355 days, counted from Friday 16 July 622 (Julian). It may differ by a day from what a country announces."""

from __future__ import annotations

from datetime import date

_DAYS_BEFORE = 227_014
"""Ordinal (``date.toordinal``) of the day before 1 Muharram 1."""


def hijri(day: date) -> tuple[int, int, int]:
    """Year, month (1 to 12) and day of the month of a date from 19 July 622 (Gregorian) on."""
    since = day.toordinal() - _DAYS_BEFORE
    year = (30 * (since - 1) + 10646) // 10631
    of_year = since - _before(year)
    month = min(12, (2 * of_year + 57) // 59)
    return year, month, of_year - _before_month(month)


def _before(year: int) -> int:
    """Days of the calendar before a year."""
    return (year - 1) * 354 + (3 + 11 * year) // 30


def _before_month(month: int) -> int:
    """Days of a year before a month: odd months have 30 days, even ones 29."""
    return (59 * (month - 1) + 1) // 2
