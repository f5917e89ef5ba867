"""The pages of a list, as the headline list asks for them: newest first, or paper by paper."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.news.folding import fold_name
from tui.news.model import Direction, Listing, Paper, Story, View

if TYPE_CHECKING:
    from tui.desk.reading import Reading


def turned(story: Story, direction: Direction) -> Story:
    """The story in the direction the reader wants; AUTO leaves it its own."""
    return story if direction is Direction.AUTO else replace(story, direction=direction)


def unread_of(view: View) -> View:
    """What is unread in a list."""
    if view.listing in (Listing.ALL, Listing.UNREAD):
        return replace(view, listing=Listing.UNREAD)
    return replace(view, search=f"({view.search}) is:unread" if view.search else "is:unread")


class StoryPages:
    """One list, newest first."""

    by_paper = False

    def __init__(self, reading: Reading, view: View, direction: Direction = Direction.AUTO) -> None:
        self._reading, self._view, self._direction = reading, view, direction

    def unread(self, paper: str) -> int:
        """Not asked for: there are no papers."""
        return 0

    def renew(self, paper: str = "") -> None:
        """Nothing is kept."""

    def first(self, limit: int) -> list[Story]:
        """The newest."""
        return self._turned(self._reading.stories(self._view, limit=limit))

    def after(self, story: Story, limit: int) -> list[Story]:
        """Those older than ``story``."""
        return self._turned(self._reading.stories(self._view, after=story.key, limit=limit))

    def before(self, story: Story, limit: int) -> list[Story]:
        """Those just newer than ``story``."""
        return self._turned(self._reading.stories(self._view, before=story.key, limit=limit))

    def last(self, limit: int) -> list[Story]:
        """The oldest."""
        return self._turned(self._reading.stories(self._view, last=True, limit=limit))

    def next_unread(self, story: Story | None) -> Story | None:
        """The newest unread one that is older than ``story``, or of all."""
        after = story.key if story else None
        return next(iter(self._turned(self._reading.stories(unread_of(self._view), after=after, limit=1))), None)

    def _turned(self, stories: list[Story]) -> list[Story]:
        return [turned(story, self._direction) for story in stories]


class PaperPages:
    """One list, paper by paper in the order of their names, newest first within each.

    Which papers there are is read once and stays until ``renew``: a page never moves while the reader is in it.
    """

    by_paper = True

    def __init__(self, reading: Reading, view: View, direction: Direction = Direction.AUTO) -> None:
        self._reading, self._view, self._direction = reading, view, direction
        self._papers: list[Paper] = []
        self._places: list[tuple[str, str]] = []
        self.renew()

    def renew(self, paper: str = "") -> None:
        """Ask anew which papers there are, or for the number of one."""
        at, known = self._find(paper) if paper else (0, False)
        if known:
            now = self._reading.papers(self._one(self._papers[at]))
            self._papers[at] = replace(self._papers[at], unread=sum(share.unread for share in now))
            return
        self._papers = sorted(self._reading.papers(self._view), key=lambda paper: _place(paper.name))
        self._places = [_place(paper.name) for paper in self._papers]

    def unread(self, paper: str) -> int:
        """The unread stories of a paper, as it was last asked."""
        at, known = self._find(paper)
        return self._papers[at].unread if known else 0

    def first(self, limit: int) -> list[Story]:
        """The newest of the first paper, and so on."""
        return self._down(self._papers, limit)

    def after(self, story: Story, limit: int) -> list[Story]:
        """Those older than ``story`` in its paper, then the next papers'."""
        at, known = self._find(story.paper)
        found = self._reading.stories(self._one(self._papers[at]), after=story.key, limit=limit) if known else []
        return self._turned(found) + self._down(self._papers[at + known :], limit - len(found))

    def before(self, story: Story, limit: int) -> list[Story]:
        """Those just newer than ``story`` in its paper, before them the papers' above."""
        at, known = self._find(story.paper)
        found = self._reading.stories(self._one(self._papers[at]), before=story.key, limit=limit) if known else []
        return self._up(self._papers[:at], limit - len(found)) + self._turned(found)

    def last(self, limit: int) -> list[Story]:
        """The oldest of the last paper, and what stands above."""
        return self._up(self._papers, limit)

    def next_unread(self, story: Story | None) -> Story | None:
        """The next one in the story's paper, then in the papers after it."""
        at, known = self._find(story.paper) if story else (0, False)
        for paper in self._papers[at:]:
            after = story.key if story and known and paper is self._papers[at] else None
            if found := self._reading.stories(unread_of(self._one(paper)), after=after, limit=1):
                return self._turned(found)[0]
        return None

    def _down(self, papers: Iterable[Paper], limit: int) -> list[Story]:
        found: list[Story] = []
        for paper in papers:
            if len(found) >= limit:
                break
            found += self._reading.stories(self._one(paper), limit=limit - len(found))
        return self._turned(found)

    def _up(self, papers: list[Paper], limit: int) -> list[Story]:
        found: list[Story] = []
        for paper in reversed(papers):
            if len(found) >= limit:
                break
            found[:0] = self._reading.stories(self._one(paper), last=True, limit=limit - len(found))
        return self._turned(found)

    def _one(self, paper: Paper) -> View:
        return replace(self._view, paper=paper.parts)

    def _find(self, name: str) -> tuple[int, bool]:
        """Where a paper stands or would stand, and whether it is there."""
        place = _place(name)
        at = bisect_left(self._places, place)
        return at, at < len(self._places) and self._places[at] == place

    def _turned(self, stories: list[Story]) -> list[Story]:
        return [turned(story, self._direction) for story in stories]


def _place(name: str) -> tuple[str, str]:
    """What papers are sorted by: the name as a reader looks for it."""
    return fold_name(name), name
