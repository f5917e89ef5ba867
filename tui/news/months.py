"""Month names as the press of the Arab world, Israel, Iran, Pakistan,
France and the English-speaking world writes them.

Facts: the Mashriq, Levant, Moroccan and Algerian/Tunisian names of the Gregorian months, the Persian names of the
Gregorian months, and the months of the Solar Hijri calendar. Keys are folded with ``fold``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from tui.news import folding

_SEPARATORS = str.maketrans(
    {**dict.fromkeys("־‐‑–—−", "-"), **dict.fromkeys("’‘׳´", "'"), "،": ",", "٫": ".", "∶": ":", "：": ":", "／": "/"}
)

GREGORIAN = (
    "يناير جانفي كانون2 كانون_الثاني كانون_ثاني كانون_ثان ینایر january janvier janv jan ינואר ינו ژانویه ژانويه جنوری",
    "فبراير فيفري شباط february fevrier fevr fev feb פברואר פבר فوریه فروری",
    "مارس آذار march mars mar מרץ מרס مارچ",
    "أبريل إبريل أفريل نيسان ابريل april avril avr apr אפריל אפר آوریل اپریل",
    "مايو ماي أيار نوار may mai מאי مه می مئی",
    "يونيو يونيه جوان حزيران june juin jun יוני יונ ژوئن جون",
    "يوليو يوليوز يوليه جويلية تموز july juillet juil jul יולי יול ژوئیه ژوییه جولای جولائی",
    "أغسطس غشت أغشت أوت آب august aout aug אוגוסט אוג اوت آگوست اگست",
    "سبتمبر شتنبر أيلول september septembre sept sep ספטמבר ספט سپتامبر ستمبر",
    "أكتوبر تشرين1 تشرين_الأول تشرين_أول أكتوبر october octobre oct אוקטובר אוק اکتبر اکتوبر",
    "نوفمبر نونبر تشرين2 تشرين_الثاني تشرين_ثاني تشرين_ثان november novembre nov נובמבר נוב نوامبر نومبر",
    "ديسمبر دجنبر كانون1 كانون_الأول كانون_أول december decembre dec דצמבר דצמ دسامبر دسمبر",
)

ELSEWHERE = (
    "januar jänner januari enero gennaio janeiro stycznia января ocak",
    "februar februari febrero febbraio fevereiro lutego февраля şubat",
    "märz marzo março maart marca марта mart",
    "abril aprile kwietnia апреля nisan",
    "mayo maggio maio mei maj maja мая mayıs",
    "juni junio giugno junho czerwca июня haziran",
    "juli julio luglio julho lipca июля temmuz",
    "agosto augustus augusti sierpnia августа ağustos",
    "septiembre setiembre settembre setembro września сентября eylül",
    "oktober okt octubre ottobre outubro października октября ekim",
    "noviembre novembro listopada ноября kasım",
    "dezember dez diciembre dicembre dezembro grudnia декабря aralık",
)
"""Of the rest of Europe: German, Spanish, Italian, Portuguese, Dutch, Swedish, Polish, Russian, Turkish."""

SOLAR_HIJRI = (
    "فروردین حمل",
    "اردیبهشت ثور",
    "خرداد جوزا",
    "تیر سرطان",
    "مرداد امرداد اسد",
    "شهریور سنبله",
    "مهر میزان",
    "آبان عقرب",
    "آذر قوس",
    "دی جدی",
    "بهمن دلو",
    "اسفند حوت",
)


def fold(text: str) -> str:
    """``text`` folded as for search, with one sign for each kind of separator and single blanks."""
    return " ".join(folding.fold(text).translate(_SEPARATORS).split())


@cache
def month_numbers() -> dict[str, int]:
    """Folded month name to number: 1 to 12 Gregorian, 101 to 112 Solar Hijri."""
    table: dict[str, int] = {}
    for offset, months in ((101, SOLAR_HIJRI), (1, ELSEWHERE), (1, GREGORIAN)):
        for number, names in enumerate(months, offset):
            for name in names.split():
                table[fold(name.replace("_", " "))] = number
                if months is SOLAR_HIJRI:
                    table[fold(f"{name}ماه")] = number  # "the month of", mostly behind a joiner, which folding drops
    return table


@cache
def month_pattern() -> str:
    """A regular expression (no groups) that matches one folded month name, longest first."""
    names = sorted(month_numbers(), key=len, reverse=True)
    return r"(?:" + "|".join(re.escape(name).replace(r"\ ", " ?") for name in names) + r")(?![^\W\d_])"


def solar_hijri(year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a Solar Hijri one, or None when there is no such day.

    Leap years by the 33-year rule, which agrees with the Iranian calendar for 1244 to 1502 SH.
    """
    leap = year % 33 in {1, 5, 9, 13, 17, 22, 26, 30}
    length = 31 if month <= 6 else 30 if month <= 11 or leap else 29
    if not (1244 <= year <= 1502 and 1 <= month <= 12 and 1 <= day <= length):
        return None
    leaps = sum(1 for y in range(1400, year) if y % 33 in {1, 5, 9, 13, 17, 22, 26, 30})
    leaps -= sum(1 for y in range(year, 1400) if y % 33 in {1, 5, 9, 13, 17, 22, 26, 30})
    days = (year - 1400) * 365 + leaps + (month - 1) * 30 + min(month - 1, 6) + day - 1
    return date(2021, 3, 21) + timedelta(days=days)
