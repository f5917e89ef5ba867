"""Numbers behind links: on the screen in the reader's digits, in the right order, and nowhere else."""

from __future__ import annotations

import asyncio

import pytest

from tests.ui.conftest import Open
from tui.bidi.layout import display
from tui.news.model import Article, ListBlock, ListItem, Mark, MarkKind, Paragraph, Table, Text
from tui.ui.widgets.flow import Kind, Texts, compose, links_of, plain_text, selected_text
from tui.ui.widgets.link_numbers import numbered
from tui.ui.widgets.matching import find

ONE, TWO = "https://one.example/", "https://two.example/"
TEXT = Text(
    "كتب الأول ثم الثاني ثم الأول.",
    (
        Mark(4, 9, MarkKind.LINK, ONE),
        Mark(4, 19, MarkKind.STRONG),
        Mark(13, 19, MarkKind.LINK, TWO),
        Mark(23, 28, MarkKind.LINK, ONE),
    ),
)
ARTICLE = Article("t", (Paragraph(TEXT), ListBlock((ListItem(TEXT),)), Table(((TEXT, Text("x")),))))


def arabic(n: int) -> str:
    return str(n).translate({ord("0") + digit: 0x660 + digit for digit in range(10)})


def test_an_address_has_one_number_and_stands_below_once() -> None:
    parts = numbered(compose(ARTICLE, Texts("", "", "", source="s"), "https://s.example/"), "روابط", arabic, 1)
    paragraph = next(part for part in parts if part.kind is Kind.PARAGRAPH)
    assert display(paragraph.text, 1) == display("كتب الأول[١] ثم الثاني[٢] ثم الأول[١].", 1)
    heading = next(number for number, part in enumerate(parts) if part.kind is Kind.HEADING)
    below = parts[heading + 1 : heading + 3]
    assert [(part.sign, part.text, part.level, part.side) for part in below] == [("١.", ONE, 0, 1), ("٢.", TWO, 0, 1)]
    assert parts[-1].kind is Kind.SOURCE


def test_marks_keep_their_letters() -> None:
    parts = numbered(compose(ARTICLE, Texts("", "", ""), ""), "", arabic, 1)
    paragraph = next(part for part in parts if part.kind is Kind.PARAGRAPH)
    texts = {(mark.kind, mark.href): paragraph.text[mark.start : mark.end] for mark in paragraph.marks}
    assert texts[MarkKind.LINK, ONE] == "الأول"
    assert texts[MarkKind.LINK, TWO] == "الثاني"
    assert texts[MarkKind.STRONG, ""].startswith("الأول")
    assert texts[MarkKind.STRONG, ""].endswith("الثاني")
    assert {link.url for link in links_of(parts)} == {ONE, TWO}


def test_what_is_copied_and_found_has_no_numbers() -> None:
    plain = compose(ARTICLE, Texts("", "", "", source="s"), "https://s.example/")
    parts = numbered(plain, "روابط", arabic, 1)
    assert plain_text(parts) == plain_text(plain)
    everything = selected_text(parts, lambda _: (0, -1))
    assert everything == selected_text(plain, lambda _: (0, -1))
    paragraph = next(part for part in parts if part.kind is Kind.PARAGRAPH)
    ((start, end),) = find(paragraph.own_text(), "الأول ثم الثاني")
    shown = paragraph.text[paragraph.place(start) : paragraph.place(end - 1) + 1]
    assert shown.startswith("الأول")
    assert shown.endswith("الثاني")


def test_an_article_without_links_is_left_alone() -> None:
    parts = compose(Article("t", (Paragraph(Text("nothing")),)), Texts("", "", ""), "")
    assert numbered(parts, "Links", str, 0) == parts


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_a_key_shows_them_and_the_next_session_remembers(screen: Open, language: str) -> None:
    async with screen(language, (120, 40)) as (app, pilot):
        await pilot.press("enter", "number_sign")
        await pilot.pause()
        assert any(part.extras for part in app.reading.article._reader.parts)
        app.reading.memory.flush()
        await asyncio.wrap_future(app.desk.reading.write(lambda: None))
        assert app.desk.reading.recall("ui.link_numbers") == "1"
        await pilot.press("number_sign")
        assert not any(part.extras for part in app.reading.article._reader.parts)
