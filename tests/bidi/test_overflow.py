"""Isolates beyond the depth limit (UAX #9, BD13, X5a-X6a): they change no level, and so part no level run.

The Unicode files say little about them; python-bidi, over a Rust library, is the oracle.
"""

from __future__ import annotations

import random

import bidi
import pytest

from tui.bidi.levels import resolve

RLI, LRI, FSI, PDI, RLE, LRE, PDF = "\u2067", "\u2066", "\u2068", "\u2069", "\u202b", "\u202a", "\u202c"
CONTROLS = frozenset(RLI + LRI + FSI + PDI + RLE + LRE + PDF)


def visible(text: str) -> str:
    return "".join(c for c in text if c not in CONTROLS)


@pytest.mark.parametrize("seed", range(10))
def test_the_order_beyond_the_depth_limit(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        deep = "".join(chance.choices([RLI, LRI, RLE, LRE], k=chance.choice([60, 62, 70, 118, 124, 126, 130])))
        body = "".join(chance.choices(["a", "א", "ب", "1", ".", " ", RLI, LRI, FSI, PDI, PDI, PDF, RLE], k=40))
        text, base = deep + body, chance.randrange(2)
        paragraph = resolve(text, base)
        mine = "".join(text[place] for place in paragraph.line_order(0, len(text)))
        assert visible(mine) == visible(bidi.get_display(text, base_dir="LR"[base]))
