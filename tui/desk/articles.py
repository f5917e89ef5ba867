"""Fetching what a page says: the full text behind a teaser, and any page the reader opens by its address."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace

from tui.desk.events import Events, StoriesChanged
from tui.desk.network import Network
from tui.desk.ownership import is_users_own, same_place
from tui.net.outcome import Purpose
from tui.news import plain
from tui.news.model import Article, Document, DocumentKind, Source, Story
from tui.sources.reading import read_page
from tui.sources.worker import ParserFailed
from tui.store.errors import StoreError
from tui.store.store import Store

log = logging.getLogger(__name__)
AS_LONG = 0.8
"""A page whose text is shorter than this share of the feed's is no full text: a consent page or a paywall. One that
says as much as the feed is: the story is a brief."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something could not be had: one sentence, and the detail for the log."""

    sentence: str
    detail: str = ""


class Articles:
    """Pages as articles."""

    def __init__(self, store: Store, network: Network, events: Events) -> None:
        self._store = store
        self._network = network
        self._events = events
        self._under_way: dict[int, asyncio.Task[Article | Problem]] = {}

    async def full_text(self, story: Story) -> Article | Problem:
        """The whole text of a story from its page; stored when found. Calls for one story share a fetch."""
        task = self._under_way.get(story.id)
        if task is None:
            task = asyncio.create_task(self._full_text(story), name=f"full text {story.id}")
            self._under_way[story.id] = task
            task.add_done_callback(lambda _: self._under_way.pop(story.id, None))
        return await asyncio.shield(task)

    def is_own(self, url: str, *, source: Source | None = None, beside: str = "") -> bool:
        """Whether an address that a page leads to is at a place that the reader named, and may be private therefore.

        ``source`` is what the story with the link came from, ``beside`` the page with the link, if it was typed.
        """
        return same_place(url, beside) or (source is not None and is_users_own(self._store, source, url))

    async def page(
        self, url: str, *, typed: bool = True, builtin: bool = False, anew: bool = False, story: bool = False
    ) -> Document | Problem:
        """What khabar makes of any address. One the reader typed may be private; one from a page may not.

        ``builtin``: the address is the built-in edition's own. ``anew``: what was read before is asked for again.
        ``story``: a headline led here, so the page should hold its story.
        """
        client = await self._network.client(builtin=builtin)
        purpose = Purpose.FORCE if anew else Purpose.READ
        outcome = await client.fetch(url, purpose=purpose, private_ok=typed)
        if outcome.failure is not None and not outcome.body:
            return Problem(outcome.failure.sentence, outcome.failure.detail)
        try:
            return await read_page(
                self._network.worker(),
                self._network.worker_again(),
                outcome.body,
                url=outcome.url,
                content_type=outcome.content_type,
                story=story,
            )
        except ParserFailed as error:
            return Problem(str(error))

    async def _full_text(self, story: Story) -> Article | Problem:
        source = self._store.source(story.source_id)
        if not story.link:
            return Problem("This story has no page of its own.")
        own = source is not None and is_users_own(self._store, source, story.link)
        builtin = own and source is not None and source.builtin
        document = await self.page(story.link, typed=own, builtin=builtin, story=True)
        if isinstance(document, Problem):
            return document
        found = document.article if document.kind is DocumentKind.ARTICLE else None
        stored = self._store.article(story.id)
        if found is None or not _is_full_text(found, stored):
            return Problem("The page holds less text than the feed gave; read it at its source.")
        article = _joined(found, story, stored, source)
        try:
            await asyncio.to_thread(self._store.save_article, story.id, article)
        except StoreError as error:
            log.warning("article not kept: %s", error)
        self._events.publish(StoriesChanged((story.id,)))
        return article


def _joined(found: Article, story: Story, stored: Article | None, source: Source | None) -> Article:
    """The page's text under what the feed already said: the title and the paper the reader saw stay."""
    names = {found.source, story.paper, source.title if source else ""}
    return replace(
        found,
        title=story.title or (found.title if found.title not in names else ""),  # a page's title may be the paper's
        isolates=story.isolates if story.title else found.isolates,
        source=found.source or (stored.source if stored else "") or story.paper or (source.title if source else ""),
        published=story.published or found.published,
        source_link=found.source_link or story.link,
        author=found.author or (stored.author if stored else ""),
        language=found.language or story.language,
        full=True,
    )


def _is_full_text(found: Article, stored: Article | None) -> bool:
    known = plain.size(stored.blocks) if stored else 0
    return bool(found.blocks) and plain.size(found.blocks) >= AS_LONG * known
