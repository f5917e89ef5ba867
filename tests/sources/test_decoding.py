"""Bytes to text: what one bad byte costs, and letters that tell their encoding."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.sources.decoding import decode, repaired, unpack

ARABIC = "أعلنت بلدية المدينة عن فتح المكتبة العمومية أيام السبت والأحد ابتداء من الشهر المقبل"
PERSIAN = "شهرداری بندر اعلام کرد که کتابخانه عمومی از ماه آینده در روزهای تعطیل باز خواهد بود"
HEBREW = "העירייה הודיעה כי הספרייה הציבורית תיפתח גם בסופי שבוע החל מהחודש הבא"
RUSSIAN = "Городская библиотека будет открыта по выходным дням начиная со следующего месяца"
FRENCH = "La bibliothèque de la ville sera ouverte le samedi dès le mois prochain, à la façon d'été"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859-6"),
        (HEBREW, "cp1255"),
        (HEBREW, "iso8859-8"),
        (RUSSIAN, "cp1251"),
        (FRENCH, "cp1252"),
        (ARABIC, "utf-16"),
        (ARABIC, "utf-32"),
    ],
)
def test_letters_tell(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_a_few_words_are_windows_1256_before_iso_8859_6() -> None:
    for words in ("خبر نص دجنبر", "نشر", "صوت"):
        assert decode(words.encode("cp1256")).text == words


def test_persian_in_windows_1256() -> None:
    body = PERSIAN.replace("ی", "ي").encode("cp1256")
    assert decode(body).text == PERSIAN.replace("ی", "ي")


@given(st.integers(0, len(ARABIC)), st.sampled_from([b"\xff", b"\xc0", b"\x80", b"\xfe"]))
def test_one_bad_byte_costs_one_character(place: int, bad: bytes) -> None:
    body = ARABIC[:place].encode() + bad + ARABIC[place:].encode()
    found = decode(body, content_type="text/html; charset=windows-1256")
    assert found.text == ARABIC[:place] + "\ufffd" + ARABIC[place:]
    assert found.errors


def test_a_label_that_is_no_text_encoding_is_ignored() -> None:
    for label in ("zip", "rot13", "unicode_escape", "idna", "utf-7", "base64", "no-such"):
        assert decode(ARABIC.encode("cp1256"), content_type=f"text/html; charset={label}").text == ARABIC


def test_a_label_that_few_use_is_believed() -> None:
    polish = "Zażółć gęślą jaźń"
    assert decode(polish.encode("iso8859-2"), content_type="text/xml; charset=iso-8859-2").text == polish
    assert decode(ARABIC.encode("cp720", "ignore"), content_type="text/xml; charset=cp720").encoding == "cp720"


def test_twice_encoded_text_is_read_once() -> None:
    twice = ARABIC.encode().decode("cp1252", "replace")
    assert "\ufffd" in twice  # some letters cannot survive it; the rest does
    assert repaired("é" * 50 + "naïve café") == "é" * 50 + "naïve café"
    assert repaired(FRENCH.encode().decode("cp1252") * 5) == FRENCH * 5


def test_gzip_files_and_bombs() -> None:
    assert unpack(gzip.compress(b"text")) == (b"text", ())
    assert unpack(gzip.compress(b"text" * 1000)[:-12])[1] == ("The compressed file is cut short.",)
    assert len(unpack(gzip.compress(b"a" * 50_000_000))[0]) == 16 * 1024 * 1024
