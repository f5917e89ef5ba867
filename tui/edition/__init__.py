"""The built-in edition and the loopback server that serves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from tui.news.model import Source


def sources(base: str, languages: Collection[str] = ()) -> list[Source]:
    """Return the edition's sources as served at ``base`` ("http://127.0.0.1:PORT", no slash at the end).

    With ``languages`` only those written in them, without the one that fails.
    """
    from tui.edition.papers import sources as listed

    return listed(base, languages)
