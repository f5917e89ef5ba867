"""Two panes side by side: which story is open is told from which one the cursor is on."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open
from tests.ui.piloting import until
from tui.config import Settings
from tui.news.model import Article, Preformatted
from tui.ui.app import KhabarApp
from tui.ui.widgets.article_texts import PARTED
from tui.ui.widgets.flow import Kind, Part
from tui.ui.widgets.typeset import Page, set_part


def list_rows(app: KhabarApp) -> list[str]:
    pane = app.reading.headlines
    return [pane.render_line(y).text for y in range(pane.size.height)]


def title_is_dim(app: KhabarApp) -> bool:
    pane = app.reading.article
    segment = next(s for y in range(4) for s in pane.render_line(y) if s.text.strip())
    assert segment.style is not None
    assert segment.style.color is not None
    return segment.style.color.name.casefold() == app.theme_variables["dim"].casefold()


@pytest.mark.parametrize(("language", "sign"), [("en", "▸"), ("ar", "◂")])
async def test_the_open_story_is_marked_while_the_cursor_is_elsewhere(screen: Open, language: str, sign: str) -> None:
    async with screen(language, (120, 40)) as (app, pilot):
        await until(pilot, lambda: app.reading.reader.story)
        assert not any(sign in row for row in list_rows(app))
        assert not title_is_dim(app)
        await pilot.press("j", "j")
        await pilot.pause()
        marked = [row for row in list_rows(app) if sign in row]
        assert len(marked) == 1
        assert (marked[0].rstrip()[-1] if language == "ar" else marked[0][0]) == sign
        assert title_is_dim(app)
        await pilot.press("enter")
        await pilot.pause()
        assert not any(sign in row for row in list_rows(app))
        assert not title_is_dim(app)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_an_article_that_stands_whole_on_the_screen_has_no_percentage(
    screen: Open, size: tuple[int, int]
) -> None:
    async with screen("en", size, paragraphs=0) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert "%" not in app.reading.footer.render_line(0).text


async def test_a_long_article_says_how_far_it_has_been_read(screen: Open) -> None:
    async with screen("en", (80, 24), Settings(full_text=False), paragraphs=12) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: "%" in app.reading.footer.render_line(0).text)
        await pilot.press("G")
        await until(pilot, lambda: "100 %" in app.reading.footer.render_line(0).text)
        await pilot.resize_terminal(80, 40)
        await until(pilot, lambda: "100 %" in app.reading.footer.render_line(0).text)


async def test_the_keys_stand_beside_what_they_work_on(screen: Open) -> None:
    async with screen("en", (120, 40), paragraphs=0) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        pane = app.reading.article
        row = next(r for r in (pane.render_line(y).text for y in range(40)) if "Read it at the source" in r)
        assert row.split()[-1] == "o"


@pytest.mark.parametrize("width", range(24, 70))
def test_no_row_of_a_byline_ends_in_a_separator(width: int) -> None:
    said = PARTED.join(f"\u2068{part}\u2069" for part in ("مرفأ الصباح", "سلمى الورغي", "اليوم 02:20", "النص الكامل"))
    rows = set_part(Part(Kind.BYLINE, said, 1), Page(width, rtl=True))
    texts = ["".join(piece.text for item in row.placed for piece in item.line.pieces()) for row in rows]
    assert not any(text.strip().startswith("·") or text.strip().endswith("·") for text in texts)
    shown = sum(text.count("·") for text in texts)
    assert shown >= 3 - (len([text for text in texts if text]) - 1)


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_lines_that_are_cut_off_are_read_by_key(screen: Open, language: str) -> None:
    """The keys go where they point, whichever way the interface runs; another story begins at its start."""
    async with screen(language) as (app, pilot):
        story = app.reading.headlines.selected
        assert story is not None
        code = Preformatted("begin" + " = word" * 30 + " end")
        app.desk.store.save_article(story.id, Article(story.title, (code,), full=True, language="en"))
        await pilot.press("enter")
        await until(pilot, lambda: "begin" in text(app) and "›" in text(app))
        await pilot.press(*[">"] * 30)
        assert " end" in text(app) and "‹" in text(app) and "›" not in text(app)
        await pilot.press("<")
        assert " end" not in text(app)
        await pilot.press("J", "K")
        await until(pilot, lambda: "begin" in text(app))


def text(app: KhabarApp) -> str:
    view = app.reading.article
    return "\n".join(view.render_line(y).text for y in range(view.size.height))
