"""Links followed, words found and text selected in an article, by keys and by the pointer."""

from __future__ import annotations

from tests.ui.articles import ARABIC, ENGLISH, LINK, Bench, article, edges, english, linked, numbered
from tui.bidi.layout import display
from tui.news.model import (
    Paragraph,
    Text,
)


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
