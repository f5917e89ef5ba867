"""Smart lists and rules: kept queries, tried on what is stored before they are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from tui.desk.events import Events, ListsChanged
from tui.news.model import Story, View
from tui.news.rules import Rule, SmartList

if TYPE_CHECKING:
    from tui.desk.reading import Reading
    from tui.news.query import QueryError
    from tui.store.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tried:
    """What a query finds among the stored stories."""

    count: int
    stories: tuple[Story, ...]
    """The newest of them."""


class ListDesk:
    """The reader's smart lists and rules. Writes are done in the order they are asked for; undo takes them back."""

    def __init__(self, store: Store, reading: Reading, events: Events) -> None:
        self._store = store
        self._reading = reading
        self._events = events

    def lists(self) -> list[SmartList]:
        """Every smart list, in the reader's order."""
        return self._store.smart_lists()

    def rules(self) -> list[Rule]:
        """Every rule, in the reader's order."""
        return self._store.rules()

    def tried(self, query: str, limit: int = 50) -> Tried:
        """What a query finds. Raises QueryError. A count may take a while: not for the screen's own thread."""
        if not query.strip():
            return Tried(0, ())
        view = view_of(query)
        return Tried(self._store.count(view), tuple(self._store.stories(view, limit=limit)))

    def counted(self, lists: Sequence[SmartList], view: View | None = None) -> dict[int, int]:
        """How many stories each smart list holds, by id; ``view`` narrows further. Not for the screen's own thread."""
        from tui.news.query import QueryError

        counts: dict[int, int] = {}
        for found in lists:
            with suppress(QueryError):  # written by a newer khabar
                narrowed = replace(view or View(), search=view_of(found.query).search)
                counts[found.id] = self._store.count(narrowed)
        return counts

    def put_list(self, wanted: SmartList) -> Future[SmartList | None]:
        """Keep a smart list, new (id 0) or changed."""
        return self._done(lambda: self._store.put_smart_list(wanted))

    def put_rule(self, wanted: Rule) -> Future[Rule | None]:
        """Keep a rule, new (id 0) or changed: it acts on the stories that arrive from now on."""
        return self._done(lambda: self._store.put_rule(wanted))

    def remove_list(self, list_id: int) -> Future[object]:
        """Forget a smart list."""
        return self._done(lambda: self._store.remove_smart_list(list_id))

    def remove_rule(self, rule_id: int) -> Future[object]:
        """Forget a rule; what it did stays."""
        return self._done(lambda: self._store.remove_rule(rule_id))

    def switch_rule(self, rule: Rule) -> Future[Rule | None]:
        """Let a rule rest, or work again."""
        return self.put_rule(replace(rule, enabled=not rule.enabled))

    def move_list(self, list_id: int, step: int) -> Future[object]:
        """Put a smart list a place up (-1) or down (1); undo takes it back."""
        return self._done(lambda: self._store.move("lists", list_id, step))

    def move_rule(self, rule_id: int, step: int) -> Future[object]:
        """Put a rule a place up (-1) or down (1); undo takes it back."""
        return self._done(lambda: self._store.move("rules", rule_id, step))

    def _done(self, work: Callable[[], T]) -> Future[T | None]:
        def run() -> T:
            result = work()
            self._events.publish(ListsChanged())
            return result

        return self._reading.write(run)


def view_of(query: str) -> View:
    """The view a kept query stands for. The blank ends its last word: nobody is typing it any more."""
    return View(search=f"{query.strip()} ")


def checked(query: str) -> QueryError | None:
    """What is wrong with a query, or None."""
    from tui.news.query import QueryError, parse

    try:
        parse(query)
    except QueryError as error:
        return error
    return None
