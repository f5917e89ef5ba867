"""The sources on the screen: found, added, named, turned, switched, removed, and each taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ui.conftest import Open
from tests.ui.piloting import until
from tests.ui.press import NOW
from tui.desk.events import SourceRefreshed
from tui.locale import LANGUAGES
from tui.news.health import Try
from tui.news.model import Direction, Source
from tui.store.errors import StoreReadOnly
from tui.ui.app import KhabarApp
from tui.ui.keys import isolated, label
from tui.ui.screens.address import AddressLine
from tui.ui.screens.help import HelpScreen
from tui.ui.screens.prompt import Prompt
from tui.ui.screens.sources import SourcesScreen
from tui.ui.widgets.board import Board


def sources(app: KhabarApp) -> SourcesScreen:
    assert isinstance(app.screen, SourcesScreen)
    return app.screen


def first(app: KhabarApp) -> Source:
    return app.desk.store.sources()[0]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_every_change_is_made_by_key_and_taken_back(screen: Open, language: str, size: tuple[int, int]) -> None:
    async with screen(language, size) as (app, pilot):
        before = first(app)
        await pilot.press("S", "space")
        await until(pilot, lambda: not first(app).enabled)
        await pilot.press("b")
        await until(pilot, lambda: first(app).direction is Direction.RTL)
        await pilot.press("f")
        await until(pilot, lambda: not first(app).full_text)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        await pilot.press("!", "enter")
        await until(pilot, lambda: first(app).title == f"{before.title}!")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen))
        for _ in range(4):
            await pilot.press("u")
        await until(pilot, lambda: first(app) == before)
        await pilot.press("d")
        await until(pilot, lambda: len(app.desk.store.sources()) == 1)
        await until(pilot, lambda: before.title in sources(app).detail.text)
        await pilot.press("escape", "u")
        await until(pilot, lambda: first(app) == before and len(app.desk.store.sources()) == 2)
        assert app.locale.text("undone.remove-source") in app.reading.said
        assert app.desk.reading.counts().all == 40


async def test_a_paper_of_the_catalogue_is_found_by_name_and_followed(screen: Open) -> None:
    async with screen("ar") as (app, pilot):
        await pilot.press("S", "a")
        assert isinstance(app.screen, AddressLine)
        said = {command.keys: command.title for command in app.screen.bar.commands}
        assert said["enter",] == app.locale.text("sources.do.add"), "it is followed, not opened"
        await pilot.press(*"هسبريس", "enter")
        await until(pilot, lambda: len(app.desk.store.sources()) == 3)
        added = app.desk.store.sources()[-1]
        assert added.title == "هسبريس" and added.enabled and added.language == "ar"
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen) and app.screen.selected == str(added.id))
        await pilot.press("u")
        await until(pilot, lambda: len(app.desk.store.sources()) == 2)


@pytest.mark.parametrize("size", [(120, 36), (40, 12)], ids=["120x36", "40x12"])
async def test_an_address_that_gives_nothing_is_told_in_whole_and_can_be_put_right(
    screen: Open, size: tuple[int, int]
) -> None:
    async with screen("en", size) as (app, pilot):
        await pilot.press("S", "a", *"nothing.example", "enter")
        await until(pilot, lambda: "offline" in sources(app).detail.text)
        detail = sources(app).detail
        assert isolated("nothing.example") in detail.text and detail.has_class("-warning")
        sources(app).fill()  # as when another source is heard of
        await pilot.pause()
        shown = " ".join(detail.render_line(y).text.strip() for y in range(detail.size.height))
        assert shown == detail.text.translate(dict.fromkeys(range(0x2066, 0x206A)))
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AddressLine))
        assert isinstance(app.screen, AddressLine) and app.screen.field.value == "nothing.example"
        await pilot.press("x", "escape", "j")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen))
        assert not detail.has_class("-warning") and "nothing" not in detail.text


async def test_health_is_a_bar_of_thirty_tries_and_the_last_sentence(screen: Open) -> None:
    async with screen("en", (140, 36)) as (app, pilot):
        for number in range(35):
            outcome = "failed" if number == 34 else "fresh" if number % 2 else "revalidated"
            said = "The server is not available at the moment (503); try again later." if number == 34 else ""
            attempt = Try(NOW - timedelta(minutes=35 - number), outcome, sentence=said)
            app.desk.store.record_try(first(app).id, attempt)
        await pilot.press("S")
        await pilot.pause()

        def told() -> str:
            return "\n".join(sources(app).health.render_line(y).text for y in range(sources(app).health.size.height))

        assert "Last read: Today" in told() and "try again later" in told(), "what a reader asks"
        assert "304" not in told() and "█" not in told()
        await pilot.press("i")
        await pilot.pause()
        assert told().count("█") + told().count("▅") == 29 and "▁" in told() and "304" in told()
        assert "503" in told()
        await pilot.press("i")
        await pilot.pause()
        assert "█" not in told()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_what_the_row_of_keys_has_no_room_for_is_one_key_away(
    screen: Open, size: tuple[int, int], language: str
) -> None:
    async with screen(language, size) as (app, pilot):
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen) and app.screen.bar.size.width)
        row = sources(app).bar.render_line(0).text
        assert "?" in row.split()
        shown = [command for command in sources(app).bar.commands if label(command.keys[0], app.locale) in row.split()]
        assert size[0] == 40 or 5 <= len(shown) <= 7
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.board.size.width)
        board = app.screen.query_one(Board)
        told = [entry.term for entry in board._entries]
        assert any("I" in term for term in told) and any("W" in term for term in told)
        assert board._entries[0].text
        await pilot.press("escape", "escape")
        assert len(app.screen_stack) == 1


async def test_a_source_that_waits_says_until_when(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        said = "The server is not available at the moment (503); try again later."
        app.desk.store.record_try(
            first(app).id, Try(NOW, "failed", 503, sentence=said, next_allowed=NOW + timedelta(minutes=15))
        )
        await pilot.press("S")
        await pilot.pause()
        row = sources(app).health.render_line(0).text
        assert "Never read so far" in row and app.locale.clock((NOW + timedelta(minutes=15)).astimezone()) in row


async def test_a_refresh_of_many_sources_fills_the_screen_now_and_then(
    screen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with screen("en", (140, 36)) as (app, pilot):
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen))
        fills: list[str] = []
        fill = SourcesScreen.fill

        def counted(self: SourcesScreen, select: str = "") -> None:
            fills.append(select)
            fill(self, select)

        monkeypatch.setattr(SourcesScreen, "fill", counted)
        app.desk.store.record_try(first(app).id, Try(NOW, "fresh", 200, 1_000, 3))
        for done in range(100):
            app.desk.events.publish(SourceRefreshed(first(app), "fresh", 0, done, 100))
        await until(pilot, lambda: "new text" in sources(app).choices._choices[0].detail)
        assert len(fills) < 10


async def test_what_cannot_be_kept_is_not_said_to_be_done(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        before = app.desk.store.sources()
        app.desk.store._db.refusal = StoreReadOnly("The disk would not take it.")
        await pilot.press("S", "d")
        await until(pilot, lambda: "The disk would not take it." in sources(app).detail.text)
        assert app.desk.store.sources() == before
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AddressLine))
        await pilot.press(*"bbc", "enter")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen))
        await until(pilot, lambda: "The disk would not take it." in sources(app).detail.text)
        assert app.desk.store.sources() == before
