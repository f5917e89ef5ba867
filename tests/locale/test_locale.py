"""Texts, plural forms, ages and digits in the reader's language."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from babel import Locale as Cldr
from babel import localedata

from tui import locale

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("tag", locale.LANGUAGES)
def test_plural_rules_are_those_of_cldr(tag: str) -> None:
    rule = Cldr.parse(tag).plural_form
    assert [locale._PLURALS[tag](n) for n in range(1000)] == [rule(n) for n in range(1000)]


@pytest.mark.parametrize("territory", ["MA", "DZ", "TN", "EG", "SA", "IQ", "SY"])
def test_arabic_digits_are_those_of_the_territory(territory: str) -> None:
    arab = Cldr.parse(f"ar_{territory}").default_numbering_system == "arab"
    assert locale.Locale("ar", territory).number(2015) == ("٢٠١٥" if arab else "2015")


@pytest.mark.parametrize(
    ("tag", "minutes", "text"),
    [
        ("en", 5, "5 min"),
        ("ar", 1, "دقيقة"),
        ("ar", 2, "دقيقتان"),
        ("ar", 5, "5 دقائق"),
        ("ar", 12, "12 دقيقة"),
        ("ar", 120, "ساعتان"),
        ("ar", 60 * 24 * 3, "3 أيام"),
        ("en", 0, "now"),
        ("en", 60 * 24 * 30, "24 October"),
        ("en", -50, "now"),
    ],
)
def test_age(tag: str, minutes: int, text: str) -> None:
    assert locale.load(tag).age(NOW - timedelta(minutes=minutes), NOW) == text


def test_months_are_those_of_the_country() -> None:
    assert locale.load("ar", "MA").date(date(2026, 11, 23)) == "23 نونبر 2026"
    assert locale.load("ar", "SY").date(date(2026, 11, 23)) == "٢٣ تشرين الثاني ٢٠٢٦"
    assert locale.load("en").short_date(date(2026, 11, 23)) == "Mon 23 Nov"


def test_days_as_section_titles() -> None:
    en = locale.load("en")
    today = NOW.date()
    assert [en.day(today - timedelta(days=n), today) for n in (0, 1, 2, 30)] == [
        "Today",
        "Yesterday",
        "Saturday 21 November",
        "24 October",
    ]


@pytest.mark.parametrize(
    ("environ", "choice", "expected"),
    [
        ({"LANG": "ar_MA.UTF-8"}, "", ("ar", "MA", True)),
        ({"LANG": "ar_MA.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "ar", ("ar", "", True)),
        ({"LANG": "ar_EG"}, "ar", ("ar", "EG", True)),
        ({"LANG": "C.UTF-8"}, "", ("en", "", False)),
        ({}, "", ("en", "", False)),
        ({"LANG": "xx_YY"}, "", ("en", "", False)),
    ],
)
def test_from_environment(environ: dict[str, str], choice: str, expected: tuple[str, str, bool]) -> None:
    found = locale.from_environment(environ, choice=choice)
    tag, territory, rtl = expected
    assert (found.tag, found.rtl) == (tag, rtl)
    if territory:
        assert found.territory == territory


def test_a_missing_text_falls_back_to_english_and_then_to_its_key() -> None:
    bare = locale.Locale("ar", "", {})
    assert bare.text("age.yesterday") == "Yesterday"
    assert bare.text("no.such.key") == "no.such.key"
    assert bare.plural("age.days", 3) == "3 days"


@pytest.mark.parametrize(
    ("tag", "territory", "text"),
    [
        ("en", "", "2.6"),
        ("fr", "", "2,6"),
        ("ar", "MA", "2,6"),
        ("ar", "EG", "٢٫٦"),
        ("fa", "", "۲٫۶"),
        ("he", "", "2.6"),
    ],
)
def test_a_decimal_has_the_sign_and_the_digits_of_the_locale(tag: str, territory: str, text: str) -> None:
    assert locale.load(tag, territory).decimal(2.6) == text


def test_the_data_of_languages_left_is_let_go() -> None:
    for tag in locale.LANGUAGES:
        assert locale.load(tag).date(NOW.date())
    assert set(locale.LANGUAGES) <= set(localedata._cache)
    locale.forget_other_languages()
    assert not localedata._cache
    assert locale.load("fr").date(NOW.date()) == "23 novembre 2026"
    assert not {"ar", "fa", "he"} & set(localedata._cache)
