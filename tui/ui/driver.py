"""Textual's Linux driver, with our session around it and our reader of the keyboard.

The reader is our own for two reasons: replies of a slow terminal must not become key presses, and a terminal that has
gone away must end the program (the stock reader spins on it).
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import Any, Protocol

from textual import constants
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver

from tui.terminal import restore
from tui.terminal.profile import Profile
from tui.terminal.replies import ReplyFilter
from tui.terminal.session import Session
from tui.terminal.writer import Writer


class _Host(Protocol):
    """What the driver asks of the app."""

    profile: Profile
    session: Session

    def terminal_opened(self) -> None:
        """The alternate screen is open, and empty."""


class TerminalDriver(LinuxDriver):
    """Keeps the terminal's bidi mode with the alternate screen: at the start, at the end, at every suspension."""

    def __init__(self, app: Any, **options: Any) -> None:
        self._writer: Writer | None = None
        super().__init__(app, **options)
        self._host: _Host = app
        self._replies = ReplyFilter(expected=self._host.profile.replies_pending)
        self._typed = self._host.profile.typed
        self._answered: Callable[[str], object] | None = None

    @property
    def _writer_thread(self) -> Any:
        """The stock driver makes a writer that blocks the event loop when the terminal takes nothing; ours does not."""
        return self._writer

    @_writer_thread.setter
    def _writer_thread(self, stock: WriterThread | None) -> None:
        self._writer = None if stock is None else Writer(stock.fileno())

    def ask(self, questions: str, answered: Callable[[str], object]) -> None:
        """Send questions that end in the fence; `answered` comes with the replies, in another thread, if they come."""
        self._replies.expect()
        self._answered = answered
        self.write(questions)

    def when_idle(self, call: Callable[[], object]) -> bool:
        """False when the terminal has taken everything; else True, and `call` comes, in another thread, when it has."""
        return self._writer is not None and self._writer.when_idle(call)

    def start_application_mode(self) -> None:
        """Open the screen; on the first start and when the process comes back to the foreground."""
        if self._file is not None:
            self._file.write(self._host.session.begin())
            self._file.flush()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is not None:  # None: we are in the background and may not draw
            self.write(self._host.session.opened())
            self._host.terminal_opened()

    def stop_application_mode(self) -> None:
        """Close the screen and leave the terminal as it was."""
        if self._writer_thread is None:
            return
        self.write(self._host.session.closing())
        super().stop_application_mode()
        self.write(self._host.session.end())
        self.flush()

    def _request_terminal_sync_mode_support(self) -> None:
        """Not asked again where the probe has asked: one reply less that could come late."""
        if not self._host.profile.sync:
            super()._request_terminal_sync_mode_support()

    def run_input_thread(self) -> None:
        """Read the keyboard until the driver stops or the terminal goes away."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        text, self._typed = self._replies.feed(self._typed), ""
        try:
            while True:
                if text:
                    parser = self._parsed(parser, text)
                for message in parser.tick():
                    self.process_message(message)
                if self.exit_event.is_set():
                    break
                data = self._read()
                if data is None:
                    text = self._replies.release()
                elif data:
                    text = self._replies.feed(decode(data))
                    self._tell_answers()
                else:
                    self._end_of_input()
                    break
        finally:
            with contextlib.suppress(EOFError, ParseError):
                list(parser.feed(""))

    def _parsed(self, parser: XTermParser, text: str) -> XTermParser:
        """The parser to go on with. A key whose number no character has ends the stock one: it is dropped, with what
        came in the same breath."""
        try:
            for message in parser.feed(text):
                self.process_message(message)
        except (ValueError, OverflowError):
            return XTermParser(self._debug)
        return parser

    def _tell_answers(self) -> None:
        if self._answered is not None and not self._replies.expected:
            answered, self._answered = self._answered, None
            answered(self._replies.heard)

    def _read(self) -> bytes | None:
        """What was typed; None if nothing was for a moment; b"" if nothing ever will be."""
        patience = constants.ESCAPE_DELAY if self._replies.holding else 0.1
        try:
            if not select.select([self.fileno], [], [], patience)[0]:
                return None
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _end_of_input(self) -> None:
        """A terminal that ends has been hung up; a file that ends (`< /dev/null`) leaves a screen without keys."""
        if self.input_tty:
            restore.end_by(signal.SIGHUP)
