"""Typography as a pure function: whatever an article holds, its rows fit the pane and lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from tui.bidi.layout import display
from tui.bidi.sanitize import sanitize, sanitize_block
from tui.news.model import (
    Article,
    Block,
    Direction,
    Figure,
    Heading,
    Image,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    Text,
)
from tui.ui.widgets.flow import Kind, Part, Texts, compose, plain_text, selected_text
from tui.ui.widgets.painting import Overlay, paint
from tui.ui.widgets.reader import Reader, carried
from tui.ui.widgets.tables import columns
from tui.ui.widgets.typeset import Page, Typesetter, set_part

LETTERS = st.one_of(
    st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىلا ً  "),
    st.sampled_from("אבגדהוזחטיכלמנסעפצקרשת "),
    st.sampled_from("abcXYZ 0123456789%()[]«»-.,:!?/ "),
    st.sampled_from("日本語。👩‍👩‍👧🇲🇦é\u200b "),
    st.characters(),
)
STRINGS = st.text(LETTERS, max_size=150)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    text = sanitize(draw(STRINGS))
    places = st.integers(0, len(text))
    marks = draw(st.lists(st.tuples(places, places, st.sampled_from(MarkKind)), max_size=3))
    return Text(text, tuple(Mark(min(a, b), max(a, b), kind, "https://a.example/") for a, b, kind in marks))


def blocks() -> st.SearchStrategy[Block]:
    item = st.builds(ListItem, texts())
    nested = st.builds(ListItem, texts(), st.tuples(st.builds(ListBlock, st.tuples(item))))
    cells = st.integers(1, 5).flatmap(
        lambda n: st.builds(
            Table,
            st.lists(st.tuples(*[texts()] * n), min_size=1, max_size=3).map(tuple),
            st.one_of(st.just(()), st.tuples(*[texts()] * n)),
        )
    )
    return st.one_of(
        st.builds(Heading, texts(), st.integers(2, 6)),
        st.builds(Paragraph, texts()),
        st.builds(Quote, st.lists(texts(), max_size=3).map(tuple), STRINGS.map(sanitize)),
        st.builds(ListBlock, st.lists(st.one_of(item, nested), min_size=1, max_size=3).map(tuple), st.booleans()),
        st.builds(Figure, st.builds(Image, st.just("https://a.example/i"), STRINGS.map(sanitize))),
        cells,
        st.builds(Preformatted, STRINGS.map(sanitize_block)),
        st.just(Rule()),
    )


ARTICLES = st.builds(
    Article,
    STRINGS.map(sanitize),
    st.lists(blocks(), max_size=4).map(tuple),
    language=st.sampled_from(["", "ar", "en"]),
    direction=st.sampled_from(Direction),
)
TEXTS = Texts("paper · date", "picture", "Untitled", "Read it at the source: a.example", source_key="o", report_key="!")


def named(inks: tuple[str, ...]) -> Style:
    return Style.from_meta({"inks": inks})


def flow(article: Article) -> tuple[Part, ...]:
    return compose(article, TEXTS, "https://a.example/")


@settings(max_examples=120, deadline=None)
@given(ARTICLES, st.integers(1, 100), st.integers(0, 30))
@example(Article(title="", blocks=(Preformatted("🏻"),)), 1, 0)  # a skin tone alone, which is not drawn
def test_every_row_is_as_wide_as_the_pane_and_no_letter_is_lost(article: Article, width: int, shift: int) -> None:
    setter = Typesetter(flow(article), Page(width, shift=shift))
    for number, part in enumerate(setter.parts):
        rows = setter.rows(number)
        assert rows
        covered: set[int] = set()
        for row in rows:
            for overlays, hit in (((), None), ((Overlay(2, 9, "article--hit"),), number)):
                strip = paint(row, width, named, overlays, hit)
                assert sum(cell_len(segment.text) for segment in strip) == width == strip.cell_length
            for item in row.placed:
                covered |= set(range(item.origin + item.line.start, item.origin + item.line.end))
        # A folded table's header is repeated as labels instead.
        folded = (
            part.table is not None
            and part.table.header
            and not part.row
            and not columns(part.table, setter.page.measure)
        )
        if part.kind is not Kind.TITLE and not folded:
            missed = [part.text[i] for i in range(len(part.text)) if i not in covered]
            # Of a byline, the separators that a row would end in are left out.
            blank = " \u00a0·" if part.kind is Kind.BYLINE else " "
            assert not "".join(missed).strip().strip(blank), (part.kind, missed)


@settings(max_examples=80, deadline=None)
@given(ARTICLES, st.integers(1, 100), st.integers(1, 30), st.data())
def test_a_place_is_in_view_where_it_was_asked_for(
    article: Article, width: int, height: int, data: st.DataObject
) -> None:
    reader = Reader()
    reader.set_for(Page(width), height)
    parts = flow(article)
    number = data.draw(st.integers(0, len(parts) - 1))
    index = data.draw(st.integers(0, max(0, len(parts[number].text) - 1)))
    reader.take(parts, (number, index))
    spots = reader.rows_in_view()
    assert len(spots) == min(height, sum(reader.rows(n) for n in range(len(parts))))
    assert reader.place == (number, index)
    reader.set_for(Page(data.draw(st.integers(1, 100))), data.draw(st.integers(1, 30)))
    reader.set_for(Page(width), height)
    assert reader.rows_in_view() == spots


@settings(max_examples=80, deadline=None)
@given(ARTICLES, st.integers(1, 90), st.integers(3, 30))
def test_paging_down_shows_every_row(article: Article, width: int, height: int) -> None:
    reader = Reader()
    reader.set_for(Page(width), height)
    reader.take(flow(article))
    seen = set(reader.rows_in_view())
    start, end = reader.extent()
    assert start == 0
    while reader.turn(1):
        seen |= set(reader.rows_in_view())
        assert 0 <= reader.extent()[0] <= reader.extent()[1] <= 1
        assert reader.extent()[1] >= end
        end = reader.extent()[1]
    assert end == 1
    assert len(seen) == sum(reader.rows(n) for n in range(len(reader.parts)))


def test_another_version_of_the_text_is_read_on_at_the_same_sentence() -> None:
    old = flow(Article("T", (Paragraph(Text("First paragraph of the teaser, long enough to be told apart.")),)))
    new = flow(
        Article(
            "T",
            (
                Paragraph(Text("An editor's note stands above now.")),
                Paragraph(Text("First paragraph of the teaser, long enough to be told apart. And it goes on.")),
            ),
        )
    )
    assert carried(old, new, (2, 6)) == (3, 6)
    assert carried(old, new, (0, 0)) == (0, 0)


def test_a_drawing_keeps_its_corners() -> None:
    parts = flow(Article("t", (Preformatted("┌──────┐\n│ خبر  │\n└──────┘"),), direction=Direction.RTL, language="ar"))
    rows = [set_part(part, Page(60))[-1].placed[0] for part in parts if part.kind is Kind.PREFORMATTED]
    drawn = ["".join(piece.text for piece in row.line.pieces()) for row in rows]
    assert drawn[0] == "┌──────┐" and drawn[2] == "└──────┘" and drawn[1].startswith("│") and drawn[1].endswith("│")
    assert len({row.x for row in rows}) == 1


def test_columns_share_the_measure_and_know_numbers() -> None:
    table = Table(
        ((Text("North pier"), Text("a rather long description of the place"), Text("1,250")),),
        (Text("Place"), Text("What"), Text("Seats")),
    )
    shape = columns(table, 40)
    assert shape is not None
    assert sum(shape.widths) + 4 <= 40
    assert shape.numeric == (False, False, True)
    assert columns(table, 14) is None
    long = Table(tuple((*row[:1], Text("a description that goes on and on " * 8), *row[2:]) for row in table.rows))
    assert columns(long, 40) is None, "a thread of words is no column"


@pytest.mark.parametrize(("direction", "team"), [(Direction.LTR, "The club"), (Direction.RTL, "الرجاء البيضاوي")])
def test_the_units_of_numbers_stand_under_one_another(direction: Direction, team: str) -> None:
    """Digits run from left to right in both directions, so it is their right ends that agree."""
    rows = tuple((Text(team), Text(points), Text("notes")) for points in ("+14", "-3", "128"))
    parts = flow(Article("t", (Table(rows),), direction=direction))
    set_rows = [row for part in parts if part.kind is Kind.RECORD for row in set_part(part, Page(60)) if row.placed]
    numbers = [sorted(row.placed, key=lambda placed: placed.x)[1] for row in set_rows]
    assert len(numbers) == 3 and len({placed.x + placed.cells for placed in numbers}) == 1


@pytest.mark.parametrize("direction", [Direction.LTR, Direction.RTL])
def test_the_texts_of_a_numbered_list_begin_in_one_column(direction: Direction) -> None:
    items = tuple(ListItem(Text("word" if direction is Direction.LTR else "كلمة")) for _ in range(3))
    parts = flow(Article("t", (ListBlock(items, True, 9),), direction=direction))
    rows = [row for part in parts if part.kind is Kind.ITEM for row in set_part(part, Page(60)) if row.placed]
    starts = {row.placed[0].x + (row.placed[0].cells if direction is Direction.RTL else 0) for row in rows}
    assert len(rows) == 3
    assert len(starts) == 1


def test_a_list_stands_on_one_side_and_each_item_reads_in_its_own_order() -> None:
    items = ("افتح الصفحة", "نزّل الملف بصيغة CSV", "Read me first.")
    parts = flow(Article("Title", (ListBlock(tuple(ListItem(Text(text)) for text in items)),), language="en"))
    listed = [part for part in parts if part.kind is Kind.ITEM]
    assert [part.level for part in listed] == [1, 1, 0]
    for part in listed:
        row = next(row for row in set_part(part, Page(60)) if row.placed)
        assert row.placed[0].x + row.placed[0].cells == Page(60).right - 2
        assert row.signs[-1].x == Page(60).right - 1


def test_what_a_page_isolates_is_shown_so_and_copied_without_controls() -> None:
    text = Text("אבג 3 times", (Mark(0, 3, MarkKind.ISOLATE), Mark(4, 5, MarkKind.STRONG)))
    article = Article(title="t", blocks=(Paragraph(text), ListBlock((ListItem(text),)), Table(((text, Text("x")),))))
    parts = compose(article, Texts("", "", ""), "")[2:]
    for part in parts:
        assert "גבא 3 times" in display(part.text, 0)
        (strong,) = [mark for mark in part.marks if mark.kind is MarkKind.STRONG]
        assert part.text[strong.start : strong.end] == "3"
    assert plain_text(parts).splitlines()[0] == "אבג 3 times"
    assert selected_text(parts, lambda number: None if number else (0, -1)) == "אבג 3 times"


def test_what_a_headline_isolates_is_shown_so_over_its_article() -> None:
    title, *_ = compose(Article(title='كتب "a, b!" اليوم', isolates="4-11l"), Texts("", "", ""), "")
    assert '"a, b!"' in display(title.text, 1)
    assert plain_text([title]).startswith('كتب "a, b!" اليوم')
