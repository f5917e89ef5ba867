"""What was opened: the way back and forward, the history, and the address line that completes over both."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open
from tests.ui.piloting import until, where
from tests.ui.press import NOW, make_app, open_press
from tui.locale import load
from tui.news.model import Article, Document, DocumentKind, Source, Visit
from tui.ui.actions import Context
from tui.ui.app import KhabarApp
from tui.ui.control.trail import MOST, Step, Trail, decode, encode
from tui.ui.screens.address import AddressLine, completions, is_address, places
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.history import HistoryScreen, by_day
from tui.ui.screens.manager import Manager

PAGE = "https://herald.example/about"


def offer_page(app: KhabarApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any page is an article; the network is not what is tried here."""

    async def page(url: str, *, typed: bool = True, builtin: bool = False) -> Document:
        return Document(DocumentKind.ARTICLE, "html", article=Article(f"Page {url}"))

    monkeypatch.setattr(app.desk.articles, "page", page)


def manager(app: KhabarApp) -> Manager[object]:
    assert isinstance(app.screen, Manager)
    return app.screen


def test_the_trail_goes_back_and_forward_and_survives_as_text() -> None:
    trail = Trail().at(Step("story:1", "A", 1)).opened(Step(PAGE, "B", typed=True)).opened(Step("https://c.example/"))
    back = trail.gone(-1)
    assert back.here == Step(PAGE, "B", typed=True)
    assert back.gone(1) == trail
    assert decode(encode(back)) == back
    assert back.at_a_story().here == Step("story:1", "A", 1)
    assert len(back.at_a_story().forward) == 2
    for number in range(80):
        trail = trail.opened(Step(str(number)))
    assert len(trail.back) == MOST
    for text in ("", "[]", "{}", '{"here": [[1]], "back": [], "forward": []}'):
        assert decode(text) == Trail()


async def test_back_and_forward_are_there_after_a_restart(screen: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with screen("en") as (app, pilot):
        offer_page(app, monkeypatch)
        await pilot.press("j", "enter")
        story = app.reading.reader.story
        app.reading.reader.follow(PAGE)
        await until(pilot, lambda: app.reading.reader.url == PAGE)
        await until(pilot, lambda: PAGE in (app.desk.reading.recall("ui.trail") or ""))
        again = open_press(app.desk.store.path.parent)
        later = make_app(again, "en")
        offer_page(later, monkeypatch)
        async with later.run_test() as second:
            await second.pause()
            assert later.reading.reader.story is not None and story is not None
            assert later.reading.reader.story.id == story.id
            await second.press("alt+right")
            await until(second, lambda: later.reading.reader.url == PAGE)
            await second.press("backspace")
            assert later.reading.reader.story is not None and later.reading.reader.story.id == story.id
            await second.press("backspace")
            assert where(later) is Context.LIST
        await again.aclose()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_the_history_opens_forgets_and_clears(screen: Open, language: str, size: tuple[int, int]) -> None:
    async with screen(language, size) as (app, pilot):
        for _ in range(3):
            await pilot.press("enter", "backspace", "j")
        await until(pilot, lambda: len(app.desk.reading.history()) == 3)
        first = app.desk.reading.history()[0]
        await pilot.press("h")
        assert isinstance(app.screen, HistoryScreen)
        assert manager(app).selected == first.url
        await pilot.press("d")
        await until(pilot, lambda: len(app.desk.reading.history()) == 2)
        second = app.desk.reading.history()[0]
        await until(pilot, lambda: manager(app).selected == second.url)
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.reader.story and app.reading.reader.story.id == second.story_id)
        assert where(app) is Context.ARTICLE
        await pilot.press("h", "X")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(pilot, lambda: not app.desk.reading.history())


async def test_the_history_is_narrowed_by_what_is_typed(screen: Open) -> None:
    async with screen("ar") as (app, pilot):
        for title in ("Harbour", "القطار الساحليّ", "Lake"):
            app.desk.store.history_add(f"https://x.example/{title}", title)
        await pilot.press("h", "slash", *"ساحلي", "enter")
        assert manager(app).selected.endswith("القطار الساحليّ")
        await pilot.press("escape")
        assert len(manager(app).choices._choices) == 4, "a heading and three pages"
        await pilot.press("escape")
        assert app.screen is app.reading


async def test_a_click_on_the_key_row_and_on_an_entry(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        for title in ("one", "two"):
            app.desk.store.history_add(f"https://x.example/{title}", title)
        await pilot.press("h")
        at = manager(app).choices.region
        await pilot.click(offset=(at.x + 4, at.y + 2))
        assert manager(app).selected.endswith("one")
        bar = manager(app).bar.region
        row = manager(app).bar.render_line(0).text
        await pilot.click(offset=(bar.x + row.index("close"), bar.y))
        assert app.screen is app.reading


def test_days_are_named() -> None:
    visits = [Visit(f"https://a.example/{n}", str(n), NOW) for n in range(2)]
    assert [choice.heading for choice in by_day(visits, load("en"), NOW)] == [True, False, False]
    nameless = [Visit("story:7", "", NOW), Visit("https://a.example/1", "", NOW)]
    shown = [choice.title for choice in by_day(nameless, load("en"), NOW)][1:]
    assert shown[0] == load("en").text("headlines.untitled") and "a.example/1" in shown[1]


# -- the address line

KNOWN = places(
    [Source("https://www.sahil.example/feed", "جريدة الساحل", site="https://sahil.example/")],
    [Visit("https://news.example/train", "The train is back", NOW), Visit("story:7", "no address", NOW)],
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ساحل", "https://www.sahil.example/feed"),
        ("sahil.ex", "https://www.sahil.example/feed"),
        ("train", "https://news.example/train"),
        ("https://news", "https://news.example/train"),
    ],
)
def test_it_completes_over_titles_and_addresses(typed: str, found: str) -> None:
    assert completions(typed, KNOWN)[0].url == found


def test_it_offers_nothing_without_an_address() -> None:
    assert all(place.url.startswith("https://") for place in completions("", KNOWN))
    assert completions("zzz", KNOWN) == []


@pytest.mark.parametrize(
    ("text", "yes"),
    [("a.example", True), ("localhost:80/x", True), ("http://x", True), ("two words.", False), ("sea", False)],
)
def test_what_is_an_address(text: str, yes: bool) -> None:
    assert is_address(text) is yes


async def test_a_source_goes_to_its_stories_and_a_page_is_opened(screen: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with screen("en") as (app, pilot):
        offer_page(app, monkeypatch)
        source = app.desk.store.sources()[0]
        await pilot.press("a", *"sahifa", "enter")
        await until(pilot, lambda: app.reading.lists.view.source_id == source.id)
        await pilot.press("ctrl+l", *"herald.example/about", "enter")
        await until(pilot, lambda: app.reading.reader.url == PAGE)
        await until(pilot, lambda: app.desk.reading.history()[0].url == PAGE)
        await pilot.press("a")
        assert isinstance(app.screen, AddressLine)
        await pilot.press("down", "down", "down", "enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
