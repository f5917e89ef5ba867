"""The parts of a date that are not the day: clock, zone, morning and evening, and "two hours ago".

All functions take text folded by ``tui.news.months.fold``.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from tui.news.months import fold
from tui.news.zones import is_zone, place_offset, zone_offset

_AFTERNOON = 'pm|p\\.m\\.?|م|مساء?|مساءا|عصرا|ظهرا|بعد الظهر|بعد از ظهر|ب\\.ظ|عصر|شب|شام|دوپهر|אחה"צ|בערב|אחר הצהריים'
_MORNING = "am|a\\.m\\.?|ص|صباحا?|صباح|قبل از ظهر|ق\\.ظ|صبح|בבוקר|לפנות בוקר|فجرا"
_MERIDIEM = rf"(?P<pm>{_AFTERNOON})|(?P<am>{_MORNING})"
_LED = r"(?:(?<![^\W\d_])(?:(?P<pm_led>شام|سه پهر|سہ پہر|دوپہر|عصر|مساء)|(?P<am_led>صبح|صباحا?)|(?P<night>رات))\s+)?"
"""Part of the day before the clock: Urdu's way."""
_CLOCK = re.compile(
    rf"{_LED}(?<![\d:.])(?P<h>\d{{1,2}})\s?(?::|h|\.(?=\d\d(?!\d|\.)))\s?(?P<m>\d\d|\d(?=:\d))(?::(?P<s>\d\d?)(?:[.,]\d+)?)?(?!\d)(?:\s*(?:{_MERIDIEM})(?![^\W\d_]))?"
)
_COMPACT = re.compile(r"^t(?P<h>\d\d)(?P<m>\d\d)(?P<s>\d\d)?")
_TOLD = re.compile(
    rf"(?<![\d:])(?P<h>\d{{1,2}})\s*(?:و|س|h)\s*(?P<m>\d\d?)\s*(?:دقيق\w*|د(?!\w)|min\w*)(?:\s*و\s*(?P<s>\d\d?)\s*ثاني\w*)?(?:\s*(?:{_MERIDIEM})(?![^\W\d_]))?"
)
"""الساعة 14 و30 دقيقة, ساعت 11 و 01 دقیقه و 47 ثانیه."""
_HOUR = re.compile(rf"(?<![\d:])(?P<h>\d{{1,2}})\s*(?:{_MERIDIEM}|h|heures?)(?![^\W_])")
_HOUR_LED = re.compile(rf"{_LED}(?<![\d:])(?P<h>\d{{1,2}})\s*بج[يے]")
_OFFSET = re.compile(r"\s*\(?(?:utc|gmt|ut|z)?\s?(?P<sign>[+-])(?P<h>\d{1,2})(?::?(?P<m>\d\d))?(?!\d)")
_ZONE = re.compile(r"\s*\(?(?P<zone>[a-z]{1,5})\b(?!/)")


def parse_time(day: date, text: str) -> datetime:
    """``day`` at the time that ``text`` names, in UTC; midnight when it names none.

    Raises ValueError for a time that does not exist (25:00), OverflowError at the calendar's ends.
    """
    patterns = (_COMPACT, _CLOCK, _TOLD, _HOUR_LED, _HOUR)
    match = next((match for pattern in patterns if (match := pattern.search(text))), None)
    if not match:
        return datetime.combine(day, time(), UTC)
    parts = match.groupdict()
    hour, minute, second = int(parts["h"]), int(parts.get("m") or 0), min(int(parts.get("s") or 0), 59)
    extra = timedelta()
    if hour == 24 and minute == 0:
        hour, extra = 0, timedelta(days=1)
    local = datetime.combine(day, time(_hour_of_day(hour, parts), minute, second), UTC) + extra
    return local - timedelta(minutes=_offset(text, match.end(), local))


def _hour_of_day(hour: int, parts: dict[str, str | None]) -> int:
    evening = parts.get("night") and hour in range(6, 12)
    if (parts.get("pm") or parts.get("pm_led") or evening) and hour < 12:
        return hour + 12
    return 0 if hour == 12 and (parts.get("am") or parts.get("am_led") or parts.get("night")) else hour


