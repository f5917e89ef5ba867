"""Searching as one types: the list follows, the line is edited, a wrong query is pointed at."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open
from tests.ui.piloting import both, selected, sizes, until, where
from tui.ui.actions import Context
from tui.ui.widgets.field import Field
from tui.ui.widgets.searchline import SearchLine


@both
@sizes
async def test_search_as_you_type_and_escape(screen: Open, language: str, size: tuple[int, int]) -> None:
    async with screen(language, size) as (app, pilot):
        await pilot.press("j", "j", "j")
        before = selected(app)
        await pilot.press("slash", *"willow")
        await until(pilot, lambda: app.reading.headlines.highlight == ("willow",))
        assert app.reading.finder.view is not None
        assert "Willow" in selected(app)
        await pilot.press("enter")
        assert where(app) is Context.LIST and not app.reading.finder.typing
        first = selected(app)
        await pilot.press("n")
        assert selected(app) != first
        await pilot.press("N")
        assert selected(app) == first
        await pilot.press("escape")
        assert not app.reading.finder.active
        assert selected(app) == before
        assert not app.reading.headlines.highlight


async def test_the_marks_of_a_search_go_with_it(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("slash", *"willow near", "enter", "enter")
        await until(pilot, lambda: where(app) is Context.ARTICLE and app.reading.article.find_next(1))
        assert app.reading.article.highlight == ("willow", "near")
        await pilot.press("escape", "escape")
        assert not app.reading.finder.active
        assert not app.reading.article.find_next(1)
        assert not app.reading.article.highlight


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_the_search_line_is_edited_by_the_keys_of_a_field(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        await pilot.press("slash", *"خبر abc")
        field = app.reading.finder._line.field  # type: ignore[union-attr]
        assert field.cursor_position == 7
        await pilot.press("right", "right")  # the text is right to left: its end is on the left, the Latin word first
        assert field.cursor_position == 5
        await pilot.press("shift+right")
        assert field.selected_text == "b"
        await pilot.press("delete")
        assert field.value == "خبر ac"
        await pilot.press("home", "left")
        assert field.cursor_position == 1
        await pilot.press("end", "ctrl+w")
        assert field.value == "خبر "
        assert app.reading.finder.typing


@pytest.mark.parametrize("key", ["a", "ctrl+p"])
async def test_fields_of_dialogs_are_edited_by_the_keys_of_a_field(screen: Open, key: str) -> None:
    async with screen("ar") as (app, pilot):
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen.focused, Field))
        field = app.screen.focused
        assert isinstance(field, Field)
        await pilot.press(*"سوق x", "right", "delete", "home", "delete")
        assert field.value == "وق "
        await pilot.press("shift+end", "backspace")
        assert field.value == ""


async def test_search_says_where_a_query_is_wrong(screen: Open) -> None:
    async with screen("ar") as (app, pilot):
        await pilot.press("slash", *"(a")
        line = app.reading.finder._line  # the hint has no other way out
        assert line is not None
        await until(pilot, lambda: line.hint.has_class("-error"))
        assert "القوس" in line.hint.text and "1" in line.hint.text
        await pilot.press("escape")
        assert selected(app)


async def test_nothing_found_says_what_was_searched(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("slash", *"zzzz", "enter")
        await until(pilot, lambda: app.reading.headlines.selected is None)
        assert "zzzz" in app.reading.headlines.empty


async def test_search_takes_keys_typed_at_once(screen: Open) -> None:
    """A fast typist: all keys are in the queue before the first is dealt with."""
    async with screen("en") as (app, pilot):
        for key in ("slash", "w", "i", "l", "l", "o", "w", "enter"):
            app.simulate_key(key)
        await until(pilot, lambda: app.reading.finder.view is not None)
        assert app.reading.finder.view is not None and app.reading.finder.view.search == "willow"


@both
async def test_a_long_complaint_keeps_its_margin(screen: Open, language: str) -> None:
    async with screen(language, (40, 12)) as (app, pilot):
        await pilot.press("slash", *"is:unred")
        hint = app.reading.query_one("#search", SearchLine).hint
        await until(pilot, lambda: hint.has_class("-error") and hint.size.height == 2)
        for y in range(2):
            text = "".join(segment.text for segment in hint.render_line(y))
            assert len(text) == 40 and text.strip()
            assert text.endswith(" ") if language == "ar" else text.startswith(" ")
            assert not (text.endswith("  ") if language == "ar" else text.startswith("  "))
