"""Names of months and days, as CLDR has them: all that a date here needs of it.

Generated from babel's CLDR; a test compares every language and territory with it. The library itself is not loaded: it
takes 5 MB and 30 ms for these words.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one language, in one territory or everywhere."""

    months: tuple[str, ...]
    """January first."""
    months_short: tuple[str, ...]
    days: tuple[str, ...]
    """Monday first."""
    days_short: tuple[str, ...]


def names(tag: str, territory: str = "") -> Names:
    """The names of a language; some territories have months of their own. English for a language that is not here."""
    months, months_short, days, days_short = _LANGUAGES.get(tag, _LANGUAGES["en"])
    own = next((own for (language, places), own in _TERRITORIES if language == tag and territory in places.split()), {})
    texts = (own.get("months", months), own.get("months_short", months_short), days, days_short or days)
    return Names(*(tuple(text.split("|")) for text in (texts[0], texts[1] or texts[0], *texts[2:])))


_LANGUAGES = {
    "ar": (
        "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
        "",
        "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
        "",
    ),
    "en": (
        "January|February|March|April|May|June|July|August|September|October|November|December",
        "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
        "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
        "Mon|Tue|Wed|Thu|Fri|Sat|Sun",
    ),
    "fa": (
        "ژانویهٔ|فوریهٔ|مارس|آوریل|مهٔ|ژوئن|ژوئیهٔ|اوت|سپتامبر|اکتبر|نوامبر|دسامبر",
        "ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر",
        "دوشنبه|سه‌شنبه|چهارشنبه|پنجشنبه|جمعه|شنبه|یکشنبه",
        "",
    ),
    "fr": (
        "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
        "janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc.",
        "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
        "lun.|mar.|mer.|jeu.|ven.|sam.|dim.",
    ),
    "he": (
        "ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר",
        "ינו׳|פבר׳|מרץ|אפר׳|מאי|יוני|יולי|אוג׳|ספט׳|אוק׳|נוב׳|דצמ׳",
        "יום שני|יום שלישי|יום רביעי|יום חמישי|יום שישי|יום שבת|יום ראשון",
        "יום ב׳|יום ג׳|יום ד׳|יום ה׳|יום ו׳|שבת|יום א׳",
    ),
    "ur": (
        "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر",
        "",
        "پیر|منگل|بدھ|جمعرات|جمعہ|ہفتہ|اتوار",
        "",
    ),
}
"""Months, months short, days, days short, "|" between them; "" for short ones that are as the long ones are."""

_TERRITORIES: tuple[tuple[tuple[str, str], dict[str, str]], ...] = (
    (
        ("ar", "MA"),
        {
            "months": "يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت|شتنبر|أكتوبر|نونبر|دجنبر",
        },
    ),
    (
        ("ar", "JO LB PS SY"),
        {
            "months": "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول",
        },
    ),
    (
        ("ar", "IQ"),
        {
            "months": "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول",
        },
    ),
    (
        ("ar", "MR"),
        {
            "months": "يناير|فبراير|مارس|إبريل|مايو|يونيو|يوليو|أغشت|شتمبر|أكتوبر|نوفمبر|دجمبر",
        },
    ),
    (
        ("ar", "DZ TN"),
        {
            "months": "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
        },
    ),
    (
        ("fa", "AF"),
        {
            "months": "جنوری|فبروری|مارچ|اپریل|می|جون|جولای|اگست|سپتمبر|اکتوبر|نومبر|دسمبر",
            "months_short": "جنو|فبروری|مارچ|اپریل|می|جون|جول|اگست|سپتمبر|اکتوبر|نومبر|دسم",
        },
    ),
    (
        ("fr", "MA"),
        {
            "months_short": "jan.|fév.|mar.|avr.|mai|jui.|juil.|août|sept.|oct.|nov.|déc.",
        },
    ),
    (
        ("fr", "CA"),
        {
            "months_short": "janv.|févr.|mars|avr.|mai|juin|juill.|août|sept.|oct.|nov.|déc.",
        },
    ),
)
