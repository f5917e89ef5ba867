"""Levels beyond the conformance files: hostile nesting, line order, base direction, the fast path."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bidi.strategies import hostile
from tests.bidi.texts import ALL, ARABIC, ENGLISH
from tui.bidi._classes import classify
from tui.bidi._explicit import FSI, LRI, PDI, RLI, fsi_directions
from tui.bidi.levels import MIRROR, base_direction, isolate, needs_bidi, resolve, resolve_classes, visual_runs

bases = st.sampled_from([None, 0, 1])


def reversed_level_by_level(levels: bytes) -> list[int]:
    """L2 word for word: from the highest level down, every stretch of at least that level is reversed."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return order


@given(st.binary(max_size=40).map(lambda raw: bytes(byte % 7 for byte in raw)))
def test_runs_are_ordered_as_rule_l2_says(levels: bytes) -> None:
    order: list[int] = []
    for start, end, level in visual_runs(levels):
        order += range(end - 1, start - 1, -1) if level & 1 else range(start, end)
    assert order == reversed_level_by_level(levels)


@given(hostile, bases)
def test_order_is_a_permutation_and_levels_stay_in_bounds(text: str, base: int | None) -> None:
    paragraph = resolve(text, base)
    assert sorted(paragraph.line_order()) == list(range(len(text)))
    assert len(paragraph.line_levels()) == len(text)
    assert all(paragraph.level <= level <= 126 for level in paragraph.line_levels())


@given(hostile, bases, st.data())
def test_a_line_has_the_levels_of_its_paragraph_but_for_its_white_space(
    text: str, base: int | None, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    paragraph = resolve(text, base)
    assert sorted(paragraph.line_order(start, end)) == list(range(start, end))
    whole = paragraph.levels[start:end]
    for place, level in enumerate(paragraph.line_levels(start, end)):
        assert level in {whole[place], paragraph.level}


def forward_search(classes: bytes) -> bytearray:
    """X5c word for word: look forward from each FSI to its PDI."""
    found = bytearray(len(classes))
    for place, code in enumerate(classes):
        if code != FSI:
            continue
        depth = direction = 0
        for other in classes[place + 1 :]:
            if other in (LRI, RLI, FSI):
                depth += 1
            elif other == PDI:
                depth -= 1
                if depth < 0:
                    break
            elif not depth and other in b"LRA":
                direction = int(other != ord("L"))
                break
        found[place] = direction
    return found


@given(st.text(st.sampled_from("aא1(\u2066\u2067\u2068\u2068\u2069\u2069)\u202b\u202c ب"), max_size=40))
def test_one_pass_over_first_strong_isolates_finds_what_a_search_at_each_finds(text: str) -> None:
    assert fsi_directions(classify(text)) == forward_search(classify(text))


@given(st.text(st.characters(max_codepoint=0x058F), max_size=60))
def test_the_fast_path_gives_what_the_rules_give(text: str) -> None:
    assert not needs_bidi(text)
    for base in (None, 0):
        assert resolve(text, base).line_levels() == resolve_classes(classify(text), text, base).line_levels()


@pytest.mark.parametrize("depth", [60, 61, 62, 63, 124, 125, 126, 300])
def test_nesting_beyond_the_limit_is_ignored_and_undone(depth: int) -> None:
    levels = resolve("\u202b" * depth + "א" + "\u202c" * depth + "a", 0).line_levels()
    assert max(levels) <= 125
    assert levels[-1] == 0
    isolated = resolve("\u2067" * depth + "א" + "\u2069" * depth + "a", 0).line_levels()
    assert max(isolated) <= 125
    assert isolated[-1] == 0


def test_canonically_equivalent_brackets_pair() -> None:
    text = "א\u2329ב a\u3009"
    assert resolve(text, 1).line_levels() == resolve(text.replace("\u2329", "\u3008"), 1).line_levels()
    assert MIRROR[0x2329] == "\u232a"
    assert MIRROR[ord("»")] == "«"


def test_trailing_blanks_of_a_line_take_the_base_level() -> None:
    paragraph = resolve("אב abc דה", 1)
    assert list(paragraph.line_levels(0, 7)) == [1, 1, 1, 2, 2, 2, 1]
    assert paragraph.line_runs(0, 7) == [(6, 7, 1), (3, 6, 2), (0, 3, 1)]


@pytest.mark.parametrize(
    ("text", "first", "majority"),
    [
        ("", None, None),
        ("12 … 34", None, None),
        ("plain", 0, 0),
        ("«Reuters»: ارتفاع أسعار القمح في الأسواق", 0, 1),
        ("قال Tim Berners Lee today", 1, 0),
        ("عاجل: breaking", 1, 1),
        ("breaking عاجل", 0, 0),
        ("\u2067אב\u2069 abc", 0, 0),
        ("٣ ٤ دينار", 1, 1),
    ],
)
def test_base_direction(text: str, first: int | None, majority: int | None) -> None:
    assert base_direction(text) == first
    assert base_direction(text, majority=True) == majority


def test_samples_have_the_direction_of_their_language() -> None:
    for name, text in ALL.items():
        assert base_direction(text) == (0 if name in {"english", "japanese"} else 1)
    assert needs_bidi(ARABIC)
    assert not needs_bidi(ENGLISH)


@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("name", ALL)
def test_the_order_of_real_text_is_that_of_python_bidi(name: str, base: int) -> None:
    import bidi

    text = ALL[name]
    ours = "".join(text[place] for place in resolve(text, base).line_order())
    assert ours == bidi.get_display(text, base_dir="LR"[base])


_ALPHABETS = (
    "abcאבגدرسعقف0123٠١٢+-#$%,.:;()[]<>{}«»!?&  \u0300\u0651\u2329\u3009\u200e\u200f\u061c\u2066\u2067\u2068\u2069",
    "aא1(\u2066\u2067\u2068\u2069\u2069)\u202b\u202a\u202d\u202e\u202c ب",
    "aא(()\u2329\u3009\u3008\u232a[]\u0300\u0300 1٢",
    "1٢#$+-,.:% اaא",
)


@given(st.sampled_from(_ALPHABETS).flatmap(lambda letters: st.text(st.sampled_from(letters), max_size=50)), bases)
def test_the_order_of_hostile_text_is_that_of_python_bidi(text: str, base: int | None) -> None:
    import bidi

    removed = re.compile("[\u202a-\u202e]")
    ours = "".join(text[place] for place in resolve(text, base).line_order())
    theirs = bidi.get_display(text, base_dir=None if base is None else "LR"[base])
    assert removed.sub("", ours) == removed.sub("", theirs)


def test_an_isolated_text_keeps_its_order_beside_others() -> None:
    from tui.bidi.layout import display

    assert display(f"{isolate('אבג 1')} · {isolate('2 דהו')}", 0) == "1 גבא · והד 2"
    assert display(f"{isolate('a!', 0)} אב", 1) == "בא a!"
    assert isolate("") == ""
