"""A page's text made harmless for an HTML parser: bounded in size, in tags, in the length of a tag, and in depth.

Lexbor is quadratic in the attributes of one tag and in the depth of open elements; both are cut here, linearly.
"""

from __future__ import annotations

import re
from itertools import islice

MAX_CHARACTERS = 4_000_000
MAX_TAGS = 60_000
MAX_TAG = 65_536
"""Characters in one tag."""
MAX_OPEN = 400
"""Elements open at once; deeper ones give their text only."""
_SUSPECT = 3000
"""More tags without an end tag than this: the depth is looked at."""

_LONG_DATA = re.compile(r"data:[\w/+.-]{0,60};base64,[A-Za-z0-9+/=\s]{500,}")
_OPEN_TAG = re.compile(r"<[a-zA-Z][a-zA-Z0-9:-]{0,40}(?=[\s/])")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]*>")
_NOT_NESTING = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
     "p", "li", "dt", "dd", "td", "th", "tr", "option", "tbody", "thead")
)  # fmt: skip
"""Void elements, and those that the next of their kind ends."""


def tamed(text: str, *, characters: int = MAX_CHARACTERS, tags: int = MAX_TAGS) -> tuple[str, tuple[str, ...]]:
    """``text`` without what makes a parser slow: megabytes, inlined pictures, tags of more than 64 kB (quadratic)."""
    errors: tuple[str, ...] = ()
    if len(text) > characters:
        errors = (f"The page is longer than {characters} characters and was cut there.",)
        text = text[:characters]
    if text.count("<") > tags:
        errors += (f"The page has more than {tags} tags and was cut there.",)
        text = text[: next(islice(re.finditer("<", text), tags, None)).start()]
    text = _LONG_DATA.sub("data:,", text).replace("\0", "")
    if text.count("<") - 2 * text.count("</") > _SUSPECT:
        text = _flattened(text)
    pieces: list[str] = []
    start = 0
    for match in _OPEN_TAG.finditer(text):
        if match.start() < start:
            continue
        end = text.find(">", match.end(), match.end() + MAX_TAG)
        if end >= 0:
            continue
        end = text.find(">", match.end())
        pieces += [text[start : match.start()], match[0]]
        start = end if end >= 0 else len(text)
    if pieces:
        errors += ("A tag of the page is longer than 64 kB; its attributes were ignored.",)
        text = "".join([*pieces, text[start:]])
    return text, errors


def _flattened(text: str) -> str:
    """``text`` without the start tags that would open more than ``MAX_OPEN`` elements."""
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        closing, name = match.groups()
        if name.lower() in _NOT_NESTING:
            return match[0]
        depth = max(depth + (-1 if closing else 1), 0)
        return " " if not closing and depth > MAX_OPEN else match[0]

    return _TAG.sub(kept, text)
