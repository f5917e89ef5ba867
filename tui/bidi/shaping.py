"""Arabic joining: every letter as the presentation form it takes between its neighbours.

Terminals without a shaper draw each cell by itself, so the forms are written out (Unicode blocks Arabic Presentation
Forms A and B), one code point for one, in logical order and before any reordering. A shaped text has the length of
the text, with NOTHING where a code point is not drawn: the alef of a lam-alef (the ligature stands on the lam), ZWNJ
and ZWJ (they have done their work), and the marks if they are to be left out. So every index and span stays valid.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from tui.bidi._joining_data import CAUSING, DUAL, LEFT, NON_JOINING, RIGHT, TRANSPARENT
from tui.bidi._table import Table

NOTHING = "\0"
"""Stands in shaped text for a code point that is not drawn. No text that passed sanitize holds it."""

ISOLATED, FINAL, INITIAL, MEDIAL = range(4)
_TAGS = {"<isolated>": ISOLATED, "<final>": FINAL, "<initial>": INITIAL, "<medial>": MEDIAL}
_LAM = "\u0644"

Forms = tuple[str, str, str, str]


def _collect() -> tuple[dict[str, Forms], dict[str, tuple[str, str]]]:
    """Letter → its four forms, and alef → the lam-alef ligatures (isolated, final), from the decompositions."""
    found: dict[str, dict[int, str]] = {}
    ligatures: dict[str, tuple[str, str]] = {}
    for cp in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        tag, *source = unicodedata.decomposition(chr(cp)).split() or [""]
        letters = "".join(chr(int(code, 16)) for code in source)
        if tag not in _TAGS:
            continue
        if len(letters) == 1:
            found.setdefault(letters, {}).setdefault(_TAGS[tag], chr(cp))
        elif len(letters) == 2 and letters[0] == _LAM and cp >= 0xFEF5 and tag == "<isolated>":
            ligatures[letters[1]] = (chr(cp), chr(cp + 1))
    return {letter: _complete(letter, forms) for letter, forms in found.items()}, ligatures


def _complete(letter: str, forms: dict[int, str]) -> Forms:
    isolated = forms.get(ISOLATED, letter)
    final = forms.get(FINAL, isolated)
    initial = forms.get(INITIAL, isolated)
    return isolated, final, initial, forms.get(MEDIAL, forms.get(INITIAL, final))


FORMS, LAM_ALEF = _collect()

# Letters without forms of their own that look like one that has them, in the places where they do.
FORMS |= {
    "\u06d5": ("\ufee9", "\ufeea", "\ufee9", "\ufeea"),  # AE (Kurdish, Uyghur): heh that joins to the right only
    "\u06c3": ("\ufe93", "\ufe94", "\ufe93", "\ufe94"),  # teh marbuta goal (Urdu)
    "\u06c2": ("\ufba4", "\ufba5", "\ufba8", "\ufba9"),  # heh goal with hamza (Urdu)
    "\u06ba": ("\ufb9e", "\ufb9f", "\ufbe8", "\ufbe9"),  # noon ghunna inside a word: a dotless tooth
}
_HEH, _HAMZA_ABOVE = "\u0647", "\u0654"
_HEH_WITH_HAMZA = ("\ufba4", "\ufba5")  # the Persian ezafe

_KIND_OF: dict[str, str] = {
    letter: kind
    for kind, letters in zip("DRCLTU", (DUAL, RIGHT, CAUSING, LEFT, TRANSPARENT, NON_JOINING), strict=True)
    for letter in letters
}

MARKS = (
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7\u06e8\u06ea-\u06ed\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff\ufb1e"
)
"""Tashkeel, Quranic marks and niqqud, as the inside of a character class."""

_ARABIC = "\u0620-\u06ff\u0750-\u077f\u0860-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
_WORD = re.compile(f"(?<![\u200c\u200d])[\u200c\u200d]*+[{_ARABIC}][{_ARABIC}{MARKS}\u200c\u200d]*+").sub
_MARK = re.compile(f"[{MARKS}]")
_JOINER = re.compile("[\u200c\u200d]")
# a lam that joins to what follows and a final alef, as glyphs, and the ligature of the two
_PAIRS = {
    FORMS[_LAM][form] + FORMS[alef][FINAL]: ligatures[form == MEDIAL]
    for alef, ligatures in LAM_ALEF.items()
    for form in (INITIAL, MEDIAL)
}
_LAMS, _ALEFS = ("".join({pair[place] for pair in _PAIRS}) for place in (0, 1))
_MARKED_PAIR = re.compile(f"([{_LAMS}])([{MARKS}]++)([{_ALEFS}])").sub
_EZAFE = tuple((FORMS[_HEH][form], _HEH_WITH_HAMZA[form]) for form in (ISOLATED, FINAL))
_LONGEST_REMEMBERED = 40


def joining_type(char: str) -> str:
    """D, R, L, C, T or U (Joining_Type; transparent by default for marks and formats, else non-joining)."""
    return _KIND_OF.get(char) or ("T" if unicodedata.category(char) in {"Mn", "Me", "Cf"} else "U")


_KINDS = Table(lambda cp: joining_type(chr(cp)))
# (kind before, kind, kind behind) → the form of a letter between them
_FORM = {
    (before, kind, behind): (before in "DLC" and kind in "DR") + 2 * (kind in "DL" and behind in "DRC")
    for before, kind, behind in product("DRLCU", "DRL", "DRLCU")
}


def joining_forms(text: str) -> list[tuple[int, int]]:
    """[(index, form)] of every letter that takes part in joining (The Unicode Standard, 9.2, R1-R7)."""
    kinds = text.translate(_KINDS)
    places: Iterable[int] = range(len(text))
    if "T" in kinds:
        places = [place for place, kind in enumerate(kinds) if kind != "T"]
        kinds = kinds.replace("T", "")
    around = zip("U" + kinds, kinds, kinds[1:] + "U", strict=False)
    return [(place, _FORM[key]) for place, key in zip(places, around, strict=True) if key in _FORM]


class _Glyphs(dict[tuple[str, str, str], str]):
    """(kind before, letter, kind behind) → the letter's glyph there, remembered; bounded by the letters there are."""

    def __missing__(self, key: tuple[str, str, str]) -> str:
        before, letter, behind = key
        form = _FORM.get((before, joining_type(letter), behind))
        glyph = letter if form is None or letter not in FORMS else FORMS[letter][form]
        self[key] = glyph
        return glyph


