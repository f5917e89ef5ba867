"""The plain mode: words and lines, no signs, no colours, the terminal's cursor where the reader is."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.style import Style

from tests.support.ptyscreen import PtyScreen, homes
from tests.ui.conftest import Open
from tests.ui.piloting import until
from tui.config import Settings
from tui.locale import LANGUAGES
from tui.news.model import (
    Article,
    Figure,
    Image,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    Text,
)
from tui.terminal.pens import Pens
from tui.ui.app import KhabarApp

ROOT = Path(__file__).parents[2]
PLAIN = Settings(full_text=False, plain=True)
SIGNS = set("●★▲▌▐▏▕│─┬┴╌◂▸•⟳✓▾")


def shown(app: KhabarApp) -> list[str]:
    """Every row of the screen, as it is sent."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_there_are_words_and_no_signs(screen: Open, language: str) -> None:
    async with screen(language, (80, 24), PLAIN) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: app.reading.headlines.selected and app.reading.headlines.selected.starred)
        for key in ("enter", "escape", "question_mark", "escape", "S", "escape", "c", "escape", "a", "escape"):
            text = "\n".join(shown(app))
            assert not SIGNS & set(text), (key, SIGNS & set(text), text)
            await pilot.press(key)
            await pilot.pause()


async def test_a_story_is_one_line_with_its_state_in_words(screen: Open) -> None:
    async with screen("en", (100, 24), PLAIN) as (app, pilot):
        pane = app.reading.headlines
        assert pane.size.width == 100
        rows = [pane.render_line(y).text.strip() for y in range(6)]
        assert all(row.startswith("unread · ") or row.endswith("unread") or " · unread" in row for row in rows), rows
        await pilot.press("j", "s")
        await pilot.pause()
        assert "starred" in pane.render_line(1).text
        assert "min" in pane.render_line(1).text


@pytest.mark.parametrize(("language", "edge"), [("en", 0), ("ar", 79)])
async def test_the_cursor_stands_on_the_selected_story(screen: Open, language: str, edge: int) -> None:
    async with screen(language, (80, 24), PLAIN) as (app, pilot):
        await pilot.press("j", "j", "j")
        await pilot.pause()
        top = app.reading.headlines.region.y
        assert app.cursor_position == (edge, top + 3)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert app.cursor_position == (edge, app.reading.article.region.y)
        await pilot.press("tab")
        await pilot.pause()
        assert app.reading.article.focused_link
        assert app.cursor_position.y > app.reading.article.region.y
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.cursor_position == (edge, top + 3)


def mixed() -> Article:
    cells = tuple(Text(word) for word in ("مدينة", "درجة"))
    return Article(
        title="Everything",
        blocks=(
            Paragraph(Text("A link.", (Mark(2, 6, MarkKind.LINK, "https://a.example/"),))),
            Quote((Text("First."), Text("Second.")), "Somebody"),
            ListBlock((ListItem(Text("one"), (ListBlock((ListItem(Text("deeper")),)),)),)),
            Table((cells,), cells),
            Preformatted("x = 1"),
            Rule(),
            Figure(Image("https://a.example/p.png", "a picture")),
        ),
    )


async def test_an_article_says_what_its_parts_are(screen: Open) -> None:
    async with screen("en", (60, 30), PLAIN) as (app, pilot):
        await pilot.press("enter")
        app.reading.article.show(mixed(), None)
        await pilot.pause()
        rows = [app.reading.article.render_line(y).text.rstrip() for y in range(30)]
        text = "\n".join(rows)
        assert "quotation:\nFirst." in text
        assert "- one" in text
        assert "- deeper" in text
        assert "picture: a picture" in text
        assert not SIGNS & set(text)


def test_without_colours_none_is_sent() -> None:
    pens = Pens(ColorSystem.TRUECOLOR, monochrome=True)
    for style in ("#eeeeee on #000000", "bold #eeeeee on #303030", "#a8a8a8 on #000000", "reverse #eeeeee on #303030"):
        sequence = pens.change(0, pens.of(Style.parse(style)))
        assert not any(code in sequence for code in ("38;", "48;")), (style, sequence)
    assert pens.change(0, pens.of(Style.parse("#eeeeee on #303030"))) == "\x1b[7m"
    assert pens.change(0, pens.of(Style.parse("#a8a8a8 on #000000"))) == "\x1b[2m"
    assert pens.change(0, pens.of(Style.parse("#a8a8a8 on #303030"))) == "\x1b[7m"
    assert pens.change(0, pens.of(Style.parse("#eeeeee on #000000"))) == ""


