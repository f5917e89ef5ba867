"""Which pictures the terminal is handed in pixels, and when they are taken from it again."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.ui.piloting import until
from tests.ui.test_pictures import LONG, drawn, figure, reading, shown
from tui.config import Settings
from tui.news.model import Article
from tui.terminal import sixel
from tui.terminal.colours import TRUECOLOR
from tui.terminal.graphics import MOST, PLACEHOLDER
from tui.terminal.profile import Pictures, Profile
from tui.terminal.sixel import QUESTIONS
from tui.ui.app import KhabarApp
from tui.ui.display import BidiApp

KITTY = Profile(colours=TRUECOLOR, pictures=Pictures.KITTY)
SIXEL = Profile(colours=TRUECOLOR, pictures=Pictures.SIXEL)
SAYS = "\x1b[?1;0;256S\x1b[6;21;10t\x1b[?63;4c"
both = pytest.mark.parametrize("terminal", [KITTY, SIXEL], ids=["kitty", "sixel"])


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the terminal says when it is asked about sixels; as often as there is another answer, the last for ever."""
    said = [SAYS]

    async def ask(_: BidiApp, questions: str) -> str:
        assert questions == QUESTIONS
        if not said[0]:
            await asyncio.Event().wait()
        return said.pop(0) if len(said) > 1 else said[0]

    monkeypatch.setattr(BidiApp, "_ask_terminal", ask)
    return said


def handed(app: KhabarApp) -> dict[str, int]:
    """The number of each picture that the terminal has, or is drawn when its cells are, by its address."""
    plates, films = app.session.plates._kept, app.session.films._kept
    assert not (plates and films)
    return {url: number for url, (number, *_) in [*plates.items(), *films.items()]}


@both
async def test_the_terminal_has_the_picture_and_the_rows_its_placeholders(tmp_path: Path, terminal: Profile) -> None:
    async with reading(tmp_path, profile=terminal) as (app, pilot, base):
        await until(pilot, lambda: bool(drawn(app)))
        assert handed(app) == {f"{base}/pictures/ferry.png": drawn(app)[0].plate}
        view = app.reading.article
        rows = [view.render_line(y) for y in range(view.size.height)]
        placed = [strip for strip in rows if PLACEHOLDER in strip.text]
        raster = drawn(app)[0].raster
        assert raster is not None and raster.fine and len(placed) == raster.rows
        assert {strip.text.count(PLACEHOLDER) for strip in placed} == {raster.columns}
        assert {strip.cell_length for strip in rows} == {view.size.width}
        assert PLACEHOLDER not in view.text(), "copied text has none"


@both
async def test_another_size_is_another_picture_and_the_old_one_goes(tmp_path: Path, terminal: Profile) -> None:
    async with reading(tmp_path, profile=terminal) as (app, pilot, _):
        await until(pilot, lambda: bool(drawn(app)))
        before = handed(app)
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: bool(drawn(app)) and handed(app) != before)
        assert handed(app).keys() == before.keys()
        await until(pilot, lambda: {row.plate for row in drawn(app)} == set(handed(app).values()))


@both
async def test_it_goes_when_its_article_does_and_comes_back_with_it(tmp_path: Path, terminal: Profile) -> None:
    async with reading(tmp_path, profile=terminal) as (app, pilot, _):
        await until(pilot, lambda: bool(drawn(app)))
        reader = app.reading.reader
        before, entry = handed(app), reader.entry
        assert entry is not None
        app.reading.reader.again()
        assert handed(app) == before, "the same article keeps it"
        reader._show(replace(entry, article=Article("Another", (LONG,), language="en")))
        assert not handed(app)
        reader._show(entry)
        await until(pilot, lambda: bool(drawn(app)))
        assert {row.plate for row in drawn(app)} == set(handed(app).values()) != set()


@both
async def test_it_goes_when_it_is_put_away_or_reported(tmp_path: Path, terminal: Profile) -> None:
    async with reading(tmp_path, profile=terminal) as (app, pilot, _):
        await until(pilot, lambda: bool(drawn(app)))
        await pilot.press("H")
        await until(pilot, lambda: not handed(app))
        assert not drawn(app)
        await pilot.press("H")
        await until(pilot, lambda: bool(handed(app)))
        await pilot.press("!")
        await pilot.press("enter")
        await until(pilot, lambda: any(one.notice for one in shown(app).values()))
        assert not handed(app)


async def test_one_put_away_while_it_is_being_made_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, develop = threading.Event(), threading.Event(), sixel.develop

    def slowly(*given: Any, **how: Any) -> sixel.Film:
        begun.set()
        assert go_on.wait(60)
        return develop(*given, **how)

    monkeypatch.setattr(sixel, "develop", slowly)
    async with reading(tmp_path, profile=SIXEL) as (app, pilot, base):
        await until(pilot, begun.is_set)
        await pilot.press("H")
        await until(pilot, lambda: f"{base}/pictures/ferry.png" in shown(app))
        go_on.set()
        await until(pilot, lambda: not any(worker.group == "pictures" for worker in app.workers))
        assert not handed(app)
        assert not drawn(app)
        await pilot.press("H")
        await until(pilot, lambda: bool(drawn(app)) and bool(handed(app)))


