"""The article view on a real screen: typography, places, links, hits and selection in two directions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from tests.ui.articles import ARABIC, ENGLISH, LINK, Bench, article, edges, english, linked
from tui.bidi.layout import display
from tui.locale import load
from tui.news.model import (
    Article,
    Block,
    Figure,
    Heading,
    Image,
    ListBlock,
    ListItem,
    MarkKind,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)


async def test_arabic_paragraphs_end_at_the_right_edge_of_a_centred_measure() -> None:
    app = Bench(article(Paragraph(Text(ARABIC)), Paragraph(Text(ENGLISH))))
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        rows = app.rows()
        assert edges(rows[app.row_with("أعلنت إدارة")])[1] == 24
        assert edges(rows[app.row_with("The trust said")])[0] == 24
        assert max(len(row.strip()) for row in rows) <= 72
        assert all(cell_len(row) == 120 for row in rows)


async def test_arabic_paragraphs_may_fill_their_lines() -> None:
    app = Bench(article(Paragraph(Text(ARABIC)), Paragraph(Text(ENGLISH))))
    app.view.justify = True
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        first = app.row_with("ـ")
        rows = app.rows()
        assert edges(rows[first]) == edges(rows[first + 1]) == (4, 4)
        assert "ـ" not in app.view.text(), "the text stays as it is"


async def test_title_byline_and_source_line() -> None:
    app = Bench(article(Paragraph(Text(ARABIC)), published=datetime(2025, 10, 21, 9, tzinfo=UTC)))
    async with app.run_test(size=(100, 20)) as pilot:
        await pilot.pause()
        title = app.row_with("افتتاح المكتبة البحرية")
        assert all(style.bold for style in app.styles_of("افتتاح المكتبة البحرية"))
        byline = app.rows()[title + 2]
        for part in (display("الرواق"), "21 October 2025", app.view._locale.text("article.full")):
            assert part in byline
        assert byline.index(display("الرواق")) > byline.index("21 October 2025")
        assert "riwaq.example" in "".join(app.rows())
        assert app.view.links()[-1].url == LINK


async def test_a_title_takes_three_lines_at_most() -> None:
    app = Bench(article(title="كلمة طويلة " * 60))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        rows = app.rows()
        assert [bool(row.strip()) for row in rows[:6]] == [False, True, True, True, False, True]
        assert "…" in rows[3][:20]


async def test_quotes_have_their_rule_on_the_start_side_of_their_own_direction() -> None:
    quotes = (Quote((Text("سنربح بالقراءة"), Text("فقرة ثانية"))), Quote((Text("We will win"),), "the keeper"))
    app = Bench(article(*quotes))
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        rows = app.rows()
        first, second, third = (app.row_with(t) for t in ("سنربح بالقراءة", "فقرة ثانية", "We will win"))
        right = edges(rows[first])[1]
        assert rows[first][60 - right - 1] == "▕"
        assert rows[first + 1].strip() == "▕"  # the rule is not interrupted between paragraphs of one quotation
        assert rows[second].rstrip().endswith("▕")
        assert rows[third].lstrip().startswith("▏ We will win")
        assert rows[third + 1].lstrip().startswith("▏ — the keeper")


async def test_lists_nest_and_are_numbered_on_their_own_start_side() -> None:
    inner = ListBlock((ListItem(Text("كتب صوتية")),))
    app = Bench(
        article(
            ListBlock((ListItem(Text("رفوف"), (inner,)), ListItem(Text("Shelves")))),
            ListBlock((ListItem(Text("التسجيل")),), ordered=True, start=3),
        )
    )
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        rows = [row.rstrip() for row in app.rows()]
        assert rows[app.row_with("رفوف")].endswith(f"{display('رفوف')} •")
        assert rows[app.row_with("كتب صوتية")].endswith(f"{display('كتب صوتية')} ◦")
        assert len(rows[app.row_with("كتب صوتية")]) == len(rows[app.row_with("رفوف")]) - 2
        assert rows[app.row_with("Shelves")].endswith("Shelves •")  # one list, one side
        assert rows[app.row_with("التسجيل")].endswith(f"{display('التسجيل')} .3")


async def test_tables_stand_in_columns_or_fold_into_records() -> None:
    header = (Text("الطابق"), Text("القاعة"), Text("المقاعد"))
    table = Table(((Text("الأول"), Text("قاعة الأطفال"), Text("60")),), header)
    app = Bench(article(table))
    async with app.run_test(size=(70, 24)) as pilot:
        await pilot.pause()
        row = app.rows()[app.row_with("قاعة الأطفال")]
        assert row.index(display("الأول")) > row.index(display("قاعة الأطفال")) > row.index("60")
        assert "───" in app.rows()[app.row_with("الطابق") + 1]
        await pilot.resize_terminal(24, 40)
        await pilot.pause()
        assert app.rows()[app.row_with("قاعة الأطفال")].rstrip().endswith(display("القاعة: قاعة الأطفال", 1))


async def test_a_records_label_is_wrapped_where_it_has_no_room() -> None:
    label, value = (
        "الحالة الجوية المتوقعة خلال نهاية الأسبوع",
        "غائم جزئيا مع أمطار خفيفة في المساء وعلى السواحل وفي الجبال البعيدة كلها",
    )
    table = Table(((Text("الرباط"), Text(value)),), (Text("المدينة"), Text(label)))
    app = Bench(article(table))
    async with app.run_test(size=(30, 24)) as pilot:
        await pilot.pause()
        rows = app.rows()
        assert not any("…" in row for row in rows)
        found = [row.strip() for row in rows[app.row_with("الحالة") : app.row_with("غائم") + 1]]
        assert found[0] == display("الحالة الجوية المتوقعة خلال", 1) and found[1] == display("نهاية الأسبوع:", 1)
        assert found[2].endswith(display("غائم جزئيا", 1))


async def test_figures_show_their_caption_and_can_be_left_out() -> None:
    app = Bench(english(Figure(Image("https://x.example/1", "", "The reading room")), Paragraph(Text(ENGLISH))))
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.keys("o", "!")
        await pilot.pause()
        row = app.rows()[app.row_with("The reading room")]
        assert row.strip().startswith("▸ ")
        assert row.rstrip().endswith("!")
        assert all(style.italic for style in app.styles_of("The reading room"))
        app.view.images_hidden = True
        await pilot.pause()
        assert not any("The reading room" in row for row in app.rows())


async def test_no_right_to_left_text_is_slanted() -> None:
    emphasis = linked("قال إنه سعيد جدا اليوم", ("سعيد جدا", ""), kind=MarkKind.EMPHASIS)
    app = Bench(article(Figure(Image("https://x.example/1", "", "قاعة القراءة")), emphasis))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not any(s.style and s.style.italic for strip in app.strips() for s in strip)
        assert all(style.bold for style in app.styles_of("سعيد جدا"))


async def test_text_is_the_whole_article_in_logical_order() -> None:
    inner = ListBlock((ListItem(Text("two")),))
    blocks: tuple[Block, ...] = (
        Heading(Text("Head")),
        Quote((Text("said"),), "her"),
        ListBlock((ListItem(Text("one"), (inner,)),)),
        Rule(),
        Table(((Text("a"), Text("b")),), (Text("A"), Text("B"))),
    )
    app = Bench(article(Paragraph(Text(ARABIC)), *blocks))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        text = app.view.text()
        assert ARABIC in text
        assert "> said\n> — her" in text
        assert "• one\n  ◦ two" in text
        assert "A\tB\na\tb" in text
        assert f"<{LINK}>" in text


async def test_an_empty_pane_says_what_it_was_told_to() -> None:
    app = Bench()
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.empty = "Choose a story."
        await pilot.pause()
        assert [row.strip() for row in app.rows() if row.strip()] == ["Choose a story."]
        assert not app.view.page(1)
        assert not app.view.next_link()
        assert app.view.find("x") == 0
        app.view.to_end()
        app.view.to_top()
        assert app.view.place == (0, 0)
        assert app.view.text() == ""


async def test_an_article_of_nothing_but_a_story_is_shown() -> None:
    app = Bench(Article(""))
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert app.rows()[1].strip()


@pytest.mark.parametrize("tag", ["en", "ar"])
async def test_texts_of_the_panes_exist_in_the_languages_shipped(tag: str) -> None:
    locale = load(tag)
    for key in ("headlines.untitled", "article.full", "article.teaser", "article.figure", "article.source"):
        assert locale.has(key), key
    assert "3" in locale.plural("article.minutes", 3)


async def test_the_source_line_reads_in_the_interfaces_direction_on_the_articles_side() -> None:
    app = Bench(article(Paragraph(Text(ARABIC))))
    async with app.run_test(size=(100, 16)) as pilot:
        await pilot.pause()
        row = app.rows()[app.row_with("riwaq.example")]
        assert row.strip() == "Read it at the source: riwaq.example"
        assert edges(row)[1] == 14


async def test_text_has_the_colour_of_the_pane() -> None:
    app = Bench(article(linked("نص عادي و رابط", ("رابط", "https://a.example/"))))
    async with app.run_test(size=(60, 16)) as pilot:
        app.view.styles.color = "#123456"
        app.view.styles.background = "#fedcba"
        await pilot.pause()
        colours = {(str(s.color.name), str(s.bgcolor.name)) for s in app.styles_of("رابط") if s.color and s.bgcolor}
        assert colours == {("#123456", "#fedcba")}
