"""A parsed query as SQL with parameters, and the pages, counts and places of a search.

The index's row ids order as the list does, so a search walks its hits newest first and stops after a page, however
common its words. Where the reader's own state leaves only few stories (stars, the last unread) those are walked
instead and tried one by one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from tui.news.folding import fold_name
from tui.news.model import Key, Listing, Story, View
from tui.news.query import After, And, Before, HasImage, InSource, Is, Lang, Node, Not, Or, Paper, State, Words
from tui.store import stories, unindexed
from tui.store.alternatives import alternatives
from tui.store.connection import Database
from tui.store.meant import meant, parts_of
from tui.store.newest import may_go_on, walked
from tui.store.rows import key_number, one
from tui.store.schema import ID_BITS, ID_MASK, INDEXED_PREFIX
from tui.store.unindexed import Trial
from tui.store.views import Where, midnight, where

_FEW = 600
"""So many rows are tried one by one in about 10 ms."""
_FEW_TERMS = 64
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, 'search', 'instance')"
_TRIED = f"EXISTS (SELECT 1 FROM search WHERE search MATCH ? AND rowid = (s.sorted_at << {ID_BITS} | s.id))"  # noqa: S608
_INDEXED = f"NOT EXISTS (SELECT 1 FROM unindexed u WHERE u.key = (s.sorted_at << {ID_BITS} | s.id))"  # noqa: S608
_HITS = f"search CROSS JOIN stories s ON s.id = (search.rowid & {ID_MASK}) CROSS JOIN sources o ON o.id = s.source_id"


@dataclass(slots=True)
class Compiled:
    """A search within a view: what the index is asked, and what the rows must meet besides."""

    match: str
    """The FTS5 expression; "" when the rows are to be walked instead."""
    where: Where
    low: int = 0
    """Hits are not below this key number."""
    high: int = (1 << 63) - 1
    """Hits are below this key number."""
    trial: Trial | None = None
    """For stories that are not in the index yet; None when there are none."""
    loose: Trial | None = None
    """What each hit is tried with, where the index was asked for less than what is searched for."""


@dataclass(slots=True)
class _Compiler:
    """What compiling needs to know of the store."""

    sources: Sequence[tuple[int, str]]
    """Ids and folded titles."""
    own: bool
    """Each copy by its own text, or the leaders with their group's."""
    connection: sqlite3.Connection
    loose: bool = False
    """A word that is being typed and must not occur is excluded as it stands: the hits that it begins are tried."""
    loosened: bool = False

    def index(self, node: Node) -> str | None:
        """The FTS5 expression of a node; None when the index alone cannot answer it."""
        match node:
            case Words(found, prefix):
                columns = "{title body}" if self.own else "{title body also}"
                return f"({columns} : {self._words(found) if prefix else _phrase(found)})"
            case Paper(found):
                return self._or([f"(paper : {_phrase(found)})", *self._facets("own", found)])
            case InSource(found):
                return self._or(self._facets("src", found) or [_NOTHING])
            case Lang(tag):
                return f'(facets : "lang{tag}")'
            case HasImage():
                return '(facets : "img")'
            case Not(part):
                return self._and([Not(part)])
            case Or(nodes):
                parts = [self.index(part) for part in nodes]
                return self._or([part for part in parts if part is not None]) if None not in parts else None
            case And(nodes):
                return self._and(nodes)
            case _:
                return None

    def _words(self, found: tuple[str, ...]) -> str:
        """A phrase whose last word may go on.

        For a prefix longer than its prefix indexes FTS5 gathers all hits of all words before the first comes out; the
        words themselves, when they are few, it walks one hit at a time. A common word typed in full is such a case.
        """
        if len(found) == 1 and len(found[0]) > INDEXED_PREFIX:
            terms = self._terms(found[0])
            if len(terms) <= _FEW_TERMS:
                return "(" + " OR ".join(f'"{term}"' for term in terms or [found[0]]) + ")"
        return _phrase(found) + " *"

    def _terms(self, prefix: str) -> list[str]:
        """The index's words that begin so, at most one more than ``_FEW_TERMS``."""
        self.connection.execute(_VOCABULARY)
        terms: list[str] = []
        start = prefix
        while len(terms) <= _FEW_TERMS:
            # One seek a word; reading on would go through every place where the word occurs.
            row = self.connection.execute(
                "SELECT term FROM temp.vocabulary WHERE term >= ? LIMIT 1", (start,)
            ).fetchone()
            if row is None or not row[0].startswith(prefix):
                break
            terms.append(row[0])
            start = row[0] + "\x01"
        return terms

    def _and(self, nodes: Sequence[Node]) -> str | None:
        wanted = [self.index(node) for node in nodes if not isinstance(node, Not)]
        unwanted = [self._unwanted(node.node) for node in nodes if isinstance(node, Not)]
        if None in wanted or None in unwanted:
            return None
        text = "(" + " AND ".join(part for part in wanted or [_ANY] if part) + ")"
        return f"({text} NOT {self._or([part for part in unwanted if part])})" if unwanted else text

    def _unwanted(self, node: Node) -> str | None:
        if self.loose and isinstance(node, Words) and may_go_on(node):
            self.loosened = True
            node = replace(node, prefix=False)
        return self.index(node)

    @staticmethod
    def _or(parts: Sequence[str]) -> str:
        return "(" + " OR ".join(parts) + ")"

    def _facets(self, name: str, found: Sequence[str]) -> list[str]:
        wanted = f" {' '.join(found)} "
        return [f'(facets : "{name}{id_}")' for id_, title in self.sources if wanted in f" {title} "]

    def condition(self, node: Node) -> tuple[str, list[Any]]:
        """The node as a condition on ``stories s``."""
        whole = replace(self, loose=False).index(node)
        if whole is not None:
            return _TRIED, [whole]
        match node:
            case Not(State(Is.STARRED)):
                return "s.starred IS NOT 1", []  # of a kiosk's reader it is NULL
            case Not(State(state)):
                return f"s.read = {int(state is Is.UNREAD)}", []  # in words an index is known by
            case Not(part):
                text, values = self.condition(part)
                return f"NOT ({text})", values
            case And(nodes) | Or(nodes):
                parts = [self.condition(part) for part in nodes]
                word = " AND " if isinstance(node, And) else " OR "
                return f"({word.join(text for text, _ in parts) or '1'})", [v for _, values in parts for v in values]
            case After(at):
                return "s.sorted_at >= ?", [at]
            case Before(at):
                return "s.sorted_at < ?", [at]
            case State(Is.STARRED):
                return "s.starred = 1", []
            case State(state):
                return f"s.read = {int(state is Is.READ)}", []
        raise TypeError(node)


