"""Who wrote a story, from what feeds put there: "a@b.example (Name)", "Name <a@b.example>", two names."""

from __future__ import annotations

import re
from collections.abc import Iterable

LIMIT = 500
"""Characters of one byline that are looked at."""
_MOST = 10
_MAIL_FIRST = re.compile(r"\s*[^\s()]+@[^\s()]+\s*\((.*)\)\s*", re.DOTALL)
_MAIL_LAST = re.compile(r"(.*?)\s*[<(\[]\s*(?:mailto:)?[^\s<>()]+@[^\s<>()]+\s*[>)\]]\s*", re.DOTALL)
_NOBODY = re.compile(r"\s*(?:no-?reply|do-?not-?reply|webmaster|info|admin|rss|feed)@\S*\s*", re.IGNORECASE)


def byline(names: Iterable[str]) -> str:
    """The names in the order of the feed, each once, without the mail addresses that stand beside them."""
    kept = dict.fromkeys(name for value in names if (name := _name(value[:LIMIT]).strip()))
    return ", ".join(list(kept)[:_MOST])


def _name(value: str) -> str:
    for pattern in (_MAIL_FIRST, _MAIL_LAST):
        match = pattern.fullmatch(value)
        if match and match[1].strip():
            return match[1]
    return "" if _NOBODY.fullmatch(value) else value