@pytest.mark.parametrize("how", [["--plain"], []])
def test_a_plain_screen_on_a_pty(tmp_path: Path, how: list[str]) -> None:
    env = homes(tmp_path) | ({} if how else {"TERM": "dumb"})
    argv = [sys.executable, "-m", "tui", "demo", "--lang", "en", *how]
    with PtyScreen(argv, columns=80, rows=24, env=env, cwd=str(ROOT)) as terminal:
        terminal.wait_for("unread")
        terminal.settle(0.6)
        assert not terminal.screen.cursor.hidden
        terminal.press("j", "j")
        terminal.settle()
        assert not SIGNS & set(terminal.text)
        assert b"[38;" not in terminal.output
        assert b"[48;" not in terminal.output
        assert terminal.screen.cursor.x == 0
        selected = terminal.screen.buffer[terminal.screen.cursor.y][0]
        assert selected.reverse
        terminal.settle(4.0)  # "refreshed" goes away by itself
        before = len(terminal.output)
        terminal.read(1.0)
        assert len(terminal.output) == before


def test_who_wants_no_colour_gets_none(tmp_path: Path) -> None:
    """no-color.org, on a terminal that has 24-bit colours: weight, faintness and reverse video alone."""
    env = homes(tmp_path) | {"NO_COLOR": "1", "COLORTERM": "truecolor"}
    argv = [sys.executable, "-m", "tui", "demo", "--lang", "ar"]
    with PtyScreen(argv, columns=100, rows=24, env=env, cwd=str(ROOT)) as terminal:
        terminal.wait_for("●", timeout=60)
        terminal.press("j", "?")
        terminal.settle()
        sent = {code for codes in re.findall(rb"\x1b\[([0-9;]*)m", terminal.output) for code in codes.split(b";")}
        assert sent <= {b"", b"0", b"1", b"2", b"4", b"7", b"22", b"24", b"27"}


@pytest.mark.parametrize(("language", "edge", "field"), [("en", 0, 0), ("ar", 79, 79)])
async def test_the_cursor_is_back_when_a_dialog_is_gone(screen: Open, language: str, edge: int, field: int) -> None:
    async with screen(language, (80, 24), PLAIN) as (app, pilot):
        await pilot.press("j", "j")
        await pilot.pause()
        place = app.cursor_position
        assert place.x == edge
        for key in ("S", "question_mark", "comma", "Q", "L", "h"):
            await pilot.press(key)
            await pilot.pause()
            await pilot.press("L" if key == "L" else "escape")
            await until(pilot, lambda: app.cursor_position == place)
        await pilot.press("S", "j")
        await pilot.pause()
        within = app.cursor_position
        await pilot.press("a")
        await until(pilot, lambda: app.cursor_position == (field, 1))  # the field: no entry is selected yet
        await pilot.press("escape")
        await until(pilot, lambda: app.cursor_position == within)


async def test_help_begins_where_the_cursor_stands(screen: Open) -> None:
    async with screen("ar", (80, 24), PLAIN) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: app.cursor_position == (79, 1))


async def test_what_is_typed_in_a_right_to_left_search_has_the_cursor_behind_it(screen: Open) -> None:
    async with screen("ar", (80, 24), PLAIN) as (app, pilot):
        await pilot.press("slash", *"rain")
        await until(
            pilot, lambda: "rain" in shown(app)[0] and app.cursor_position == (shown(app)[0].index("rain") + 4, 0)
        )


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_what_is_said_has_a_row_of_its_own_and_nothing_changes_by_itself(screen: Open, language: str) -> None:
    async with screen(language, (80, 24), PLAIN) as (app, pilot):
        await pilot.press("O")
        await pilot.pause()
        said = shown(app)[-1].strip()
        assert said == "".join(app.reading._notice.render_line(0).text).strip()
        await pilot.press("L")
        await pilot.pause()
        assert app.reading.side.widget is not None
        assert app.reading.side.widget.size.width == 80
        await pilot.press("L", "Q")
        await pilot.pause()
        assert not set("█▀▄") & set("".join(shown(app)))
        assert not re.search(r"\d\d:\d\d", shown(app)[0]), "a clock would be read out every minute"


async def test_what_changes_under_a_dialog_does_not_take_the_cursor(screen: Open) -> None:
    async with screen("en", (80, 24), PLAIN) as (app, pilot):
        await pilot.press("S", "j")
        await pilot.pause()
        within = app.cursor_position
        app.reading.headlines.point()
        assert app.cursor_position == within


async def test_an_empty_ticker_leaves_no_coloured_row(screen: Open) -> None:
    async with screen("ar", (80, 24), PLAIN) as (app, pilot):
        await pilot.pause()
        reading = app.reading
        assert not "".join(segment.text for segment in reading.ticker.render_line(0)).strip()
        assert reading.ticker.styles.background == reading.footer.styles.background