_ANY = '(facets : "any")'
_NOTHING = '(facets : "none0")'


def _phrase(found: Sequence[str]) -> str:
    """A phrase of folded words: letters and digits only, so there is nothing to escape."""
    return '"' + " ".join(found) + '"'


def compile_view(db: Database, view: View, *, loose: bool = False) -> list[Compiled]:
    """A view with a search, ready to run: searches of which no two find the same story. Raises QueryError.

    ``loose``: what is found is tried where that spares asking the index how a word goes on.
    """
    node, view, own = meant(view)
    with db.reading() as connection:
        titles = [(row[0], fold_name(row[1])) for row in connection.execute("SELECT id, title FROM sources")]
        compiler = _Compiler(titles, own, connection, loose)
        found = alternatives(node, lambda part: compiler.index(part) is not None)
        return [_compile(db, view, compiler, one_of_them) for one_of_them in found]


def _compile(db: Database, view: View, compiler: _Compiler, node: Node) -> Compiled:
    parts, own = parts_of(node), compiler.own
    with db.reading() as connection:
        waiting = unindexed.any_waiting(connection)
        compiled = Compiled("", where(view, db.clock(), own_copies=own))
        if State(Is.STARRED) in parts:
            compiled.where.add("s.hidden = 0")  # what leads is not hidden; the index of the stars asks for it in words
        wanted = _split(compiler, parts, compiled)
        if wanted and not _few(connection, view, parts):
            compiler.loosened = False
            compiled.match = _match(compiler, view, wanted)
            compiled.loose = Trial(node, own=own) if compiler.loosened else None
        else:
            for part in wanted:
                compiled.where.add(*_flat(compiler.condition(part)))
    if waiting:
        compiled.trial = Trial(node, where(view, db.clock(), own_copies=own), own)
        if not compiled.match:
            compiled.where.add(_INDEXED)
    if view.listing is Listing.TODAY:
        compiled.low = max(compiled.low, key_number(midnight(db.clock()), 0))
    return compiled


