"""Minutes east of Greenwich, by the name of a zone or of a place: "CET", "بتوقيت القاهرة", "heure de Paris".

Pure: the parser process has no files, so no time zone database either. Summer times are rules here, as they are in
force; of years before a rule, the rule's own are taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache

from tui.news.months import fold

ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "bst": 60, "wat": 60, "cet": 60, "cest": 120,
    "met": 60, "mest": 120, "mez": 60,
    "cat": 120, "sast": 120, "eet": 120, "eest": 180, "idt": 180, "trt": 180, "msk": 180, "eat": 180, "irst": 210,
    "irdt": 270,
    "gst": 240, "aft": 270, "pkt": 300, "ist": 330, "npt": 345, "wib": 420, "sgt": 480, "hkt": 480, "awst": 480,
    "jst": 540, "kst": 540,
    "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "nst": -210, "ndt": -150, "ast": -240, "adt": -180,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "brt": -180,
    "art": -180,
}  # fmt: skip
"""Minutes east of Greenwich. "ist" is India's, "ast" the Atlantic's: the commonest meaning in feeds."""

_BY_PLACE = frozenset(("et", "ct", "mt", "pt"))
"""Abbreviations that name a place's time, summer or not."""
_RAMADAN = (
    (date(2019, 5, 5), date(2019, 6, 9)),
    (date(2020, 4, 19), date(2020, 5, 31)),
    (date(2021, 4, 11), date(2021, 5, 16)),
    (date(2022, 3, 27), date(2022, 5, 8)),
    (date(2023, 3, 19), date(2023, 4, 23)),
    (date(2024, 3, 10), date(2024, 4, 14)),
    (date(2025, 2, 23), date(2025, 4, 6)),
    (date(2026, 2, 15), date(2026, 3, 22)),
    (date(2027, 2, 7), date(2027, 3, 14)),
    (date(2028, 1, 23), date(2028, 3, 5)),
    (date(2029, 1, 14), date(2029, 2, 18)),
    (date(2029, 12, 30), date(2030, 2, 10)),
)
"""Days in which Morocco's clocks stand at Greenwich's: first, and the one on which they go on again."""


def _last(weekday: int, year: int, month: int) -> date:
    """The last such weekday (Monday 0) of a month that has 30 days at least and is not December."""
    day = date(year, month + 1, 1) - timedelta(days=1)
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _nth_sunday(n: int, year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (n - 1))


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(hours=hour)


def _europe(local: datetime, base: int) -> bool:
    hour = 1 + base // 60
    return _at(_last(6, local.year, 3), hour) <= local < _at(_last(6, local.year, 10), hour)


def _america(local: datetime, _base: int) -> bool:
    return _at(_nth_sunday(2, local.year, 3), 2) <= local < _at(_nth_sunday(1, local.year, 11), 1)


def _israel(local: datetime, _base: int) -> bool:
    spring = _last(6, local.year, 3) - timedelta(days=2)
    return _at(spring, 2) <= local < _at(_last(6, local.year, 10), 1)


def _egypt(local: datetime, _base: int) -> bool:
    spring, autumn = _last(4, local.year, 4), _last(3, local.year, 10)
    return local.year >= 2023 and _at(spring, 0) <= local < _at(autumn, 23)


def _lebanon(local: datetime, _base: int) -> bool:
    return _at(_last(6, local.year, 3), 0) <= local < _at(_last(6, local.year, 10) - timedelta(days=1), 23)


def _morocco(local: datetime, _base: int) -> bool:
    return not any(_at(first, 2) <= local < _at(last, 2) for first, last in _RAMADAN)


