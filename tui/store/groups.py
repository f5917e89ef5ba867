"""Groups of the same story: who belongs, who leads.

``group_id`` is the id of a group's first member, 0 for a story alone. One visible member leads: papers before
aggregators' copies, then the earliest. ``leads``, ``others`` and the leader's searchable text follow from that and are
kept here and nowhere else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tui.news.duplicates import Telling, forbidden, same_story
from tui.news.folding import fold
from tui.news.wording import taken_apart
from tui.store.connection import Database
from tui.store.postings import Asked, Postings
from tui.store.rows import key_number, one

_MEMBER = "s.id, s.source_id, s.title, s.paper, s.sorted_at, s.language, s.group_id"
_LARGEST = 60
"""Members of one group at most: beyond that a headline is a template we do not know."""
_REMEMBERED = 4_000
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Member:
    """A story as grouping sees it."""

    id: int
    group_id: int
    telling: Telling


class Grouper:
    """Finds the group of stories as they arrive. One for all threads: it is used inside write transactions only.

    Remembers what it compared lately; that only saves time and may be forgotten.
    """

    def __init__(self) -> None:
        self.enabled = True
        """Off by the reader's wish: stories are learnt, but none is joined."""
        self._postings = Postings()
        self._asked: dict[int, Asked] = {}
        self._shared: set[int] = set()
        """The links of the slice that several stories have."""
        self._recent: dict[int, Member] = {}

    def forget(self) -> None:
        """Forget what was remembered: of other stories than the file's, or of a transaction that failed."""
        self._postings.forget()
        self._recent.clear()

    def begin(self, connection: sqlite3.Connection, slice_: Sequence[tuple[Member, int]]) -> None:
        """Read what grouping a slice of new and retitled stories, with their links' hashes, takes."""
        headlines = {member.id: (member.telling.headline.stems, member.telling.at) for member, _ in slice_}
        self._shared = _shared_links(connection, [link_hash for _, link_hash in slice_]) if self.enabled else set()
        self._asked = self._postings.ask(connection, headlines, compare=self.enabled)

    def add(self, connection: sqlite3.Connection, member: Member, link_hash: int) -> int:
        """Find the group of a story of the slice and make it findable for later ones. The group's id, or 0."""
        group = 0 if member.group_id else self.join(connection, member, link_hash)
        self._postings.learn(member.id, self._asked[member.id])
        self._keep(member)
        return group

    def end(self, connection: sqlite3.Connection) -> None:
        """Keep what was learnt."""
        self._postings.write(connection)

    def _keep(self, member: Member) -> None:
        if len(self._recent) >= _REMEMBERED:
            self._recent.clear()
        self._recent[member.id] = member

    def join(self, connection: sqlite3.Connection, member: Member, link_hash: int) -> int:
        """Put a story that stands alone into the group it belongs to. The group's id, or 0."""
        if not self.enabled:
            return 0
        twins = _by_link(connection, member, link_hash) if link_hash in self._shared else []
        scored = [(same_story(member.telling, other.telling), other) for other in self._candidates(connection, member)]
        found = [entry for entry in scored if entry[0]]
        if not twins and not found:
            return 0
        found.sort(key=lambda entry: (-entry[0], entry[1].id))
        return self._unite(connection, member, twins, [other for _, other in found])

    def _candidates(self, connection: sqlite3.Connection, member: Member) -> list[Member]:
        """The stories in the window that share enough rare stems."""
        ids = self._postings.alike(connection, self._asked[member.id])
        return [found for id_ in ids if id_ != member.id and (found := self._load(connection, id_)) is not None]

    def _load(self, connection: sqlite3.Connection, story_id: int) -> Member | None:
        """A story to compare with. Its group may have changed since it was remembered: that is read when it is
        joined."""
        if story_id not in self._recent:
            statement = f"SELECT {_MEMBER} FROM stories s WHERE s.id = ?"  # noqa: S608
            row = connection.execute(statement, (story_id,)).fetchone()
            if row is None:
                return None
            self._keep(_member(row))
        return self._recent[story_id]

    def _unite(self, connection: sqlite3.Connection, member: Member, twins: list[Member], alike: list[Member]) -> int:
        """Join a story with every group it matches, unless something forbids a pair across; the group's id or 0."""
        joined = [member]
        tried = {member.id}
        for partner in twins + alike:
            if partner.id in tried:
                continue
            theirs = self._group_of(connection, partner)
            tried.update(other.id for other in theirs)
            if len(joined) + len(theirs) > _LARGEST:
                continue
            if partner in twins or not any(forbidden(a.telling, b.telling) for a in joined for b in theirs):
                joined += theirs
        if len(joined) == 1:
            return 0
        group = min(other.group_id or other.id for other in joined)
        connection.executemany("UPDATE stories SET group_id = ? WHERE id = ?", [(group, other.id) for other in joined])
        return group

    def _group_of(self, connection: sqlite3.Connection, member: Member) -> list[Member]:
        """The members of a story's group as it is now; the story alone when it has none."""
        group = one(connection, "SELECT group_id FROM stories WHERE id = ?", member.id)
        if not group:
            return [replace(member, group_id=0)]
        rows = connection.execute("SELECT id FROM stories WHERE group_id = ? AND group_id <> 0", (group,)).fetchall()
        members = [self._load(connection, row[0]) for row in rows]
        return [replace(other, group_id=group) for other in members if other is not None]