def _flat(condition: tuple[str, list[Any]]) -> tuple[Any, ...]:
    return (condition[0], *condition[1])


def _split(compiler: _Compiler, parts: Sequence[Node], compiled: Compiled) -> list[Node]:
    """Times become bounds, states become conditions; what remains is for the index."""
    indexed: list[Node] = []
    for part in parts:
        match part:
            case After(at):
                compiled.low = max(compiled.low, key_number(at, 0))
                compiled.where.add("s.sorted_at >= ?", at)
            case Before(at):
                compiled.high = min(compiled.high, key_number(at, 0))
                compiled.where.add("s.sorted_at < ?", at)
            case _ if compiler.index(part) is not None:
                indexed.append(part)
            case _:
                compiled.where.add(*_flat(compiler.condition(part)))
    return indexed


def _match(compiler: _Compiler, view: View, parts: Sequence[Node]) -> str:
    text = compiler.index(And(tuple(parts))) or _NOTHING
    if view.source_id:
        text = f'({text} AND (facets : "src{view.source_id}"))'
    if view.language and view.language.isascii() and view.language.isalnum():
        text = f'({text} AND (facets : "lang{view.language}"))'
    return text


def _few(connection: sqlite3.Connection, view: View, parts: Sequence[Node]) -> bool:
    """Whether the reader's state leaves so few stories that trying each is quicker than walking all hits."""
    if view.listing is Listing.STARRED or State(Is.STARRED) in parts:
        condition = "starred = 1 AND hidden = 0"
    elif view.listing is Listing.UNREAD or State(Is.UNREAD) in parts:
        condition = "leads = 1 AND read = 0"
    else:
        return False
    statement = f"SELECT count(*) FROM (SELECT 1 FROM stories WHERE {condition} LIMIT ?)"  # noqa: S608
    return int(one(connection, statement, _FEW + 1)) <= _FEW


def page(
    db: Database,
    view: View,
    *,
    after: Key | None = None,
    before: Key | None = None,
    last: bool = False,
    limit: int = 50,
) -> list[Story]:
    """A page of a view with a search; see ``stories.page``."""
    with db.snapshot() as connection:
        if not last and before is None and (newest := _newest(db, connection, view, after, limit)) is not None:
            return newest
        found = [
            story
            for compiled in compile_view(db, view, loose=True)
            for story in _page(db, connection, compiled, after=after, before=before, last=last, limit=limit)
        ]
    found.sort(key=lambda story: (story.sorted_at, story.id), reverse=True)
    return found[-limit:] if last or before is not None else found[:limit]


def _newest(
    db: Database, connection: sqlite3.Connection, view: View, after: Key | None, limit: int
) -> list[Story] | None:
    """The page if it can be had without the index."""
    node, view, own = meant(view)
    ordered = not own or view.source_id or view.listing is Listing.STARRED  # else no index has the view in its order
    if not (may_go_on(node) and ordered) or view.paper or (view.source_id and view.language):
        return None
    high = key_number(after.sorted_at, after.id) if after is not None else (1 << 63) - 1
    return walked(connection, Trial(node, where(view, db.clock(), own_copies=own), own), high, limit)


