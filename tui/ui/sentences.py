"""Sentences of the rooms below, which speak English, in the reader's language."""

from __future__ import annotations

from tui.locale import Locale


def in_language(sentence: str, locale: Locale) -> str:
    """The sentence as the locale's ``[sentences]`` has it; itself when it is not there."""
    return locale.texts.get(f"sentences.{sentence}", sentence)
