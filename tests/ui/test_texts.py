"""The texts: no language lacks one, none is there for nothing, placeholders agree."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

import tui
from tui.locale import LANGUAGES, for_the_command_line, load
from tui.ui.actions import ACTIONS

PACKAGE = Path(tui.__file__).parent
PLURALS = {"zero", "one", "two", "few", "many", "other"}
WANTED = {
    "ar": PLURALS,
    "en": {"one", "other"},
    "fr": {"one", "other"},
    "fa": {"one", "other"},
    "ur": {"one", "other"},
    "he": {"one", "two", "other"},
}
HERE = [tag for tag in LANGUAGES if (PACKAGE / "locale" / f"{tag}.toml").exists()]
SENTENCES = "sentences."


def tables(tag: str) -> dict[str, str | dict[str, str]]:
    """Dotted key → text, plural texts as tables."""
    out: dict[str, str | dict[str, str]] = {}

    def walk(table: dict[str, object], prefix: str) -> None:
        for key, value in table.items():
            if isinstance(value, dict) and set(value) <= PLURALS:
                out[prefix + key] = {k: str(v) for k, v in value.items()}
            elif isinstance(value, dict):
                walk(value, f"{prefix}{key}.")
            else:
                out[prefix + key] = str(value)

    walk(tomllib.loads((PACKAGE / "locale" / f"{tag}.toml").read_text(encoding="utf-8")), "")
    return out


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("tag", [tag for tag in HERE if tag != "en"])
def test_every_text_is_there(tag: str) -> None:
    english, other = set(tables("en")), {key for key in tables(tag) if not key.startswith(SENTENCES)}
    assert english - other == set()
    assert other - english == set()


@pytest.mark.parametrize("tag", HERE)
def test_plural_texts_have_the_forms_of_their_language(tag: str) -> None:
    for key, value in tables(tag).items():
        if isinstance(value, dict):
            assert set(value) == WANTED[tag], key


@pytest.mark.parametrize("tag", [tag for tag in HERE if tag != "en"])
def test_placeholders_agree(tag: str) -> None:
    """A plural form may leave out the number: "two stories" is one word in Arabic."""
    english = tables("en")
    for key, value in tables(tag).items():
        if key.startswith(SENTENCES):
            continue
        there = english[key]
        wanted = fields(there) if isinstance(there, str) else set.union(*map(fields, there.values()))
        found = fields(value) if isinstance(value, str) else set.union(*map(fields, value.values()))
        assert found == wanted, key


def test_no_text_is_there_for_nothing() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    quoted = set(re.findall(r"""["']([a-z_0-9.-]+)["']""", source))
    patterns = [
        re.compile(re.sub(r"\\{[^}]*\\}", "[a-z_0-9-]+", re.escape(text).replace(r"\ ", " ")))
        for text in re.findall(r"""f["']([a-z_0-9.-]*\{[^}"']+\}[a-z_0-9.{}-]*)["']""", source)
        if "." in text
    ]
    prefixes = tuple(re.findall(r"""["']([a-z_.]+\.)["'] \+""", source))
    unused = [
        key
        for key in tables("en")
        if key not in quoted
        and not (prefixes and key.startswith(prefixes))
        and not any(p.fullmatch(key) for p in patterns)
    ]
    assert unused == []


@pytest.mark.parametrize("tag", HERE)
def test_every_action_is_named(tag: str) -> None:
    locale = load(tag)
    for action in ACTIONS:
        assert f"actions.{action.id}.title" in locale.texts, action.id
        assert f"actions.{action.id}.help" in locale.texts, action.id
        assert bool(action.footer) == (f"actions.{action.id}.short" in locale.texts), action.id


KEYS_NAMED = frozenset({"search.hint", "welcome.hint"})
"""They show what is typed: a comma there is a key, a colon the query language's."""
WRONG = {
    "fr": re.compile(r" [;:!?»]|« |[\w)][;!?»]|\w'\w"),  # a no-break space before them; the apostrophe of print
    "ar": re.compile(r"[\u0620-\u064a]\s*[,;?]|[کگیپچ]"),
    "fa": re.compile(r"[\u0620-\u06d3]\s*[,;?]|[كيىة]|\bن?می | ها\b| های\b"),  # a zero-width non-joiner, no blank
    "ur": re.compile(r"[\u0620-\u06d3]\s*[,;?.]|[كيى]"),
}


@pytest.mark.parametrize("tag", sorted(WRONG))
def test_texts_have_the_letters_and_signs_of_their_language(tag: str) -> None:
    every = {**load(tag).texts, **for_the_command_line(tag).texts}
    texts = {key: text for key, text in every.items() if key not in KEYS_NAMED}
    shown = {key: re.sub(r"\\u[0-9a-f]{4}|[\u2066-\u2069]", "", text) for key, text in texts.items()}
    assert {key: found[0] for key, text in shown.items() if (found := WRONG[tag].search(text))} == {}
