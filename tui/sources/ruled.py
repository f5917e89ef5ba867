"""An article as the reader's own rule for its site says: the surest layer, for somebody has looked at the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tui.news.dates import parse_date
from tui.news.model import Block
from tui.sources.blocks import read_blocks
from tui.sources.inline import safe
from tui.sources.measure import outermost
from tui.sources.metadata import Metadata
from tui.sources.rules import SiteRule

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOST = 5000
"""Elements one selector may give."""


class Ruled:
    """One rule applied to one page; ``errors`` names the selectors that cannot be used or found nothing."""

    def __init__(self, tree: LexborHTMLParser, rule: SiteRule, base: str, now: datetime) -> None:
        self._tree = tree
        self._rule = rule
        self.errors: tuple[str, ...] = ()
        for selector in rule.remove:
            for node in outermost(self._found(selector, needed=False)):  # a removed element takes its own along
                node.decompose()
        self.blocks: tuple[Block, ...] = tuple(
            block for node in outermost(self._found(rule.body)) for block in read_blocks(node, base)
        )
        self._title = self._text(rule.title)
        self._author = self._text(rule.author)
        self._published = self._date(now)

    def over(self, meta: Metadata) -> Metadata:
        """What the page says of itself, corrected by the rule."""
        return replace(
            meta,
            title=self._title or meta.title,
            author=self._author or meta.author,
            published=self._published or meta.published,
        )

    def _found(self, selector: str, *, needed: bool = True) -> list[LexborNode]:
        if not selector:
            return []
        try:
            found = self._tree.css(selector)[:_MOST]
        except Exception:  # the binding raises what it likes for what is no selector
            self.errors += (f'The site rule for {self._rule.host}: "{selector}" is no CSS selector.',)
            return []
        if needed and not found:
            self.errors += (f'The site rule for {self._rule.host}: "{selector}" found nothing.',)
        return found

    def _text(self, selector: str) -> str:
        return next((text for node in self._found(selector) if (text := safe(node.text(), limit=2000))), "")

    def _date(self, now: datetime) -> datetime | None:
        for node in self._found(self._rule.date):
            attributes = node.attributes
            for stamp in (attributes.get("datetime"), attributes.get("content"), node.text()):
                found = parse_date(stamp, now=now) if stamp else None
                if found:
                    return found
        return None
