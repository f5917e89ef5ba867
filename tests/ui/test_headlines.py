"""The headline list on a real screen: what stands in which cell, and what stays where it is."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from rich.cells import cell_len
from rich.style import Style

from tests.ui.listed import ARABIC, ENGLISH, LONG_ARABIC, Bench, story
from tui.bidi.layout import display
from tui.locale import load


async def test_a_mixed_list_on_an_arabic_screen() -> None:
    stories = [story(2, ARABIC, paper="الرواق", minutes=5), story(1, ENGLISH, minutes=90, read=True)]
    app = Bench(stories, load("ar"))
    async with app.run_test(size=(50, 8)) as pilot:
        await pilot.pause()
        rows = app.rows()
        assert rows[0] == f"{display(ARABIC)} ●▐".rjust(50)
        assert rows[1] == (display("الرواق · 5 دقائق", 1) + "  ▐").rjust(50)
        assert rows[2] == f" {ENGLISH}".ljust(50)
        assert rows[3] == f" The Lantern · {display('ساعة')}".ljust(50)
        assert all(cell_len(row) == 50 for row in rows)


async def test_unread_is_said_by_sign_and_weight() -> None:
    app = Bench([story(2, "Unread one", minutes=1), story(1, "Read one", minutes=2, read=True)])
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        assert all(style.bold for style in app.styles_of(0, "Unread"))
        assert not any(style.bold for style in app.styles_of(2, "Read"))
        assert [("●" in row) for row in app.rows()[:4]] == [True, False, False, False]


async def test_moving_redraws_two_stories_and_nothing_else() -> None:
    app = Bench([story(n, minutes=n) for n in range(1, 50)])
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.pause()
        drawn_rows: list[int] = []
        render = app.list.render_line
        app.list.render_line = lambda y: drawn_rows.append(y) or render(y)  # type: ignore[method-assign,func-returns-value]
        app.list.move(1)
        await pilot.pause()
        assert set(drawn_rows) == {0, 1, 2, 3}
        assert app.heard[-1] == 2


async def test_moving_past_the_edge_moves_the_view_on_by_two_thirds() -> None:
    app = Bench([story(n, f"Story {n}", minutes=n) for n in range(1, 50)])
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        app.list.move(5)
        await pilot.pause()
        assert "Story 1" in app.rows()[0], "the text stands still as long as it can"
        app.list.move(1)
        await pilot.pause()
        assert app.rows()[3].startswith("▌● Story 7")
        for _ in range(3):
            app.list.move(1)
            await pilot.pause()
            assert app.rows()[3].lstrip("▌● ").startswith("Story 7")
        for _ in range(5):
            app.list.move(-1)
        await pilot.pause()
        assert app.rows()[6].startswith("▌● Story 5")


async def test_the_selected_storys_first_row_has_the_background_and_all_its_rows_the_bar() -> None:
    app = Bench([story(1, "Long words " * 8, minutes=1), story(2)])
    async with app.run_test(size=(60, 12)) as pilot:
        app.list.focus()
        await pilot.pause()
        grounds = [{segment.style.bgcolor for segment in strip if segment.style} for strip in app.strips()]
        assert [row[0] for row in app.rows()[:4]] == ["▌", "▌", "▌", " "]
        assert grounds[0] != grounds[1] == grounds[2] == grounds[3]


async def test_new_stories_are_announced_and_move_nothing() -> None:
    app = Bench([story(n, f"Story {n}", minutes=n) for n in range(1, 60)])
    async with app.run_test(size=(40, 12)) as pilot:
        app.list.move(10)
        await pilot.pause()
        before = app.rows()
        app.pages.stories[:0] = [story(100 + n, minutes=-n) for n in range(12, 0, -1)]
        app.list.arrivals(12)
        await pilot.pause()
        assert app.rows()[0].startswith("▲")
        app.list.reload()
        await pilot.pause()
        assert app.rows() == before
        assert app.list.selected is not None
        assert app.list.selected.id == 11
        app.list.to_first()
        await pilot.pause()
        assert app.list.selected.id == 112


async def test_a_changed_story_is_redrawn_where_it_stands() -> None:
    app = Bench([story(n, f"Story {n}", minutes=n) for n in range(1, 30)])
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        app.list.replace([story(1, "Story 1", minutes=1, read=True, starred=True)])
        await pilot.pause()
        rows = app.rows()
        assert rows[0].startswith("▌  Story 1")
        assert rows[1].endswith("★ ")
        assert app.list.selected is not None
        assert app.list.selected.read


async def test_days_are_parted_by_lines_the_cursor_does_not_stop_at() -> None:
    days = [story(n, f"Story {n}", minutes=n * 60 * 10) for n in range(1, 8)]
    app = Bench(days)
    async with app.run_test(size=(40, 30)) as pilot:
        app.list.sections = "day"
        await pilot.pause()
        lines = [y for y, row in enumerate(app.rows()) if row.startswith(" ─ ")]
        assert lines
        assert lines[0] > 0  # today needs no heading at the top
        assert app.rows()[lines[0]].startswith(" ─ Yesterday ─")
        await pilot.click(app.list, offset=(8, lines[0]))
        assert app.list.selected is not None
        assert app.list.selected.id == 1
        for _ in range(6):
            app.list.move(1)
        assert app.list.selected.id == 7


async def test_papers_as_sections_are_not_repeated_in_the_rows() -> None:
    app = Bench([story(2, minutes=1, paper="One"), story(1, minutes=2, paper="Two")])
    app.pages.by_paper = True
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        rows = app.rows()
        assert rows[0].startswith(" ─ One ─")
        assert rows[2].strip("▌ ") == "1 min"


async def test_the_pointer_selects_chooses_and_scrolls() -> None:
    app = Bench([story(n, f"Story {n}", minutes=n) for n in range(1, 60)])
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.click(app.list, offset=(10, 5))
        assert app.list.selected is not None
        assert app.list.selected.id == 3
        await pilot.click(app.list, offset=(10, 5), times=2)
        await pilot.pause()
        assert "chosen 3" in app.heard
        app.list.line(30)
        await pilot.pause()
        assert app.list.selected.id == 3
        assert "Story 16" in app.rows()[0]
        app.list.move(1)
        await pilot.pause()
        assert any(row.startswith("▌● Story 4 ") for row in app.rows())


async def test_enter_chooses() -> None:
    app = Bench([story(1)])
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.press("enter")
        assert app.heard == [1, "chosen 1"]


async def test_ages_are_kept_current_and_only_changed_rows_are_drawn() -> None:
    app = Bench([story(2, minutes=5), story(1, minutes=60 * 30)])
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.pause()
        assert "5 min" in app.rows()[1]
        drawn_rows: list[int] = []
        render = app.list.render_line
        app.list.render_line = lambda y: drawn_rows.append(y) or render(y)  # type: ignore[method-assign,func-returns-value]
        app.clock.now += timedelta(minutes=1)
        app.list.tick()
        await pilot.pause()
        assert set(drawn_rows) == {0, 1}
        assert "6 min" in app.rows()[1]


async def test_an_empty_list_says_what_it_was_told_to() -> None:
    app = Bench([])
    async with app.run_test(size=(50, 11)) as pilot:
        app.list.empty = "Nothing here.\nPress r to refresh."
        await pilot.pause()
        rows = app.rows()
        assert [row.strip() for row in rows if row.strip()] == ["Nothing here.", "Press r to refresh."]
        for step in (
            app.list.to_first,
            app.list.to_last,
            app.list.action_choose,
            app.list.reload,
            partial(app.list.page, 1),
        ):
            step()
        app.list.move(3)
        assert app.list.selected is None


async def test_a_story_without_date_title_and_paper_has_a_row() -> None:
    bare = replace(story(1, "", paper=""), published=None)
    app = Bench([bare])
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        assert app.rows()[0].strip("▌● ") == load("en").text("headlines.untitled")
        assert app.rows()[1].strip("▌ ") == ""


async def test_over_a_slow_link_a_move_changes_two_cells() -> None:
    app = Bench([story(n, f"Story {n}", minutes=n) for n in range(1, 20)])
    async with app.run_test(size=(40, 12)) as pilot:
        app.list.slow_link = True
        await pilot.pause()
        before = cells_of(app)
        app.list.move(1)
        await pilot.pause()
        changed = [at for at, cell in cells_of(app).items() if cell != before[at]]
        assert changed == [(0, 0), (0, 2)]


def cells_of(app: Bench) -> dict[tuple[int, int], tuple[str, Style | None]]:
    return {
        (x, y): (char, segment.style)
        for y, strip in enumerate(app.strips())
        for x, (char, segment) in enumerate((char, segment) for segment in strip for char in segment.text)
    }


async def test_what_is_selected_before_the_first_size_is_shown_with_the_stories_above_it() -> None:
    app = Bench([story(n, f"Story {n}", minutes=n) for n in range(1, 60)])
    app.first_selected = story(3, minutes=3)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert "Story 1" in app.rows()[0]
        assert app.rows()[4].startswith("▌● Story 3")


async def test_search_terms_are_emphasised_by_more_than_colour() -> None:
    app = Bench([story(1, "إعلان عن الأمطار")], load("ar"))
    async with app.run_test(size=(40, 6)) as pilot:
        app.list.highlight = ("اعلان",)
        await pilot.pause()
        assert any(style.underline for style in app.styles_of(0, display("إعلان")))


async def test_a_storm_of_sizes_keeps_the_selection_in_view_and_rows_exact() -> None:
    titles = [ARABIC, ENGLISH, LONG_ARABIC, "ספרייה נפתחה מחדש", ""]
    app = Bench([story(n, titles[n % 5], minutes=n) for n in range(1, 200)], load("ar"))
    chance = random.Random(7)
    async with app.run_test(size=(60, 20)) as pilot:
        app.list.sections = "day"
        app.list.move(57)
        for _ in range(25):
            width, height = chance.randint(3, 120), chance.randint(3, 40)
            await pilot.resize_terminal(width, height)
            app.list.compact = chance.random() < 0.3
            await pilot.pause()
            rows = app.rows()
            assert {cell_len(row) for row in rows} == {width}
            assert width < 8 or any("▐" in row for row in rows), (width, height)
        assert app.list.selected is not None
        assert app.list.selected.id == 58


@pytest.mark.parametrize("seed", range(2))
async def test_a_random_walk_never_loses_the_cursor(seed: int) -> None:
    chance = random.Random(seed)
    titles = [ARABIC, ENGLISH, LONG_ARABIC, "کتابخانه‌ای در ساحل", ""]
    stories = [
        story(n, chance.choice(titles), minutes=n * chance.choice((1, 40)), read=chance.random() < 0.5)
        for n in range(1, 1500)
    ]
    app = Bench(stories, load(chance.choice(("ar", "en"))))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        view, fresh = app.list, iter(range(5000, 9000))

        def arrive() -> None:
            app.pages.stories.insert(0, story(next(fresh), minutes=-next(fresh)))
            view.arrivals(1)

        def leave() -> None:
            gone = app.pages.stories.pop(chance.randrange(len(app.pages.stories)))
            assert gone
            view.reload()

        steps = [
            lambda: view.move(chance.choice((-40, -3, -1, 1, 1, 5, 200))),
            lambda: view.page(chance.choice((-1, 1, 3))),
            view.to_first,
            view.to_last,
            view.reload,
            arrive,
            leave,
            lambda: view.line(chance.choice((-900, -3, 3, 900))),
            lambda: view.replace([replace(chance.choice(app.pages.stories), starred=True)]),
            lambda: setattr(view, "compact", not view.compact),
            lambda: setattr(view, "sections", chance.choice(("day", "paper", "none"))),
            lambda: view.select(chance.choice(app.pages.stories)),
            view.tick,
        ]
        for _ in range(150):
            if chance.random() < 0.1:
                await pilot.resize_terminal(chance.randint(10, 120), chance.randint(4, 40))
            before = view.selected
            step = chance.choice(steps)
            step()
            if step in (arrive, view.tick, view.reload):
                assert view.selected
                assert before
                assert view.selected.id == before.id
            assert {strip.cell_length for strip in map(view.render_line, range(view.size.height))} == {view.size.width}
            assert len(view._cursor.window) <= 512
        await pilot.pause()
        view.move(1)
        view.move(-1)
        await pilot.pause()
        assert any("▌" in row or "▐" in row for row in app.rows())
