"""A lease: what one process of many does alone, under a name in the store.

A lease has an owner (process and host) and an end. Its owner renews it while it works; it is free when it was given
back, when its end has come, or, on the owner's own host, as soon as that process is gone: whoever was killed stands in
nobody's way. The lease lies in the ``memory`` table, so that a store of any age has room for it.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import sqlite3
from dataclasses import dataclass, field

from tui.store.connection import Database
from tui.store.rows import one
from tui.store.store import Store

SECONDS = 60
"""How long a lease lasts; its owner renews it well before."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a lease."""

    token: str
    pid: int
    host: str
    until: int
    """Unix seconds."""


@dataclass(slots=True)
class Lease:
    """One candidate for a lease. Methods raise StoreError when the file cannot be used."""

    db: Database
    name: str
    token: str = field(default_factory=lambda: secrets.token_hex(8))

    @classmethod
    def of(cls, store: Store, name: str) -> Lease:
        """A candidate for the lease ``name`` of a store."""
        return cls(store._db, f"lease.{name}")  # one room: the store's file, which only its modules know

    def holder(self) -> Holder | None:
        """Who has the lease now, if it is not us and not free."""
        with self.db.reading() as connection:
            return self._other(connection)

    def take(self) -> Holder | None:
        """Take the lease, or renew it; None when it is ours, else who has it."""
        if (other := self.holder()) is not None:
            return other  # asked without writing first: many may be waiting, and none should hold up the owner
        with self.db.writing() as connection:
            if (other := self._other(connection)) is not None:
                return other
            ours = {"token": self.token, "pid": os.getpid(), "host": _host(), "until": self.db.now() + SECONDS}
            connection.execute(
                "INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)", (self.name, json.dumps(ours))
            )
        return None

    def release(self) -> None:
        """Give the lease back if it is ours."""
        with self.db.writing() as connection:
            found = _read(connection, self.name)
            if found is not None and found.token == self.token:
                connection.execute("DELETE FROM memory WHERE name = ?", (self.name,))

    def _other(self, connection: sqlite3.Connection) -> Holder | None:
        found = _read(connection, self.name)
        return found if found and found.token != self.token and _holds(found, self.db.now()) else None


def _read(connection: sqlite3.Connection, name: str) -> Holder | None:
    """What is written under a name; None for nothing, and for what is no lease."""
    text = one(connection, "SELECT value FROM memory WHERE name = ?", name)
    try:
        value = json.loads(text or "")
        return Holder(str(value["token"]), int(value["pid"]), str(value["host"]), int(value["until"]))
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


def _holds(holder: Holder, now: int) -> bool:
    """Whether the lease is in force: its end is ahead, no further than a clock that was right can have put it."""
    return now < holder.until <= now + SECONDS and (holder.host != _host() or _alive(holder.pid))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True  # another user's
    return True


def _host() -> str:
    return socket.gethostname()
