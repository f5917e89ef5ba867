"""What the rooms below say in English is said in the reader's language, numbers and names included."""

from __future__ import annotations

import pytest

from tui.locale import load
from tui.net import failures
from tui.net.cachetrouble import Trouble
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


def test_every_sentence_of_the_network_is_known() -> None:
    """Made where the network makes them, so that a new one is missed here and not by a reader."""
    made = [
        *(failures.of_status(status).sentence for status in (*failures._STATUS, 299, 418, 599)),
        *(sentence for _, sentence in failures._LIMITS.values()),
        *failures._CERTIFICATE.values(),
        failures._CERTIFICATE_OTHER,
        failures.empty(204).sentence,
        *(trouble.value for trouble in Trouble),
    ]
    assert [sentence for sentence in made if in_language(sentence, ARABIC) == sentence] == []


def test_an_unknown_sentence_stays_and_english_is_itself() -> None:
    assert in_language("Nobody ever said this.", ARABIC) == "Nobody ever said this."
    sentence = "The server asked us to wait; try again in 12 minutes."
    assert in_language(sentence, load("en")) == sentence
