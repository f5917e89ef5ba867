"""What the rooms below say in English is said in the reader's language, numbers and names included."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import tui
from tui.locale import load
from tui.net import failures
from tui.ui.sentences import in_language

ARABIC = load("ar", "MA")


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("The server asked us to wait; try again in 12 minutes.", "12 دقيقة"),
        ("The server asked us to wait; try again in less than a minute.", "دقيقة"),
        ("This failed before, so the next try waits 2 hours; refresh it by hand to try now.", "ساعتان"),
        ("The server gave an answer that is no page (418); check the address.", "(418)"),
        ("/a b/store.db cannot be written: check the permissions of the file and its directory.", "/a b/store.db"),
    ],
)
def test_what_stands_in_a_sentence_is_kept(sentence: str, holds: str) -> None:
    said = in_language(sentence, ARABIC)
    assert said != sentence
    assert holds in said
    assert "{" not in said


def test_a_value_keeps_its_own_order_in_a_right_to_left_sentence() -> None:
    sentence = "/a b/store.db cannot be written: check the permissions of the file and its directory."
    assert "\u2068/a b/store.db\u2069" in in_language(sentence, ARABIC)
    assert "\u2068" not in in_language(sentence, load("fr"))


def test_digits_are_those_of_the_locale() -> None:
    assert "٤١٨" in in_language("The server gave an answer that is no page (418); check the address.", load("ar", "EG"))


ELSEWHERE = {"retention.py"}
"""Its sentence counts stories: the locale has it as a plural, ``script.retention``."""


def sentences_of(room: str) -> set[str]:
    """Every sentence that stands in a room's modules, with values where it has places for them."""
    found = {*failures._CERTIFICATE.values(), failures._CERTIFICATE_OTHER} if room == "net" else set()
    for module in Path(tui.__file__).parent.joinpath(room).glob("*.py"):
        if module.name not in ELSEWHERE:
            found |= sentences_in(ast.parse(module.read_text(encoding="utf-8")))
    return found


def sentences_in(tree: ast.Module) -> set[str]:
    """The texts that begin with a capital or a value and end with a full stop, and are no docstrings."""
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    templates = [
        re.sub(r"{[a-z]+}", "{}", node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes | parts
    ]
    templates += [
        "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
    ]
    sentences = (template for template in templates if re.fullmatch(r"([A-Z“]|{}).* .*[A-Za-z0-9)}/”…][.]", template))
    return {_filled(sentence) for sentence in sentences}


def _filled(template: str) -> str:
    values = iter(VALUES)
    return re.sub("{}", lambda _: next(values), template)


VALUES = ("/a b/1st", "2nd", "3rd", "4th", "5th")


@pytest.mark.parametrize("tag", ["ar", "fa", "fr", "he", "ur"])
@pytest.mark.parametrize(("room", "least"), [("desk", 5), ("store", 10), ("sources", 30), ("net", 60), ("news", 7)])
def test_every_sentence_of_the_rooms_below_is_known(room: str, least: int, tag: str) -> None:
    """Found where they are made, so that a new one is missed here and not by a reader."""
    made, locale = sentences_of(room), load(tag)
    assert len(made) >= least
    assert sorted(sentence for sentence in made if in_language(sentence, locale) == sentence) == []
    for sentence in made:
        said = in_language(sentence, locale)
        assert [value for value in VALUES if value in sentence and value not in said] == [], sentence


@pytest.mark.parametrize("tag", ["ar", "fa", "fr", "he", "ur"])
def test_no_sentence_is_there_that_nobody_says(tag: str) -> None:
    made = set().union(*map(sentences_of, ("desk", "store", "sources", "net", "news")))
    known = [key.removeprefix("sentences.") for key in load(tag).texts if key.startswith("sentences.")]
    shapes = {re.sub("|".join(VALUES), "{}", sentence) for sentence in made}
    assert [sentence for sentence in known if re.sub(r"{[a-z]+}", "{}", sentence) not in shapes] == []


def test_an_unknown_sentence_stays_and_english_is_itself() -> None:
    assert in_language("Nobody ever said this.", ARABIC) == "Nobody ever said this."
    sentence = "The server asked us to wait; try again in 12 minutes."
    assert in_language(sentence, load("en")) == sentence
