"""Words that a reader takes for the same fold to the same letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.news import folding
from tui.news.folding import fold, fold_name, words

SAME = [
    ("السُّلْطَةُ", "السلطه"),
    ("عـــاجل", "عاجل"),
    ("أحمد", "احمد"),
    ("إلى", "الي"),
    ("آخر", "اخر"),
    ("ٱلكتاب", "الكتاب"),
    ("مسؤول", "مسوول"),
    ("رئيس", "رييس"),
    ("مكتبة", "مكتبه"),
    ("کتابی", "كتابي"),
    ("ہمارا", "همارا"),
    ("بھی", "بهي"),
    ("می‌رود", "ميرود"),
    ("١٤٤٨", "1448"),
    ("۱۴۰۵", "1405"),
    ("שָׁלוֹם", "שלום"),
    ("Élection", "election"),
    ("STRASSE", "straße"),
    ("ﻣﺮﺣﺒﺎ", "مرحبا"),
    ("a\u202eb\u2066c", "abc"),
    ("Ёлка", "елка"),
]


@pytest.mark.parametrize(("text", "folded"), SAME)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == fold(folded)


@given(st.text([chr(code) for code in range(0x2100) if folding._COMMON(chr(code))], max_size=20))
def test_common_text_folds_as_any_text_does(text: str) -> None:
    assert fold(text) == folding._fold_any(text)


def test_every_common_character_folds_as_any_does() -> None:
    for code in range(0x110000):
        if folding._COMMON(chr(code)):
            assert fold("x" + chr(code) + "ا") == folding._fold_any("x" + chr(code) + "ا")


def test_different_words_stay_different() -> None:
    assert fold("على") != fold("عل")
    assert fold("سار") != fold("صار")
    assert fold("שין") != fold("שן")


def test_words_are_cut_at_anything_but_letters_and_digits() -> None:
    assert words(fold("نعم؛لا")) == ["نعم", "لا"]
    assert words(fold("الدار-البيضاء، (1-0) «نعم»_ok")) == ["الدار", "البيضاء", "1", "0", "نعم", "ok"]
    assert fold_name("  L'Économiste ") == "l economiste"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
