"""The one door: what never comes out, whatever goes in, and what is not lost."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.bidi.strategies import hostile
from tests.bidi.texts import ALL
from tui.bidi.breaks import clusters
from tui.bidi.sanitize import MARKS, sanitize, sanitize_block

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u06dd\u200b\u2028\u2029\u2060-\u2064\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff\ufdf2\ufdfa\ufdfd\U00012031\ud800-\udfff\U000e0000-\U000e01ef"
    + BIDI_CONTROLS
    + "]"
)  # fmt: skip


def longest_run_of_marks(text: str) -> int:
    longest = run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        longest = max(longest, run)
    return longest


@given(hostile)
@example("\x1b\x1b[31m[31m")
@example("\x1b[\x1b]0;a\x07b")
@example("a" + "\u0301" * 30 + "\u200d" + "\u0301" * 30)
@example("ا" + "\u0344" * 12)
@example("\ufe70\ufdfa" * 3)
def test_nothing_forbidden_comes_out(text: str) -> None:
    for safe in (sanitize(text), sanitize_block(text)):
        assert FORBIDDEN.search(safe) is None
        assert longest_run_of_marks(safe) <= MARKS
        assert unicodedata.is_normalized("NFC", safe)
        assert not any(char not in "\u200c\u200d" and unicodedata.category(char) in {"Cf", "Cs", "Co"} for char in safe)
    assert "\n" not in sanitize(text)
    assert "  " not in sanitize(text)
    assert sanitize(text) == sanitize(text).strip()


@given(hostile)
@example("\u0301 \u0301a")
@example("\u0300\u200cآ")
@example("\u200c\u0300\u200d\u200cآ")
@example("\x1bk\x1b\\")
@example("👨\u200d\u200d👩\u200d")
@example("ا\u200c\u200d\u064e\u200cب\u200d")
def test_a_second_pass_changes_nothing(text: str) -> None:
    assert sanitize(sanitize(text)) == sanitize(text)
    assert sanitize_block(sanitize_block(text)) == sanitize_block(text)
    for limit in (0, 1, 7):
        assert sanitize(sanitize(text, limit=limit), limit=limit) == sanitize(text, limit=limit)
        assert len(sanitize(text, limit=limit)) <= max(1, limit)


_WORDS = (
    "می\u200cشود نمی\u200cخواهم ه\u200d क्\u200dष ශ්\u200dරී 👨\u200d👩\u200d👧 👍🏽 🇲🇦 שָׁלוֹם "
    "הַסֵּפֶר «قَالَ» مُحَمَّدٌ لا ـــ ٢٥٪ ۱۲٬۰۰۰ e\u0301te\u0301 Å 日本語 한국어 ไทยที่ C++ ½ № a-b “q” …"
)
_LETTERS = st.characters(
    categories=("Lu", "Ll", "Lo", "Nd", "Po", "Ps", "Pe", "Sm", "Sc"), exclude_characters="\u115f\u1160\u3164\uffa0"
).filter(lambda char: unicodedata.normalize("NFKC", char) == char)
_MEANT = st.one_of(st.sampled_from(_WORDS.split()), st.text(_LETTERS, min_size=1, max_size=6))


@given(st.lists(_MEANT, min_size=1, max_size=8).map(" ".join))
def test_meaningful_text_is_not_lost(text: str) -> None:
    assert sanitize(text) == unicodedata.normalize("NFC", text)
    assert sanitize(f"\x1b[1m{text}\u202c\u2069\x1b[0m\ufeff") == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_real_text_passes_unchanged(text: str) -> None:
    safe = unicodedata.normalize("NFC", text)
    assert sanitize(text) == safe
    assert sanitize_block(safe + "\n" + safe) == safe + "\n" + safe


@pytest.mark.parametrize(
    ("sequence", "rest"),
    [
        ("\x1b[31m", ""),
        ("\x1b[38;2;1;2;3m", ""),
        ("\x1b[?1049h", ""),
        ("\x1b[2 q", ""),
        ("\x9b31m", ""),
        ("\x1b]0;title\x07", ""),
        ("\x1b]8;;http://a.example\x1b\\", ""),
        ("\x1b]52;c;ZWNobw==\x9c", ""),
        ("\x9d0;title\x9c", ""),
        ("\x1bPq#0;2;0;0;0\x1b\\", ""),
        ("\x90q#0\x9c", ""),
        ("\x1b_Gf=24;AAAA\x1b\\", ""),
        ("\x9fGf=24\x9c", ""),
        ("\x1b^private\x1b\\", ""),
        ("\x1bXstring\x1b\\", ""),
        ("\x98string\x9c", ""),
        ("\x1bktitle\x1b\\", ""),
        ("\x1bc", ""),
        ("\x1b(0", ""),
        ("\x1b#8", ""),
        ("\x1b7", ""),
        ("\x9d0;title", "0;title"),  # unterminated, 8 bits: only the introducer is not text
    ],
)
def test_escape_sequences_go_whole(sequence: str, rest: str) -> None:
    assert sanitize(f"before{sequence}") == f"before{rest}"
    assert sanitize(f"before{sequence}\nafter") == f"before{rest} after"


@pytest.mark.parametrize("start", ["\x1b]0;", "\x1bP", "\x1b_G", "\x1b^", "\x1bX"])
def test_an_unterminated_string_swallows_its_line_and_no_more(start: str) -> None:
    assert sanitize_block(f"kept{start}gone\nkept too") == "kept\nkept too"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("می\u200c\u200c\u200cخواهم", "می\u200cخواهم"),
        ("\u200cسلام\u200c ", "سلام"),
        ("a\u200cb\u200dc", "abc"),
        ("ه\u200d", "ه\u200d"),
        ("क्\u200dष", "क्\u200dष"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("❤\ufe0f\u200d🔥", "❤\u200d🔥"),
        ("👨\u200d", "👨"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴"),
        ("☎\ufe0e 1\ufe0f\u20e3", "☎ 1\u20e3"),
        ("مطار\u00adات", "مطارات"),
        ("\u202eevil\u202c \u2067x\u2069", "evil x"),
        ("صفحة \u06dd١", "صفحة ١"),
        ("\ufdfa", "صلى الله عليه وسلم"),
        ("\ufdfd", "بسم الله الرحمن الرحيم"),
        ("\ufefb \ufee3\ufea4\ufee4\ufeaa", "لا محمد"),
        ("\ufb2a", "\u05e9\u05c1"),
        ("a\u2e3bb", "a———b"),
        ("ا\u0653 ه\u0654", "آ ه\u0654"),
        ("it\x92s \x93so\x94", "it’s “so”"),
        ("a\ud800b\udfff", "a\ufffdb\ufffd"),
        ("a\ufdd0\uffff\ue000\U0010eeeeb", "ab"),
        ("a\t b\r\nc\x85d\u2028e\u3000f", "a b c d e f"),
        ("12\xa0%", "12\xa0%"),
        ("12\xa0 \xa0%", "12 %"),
        ("\u0301\u0301abc", "abc"),
        ("q" + "\u0316" * 50, "q" + "\u0316" * MARKS),
        ("\x00a\x01b\x7fc", "abc"),
    ],
)
def test_what_becomes_of(text: str, safe: str) -> None:
    assert sanitize(text) == safe


def test_a_block_keeps_its_lines_and_their_indents() -> None:
    assert sanitize_block("one\r\n\ttwo  \n\n  three\x0bfour") == "one\n    two\n\n  three\nfour"


def test_long_lines_are_cut_with_an_ellipsis() -> None:
    assert sanitize("word " * 10, limit=12) == "word word w…"
    assert len(sanitize("ا" * 50_000)) == 20_000
    block = sanitize_block("x" * 50_000 + "\nnext")
    assert [len(line) for line in block.split("\n")] == [20_000, 4]


def test_joined_marks_make_no_endless_cluster() -> None:
    text = "한" + "\u1161" * 1000 + "\u11a8" * 1000 + "क" + "\u093e" * 1000
    assert max(len(cluster) for cluster in clusters(sanitize(text))) <= MARKS + 1
