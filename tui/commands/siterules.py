"""The reader's site rules, read from the file beside the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.config import Problem

if TYPE_CHECKING:
    from tui.sources.rules import SiteRule

READ_LIMIT = 1_000_000
"""Bytes of the file that are read."""


def load(path: Path) -> tuple[tuple[SiteRule, ...], list[Problem]]:
    """The rules in ``path`` and what is wrong with it; none when there is no such file, which is the usual case."""
    try:
        with path.open("rb") as file:
            text = file.read(READ_LIMIT).decode("utf-8-sig")
    except FileNotFoundError:
        return (), []
    except (OSError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", "") or type(error).__name__
        return (), [Problem(path, 0, "config.site-unreadable", {"detail": detail})]
    from tui.sources.rules import read_rules

    rules, faults = read_rules(text)
    return rules, [Problem(path, fault.line, _TEXTS[fault.key], fault.values) for fault in faults]


_TEXTS = {
    "syntax": "config.site-syntax",
    "tables": "config.site-tables",
    "key": "config.site-key",
    "host": "config.site-host",
    "selector": "config.site-selector",
    "remove": "config.site-remove",
    "empty": "config.site-empty",
}
