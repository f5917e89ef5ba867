"""Every key does what its help says: on a real store, in both directions, in three sizes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.ui.conftest import Open
from tests.ui.piloting import SIZES, both, listing, selected, sizes, struck, top, until, where
from tests.ui.press import NOW
from tui.bidi.layout import display
from tui.config import Settings
from tui.locale import LANGUAGES, load
from tui.news.model import Item, Listing
from tui.ui.actions import ACTIONS, Context
from tui.ui.screens.help import HelpScreen
from tui.ui.screens.palette import PaletteScreen
from tui.ui.screens.qr import QrCode, QrScreen
from tui.ui.widgets.ticker import Speed


@both
@sizes
async def test_moving_in_the_list(screen: Open, language: str, size: tuple[int, int]) -> None:
    async with screen(language, size) as (app, pilot):
        first = selected(app)
        await pilot.press("j", "down")
        third = selected(app)
        assert third != first
        await pilot.press("k", "up")
        assert selected(app) == first
        await pilot.press("G")
        last = selected(app)
        assert last not in (first, third)
        await pilot.press("pageup")
        assert selected(app) != last
        await pilot.press("end", "g")
        assert selected(app) == first


@both
@sizes
async def test_enter_reads_and_backspace_returns(screen: Open, language: str, size: tuple[int, int]) -> None:
    async with screen(language, size) as (app, pilot):
        title = selected(app)
        await pilot.press("enter")
        assert where(app) is Context.ARTICLE
        assert app.reading.article.display and app.reading.article.region.width > 0
        assert app.reading.reader.story is not None and app.reading.reader.story.title == title
        story = app.reading.reader.story
        await until(pilot, lambda: app.desk.reading.story(story.id).read)  # type: ignore[union-attr]
        await pilot.press("backspace")
        assert where(app) is Context.LIST
        assert app.reading.headlines.region.width > 0
        assert selected(app) == title


@pytest.mark.parametrize(("language", "onwards", "back"), [("en", "right", "left"), ("ar", "left", "right")])
async def test_onwards_is_the_reading_direction(screen: Open, language: str, onwards: str, back: str) -> None:
    async with screen(language) as (app, pilot):
        await pilot.press(back)
        assert where(app) is Context.LIST
        await pilot.press(onwards)
        assert where(app) is Context.ARTICLE
        await pilot.press(back)
        assert where(app) is Context.LIST


@both
async def test_space_pages_then_takes_the_next_unread_story(screen: Open, language: str) -> None:
    async with screen(language, (80, 16), paragraphs=6) as (app, pilot):
        await pilot.press("space")
        first = app.reading.reader.story
        assert first is not None
        await pilot.press("space")
        assert app.reading.reader.story is not None and app.reading.reader.story.id == first.id
        assert app.reading.article.place != (0, 0)
        for _ in range(30):
            await pilot.press("space")
            if app.reading.reader.story.id != first.id:
                break
        assert app.reading.reader.story.id != first.id
        assert app.reading.headlines.selected is not None
        assert app.reading.headlines.selected.id == app.reading.reader.story.id


async def test_tab_goes_through_links_then_panes(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("enter", "tab")
        assert app.reading.article.focused_link
        for _ in range(5):
            if where(app) is not Context.ARTICLE:
                break
            await pilot.press("tab")
        assert where(app) is Context.TICKER
        await pilot.press("tab")
        assert where(app) is Context.LIST
        await pilot.press("shift+tab")
        assert where(app) is Context.TICKER


@both
async def test_marks_stars_and_undo(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        story = app.reading.headlines.selected
        assert story is not None

        def stored() -> tuple[bool, bool]:
            now = app.desk.reading.story(story.id)
            assert now is not None
            return now.read, now.starred

        await pilot.press("m")
        await until(pilot, lambda: stored() == (True, False))
        await pilot.press("s")
        await until(pilot, lambda: stored() == (True, True))
        await pilot.press("u")
        await until(pilot, lambda: stored() == (True, False))
        await pilot.press("u")
        await until(pilot, lambda: stored() == (False, False))
        assert app.reading.said


async def test_mark_all_read_and_undo(screen: Open) -> None:
    async with screen("ar") as (app, pilot):
        await pilot.press("M")
        await until(pilot, lambda: app.desk.reading.counts().unread == 0)
        await until(pilot, lambda: "u" in app.reading.said)
        await pilot.press("u")
        await until(pilot, lambda: app.desk.reading.counts().unread == 40)


async def test_lists_by_number(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("s", "3")
        await until(pilot, lambda: app.desk.reading.counts().starred == 1)
        await pilot.press("1", "3")
        assert listing(app) is Listing.STARRED
        assert app.reading.headlines.selected is not None and app.reading.headlines.selected.starred
        await pilot.press("2")
        assert app.reading.header.heading.listing is Listing.UNREAD
        await pilot.press("4", "1")
        assert listing(app) is Listing.ALL


async def test_escape_takes_a_notice_away(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("n")
        assert app.reading.said
        await pilot.press("j")
        assert app.reading.said, "nobody can have read it yet"
        await pilot.press("escape")
        assert not app.reading.said


@both
@sizes
async def test_help_lists_every_action_of_the_context(screen: Open, language: str, size: tuple[int, int]) -> None:
    async with screen(language, size) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.bar.size.width)
        shown = app.screen
        assert isinstance(shown, HelpScreen)
        await pilot.press("pagedown", "end")
        await pilot.pause()
        box, board, bar = (widget.region for widget in (shown.query_one(".dialog--box"), shown.board, shown.bar))
        assert box.contains_region(board) and box.contains_region(bar) and not board.overlaps(bar)
        last = shown.board.render_line(shown.board.size.height - 1).text
        assert last.split()[-1 if app.locale.rtl else 0] == "q" or size[0] == 40, "the last action is in sight"
        assert shown.board.scroll_y + shown.board.size.height == shown.board.virtual_size.height
        await pilot.press("escape")
        assert top(app) is app.reading
        await pilot.press("question_mark", "ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen))


@both
async def test_palette_finds_in_both_languages_and_acts(screen: Open, language: str) -> None:
    async with screen(language) as (app, pilot):
        await pilot.press("ctrl+p")
        assert isinstance(top(app), PaletteScreen)
        await pilot.press(*"compact", "enter")
        await pilot.pause()
        assert top(app) is app.reading
        assert app.reading.headlines.compact


async def test_palette_finds_arabic_without_hamza_and_tashkeel(screen: Open) -> None:
    async with screen("ar") as (app, pilot):
        await pilot.press("ctrl+p", *"احدث")
        dialog = app.screen
        assert isinstance(dialog, PaletteScreen)
        await pilot.pause()
        assert dialog.choices.selected is not None and dialog.choices.selected.id == "new_stories"


async def test_link_letters_say_what_they_are_for(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("enter", "f")
        assert app.reading.said == app.locale.text("notices.hints")
        await pilot.press("escape", "f", "a")
        await until(pilot, lambda: "offline" in app.reading.said)
        assert "herald.example" in app.reading.said, "which address gave nothing"


async def test_what_letters_on_links_are_for_is_said_as_long_as_they_are_there(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("enter", "f", "escape")
        assert not app.reading.said
        await pilot.press("f", "1")
        assert not app.reading.said, "no letter: the letters are gone"
        await pilot.press("f")
        app.reading.notice("Something else.")
        await pilot.press("escape")
        assert "else" in app.reading.said


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_reads_the_sample_wrong_is_told_the_key_to_the_next_mode(language: str) -> None:
    """A letter alone reads right whatever order the text around it is in."""
    assert "B" in load(language).text("notices.bidi_mode", mode="visual")


@pytest.mark.parametrize("key", ["F", "slash"])
async def test_no_notice_hides_the_keys_of_a_prompt(screen: Open, key: str) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("enter")
        app.reading.notice("Something.")
        await pilot.press(key)
        assert not app.reading.said


@both
async def test_without_a_footer_a_prompt_tells_its_keys_in_the_ticker(screen: Open, language: str) -> None:
    async with screen(language, (40, 12)) as (app, pilot):
        await pilot.pause()
        ticker, help_ = app.reading.ticker, display(app.locale.text("actions.help.short"))
        assert help_ in ticker.render_line(0).text
        ticker.trouble("17 sources did not answer")
        await pilot.press("slash")
        told = ticker.render_line(0).text
        assert "Enter" in told and display(app.locale.text("search.accept")) in told
        assert "?" not in told, "a question mark is a letter there"
        await pilot.press("escape")
        assert help_ in ticker.render_line(0).text


async def test_qr_and_address(screen: Open) -> None:
    async with screen("ar", (60, 30)) as (app, pilot):
        await pilot.press("Q")
        assert isinstance(top(app), QrScreen)
        await pilot.press("escape")
        assert top(app) is app.reading


@both
async def test_a_window_too_small_for_the_code_says_how_large_it_must_be(screen: Open, language: str) -> None:
    async with screen(language, (40, 12)) as (app, pilot):
        await pilot.press("Q")
        code = app.screen.query_one(QrCode)

        def told() -> str:
            return " ".join(code.render_line(y).text for y in range(code.size.height))

        size = re.search(r"(\d+) × (\d+)", told())
        assert size is not None and "▀" not in told()
        rows, columns = sorted((int(size[1]), int(size[2])))
        await pilot.resize_terminal(columns, rows)
        await until(pilot, lambda: "▀" in told())
        await pilot.resize_terminal(columns, rows - 1)
        await until(pilot, lambda: "▀" not in told())


async def test_a_long_address_that_was_copied_is_told_in_short(screen: Open) -> None:
    async with screen("en", (80, 24)) as (app, pilot):
        source = app.desk.store.sources()[0]
        long = f"https://{'long' * 5}.example/" + "%D9%87" * 30
        app.desk.store.add_items(source, [Item("x", "Newest", long, published=NOW + timedelta(minutes=1))])
        app.reading.lists.do_new_stories()
        await pilot.press("g", "y")
        assert app.clipboard == long
        assert f"{'long' * 5}.example/…" in app.reading.said


@pytest.mark.parametrize("theme", ["light", "mono"])
async def test_a_code_is_light_on_dark_without_gaps_between_its_rows(screen: Open, theme: str) -> None:
    """A glyph seldom fills its cell to the last row of pixels; a ground does."""
    async with screen("en", (60, 30), Settings(full_text=False, theme=theme)) as (app, pilot):
        await pilot.press("Q")
        code = app.screen.query_one(QrCode)
        quiet = code.render_line(0)
        assert ("█" in quiet.text) == (theme == "mono")
        if theme != "mono":
            grounds = {segment.style.bgcolor.name for segment in quiet if segment.style and segment.style.bgcolor}
            assert "#ffffff" in grounds


async def test_zoom_hides_the_other_pane(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("enter", "z")
        assert app.reading.article.region.width == 120
        assert not app.reading.headlines.display or app.reading.headlines.region.width == 0
        await pilot.press("z")
        assert app.reading.headlines.region.width > 0


async def test_ticker_speeds_and_opening_from_it(screen: Open) -> None:
    async with screen("ar") as (app, pilot):
        speeds = []
        for _ in Speed:
            await pilot.press("t")
            speeds.append(app.reading.ticker.speed)
        assert set(speeds) == set(Speed)
        await pilot.press("shift+tab")
        assert where(app) is Context.TICKER
        await pilot.press("j")
        story = app.reading.ticker.current
        assert story is not None
        await pilot.press("enter")
        assert app.reading.reader.story is not None and app.reading.reader.story.id == story.id


async def test_copying_and_opening_say_what_happened(screen: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with screen("en") as (app, pilot):
        story = app.reading.headlines.selected
        assert story is not None
        for key in ("y", "o"):
            await pilot.press(key)
            assert app.clipboard == story.link
            assert story.link in app.reading.said
        await pilot.press("enter", "Y")
        assert story.title in app.clipboard


async def test_keys_of_an_arabic_keyboard(screen: Open) -> None:
    async with screen("ar") as (app, pilot):
        first = selected(app)
        await pilot.press("ت")  # the key marked J
        assert selected(app) != first
        await pilot.press("ن")  # the key marked K
        assert selected(app) == first


async def test_offline_theme_sections_and_images_answer(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        theme = app.theme
        for key in ("T", "D", "O", "H", "b", "B", "r", "R"):
            await pilot.press(key)
            assert app.reading.said, key
        assert app.theme != theme


@pytest.mark.parametrize(("language", "size"), [("en", SIZES[0]), ("ar", SIZES[2])])
async def test_no_key_of_the_registry_fails_anywhere(
    screen: Open, language: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every key in every context: its action, no exception, and the keyboard is somewhere afterwards."""
    async with screen(language, size) as (app, pilot):
        done: list[str] = []
        performed: set[str] = set()
        perform = app.reading.perform

        def noted(action: str) -> None:
            done.append(action)
            perform(action)

        monkeypatch.setattr(app.reading, "perform", noted)
        for action in ACTIONS:
            if action.id == "quit":
                continue
            for context in action.contexts:
                for key in app.keymap.keys[action.id]:
                    app.reading.show_pane(context)
                    done.clear()
                    await struck(pilot, key)
                    assert done in ([action.id], []), (key, context)
                    performed.update(done)
                    for _ in range(5):
                        if app.screen is app.reading and not app.reading.finder.active:
                            break
                        await struck(pilot, "escape")
                    assert app.screen is app.reading, (action.id, context)
                    assert app.reading.focused is not None, (action.id, context)
        assert performed == {action.id for action in ACTIONS} - {"quit"}, "a pane took the others itself"


async def test_q_quits(screen: Open) -> None:
    async with screen("en") as (app, pilot):
        await pilot.press("q")
        await pilot.pause()
        assert app.return_code == 0
