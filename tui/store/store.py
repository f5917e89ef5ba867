"""The store as the rest of the program sees it.

Synchronous and thread-safe: each thread has its own connection, writes are short. Everything raises StoreError when the
file does not work, and QueryError for a wrong search. What the first frame does not need is imported where it is used.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.news.health import Health, Try
from tui.news.model import Article, Counts, Item, Key, Paper, Source, Story, View
from tui.store import opening, papers, sources, stories
from tui.store.connection import Database, system_clock
from tui.store.errors import Notice, NoticeKind
from tui.store.filed import Filed
from tui.store.opening import Clock, Progress, untold
from tui.store.remembering import Remembering
from tui.store.rows import one

if TYPE_CHECKING:
    from tui.news.rules import Effect, Rule, SmartList
    from tui.store.arrivals import Added
    from tui.store.groups import Grouper
    from tui.store.reports import Reports
    from tui.store.settling import Settled
    from tui.store.state import Change, Session


class Store(Remembering, Filed):
    """An open store. Make one with ``Store.open``."""

    def __init__(self, db: Database, notices: Sequence[Notice] = (), reports: Path | None = None) -> None:
        super().__init__(db, notices)
        self._reports_path = reports or db.path.with_name("reports.sqlite3")
        self._reports: Reports | None = None
        self._grouper: Grouper | None = None
        self._session: Session | None = None
        with db.reading() as connection:
            self._began: int = one(connection, "SELECT max(id) FROM journal") or 0
        self._lock = threading.Lock()

    @classmethod
    def open(
        cls, path: Path, *, clock: Clock = system_clock, reports: Path | None = None, progress: Progress = untold
    ) -> Store:
        """The store in a file: made when absent, migrated when older, set aside and salvaged when damaged.

        ``reports`` is the file of image reports, which a host's readers may share; ``progress`` is told of a salvage.
        """
        db, notices = opening.open_database(path, clock, progress)
        if path.is_symlink():
            reports = reports or path.with_name("reports.sqlite3")  # beside the link, as the reader's other files
        return cls(db, notices, reports)

    def close(self) -> None:
        """Close the file; nothing that was confirmed depends on it."""
        self._db.close()
        if self._reports is not None:
            self._reports.close()

    def _hear(self, notice: Notice) -> None:
        if notice.kind is NoticeKind.REPLACED:
            self._groups().forget()  # the stories of another file
        super()._hear(notice)

    # Sources

    def sources(self) -> list[Source]:
        """Every source, in the order they were added."""
        return sources.all_sources(self._db)

    def source(self, source_id: int) -> Source | None:
        """The source with this id, or None."""
        return sources.by_id(self._db, source_id)

    def find_source(self, address: str) -> Source | None:
        """The source with this address, or None."""
        return sources.by_address(self._db, address)

    def add_source(self, source: Source) -> Source:
        """The source as stored. One with the same address stays as it is; a removed one comes back with its stories."""
        added = sources.add(self._db, source)
        self.carry_on()
        return added

    def update_source(self, source: Source) -> None:
        """Store the changed fields of a source that has an id."""
        sources.update(self._db, source)

    def added_source(self, source_id: int) -> Change:
        """Journal that the reader added a source: undo stops following it."""
        from tui.store import state

        return state.added_source(self._db, self._sessions(), source_id)

    def change_source(self, source: Source) -> Change:
        """Store the title, direction and switches the reader gave a source. Can be undone."""
        from tui.store import rowchanges

        return rowchanges.change_source(self._db, self._sessions(), source)

    def remove_source(self, source_id: int) -> Change:
        """Take a source and its stories out of sight, those beyond some hundreds with ``carry_on``. Can be undone."""
        from tui.store import state

        change = state.remove_source(self._db, self._sessions(), source_id)
        self.carry_on()
        return change

    def follow(
        self, wanted: Sequence[Source], told: Callable[[int], bool] = lambda done: True
    ) -> tuple[Change, list[Source]]:
        """Follow those of many sources that are not followed: one change, and the sources that were added.

        ``told`` hears now and then how many are done; when it says False the rest is left.
        """
        from tui.store import state

        followed = state.follow(self._db, self._sessions(), wanted, told)
        self.carry_on()
        return followed

    def carry_on(self) -> bool:
        """Let some more stories follow sources that were removed or came back; whether there is more to do.

        Whoever was killed in between has left that to whoever opens the file next.
        """
        from tui.store import following

        return following.carry_on(self._db)

    @property
    def unfinished(self) -> bool:
        """Whether ``carry_on`` has something to do."""
        from tui.store import following

        return following.unfinished(self._db)

    def withdraw_source(self, source_id: int) -> None:
        """The same where it is not the reader's doing: undo does not know of it."""
        sources.withdraw(self._db, source_id)
        self.carry_on()

    def record_try(self, source_id: int, attempt: Try) -> None:
        """Keep an attempt to fetch a source."""
        sources.record_try(self._db, source_id, attempt)

    def health(self, source_id: int) -> Health:
        """How a source has been doing: its last 30 tries."""
        return sources.health(self._db, source_id)

    def healths(self) -> dict[int, Health]:
        """How every source has been doing, by id."""
        return sources.healths(self._db)

    # Stories

    def add_items(self, source: Source, items: Sequence[Item], *, document: str = "", later: bool = False) -> Added:
        """Store the items of a fetched document, in the order the document lists them.

        ``document`` names it (a hash of its bytes): ``known_document`` gives that back once all items are stored. With
        ``later`` they are indexed and grouped by calls of ``settle``, which the caller sees to.
        """
        from tui.store import arrivals

        return arrivals.add_items(self._db, self._groups(), source, items, document, later=later)

    def settle(self) -> Settled:
        """Index and group some more of what was stored for later; ``more`` says whether to call again."""
        from tui.store import settling

        return settling.settle(self._db, self._groups())

    def _groups(self) -> Grouper:
        from tui.store.groups import Grouper

        with self._lock:
            if self._grouper is None:
                self._grouper = Grouper()
            return self._grouper

    def group_duplicates(self, enabled: bool) -> None:
        """Whether the same story in several papers is one row (at first it is). Off takes existing groups apart.

        On again groups what arrives from then on.
        """
        from tui.store import groups

        self._groups().enabled = enabled
        if not enabled:
            groups.dissolve(self._db)

    def known_document(self, source_id: int) -> str:
        """The name of the last document of a source whose items were all stored, or ""."""
        from tui.store import arrivals

        return arrivals.known_document(self._db, source_id)

    def stories(
        self, view: View, *, after: Key | None = None, before: Key | None = None, last: bool = False, limit: int = 50
    ) -> list[Story]:
        """At most ``limit`` stories of a view, newest first: older than ``after``, just newer than ``before``, or the
        ``last``."""
        return stories.page(self._db, view, after=after, before=before, last=last, limit=limit)

    def story(self, story_id: int) -> Story | None:
        """One story, or None."""
        return stories.by_id(self._db, story_id)

    def find_story(self, link: str) -> Story | None:
        """The story with this link, or with its http/https twin; None when there is none."""
        return stories.by_link(self._db, link)

    def count(self, view: View, at_most: int = 0) -> int:
        """How many stories a view shows; with ``at_most`` a search stops counting there."""
        return stories.count(self._db, view, at_most)

    def counts(self) -> Counts:
        """How many stories the four lists hold."""
        return stories.counts(self._db)

    def papers(self, view: View) -> list[Paper]:
        """The papers of a view without a search, in no order."""
        return papers.papers(self._db, view)

    def unread_by_source(self) -> dict[int, int]:
        """How many unread stories each source has."""
        return stories.unread_by_source(self._db)

    def position(self, view: View, key: Key) -> int:
        """How many stories of a view are newer than a key."""
        return stories.position(self._db, view, key)

    def others(self, story_id: int) -> list[Story]:
        """The same story in other papers, the one the list shows first."""
        return stories.others(self._db, story_id)

    def article(self, story_id: int) -> Article | None:
        """The stored article: the feed's teaser or the full text. None when there is none."""
        from tui.store import bodies

        return bodies.load(self._db, story_id)

    def save_article(self, story_id: int, article: Article) -> None:
        """Keep a story's article and make its text searchable."""
        from tui.store import bodies

        bodies.save(self._db, story_id, article)

    # The reader's state

    def _sessions(self) -> Session:
        from tui.store import state

        with self._lock:
            if self._session is None:
                self._session = state.Session(os.urandom(8).hex(), self._began)
            return self._session

    def _change(self, kind: str, ids: Sequence[int]) -> Change:
        from tui.store import state

        return state.apply(self._db, self._sessions(), state.ChangeKind(kind), ids)

    def mark_read(self, ids: Sequence[int], read: bool = True) -> Change:
        """Mark stories read or unread."""
        return self._change("read" if read else "unread", ids)

    def mark_all_read(self, view: View, upto: Key | None = None) -> Change:
        """Mark read what a view shows; with ``upto``, only from that key down."""
        from tui.store import state

        return state.mark_all_read(self._db, self._sessions(), view, upto)

    def star(self, ids: Sequence[int], starred: bool = True) -> Change:
        """Give stories a star, or take it."""
        return self._change("star" if starred else "unstar", ids)

    def hide(self, ids: Sequence[int], hidden: bool = True) -> Change:
        """Take stories out of all lists, or bring them back."""
        return self._change("hide" if hidden else "show", ids)

    def undo(self, change_id: int | None = None) -> Change | None:
        """Take back a change, by default this session's last one. None when there is nothing to take back."""
        from tui.store import state

        change = state.undo(self._db, self._sessions(), change_id, self.unreport_image)
        self.carry_on()
        return change

    # Image reports

    def reports(self) -> Reports:
        """The file of image reports, opened when it is first needed."""
        from tui.store.reports import Reports

        with self._lock:
            if self._reports is None:
                self._reports = Reports.open(self._reports_path, clock=self._db.clock)
            return self._reports

    def report_image(self, image: str, reader: str) -> Change:
        """Count a reader's report of an image (its content hash). Can be undone."""
        from tui.store import state

        if not self.reports().report(image, reader):
            return state.Change(0, state.ChangeKind.REPORT, detail=image)
        return state.record_report(self._db, self._sessions(), image, reader)

    def unreport_image(self, image: str, reader: str) -> bool:
        """Take a reader's own report back; False when there was none."""
        return self.reports().unreport(image, reader)

    def image_hidden(self, image: str, after: int = 3, reader: str = "") -> bool:
        """Whether an image is hidden: after so many readers' reports for all, after the reader's own at once."""
        return self.reports().hidden(image, after=after, reader=reader)

    # Rules and retention

    def rules(self) -> list[Rule]:
        """Every rule."""
        from tui.store import rules

        return rules.all_rules(self._db)

    def add_rule(self, query: str, effect: Effect | str) -> Rule:
        """Store a rule, applied to stories as they arrive. Raises QueryError."""
        from tui.news.rules import Effect, Rule

        return self.put_rule(Rule(query, Effect(effect)))

    def put_rule(self, wanted: Rule) -> Rule:
        """Store a new rule (id 0) or change one. Can be undone. Raises QueryError."""
        from tui.store import rules

        return rules.put(self._db, self._sessions(), wanted)

    def remove_rule(self, rule_id: int) -> Change:
        """Forget a rule; what it did stays. Can be undone."""
        from tui.store import rules

        return rules.remove(self._db, self._sessions(), "rules", rule_id)

    def move(self, table: str, row_id: int, step: int) -> Change:
        """Put one of the "lists" or "rules" a place up (-1) or down (1). Can be undone."""
        from tui.store import rules

        return rules.move(self._db, self._sessions(), table, row_id, step)

    def smart_lists(self) -> list[SmartList]:
        """Every smart list."""
        from tui.store import rules

        return rules.all_lists(self._db)

    def put_smart_list(self, wanted: SmartList) -> SmartList:
        """Store a new smart list (id 0) or change one. Can be undone. Raises QueryError."""
        from tui.store import rules

        return rules.put_list(self._db, self._sessions(), wanted)

    def remove_smart_list(self, list_id: int) -> Change:
        """Forget a smart list. Can be undone."""
        from tui.store import rules

        return rules.remove(self._db, self._sessions(), "lists", list_id)

    def prunable(self, keep_days: int = 90) -> int:
        """How many stories ``prune`` would delete."""
        from tui.store import pruning

        return pruning.prunable(self._db, keep_days)

    def prune(self, keep_days: int = 90) -> int:
        """Delete stories first seen more than ``keep_days`` ago, starred ones never; how many were deleted."""
        from tui.store import pruning

        return pruning.prune(self._db, keep_days)
