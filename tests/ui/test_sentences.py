"""What the rooms below say in English is said in the reader's language, numbers and names included."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

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


def test_digits_are_those_of_the_locale() -> None:
    assert "٤١٨" in in_language("The server gave an answer that is no page (418); check the address.", load("ar", "EG"))


def sentences_of_the_network() -> set[str]:
    """Every sentence that stands in its modules, with numbers where it has places for them."""
    found = {*failures._CERTIFICATE.values(), failures._CERTIFICATE_OTHER}
    found |= {failures.waiting(12).sentence, failures.backing_off(150).sentence, failures.of_status(418).sentence}
    for module in Path(failures.__file__).parent.glob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes | parts
            if re.fullmatch(r"[A-Z].* .*[.]", node.value)
        }
    return found


@pytest.mark.parametrize("tag", ["ar", "fa", "fr", "he", "ur"])
def test_every_sentence_of_the_network_is_known(tag: str) -> None:
    """Found where the network makes them, so that a new one is missed here and not by a reader."""
    made, locale = sentences_of_the_network(), load(tag)
    assert len(made) > 60
    assert sorted(sentence for sentence in made if in_language(sentence, locale) == sentence) == []


def test_an_unknown_sentence_stays_and_english_is_itself() -> None:
    assert in_language("Nobody ever said this.", ARABIC) == "Nobody ever said this."
    sentence = "The server asked us to wait; try again in 12 minutes."
    assert in_language(sentence, load("en")) == sentence
