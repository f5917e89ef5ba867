"""The headline list on a real screen: what stands in which cell, and what stays where it is."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.strip import Strip

from tui.bidi.layout import display
from tui.bidi.sanitize import sanitize
from tui.locale import LANGUAGES, Locale, load
from tui.news.model import Direction, Story
from tui.ui.widgets.headline_drawing import StoryDrawer
from tui.ui.widgets.headline_rows import ListLook, Section, StorySigns, section_row, selected, story_rows
from tui.ui.widgets.headlines import HeadlineList
from tui.ui.widgets.painting import paint
from tui.ui.widgets.plain import Words
from tui.ui.widgets.window import Empty, Window

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ARABIC = "افتتاح مكتبة في الميناء"
LONG_ARABIC = (
    "تساقطات ثلجية وأمطار قوية من الجمعة إلى الأحد المقبل وهيئة الأرصاد تنصح المسافرين بالتمهل على الطرق الجبلية"
)
ENGLISH = "A library opens in the harbour"


def story(
    story_id: int, title: str = ENGLISH, *, paper: str = "The Lantern", minutes: int = 5, **more: object
) -> Story:
    when = NOON - timedelta(minutes=minutes)
    made = Story(story_id, 1, title, paper, f"https://a.example/{story_id}", when, when, int(when.timestamp()))
    return replace(made, **more)  # type: ignore[arg-type]


class Listed(Empty):
    """Pages over a list held whole."""

    def __init__(self, stories: list[Story]) -> None:
        self.stories = sorted(stories, key=lambda s: (-s.sorted_at, -s.id))

    def first(self, limit: int) -> list[Story]:
        return self.stories[:limit]

    def after(self, story: Story, limit: int) -> list[Story]:
        return [s for s in self.stories if (s.sorted_at, s.id) < (story.sorted_at, story.id)][:limit]

    def before(self, story: Story, limit: int) -> list[Story]:
        return [s for s in self.stories if (s.sorted_at, s.id) > (story.sorted_at, story.id)][-limit:]

    def last(self, limit: int) -> list[Story]:
        return self.stories[-limit:]


class Clock:
    """A clock the test turns."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Bench(App[None]):
    """The list alone on a screen; remembers its messages and which rows were drawn."""

    CSS = "Screen { overflow: hidden; }"

    def __init__(self, stories: list[Story], locale: Locale | None = None) -> None:
        super().__init__()
        self.clock = Clock()
        self.pages = Listed(stories)
        self.list = HeadlineList(locale=locale or load("en"), now=self.clock)
        self.heard: list[object] = []
        self.first_selected: Story | None = None

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.show(self.pages, select=self.first_selected)
        self.list.focus()

    def on_headline_list_highlighted(self, message: HeadlineList.Highlighted) -> None:
        self.heard.append(message.story and message.story.id)

    def on_headline_list_chosen(self, message: HeadlineList.Chosen) -> None:
        self.heard.append(f"chosen {message.story.id}")

    def strips(self) -> list[Strip]:
        return self.screen._compositor.render_strips()

    def rows(self) -> list[str]:
        return ["".join(segment.text for segment in strip) for strip in self.strips()]

    def styles_of(self, y: int, text: str) -> list[Style]:
        return [segment.style or Style() for segment in self.strips()[y] if text in segment.text]


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
        for step in (app.list.to_first, app.list.to_last, app.list.choose, app.list.reload, partial(app.list.page, 1)):
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


def test_no_lonely_word_on_the_last_line_of_a_title() -> None:
    title = "The harbour library opens again today"
    rows = drawn(story(1, title), ListLook(36), StorySigns())
    assert [len(row.strip("● ")) > 10 for row in rows[:2]] == [True, True]


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
