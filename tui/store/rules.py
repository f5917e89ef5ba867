"""Rules (a query and what happens to the stories it matches when they arrive) and smart lists (a query with a name)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from tui.news.query import Node, QueryError, Subject, matches, parse
from tui.news.rules import Effect, Rule, SmartList
from tui.store import rowchanges
from tui.store.connection import Database
from tui.store.rows import Hidden
from tui.store.state import Change, ChangeKind, Session


@dataclass(frozen=True, slots=True)
class Effects:
    """What all rules together do to one story, as the values of its columns."""

    hidden: int = 0
    star: bool = False
    read: bool = False
    notify: bool = False


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The enabled rules, read and parsed once a batch."""

    rules: tuple[tuple[Node, Effect], ...] = ()

    def effects(
        self,
        title: str,
        text: str,
        paper: str,
        source: str,
        language: str,
        has_image: bool,
        sorted_at: int,
    ) -> Effects:
        """What the rules do to a story that arrives: unread and without a star."""
        if not self.rules:
            return Effects()
        subject = Subject(title, text, paper, source, language, has_image, sorted_at)
        found = {effect for node, effect in self.rules if matches(node, subject)}
        hidden = int(Hidden.RULE) if Effect.HIDE in found else 0
        return Effects(hidden, Effect.STAR in found, Effect.READ in found, Effect.NOTIFY in found)


def load(connection: sqlite3.Connection) -> RuleSet:
    """The enabled rules. One that this version cannot read has no effect."""
    found = []
    for query, effect in connection.execute("SELECT query, effect FROM rules WHERE enabled = 1 ORDER BY position, id"):
        try:
            found.append((parse(query), Effect(effect)))
        except (QueryError, ValueError):
            continue
    return RuleSet(tuple(found))


def all_rules(db: Database) -> list[Rule]:
    """Every rule, in the reader's order."""
    with db.reading() as connection:
        rows = connection.execute("SELECT id, query, effect, enabled FROM rules ORDER BY position, id").fetchall()
    return [Rule(query, Effect(effect), id_, bool(enabled)) for id_, query, effect, enabled in rows]


def put(db: Database, session: Session, wanted: Rule) -> Rule:
    """Store a new rule (id 0) or change one. Raises QueryError when the query cannot be read or asks for nothing."""
    if not wanted.query.strip():
        raise QueryError(1, "A rule needs a query: an empty one would match every story.")
    parse(wanted.query)
    values = (wanted.query, wanted.effect.value, wanted.enabled)

    def work(connection: sqlite3.Connection) -> int | None:
        if wanted.id:
            connection.execute("UPDATE rules SET query = ?, effect = ?, enabled = ? WHERE id = ?", (*values, wanted.id))
            return None
        statement = "INSERT INTO rules (query, effect, enabled, position) VALUES (?, ?, ?, ?)"
        return connection.execute(statement, (*values, _last(connection, "rules"))).lastrowid

    kind = ChangeKind.CHANGE_RULE if wanted.id else ChangeKind.ADD_RULE
    change = rowchanges.change(db, session, kind, "rules", wanted.id, work)
    return replace(wanted, id=wanted.id or int(change.detail))


def all_lists(db: Database) -> list[SmartList]:
    """Every smart list, in the reader's order."""
    with db.reading() as connection:
        rows = connection.execute("SELECT id, name, query FROM lists ORDER BY position, id").fetchall()
    return [SmartList(name, query, id_) for id_, name, query in rows]


def put_list(db: Database, session: Session, wanted: SmartList) -> SmartList:
    """Store a new smart list (id 0) or change one. Raises QueryError when the query cannot be read."""
    parse(wanted.query)
    values = (wanted.name, wanted.query)

    def work(connection: sqlite3.Connection) -> int | None:
        if wanted.id:
            connection.execute("UPDATE lists SET name = ?, query = ? WHERE id = ?", (*values, wanted.id))
            return None
        statement = "INSERT INTO lists (name, query, position) VALUES (?, ?, ?)"
        return connection.execute(statement, (*values, _last(connection, "lists"))).lastrowid

    kind = ChangeKind.CHANGE_LIST if wanted.id else ChangeKind.ADD_LIST
    change = rowchanges.change(db, session, kind, "lists", wanted.id, work)
    return replace(wanted, id=wanted.id or int(change.detail))


_REMOVALS = {"lists": ChangeKind.REMOVE_LIST, "rules": ChangeKind.REMOVE_RULE}


def remove(db: Database, session: Session, table: str, row_id: int) -> Change:
    """Forget a smart list ("lists") or a rule ("rules"; what it did stays). Can be undone."""

    def work(connection: sqlite3.Connection) -> None:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))  # noqa: S608

    return rowchanges.change(db, session, _REMOVALS[table], table, row_id, work)


_MOVES = {"lists": ChangeKind.MOVE_LIST, "rules": ChangeKind.MOVE_RULE}


def move(db: Database, session: Session, table: str, row_id: int, step: int) -> Change:
    """Put a smart list ("lists") or a rule ("rules") one place up (-1) or down (1). Can be undone."""
    return rowchanges.exchange(db, session, _MOVES[table], table, row_id, step)


def _last(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT ifnull(max(position), 0) + 1 FROM {table}").fetchone()[0])  # noqa: S608
