"""Pictures on the screen: the edition's server, the client, the parser process, the store of reports."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.piloting import until
from tests.ui.press import NOW
from tests.ui.test_mouse import click_on
from tui.config import Settings
from tui.desk.desk import open_desk
from tui.desk.images import Images
from tui.edition.server import EditionServer
from tui.locale import load
from tui.news.model import Article, Figure, Image, Item, Paragraph, Source, Text, View
from tui.news.pictures import Raster
from tui.terminal.colours import INDEXED, STANDARD, TRUECOLOR
from tui.terminal.profile import Profile
from tui.ui.app import KhabarApp
from tui.ui.screens.confirm import Confirm
from tui.ui.widgets.keybar import KeyBar
from tui.ui.widgets.picture import PictureRow, Shown, picture_rows, rows_for, strips

ANCHOR = datetime(2026, 3, 5, 14, tzinfo=UTC)
LONG = Paragraph(Text("The lighthouse keeper opened the door and looked at the sea for a while. " * 6))
Blocks = Callable[[str], tuple[Figure | Paragraph, ...]]
Screen = tuple[KhabarApp, Pilot[None], str]


@asynccontextmanager
async def reading(
    folder: Path,
    *,
    blocks: Blocks = lambda base: (figure(base, "ferry.png"), LONG),
    profile: Profile | None = None,
    settings: Settings | None = None,
    language: str = "en",
    size: tuple[int, int] = (120, 40),
) -> AsyncIterator[Screen]:
    """The screen on a story of an edition that is really served."""
    with EditionServer(ANCHOR) as server:
        desk = open_desk(folder / "store.db", folder / "cache.db", clock=lambda: NOW)
        source = desk.store.add_source(Source(address=f"{server.base}/feed", title="Edition", builtin=True))
        item = Item(id="1", title="The ferry", link=f"{server.base}/story", published=NOW, full=True, language="en")
        desk.store.add_items(source, [item])
        story = desk.store.stories(View())[0]
        desk.store.save_article(story.id, Article("The ferry", blocks(server.base), language="en"))
        app = KhabarApp(
            desk=desk,
            settings=settings or Settings(full_text=False),
            locale=load(language),
            profile=profile or Profile(colours=TRUECOLOR),
            clock=lambda: NOW,
        )
        try:
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await pilot.press("enter")
                yield app, pilot, server.base
        finally:
            await asyncio.sleep(0)
            await desk.aclose()


def figure(base: str, name: str, caption: str = "The ferry at noon", *, width: int = 0, height: int = 0) -> Figure:
    return Figure(Image(f"{base}/pictures/{name}", caption=caption, width=width, height=height))


def drawn(app: KhabarApp) -> list[PictureRow]:
    """The rows of pictures in view."""
    view = app.reading.article
    return [row for spot in view._visible() if isinstance(row := view._reader.row(spot), PictureRow)]


def shown(app: KhabarApp) -> dict[str, Shown]:
    return app.reading.article.gallery.shown


async def test_a_picture_is_drawn_over_its_caption(tmp_path: Path) -> None:
    async with reading(tmp_path) as (app, pilot, _):
        await until(pilot, lambda: bool(drawn(app)))
        rows, view = drawn(app), app.reading.article
        raster = rows[0].raster
        assert raster is not None and 3 <= len(rows) == raster.rows <= rows_for(view.size.height)
        box = view.set_for
        assert abs((rows[0].x - box.left) - (box.right - rows[0].x - raster.columns)) <= 1, "centred"
        places = [y for y, spot in enumerate(view._visible()) if view._reader.row(spot) in rows]
        painted = [view.render_line(y) for y in places]
        assert {strip.cell_length for strip in painted} == {view.size.width}
        colours = {segment.style.color for strip in painted for segment in strip if segment.style}
        assert len(colours) > 10


async def test_rows_are_kept_for_a_picture_whose_size_is_known(tmp_path: Path) -> None:
    """What is under it does not move when it comes."""
    blocks = lambda base: (figure(base, "ferry.png", width=480, height=270), LONG)  # noqa: E731
    async with reading(tmp_path, blocks=blocks) as (app, pilot, _):
        view = app.reading.article
        before = len(view._visible())
        await until(pilot, lambda: bool(drawn(app)))
        assert len(view._visible()) == before


async def test_a_picture_above_does_not_move_the_reader(tmp_path: Path) -> None:
    blocks: Blocks = lambda base: (figure(base, "ferry.png"), *(LONG for _ in range(12)))  # noqa: E731
    async with reading(tmp_path, blocks=blocks, size=(100, 24)) as (app, pilot, base):
        view = app.reading.article
        await until(pilot, lambda: bool(shown(app)))
        url = f"{base}/pictures/ferry.png"
        made = shown(app)[url]
        view.gallery.put(url, Shown())
        view.page(1)
        top = view.render_line(0).text
        view.gallery.put(url, made)
        assert view.render_line(0).text == top


@pytest.mark.parametrize(
    ("profile", "settings"),
    [
        (Profile(colours=STANDARD), Settings(full_text=False)),
        (Profile(colours=TRUECOLOR, over_ssh=True, round_trip_ms=250), Settings(full_text=False)),
        (Profile(colours=TRUECOLOR), Settings(full_text=False, images_show=False)),
        (Profile(colours=TRUECOLOR), Settings(full_text=False, theme="mono")),
    ],
    ids=["16 colours", "slow line", "setting", "mono"],
)
async def test_the_caption_alone(tmp_path: Path, profile: Profile, settings: Settings) -> None:
    async with reading(tmp_path, profile=profile, settings=settings) as (app, pilot, _):
        await until(pilot, lambda: bool(shown(app)))
        assert not drawn(app)
        assert "The ferry at noon" in app.reading.article.text()
        assert app.reading.pictures._made is not None and not app.reading.pictures._made._bodies, "nothing fetched"


async def test_the_key_asks_for_pictures_over_a_slow_line_and_puts_them_away(tmp_path: Path) -> None:
    profile = Profile(colours=INDEXED, over_ssh=True, round_trip_ms=250)
    async with reading(tmp_path, profile=profile) as (app, pilot, _):
        await until(pilot, lambda: bool(shown(app)))
        await pilot.press("H")
        await until(pilot, lambda: bool(drawn(app)))
        await pilot.press("H")
        await until(pilot, lambda: not drawn(app))
        assert "The ferry at noon" in app.reading.article.text()


async def test_a_picture_that_is_none_leaves_its_caption(tmp_path: Path) -> None:
    blocks = lambda base: (figure(base, "none.png", width=480, height=270), LONG)  # noqa: E731
    async with reading(tmp_path, blocks=blocks) as (app, pilot, _):
        await until(pilot, lambda: any(one.failed for one in shown(app).values()))
        assert not drawn(app) and "The ferry at noon" in app.reading.article.text()


async def test_a_private_address_of_another_host_is_not_fetched(tmp_path: Path) -> None:
    with EditionServer(ANCHOR) as other:
        blocks = lambda base: (figure(other.base, "ferry.png"), LONG)  # noqa: E731
        async with reading(tmp_path, blocks=blocks) as (app, pilot, _):
            await until(pilot, lambda: any(one.failed for one in shown(app).values()))


@pytest.mark.parametrize("size", [(120, 40), (40, 12)], ids=["120x40", "40x12"])
async def test_the_screen_says_how_a_picture_is_reported(tmp_path: Path, size: tuple[int, int]) -> None:
    """In the footer, where there is one; the question shows its answers, and a click gives one, in any size."""
    async with reading(tmp_path, size=size) as (app, pilot, _):
        await until(pilot, lambda: bool(shown(app)))
        report = f"! {app.locale.text('actions.report_image.short')}"
        assert size[1] < 16 or report in app.reading.footer.render_line(0).text
        await pilot.press("!")
        await until(pilot, lambda: isinstance(app.screen, Confirm) and app.screen.query_one(KeyBar).size.width)
        confirm = app.screen
        assert isinstance(confirm, Confirm)
        assert confirm.bar.region.bottom <= size[1] and confirm.bar.render_line(0).text.split()[0] == "Enter"
        assert confirm.query_one(".dialog--box").styles.border_top[0] == "round"
        await click_on(pilot, confirm.bar, "yes")
        await until(pilot, lambda: any(one.notice for one in shown(app).values()))


async def test_reported_by_content_and_taken_back(tmp_path: Path) -> None:
    """The report hides the same picture at another address; ! on the notice takes it back."""
    blocks = lambda base: (figure(base, "ferry.png"), figure(base, "ferry.png?again", "The same"), LONG)  # noqa: E731
    async with reading(tmp_path, blocks=blocks) as (app, pilot, _):
        await until(pilot, lambda: len(shown(app)) == 2)
        await pilot.press("!")
        assert isinstance(app.screen, Confirm)
        await pilot.press("enter")
        await until(pilot, lambda: any(one.notice for one in shown(app).values()))
        app.reading.reader.again()
        notice = app.locale.text("article.hidden_picture")
        await until(pilot, lambda: app.reading.article.text().count(notice) == 2)
        await pilot.press("!")
        await until(pilot, lambda: notice not in app.reading.article.text().replace(notice, "", 1))
        app.reading.reader.again()
        await until(pilot, lambda: notice not in app.reading.article.text())


_REPORT = """
import sys
from pathlib import Path
from tui.store.store import Store
store = Store.open(Path(sys.argv[1]), reports=Path(sys.argv[2]))
store.report_image(sys.argv[3], sys.argv[4])
store.close()
"""


async def test_several_processes_hide_it_for_all(tmp_path: Path) -> None:
    async with reading(tmp_path) as (app, pilot, base):
        await until(pilot, lambda: bool(drawn(app)))
        images: Images = app.reading.pictures._images
        key = await images.key(f"{base}/pictures/ferry.png")
        shared = tmp_path / "reports.sqlite3"

        def report(names: tuple[str, ...]) -> None:
            commands = [
                [sys.executable, "-c", _REPORT, str(tmp_path / f"{name}.db"), str(shared), key, name] for name in names
            ]
            running = [subprocess.Popen(command) for command in commands]
            assert [process.wait(30) for process in running] == [0] * len(names)

        await asyncio.to_thread(report, ("reader-1", "reader-2"))
        assert (await images.reports(key, "me")).count == 2
        app.reading.reader.again()
        await pilot.pause(0.2)
        await until(pilot, lambda: drawn(app))  # two are not enough
        await asyncio.to_thread(report, ("reader-3", "reader-1"))
        app.reading.reader.again()
        await until(pilot, lambda: app.locale.plural("article.hidden_by", 3) in app.reading.article.text())
        assert not drawn(app)


async def test_another_size_of_the_pane_is_another_size_of_the_picture(tmp_path: Path) -> None:
    async with reading(tmp_path) as (app, pilot, _):
        await until(pilot, lambda: bool(drawn(app)))
        wide = drawn(app)[0].raster
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: bool(drawn(app)) and drawn(app)[0].raster != wide)
        narrow = drawn(app)[0].raster
        assert narrow is not None and narrow.columns <= 52 and narrow.rows <= 8


def test_blocks_show_the_pixels() -> None:
    """Whatever block is chosen for a cell, its upper and lower half have the pixels' colours."""
    palette = [(0, 0, 0), (255, 0, 0), (0, 255, 0)]
    pixels = b"".join(bytes(palette[(x * 7 + y * 5 + x * y) % 3]) for y in range(12) for x in range(30))
    made = Raster(30, 6, pixels, 30, 12)
    for number, strip in enumerate(strips(made)):
        assert strip.cell_length == 30
        x = 0
        for segment in strip:
            assert segment.style is not None and segment.style.color and segment.style.bgcolor
            front, back = (tuple(c.get_truecolor()) for c in (segment.style.color, segment.style.bgcolor))
            for sign in segment.text:
                halves = {"▀": (front, back), "▄": (back, front), "█": (front, front), " ": (back, back)}[sign]
                for half in (0, 1):
                    at = 3 * ((2 * number + half) * 30 + x)
                    assert halves[half] == tuple(pixels[at : at + 3])
                x += 1


def test_the_rows_of_a_picture() -> None:
    made = Raster(40, 10, bytes(3 * 40 * 20), 80, 40)
    assert len(picture_rows(Shown(made), (0, 0), (72, 10), 4)) == 10
    assert len(picture_rows(Shown(waiting=True), (80, 40), (72, 10), 4)) == 10
    for nothing in (Shown(waiting=True), Shown(made, notice="hidden"), Shown(failed=True)):
        assert not picture_rows(nothing, (0, 0), (72, 10), 4)
    assert not picture_rows(Shown(made), (0, 0), (72, 0), 4)
    assert (rows_for(4), rows_for(24), rows_for(100)) == (0, 9, 20)
