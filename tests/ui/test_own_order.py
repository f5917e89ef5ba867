"""Names, titles and queries of one direction in an interface of the other: in their own order, cut at their own end."""

from __future__ import annotations

import re

import pytest

from tests.ui.conftest import Open
from tests.ui.piloting import until
from tui.bidi.layout import display
from tui.locale import LANGUAGES, load
from tui.ui.screens.history import HistoryScreen
from tui.ui.sentences import in_language
from tui.ui.widgets.choices import Choice, Choices
from tui.ui.widgets.reading_direction import cut_its_own_way, level_of_name

RTL = [tag for tag in LANGUAGES if load(tag).rtl]
ENGLISH = "Rain at last? (after 3 weeks) Yes!"
ARABIC = "هل تكفي 12 ساعة (على الأقل)؟!"


@pytest.mark.parametrize("language", RTL)
def test_a_foreign_name_in_a_sentence_keeps_its_punctuation(language: str) -> None:
    said = load(language).text("notices.refreshing_source", name="Yahoo!")
    assert "Yahoo!" in display(said, 1)
    assert "C++" in display(load(language).text("notices.no_hits", text="C++"), 1)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_arabic_name_in_a_latin_sentence_keeps_its_punctuation(language: str) -> None:
    said = load(language).text("notices.refreshing_source", name="هنا (لندن)")
    assert display("هنا (لندن)") in display(said, 0)


@pytest.mark.parametrize("language", RTL)
@pytest.mark.parametrize(
    "sentence",
    [
        "There is no field “foo:”; there are paper, source.",
        "“lang:” takes a language tag such as ar, he, fa, ur, fr or en.",
    ],
)
def test_a_field_of_a_query_has_its_colon_behind_it(language: str, sentence: str) -> None:
    assert re.search("foo:|lang:", display(in_language(sentence, load(language)), 1))


@pytest.mark.parametrize(("text", "rtl"), [(ENGLISH, True), (ARABIC, False)])
def test_a_title_is_drawn_in_its_own_order_and_cut_at_its_own_end(text: str, rtl: bool) -> None:
    level = level_of_name(text, rtl=rtl)
    assert level == int(not rtl)
    whole = cut_its_own_way(text, 60, level)
    assert display(whole, int(rtl)) == display(text, level)
    cut = display(cut_its_own_way(text, 14, level), int(rtl))
    assert cut.endswith("…") if rtl else cut.startswith("…")


def test_a_name_that_begins_with_latin_letters_is_read_from_the_right_by_who_reads_so() -> None:
    assert level_of_name("ynet: מבזקים", rtl=True) == 1
    assert level_of_name("ynet", rtl=True) == 0
    assert level_of_name("ynet: מבזקים", rtl=False) == 0
    assert level_of_name("1 + 1", rtl=True) == 1


@pytest.mark.parametrize(("language", "title"), [("ar", ENGLISH), ("en", ARABIC)])
async def test_what_was_read_stands_in_the_history_in_its_own_order(screen: Open, language: str, title: str) -> None:
    async with screen(language, (80, 24)) as (app, pilot):
        await pilot.press("h")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        choices = app.screen.query_one(Choices)
        choices.show([Choice("1", title, "a.example")])
        await pilot.pause()
        row = choices.render_line(0).text
        assert display(title, level_of_name(title, rtl=app.locale.rtl)) in row
        choices.show([Choice("1", f"{title} {title} {title}", "a.example", sign="✓ ")])
        await pilot.pause()
        row = choices.render_line(0).text
        shown = display(title, level_of_name(title, rtl=app.locale.rtl))
        assert row.index("✓") > row.index(shown) if app.locale.rtl else row.index("✓") < row.index(shown)
        assert row.index("…") > row.index(shown) if app.locale.rtl else row.index("…") < row.index(shown)
