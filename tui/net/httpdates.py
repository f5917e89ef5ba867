"""HTTP dates, read strictly (RFC 9110 §5.6.7): a date that is not one makes a response stale, not immortal."""

from __future__ import annotations

import re
from calendar import timegm
from datetime import UTC, datetime
from email.utils import formatdate

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_DAY = "(?:mon|tue|wed|thu|fri|sat|sun)"
_LONG_DAY = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_TIME = r"(?P<h>\d\d):(?P<m>\d\d):(?P<s>\d\d)"
_FORMS = (
    re.compile(rf"{_DAY}, (?P<d>\d\d) (?P<mon>[a-z]{{3}}) (?P<y>\d{{4}}) {_TIME} gmt", re.IGNORECASE | re.ASCII),
    re.compile(rf"{_LONG_DAY}, (?P<d>\d\d)-(?P<mon>[a-z]{{3}})-(?P<y>\d\d) {_TIME} gmt", re.IGNORECASE | re.ASCII),
    re.compile(rf"{_DAY} (?P<mon>[a-z]{{3}}) (?P<d>[ \d]\d) {_TIME} (?P<y>\d{{4}})", re.IGNORECASE | re.ASCII),
)


def parse_http_date(text: str, now: float | None = None) -> float | None:
    """Seconds since the epoch, or None when ``text`` is none of the three forms of RFC 9110 §5.6.7.

    A two-digit year more than 50 years after ``now`` (default: this year) is one of the past century, as the RFC says.
    """
    text = text.strip(" \t")
    for form in _FORMS:
        if match := form.fullmatch(text):
            break
    else:
        return None
    month = _MONTHS.get(match["mon"].lower())
    year = int(match["y"])
    if len(match["y"]) == 2:
        this = datetime.now(UTC).year if now is None else datetime.fromtimestamp(now, UTC).year
        year += this - this % 100
        if year > this + 50:
            year -= 100
    hour, minute, second = int(match["h"]), int(match["m"]), int(match["s"])
    if month is None or hour > 23 or minute > 59 or second > 60:
        return None
    try:
        datetime(year, month, int(match["d"]), tzinfo=UTC)
        return float(timegm((year, month, int(match["d"]), hour, minute, min(second, 59), 0, 0, 0)))
    except (ValueError, OverflowError):
        return None


def http_date(seconds: float) -> str:
    """The preferred form of a date (IMF-fixdate)."""
    return formatdate(seconds, usegmt=True)
