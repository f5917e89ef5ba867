"""Where the edition was served last, so that a second start finds the same addresses and the same bytes again."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from tui.edition.http import MARK, mark_of
from tui.edition.server import HOST, EditionServer

KEEP = timedelta(hours=6)
"""How long an anchor is reused: the newest story then looks at most this old."""
PROBE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class EditionState:
    """A port (0: none yet) and the anchor of the edition served there (aware, UTC)."""

    port: int
    anchor: datetime

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """Read the state; None when there is none or it cannot be understood."""
        try:
            kept = json.loads(path.read_text("utf-8"))
            port, anchor = int(kept["port"]), datetime.fromisoformat(kept["anchor"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return cls(port, anchor.astimezone(UTC)) if anchor.tzinfo and 0 <= port < 65_536 else None

    def save(self, path: Path) -> None:
        """Write the state in one step: a reader sees the old one or the new one.

        Raises:
            OSError: the directory cannot be written.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps({"port": self.port, "anchor": self.anchor.isoformat()}) + "\n", "utf-8")
        draft.replace(path)

    def at(self, now: datetime) -> Self:
        """Return the state for a start at ``now``: an anchor younger than six hours stays, else it is the full hour."""
        if timedelta(0) <= now - self.anchor < KEEP:
            return self
        return type(self)(self.port, full_hour(now))


def full_hour(now: datetime) -> datetime:
    """Return the beginning of ``now``'s hour, in UTC."""
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def open_edition(path: Path, now: datetime, *, log: Callable[[str], None] | None = None) -> EditionServer:
    """Serve the edition where it was served last if that is possible, and remember where it is (in the file ``path``).

    When another khabar serves the same edition at that port, this one joins it; when anybody else holds the port,
    another one is taken. A state that cannot be written is no reason to fail: the next start is then a new edition.
    """
    kept = EditionState.load(path)
    state = (kept or EditionState(0, full_hour(now))).at(now)
    server = _start(state, log)
    with contextlib.suppress(OSError):
        EditionState(server.port, state.anchor).save(path)
    return server


def _start(state: EditionState, log: Callable[[str], None] | None) -> EditionServer:
    if state.port:
        with contextlib.suppress(OSError):
            return EditionServer(state.anchor, port=state.port, log=log).start()
        if served_at(state.port) == mark_of(state.anchor):
            with contextlib.suppress(OSError):
                return EditionServer(state.anchor, port=state.port, share=True, log=log).start()
    return EditionServer(state.anchor, log=log).start()


def served_at(port: int) -> str:
    """Return the mark of the edition served at a port of this machine, or "" when something else answers or nothing."""
    try:
        with socket.create_connection((HOST, port), timeout=PROBE_SECONDS) as connection:
            connection.settimeout(PROBE_SECONDS)
            connection.sendall(b"HEAD /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            head = connection.recv(4096).decode("latin-1")
    except OSError:
        return ""
    return next((line[len(MARK) + 2 :] for line in head.split("\r\n") if line.startswith(f"{MARK}: ")), "")
