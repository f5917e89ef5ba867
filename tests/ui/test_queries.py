"""Smart lists and rules on the screen: written with what they find in sight, kept, ordered, taken back."""

from __future__ import annotations

from functools import partial

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import Open
from tests.ui.piloting import until
from tests.ui.press import make_app, open_press
from tests.ui.test_mouse import click_on
from tui.locale import LANGUAGES
from tui.news.model import Item
from tui.news.rules import Effect
from tui.ui.app import KhabarApp
from tui.ui.screens.manager import Manager
from tui.ui.screens.queries import RulesScreen, SmartListsScreen
from tui.ui.screens.query_editor import QueryEditor


def editor(app: KhabarApp) -> QueryEditor:
    assert isinstance(app.screen, QueryEditor)
    return app.screen


async def write_list(pilot: Pilot[None], name: str, query: str) -> None:
    app = pilot.app
    assert isinstance(app, KhabarApp)
    await pilot.press("a")
    await until(pilot, lambda: isinstance(app.screen, QueryEditor))
    await pilot.press(*name, "enter", *query)
    await until(pilot, lambda: editor(app).preview._choices)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, Manager))


def tells(shelf: SmartListsScreen, sentence: str) -> bool:
    return shelf.detail.text == sentence


async def test_what_was_done_to_a_list_is_said_until_the_next_key(screen: Open) -> None:
    """Also after the lists have been counted anew."""
    async with screen("en") as (app, pilot):
        await pilot.press("l")
        await write_list(pilot, "Harbour", "harbour")
        await until(pilot, lambda: isinstance(app.screen, Manager) and app.screen.selected)
        shelf = app.screen
        assert isinstance(shelf, SmartListsScreen)
        for key, text in (("d", "shelf.removed"), ("u", "undone.remove-list")):
            await pilot.press(key)
            said = app.locale.text(text, name="Harbour")
            await until(pilot, partial(tells, shelf, said))
            await app.workers.wait_for_complete([worker for worker in app.workers if worker.group == "count"])
            await pilot.pause()
            assert shelf.detail.text == said
        await pilot.press("j")
        assert shelf.detail.text == "harbour"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_a_smart_list_is_made_shown_and_there_after_a_restart(
    screen: Open, language: str, size: tuple[int, int]
) -> None:
    async with screen(language, size) as (app, pilot):
        await pilot.press("l")
        assert isinstance(app.screen, SmartListsScreen)
        await write_list(pilot, "Harbour", "harbour")
        await until(pilot, lambda: [found.name for found in app.desk.lists.lists()] == ["Harbour"])
        await until(pilot, lambda: isinstance(app.screen, Manager) and app.screen.selected)
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.lists.smart is not None)
        story = app.reading.headlines.selected
        assert story is not None and "Harbour" in story.title
        assert app.reading.header.heading.place == "Harbour"
        await pilot.press("j")
        await until(pilot, lambda: app.desk.reading.recall("ui.smart"))
        again = open_press(app.desk.store.path.parent)
        later = make_app(again, language)
        async with later.run_test(size=size):
            assert later.reading.lists.smart is not None
            assert later.reading.headlines.selected is not None and "Harbour" in later.reading.headlines.selected.title
        await again.aclose()
        await pilot.press("1")
        assert app.reading.lists.smart is not None, "all stories of the smart list"
        app.desk.lists.remove_list(app.reading.lists.smart.id)
        await until(pilot, lambda: app.reading.lists.smart is None)
        assert app.reading.header.heading.place != "Harbour"


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_a_fault_is_pointed_at_and_cannot_be_kept(screen: Open, language: str) -> None:
    async with screen(language, (80, 24)) as (app, pilot):
        await pilot.press("E", "a", *"rain (bird")
        await until(pilot, lambda: editor(app).caret.at == 5)
        row = editor(app).caret.render_line(0).text
        field = editor(app).field.render_line(0).text
        assert field[row.index("▲")] == "("
        assert "6" in editor(app).hint.text
        await pilot.press("enter")
        assert isinstance(app.screen, QueryEditor)
        await pilot.press(")")
        await until(pilot, lambda: "(" not in editor(app).hint.text and editor(app).caret.at == -1)


async def test_the_caret_stands_under_a_right_to_left_query(screen: Open) -> None:
    async with screen("ar", (80, 24)) as (app, pilot):
        await pilot.press("E", "a", *"مطر (طائر")
        await until(pilot, lambda: editor(app).caret.at == 4)
        row = editor(app).caret.render_line(0).text
        assert editor(app).field.render_line(0).text[row.index("▲")] in "()"


async def test_a_rule_is_tried_on_the_past_before_it_is_kept(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("E", "a", *"rain")
        await until(pilot, lambda: editor(app).preview._choices)
        assert editor(app).found.text == app.locale.plural("editor.found", 4)
        bar, choose = editor(app).bar, app.locale.text("address.choose")
        assert choose not in bar.render_line(0).text
        await pilot.press("tab")
        await until(pilot, lambda: f"→ {choose}" in bar.render_line(0).text)
        await click_on(pilot, bar, "choose")
        await pilot.press("left", "right", "tab", "enter")
        await until(pilot, app.desk.lists.rules)
        (rule,) = app.desk.lists.rules()
        assert (rule.query, rule.effect) == ("rain", Effect.STAR)
        assert app.desk.reading.counts().starred == 0, "it acts on what arrives"
        await until(pilot, lambda: isinstance(app.screen, RulesScreen) and app.screen.selected)
        await pilot.press("space")
        await until(pilot, lambda: not app.desk.lists.rules()[0].enabled)
        await pilot.press("d")
        await until(pilot, lambda: not app.desk.lists.rules())
        await pilot.press("u")
        await until(pilot, app.desk.lists.rules)
        assert not app.desk.lists.rules()[0].enabled
        await pilot.press("escape", "u")
        await until(pilot, lambda: app.desk.lists.rules()[0].enabled)
        assert app.locale.text("undone.change-rule") in app.reading.said


async def test_the_order_is_changed_by_key(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("l")
        for name in ("one", "two"):
            await write_list(pilot, name, "rain")
            await until(pilot, lambda: isinstance(app.screen, Manager) and app.screen.choices.selected)
        await until(pilot, lambda: isinstance(app.screen, Manager) and app.screen.choices.index == 1)
        await pilot.press("K")
        await until(pilot, lambda: [found.name for found in app.desk.lists.lists()] == ["two", "one"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("keys", [("l",), ("E",), ("l", "a"), ("E", "a"), ("h",)])
async def test_the_key_rows_are_whole(screen: Open, language: str, keys: tuple[str, ...]) -> None:
    async with screen(language, (80, 24)) as (app, pilot):
        await pilot.press(*keys)
        await pilot.pause()
        for bar in app.screen.query("KeyBar"):
            text = bar.render_line(0).text
            assert "…" not in text and app.locale.text("keys.escape") in text


async def test_a_story_without_a_title_is_seen_among_what_is_found(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        store = app.desk.store
        store.add_items(store.sources()[0], [Item("bare", "", "https://sahifa.example/bare", text="Only a zebra.")])
        await pilot.press("l")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, QueryEditor))
        await pilot.press("tab", *"zebra")
        await until(pilot, lambda: editor(app).preview._choices)
        assert [choice.title for choice in editor(app).preview._choices] == [app.locale.text("headlines.untitled")]
