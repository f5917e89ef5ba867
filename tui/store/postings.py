"""Which stories have headlines like one: those that share enough rare stems with it, told for a slice at a time.

``recent_stems`` has the stories of each stem together. A story has about nine stems, so put there one by one each
would write a page for every stem. What was learnt lately therefore stands in ``learnt``, a row a story, and here in
memory; some thousands of stories are then moved together.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain, repeat
from math import ceil
from struct import pack, unpack
from zlib import crc32

from tui.news.duplicates import JACCARD, WINDOW, probes
from tui.store.rows import key_number, one
from tui.store.schema import ID_BITS, ID_MASK

_FRESH = 2_000
"""So many stories wait in ``learnt`` at most: moving them takes less than a tenth of a second."""
_COMMON = 1_000
"""A stem of so many stories is not counted further, and not read into memory."""
_REMEMBERED = 200_000
_MOST_COMPARED = 100
_CHUNK = 256
_NEAR = "span IN (?, ?, ?)"
_COUNT = (
    f"WITH wanted (stem) AS (VALUES {', '.join(['(?)'] * _CHUNK)}) SELECT stem, (SELECT count(*) FROM"  # noqa: S608
    f" (SELECT 1 FROM recent_stems r WHERE {_NEAR} AND r.stem = wanted.stem LIMIT {_COMMON})) FROM wanted"
)
_READ = (
    f"SELECT stem, group_concat(sorted_at << {ID_BITS} | story_id) FROM recent_stems"  # noqa: S608
    f" WHERE {_NEAR} AND stem IN ({', '.join('?' * _CHUNK)}) GROUP BY span, stem"
)
"""A text for each stem: a row for each of its stories takes three times as long to fetch."""


def stem_hash(stem: str) -> int:
    """A stem as the integer that stands in the table: a collision only costs a comparison."""
    return crc32(stem.encode())


@dataclass(frozen=True, slots=True)
class Asked:
    """A story of the slice: what is looked for, and how much of it must be found."""

    stems: AbstractSet[int]
    at: int
    wanted: Sequence[int] = ()
    shared: int = 0


@dataclass(slots=True)
class _Near:
    """What was read of the stories of three spans."""

    counts: dict[int, int] = field(default_factory=dict)
    """How many have a stem, ``_COMMON`` at most."""
    keys: dict[int, set[int]] = field(default_factory=dict)
    """The key numbers of those that have it."""
    size: int = 0

    def move(self, rows: Iterable[tuple[int, int, int, int]]) -> None:
        """Stories (stem, span, time, id) are among the recent ones now."""
        for stem, _, at, story_id in rows:
            if stem in self.counts:
                self.counts[stem] += 1
                if stem in self.keys:
                    self.keys[stem].add(key_number(at, story_id))
                    self.size += 1


class Postings:
    """The stories of recent stems. Used inside write transactions only; what it remembers may be forgotten."""

    def __init__(self) -> None:
        self._fresh: dict[int, set[int]] = defaultdict(set)
        """The key numbers of stories in ``learnt``, by stem."""
        self._lately: set[int] = set()
        """The ids of these stories."""
        self._first = 1
        self._last = 0
        """The rows of ``learnt`` that are in memory."""
        self._near: dict[int, _Near] = {}
        """What was read of the recent stems, by the span in the middle."""
        self._rows: list[tuple[int, int, bytes]] = []

    def forget(self) -> None:
        """Forget all: the file is another one, or a transaction failed."""
        self._fresh.clear()
        self._lately.clear()
        self._near.clear()
        self._first, self._last = 1, 0

    def ask(
        self, connection: sqlite3.Connection, headlines: Mapping[int, tuple[Sequence[str], int]], *, compare: bool
    ) -> dict[int, Asked]:
        """Read what is needed to find stories like those of a slice (ids, with their stems and times).

        Unless ``compare``, only what it takes to learn them.
        """
        self._synchronize(connection)
        asked = {id_: Asked({stem_hash(stem) for stem in stems}, at) for id_, (stems, at) in headlines.items()}
        if sum(len(near.counts) + near.size for near in self._near.values()) > _REMEMBERED:
            self._near.clear()
        if compare:
            spans: dict[int, dict[int, Asked]] = defaultdict(dict)
            for id_, one_asked in asked.items():
                spans[one_asked.at // WINDOW][id_] = one_asked
            for span, members in spans.items():
                asked.update(self._ask(connection, span, members))
        return asked

    def _ask(self, connection: sqlite3.Connection, span: int, members: Mapping[int, Asked]) -> dict[int, Asked]:
        near = self._near.setdefault(span, _Near())
        spans = (span - 1, span, span + 1)
        stems = {stem for member in members.values() for stem in member.stems}
        for chunk in _chunks(stems - near.counts.keys()):
            near.counts.update(connection.execute(_COUNT, (*chunk, *spans)))
        frequency = {stem: near.counts[stem] + len(self._fresh.get(stem, ())) for stem in stems}
        asked = {
            id_: Asked(member.stems, member.at, *probes(member.stems, frequency)) for id_, member in members.items()
        }
        wanted = {stem for member in asked.values() for stem in member.wanted if near.counts[stem] < _COMMON}
        unread = wanted - near.keys.keys()
        near.keys.update((stem, set()) for stem in unread)
        for chunk in _chunks({stem for stem in unread if near.counts[stem]}):
            for stem, keys in connection.execute(_READ, (*spans, *chunk)):
                near.keys[stem].update(map(int, keys.split(",")))
        near.size += sum(len(near.keys[stem]) for stem in unread)
        return asked

    def alike(self, connection: sqlite3.Connection, asked: Asked) -> list[int]:
        """The ids of the stories within the window that share enough of the wanted stems, the most alike first."""
        keys = self._near[asked.at // WINDOW].keys
        if all(stem in keys for stem in asked.wanted):
            holders = [held for stem in asked.wanted for held in (keys[stem], self._fresh.get(stem)) if held]
            shared = {key: sum(key in held for held in holders) for key in _held_by(holders, asked.shared)}
        else:
            fresh = chain.from_iterable([self._fresh[stem] for stem in asked.wanted if stem in self._fresh])
            shared = Counter(chain(self._read(connection, asked), fresh))
        low, high = key_number(asked.at - WINDOW, 0), key_number(asked.at + WINDOW + 1, 0)
        found = [key for key, times in shared.items() if times >= asked.shared and low <= key < high]
        found = self._perhaps_alike(asked, keys, found)
        found.sort(key=lambda key: (-shared[key], key))
        return [key & ID_MASK for key in found[:_MOST_COMPARED]]

    def _perhaps_alike(self, asked: Asked, keys: Mapping[int, AbstractSet[int]], found: list[int]) -> list[int]:
        """Without those whose other stems, as far as they are known, are too different."""
        if asked.shared == 1 or not found:
            return found
        needed = ceil(JACCARD * len(asked.stems))
        holders = [keys[stem] for stem in asked.stems if stem in keys]
        unread = len(asked.stems) - len(holders)
        fresh = [self._fresh[stem] for stem in asked.stems if stem in self._fresh]
        return [
            key
            for key in found
            if sum(key in held for held in fresh)
            + (0 if key & ID_MASK in self._lately else unread + sum(key in held for held in holders))
            >= needed
        ]

    def _read(self, connection: sqlite3.Connection, asked: Asked) -> Iterator[int]:
        """The stories of each stem of a headline of common words, which SQLite counts: there may be very many."""
        span = asked.at // WINDOW
        statement = (
            f"SELECT sorted_at << {ID_BITS} | story_id AS key, count(*) FROM recent_stems"  # noqa: S608
            f" WHERE {_NEAR} AND stem IN ({', '.join('?' * len(asked.wanted))}) GROUP BY key"
        )
        for key, times in connection.execute(statement, (span - 1, span, span + 1, *asked.wanted)):
            yield from repeat(key, times)

    def learn(self, story_id: int, asked: Asked) -> None:
        """Make a story findable for later ones; ``write`` keeps it."""
        key = key_number(asked.at, story_id)
        for stem in asked.stems:
            self._fresh[stem].add(key)
        self._lately.add(story_id)
        self._rows.append((story_id, asked.at, pack(f"<{len(asked.stems)}I", *asked.stems)))

    def write(self, connection: sqlite3.Connection) -> None:
        """Keep what was learnt."""
        connection.executemany("INSERT INTO learnt (story_id, sorted_at, stems) VALUES (?, ?, ?)", self._rows)
        self._rows = []
        self._last = one(connection, "SELECT max(seq) FROM learnt") or self._last
        if self._last - self._first + 1 >= _FRESH:
            self._move(connection)

    def _move(self, connection: sqlite3.Connection) -> None:
        rows: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
        for story_id, at, stems in connection.execute("SELECT story_id, sorted_at, stems FROM learnt"):
            span = at // WINDOW
            rows[span] += [(stem, span, at, story_id) for stem in _unpacked(stems)]
        for span in sorted(rows):
            rows[span].sort()
            connection.executemany(
                "INSERT OR IGNORE INTO recent_stems (stem, span, sorted_at, story_id) VALUES (?, ?, ?, ?)", rows[span]
            )
            for middle in self._near.keys() & {span - 1, span, span + 1}:
                self._near[middle].move(rows[span])
        connection.execute("DELETE FROM learnt")
        self._fresh.clear()
        self._lately.clear()
        self._first = self._last + 1

    def _synchronize(self, connection: sqlite3.Connection) -> None:
        """Read what other processes have learnt or moved."""
        self._rows = []
        ever = "SELECT seq FROM sqlite_sequence WHERE name = 'learnt'"
        first, last = connection.execute(f"SELECT (SELECT min(seq) FROM learnt), ifnull(({ever}), 0)").fetchone()  # noqa: S608
        all_moved = first is None and last == self._last and not self._fresh
        if not all_moved and (first != self._first or last < self._last):
            self._fresh.clear()
            self._lately.clear()
            self._near.clear()
            self._first = first or last + 1
            self._last = self._first - 1
        rows = connection.execute("SELECT seq, story_id, sorted_at, stems FROM learnt WHERE seq > ?", (self._last,))
        for seq, story_id, at, stems in rows:
            key = key_number(at, story_id)
            for stem in _unpacked(stems):
                self._fresh[stem].add(key)
            self._lately.add(story_id)
            self._last = seq


def _held_by(holders: Sequence[AbstractSet[int]], shared: int) -> AbstractSet[int]:
    """What is in one or two of some sets. The largest comes last and is only asked what is in it."""
    if shared == 1:
        return set().union(*holders)
    seen: set[int] = set()
    again: set[int] = set()
    *smaller, largest = sorted(holders, key=len) or [seen]
    for held in smaller:
        again |= seen & held
        seen |= held
    return again | (seen & largest)


def _chunks(stems: AbstractSet[int]) -> Iterator[list[int]]:
    """Stems in their order, as many as a statement takes; the last one again and again where there are fewer."""
    ordered = sorted(stems)
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        yield chunk + chunk[-1:] * (_CHUNK - len(chunk))


def _unpacked(stems: bytes) -> tuple[int, ...]:
    return unpack(f"<{len(stems) // 4}I", stems)
