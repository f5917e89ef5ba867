"""Rows with a start and an end side: always as wide as asked, mirrored, cut at the logical end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from tests.ui.conftest import Open
from tests.ui.piloting import until
from tui.bidi.breaks import cell_width
from tui.config import Settings
from tui.locale import LANGUAGES
from tui.ui.actions import Context
from tui.ui.app import KhabarApp
from tui.ui.bars import Part, cells_of, row, stretch, with_position
from tui.ui.screens.chooser import Choice, Chooser
from tui.ui.widgets import notice

STYLE = Style.null()
texts = st.lists(st.sampled_from(["خبر", "لا جديد الآن", "Unread 58", "東京", "✓", " · ", "(1-0)", ""]), max_size=5)


def parts(*wanted: str) -> list[Part]:
    return [Part(text, STYLE, text) for text in wanted]


@given(start=texts, end=texts, width=st.integers(1, 80), rtl=st.booleans())
def test_a_row_is_as_wide_as_asked(start: list[str], end: list[str], width: int, rtl: bool) -> None:
    made = row(width, parts(*start), parts(*end), rtl=rtl, fill=STYLE)
    assert cell_width(made.text) == width
    assert made.cell_length == width


@given(texts=texts, width=st.integers(1, 60), rtl=st.booleans())
def test_a_stretch_is_as_wide_as_it_says(texts: list[str], width: int, rtl: bool) -> None:
    made = stretch(parts(*texts), width, rtl=rtl)
    assert made.cell_length == cell_width(made.text) <= width
    if cells_of(parts(*texts), rtl=rtl) <= width:
        assert made.cell_length == cells_of(parts(*texts), rtl=rtl)


def test_the_sides_are_mirrored() -> None:
    ltr = row(20, parts("one", "two"), parts("end"), rtl=False, fill=STYLE)
    rtl = row(20, parts("one", "two"), parts("end"), rtl=True, fill=STYLE)
    assert ltr.text == "onetwo" + " " * 11 + "end"
    assert rtl.text == "end" + " " * 11 + "twoone"


def test_a_click_finds_its_part_in_both_directions() -> None:
    for rtl, column in ((False, 1), (True, 18)):
        made = row(20, parts("one", "two"), rtl=rtl, fill=STYLE)
        at = 0
        for segment in made:
            at += segment.cell_length
            if at > column:
                assert segment.style is not None and segment.style.meta["target"] == "one"
                break


def test_the_end_side_keeps_its_room() -> None:
    made = row(10, parts("a long beginning"), parts("end"), rtl=False, fill=STYLE)
    assert made.text == "a long…end"


@pytest.mark.parametrize(("top", "seen"), [(0, [0]), (90, [9])])
def test_the_position_touches_the_ends_only_at_the_ends(top: int, seen: list[int]) -> None:
    blank = row(5, [], rtl=False, fill=STYLE)
    rows = [with_position(blank, y, 10, top, 100, rtl=False, style=STYLE).text for y in range(10)]
    assert [y for y, text in enumerate(rows) if text.endswith("▐")] == seen


async def test_the_hijri_date_stands_beside_the_other_when_asked_for(screen: Open) -> None:
    async with screen("ar", (140, 30), Settings(full_text=False, hijri=True)) as (app, pilot):
        await pilot.pause()
        assert app.reading.header.heading.date.endswith("25 رمضان 1447")
    async with screen("ar", (140, 30)) as (app, pilot):
        await pilot.pause()
        assert "رمضان" not in app.reading.header.heading.date


async def test_the_footer_tells_the_keys_of_who_has_the_keyboard(screen: Open) -> None:
    async with screen("en", (100, 30)) as (app, pilot):
        footer = app.reading.footer
        assert "search" in footer.render_line(0).text
        await pilot.press("slash")
        assert footer.render_line(0).text.split() == [
            "Enter",
            "to",
            "the",
            "results",
            "Esc",
            "back",
            "to",
            "the",
            "list",
        ]
        await pilot.press("escape")
        assert "search" in footer.render_line(0).text
        await pilot.press("h")
        await pilot.pause()
        assert footer.render_line(0).text.strip() == "", "the dialog shows its own"
        await pilot.press("escape")
        await pilot.pause()
        assert "search" in footer.render_line(0).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_footer_tells_a_newcomer_how_to_read_search_star_add_and_leave(screen: Open, language: str) -> None:
    async with screen(language, (80, 24)) as (app, pilot):
        await pilot.pause()
        told = targets(app)
        assert told >= {"open", "read_on", "search", "star", "sources", "help", "quit"}
        await pilot.press("enter")
        assert {"read_on", "back", "star", "help"} <= targets(app) and "report_image" not in targets(app)


def targets(app: KhabarApp) -> set[str]:
    """What a click in the footer can do."""
    return {
        segment.style.meta["target"]
        for segment in app.reading.footer.render_line(0)
        if segment.style and segment.style.meta
    }


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_the_position_bar_hides_no_ellipsis(screen: Open, language: str) -> None:
    """A name that is cut says so, also in a list of more entries than there are rows."""
    async with screen(language, (80, 24)) as (app, pilot):
        chooser = Chooser("", [Choice(str(n), f"{n} {'خبر طويل ' * 20}") for n in range(40)], locale=app.locale)
        await app.push_screen(chooser)
        await until(pilot, lambda: chooser.choices.size.height > 1)
        rows = [chooser.choices.render_line(y).text for y in range(chooser.choices.size.height)]
        assert all("…" in row for row in rows) and {row[0 if app.locale.rtl else -1] for row in rows} <= set("▌▐ ")


async def test_a_detail_that_does_not_fit_leaves_its_last_facts_out(screen: Open) -> None:
    async with screen("en", (40, 12)) as (app, pilot):
        chooser = Chooser("", [Choice("1", "The Guardian: World", "no answer · 12 minutes")], locale=app.locale)
        await app.push_screen(chooser)
        await until(pilot, lambda: chooser.choices.size.width > 1)
        assert chooser.choices.render_line(0).text.split() == ["▌The", "Guardian:", "World", "no", "answer"]


async def test_what_has_been_there_long_enough_to_be_read_goes_when_the_reader_goes_on(
    screen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with screen("en") as (app, pilot):
        app.reading.notice("Thank you.")
        await pilot.press("j")
        assert app.reading.said == "Thank you.", "not before it can have been read"
        monkeypatch.setattr(notice, "monotonic", lambda: time.monotonic() + notice.SECONDS)
        await pilot.press("j")
        assert not app.reading.said


@pytest.mark.parametrize("context", list(Context))
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_footer_has_five_to_seven_keys(screen: Open, context: Context, language: str) -> None:
    async with screen(language, (120, 36)) as (app, _):
        for way_back in (False, True):
            app.reading.footer.show(context=context, way_back=way_back, pictures=way_back)
            keys = {part.target for part in app.reading.footer._entries(118) if part.target}
            assert 5 <= len(keys) <= 7
            assert "help" in keys and ("quit" in keys or context is Context.ARTICLE)