def waiting(connection: sqlite3.Connection, limit: int) -> list[tuple[Member, int]]:
    """The next stories that have not been compared with others, in the order they came, with their link's hash."""
    rows = connection.execute(
        f"SELECT s.link_hash, {_MEMBER} FROM ungrouped u CROSS JOIN stories s ON s.id = u.story_id"  # noqa: S608
        " ORDER BY u.story_id LIMIT ?",
        (limit,),
    ).fetchall()
    return [(_member(row[1:]), row[0]) for row in rows]


def member_of(
    story_id: int, source_id: int, folded_title: str, paper: str, sorted_at: int, language: str, group: int = 0
) -> Member:
    """A story as grouping sees it; a publisher is a paper within a source."""
    return Member(story_id, group, Telling(taken_apart(folded_title), sorted_at, (source_id, paper), language))


def _member(row: tuple[Any, ...]) -> Member:
    return member_of(row[0], row[1], fold(row[2]), *row[3:])


def _shared_links(connection: sqlite3.Connection, links: Sequence[int]) -> set[int]:
    """Those of some links' hashes that several stories have."""
    found: set[int] = set()
    for start in range(0, len(links), _CHUNK):
        chunk = links[start : start + _CHUNK]
        statement = (
            f"SELECT link_hash FROM stories WHERE link_hash <> 0 AND link_hash IN ({', '.join('?' * len(chunk))})"  # noqa: S608
            " GROUP BY link_hash HAVING count(*) > 1"
        )
        found.update(row[0] for row in connection.execute(statement, chunk))
    return found


def _by_link(connection: sqlite3.Connection, member: Member, link_hash: int) -> list[Member]:
    """Stories of other sources that lead to the very same page: surely the same story."""
    statement = (
        f"SELECT {_MEMBER} FROM stories s WHERE s.link_hash = ? AND s.link_hash <> 0 AND s.source_id <> ? LIMIT 20"  # noqa: S608
    )
    own = member.telling.publisher[0] if isinstance(member.telling.publisher, tuple) else 0
    return [_member(row) for row in connection.execute(statement, (link_hash, own))]


def refresh_visibility(connection: sqlite3.Connection, condition: str, values: Sequence[Any]) -> None:
    """After ``hidden`` changed for the stories that meet a condition: who leads now, and with how many others."""
    alone = f"UPDATE stories SET leads = (hidden = 0) WHERE ({condition}) AND group_id = 0 AND leads <> (hidden = 0)"  # noqa: S608
    connection.execute(alone, values)
    grouped = f"SELECT DISTINCT group_id FROM stories WHERE ({condition}) AND group_id <> 0"  # noqa: S608
    for (group,) in connection.execute(grouped, values).fetchall():
        rank(connection, group)