_GLYPHS = _Glyphs()


def _joined(letters: str, kinds: str) -> str:
    """The glyphs of letters without marks between them."""
    return "".join([_GLYPHS[key] for key in zip("U" + kinds, letters, kinds[1:] + "U", strict=False)])


def _around_marks(word: str, kinds: str) -> str:
    """Marks, which joining passes over, stay where they are."""
    glyphs = list(word)
    places = [place for place, kind in enumerate(kinds) if kind != "T"]
    letters = "".join([word[place] for place in places])
    for place, glyph in zip(places, _joined(letters, kinds.replace("T", "")), strict=True):
        glyphs[place] = glyph
    return "".join(glyphs)


def _shape_word(word: str) -> str:
    """One stretch of Arabic letters, marks and joiners."""
    kinds = word.translate(_KINDS)
    shaped = _around_marks(word, kinds) if "T" in kinds else _joined(word, kinds)
    if _LAM in word:
        shaped = _with_ligatures(shaped)
    if _HEH + _HAMZA_ABOVE in word:
        for heh, with_hamza in _EZAFE:
            shaped = shaped.replace(heh + _HAMZA_ABOVE, with_hamza + NOTHING)
    return _JOINER.sub(NOTHING, shaped)


def _with_ligatures(shaped: str) -> str:
    """A lam and its alef as one glyph; marks between them stay where they are."""
    for pair, ligature in _PAIRS.items():
        if pair in shaped:
            shaped = shaped.replace(pair, ligature + NOTHING)
    return _MARKED_PAIR(lambda found: _PAIRS[found[1] + found[3]] + found[2] + NOTHING, shaped)


_remembered = lru_cache(8192)(_shape_word)


def _shaped(found: re.Match[str]) -> str:
    word = found[0]
    return _remembered(word) if len(word) <= _LONGEST_REMEMBERED else _shape_word(word)


def shape(text: str, *, marks: bool = True) -> str:
    """The text in presentation forms, one character per code point, NOTHING for what is not drawn.

    ``marks``: keep tashkeel and niqqud. Letters that have no forms and look like none that has stay as they are.
    Numbers, punctuation and other scripts are untouched, and joiners that stand at no Arabic word (ZWJ joins
    pictographs too).
    """
    if text.isascii():
        return text
    shaped = _WORD(_shaped, text)
    return shaped if marks else _MARK.sub(NOTHING, shaped)
