"""Rows of the headline list: columns, titles, ages and signs, mirrored, never wider or narrower than the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from tests.ui.listed import ARABIC, ENGLISH, LONG_ARABIC, NOON, Listed, story
from tui.bidi.layout import display
from tui.bidi.sanitize import sanitize
from tui.locale import LANGUAGES, load
from tui.news.model import Direction, Story
from tui.ui.widgets.headline_drawing import StoryDrawer
from tui.ui.widgets.headline_rows import ListLook, Section, StorySigns, section_row, selected, story_rows
from tui.ui.widgets.painting import paint
from tui.ui.widgets.plain import Words
from tui.ui.widgets.window import Window


def test_a_left_to_right_row_stands_in_its_columns() -> None:
    rows = drawn(story(1, starred=True, others=2), ListLook(40), StorySigns("5 min", "+2"))
    assert rows[0] == f" ● {ENGLISH}".ljust(40)
    assert rows[1] == "   The Lantern · 5 min" + "★ +2 ".rjust(40 - 22)


def test_a_right_to_left_row_is_the_mirror_image() -> None:
    look = ListLook(40, rtl=True)
    rows = drawn(story(1, ARABIC, paper="الرواق", starred=True, others=2), look, StorySigns("5 دقائق", "+2"))
    assert rows[0] == f"{display(ARABIC)} ● ".rjust(40)
    assert rows[1].startswith(" +2 ★ ")
    assert rows[1].endswith(display("الرواق · 5 دقائق", 1) + "   ")


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("title", [ARABIC, ENGLISH])
def test_a_headline_stands_at_its_own_start_and_signs_in_the_lists_columns(rtl: bool, title: str) -> None:
    rows = drawn(story(1, title), ListLook(48, rtl=rtl), StorySigns("1 h"))
    assert rows[0].index("●") == (46 if rtl else 1)
    left, right = (1, 45) if rtl else (3, 47)
    at = rows[0].index(display(title))
    assert (at + cell_len(display(title)) == right) if title == ARABIC else (at == left)


def test_two_lines_of_title_at_most_with_the_ellipsis_at_the_logical_end() -> None:
    for title, rtl in ((LONG_ARABIC, True), (LONG_ARABIC, False), (ENGLISH * 5, True), (ENGLISH * 5, False)):
        rows = drawn(story(1, title), ListLook(34, rtl=rtl), StorySigns("1 h"))
        assert len(rows) == 3
        text = rows[1].replace("●", " ").strip()
        assert text.startswith("…") if title == LONG_ARABIC else text.endswith("…")
        assert "…" not in rows[0]


def test_the_english_headline_of_an_arabic_paper_runs_left_to_right() -> None:
    rows = drawn(story(1, "Pause Flow!", language="ar"), ListLook(30, rtl=True), StorySigns())
    assert rows[0].startswith(" Pause Flow!")


def test_the_declared_direction_wins_over_the_first_strong_letter() -> None:
    title = "iPhone 17 يصل إلى الأسواق"
    rows = drawn(story(1, title, language="ar"), ListLook(40, rtl=True), StorySigns())
    assert rows[0].endswith("iPhone 17 ● ")
    forced = drawn(story(1, title, direction=Direction.LTR), ListLook(40), StorySigns())
    assert forced[0].startswith(" ● iPhone 17 ")


def test_the_age_stays_whole_when_the_papers_name_is_too_long() -> None:
    rows = drawn(story(1, paper="The Quarterly Gazette of Harbours and Canals"), ListLook(34), StorySigns("5 min"))
    assert rows[-1].rstrip().endswith("… · 5 min")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ages_of_a_compact_list_are_a_column_with_two_straight_edges(language: str) -> None:
    """Titles against the reading direction begin at its inner edge, and so does every star."""
    locale = load(language)
    drawer = StoryDrawer(locale, lambda: NOON)
    drawer.look = replace(drawer.look, width=60, compact=True)
    other_way = "Council adopts the new plan" if locale.rtl else ARABIC
    ages = [timedelta(minutes=n) for n in (0, 2, 3, 14, 120, 700, 3000, 9000)] + [None]
    stories = [
        replace(story(n, other_way, starred=True), published=NOON - age if age is not None else None)
        for n, age in enumerate(ages, 1)
    ]
    edges: set[tuple[int, int]] = set()
    outer: set[int] = set()
    window = Window(Listed(stories))
    window.start()
    for number in range(len(stories)):
        made = drawer.draw(window, number)
        assert made is not None
        row = made.rows[0]
        star = next(sign.x for sign in row.signs if sign.text == "★")
        title, *age = row.placed
        edges.add((star, title.x if locale.rtl else title.x + title.line.cells))
        outer |= {placed.x if locale.rtl else placed.x + placed.line.cells for placed in age if placed.line.cells}
    assert len(edges) == 1
    assert outer == {1 if locale.rtl else 59}


def test_compact_rows_have_title_and_age_on_one_line() -> None:
    rows = drawn(story(1, starred=True), ListLook(60, compact=True), StorySigns("5 min"))
    assert rows == [f" ● {ENGLISH}".ljust(51) + "★  5 min "]
    rtl = drawn(story(1, ARABIC, starred=True), ListLook(60, rtl=True, compact=True), StorySigns("5 min"))
    assert rtl[0].startswith(" 5 min  ★")


def test_the_selection_is_a_bar_and_a_background_or_the_bar_alone() -> None:
    look = ListLook(30)
    row = story_rows(story(1), look, StorySigns())[0]
    both = segments(selected(row, look), 30)
    assert both[0].text == "▌"
    assert all("headlines--selected" in names(s) for s in both)
    alone = segments(selected(row, look, bar_only=True), 30)
    assert not any("headlines--selected" in names(s) for s in alone)
    assert "".join(s.text for s in alone)[1:] == "".join(s.text for s in segments(row, 30))[1:]


def test_section_lines_carry_their_name_at_the_start_side() -> None:
    assert text_of(section_row(Section("Yesterday"), ListLook(24))) == " ─ Yesterday ───────────"
    mirrored = text_of(section_row(Section("أمس"), ListLook(24, rtl=True)))
    assert mirrored.endswith(f" {display('أمس')} ─ ")
    assert mirrored.startswith("─────")


TITLES = st.text(
    alphabet=st.one_of(
        st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىپچژگ‌ "),
        st.sampled_from("אבגדהוזחטיכלמנסעפצקרשת "),
        st.sampled_from("abcXYZ 0123456789%()[]«»-.,;:!?/"),
        st.characters(),
    ),
    max_size=120,
)


@settings(max_examples=300, deadline=None)
@given(
    TITLES,
    TITLES,
    st.integers(8, 110),
    st.booleans(),
    st.booleans(),
    st.sampled_from(list(Direction)),
    st.sampled_from(["", "ar", "en", "he"]),
)
def test_no_row_is_ever_wider_or_narrower_than_the_list(
    title: str, paper: str, width: int, rtl: bool, compact: bool, direction: Direction, language: str
) -> None:
    look = ListLook(width, rtl=rtl, compact=compact, highlight=("a", "ال"))
    made = story(
        1, sanitize(title), paper=sanitize(paper), starred=True, others=3, direction=direction, language=language
    )
    for row in story_rows(made, look, StorySigns("12 دقيقة", "+3")):
        for shown in (row, selected(row, look)):
            strip = paint(shown, width, named)
            assert strip.cell_length == width
            assert sum(cell_len(segment.text) for segment in strip) == width


def test_no_lonely_word_on_the_last_line_of_a_title() -> None:
    title = "The harbour library opens again today"
    rows = drawn(story(1, title), ListLook(36), StorySigns())
    assert [len(row.strip("● ")) > 10 for row in rows[:2]] == [True, True]


def named(inks: tuple[str, ...]) -> Style:
    """A palette that only notes the names of the inks."""
    return Style.from_meta({"inks": inks})


def names(segment: Segment) -> tuple[str, ...]:
    return segment.style.meta.get("inks", ()) if segment.style else ()


def segments(row: object, width: int) -> list[Segment]:
    return list(paint(row, width, named))  # type: ignore[arg-type]


def text_of(row: object) -> str:
    return "".join(segment.text for segment in segments(row, 24))


def drawn(made: Story, look: ListLook, signs: StorySigns) -> list[str]:
    return ["".join(s.text for s in paint(row, look.width, named)) for row in story_rows(made, look, signs)]


@pytest.mark.parametrize("look", [ListLook(60, rtl=True), ListLook(60, rtl=True, compact=True)])
def test_what_a_headline_isolates_keeps_its_own_order(look: ListLook) -> None:
    told = story(1, 'كتب "a, b!" اليوم', isolates="4-11l")
    assert '"a, b!"' in drawn(told, look, StorySigns("1 h"))[0]
    assert '"a, b!"' not in drawn(replace(told, isolates=""), look, StorySigns("1 h"))[0]


def test_a_headline_that_is_cut_within_an_isolate_leaves_its_paper_alone() -> None:
    words = Words("unread", "starred", "quotation")
    told = story(1, "كتب " + "a, b! " * 20, paper="El País", isolates="4-123l")
    (row,) = drawn(told, ListLook(90, plain=words), StorySigns("1 h"))
    assert row.startswith("unread · ")
    assert row.rstrip().endswith("· El País · 1 h")


def test_a_second_row_with_nothing_to_say_is_none() -> None:
    """In sections by paper a story without a date has neither paper nor age to show."""
    assert len(drawn(story(1), ListLook(48, paper=False), StorySigns())) == 1
    assert len(drawn(story(1), ListLook(48, paper=False), StorySigns(others="+2"))) == 2
    assert len(drawn(story(1), ListLook(48, paper=False), StorySigns("1 h"))) == 2
