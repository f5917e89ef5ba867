"""Layout: everything shown once, no line too wide, styles on their letters, cells and places in step."""

from collections import Counter

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.bidi.strategies import hostile
from tests.bidi.texts import ALL, ARABIC, ENGLISH, HEBREW, VOCALISED
from tui.bidi._paragraph import drawn
from tui.bidi.breaks import WIDEST_CLUSTER, cell_width
from tui.bidi.layout import Line, Span, display, lay_out, line, truncate
from tui.bidi.levels import MIRROR, resolve
from tui.bidi.sanitize import sanitize_block
from tui.bidi.shaping import NOTHING

widths = st.integers(1, 40)
bases = st.sampled_from([None, 0, 1])
safe = st.one_of(hostile.map(sanitize_block), st.sampled_from(list(ALL.values())))
texts = st.one_of(hostile, safe)


def shown(made: Line) -> str:
    return "".join(piece.text for piece in made.pieces())


def unmirrored(text: str) -> Counter[str]:
    return Counter(min(char, MIRROR.get(ord(char), char)) for char in text)


@given(texts, widths, bases, st.booleans())
def test_every_code_point_is_shown_once_or_is_invisible(text: str, width: int, base: int | None, marks: bool) -> None:
    at = 0
    for made in lay_out(text, width, base=base, marks=marks):
        assert text[at : made.start].strip(" \t\n") == ""
        assert made.start <= made.end
        covered = sorted((start, end) for start, end, _ in made.clusters())
        assert [place for start, end in covered for place in range(start, end)] == list(range(made.start, made.end))
        at = made.end
    assert text[at:].strip(" \t\n") == ""


@given(texts, bases, st.booleans())
def test_what_is_shown_is_what_is_drawn_for_each_code_point(text: str, base: int | None, marks: bool) -> None:
    assume("\n" not in text)
    (made,) = lay_out(text, 1000, base=base, marks=marks)
    wanted = drawn(text, marks=marks)[made.start : made.end].replace(NOTHING, "")
    assert unmirrored(shown(made)) == unmirrored(wanted)


@given(texts, st.booleans())
def test_no_control_and_no_format_character_is_ever_shown(text: str, marks: bool) -> None:
    for made in lay_out(text, 20, marks=marks):
        assert not any(char < " " or "\x7f" <= char <= "\x9f" or "\u200b" <= char <= "\u200f" for char in shown(made))
        assert not any("\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069" for char in shown(made))


@given(texts, widths, bases, st.integers(0, 8), st.integers(0, 8), st.sampled_from([None, 1, 2]), st.booleans())
def test_no_line_is_wider_than_asked(
    text: str, width: int, base: int | None, first: int, rest: int, most: int | None, justify: bool
) -> None:
    lines = lay_out(
        text, width, base=base, first_indent=first, indent=rest, max_lines=most, justify=justify, marks=True
    )
    assert 1 <= len(lines) <= (most or len(lines))
    for number, made in enumerate(lines):
        assert made.indent == min(rest if number else first, width - 1)
        assert made.indent + made.cells <= width
        assert sum(piece.cells for piece in made.pieces()) == made.cells
        assert sum(cells for _, _, cells in made.clusters()) == made.cells


@given(safe, widths, bases)
def test_a_piece_takes_the_cells_it_says(text: str, width: int, base: int | None) -> None:
    for made in lay_out(text, width, base=base):
        for piece in made.pieces():
            assert cell_width(piece.text) == piece.cells


@given(texts, widths, bases, st.sampled_from([None, 1]))
@example("اب", 10, 1, None)
@example("a" * 20, 10, 0, 1)
def test_cells_and_places_map_to_each_other(text: str, width: int, base: int | None, most: int | None) -> None:
    for made in lay_out(text, width, base=base, max_lines=most):
        at = 0
        for start, end, cells in made.clusters():
            for cell in range(at, at + cells):
                assert made.index_at(cell) == start
            for place in range(start, end):
                assert made.cell_of(place) == at
            at += cells
        assert made.index_at(-1) == (made.end if made.level else made.start)
        assert made.index_at(made.cells) == (made.start if made.level else made.end)
        if not made.truncated:
            assert made.cell_of(made.end) == (-1 if made.level else made.cells)


@given(texts, widths, bases, st.booleans())
def test_a_style_stays_on_its_letter(text: str, width: int, base: int | None, marks: bool) -> None:
    spans = [Span(place, place + 1, place) for place in range(len(text))]
    glyphs = drawn(text, marks=marks)
    for made in lay_out(text, width, base=base, spans=spans, marks=marks):
        clusters = {start: end for start, end, _ in made.clusters()}
        for piece in made.pieces():
            (place,) = piece.styles
            assert place == piece.start
            if piece.start in clusters and width >= 8:
                assert unmirrored(piece.text) == unmirrored(glyphs[piece.start : piece.end].replace(NOTHING, ""))


@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6), widths)
def test_overlapping_styles_come_in_the_order_of_their_spans(
    text: str, ranges: list[tuple[int, int]], width: int
) -> None:
    spans = [Span(start, end, number) for number, (start, end) in enumerate(ranges)]
    for made in lay_out(text, width, spans=spans):
        for piece in made.pieces():
            over = tuple(span.style for span in spans if span.start <= piece.start < span.end)
            assert piece.styles == over


@given(texts, bases)
def test_one_line_of_the_paragraph_is_in_the_order_of_its_levels(text: str, base: int | None) -> None:
    assume("\n" not in text)
    (made,) = lay_out(text, 1000, base=base)
    order = resolve(text, base).line_order(made.start, made.end)
    runs = resolve(text, base).line_runs(made.start, made.end)
    starts = [start for start, _, _ in made.clusters()]
    level_of = {place: level for start, end, level in runs for place in range(start, end)}
    if all(level_of[start] % 2 == 0 for start in starts):
        assert starts == [place for place in order if place in set(starts)]
    last_of_cluster = [end - 1 if level_of[start] % 2 else start for start, end, _ in made.clusters()]
    assert last_of_cluster == [place for place in order if place in set(last_of_cluster)]


