"""A window on an ordered list too long to hold: some hundred stories around the reader, paged by key.

Pages are asked for by the story at the window's edge, never by a row number, so stories that arrive above
the window shift nothing. Inside, a story has an *ordinal*: 0 for the first one loaded, growing towards older ones,
negative for newer ones that were loaded later. Ordinals stay what they are while the window slides.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from tui.news.model import Story

CHUNK = 64
"""Stories fetched at once: more than two tall screens of them."""
LIMIT = 512
"""Stories kept at most."""


class Pages(Protocol):
    """An ordered list of stories, newest first, answered in pages of at most ``limit``.

    Or paper by paper, newest first within each: what is said of newer and older then means before and after.
    """

    @property
    def by_paper(self) -> bool:
        """Whether the list is in the order of its papers."""

    def unread(self, paper: str) -> int:
        """How many of a paper's stories are unread, in a list by paper."""

    def renew(self, paper: str = "") -> None:
        """The list may have other papers by now, or one of them another number."""

    def first(self, limit: int) -> list[Story]:
        """The newest stories."""

    def after(self, story: Story, limit: int) -> list[Story]:
        """The stories that follow ``story``, which the list need not have: older ones, newest first."""

    def before(self, story: Story, limit: int) -> list[Story]:
        """The stories just before ``story``: newer ones, newest first, the last one next to ``story``."""

    def last(self, limit: int) -> list[Story]:
        """The oldest stories, newest first."""

    def next_unread(self, story: Story | None) -> Story | None:
        """The first unread one that follows ``story``, or of all; however many read ones stand between."""


class Empty:
    """Pages without a story."""

    by_paper = False

    def unread(self, paper: str) -> int:
        """None."""
        return 0

    def renew(self, paper: str = "") -> None:
        """Nothing to be read anew."""

    def first(self, limit: int) -> list[Story]:
        """Nothing."""
        return []

    def after(self, story: Story, limit: int) -> list[Story]:
        """Nothing."""
        return []

    def before(self, story: Story, limit: int) -> list[Story]:
        """Nothing."""
        return []

    def last(self, limit: int) -> list[Story]:
        """Nothing."""
        return []

    def next_unread(self, story: Story | None) -> Story | None:
        """None."""
        return None


def _just_above(story: Story) -> Story:
    """The place whose successors start with ``story`` itself."""
    return replace(story, id=story.id + 1)


class Window:
    """The loaded part of a list of stories; memory is bounded by ``limit`` whatever the list's length."""

    def __init__(self, pages: Pages, *, chunk: int = CHUNK, limit: int = LIMIT) -> None:
        self.pages = pages
        self._chunk = chunk
        self._limit = max(limit, 3 * chunk)
        self._stories: deque[Story] = deque()
        self._base = 0
        self._at_first = True
        self._at_last = True

    def __len__(self) -> int:
        return len(self._stories)

    @property
    def ids(self) -> set[int]:
        """The loaded stories' ids."""
        return {story.id for story in self._stories}

    @property
    def bounds(self) -> tuple[int, int]:
        """Ordinals of the loaded stories: first, one past the last."""
        return self._base, self._base + len(self._stories)

    def is_first(self, ordinal: int) -> bool:
        """Whether no newer story exists than the one at ``ordinal``."""
        return self._at_first and ordinal == self._base

    def start(self) -> None:
        """Load the newest stories; the newest has ordinal 0."""
        page = self.pages.first(self._chunk)
        self._fill(page, at_first=True, at_last=len(page) < self._chunk)

    def end(self) -> int:
        """Load the oldest stories; returns the ordinal of the oldest one (-1 when there is none)."""
        page = self.pages.last(self._chunk)
        self._fill(page, at_first=len(page) < self._chunk, at_last=True)
        return len(page) - 1

    def around(self, story: Story) -> int:
        """Load the stories on both sides of where ``story`` stands.

        Returns the ordinal of that story, or when it has left the list, of the one that took its place: the next
        older one, else the oldest; -1 when the list is empty.
        """
        older = self.pages.after(_just_above(story), self._chunk)
        newer = self.pages.before(story, self._chunk)
        self._fill([*newer, *older], at_first=len(newer) < self._chunk, at_last=len(older) < self._chunk)
        found = self.find(story.id)
        return found if found is not None else min(len(newer), len(self._stories) - 1)

    def get(self, ordinal: int) -> Story | None:
        """The story at ``ordinal``, loading what lies between; None beyond the list's ends."""
        while ordinal < self._base and self._load_newer():
            pass
        while ordinal >= self._base + len(self._stories) and self._load_older():
            pass
        if self._base <= ordinal < self._base + len(self._stories):
            return self._stories[ordinal - self._base]
        return None

    def peek(self, ordinal: int) -> Story | None:
        """The story at ``ordinal`` when it is loaded."""
        inside = self._base <= ordinal < self._base + len(self._stories)
        return self._stories[ordinal - self._base] if inside else None

    def find(self, story_id: int) -> int | None:
        """The ordinal of a loaded story."""
        for i, story in enumerate(self._stories):
            if story.id == story_id:
                return self._base + i
        return None

    def replace(self, stories: Iterable[Story]) -> list[int]:
        """Put newer values of loaded stories in their places; returns the ordinals that changed."""
        fresh = {story.id: story for story in stories}
        changed = []
        for i, story in enumerate(self._stories):
            new = fresh.get(story.id)
            if new is not None and new != story:
                self._stories[i] = new
                changed.append(self._base + i)
        return changed

    def _fill(self, page: list[Story], *, at_first: bool, at_last: bool) -> None:
        self._stories = deque(page)
        self._base = 0
        self._at_first, self._at_last = at_first, at_last

    def _load_older(self) -> bool:
        if self._at_last or not self._stories:
            return False
        page = self.pages.after(self._stories[-1], self._chunk)
        self._stories.extend(page)
        self._at_last = len(page) < self._chunk
        while len(self._stories) > self._limit:
            self._stories.popleft()
            self._base += 1
            self._at_first = False
        return bool(page)

    def _load_newer(self) -> bool:
        if self._at_first or not self._stories:
            return False
        page = self.pages.before(self._stories[0], self._chunk)
        self._stories.extendleft(reversed(page))
        self._base -= len(page)
        self._at_first = len(page) < self._chunk
        while len(self._stories) > self._limit:
            self._stories.pop()
            self._at_last = False
        return bool(page)
