"""What foreign text isolates is kept beside it, and shown as if the controls were still there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.bidi.layout import display
from tui.news.isolates import KINDS, packed, taken_out, titled, written_out
from tui.news.model import Mark, MarkKind, Text

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
LETTERS = st.text("ab 12.(شوא", min_size=1, max_size=5)
ISOLATED = st.recursive(
    LETTERS,
    lambda inside: st.lists(
        st.one_of(LETTERS, st.tuples(st.sampled_from([LRI, RLI, FSI]), inside).map(lambda t: t[0] + t[1] + PDI)),
        min_size=1,
        max_size=4,
    ).map("".join),
    max_leaves=8,
)


@given(ISOLATED)
def test_controls_taken_out_and_written_out_again_are_where_they_were(text: str) -> None:
    bare, marks = taken_out(text)
    assert bare == "".join(char for char in text if char not in {LRI, RLI, FSI, PDI})
    assert written_out(Text(bare, tuple(marks))).text == text


@given(ISOLATED, st.data())
def test_other_marks_keep_their_letters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    bare, marks = taken_out(text, [Mark(start, end, MarkKind.LINK, "https://paper.example/")])
    (link,) = [mark for mark in marks if mark.kind is MarkKind.LINK]
    shown = written_out(Text(bare, tuple(mark for mark in marks if mark.kind in KINDS or mark.start < mark.end)))
    for mark in shown.marks:
        assert taken_out(shown.text[mark.start : mark.end])[0] == bare[link.start : link.end]


@pytest.mark.parametrize(
    ("text", "bare", "count"),
    [
        (f"a{PDI}b", "ab", 0),
        (f"a{LRI}b", "ab", 0),
        (f"a{LRI}{PDI}b", "ab", 0),
        (f"{RLI}a{LRI}b{PDI}", "ab", 1),
        (f"{FSI}{FSI}a{PDI}{PDI}", "a", 2),
    ],
)
def test_only_pairs_that_enclose_something_are_kept(text: str, bare: str, count: int) -> None:
    assert taken_out(text)[0] == bare
    assert len(taken_out(text)[1]) == count


def test_time_is_linear_in_hostile_controls() -> None:
    text = LRI * 30_000 + "a" + PDI * 30_000
    bare, marks = taken_out(text)
    assert len(marks) == 30_000
    assert written_out(Text(bare, tuple(marks))).text == text


def test_an_isolated_name_does_not_drag_its_neighbours_along() -> None:
    """A number behind a Hebrew name in an English sentence stays behind it; without the isolate it would not."""
    with_isolate = written_out(Text("אבג 3 times", (Mark(0, 3, MarkKind.ISOLATE),))).text
    assert display(with_isolate, 0) == "גבא 3 times"
    assert display("אבג 3 times", 0) == "3 גבא times"


@given(ISOLATED)
def test_a_headlines_isolates_are_packed_and_come_back(text: str) -> None:
    bare, marks = taken_out(text)
    assert titled(bare, packed(marks)) == text


@pytest.mark.parametrize("isolates", ["0-9r", "2-1r", "1-2x", "r", "1-2", "９-9r", "1-999999999999r"])
def test_packed_isolates_that_do_not_fit_are_left_out(isolates: str) -> None:
    assert titled("abc", isolates) == "abc"
