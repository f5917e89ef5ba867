"""The parts of a date that are not the day: clock, zone, morning and evening, and "two hours ago".

All functions take text folded by ``tui.news.months.fold``.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from tui.news.months import fold

_AFTERNOON = 'pm|p\\.m\\.?|م|مساء?|مساءا|عصرا|ظهرا|بعد الظهر|بعد از ظهر|ب\\.ظ|عصر|شب|شام|دوپهر|אחה"צ|בערב|אחר הצהריים'
_MORNING = "am|a\\.m\\.?|ص|صباحا?|صباح|قبل از ظهر|ق\\.ظ|صبح|בבוקר|לפנות בוקר|فجرا"
_MERIDIEM = rf"(?P<pm>{_AFTERNOON})|(?P<am>{_MORNING})"
_CLOCK = re.compile(
    rf"(?<![\d:.])(?P<h>\d{{1,2}})\s?(?::|h|\.(?=\d\d(?!\d|\.)))\s?(?P<m>\d\d|\d(?=:\d))(?::(?P<s>\d\d?)(?:[.,]\d+)?)?(?!\d)(?:\s*(?:{_MERIDIEM})(?![^\W\d_]))?"
)
_COMPACT = re.compile(r"^t(?P<h>\d\d)(?P<m>\d\d)(?P<s>\d\d)?")
_HOUR = re.compile(rf"(?<![\d:])(?P<h>\d{{1,2}})\s*(?:{_MERIDIEM}|h|heures?)(?![^\W_])")
_OFFSET = re.compile(r"\s*\(?(?:utc|gmt|ut|z)?\s?(?P<sign>[+-])(?P<h>\d{1,2})(?::?(?P<m>\d\d))?(?!\d)")
_ZONE = re.compile(r"\s*\(?(?P<zone>[a-z]{1,5})\b")
_ARABIC_ZONES = tuple(
    (re.compile(rf"توقيت (?:{places})"), minutes)
    for places, minutes in (
        ("غرين|جرين", 0),
        ("مكه|السعوديه|الرياض|الدوحه|قطر|الكويت|بغداد|العراق|البحرين|اليمن|صنعاء", 180),
        ("ابوظبي|ابو ظبي|دبي|الامارات|مسقط|عمان", 240),
    )
)
"""Places that keep one time all year."""

_ZONES = {
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


def parse_time(day: date, text: str) -> datetime:
    """``day`` at the time that ``text`` names, in UTC; midnight when it names none.

    Raises ValueError for a time that does not exist (25:00), OverflowError at the calendar's ends.
    """
    match = _COMPACT.search(text) or _CLOCK.search(text)
    if not match:
        match = _HOUR.search(text)
        if not match:
            return datetime.combine(day, time(), UTC)
    parts = match.groupdict()
    hour, minute, second = int(parts["h"]), int(parts.get("m") or 0), min(int(parts.get("s") or 0), 59)
    extra = timedelta()
    if hour == 24 and minute == 0:
        hour, extra = 0, timedelta(days=1)
    if parts.get("pm") and hour < 12:
        hour += 12
    elif parts.get("am") and hour == 12:
        hour = 0
    local = datetime.combine(day, time(hour, minute, second), UTC) + extra
    return local - timedelta(minutes=_offset(text[match.end() :]))


def _offset(text: str) -> int:
    """Minutes east of Greenwich that the text after a time names; 0 when it names none."""
    match = _OFFSET.match(text)
    if match:
        minutes = int(match["h"]) * 60 + int(match["m"] or 0)
        return (minutes if match["sign"] == "+" else -minutes) if minutes <= 14 * 60 else 0
    match = _ZONE.match(text)
    if match:
        return _ZONES.get(match["zone"], 0)
    return next((minutes for pattern, minutes in _ARABIC_ZONES if pattern.search(text)), 0)


# Units: (seconds or months, singular and plural forms, dual forms)
_SECONDS = {
    1: ("ثانيه ثواني ثوان second seconds sec seconde secondes שניה שניות שנייה ثانیه سیکنڈ", "ثانيتين ثانيتان"),
    60: ("دقيقه دقائق دقايق minute minutes min mins mn דקה דקות دقیقه منٹ", "دقيقتين دقيقتان"),
    3600: ("ساعه ساعات hour hours hr hrs h heure heures שעה שעות ساعت گھنٹه گھنٹے گھنٹہ", "ساعتين ساعتان שעתיים"),
    86400: ("يوم ايام يوما day days d jour jours יום ימים روز دن", "يومين يومان יומיים"),
    604800: ("اسبوع اسابيع اسبوعا week weeks semaine semaines שבוע שבועות هفته ہفتے ہفته", "اسبوعين اسبوعان שבועיים"),
}
_MONTHS = {
    1: ("شهر اشهر شهور شهرا month months mois חודש חודשים ماه مہینے ماه", "شهرين شهران חודשיים"),
    12: ("سنه سنوات عام اعوام عاما year years an ans annee שנה שנים سال", "سنتين عامين سنتان عامان שנתיים"),
}
_NUMBERS = {
    fold(word): number
    for number, words in enumerate(
        (
            "", "واحد واحده one a an un une אחת אחד یک ایک", "اثنين اثنتين two deux שתי שני دو",
            "ثلاث ثلاثه three trois שלוש שלושה سه تین",
            "اربع اربعه four quatre ארבע ארבעה چهار چار", "خمس خمسه five cinq חמש חמישה پنج پانچ",
            "ست سته six שש שישה شش",
            "سبع سبعه seven sept שבע שבעה هفت سات", "ثماني ثمانيه ثمان eight huit שמונה هشت آٹھ",
            "تسع تسعه nine neuf תשע תשעה نه نو",
            "عشر عشره ten dix עשר עשרה ده دس",
        )
    )
    for word in words.split()
}  # fmt: skip


def _units() -> tuple[dict[str, tuple[int, bool]], dict[str, tuple[int, bool]]]:
    """Folded unit word → (length, in months), for one-or-many forms and for dual forms."""
    plain: dict[str, tuple[int, bool]] = {}
    dual: dict[str, tuple[int, bool]] = {}
    for table, months in ((_SECONDS, False), (_MONTHS, True)):
        for length, (forms, duals) in table.items():
            plain |= {fold(word): (length, months) for word in forms.split()}
            dual |= {fold(word): (length, months) for word in duals.split()}
    return plain, dual


_PLAIN, _DUAL = _units()
_BEFORE = r"(?:منذ|قبل|من|il y a|depuis|לפני|about)"
_AFTER = r"(?:ago|مضت|مضي|پيش|قبل|پہلے|پهلے|پهلي)"
_WORD = r"[^\W\d_]+"
_AGO = re.compile(rf"(?<!\w){_BEFORE}\s+(?:حوالي |نحو |environ |about |כ-?)?(?:(\d{{1,3}}|{_WORD})\s+)?({_WORD})(?!\w)")
_AGO_AFTER = re.compile(rf"(?<!\w)(?:(\d{{1,3}}|{_WORD})\s*)({_WORD})\s+{_AFTER}(?!\w)")
_HALF = re.compile(
    rf"(?<!\w)(?:{_BEFORE}\s+نصف ساعه|نيم ساعت\s+{_AFTER}|half an hour ago|il y a une demi-heure|לפני חצי שעה)(?!\w)"
)
_AND = re.compile(rf"\s*(?:و|and|et|ו)\s*-?(\d{{1,3}})\s+({_WORD})(?!\w)")
_NOW = re.compile(r"^(?:الان|just now|now|a l'instant|עכשיו|כעת|هم اكنون|ابهي|قبل لحظات|منذ لحظات|قبل قليل|منذ قليل)$")
_DAYS = (
    (re.compile(r"(?<!\w)(?:اليوم|today|aujourd'hui|היום|امروز|اج)(?!\w)"), 0),
    (re.compile(r"(?<!\w)(?:اول امس|قبل امس|avant-hier|שלשום|پريروز)(?!\w)"), 2),
    (re.compile(r"(?<!\w)(?:امس|البارحه|yesterday|hier|אתמול|ديروز)(?!\w)"), 1),
)


def parse_relative(text: str, now: datetime) -> datetime | None:
    """The moment that "two hours ago", "yesterday at 10:00" and the like name, in UTC, or None."""
    now = now.astimezone(UTC)
    if len(text) > 60:  # a sentence, not a time stamp
        return None
    if _NOW.match(text):
        return now
    if _HALF.search(text):
        return now - timedelta(minutes=30)
    for pattern in (_AGO, _AGO_AFTER):
        for match in pattern.finditer(text):
            found = _step(match[1] or "", match[2], now)
            if found:
                rest = _AND.match(text, match.end(1 if match[1] in _PLAIN else 2))
                return (_step(rest[1], rest[2], found) or found) if rest else found
    for pattern, days in _DAYS:
        if pattern.search(text) and _HOUR_OR_ALONE.search(pattern.sub("", text)):
            try:
                return parse_time((now - timedelta(days=days)).date(), text)
            except ValueError:
                return None
    return None


_HOUR_OR_ALONE = re.compile(r"\d{1,2}[:h]\d\d|^[\W_]*$")


def _step(number: str, unit: str, now: datetime) -> datetime | None:
    count = int(number) if number.isdigit() else _NUMBERS.get(number, 0) if number else 1
    if number in _DUAL and unit not in _PLAIN:
        unit, count = number, 2
    if number in _PLAIN and unit not in _PLAIN and unit not in _DUAL:  # "منذ ساعة تقريبا"
        unit, count = number, 1
    if unit in _DUAL:
        count = count if number.isdigit() else 2
    length, months = _DUAL.get(unit) or _PLAIN.get(unit) or (0, False)
    if not length or not count:
        return None
    if not months:
        return now - timedelta(seconds=length * count)
    total = now.year * 12 + now.month - 1 - length * count
    return now.replace(year=total // 12, month=total % 12 + 1, day=min(now.day, 28)) if total // 12 > 1900 else None
