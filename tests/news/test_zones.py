"""Zones by abbreviation and by place: the rules of summer time against the time zone database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from tui.news.dates import parse_date
from tui.news.months import fold
from tui.news.zones import place_offset

NOW = datetime(2025, 12, 12, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("بتوقيت الرباط", "Africa/Casablanca"),
        ("بتوقيت القاهرة", "Africa/Cairo"),
        ("بتوقيت القدس المحتلة", "Asia/Jerusalem"),
        ("بتوقيت بيروت", "Asia/Beirut"),
        ("بتوقيت الجزائر", "Africa/Algiers"),
        ("به وقت تهران", "Asia/Tehran"),
        ("heure de Paris", "Europe/Paris"),
        ("London time", "Europe/London"),
        ("שעון ישראל", "Asia/Jerusalem"),
        ("New York time", "America/New_York"),
        ("America/Los_Angeles", "America/Los_Angeles"),
    ],
)
def test_a_place_has_its_time_all_year(said: str, zone: str) -> None:
    try:
        known = ZoneInfo(zone)
    except ZoneInfoNotFoundError:
        pytest.skip("no time zone database here")
    moment = datetime(2023, 6, 1, tzinfo=UTC)
    wrong = []
    while moment.year < 2030:
        local = moment.astimezone(known)
        if timedelta(minutes=place_offset(fold(said), local)) != local.utcoffset():
            wrong.append(local)
        moment += timedelta(minutes=1380)
    # The hour that comes twice has two offsets, and the last hours before a clock change differ by who counts.
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("الخميس، 11 ديسمبر/كانون الأول 2025 الساعة 16:30 بتوقيت مكة المكرمة", "2025-12-11 13:30"),
        ("11/12/2025 - 4:30 م بتوقيت القاهرة", "2025-12-11 14:30"),
        ("11 يوليو 2025 الساعة 17:30 بتوقيت القدس", "2025-07-11 14:30"),
        ("16:30 - 11 ديسمبر 2025 بتوقيت بيروت", "2025-12-11 14:30"),
        ("11 ديسمبر 2025 15:30 بالتوقيت المحلي", "2025-12-11 15:30"),
        ("11 juillet 2025 à 16h30, heure de Paris", "2025-07-11 14:30"),
        ("11 décembre 2025 15:30 heure d'Alger", "2025-12-11 14:30"),
        ("11/12/2025 16:30 שעון ישראל", "2025-12-11 14:30"),
        ("پنجشنبه ۲۰ آذر ۱۴۰۴ ساعت ۱۸:۰۰ به وقت تهران", "2025-12-11 14:30"),
        ("Thu, 11 Dec 2025 09:30:00 America/New_York", "2025-12-11 14:30"),
        ("2:30 p.m. ET Dec 11, 2025", "2025-12-11 19:30"),
        ("July 11, 2025 2:30 PM ET", "2025-07-11 18:30"),
    ],
)
def test_a_date_is_told_in_utc(written: str, utc: str) -> None:
    assert parse_date(written, now=NOW) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("فاتح ماي 2025", "2025-05-01 00:00"),
        ("21 ــ 10 ــ 2015", "2015-10-21 00:00"),
        ("12 مارس 2025 الساعة 14 و 30 دقيقة", "2025-03-12 14:30"),
        ("جمعه سی ام اسفند ۱۳۸۷ ساعت ۱۱ و ۰۱ دقیقه و ۴۷ ثانیه", "2009-03-20 11:01:47"),
        ("پنجشنبه بیست و سوم اردیبهشت ۱۳۸۹", "2010-05-13 00:00"),
        ("۱۱ دسمبر ۲۰۲۵ شام ۴:۳۰ بجے", "2025-12-11 16:30"),
        ("11 دسمبر 2025 رات 12:30", "2025-12-11 00:30"),
        ("18 לאוקטובר 2012 בשעה 19:21", "2012-10-18 19:21"),
        ("منذ ساعة ونصف", "2025-12-12 10:30"),
        ("منذ ساعتين و20 دقيقة", "2025-12-12 09:40"),
        ("il y a 1 h 20 min", "2025-12-12 10:40"),
        ("3 hours 20 minutes ago", "2025-12-12 08:40"),
        ("an hour and a half ago", "2025-12-12 10:30"),
        ("יום לפני שעתיים וחצי", "2025-12-12 09:30"),
        ("يوم أمس", "2025-12-11 00:00"),
        ("the day before yesterday", "2025-12-10 00:00"),
    ],
)
def test_days_and_clocks_in_words(written: str, utc: str) -> None:
    assert parse_date(written, now=NOW) == datetime.fromisoformat(utc).replace(tzinfo=UTC)