def rank(connection: sqlite3.Connection, group: int) -> list[int]:
    """Settle who leads a group. The ids of the stories whose row changed.

    A leader that the reader has read passes that on to the one that takes its place beside it: the story has been read.
    """
    rows = connection.execute(
        "SELECT id, hidden, sorted_at, leads, others, read FROM stories WHERE group_id = ? AND group_id <> 0"
        " ORDER BY hidden <> 0, copied, sorted_at, id",
        (group,),
    ).fetchall()
    if not rows:
        return []  # another group has taken it in
    visible = sum(row[1] == 0 for row in rows)
    read_before = any(hidden == 0 and leads and read for _, hidden, _, leads, _, read in rows)
    changed: list[int] = []
    for place, (id_, hidden, _, leads, others, read) in enumerate(rows):
        now_leads = int(place == 0 and hidden == 0)
        now_others = visible - 1 if hidden == 0 else 0
        now_read = int(read or (now_leads and read_before))
        if (now_leads, now_others, now_read) != (leads, others, read):
            connection.execute(
                "UPDATE stories SET leads = ?, others = ?, read = ? WHERE id = ?",
                (now_leads, now_others, now_read, id_),
            )
            changed.append(id_)
    _gather_texts(connection, [(key_number(row[2], row[0]), row[1] == 0) for row in rows])
    return changed


def _gather_texts(connection: sqlite3.Connection, members: Sequence[tuple[int, bool]]) -> None:
    """Give the leader, which comes first, the searchable text of the other visible members."""
    wanted = {key: "" for key, _ in members}
    texts = []
    for key, visible in members[1:]:
        row = connection.execute("SELECT title, body FROM texts WHERE key = ?", (key,)).fetchone()
        if visible and row is not None:
            texts.append("\n".join(row))
    wanted[members[0][0]] = "\n".join(texts)
    # The index wants its row ids ascending within a transaction; any other order writes a segment each.
    for key in sorted(wanted):
        connection.execute("UPDATE texts SET also = ?1 WHERE key = ?2 AND also <> ?1", (wanted[key], key))


def leave(connection: sqlite3.Connection, story_ids: Sequence[int]) -> None:
    """Take stories out of their groups, before they are deleted; a group of one is none."""
    for story_id in story_ids:
        row = connection.execute("SELECT group_id FROM stories WHERE id = ? AND group_id <> 0", (story_id,)).fetchone()
        if row is None:
            continue
        connection.execute(
            "UPDATE stories SET group_id = 0, others = 0, leads = (hidden = 0) WHERE id = ?", (story_id,)
        )
        rest = connection.execute("SELECT id FROM stories WHERE group_id = ? AND group_id <> 0", row).fetchall()
        if len(rest) == 1:
            rank(connection, row[0])
            connection.execute("UPDATE stories SET group_id = 0 WHERE id = ?", rest[0])
        elif rest:
            rank(connection, row[0])


def dissolve(db: Database) -> None:
    """Take all groups apart: every story is a row of its own."""
    with db.reading() as connection:
        if connection.execute("SELECT 1 FROM stories WHERE group_id <> 0 LIMIT 1").fetchone() is None:
            return
    with db.writing() as connection:
        grouped = connection.execute("SELECT sorted_at, id FROM stories WHERE group_id <> 0 ORDER BY sorted_at, id")
        keys = [(key_number(*row),) for row in grouped.fetchall()]
        connection.execute("UPDATE stories SET group_id = 0, others = 0, leads = (hidden = 0) WHERE group_id <> 0")
        connection.executemany("UPDATE texts SET also = '' WHERE key = ? AND also <> ''", keys)
