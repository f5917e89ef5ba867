"""Reading through an article: moving, paging, the place kept, text that arrives."""

from __future__ import annotations

import random

import pytest
from rich.cells import cell_len

from tests.ui.articles import ARABIC, ENGLISH, STORY, Bench, article, english, linked, numbered
from tui.bidi.layout import display
from tui.locale import load
from tui.news.model import (
    Block,
    Figure,
    Image,
    ListBlock,
    ListItem,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    Text,
)


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


async def test_the_screen_gets_runs_and_not_letters() -> None:
    app = Bench(article(Paragraph(Text(ARABIC))))
    async with app.run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        strip = app.strips()[app.row_with("أعلنت إدارة")]
        assert len(strip._segments) <= 12


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
