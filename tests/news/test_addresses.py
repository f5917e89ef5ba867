"""Addresses: what stands in a document is made absolute and safe to show."""

from __future__ import annotations

import sys
import unicodedata

from tui.news.addresses import absolute

BASE = "https://paper.example/"


def test_no_format_character_is_left_in_an_address() -> None:
    left = set()
    for character in map(chr, range(sys.maxunicode + 1)):
        if unicodedata.category(character) in ("Cc", "Cf", "Cs"):
            for address in (f"/a{character}b", f"https://paper.example/a?q={character}#{character}"):
                made = absolute(BASE, address)
                left |= {one for one in made or character if unicodedata.category(one) in ("Cc", "Cf", "Cs")}
    assert left == set()


def test_what_is_escaped_is_the_same_address() -> None:
    assert absolute(BASE, "/soft\xadhyphen") == "https://paper.example/soft%C2%ADhyphen"
    assert absolute(BASE, "/خبر-عاجل") == "https://paper.example/خبر-عاجل", "letters stay as they are"
