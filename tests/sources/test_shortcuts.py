"""What is let pass without being worked on is what the work would have left as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.bidi.sanitize import sanitize
from tui.news import addresses
from tui.sources import decoding, inline, preclean

LETTERS = "ابىيآأإةعلپکی" + "".join(map(chr, range(0x064B, 0x0656))) + "\u0670\u0640\u200c aé.,١1«»"
PART = r"https?|://|//?|\.\.?|a|b\.c|example\.org|www\.|127\.0\.0\.1|[Axé:?=&#%@_~;\[\] \\\u200f-]|:?80|:0|:99999|%20"


@given(st.text(LETTERS, max_size=12))
@example("ليًّا")
@example("لّيًا")  # shadda before its vowel: not the canonical order
@example("ا\u0653")  # composes
def test_plain_text_passes_the_door_unchanged(text: str) -> None:
    assert inline.safe(text) == str(sanitize(text))


def test_vowelled_text_is_plain() -> None:
    assert inline._is_plain("مُؤتمرًا دوليًّا للُّغةِ العَرَبيَّة"[:24], 100)


@given(
    st.sampled_from(["http://", "https://", "http://a.b/"]), st.lists(st.from_regex(PART, fullmatch=True), max_size=7)
)
def test_a_usual_address_is_absolute_already(start: str, parts: list[str]) -> None:
    address = start + "".join(parts)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(addresses, "_USUAL", lambda _address: None)
        worked_out = addresses.absolute("https://base.example/x/", address)
    assert addresses.absolute("https://base.example/x/", address) == worked_out


@pytest.mark.parametrize(
    "address", ["https://paper.example/2026/news.php?id=3&x=1", "http://127.0.0.1:8080/a/b.html", "https://a.example"]
)
def test_most_addresses_are_usual(address: str) -> None:
    assert addresses._USUAL(address)


@given(st.text(st.sampled_from("ab \t\n\x00\x1f\x7f\x85\x9f\xa0é\ud800\udfff\ufffd\ufffe\uffff\U0001f600"), max_size=8))
def test_legal_characters_need_no_cleaning(text: str) -> None:
    wrong = preclean._ILLEGAL.search(text) or preclean._C1.search(text) or "\x7f" in text
    assert bool(preclean._LEGAL(text)) is not bool(wrong)


def test_every_twice_encoded_pair_has_a_lead() -> None:
    leads = [chr(code) for code in range(0x110000) if re.match(decoding._TWICE, chr(code) + "\x81")]
    assert set(leads) == set(decoding._LEADS)


@given(st.lists(st.sampled_from(["a", "b  c", " ", "\n", "\t x", "\xa0", "\u200b"]), max_size=6))
def test_white_space_collapses(pieces: list[str]) -> None:
    builder = inline.InlineBuilder()
    for piece in pieces:
        builder.add(piece)
    expected = re.sub(r"[ \t\n]+", " ", "".join(pieces))
    assert [text.text for text in builder.take()] == ([found] if (found := str(sanitize(expected))) else [])
