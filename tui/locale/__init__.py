"""The reader's language: texts, plural forms, ages, dates and digits.

Texts are TOML files a translator can edit, one a language; a text that a language lacks is taken from English.
The first frame needs short ages and plural forms only, so CLDR's data (babel, 30 ms) is loaded when a date is.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date as Day  # Locale has a method of that name
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

LANGUAGES = ("ar", "en", "fa", "fr", "he", "ur")
RTL_LANGUAGES = frozenset({"ar", "he", "fa", "ur"})
_HERE = Path(__file__).parent
_LETTER = re.compile(r"[^\W\d_]")
_RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
# Territories whose papers write Arabic with Arabic-Indic digits (CLDR's default numbering system "arab").
_ARABIC_INDIC_TERRITORIES = frozenset(
    ("BH", "DJ", "EG", "ER", "IL", "IQ", "JO", "KM", "KW", "LB", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SS", "SY")
)


def _arabic_plural(n: int) -> str:
    if n in (0, 1, 2):
        return ("zero", "one", "two")[n]
    tail = n % 100
    return "few" if 3 <= tail <= 10 else "many" if tail >= 11 else "other"


# CLDR plural rules for whole numbers; tests compare them with babel's, whose import would cost the first frame 30 ms.
_PLURALS: dict[str, Callable[[int], str]] = {
    "ar": _arabic_plural,
    "en": lambda n: "one" if n == 1 else "other",
    "fa": lambda n: "one" if n in (0, 1) else "other",
    "fr": lambda n: "one" if n in (0, 1) else "other",
    "he": lambda n: "one" if n == 1 else "two" if n == 2 else "other",
    "ur": lambda n: "one" if n == 1 else "other",
}


@dataclass(frozen=True, slots=True)
class Locale:
    """One interface language."""

    tag: str
    """The language ("ar")."""
    territory: str = ""
    """ISO 3166 ("MA"), or "" when the environment does not say."""
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Dotted key → text; a plural text has one key a category ("age.minutes.few")."""

    @property
    def rtl(self) -> bool:
        """Whether the whole layout is mirrored."""
        return self.tag in RTL_LANGUAGES

    def text(self, key: str, **values: object) -> str:
        """The text under ``key`` with its {placeholders} filled; the key itself when no language has it."""
        template = self.texts.get(key) or english().get(key) or key
        return template.format_map(self._localised(values)) if values else template

    def has(self, key: str) -> bool:
        """Whether this language or English has a text under ``key``."""
        return key in self.texts or key in english()

    def plural(self, key: str, n: int, **values: object) -> str:
        """The text under ``key`` in the plural form of ``n``, with {n} and the other placeholders filled."""
        category = _PLURALS[self.tag](n)
        for candidate in (f"{key}.{category}", f"{key}.other"):
            if candidate in self.texts:
                return self.texts[candidate].format_map(self._localised({"n": n, **values}))
        form = "one" if n == 1 else "other"
        return self.text(f"{key}.{form}", n=n, **values)

    def number(self, n: int) -> str:
        """``n`` in the digits of the locale."""
        text = str(n)
        if self.tag == "fa":
            return text.translate(_PERSIAN)
        if self.tag == "ar" and self.territory in _ARABIC_INDIC_TERRITORIES:
            return text.translate(_ARABIC_INDIC)
        return text

    def decimal(self, number: float) -> str:
        """``number`` with one decimal, in the digits and with the sign of the locale ("2,6")."""
        whole, _, part = f"{number:.1f}".partition(".")
        digits = self.number(int(part))
        # The sign goes with the digits: an Arabic paper that writes 2015 writes 2,6.
        sign = "." if self.tag in ("en", "he", "ur") else "," if digits.isascii() else "٫"
        return f"{self.number(int(whole))}{sign}{digits}"

    def age(self, then: datetime, now: datetime) -> str:
        """How long ago ``then`` was, as short as a list needs it: "5 min", "3 h", "2 days", then the day."""
        seconds = max(0, int((now - then).total_seconds()))
        if seconds < 60:
            return self.text("age.now")
        if seconds < 3600:
            return self.plural("age.minutes", seconds // 60)
        if seconds < 86400:
            return self.plural("age.hours", seconds // 3600)
        if seconds < 7 * 86400:
            return self.plural("age.days", seconds // 86400)
        return self.date(then.astimezone().date(), year=then.year != now.year)

    def moment(self, then: datetime, now: datetime) -> str:
        """Day and clock for today and yesterday, else the date: in the reader's own time zone."""
        local, today = then.astimezone(), now.astimezone().date()
        if today - timedelta(days=1) <= local.date() <= today:
            return f"{self.day(local.date(), today)} {self.clock(local)}"
        return self.date(local.date())

    def day(self, then: Day, today: Day) -> str:
        """The name of a day as a section's title: "Today", "Yesterday", the weekday, then the date."""
        if then >= today:
            return self.text("age.today")
        if then == today - timedelta(days=1):
            return self.text("age.yesterday")
        if then > today - timedelta(days=7):
            return self._format(then, "EEEE d MMMM")
        return self.date(then, year=then.year != today.year)

    def date(self, then: Day, *, year: bool = True) -> str:
        """A date in words ("21 October 2015")."""
        return self._format(then, "d MMMM y" if year else "d MMMM")

    def short_date(self, then: Day) -> str:
        """A date for the header ("Mon 23 Nov")."""
        return self._format(then, "EEE d MMM")

    def hijri_date(self, then: Day) -> str:
        """A date of the tabular Islamic calendar, in words ("24 Ramadan 1420")."""
        from tui.locale.hijri import hijri

        year, month, day = hijri(then)
        return f"{self.number(day)} {self.text(f'hijri.{month}')} {self.number(year)}"

    def clock(self, then: datetime) -> str:
        """Hours and minutes of a local time, in the digits of the locale ("14:05")."""
        return f"{self._two(then.hour)}:{self._two(then.minute)}"

    def language(self, tag: str) -> str:
        """The name of a language in this one ("Arabic")."""
        if tag == self.tag:
            return self.text("preferences.own_name")  # without CLDR's data: the first frame of the demo shows it
        return self._named("languages", tag)

    def country(self, code: str) -> str:
        """The name of a country in this language ("Morocco")."""
        return self._named("territories", code)

    def _named(self, kind: str, code: str) -> str:
        from babel import Locale as Cldr

        name = str(getattr(Cldr.parse(self.tag), kind).get(code, code))
        return name[:1].upper() + name[1:]

    def _two(self, n: int) -> str:
        return self.number(0) + self.number(n) if n < 10 else self.number(n)

    def _format(self, then: Day, pattern: str) -> str:
        from babel import dates

        name = f"{self.tag}_{self.territory}" if self.territory and self.tag != "en" else self.tag
        try:
            text = dates.format_date(then, pattern, locale=name)
        except Exception:  # babel knows no such pair of language and territory
            text = dates.format_date(then, pattern, locale=self.tag)
        return "".join(self.number(int(c)) if c.isdecimal() else c for c in text)

    def _localised(self, values: Mapping[str, object]) -> dict[str, object]:
        return {k: self.number(v) if type(v) is int else self._kept_together(v) for k, v in values.items()}

    def _kept_together(self, value: object) -> object:
        """A name, an address or a query of the other direction keeps its own order, its punctuation included,
        whatever sentence it stands in (UAX #9, isolates)."""
        if not isinstance(value, str) or not _LETTER.search(value):
            return value
        foreign = not self.rtl if _RTL_LETTER.search(value) else self.rtl
        return f"\u2068{value}\u2069" if foreign else value


def load(tag: str, territory: str = "") -> Locale:
    """The locale of a language; English for a language khabar does not speak."""
    tag = tag if tag in LANGUAGES and (_HERE / f"{tag}.toml").exists() else "en"
    return Locale(tag, territory, english() if tag == "en" else _read(tag))


def from_environment(environ: Mapping[str, str] | None = None, *, choice: str = "") -> Locale:
    """The locale POSIX's variables name (LC_ALL, LC_MESSAGES, LANG), or that of ``choice`` ("ar", "ar-MA", "ar_MA")."""
    return load(*_named(os.environ if environ is None else environ, choice))


def for_the_command_line(choice: str = "") -> Locale:
    """The same with the texts of the command line and no others, whose reading would cost every screen its time.

    They stand by their English in ``help/TAG.toml``, as those in ``[sentences]`` do (tui.ui.sentences).
    """
    tag, territory = _named(os.environ, choice)
    spoken = tag in LANGUAGES and tag != "en"
    return Locale(tag, territory, _read(f"help/{tag}")) if spoken else Locale("en", territory)


def is_named(choice: str = "") -> bool:
    """Whether ``choice`` or the environment names one of khabar's languages: in the C locale English is a makeshift."""
    return _named(os.environ, choice)[0] in LANGUAGES


def _named(environ: Mapping[str, str], choice: str) -> tuple[str, str]:
    named = next((environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(v)), "")
    tag, territory = split_tag(choice or named)
    if choice and not territory:
        same, there = split_tag(named)
        territory = there if same == tag else ""
    return tag, territory


def forget_other_languages() -> None:
    """Let go of CLDR's data, a megabyte for each language spoken so far; what the next date needs is read again."""
    if data := sys.modules.get("babel.localedata"):
        forget = getattr(data, "clear_caches", None) or data._cache.clear  # babel before 2.19 has no name for it
        forget()


def split_tag(name: str) -> tuple[str, str]:
    """("ar", "MA") of "ar_MA.UTF-8", "ar-MA" or "ar"."""
    language, _, rest = name.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")
    return language.lower(), rest.upper()


@cache
def english() -> Mapping[str, str]:
    """The English texts: what every other language falls back on."""
    return _read("en")


@cache
def _read(tag: str) -> Mapping[str, str]:
    with (_HERE / f"{tag}.toml").open("rb") as file:
        return _flatten(tomllib.load(file))


def _flatten(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    out: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            out |= _flatten(value, f"{prefix}{key}.")
        else:
            out[prefix + key] = str(value)
    return out
