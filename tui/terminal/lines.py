"""Lines on the main screen, for programs that print and end: each as the terminal at hand needs it.

    with LineWriter.open("auto") as writer: writer.write(visual)

In a pipe there is no terminal to ask: lines go out in visual order unless a mode was asked for by name.
"""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self, TextIO

from tui.bidi.breaks import cell_width, clusters
from tui.bidi.orders import Cell, RowOrder, reorder_row
from tui.terminal.osc import LINK_END, link_start
from tui.terminal.probe import identify
from tui.terminal.profile import Answers, Mode, Profile, for_lines, profile_of, with_mode
from tui.terminal.session import Session


class LineWriter:
    """Writes visual lines to standard output; between enter and leave the terminal is in the mode they need."""

    def __init__(self, profile: Profile, stream: TextIO, *, terminal: bool) -> None:
        self._profile = profile
        self._stream = stream
        self._terminal = terminal
        self._session = Session(profile, fd_out=stream.fileno()) if terminal else None

    @classmethod
    def open(cls, mode: str = "auto", stream: TextIO | None = None, *, profile: Profile | None = None) -> Self:
        """A writer for the terminal on standard output; ``mode`` is one of ``Mode``, or "" for auto.

        ``profile``: what was measured already; the terminal is not asked again then.
        """
        stream = sys.stdout if stream is None else stream
        chosen = Mode(mode or "auto")
        if not stream.isatty():
            return cls(profile_of(Answers(), {}, chosen), stream, terminal=False)
        return cls(for_lines(with_mode(profile or identify(), chosen)), stream, terminal=True)

    @property
    def profile(self) -> Profile:
        """The terminal that is written to."""
        return self._profile

    def __enter__(self) -> Self:
        if self._session is not None:
            self._stream.flush()
            self._session.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            self._stream.flush()  # what was written is shown under the mode it was written for
            self._session.__exit__(kind, error, trace)

    def write(self, visual: str, *, link: str = "") -> None:
        """One line in visual order; on a terminal that knows links it leads to ``link`` (http or https)."""
        order = self._profile.order
        text = visual
        if order is not RowOrder.VISUAL:
            text = "".join(cell.text for cell in reorder_row(_cells(visual), order))
        start = link_start(link) if link and self._terminal and self._profile.links else ""
        self._stream.write(f"{start}{text}{LINK_END if start else ''}\n")

    def flush(self) -> None:
        """Let what was written be seen now: a reader at the other end of a pipe may be waiting for it."""
        self._stream.flush()

    def write_logical(self, text: str) -> None:
        """One line as it is stored, for a terminal that is left to do everything itself."""
        self._stream.write(text + "\n")


def _cells(visual: str) -> list[Cell]:
    row: list[Cell] = []
    for cluster in clusters(visual):
        row.append(Cell(cluster))
        row += [Cell("")] * (cell_width(cluster) - 1)
    return row
