"""Dates in every form the press writes them, to aware datetimes in UTC.

Feeds write RFC 822 with odd zones, RFC 3339 and epoch seconds; pages write ``21 - 10 - 2015``, ``11 دجنبر 2025`` or
``منذ ساعتين``. What cannot be read for certain gives None: no date is better than a wrong year.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache

from tui.news.moments import parse_relative, parse_time
from tui.news.months import fold, month_numbers, month_pattern, solar_hijri

_YEARS = range(1900, 2200)
_LUNAR = (1421, 1500)
_SEPARATOR = r"\s*[-/.]\s*"
_YEAR_FIRST = re.compile(
    rf"(?<![\d.:])(\d{{4}})(?:{_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})|(\d\d)(\d\d)(?=t\d))(?![\d:]|[-/.]\d)"
)
_DAY_FIRST = re.compile(rf"(?<![\d.:+])(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}})(?![\d:]|[-/.]\d)")
_SHORT_YEAR = re.compile(r"(?<![\d.:/])(\d\d)([./])(\d\d)\2([0-4]\d)(?![\d:]|[./]\d)")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d\d)")
_EPOCH = re.compile(r"(?:/?date\()?(?:(\d{9,10})(?:\.\d+)?|(\d{13})|(\d{16}))(?:\)/?)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:\d\d)?)?")
"""20251211 and 202512111430: of another length than an epoch."""
_DRAWN_OUT = re.compile(r"(?<=[\d\s])ـ+(?=[\s\d])")
"""A line drawn with tatweel, which folding drops: 21 ــ 10 ــ 2015."""
_SIGNED = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_SIGNED_TIME = re.compile(r"(?<!\d)(\d{1,2})\s*[時点시时]\s*(\d{1,2})\s*[分분]")
"""2026年3月4日 9時05分: as Japanese, Chinese and Korean papers write it."""
_WEEK = re.compile(r"(\d{4})-w(\d\d)-?([1-7])(?=t|$)")


def parse_date(text: str, *, now: datetime) -> datetime | None:
    """The moment ``text`` names, in UTC, or None when it names none for certain.

    A time without a zone is taken as UTC, a date without a time as midnight; numbers are day before month unless
    the year comes first or only month before day is possible. ``now`` (aware) anchors "two hours ago".
    """
    text = _SIGNED_TIME.sub(r" \1:\2 ", _SIGNED.sub(r" \1-\2-\3 ", _DRAWN_OUT.sub("-", text[:300])))
    text = _numbered(fold(text))
    if not text:
        return None
    found = _epoch(text) or _calendar(text) or parse_relative(text, now)
    if found is None or found == datetime(1970, 1, 1, tzinfo=UTC):  # the epoch itself is a missing value
        return None
    return found


def _epoch(text: str) -> datetime | None:
    match = _EPOCH.fullmatch(text)
    if not match:
        return None
    seconds, milliseconds, microseconds = match.groups()
    value = int(seconds or milliseconds or microseconds) / (1 if seconds else 1e3 if milliseconds else 1e6)
    return datetime.fromtimestamp(int(value), UTC) if value < 4.2e9 else None


def _calendar(text: str) -> datetime | None:
    for read in (_compact, _week, _year_first, _with_month_name, _day_first, _short_year, _year_month):
        found = read(text)
        if found is not None:
            day, rest = found
            try:
                return parse_time(day, rest)
            except (ValueError, OverflowError):
                return None
    return None


_Found = tuple[date, str] | None
"""A day, and the text in which its time and zone are looked for."""


def _year_first(text: str) -> _Found:
    for match in _YEAR_FIRST.finditer(text):
        year, month, day, compact_month, compact_day = match.groups()
        found = _day(int(year), int(month or compact_month), int(day or compact_day))
        if found:
            return found, text[match.end() :] or text[: match.start()]
        if not _is_lunar(int(year)):
            break
    return None


def _day_first(text: str) -> _Found:
    for match in _DAY_FIRST.finditer(text):
        first, second, year = map(int, match.groups())
        if second > 12 >= first:
            first, second = second, first
        found = _day(year, second, first)
        if found:
            return found, text[: match.start()] + " " + text[match.end() :]
        if not _is_lunar(year):
            break
    return None


def _short_year(text: str) -> _Found:
    """11/12/25 and 11.12.25, as Hebrew and German papers write it."""
    match = _SHORT_YEAR.search(text)
    if not match:
        return None
    found = _day(2000 + int(match[4]), int(match[3]), int(match[1]))
    return (found, text[: match.start()] + " " + text[match.end() :]) if found else None


def _is_lunar(year: int) -> bool:
    """A year of the lunar Hijri calendar, which pages write before our own: "20/06/1447 - 11/12/2025"."""
    return _LUNAR[0] <= year <= _LUNAR[1]


def _compact(text: str) -> _Found:
    match = _COMPACT.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute = match.groups()
    found = _day(int(year), int(month), int(day))
    return (found, f"{hour}:{minute}" if hour else "") if found else None


def _week(text: str) -> _Found:
    """ISO 8601's week dates."""
    match = _WEEK.match(text)
    try:
        return (date.fromisocalendar(*map(int, match.groups())), text[match.end() :]) if match else None
    except ValueError:
        return None


