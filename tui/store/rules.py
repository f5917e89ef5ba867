"""Rules (a query and what happens to the stories it matches when they arrive) and smart lists (a query with a name)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from tui.news.query import Node, QueryError, Subject, matches, parse
from tui.store.connection import Database
from tui.store.rows import Hidden


class Effect(StrEnum):
    """What a rule does."""

    HIDE = "hide"
    STAR = "star"
    READ = "read"
    NOTIFY = "notify"


@dataclass(frozen=True, slots=True)
class Rule:
    """A stored rule."""

    query: str
    effect: Effect
    id: int = 0
    enabled: bool = True


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
    for query, effect in connection.execute("SELECT query, effect FROM rules WHERE enabled = 1 ORDER BY id"):
        try:
            found.append((parse(query), Effect(effect)))
        except (QueryError, ValueError):
            continue
    return RuleSet(tuple(found))


def all_rules(db: Database) -> list[Rule]:
    """Every rule, in the order they were made."""
    with db.reading() as connection:
        rows = connection.execute("SELECT id, query, effect, enabled FROM rules ORDER BY id").fetchall()
    return [Rule(query, Effect(effect), id_, bool(enabled)) for id_, query, effect, enabled in rows]


def add(db: Database, query: str, effect: Effect) -> Rule:
    """Store a rule. Raises QueryError when the query cannot be read or asks for nothing."""
    if not query.strip():
        raise QueryError(1, "A rule needs a query: an empty one would match every story.")
    parse(query)
    with db.writing() as connection:
        cursor = connection.execute("INSERT INTO rules (query, effect) VALUES (?, ?)", (query, Effect(effect).value))
        return Rule(query, Effect(effect), int(cursor.lastrowid or 0))


def remove(db: Database, rule_id: int) -> None:
    """Forget a rule; what it did stays."""
    with db.writing() as connection:
        connection.execute("DELETE FROM rules WHERE id = ?", (rule_id,))


def set_enabled(db: Database, rule_id: int, enabled: bool) -> None:
    """Let a rule rest or work again."""
    with db.writing() as connection:
        connection.execute("UPDATE rules SET enabled = ? WHERE id = ?", (enabled, rule_id))


@dataclass(frozen=True, slots=True)
class SmartList:
    """A query the reader gave a name."""

    name: str
    query: str
    id: int = 0


def all_lists(db: Database) -> list[SmartList]:
    """Every smart list, in the order they were made."""
    with db.reading() as connection:
        rows = connection.execute("SELECT id, name, query FROM lists ORDER BY id").fetchall()
    return [SmartList(name, query, id_) for id_, name, query in rows]


def put_list(db: Database, wanted: SmartList) -> SmartList:
    """Store a new smart list (id 0) or change one. Raises QueryError when the query cannot be read."""
    parse(wanted.query)
    with db.writing() as connection:
        if wanted.id:
            values = (wanted.name, wanted.query, wanted.id)
            connection.execute("UPDATE lists SET name = ?, query = ? WHERE id = ?", values)
            return wanted
        cursor = connection.execute("INSERT INTO lists (name, query) VALUES (?, ?)", (wanted.name, wanted.query))
        return SmartList(wanted.name, wanted.query, int(cursor.lastrowid or 0))


def remove_list(db: Database, list_id: int) -> None:
    """Forget a smart list."""
    with db.writing() as connection:
        connection.execute("DELETE FROM lists WHERE id = ?", (list_id,))
