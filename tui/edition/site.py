"""Everything the edition serves, as a function of its anchor and address: the same two, the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial

from tui.edition import aggregator, feeds, pages
from tui.edition.markup import Writer, story_path
from tui.edition.papers import BY_SLUG, PAPERS, Paper, Validators
from tui.edition.texts import PICTURES, Story, stories_of, words

RETRY_AFTER = 900
"""Seconds the failing paper asks to be left alone."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One answer before HTTP's own fields: what stands at a path."""

    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    body: bytes = b""
    etag: str = ""
    """An entity tag without quotes, or "" to send none."""
    modified: datetime | None = None
    max_age: int = 0
    """Seconds a reader may use it unasked; 0: revalidate always."""
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0


def newest_first(stories: list[Story]) -> list[Story]:
    """Sort by age; stories without a date come last."""
    return sorted(stories, key=lambda s: (s.age is None, s.age, s.paper, s.number))


def _redirect(status: int, path: str) -> Resource:
    return Resource(status, "text/plain", headers=(("Location", path),))


def _tag(body: bytes) -> str:
    from hashlib import blake2b

    return blake2b(body, digest_size=9).hexdigest()


@dataclass
class Site:
    """The edition of ``anchor`` (aware, UTC) as served at ``base``. Safe to ask from several threads."""

    anchor: datetime
    base: str
    _made: dict[str, Resource] = field(default_factory=dict)

    @property
    def writer(self) -> Writer:
        """What turns this edition's stories into HTML."""
        return Writer(self.anchor, self.base)

    @cached_property
    def _routes(self) -> dict[str, Callable[[], Resource]]:
        routes: dict[str, Callable[[], Resource]] = {
            "/old-feed": partial(_redirect, 301, BY_SLUG["lantern"].feed_path),
            "/robots.txt": partial(Resource, 200, "text/plain", b"User-agent: *\nAllow: /\n", max_age=86400),
        }
        for edition in aggregator.EDITIONS.values():
            routes[edition.prefix + "/"] = partial(self._aggregated_front, edition)
            routes[edition.prefix + "/rss"] = partial(self._aggregator_feed, edition)
        for paper in PAPERS:
            routes[paper.home] = partial(self._front, paper)
            if paper.feed:
                routes[paper.feed_path] = partial(self._feed, paper)
            if paper.hops:
                routes[paper.announced_path] = partial(_redirect, 302, paper.feed_path)
        return routes

    def resource(self, path: str) -> Resource | None:
        """Return what stands at ``path`` (as sent, without the query), or None."""
        if path in self._made:
            return self._made[path]
        resource = self._make(path)
        if resource and resource.status == 200:  # there are endlessly many paths that lead nowhere
            self._made[path] = resource
        return resource

    def stories(self, *languages: str) -> list[Story]:
        """All stories of the papers in these languages, newest first."""
        return newest_first([s for p in PAPERS if p.language in languages for s in stories_of(p.slug, p.language)])

    def _make(self, path: str) -> Resource | None:
        if path in self._routes:
            return self._routes[path]()
        parts = path.split("/")[1:]
        match parts:
            case ["pictures", name]:
                return self._picture(name)
            case ["press", slug, ("stories" | "news"), number, *_] if slug in BY_SLUG:
                return self._story(BY_SLUG[slug], number.removesuffix(".html"), path)
            case ["fr" | "en" as language, slug, number] if slug in BY_SLUG:
                return self._aggregated_story(aggregator.EDITIONS[language], slug, number)
            case [slug, number] if slug in BY_SLUG:
                return self._aggregated_story(aggregator.EDITIONS["ar"], slug, number)
        return None

    def _page(self, text: str, paper: Paper | None, age: int | None, max_age: int = 120) -> Resource:
        encoding = paper.encoding if paper else "utf-8"
        body = text.encode(encoding, "xmlcharrefreplace")
        modified = self.anchor - timedelta(minutes=age or 0)
        return Resource(200, f"text/html; charset={encoding}", body, _tag(body), modified, max_age)

    def _front(self, paper: Paper) -> Resource:
        stories = newest_first(list(stories_of(paper.slug, paper.language)))
        return self._page(pages.front_page(paper, stories, self.writer), paper, stories[0].age if stories else None)

    def _feed(self, paper: Paper) -> Resource:
        if paper.fails:
            headers = (("Retry-After", str(RETRY_AFTER)),)
            return Resource(503, "text/plain; charset=utf-8", words(paper.language)["down"].encode(), headers=headers)
        stories = newest_first(list(stories_of(paper.slug, paper.language)))
        channel = feeds.Channel(paper, self.base + paper.feed_path, words(paper.language)["tagline"], stories)
        body = feeds.feed(channel, self.writer).encode(paper.encoding, "xmlcharrefreplace")
        media_type = feeds.MEDIA_TYPES[paper.feed]
        if paper.encoding != "utf-8":  # the declaration inside is all a reader gets, as with many old sites
            media_type = "text/xml"
        tag = "" if paper.validators is Validators.DATE else _tag(body)
        modified = None if paper.validators is Validators.ETAG else self._newest(stories)
        return Resource(200, media_type, body, tag, modified, delay=paper.delay)

    def _newest(self, stories: list[Story]) -> datetime:
        return next((when for s in stories if (when := s.published(self.anchor))), self.anchor)

    def _aggregated_front(self, edition: aggregator.Edition) -> Resource:
        stories = self.stories(*edition.languages)
        return self._page(aggregator.front_page(edition, stories, self.writer), None, 0, max_age=60)

    def _aggregator_feed(self, edition: aggregator.Edition) -> Resource:
        stories = [s for s in self.stories(edition.language) if s.carried or BY_SLUG[s.paper].aggregated]
        body = aggregator.rss(edition, stories, self.writer).encode()
        return Resource(200, "application/rss+xml; charset=utf-8", body, _tag(body), self._newest(stories))

    def _aggregated_story(self, edition: aggregator.Edition, slug: str, number: str) -> Resource | None:
        story = self._find(BY_SLUG[slug], number)
        if story is None or story.language != edition.language:
            return None
        text = aggregator.article_page(edition, story, self.stories(*edition.languages), self.writer)
        return self._page(text, None, story.age)

    def _story(self, paper: Paper, number: str, path: str) -> Resource | None:
        story = self._find(paper, number)
        if story is None:
            return None
        if path != story_path(story):
            return _redirect(301, story_path(story))
        others = [s for s in stories_of(paper.slug, paper.language) if s is not story]
        return self._page(pages.article_page(paper, story, others, self.writer), paper, story.age)

    def _find(self, paper: Paper, number: str) -> Story | None:
        return next((s for s in stories_of(paper.slug, paper.language) if str(s.number) == number), None)

    def _picture(self, name: str) -> Resource | None:
        if name not in {path.name for path in PICTURES.glob("*.png")}:  # a name from the list, never a path
            return None
        body = (PICTURES / name).read_bytes()
        return Resource(200, "image/png", body, _tag(body), max_age=86400)
