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
from dataclasses import dataclass
from itertools import chain, repeat
from struct import pack, unpack
from zlib import crc32

from tui.news.duplicates import WINDOW, probes
from tui.store.rows import key_number, one
from tui.store.schema import ID_BITS, ID_MASK

_FRESH = 2_000
"""So many stories wait in ``learnt`` at most: moving them takes less than a tenth of a second."""
_COMMON = 300
"""A stem of so many stories is not counted further, and not read into memory."""
_REMEMBERED = 20_000
_MOST_COMPARED = 100
_CHUNK = 256
_NEAR = "span IN (?, ?, ?)"
_COUNT = (
    f"WITH wanted (stem) AS (VALUES {', '.join(['(?)'] * _CHUNK)}) SELECT stem, (SELECT count(*) FROM"  # noqa: S608
    f" (SELECT 1 FROM recent_stems r WHERE {_NEAR} AND r.stem = wanted.stem LIMIT {_COMMON})) FROM wanted"
)
_READ = (
    f"SELECT stem, sorted_at << {ID_BITS} | story_id FROM recent_stems"  # noqa: S608
    f" WHERE {_NEAR} AND stem IN ({', '.join('?' * _CHUNK)})"
)


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


class Postings:
    """The stories of recent stems. Used inside write transactions only; what it remembers may be forgotten."""

    def __init__(self) -> None:
        self._fresh: dict[int, list[int]] = defaultdict(list)
        """The key numbers of stories in ``learnt``, by stem."""
        self._first = 0
        self._last = 0
        """The rows of ``learnt`` that are in memory."""
        self._common: set[int] = set()
        self._found: dict[int, dict[int, list[int]]] = {}
        self._rows: list[tuple[int, int, bytes]] = []

    def forget(self) -> None:
        """Forget all: the file is another one, or a transaction failed."""
        self._fresh.clear()
        self._common.clear()
        self._first = self._last = 0

    def ask(
        self, connection: sqlite3.Connection, headlines: Mapping[int, tuple[Sequence[str], int]], *, compare: bool
    ) -> dict[int, Asked]:
        """Read what is needed to find stories like those of a slice (ids, with their stems and times).

        Unless ``compare``, only what it takes to learn them.
        """
        self._synchronize(connection)
        asked = {id_: Asked({stem_hash(stem) for stem in stems}, at) for id_, (stems, at) in headlines.items()}
        self._found.clear()
        if compare:
            if len(self._common) > _REMEMBERED:
                self._common.clear()
            spans: dict[int, dict[int, Asked]] = defaultdict(dict)
            for id_, one_asked in asked.items():
                spans[one_asked.at // WINDOW][id_] = one_asked
            for span, members in spans.items():
                asked.update(self._ask(connection, span, members))
        return asked

    def _ask(self, connection: sqlite3.Connection, span: int, members: Mapping[int, Asked]) -> dict[int, Asked]:
        near = (span - 1, span, span + 1)
        stems = {stem for member in members.values() for stem in member.stems}
        counts = dict.fromkeys(stems & self._common, _COMMON)
        for chunk in _chunks(stems - self._common):
            counts.update(connection.execute(_COUNT, (*chunk, *near)))
        self._common.update(stem for stem in stems if counts[stem] >= _COMMON)
        frequency = {stem: counts[stem] + len(self._fresh.get(stem, ())) for stem in stems}
        asked = {
            id_: Asked(member.stems, member.at, *probes(member.stems, frequency)) for id_, member in members.items()
        }
        wanted = {stem for member in asked.values() for stem in member.wanted if 0 < counts[stem] < _COMMON}
        found: dict[int, list[int]] = defaultdict(list)
        for chunk in _chunks(wanted):
            for stem, key in connection.execute(_READ, (*near, *chunk)):
                found[stem].append(key)
        self._found[span] = found
        return asked

    def alike(self, connection: sqlite3.Connection, asked: Asked) -> list[int]:
        """The ids of the stories within the window that share enough of the wanted stems, the most alike first."""
        found = self._found[asked.at // WINDOW]
        if self._common.isdisjoint(asked.wanted):
            stored: Iterable[int] = chain.from_iterable([found[stem] for stem in asked.wanted if stem in found])
        else:
            stored = self._read(connection, asked)
        fresh = chain.from_iterable([self._fresh[stem] for stem in asked.wanted if stem in self._fresh])
        shared = Counter(chain(stored, fresh))
        low, high = key_number(asked.at - WINDOW, 0), key_number(asked.at + WINDOW + 1, 0)
        found_keys = [key for key, times in shared.items() if times >= asked.shared and low <= key < high]
        found_keys.sort(key=lambda key: (-shared[key], key))
        return [key & ID_MASK for key in found_keys[:_MOST_COMPARED]]

    def _read(self, connection: sqlite3.Connection, asked: Asked) -> Iterator[int]:
        """The same of a headline of common words, whose stories SQLite counts: there may be very many."""
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
            self._fresh[stem].append(key)
        self._rows.append((story_id, asked.at, pack(f"<{len(asked.stems)}I", *asked.stems)))

    def write(self, connection: sqlite3.Connection) -> None:
        """Keep what was learnt."""
        connection.executemany("INSERT INTO learnt (story_id, sorted_at, stems) VALUES (?, ?, ?)", self._rows)
        self._rows = []
        self._last = one(connection, "SELECT max(seq) FROM learnt") or self._last
        if self._last - self._first + 1 >= _FRESH:
            self._move(connection)

    def _move(self, connection: sqlite3.Connection) -> None:
        rows = [
            (at // WINDOW, stem, at, story_id)
            for story_id, at, stems in connection.execute("SELECT story_id, sorted_at, stems FROM learnt")
            for stem in _unpacked(stems)
        ]
        rows.sort()
        connection.executemany(
            "INSERT OR IGNORE INTO recent_stems (span, stem, sorted_at, story_id) VALUES (?, ?, ?, ?)", rows
        )
        connection.execute("DELETE FROM learnt")
        self._fresh.clear()
        self._first = self._last + 1

    def _synchronize(self, connection: sqlite3.Connection) -> None:
        """Read what other processes have learnt or moved."""
        self._rows = []
        statement = "SELECT (SELECT min(seq) FROM learnt), (SELECT max(seq) FROM learnt)"
        first, last = connection.execute(statement).fetchone()
        if first is None or first != self._first or last < self._last:
            self._fresh.clear()
            self._first, self._last = first or self._last + 1, (first or self._last + 1) - 1
        rows = connection.execute("SELECT seq, story_id, sorted_at, stems FROM learnt WHERE seq > ?", (self._last,))
        for seq, story_id, at, stems in rows:
            key = key_number(at, story_id)
            for stem in _unpacked(stems):
                self._fresh[stem].append(key)
            self._last = seq


def _chunks(stems: AbstractSet[int]) -> Iterator[list[int]]:
    """Stems in their order, as many as a statement takes; the last one again and again where there are fewer."""
    ordered = sorted(stems)
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        yield chunk + chunk[-1:] * (_CHUNK - len(chunk))


def _unpacked(stems: bytes) -> tuple[int, ...]:
    return unpack(f"<{len(stems) // 4}I", stems)
