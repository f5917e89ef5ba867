"""The article view on a real screen: typography, places, links, hits and selection in two directions."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.app import App, ComposeResult
from textual.strip import Strip

from tui.bidi.layout import display
from tui.locale import Locale, load
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
    Story,
    Table,
    Text,
)
from tui.ui.widgets.article import ArticleView

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LINK = "https://www.riwaq.example/a/1"
ARABIC = "أعلنت إدارة الميناء يوم الثلاثاء 21 أكتوبر 2025 افتتاح «المكتبة البحرية» بعد أعمال ترميم استمرت ثلاث سنوات."
ENGLISH = "The trust said in a statement that it was glad the library is open again and thanked the volunteers."


def linked(text: str, *links: tuple[str, str], kind: MarkKind = MarkKind.LINK) -> Paragraph:
    marks = [Mark(text.index(part), text.index(part) + len(part), kind, url) for part, url in links]
    return Paragraph(Text(text, tuple(marks)))


def article(*blocks: Block, title: str = "افتتاح المكتبة البحرية", full: bool = True, **more: object) -> Article:
    base = {"language": "ar", "direction": Direction.RTL, "source": "الرواق", "source_link": LINK}
    return Article(title, blocks, full=full, **{**base, **more})  # type: ignore[arg-type]


def english(*blocks: Block, title: str = "The library opens") -> Article:
    return Article(title, blocks, source="The Lantern", language="en", source_link=LINK)


def numbered(count: int, words: str = "number") -> tuple[Paragraph, ...]:
    return tuple(Paragraph(Text(f"Paragraph {n} {words}. " + ENGLISH)) for n in range(1, count + 1))


STORY = Story(7, 1, "افتتاح", "الرواق", LINK, NOON - timedelta(days=3), NOON, 0)


class Bench(App[None]):
    """The article alone on a screen; remembers its messages."""

    CSS = "Screen { overflow: hidden; }"

    def __init__(self, shown: Article | None = None, locale: Locale | None = None) -> None:
        super().__init__()
        self.shown = shown
        self.view = ArticleView(locale=locale or load("en"), now=lambda: NOON)
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.view.focus()
        if self.shown is not None:
            self.view.show(self.shown, STORY)

    def on_article_view_link_chosen(self, message: ArticleView.LinkChosen) -> None:
        self.heard.append(message.url)

    def on_article_view_moved(self, message: ArticleView.Moved) -> None:
        self.heard.append((message.story_id, message.place, message.percent))

    def strips(self) -> list[Strip]:
        return self.screen._compositor.render_strips()

    def rows(self) -> list[str]:
        return ["".join(segment.text for segment in strip) for strip in self.strips()]

    def row_with(self, text: str) -> int:
        found = [y for y, row in enumerate(self.rows()) if display(text) in row or text in row]
        assert found, f"{text!r} is not on the screen:\n" + "\n".join(self.rows())
        return found[0]

    def styles_of(self, text: str) -> list[Style]:
        strip = self.strips()[self.row_with(text)]
        return [segment.style or Style() for segment in strip if text in segment.text or display(text) in segment.text]


def edges(row: str) -> tuple[int, int]:
    """Blank cells left and right of what stands in a row."""
    return len(row) - len(row.lstrip()), len(row) - len(row.rstrip())


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


async def test_preformatted_text_moves_sideways_from_its_start() -> None:
    app = Bench(english(Preformatted("x = '" + "0123456789" * 12 + "'\n\ny = 1")))
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        assert "x = '0123" in app.rows()[app.row_with("x =")]
        assert "›" in app.rows()[app.row_with("x =")]
        app.view.sideways(1)
        await pilot.pause()
        assert not any("x = '0" in row for row in app.rows())
        assert "‹" in app.rows()[app.row_with("9012")]
        app.view.sideways(99)
        await pilot.pause()
        assert any(row.rstrip().endswith("789'") for row in app.rows())
        assert app.view.text().count("0123456789") == 12
        app.view.sideways(-1)
        await pilot.pause()
        assert any("›" in row for row in app.rows()), "no step is lost beyond the end"
        app.view.sideways(-99)
        await pilot.pause()
        assert "x = '0123" in app.rows()[app.row_with("x =")]


async def test_right_to_left_lines_move_to_the_left_from_their_start() -> None:
    app = Bench(article(Preformatted("أول السطر" + " كلمة" * 30)))
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        first = display("أول السطر")
        assert any(first in row and "‹" in row for row in app.rows())
        app.view.sideways(1)
        await pilot.pause()
        assert any(first in row for row in app.rows()), "nothing is cut off on the right"
        app.view.sideways(-2)
        await pilot.pause()
        assert not any(first in row for row in app.rows())


async def test_paging_reads_every_line_and_says_when_it_is_over() -> None:
    app = Bench(english(*numbered(30)))
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        seen = set()
        for _ in range(100):
            seen |= {row.strip() for row in app.rows()}
            if not app.view.page(1):
                break
            await pilot.pause()
        else:
            pytest.fail("the article has no end")
        assert all(any(row.startswith(f"Paragraph {n} ") for row in seen) for n in range(1, 31))
        assert "riwaq.example" in app.rows()[-1]
        assert app.view.percent == 100
        assert app.heard[-1] == (7, app.view.place, 100)
        app.view.to_top()
        assert app.view.place == (0, 0)
        assert not app.view.page(-1)


async def test_the_position_bar_is_on_the_end_side_and_only_when_needed() -> None:
    app = Bench(english(*numbered(30)))
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        assert app.rows()[0].endswith("▕")
        assert not app.rows()[-1].endswith("▕")
        app.view.to_end()
        await pilot.pause()
        assert app.rows()[-1].endswith("▕")
        assert not app.rows()[0].endswith("▕")
        app.view.show(english(Paragraph(Text("Short."))), None)
        await pilot.pause()
        assert not any("▕" in row for row in app.rows())


async def test_the_place_is_found_again_and_kept_through_a_storm_of_sizes() -> None:
    app = Bench(english(*numbered(60)))
    async with app.run_test(size=(80, 20)) as pilot:
        app.view.line(71)
        await pilot.pause()
        place = app.view.place
        top = app.rows()[0].strip() or app.rows()[1].strip()
        chance = random.Random(3)
        for _ in range(25):
            width = chance.randint(3, 140)
            await pilot.resize_terminal(width, chance.randint(2, 50))
            await pilot.pause()
            assert {cell_len(row) for row in app.rows()} == {width}
            assert app.view.place == place
        await pilot.resize_terminal(80, 20)
        await pilot.pause()
        assert top in (app.rows()[0].strip(), app.rows()[1].strip())
        app.view.show(english(*numbered(60)), None, place=place)
        await pilot.pause()
        assert top in (app.rows()[0].strip(), app.rows()[1].strip())


async def test_the_full_text_arrives_without_a_jump() -> None:
    teaser = english(*numbered(12), title="The library opens")
    app = Bench(teaser)
    full = english(Figure(Image("https://x.example/1", "A picture")), *numbered(40), title="The library opens")
    async with app.run_test(size=(80, 14)) as pilot:
        app.view.status("teaser — fetching the full text…")
        await pilot.pause()
        assert any("fetching" in row for row in app.rows())
        app.view.line(22)
        await pilot.pause()
        before = [row[:-1] for row in app.rows()]
        app.view.show(full, STORY)
        await pilot.pause()
        assert [row[:-1] for row in app.rows()] == before


async def test_links_are_underlined_focused_in_order_and_followed() -> None:
    first = linked(
        "انظر موقع المشروع و Blue Trust", ("موقع المشروع", "https://a.example/"), ("Blue Trust", "https://b.example/")
    )
    app = Bench(article(first, *numbered(20), linked("Far below", ("below", "https://c.example/"))))
    async with app.run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        assert all(style.underline for style in app.styles_of("Blue Trust"))
        assert app.view.focused_link == ""
        visited = []
        while app.view.next_link():
            visited.append(app.view.focused_link)
        assert visited == ["https://a.example/", "https://b.example/", "https://c.example/", LINK]
        await pilot.pause()
        assert any("riwaq.example" in row for row in app.rows())
        for _ in range(3):
            app.view.previous_link()
        await pilot.pause()
        assert app.view.focused_link == "https://a.example/"
        assert all(style.reverse for style in app.styles_of("موقع المشروع"))
        await pilot.press("enter")
        assert app.heard[-1] == "https://a.example/"


async def test_a_click_on_a_letter_of_a_link_follows_it() -> None:
    app = Bench(article(linked("انظر موقع المشروع على الشبكة", ("موقع المشروع", "https://a.example/"))))
    async with app.run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        y = app.row_with("موقع المشروع")
        x = app.rows()[y].index(display("موقع المشروع"))
        await pilot.click(app.view, offset=(x - 1, y))
        assert app.heard == []
        await pilot.click(app.view, offset=(x, y))
        assert app.heard == ["https://a.example/"]


async def test_a_letter_on_every_link() -> None:
    app = Bench(
        article(
            linked("انظر موقع المشروع و Blue Trust", ("موقع", "https://a.example/"), ("Blue", "https://b.example/"))
        )
    )
    async with app.run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        assert app.view.hints(True) == 3
        await pilot.pause()
        assert "slue" in app.rows()[app.row_with("lue Trust")]
        await pilot.press("s")
        assert app.heard == ["https://b.example/"]
        app.view.hints(True)
        await pilot.press("escape")
        await pilot.pause()
        assert app.heard == ["https://b.example/"]
        assert "Blue" in app.rows()[app.row_with("lue Trust")]


async def test_finding_ignores_spelling_marks_hits_and_goes_round() -> None:
    app = Bench(article(*numbered(20), Paragraph(Text("هنا إعلان أول")), Paragraph(Text("وهنا اعلان ثان"))))
    async with app.run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        assert app.view.find("اعلان") == 2
        await pilot.pause()
        assert all(style.reverse for style in app.styles_of("إعلان"))
        assert all(style.underline and not style.reverse for style in app.styles_of("اعلان"))
        assert app.view.find_next(1)
        assert app.view.find_next(1)
        await pilot.pause()
        assert all(style.reverse for style in app.styles_of("إعلان"))
        assert app.view.find("") == 0
        assert not app.view.find_next(1)


async def select(pilot: object, app: Bench, start: tuple[int, int], end: tuple[int, int]) -> str:
    await pilot.mouse_down(app.view, offset=start)  # type: ignore[attr-defined]
    await pilot.hover(app.view, offset=((start[0] + end[0]) // 2, start[1]))  # type: ignore[attr-defined]
    await pilot.hover(app.view, offset=end)  # type: ignore[attr-defined]
    await pilot.mouse_up(app.view, offset=end)  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]
    return app.screen.get_selected_text() or ""


async def test_selected_text_is_logical() -> None:
    app = Bench(article(Paragraph(Text(ARABIC)), Paragraph(Text(ENGLISH))))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        y = app.row_with("أعلنت إدارة")
        right = 60 - edges(app.rows()[y])[1] - 1
        assert await select(pilot, app, (right, y), (right - 4, y)) == "أعلنت"
        reversed_ink = [s for s in app.strips()[y] if s.style and s.style.reverse]
        assert sum(s.cell_length for s in reversed_ink) == 5
        app.screen.clear_selection()
        # From the first line's start into the second: the line break between them is none of the text's.
        text = await select(pilot, app, (right, y), (right - 3, y + 1))
        assert ARABIC.startswith(text)
        assert "\n" not in text
        assert len(text) > 40


async def test_a_selection_over_paragraphs_keeps_them_apart_and_survives_scrolling() -> None:
    app = Bench(english(*numbered(20)))
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        first, second = app.row_with("Paragraph 1 "), app.row_with("Paragraph 2 ")
        text = await select(pilot, app, (4, first), (14, second))
        assert text == f"Paragraph 1 number. {ENGLISH}\n\nParagraph 2"
        app.view.line(3)
        await pilot.pause()
        assert app.screen.get_selected_text() == text


async def test_every_letter_of_a_mixed_line_is_hit_where_it_stands() -> None:
    text = "زار Atlas FC (1-0) مدينة ١٢ و85% أمس"
    app = Bench(article(Paragraph(Text(text))))
    async with app.run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        y = app.row_with("Atlas FC")
        row = app.rows()[y]
        left, right = edges(row)
        reached = set()
        for x in range(left, 80 - right):
            _, offset = app.screen.get_widget_and_offset_at(x, y)
            assert offset is not None
            reached.add(offset.x)
            if text[offset.x].isascii() and text[offset.x].isalnum():
                assert row[x] == text[offset.x]
        assert reached == set(range(len(text)))


async def test_the_screen_gets_runs_and_not_letters() -> None:
    app = Bench(article(Paragraph(Text(ARABIC))))
    async with app.run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        strip = app.strips()[app.row_with("أعلنت إدارة")]
        assert len(strip._segments) <= 12


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


async def test_terms_of_a_search_are_emphasised_without_moving() -> None:
    app = Bench(article(*numbered(20), Paragraph(Text("هنا إعلان أول"))))
    async with app.run_test(size=(80, 16)) as pilot:
        app.view.highlight = ("paragraph", "اعلان")
        await pilot.pause()
        assert app.view.place == (0, 0)
        assert all(style.underline for style in app.styles_of("Paragraph"))
        app.view.highlight = ()
        await pilot.pause()
        assert not any(style.underline for style in app.styles_of("Paragraph 1 "))


async def test_two_clicks_select_a_word_and_three_its_paragraph() -> None:
    app = Bench(article(Paragraph(Text(ARABIC)), Paragraph(Text(ENGLISH))))
    async with app.run_test(size=(100, 16)) as pilot:
        await pilot.pause()
        y = app.row_with("أعلنت إدارة")
        x = app.rows()[y].index(display("الميناء")) + 2
        await pilot.click(app.view, offset=(x, y), times=2)
        await pilot.pause()
        assert app.screen.get_selected_text() == "الميناء"
        await pilot.click(app.view, offset=(x, y), times=3)
        await pilot.pause()
        assert app.screen.get_selected_text() == ARABIC


@pytest.mark.parametrize("seed", range(2))
async def test_a_random_walk_through_articles_draws_every_row_whole(seed: int) -> None:
    chance = random.Random(seed)
    table = Table(
        ((Text("الأول"), Text("قاعة الأطفال"), Text("60")),) * 3, (Text("الطابق"), Text("القاعة"), Text("المقاعد"))
    )
    many: list[Block] = [
        *numbered(12),
        Paragraph(Text(ARABIC * 4)),
        linked("انظر موقع المشروع", ("موقع", "https://a.example/")),
        Quote((Text(ARABIC), Text(ENGLISH))),
        ListBlock((ListItem(Text(ARABIC)),)),
        Preformatted("0123456789" * 30),
        table,
        Rule(),
        Figure(Image("https://a.example/i", "", ARABIC)),
    ]
    app = Bench(article(*many), load(chance.choice(("ar", "en"))))
    async with app.run_test(size=(90, 24)) as pilot:
        await pilot.pause()
        view = app.view

        def another() -> None:
            shown = article(*chance.sample(many, chance.randint(0, len(many))))
            view.show(shown, chance.choice((STORY, None)), place=(chance.randint(0, 30), chance.randint(0, 300)))

        steps = [
            lambda: view.page(chance.choice((1, 1, -1))),
            lambda: view.line(chance.choice((1, 9, -4))),
            view.to_top,
            view.to_end,
            view.next_link,
            view.previous_link,
            lambda: view.hints(chance.random() < 0.5),
            lambda: view.find(chance.choice(("", "الميناء", "paragraph", "zzz"))),
            lambda: view.find_next(chance.choice((1, -1))),
            lambda: view.sideways(chance.choice((1, 3, -2))),
            lambda: view.status(chance.choice(("", "full text", "no answer " * 30))),
            lambda: setattr(view, "images_hidden", chance.random() < 0.5),
            lambda: setattr(view, "highlight", chance.choice(((), ("21", "the")))),
            another,
        ]
        for _ in range(150):
            if chance.random() < 0.15:
                await pilot.resize_terminal(chance.randint(2, 140), chance.randint(1, 50))
            chance.choice(steps)()
            assert {strip.cell_length for strip in map(view.render_line, range(view.size.height))} == {view.size.width}
            assert 0 <= view.percent <= 100
        await pilot.pause()
        assert {cell_len(row) for row in app.rows()} == {view.size.width}