_Summer = Callable[[datetime, int], bool]
_PLACES: tuple[tuple[int, _Summer | None, str], ...] = (
    (0, None, "غرينيتش غرينتش غرينتيش جرينتش جرينيتش گرینویچ גריניץ' greenwich utc gmt universel"
     " abidjan dakar نواكشوط nouakchott"),
    (0, _europe, "لندن بريطانيا بریتانیا لندن londres london britain uk dublin لشبونه lisbonne lisbon לונדון"),
    (0, _morocco, "المغرب الرباط الدار_البيضاء الدار rabat casablanca maroc morocco"),
    (60, None, "الجزائر تونس alger algerie tunis tunisie algiers algeria tunisia lagos لاغوس"),
    (60, _europe, "باريس فرنسا پاریس برلين مدريد روما بروكسل جنيف اوروبا_الوسطى paris france berlin madrid rome"
     " bruxelles brussels geneve geneva zurich amsterdam vienna stockholm oslo copenhagen prague warsaw budapest"
     " פריז ברלין פאריז"),
    (120, None, "طرابلس ليبيا الخرطوم السودان tripoli libye libya khartoum johannesburg"),
    (120, _europe, "اثينا قبرص athenes athens helsinki kiev kyiv كييف bucharest"),
    (120, _egypt, "القاهره مصر caire cairo egypt egypte"),
    (120, _israel, "القدس القدس_المحتله اسرائيل ישראל ירושלים jerusalem israel tel_aviv"),
    (120, _lebanon, "بيروت لبنان beyrouth beirut liban lebanon"),
    (180, None, "مكه مكه_المكرمه السعوديه الرياض الدوحه قطر الكويت بغداد العراق البحرين المنامه اليمن صنعاء عدن عمان"
     " الاردن دمشق سوريا سوريه موسكو مسکو اسطنبول تركيا انقره la_mecque mecque mecca makkah riyadh riyad doha qatar"
     " kuwait koweit baghdad bagdad irak iraq bahrain aden damascus damas amman moscow moscou istanbul ankara turkey"
     " nairobi saudi_arabia מוסקבה"),
    (210, None, "طهران تهران ایران teheran tehran iran טהרן"),
    (240, None, "ابوظبي ابو_ظبي دبي الامارات مسقط سلطنه_عمان abou_dhabi abu_dhabi dubai emirates oman muscat"),
    (270, None, "كابول کابل افغانستان kaboul kabul"),
    (300, None, "پاکستان کراچی اسلام_آباد pakistan karachi islamabad lahore"),
    (330, None, "الهند بھارت نئی_دہلی inde india delhi new_delhi kolkata calcutta mumbai"),
    (480, None, "بكين پکن pekin beijing shanghai singapore hong_kong"),
    (540, None, "طوكيو توکیو tokyo seoul"),
    (-300, _america, "نيويورك نیویورک واشنطن واشنگتن new_york washington eastern et toronto montreal"
     " ניו_יורק וושינגטון"),
    (-360, _america, "chicago central ct"),
    (-420, _america, "denver mountain mt"),
    (-480, _america, "los_angeles pacific pt"),
)  # fmt: skip
"""Standard time, when the clocks are an hour on, and the places. "عمان" is Amman: Oman is called the Sultanate."""


@cache
def _places() -> dict[str, tuple[int, _Summer | None]]:
    return {fold(name.replace("_", " ")): (base, summer) for base, summer, names in _PLACES for name in names.split()}


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    names = "|".join(re.escape(name) for name in sorted(_places(), key=len, reverse=True))
    place = rf"(?:ال)?(?P<place>{names})(?!\w)"
    return (
        re.compile(
            rf"(?:توقيت|(?<!\w)وقت|שעון|heures? (?:locales? )?(?:de la |de l'|de |du |d'|a ))\s*(?:مدينه )?{place}"
        ),
        re.compile(rf"(?<![\w/]){place} (?:local |standard |daylight )?time(?!\w)"),
        re.compile(rf"(?<!\w)[a-z]{{2,10}}/(?P<place>{names.replace(chr(92) + ' ', '_')})(?!\w)"),
    )


def is_zone(name: str) -> bool:
    """True for an abbreviation that is known: "cet", "et"."""
    return name in ZONES or name in _BY_PLACE


def zone_offset(zone: str, local: datetime) -> int:
    """The minutes of a known abbreviation at the moment ``local`` there."""
    return ZONES[zone] if zone in ZONES else _at_place(zone, local)


def place_offset(text: str, local: datetime) -> int:
    """The minutes of the place whose time folded ``text`` says that it is, at the moment ``local`` there; else 0."""
    for pattern in _named():
        match = pattern.search(text)
        if match:
            return _at_place(match["place"].replace("_", " "), local)
    return 0


def _at_place(place: str, local: datetime) -> int:
    base, summer = _places()[place]
    try:
        return base + 60 * (summer is not None and summer(local.replace(tzinfo=None), base))
    except (OverflowError, ValueError):  # the calendar's ends
        return base