def _offset(text: str, end: int, local: datetime) -> int:
    """Minutes east of Greenwich that the text names behind a time, or a place's time anywhere; 0 when it names none."""
    match = _OFFSET.match(text, end)
    if match:
        minutes = int(match["h"]) * 60 + int(match["m"] or 0)
        return (minutes if match["sign"] == "+" else -minutes) if minutes <= 14 * 60 else 0
    match = _ZONE.match(text, end)
    if match and is_zone(match["zone"]):
        return zone_offset(match["zone"], local)
    return place_offset(text, local)


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
_BEFORE = r"(?:منذ|قبل|من|il y ?a|depuis|לפני|about)"
_AFTER = r"(?:ago|earlier|مضت|مضي|پيش|قبل|پہلے|پهلے|پهلي)"
_ALL_UNITS = "|".join(sorted(map(re.escape, {*_PLAIN, *_DUAL}), key=len, reverse=True))
_COUNTS = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_PART = rf"(?:(?:\d{{1,3}}\s*|(?:{_COUNTS})\s+)?(?:{_ALL_UNITS})(?:\s+(?:{_COUNTS}))?(?!\w))"
_AND = r"\s*(?:,\s*)?(?:(?:و|and|et)\s+|[وו]-?)?"
_AND_HALF = r"(?P<half>\s+(?:ونصف|و نصف|and a half|et demie?|וחצי|و نيم))?"
_NEAR = r"(?:حوالي |نحو |اقل من |environ |about |around |moins de |כ-?|تقريبا )?"
_AGO = re.compile(rf"(?<!\w){_BEFORE}\s+{_NEAR}(?P<parts>{_PART}(?:{_AND}{_PART}){{0,3}}){_AND_HALF}(?!\w)")
_AGO_AFTER = re.compile(rf"(?<!\w)(?P<parts>{_PART}(?:{_AND}{_PART}){{0,3}}){_AND_HALF}\s+{_AFTER}(?!\w)")
_ONE = re.compile(
    rf"(?:(?P<digits>\d{{1,3}})\s*|(?P<count>{_COUNTS})\s+)?(?P<unit>{_ALL_UNITS})(?:\s+(?P<behind>{_COUNTS}))?(?!\w)"
)
_HALF = re.compile(
    rf"(?<!\w)(?:{_BEFORE}\s+نصف ساعه|نيم ساعت\s+{_AFTER}|half an hour ago|il y ?a une demi-heure|לפני חצי שעה"
    r"|آدها گھنٹ[هہ]\s+\w+|ادها گھنٹ[هہ]\s+\w+)(?!\w)"
)
_NOW = re.compile(r"^(?:الان|just now|now|a l'instant|עכשיו|כעת|هم اكنون|ابهي|قبل لحظات|منذ لحظات|قبل قليل|منذ قليل)$")
_DAYS = (
    (re.compile(r"(?<!\w)(?:اليوم|today|aujourd'hui|היום|امروز|اج)(?!\w)"), 0),
    (re.compile(r"(?<!\w)(?:اول امس|اول من امس|قبل امس|the day before yesterday|avant-hier|שלשום|پريروز)(?!\w)"), 2),
    (re.compile(r"(?<!\w)(?:(?:يوم )?امس|البارحه|yesterday|hier|אתמול|ديروز)(?!\w)"), 1),
)
_HOUR_OR_ALONE = re.compile(r"\d{1,2}(?:[:h]\d\d|\s?h(?![^\W_]))|^[\W_]*$")


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
        match = pattern.search(text)
        if match:
            return _before(match, now)
    for pattern, days in _DAYS:
        if pattern.search(text) and _HOUR_OR_ALONE.search(pattern.sub("", text)):
            try:
                return parse_time((now - timedelta(days=days)).date(), text)
            except ValueError:
                return None
    return None


def _before(match: re.Match[str], now: datetime) -> datetime | None:
    """``now`` less all that is named: "منذ 3 ساعات و20 دقيقة", "an hour and a half ago"."""
    found, length = now, 0
    for part in _ONE.finditer(match["parts"]):
        unit = part["unit"]
        dual = unit in _DUAL and not part["digits"]
        count = 2 if dual else int(part["digits"] or _NUMBERS.get(part["count"] or part["behind"] or "", 1))
        length, months = _DUAL.get(unit) or _PLAIN[unit]
        if not count:
            return None
        if not months:
            found -= timedelta(seconds=length * count)
            continue
        total = found.year * 12 + found.month - 1 - length * count
        if total // 12 <= 1900:
            return None
        found = found.replace(year=total // 12, month=total % 12 + 1, day=min(found.day, 28))
        length *= 30 * 86400
    return found - timedelta(seconds=length // 2) if match["half"] else found