@both
async def test_a_theme_without_colours_has_none(tmp_path: Path, terminal: Profile) -> None:
    async with reading(tmp_path, profile=terminal) as (app, pilot, _):
        await until(pilot, lambda: bool(drawn(app)))
        while app.theme != "mono":
            await pilot.press("T")
        await until(pilot, lambda: not handed(app))
        assert not drawn(app)
        await pilot.press("T")
        await until(pilot, lambda: bool(drawn(app)) and bool(handed(app)))


async def test_what_the_terminal_has_no_room_for_is_drawn_in_blocks(tmp_path: Path) -> None:
    async with reading(tmp_path, profile=KITTY) as (app, pilot, base):
        await until(pilot, lambda: bool(drawn(app)))
        url = f"{base}/pictures/ferry.png"
        app.session.plates.drop(url)
        for number in range(MOST):
            app.session.plates.put(str(number), b"png", 4, 4)
        app.reading.pictures.show(shown=True)
        await until(pilot, lambda: bool(drawn(app)) and not drawn(app)[0].plate)
        assert url not in handed(app)
        text = "".join(app.reading.article.render_line(y).text for y in range(40))
        assert "▀" in text and PLACEHOLDER not in text


@pytest.mark.parametrize(
    ("profile", "settings"),
    [
        (replace(KITTY, over_ssh=True, round_trip_ms=250), Settings(full_text=False)),
        (KITTY, Settings(full_text=False, plain=True)),
        (KITTY, Settings(full_text=False, theme="mono")),
        (KITTY, Settings(full_text=False, images_show=False)),
    ],
    ids=["slow line", "plain", "mono", "setting"],
)
async def test_none_is_handed(tmp_path: Path, profile: Profile, settings: Settings) -> None:
    async with reading(tmp_path, profile=profile, settings=settings) as (app, pilot, _):
        await until(pilot, lambda: bool(shown(app)))
        assert not handed(app) and not drawn(app)


@pytest.mark.parametrize(
    ("said", "colours", "cell"),
    [
        (SAYS, 64, (10, 21)),
        ("\x1b[?1;0;16S\x1b[6;34;17t\x1b[?63;4c", 16, (17, 34)),
        ("\x1b[?1;3;0S\x1b[6;21;10t\x1b[?63;4c", 16, (10, 21)),
        ("\x1b[6;21;10t\x1b[?63;4c", 16, (10, 21)),
        ("\x1b[?1;0;256S\x1b[?63;4c", 0, None),
        ("\x1b[6;0;0t\x1b[?63;4c", 0, None),
        ("\x1b[6;2000;1000t\x1b[?63;4c", 0, None),
        ("", 0, None),
    ],
)
async def test_sixels_are_as_the_terminal_says(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answers: list[str],
    said: str,
    colours: int,
    cell: tuple[int, int] | None,
) -> None:
    """Its colours, its cells; with half blocks where nothing is known of those."""
    monkeypatch.setattr("tui.ui.pixels._PATIENCE", 0.2)
    answers[:] = [said]
    async with reading(tmp_path, profile=SIXEL) as (app, pilot, _):
        await until(pilot, lambda: bool(drawn(app)))
        films = [film for _, film, *_ in app.session.films._kept.values()]
        assert bool(films) is bool(drawn(app)[0].plate) is (cell is not None)
        for film in films:
            assert (film.across, len(film.dots[0]) // (film.across * film.columns)) == cell
            assert 1 < len(film.palette) // 3 <= colours


async def test_another_font_is_another_picture(tmp_path: Path, answers: list[str]) -> None:
    answers[:] = [SAYS, SAYS.replace("6;21;10t", "6;42;20t")]
    async with reading(tmp_path, profile=SIXEL) as (app, pilot, _):
        await until(pilot, lambda: bool(handed(app)))
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: any(film.across == 20 for _, film, *_ in app.session.films._kept.values()))


async def test_blocks_where_the_toolkit_draws_by_itself(tmp_path: Path) -> None:
    """Its output gives placeholders no colour of ours."""
    async with reading(tmp_path, profile=KITTY) as (app, pilot, _):
        app._frugal = False
        app.reading.reader.again()
        app.reading.pictures.show(shown=True)
        await until(pilot, lambda: bool(drawn(app)) and not handed(app))
        assert not drawn(app)[0].plate


@both
async def test_pictures_side_by_side_have_numbers_of_their_own(tmp_path: Path, terminal: Profile) -> None:
    blocks = lambda base: (figure(base, "ferry.png"), figure(base, "storks.png", "Storks"), LONG)  # noqa: E731
    async with reading(tmp_path, profile=terminal, blocks=blocks) as (app, pilot, _):
        await until(pilot, lambda: len(handed(app)) == 2)
        await until(pilot, lambda: {row.plate for row in drawn(app)} == set(handed(app).values()))