def _page(
    db: Database,
    connection: sqlite3.Connection,
    compiled: Compiled,
    *,
    after: Key | None,
    before: Key | None,
    last: bool,
    limit: int,
) -> list[Story]:
    bounds = replace(compiled)
    if after is not None:
        bounds.high = min(bounds.high, key_number(after.sorted_at, after.id))
    if before is not None:
        bounds.low = max(bounds.low, key_number(before.sorted_at, before.id) + 1)
    backwards = last or before is not None
    if compiled.match:
        found = _indexed(connection, bounds, backwards=backwards, limit=limit)
    else:
        found = stories.select_page(db, compiled.where, after=after, before=before, last=last, limit=limit)
    if compiled.trial is not None:
        found += unindexed.hits(connection, compiled.trial, bounds.low, bounds.high, limit=limit, backwards=backwards)
        found.sort(key=lambda story: (story.sorted_at, story.id), reverse=True)
        found = found[-limit:] if backwards else found[:limit]
    return found


def _indexed(connection: sqlite3.Connection, bounds: Compiled, *, backwards: bool, limit: int) -> list[Story]:
    texts = " CROSS JOIN texts t ON t.key = search.rowid" if bounds.loose else ""
    statement = (
        f"SELECT {unindexed.columns(bounds.loose)} FROM {_HITS}{texts}"  # noqa: S608
        f" WHERE search MATCH ? AND search.rowid >= ? AND search.rowid < ?"
        f" AND {bounds.where.text} ORDER BY search.rowid {'ASC' if backwards else 'DESC'} LIMIT ?"
    )
    values = (bounds.match, bounds.low, bounds.high, *bounds.where.values, -1 if bounds.loose else limit)
    rows = connection.execute(statement, values)
    found = list(islice(unindexed.tried(rows, bounds.loose), limit))
    return found[::-1] if backwards else found


def count(db: Database, view: View, at_most: int = 0) -> int:
    """How many stories a view with a search shows.

    All hits of a common word among a million stories take two seconds: with ``at_most`` counting ends there.
    """
    with db.snapshot() as connection:
        found = sum(_count(connection, compiled, at_most) for compiled in compile_view(db, view))
        return min(found, at_most) if at_most else found


def position(db: Database, view: View, key: Key) -> int:
    """How many of them stand before a key."""
    with db.snapshot() as connection:
        found = 0
        for compiled in compile_view(db, view):
            compiled.low = max(compiled.low, key_number(key.sorted_at, key.id) + 1)
            compiled.where.add("(s.sorted_at, s.id) > (?, ?)", key.sorted_at, key.id)
            found += _count(connection, compiled)
        return found


def _count(connection: sqlite3.Connection, compiled: Compiled, at_most: int = 0) -> int:
    statement, values = _from(compiled)
    most = at_most or -1
    indexed = int(one(connection, f"SELECT count(*) FROM (SELECT 1 FROM {statement} LIMIT ?)", *values, most))  # noqa: S608
    if indexed == most:
        return most
    found = indexed + len(_waiting(connection, compiled, most))
    return min(found, at_most) if at_most else found


def ids(db: Database, view: View, upto: Key | None = None) -> list[int]:
    """The ids of a view's stories, from ``upto`` down when given."""
    with db.snapshot() as connection:
        found: list[int] = []
        for compiled in compile_view(db, view):
            if upto is not None:
                compiled.high = min(compiled.high, key_number(upto.sorted_at, upto.id) + 1)
                compiled.where.add("(s.sorted_at, s.id) <= (?, ?)", upto.sorted_at, upto.id)
            statement, values = _from(compiled)
            found += [row[0] for row in connection.execute(f"SELECT s.id FROM {statement}", values)]  # noqa: S608
            found += [story.id for story in _waiting(connection, compiled)]
        return found


def _waiting(connection: sqlite3.Connection, compiled: Compiled, limit: int = -1) -> list[Story]:
    if compiled.trial is None:
        return []
    return unindexed.hits(connection, compiled.trial, compiled.low, compiled.high, limit=limit)


def _from(compiled: Compiled) -> tuple[str, list[Any]]:
    if not compiled.match:
        return f"stories s WHERE {compiled.where.text}", compiled.where.values
    tables = f"search CROSS JOIN stories s ON s.id = (search.rowid & {ID_MASK})"
    text = f"{tables} WHERE search MATCH ? AND search.rowid >= ? AND search.rowid < ? AND {compiled.where.text}"
    return text, [compiled.match, compiled.low, compiled.high, *compiled.where.values]
