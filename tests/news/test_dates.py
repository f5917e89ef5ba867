"""Dates as feeds and pages write them, in six languages; what cannot be read for certain gives None."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.news.dates import parse_date
from tui.news.months import solar_hijri

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

AT_1330 = (
    "Thu, 11 Dec 2025 14:30:00 +0100",
    "Thu,11 Dec 2025 14:30:00 CET",
    "Thu, 11 Dec 2025 14:30 +01:00",
    "Thu, 11 Dec 25 08:30:00 EST",
    "11 Dec 2025 13:30:00 GMT",
    "11 Dec 2025 13:30 UT",
    "11 Dec 2025 13:30",
    "Thu, 11 Dec 2025 14:30:00 WEST",
    "Thu, 11 Dec 2025 15:30:00 EET",
    "Thu, 11 Dec 2025 18:30:00 PKT",
    "Thu, 11 Dec 2025 17:00:00 IRST",
    "Thu, 11 Dec 2025 14:30:00 GMT+1",
    "Thu, 11 Dec 2025 14:30:00 GMT+01:00",
    "Thu, 11 Dec 2025 01:30:00 PM",
    "Thu Dec 11 13:30:00 2025",
    "Thu Dec 11 14:30:00 CET 2025",
    "December 11, 2025 1:30 PM",
    "2025-12-11T13:30:00Z",
    "2025-12-11t13:30:00z",
    "2025-12-11T14:30:00+01:00",
    "2025-12-11T14:30:00+0100",
    "2025-12-11 14:30:00 +0100",
    "2025-12-11T13:30:00.123456",
    "2025-12-11 13:30",
    "2025/12/11 13:30",
    "20251211T133000Z",
    "1765459800",
    "1765459800000",
    "11 - 12 - 2025 13:30",
    "11/12/2025 - 13:30",
    "12/11/2025 13:30".replace("12/11", "11/12"),
    "٢٠٢٥-١٢-١١ ١٣:٣٠",
    "11 دجنبر 2025 - 13:30",
    "الخميس 11 ديسمبر 2025 13:30",
    "الخميس، 11 ديسمبر/ كانون الأول 2025، الساعة 1:30 مساءً",
    "11 كانون الأول 2025 01:30 م",
    "١١ ديسمبر ٢٠٢٥ ١٣:٣٠ بتوقيت غرينتش",
    "آخر تحديث: 11 ديسمبر 2025 - 16:30 بتوقيت مكة",
    "jeudi 11 décembre 2025 à 13h30",
    "11 déc. 2025 13:30",
    "ב-11 בדצמבר 2025, 13:30",
    "11 דצמ' 2025 13:30",
    "۲۰ آذر ۱۴۰۴ - ۱۳:۳۰",
    "۱۴۰۴/۰۹/۲۰ ۱۳:۳۰",
    "1404-09-20 13:30",
    "۱۱ دسامبر ۲۰۲۵ ۱۳:۳۰",
    "11 دسمبر 2025 13:30",
    "202512111330",
    "20251211133000",
    "2025-W50-4T13:30:00Z",
    "/Date(1765459800000)/",
    "2025-12-11T14:30:00+01:00[Africa/Casablanca]",
    "الخميس 20 جمادى الآخرة 1447 هـ الموافق 11 ديسمبر 2025 13:30",
    "20/06/1447 هـ - 11/12/2025 م 13:30",
    "11/12/25 | 13:30",
    "11.12.25 13:30",
    "پنج‌شنبه ۲۰ آذر ماه ۱۴۰۴ ساعت ۱۳:۳۰",
    "الخميس, 11 كانون1/ديسمبر 2025 13:30",
)


@pytest.mark.parametrize("text", AT_1330)
def test_one_moment_in_every_form(text: str) -> None:
    assert parse_date(text, now=NOW) == datetime(2025, 12, 11, 13, 30, tzinfo=UTC)


ELSEWHERE = (
    "Januar Jänner enero gennaio janeiro januari stycznia января Ocak",
    "Februar febrero febbraio fevereiro lutego февраля Şubat",
    "März marzo março maart marca марта Mart",
    "abril aprile kwietnia апреля Nisan",
    "mayo maggio maio mei maja мая Mayıs",
    "Juni junio giugno junho czerwca июня Haziran",
    "Juli julio luglio julho lipca июля Temmuz",
    "August agosto augusti sierpnia августа Ağustos",
    "septiembre settembre setembro września сентября Eylül",
    "Oktober octubre ottobre outubro października октября Ekim",
    "noviembre novembro listopada ноября Kasım",
    "Dezember diciembre dicembre grudnia декабря Aralık",
)


@pytest.mark.parametrize(("month", "name"), [(m, n) for m, names in enumerate(ELSEWHERE, 1) for n in names.split()])
def test_month_names_of_the_rest_of_europe(month: int, name: str) -> None:
    assert parse_date(f"7. {name} 2025, 14:20 Uhr", now=NOW) == datetime(2025, month, 7, 14, 20, tzinfo=UTC)
    assert parse_date(f"7 de {name} de 2025", now=NOW) == datetime(2025, month, 7, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2025年12月11日 13時30分", "公開日：2025年12月11日 13:30", "2025년 12월 11일 13:30"])
def test_dates_with_signs_for_year_month_and_day(text: str) -> None:
    assert parse_date(text, now=NOW) == datetime(2025, 12, 11, 13, 30, tzinfo=UTC)


MONTHS = (
    "يناير جانفي january janvier ינואר ژانویه جنوری",
    "فبراير فيفري شباط february février פברואר فوریه فروری",
    "مارس آذار march mars מרץ مارچ",
    "أبريل أفريل إبريل نيسان april avril אפריל آوریل اپریل",
    "مايو ماي أيار may mai מאי مه مئی",
    "يونيو جوان حزيران june juin יוני ژوئن جون",
    "يوليو يوليوز جويلية تموز july juillet יולי ژوئیه جولائی",
    "أغسطس غشت أوت آب august août אוגוסט اوت اگست",
    "سبتمبر شتنبر أيلول september septembre ספטמבר سپتامبر ستمبر",
    "أكتوبر october octobre אוקטובר اکتبر اکتوبر",
    "نوفمبر نونبر november novembre נובמבר نوامبر نومبر",
    "ديسمبر دجنبر december décembre דצמבר دسامبر دسمبر",
)


@pytest.mark.parametrize(("month", "name"), [(m, n) for m, names in enumerate(MONTHS, 1) for n in names.split()])
def test_month_names(month: int, name: str) -> None:
    assert parse_date(f"7 {name} 2025", now=NOW) == datetime(2025, month, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "month"),
    [("7 كانون الثاني 2025", 1), ("7 تشرين الأول 2025", 10), ("7 تشرين الثاني 2025", 11), ("7 كانون الأول 2025", 12)],
)
def test_two_word_months_of_the_levant(text: str, month: int) -> None:
    assert parse_date(text, now=NOW) == datetime(2025, month, 7, tzinfo=UTC)


@pytest.mark.parametrize("text", ["21 آبان\u200cماه 1404", "۲۱ آبانماه ۱۴۰۴", "12نوفمبر2025", "12November2025"])
def test_what_is_written_without_blanks(text: str) -> None:
    assert parse_date(text, now=NOW) == datetime(2025, 11, 12, tzinfo=UTC)


def test_single_digits_of_a_clock() -> None:
    assert parse_date("Wed, 12 Nov 2025 9:5:7 GMT", now=NOW) == datetime(2025, 11, 12, 9, 5, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("منذ ساعتين", timedelta(hours=2)),
        ("منذ ساعتان", timedelta(hours=2)),
        ("3 ساعات مضت", timedelta(hours=3)),
        ("منذ ساعة", timedelta(hours=1)),
        ("قبل 5 ساعات", timedelta(hours=5)),
        ("منذ خمس دقائق", timedelta(minutes=5)),
        ("قبل دقيقتين", timedelta(minutes=2)),
        ("منذ يومين", timedelta(days=2)),
        ("منذ ١١ دقيقة", timedelta(minutes=11)),
        ("قبل أسبوعين", timedelta(days=14)),
        ("2 hours ago", timedelta(hours=2)),
        ("an hour ago", timedelta(hours=1)),
        ("il y a 3 heures", timedelta(hours=3)),
        ("il y a une heure", timedelta(hours=1)),
        ("לפני שעתיים", timedelta(hours=2)),
        ("לפני 5 דקות", timedelta(minutes=5)),
        ("לפני יומיים", timedelta(days=2)),
        ("۵ ساعت پیش", timedelta(hours=5)),
        ("یک ساعت قبل", timedelta(hours=1)),
        ("3 گھنٹے پہلے", timedelta(hours=3)),
        ("منذ نصف ساعة", timedelta(minutes=30)),
        ("منذ ساعة و 20 دقيقة", timedelta(hours=1, minutes=20)),
        ("منذ 12 دقيقة و 5 ثوان", timedelta(minutes=12, seconds=5)),
        ("نیم ساعت پیش", timedelta(minutes=30)),
        ("الآن", timedelta()),
    ],
)
def test_relative(text: str, ago: timedelta) -> None:
    assert parse_date(text, now=NOW) == NOW - ago


def test_an_hour_alone() -> None:
    assert parse_date("le 11.12.2025 à 18h", now=NOW) == datetime(2025, 12, 11, 18, tzinfo=UTC)


def test_days_by_name() -> None:
    yesterday = datetime(2026, 11, 22, 10, tzinfo=UTC)
    for text in (
        "أمس 10:00",
        "hier à 10h00",
        "hier à 10h",
        "hier, 10 h",
        "yesterday at 10:00",
        "אתמול 10:00",
        "دیروز 10:00",
    ):
        assert parse_date(text, now=NOW) == yesterday, text


@pytest.mark.parametrize(
    "text",
    ["", "garbage", "2025", "12:30", "31/12", "99 دجنبر 2025", "13/13/2025", "2025-02-30", "32 Jan 2025 10:00",
    "0001-01-01T00:00:00Z",
     "1970-01-01T00:00:00Z", "0000-00-00 00:00:00", "1447/05/12", "12 جمادى الأولى 1447",
     "30 September October 2025", "2025-12-11T25:00:00Z",
     "اليوم العالمي للمرأة", "في 2015 شخصا و 12 جريحا", "version 1.2.2025.4",
     "today is a good day for the whole team of the city", "N/A", "-1", "99999999999999999999",
     "20251311", "20250230", "2025-W54-1", "123456789012"],
)  # fmt: skip
def test_garbage_gives_none(text: str) -> None:
    assert parse_date(text, now=NOW) is None


def test_leap_days_of_the_solar_calendar() -> None:
    assert str(solar_hijri(1403, 12, 30)) == "2025-03-20"
    assert solar_hijri(1404, 12, 30) is None
    assert str(solar_hijri(1404, 1, 1)) == "2025-03-21"
    assert str(solar_hijri(1399, 12, 30)) == "2021-03-20"
    assert str(solar_hijri(1357, 11, 22)) == "1979-02-11"


@given(st.datetimes(datetime(1975, 1, 1), datetime(2150, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_what_is_written_comes_back(moment: datetime, offset: int) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    local = moment + timedelta(minutes=offset)
    sign, minutes = ("-" if offset < 0 else "+"), abs(offset)
    zone = f"{sign}{minutes // 60:02}{minutes % 60:02}"
    for text in (f"{local:%a, %d %b %Y %H:%M:%S} {zone}", f"{local:%Y-%m-%dT%H:%M:%S}{zone[:3]}:{zone[3:]}"):
        assert parse_date(text, now=NOW) == moment


@given(st.text(max_size=400))
def test_never_raises(text: str) -> None:
    found = parse_date(text, now=NOW)
    assert found is None or found.tzinfo is UTC
