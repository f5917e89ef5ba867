"""Keeping the promise that old stories go, and that the reader hears of it before the first of them does.

Once a day after a refresh. The first time there is something to delete it is only told; a day later it goes. Whoever
then chooses fewer days to keep is told again. A clock that has gone ahead by more than is kept, as it has for a reader
who was away and as a wrong one does, is believed on its second day.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from tui.desk.events import Events, Trouble
from tui.store.errors import StoreError
from tui.store.store import Store

log = logging.getLogger(__name__)
DAY = 86_400
YEAR = 366 * DAY
Sentence = Callable[[int, int], str]
"""(stories, days) → what the reader is told."""


def english(stories: int, days: int) -> str:
    """The sentence where no other is given."""
    return (
        f"{stories} stories are more than {days} days old; from tomorrow on such stories are deleted, starred ones"
        " never. keep_days in the configuration changes that."
    )


@dataclass(frozen=True, slots=True)
class Keep:
    """How long stories are kept, and how the reader is told that they go."""

    days: int = 0
    """0: for ever."""
    sentence: Sentence = english


FOR_EVER = Keep()


class Retention:
    """Deletes what is older than the reader wants to keep."""

    def __init__(self, store: Store, events: Events, keep: Keep) -> None:
        self._store = store
        self._events = events
        self.keep_days = keep.days
        """0: for ever. The reader may change it."""
        self._sentence = keep.sentence

    def after_refresh(self, now: int) -> None:
        """Do what is due at ``now`` (Unix seconds). Takes a while only where there is much to delete."""
        if self.keep_days <= 0:
            return
        try:
            self._due(now)
        except StoreError as error:
            log.warning("old stories stay: %s", error)

    def _due(self, now: int) -> None:
        if 0 <= now - self._number("prune.at") < DAY:
            return
        told_days, told_at = self._number("prune.days"), self._number("prune.told")
        if self._doubted(now, max(told_at, self._number("prune.at"))):
            return
        if told_days and told_days <= self.keep_days:
            if now - told_at >= DAY:
                log.info("pruned %d stories", self._store.prune(self.keep_days))
                self._store.remember("prune.at", str(now))
        elif stories := self._store.prunable(self.keep_days):
            self._store.remember("prune.told", str(now))
            self._store.remember("prune.days", str(self.keep_days))
            self._events.publish(Trouble(self._sentence(stories, self.keep_days)))

    def _doubted(self, now: int, last: int) -> bool:
        """Whether the clock has gone ahead since ``last`` and has not stayed there from one day to another."""
        since = self._number("prune.doubted")
        if not last or now - last <= self.keep_days * DAY:
            if since:
                self._store.remember("prune.doubted", "0")  # it was wrong
            return False
        if DAY <= now - since <= YEAR:
            return False
        if not 0 <= now - since < DAY:
            self._store.remember("prune.doubted", str(now))
        return True

    def _number(self, name: str) -> int:
        text = self._store.recall(name) or ""
        return int(text) if text.isascii() and text.isdigit() else 0