def _year_month(text: str) -> _Found:
    match = _YEAR_MONTH.fullmatch(text)
    found = _day(int(match[1]), int(match[2]), 1) if match else None
    return (found, "") if found else None


_UNITS = ("يكم", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم")
_TEENS = ("دهم", "يازدهم", "دوازدهم", "سيزدهم", "چهاردهم", "پانزدهم", "شانزدهم", "هفدهم", "هجدهم", "نوزدهم")
_ORDINALS = {
    word: str(number)
    for number, word in (
        *enumerate([*_UNITS, *_TEENS, "بيستم", *(f"بيست و {unit}" for unit in _UNITS), "سي ام", "سي و يكم"], 1),
        *((1, word) for word in ("اول", "فاتح", "الاول من", "premier")),
    )
}
"""Days that are written in words: Persian ordinals, and the first of a month (Morocco says that it opens)."""


@cache
def _in_words() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _ORDINALS), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({words})\s+(?={month_pattern()})")


def _numbered(text: str) -> str:
    """``text`` with the day of a month in digits."""
    return _in_words().sub(lambda match: f"{_ORDINALS[match[1]]} ", text)


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    name = month_pattern()
    twice = rf"(?:ב|ל|ب)?({name})['.]?(?:\s*[/(-]?\s*({name})\)?)?(?:\s+ماه\b)?"
    ordinal = r"(?:(?:st|nd|rd|th|er|eme)\b)?"
    year = r"(?:(?:de|of|من|سنه|عام)\s+|')?(\d{4}|\d\d(?=\s+\d{1,2}:\d\d|\s*$))(?![\d:])"
    clock = r"\d{1,2}:\d\d(?::\d\d)?(?:\s+[a-z]{1,5}|\s+[+-]\d{4})?"
    return (
        re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}){ordinal}[\s,./-]*(?:de\s|of\s|من\s)?\s*{twice}[\s,./-]*{year}"),
        re.compile(rf"(?<![^\W\d_]){twice}\s*-?(?P<d>\d{{1,2}}){ordinal}[\s,.-]+(?:at\s+)?(?:{clock}\s+)?{year}"),
        re.compile(rf"(?<!\d)(?P<y>\d{{4}})[\s,.-]+{twice}[\s,.-]+(?P<d>\d{{1,2}})(?!\d)"),
    )


def _with_month_name(text: str) -> _Found:
    for pattern in _named():
        match = pattern.search(text)
        if match:
            break
    else:
        return None
    groups = match.groupdict()
    names = [month_numbers()[_name(value)] for value in match.groups() if value and _name(value) in month_numbers()]
    if len(set(names)) != 1:  # "30 September October 2015"
        return None
    found = _day(_full_year(groups.get("y") or match.groups()[-1]), names[0], int(groups["d"]))
    if found is None:
        return None
    inner = match[0] if ":" in match[0] else ""  # asctime: the time stands between day and year
    return found, f"{inner} {text[match.end() :]} ; {text[: match.start()]}"


def _name(value: str) -> str:
    return value if value in month_numbers() else re.sub(r"(?<=ن)(?=ال|ثان|اول)", " ", value)


def _full_year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 50 else 1900)  # RFC 2822 section 4.3


def _day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day; months above 100 and years 1244 to 1502 are Solar Hijri. None when there is no such day."""
    if 1300 <= year < 1500:  # a lunar Hijri year would come out decades late: only years up to our own can be solar
        return solar_hijri(year, month % 100, day) if year < _LUNAR[0] else None
    if month > 100 or year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
