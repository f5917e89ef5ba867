"""The registry and the keymap made from it."""

from __future__ import annotations

import pytest

from tui.locale import load
from tui.ui.actions import ACTIONS, BY_ID, Context, by_area, footer_actions, readme_table
from tui.ui.keys import Keymap, describe, label
from tui.ui.layouts import latin_key


def test_every_action_has_a_name_and_no_two_share_one() -> None:
    assert len(BY_ID) == len(ACTIONS)
    assert sum(len(actions) for actions in by_area().values()) == len(ACTIONS)


@pytest.mark.parametrize("rtl", [False, True])
def test_the_defaults_do_not_conflict(rtl: bool) -> None:
    assert Keymap.build(rtl=rtl).conflicts == ()


def test_onwards_turns_with_the_direction_and_letters_do_not() -> None:
    ltr, rtl = Keymap.build(rtl=False), Keymap.build(rtl=True)
    assert ltr.action(Context.LIST, "right") == rtl.action(Context.LIST, "left") == "open"
    assert ltr.action(Context.ARTICLE, "alt+left") == rtl.action(Context.ARTICLE, "alt+right") == "back"
    for key in ("j", "down", "pagedown", "g"):
        assert ltr.action(Context.LIST, key) == rtl.action(Context.LIST, key) is not None


def test_a_choice_takes_the_key_and_the_conflict_is_named() -> None:
    keymap = Keymap.build(rtl=False, chosen={"star": "w, o", "nonsense": "y"})
    assert keymap.action(Context.LIST, "w") == "star"
    assert keymap.action(Context.LIST, "o") == "star"
    assert keymap.action(Context.LIST, "s") is None
    assert keymap.unknown == ("nonsense",)
    assert [(c.key, c.holder, c.loser) for c in keymap.conflicts] == [("o", "star", "open_source")]
    (sentence,) = describe(keymap.conflicts, load("en"))
    assert "“Star”" in sentence and "“Open at the source”" in sentence
    assert keymap.labels("open_source", load("en")) == []


@pytest.mark.parametrize(
    ("written", "key"), [("Ctrl-P", "ctrl+p"), ("?", "question_mark"), ("PgDn", "pagedown"), ("G", "G"), ("F1", "f1")]
)
def test_keys_as_people_write_them(written: str, key: str) -> None:
    assert Keymap.build(rtl=False, chosen={"qr": written}).action(Context.LIST, key) == "qr"


def test_labels_are_what_keyboards_say() -> None:
    english = load("en")
    assert [label(key, english) for key in ("ctrl+p", "question_mark", "left", "pagedown", "alt+left", "G")] == [
        "Ctrl-P",
        "?",
        "←",
        "PgDn",
        "Alt-←",
        "G",
    ]


@pytest.mark.parametrize(
    ("layout", "typed", "key"),
    [("ar", "ت", "j"), ("ar", "؟", "question_mark"), ("he", "ח", "j"), ("fa", "ی", "d"), ("ur", "ج", "j")],
)
def test_letters_of_other_keyboards(layout: str, typed: str, key: str) -> None:
    assert latin_key(typed, layout) == key
    assert latin_key(typed, "en") is None


def test_every_letter_key_can_be_reached_from_an_arabic_keyboard() -> None:
    """Those with a letter of their own: shifted signs and the digits are the same keys."""
    keymap = Keymap.build(rtl=True, layout="ar")
    reached = {keymap.action(Context.LIST, "", chr(code)) for code in range(0x0600, 0x0700)}
    for action in ACTIONS:
        if Context.LIST in action.contexts and any(len(key) == 1 and key.islower() for key in action.keys):
            assert action.id in reached or action.id == "pane_direction", action.id
    assert keymap.action(Context.LIST, "", "\ufefb") == "pane_direction"


@pytest.mark.parametrize("context", list(Context))
def test_the_footer_says_how_to_get_help(context: Context) -> None:
    ranked = sorted(footer_actions(context), key=lambda pair: pair[0])
    assert "help" in [action.id for _, action in ranked[:7]]
    assert len({rank for rank, _ in ranked}) == len(ranked)


def test_the_readme_table_has_a_row_for_every_action() -> None:
    table = readme_table()
    english = load("en")
    for action in ACTIONS:
        assert f"| {english.text(f'actions.{action.id}.help')} |" in table
    assert "| `Enter` `→` |" in table


def test_enter_typed_ahead_comes_as_a_line_end() -> None:
    assert Keymap.build(rtl=False).action(Context.LIST, "ctrl+j") == "open"
