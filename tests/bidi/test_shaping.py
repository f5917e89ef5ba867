"""Joining, against HarfBuzz with Debian's fonts on whole paragraphs, and the cases a font does not decide."""

import re
import unicodedata
from pathlib import Path

import pytest
import uharfbuzz as hb
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.bidi.strategies import hostile
from tests.bidi.texts import ARABIC, ENGLISH, HEBREW, PERSIAN, URDU, VOCALISED
from tui.bidi.shaping import FORMS, LAM_ALEF, MARKS, NOTHING, joining_forms, shape

FONTS = {
    "naskh": Path("/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf"),
    "sans": Path("/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf"),
    "dejavu": Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
}
TEXTS = {"arabic": ARABIC, "persian": PERSIAN, "urdu": URDU, "vocalised": VOCALISED}
OFF = dict.fromkeys(("liga", "rlig", "ccmp", "calt", "dlig", "kern", "locl", "mark", "mkmk"), False)


class Oracle:
    """The joining forms a font shows, letter by letter."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            pytest.skip(f"{path} is missing: install fonts-noto-core and fonts-dejavu-core")
        self.face = hb.Face(hb.Blob.from_file_path(str(path)))
        self.font = hb.Font(self.face)

    def glyphs(self, text: str, **features: bool) -> dict[int, list[int]]:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script, buffer.language = "rtl", "Arab", "ar"
        buffer.cluster_level = hb.BufferClusterLevel.CHARACTERS
        hb.shape(self.font, buffer, {**OFF, **features})
        result: dict[int, list[int]] = {}
        for info in buffer.glyph_infos:
            result.setdefault(info.cluster, []).append(info.codepoint)
        return result

    def forms_of(self, letter: str, glyph: int) -> set[int]:
        """The forms in which the font draws a letter by this glyph: the letter alone, between joiners."""
        contexts = (letter, "\u200d" + letter, letter + "\u200d", "\u200d" + letter + "\u200d")
        return {form for form, context in enumerate(contexts) if glyph in self.glyphs(context)[context.index(letter)]}


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("name", TEXTS)
def test_every_letter_has_the_form_harfbuzz_gives_it(font: str, name: str) -> None:
    oracle, text = Oracle(FONTS[font]), TEXTS[name]
    shown = oracle.glyphs(text)
    checked = 0
    wrong = []
    for index, form in joining_forms(text):
        glyphs = shown.get(index, [0])
        if 0 in glyphs:
            continue  # not in this font
        forms = set().union(*(oracle.forms_of(text[index], glyph) for glyph in glyphs))
        if forms:
            checked += 1
            if form not in forms:
                wrong.append((text[max(0, index - 3) : index + 3], form, forms))
    letters = len(joining_forms(text))
    assert wrong == []
    assert checked > 0.8 * letters


_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىئؤءآأإةپچژگکیںھہےٹڈڑۃۂەڕڵێۆټډړښګڼۍٻڀٽڃڇڊڏڙڪ"
_BETWEEN = "\u064b\u064e\u0650\u0651\u0652\u0653\u0654\u0670\u06d6\u200c\u200c\u200d\u200dـ"


@given(st.text(st.sampled_from(_LETTERS + "لاـ" + 2 * _BETWEEN + " 1a."), min_size=2, max_size=24))
def test_any_letters_and_marks_join_as_harfbuzz_joins_them(text: str) -> None:
    oracle = Oracle(FONTS["sans"])
    shown = oracle.glyphs(text)
    for index, form in joining_forms(text):
        glyphs = shown.get(index, [0])
        forms = set() if 0 in glyphs else set().union(*(oracle.forms_of(text[index], glyph) for glyph in glyphs))
        assert not forms or form in forms, (ascii(text), index, form, forms)


@pytest.mark.parametrize("font", ["naskh", "dejavu"])
@pytest.mark.parametrize("name", TEXTS)
def test_lam_alef_is_one_glyph_where_the_font_makes_it_one(font: str, name: str) -> None:
    oracle, text = Oracle(FONTS[font]), re.sub(f"[{MARKS}]", "", TEXTS[name])
    shaped = shape(text)
    for found in re.finditer("ل[اأإآ]", text):
        lam, alef = found.span()[0], found.span()[1] - 1
        assert shaped[lam] in "".join(LAM_ALEF[text[alef]])
        assert shaped[alef] == NOTHING
        word = oracle.glyphs(text[lam : alef + 1], rlig=True, liga=True)
        assert len(word) == 1 or len(word[0]) == 1
    assert len(shaped) == len(text)


def forms(text: str, **options: bool) -> str:
    return shape(text, **options).replace(NOTHING, "·")


@pytest.mark.parametrize(
    ("text", "shaped"),
    [
        ("سلام", "\ufeb3\ufefc·\ufee1"),
        ("لا", "\ufefb·"),
        ("بلا", "\ufe91\ufefc·"),
        ("لأ لإ لآ", "\ufef7· \ufef9· \ufef5·"),
        ("ل\u200cا", "\ufedd·\ufe8d"),
        ("می\u200cخواهم", "\ufee3\ufbfd·\ufea7\ufeee\ufe8d\ufeeb\ufee2"),
        ("ه\u200d", "\ufeeb·"),
        ("\u200dه", "·\ufeea"),
        ("ـبـ", "ـ\ufe92ـ"),
        ("لـا", "\ufedfـ\ufe8e"),
        ("پژوهش", "\ufb58\ufb8b\ufeed\ufeeb\ufeb6"),
        ("گچ", "\ufb94\ufb7b"),
        ("ٹھنڈ", "\ufb68\ufbad\ufee8\ufb89"),
        ("ہے", "\ufba8\ufbaf"),
        ("میں", "\ufee3\ufbff\ufb9f"),
        ("برنامهٔ", "\ufe91\ufeae\ufee7\ufe8e\ufee3\ufba5·"),
        ("خانۀ", "\ufea7\ufe8e\ufee7\ufba5"),
        ("دەبێ", "\ufea9\ufee9\ufe91ێ"),
        ("بە", "\ufe91\ufeea"),
        ("محکمۂ", "\ufee3\ufea4\ufb91\ufee4\ufba5"),
        ("زکوۃ", "\ufeaf\ufb90\ufeee\ufe93"),
        ("ء", "ء"),
        ("مؤمن", "\ufee3\ufe86\ufee3\ufee6"),
        ("على ٢٥٪", "\ufecb\ufee0\ufef0 ٢٥٪"),
        ("abc", "abc"),
    ],
)
def test_forms(text: str, shaped: str) -> None:
    assert forms(text) == shaped


def test_marks_stay_between_letters_or_go() -> None:
    assert forms("بَّت", marks=False) == "\ufe91··\ufe96"
    assert forms("בָּז", marks=False) == "ב··ז"
    assert forms("בָּז") == "בָּז"


def test_lam_alef_keeps_both_marks_behind_its_one_glyph() -> None:
    assert forms("لِأَ") == "\ufef7\u0650·\u064e"


@given(hostile)
def test_a_shaped_text_has_a_place_for_every_code_point(text: str) -> None:
    for marks in (True, False):
        shaped = shape(text, marks=marks)
        assert len(shaped) == len(text)
        for before, after in zip(text, shaped, strict=True):
            if after not in (before, NOTHING) and after not in "".join(FORMS.get(before, ())):
                letters = unicodedata.normalize("NFKC", after)
                assert before in letters or before in "\u0647\u0644"


@given(hostile)
def test_words_are_shaped_alone_as_in_their_text(text: str) -> None:
    # marks of other scripts are transparent too (Joining_Type T), and no ends of words
    assume(all(not unicodedata.combining(char) or "\u0600" <= char <= "\u08ff" for char in text))
    words = re.split("([^\u0600-\u08ff\ufb50-\ufeff\u200c\u200d]+)", text)
    assert shape(text) == "".join(shape(word) for word in words)


def test_other_scripts_are_untouched() -> None:
    assert shape(ENGLISH) == ENGLISH
    assert shape(HEBREW) == HEBREW
