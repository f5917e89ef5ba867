"""Sentences of the rooms below, which speak English, in the reader's language.

They are found under the locale's ``[sentences]`` by what they say in English. One that names a number, a file or an
address stands there with {placeholders} in its place; what was found in them is put into the translation.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.locale import Locale

_SECTION = "sentences."
_FIELD = re.compile(r"\{([a-z]+)\}")
_SPAN = re.compile(r"(?:(\d+) (minute|hour)s?|(less than a minute))")


def in_language(sentence: str, locale: Locale) -> str:
    """The sentence as the locale's ``[sentences]`` has it; itself when it is not there."""
    exact = locale.texts.get(_SECTION + sentence)
    if exact is not None:
        return exact
    for pattern, template in _patterns(_Texts(locale.texts)):
        if found := pattern.fullmatch(sentence):
            return template.format_map({name: _value(value, locale) for name, value in found.groupdict().items()})
    return sentence


def _value(value: str, locale: Locale) -> str:
    """A number in the locale's digits, a span of time in its words, a sentence inside a sentence.

    Anything else as it is, kept together in its own order.
    """
    if value.isascii() and value.isdecimal():
        return locale.number(int(value))
    if span := _SPAN.fullmatch(value):
        count, unit, _ = span.groups()
        return locale.plural(f"age.{unit}s", int(count)) if unit else locale.plural("age.minutes", 1)
    known = in_language(value, locale)
    if known != value or not locale.rtl:
        return known
    from tui.bidi.levels import isolate  # for what went wrong, long after the start

    return isolate(value)


class _Texts:
    """The texts of a locale as an argument of a cache: they are read once and never change."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def __hash__(self) -> int:
        return id(self.texts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Texts) and other.texts is self.texts


@lru_cache(8)
def _patterns(texts: _Texts) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences with placeholders, as expressions of what they may look like, the longest first."""
    found = [
        (key.removeprefix(_SECTION), text)
        for key, text in texts.texts.items()
        if key.startswith(_SECTION) and _FIELD.search(key)
    ]
    found.sort(key=lambda pair: -len(pair[0]))
    return tuple((_pattern(english), text) for english, text in found)


def _pattern(english: str) -> re.Pattern[str]:
    parts = _FIELD.split(english)
    fixed = [f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts)]
    return re.compile("".join(fixed), re.DOTALL)