@given(texts, widths, bases)
@example("abcd\u202e\u3000efgh", 6, None)
@example("אבגד \u2066abcdefgh\u2069", 8, None)
def test_a_truncated_line_shows_the_beginning_and_an_ellipsis_at_the_logical_end(
    text: str, width: int, base: int | None
) -> None:
    whole = line(text, 1000, base=base)
    made = line(text, width, base=base)
    assert made.level == whole.level
    assert made.cells <= width
    if whole.cells <= width:
        assert not made.truncated
        assert shown(made) == shown(whole)
    else:
        assert made.truncated or width < WIDEST_CLUSTER  # a single cluster wider than the line is an ellipsis as well
        edge = shown(made)[0] if made.level else shown(made)[-1]
        assert edge == "…"


@given(texts, widths)
def test_truncated_text_fits(text: str, width: int) -> None:
    short = truncate(text, width)
    assert line(short, 1000).cells <= width
    whole = text.replace("\n", " ")
    assert short == whole or (short.endswith("…") and whole.startswith(short[:-1]))


def test_lam_alef_is_one_cell_of_two_letters() -> None:
    (made,) = lay_out("سلام", 10)
    assert made.clusters() == [(3, 4, 1), (1, 3, 1), (0, 1, 1)]
    assert shown(made) == "\ufee1\ufefc\ufeb3"
    assert (made.cell_of(1), made.cell_of(2)) == (1, 1)
    assert made.index_at(1) == 1


def test_marks_stay_behind_their_letter_in_reversed_runs() -> None:
    (made,) = lay_out("بَت", 10, marks=True)
    assert shown(made) == "\ufe96\ufe91\u064e"
    (bare,) = lay_out("بَت", 10)
    assert shown(bare) == "\ufe96\ufe91"
    assert all(made.cells <= 30 for made in lay_out(VOCALISED, 30, marks=True))


def test_mixed_line_is_in_visual_order_with_mirrored_brackets() -> None:
    assert display("אב (גד) 12 abc") == "abc 12 (דג) בא"
    assert display("abc (אב) def") == "abc (בא) def"


def test_a_number_is_not_cut_in_two() -> None:
    assert truncate("يوم 2027 تقريبًا", 7) == "يوم…"
    assert truncate("12345678901234567890", 5) == "1234…"


def test_bullets_hang_on_the_start_side() -> None:
    for text, level in ((ARABIC, 1), (ENGLISH, 0)):
        lines = lay_out(text, 40, first_indent=0, indent=2)
        assert [made.indent for made in lines[:3]] == [0, 2, 2]
        assert {made.level for made in lines} == {level}
        assert max(made.cells + made.indent for made in lines) <= 40


def test_paragraphs_have_their_own_direction_and_end_hard() -> None:
    lines = lay_out("abc\n\nאבג\nabc", 10)
    assert [(made.start, made.end, made.level, made.hard) for made in lines] == [
        (0, 3, 0, True), (4, 4, 0, True), (5, 8, 1, True), (9, 12, 0, True),
    ]  # fmt: skip
    assert {made.level for made in lay_out("abc\nאבג", 10, base=1)} == {1}


def test_last_line_is_truncated_when_there_is_more() -> None:
    lines = lay_out(ARABIC, 30, max_lines=2)
    assert len(lines) == 2
    assert lines[1].truncated
    assert shown(lines[1]).startswith("…")
    assert not lay_out("one two", 30, max_lines=1)[0].truncated
    assert lay_out("one\ntwo", 30, max_lines=1)[0].truncated
    assert not lay_out("one\n \n", 30, max_lines=1)[0].truncated


def test_the_letter_before_an_ellipsis_does_not_reach_out_to_it() -> None:
    made = line("ببببب", 4)
    assert shown(made) == "…\ufe90\ufe92\ufe91"


def test_the_ellipsis_has_the_style_of_what_it_cuts() -> None:
    made = line("abcdef", 4, spans=[Span(0, 6, "bold")])
    assert [(piece.text, piece.styles) for piece in made.pieces()] == [("abc…", ("bold",))]


def test_arabic_is_justified_with_tatweel_inside_words() -> None:
    ragged = lay_out(ARABIC, 60)
    filled = lay_out(ARABIC, 60, justify=True)
    assert [(made.start, made.end) for made in ragged] == [(made.start, made.end) for made in filled]
    full = [made for made in filled if not made.hard and made.cells == 60]
    assert len(full) >= len(filled) - 2
    for made, plain in zip(filled, ragged, strict=True):
        assert shown(made).replace("ـ", "") == shown(plain)
        assert cell_width(shown(made)) == made.cells
    assert [made.cells for made in lay_out(HEBREW, 60, justify=True)] == [made.cells for made in lay_out(HEBREW, 60)]


@pytest.mark.parametrize("width", [-3, 0, 1])
def test_any_width_is_survived(width: int) -> None:
    for text in ALL.values():
        assert all(made.cells <= 1 for made in lay_out(text, width))
        assert line(text, width).cells <= 1


def test_one_line_takes_newlines_for_blanks() -> None:
    assert shown(line("one\ntwo", 20)) == "one two"


def test_pictures_of_several_parts_are_drawn_as_their_first() -> None:
    assert display("👨\u200d👩\u200d👧 👍🏽 ❤\ufe0f 🇫🇷") == "👨 👍 ❤ 🇫🇷"
