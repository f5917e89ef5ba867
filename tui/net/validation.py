"""Asking whether a stored response is still right, and what a 304 changes (RFC 9111 §4.3)."""

from __future__ import annotations

import re

from tui.net.fields import COOKIES, HOP_BY_HOP, Fields
from tui.net.messages import Stored

CONDITIONAL = frozenset(("if-none-match", "if-modified-since", "if-match", "if-unmodified-since", "if-range"))
_KEPT = HOP_BY_HOP | COOKIES | {"content-length", "content-encoding", "content-type", "content-range"}
"""What describes the stored body stays as it was (RFC 9111 §3.2)."""
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\uffff]*"')
_LONGEST = 1000


def validators(stored: Stored) -> tuple[tuple[str, str], ...]:
    """The conditional fields to send: If-None-Match with the entity tag, If-Modified-Since (RFC 9111 §4.3.1).

    A tag that no grammar allows is still sent back as it came when it is short printable text: servers that
    forget the quotes compare what they sent.
    """
    out: list[tuple[str, str]] = []
    tag = stored.fields.get("etag").strip()
    if tag and len(tag) <= _LONGEST and tag.isprintable() and tag.isascii():
        out.append(("if-none-match", tag))
    modified = stored.fields.get("last-modified").strip()
    if modified and len(modified) < 60 and modified.isprintable() and modified.isascii():
        out.append(("if-modified-since", modified))
    return tuple(out)


def is_weak(tag: str) -> bool:
    """Whether an entity tag is a weak one (RFC 9110 §8.8.3)."""
    return tag.startswith("W/")


def selects(stored: Stored, answer: Fields) -> bool:
    """Whether a 304 with these fields is about this stored response (RFC 9111 §4.3.4).

    The tag in the 304 must be the stored one; without a tag the only response we asked about is meant. Tags are
    compared weakly: servers that weaken a tag when they compress send the strong one with a 304.
    """
    tag = answer.get("etag").strip()
    if not tag or not _ETAG.fullmatch(tag):
        return True
    mine = stored.fields.get("etag").strip()
    if not mine:
        return True
    return tag.removeprefix("W/") == mine.removeprefix("W/")


def merge(stored: Fields, answer: Fields) -> Fields:
    """The stored fields updated by those of a 304 (RFC 9111 §3.2).

    Age and Date never stay as they were: the server has just confirmed the response, even if it does not say when.
    """
    new = answer.without(_KEPT | set(answer.members("connection")))
    names = {name for name, _ in new}
    return Fields((*stored.without(names | {"age", "date"}).pairs, *new.pairs))
