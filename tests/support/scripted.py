"""Terminals that answer from a script: the master's side of a pty, for tests of what terminals are asked and told."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import threading
import time
from dataclasses import dataclass, field

DA1, DA2, DA3 = "\x1b[c", "\x1b[>c", "\x1b[=c"
VERSION, BIDI, SYNC, RESIZE = "\x1b[>q", "\x1b[8$p", "\x1b[?2026$p", "\x1b[?2048$p"
COLOUR = "\x1b]11;?\x07"
CURSOR = "\x1b[6n"
KITTY_FONT = "\x1bP+q" + b"kitty-query-font_family".hex() + "\x1b\\"
_QUESTION = re.compile(
    "|".join(map(re.escape, (DA1, DA2, DA3, VERSION, BIDI, SYNC, RESIZE, COLOUR, CURSOR, KITTY_FONT)))
)
_WRAPPED = re.compile(r"\x1bPtmux;((?:\x1b\x1b|[^\x1b])*)\x1b\\")

# What was measured: question → reply.  A question that is missing gets none.
VTE = {
    DA1: "\x1b[?65;1;9c",
    DA2: "\x1b[>65;7006;1c",
    DA3: "\x1bP!|7E565445\x1b\\",
    BIDI: "\x1b[8;1$y",
    SYNC: "\x1b[?2026;4$y",
    COLOUR: "\x1b]11;rgb:0000/0000/0000\x07",
}
KONSOLE = {
    DA1: "\x1b[?62;1;4c",
    DA2: "\x1b[>1;115;0c",
    DA3: "\x1bP!|7E4B4445\x1b\\",
    VERSION: "\x1bP>|Konsole 22.12.3\x1b\\",
    COLOUR: "\x1b]11;rgb:ffff/ffff/ffff\x07",
}
KITTY = {
    DA1: "\x1b[?62;c",
    DA2: "\x1b[>1;4000;26c",
    VERSION: "\x1bP>|kitty(0.26.5)\x1b\\",
    BIDI: "\x1b[8;0$y",
    SYNC: "\x1b[?2026;2$y",
    COLOUR: "\x1b]11;rgb:1111/2222/3333\x1b\\",
    KITTY_FONT: "\x1bP1+r" + b"kitty-query-font_family".hex() + "=" + b"Fira Code".hex() + "\x1b\\",
}
MLTERM = {
    DA1: "\x1b[?63;1;2;3;4;6;7;15;18;22;29c",
    DA2: "\x1b[>24;279;0c",
    DA3: "\x1bP!|000000\x1b\\",
    BIDI: "\x1b[8;0$y",
    SYNC: "\x1b[?2026;0$y",
}
PUTTY = {DA1: "\x1b[?6c", DA2: "\x1b[>0;136;0c"}
XTERM = {
    DA1: "\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c",
    DA2: "\x1b[>41;379;0c",
    DA3: "\x1bP!|00000000\x1b\\",
    VERSION: "\x1bP>|XTerm(379)\x1b\\",
    BIDI: "\x1b[8;0$y",
    SYNC: "\x1b[?2026;0$y",
    RESIZE: "\x1b[?2048;0$y",
    COLOUR: "\x1b]11;rgb:ffff/ffff/ffff\x07",
}
ALACRITTY = {DA1: "\x1b[?6c", DA2: "\x1b[>0;1700;1c", COLOUR: "\x1b]11;rgb:1d1d/1f1f/2121\x07"}
FOOT = {
    DA1: "\x1b[?62;4;22c",
    DA2: "\x1b[>1;011301;0c",
    DA3: "\x1bP!|464F4F54\x1b\\",
    VERSION: "\x1bP>|foot(1.13.1)\x1b\\",
    SYNC: "\x1b[?2026;2$y",
}
URXVT = {DA1: "\x1b[?1;2c", DA2: "\x1b[>85;95;0c", SYNC: "\x1b[?2026;0$y"}
ST = {DA1: "\x1b[?6c", COLOUR: "\x1b]11;rgb:0000/0000/0000\x07"}
QTERMINAL = {DA1: "\x1b[?1;2c", DA2: "\x1b[>0;115;0c"}
TERMINOLOGY = {
    DA1: "\x1b[?64;1;9;15;18;21;22c",
    DA2: "\x1b[>61;337;0c",
    DA3: "\x1bP!|7E7E5459\x1b\\",
    VERSION: "\x1bP>|terminology 1.13.0\x1b\\",
}
TMUX = {DA1: "\x1b[?1;2c", DA2: "\x1b[>84;0;0c", VERSION: "\x1bP>|tmux 3.3a\x1b\\"}
SCREEN = {DA1: "\x1b[?1;2c", DA2: "\x1b[>83;40900;0c"}
SILENT: dict[str, str] = {}


@dataclass
class ScriptedTerminal:
    """Holds a pty; a thread reads what is written to it and answers, `delay` seconds later.

    `split`: seconds between the bytes of a reply, for replies that arrive in pieces.
    `held`: replies are kept until `answer()`.
    `outer`: what a wrapped (tmux) question is answered with; None: it is not passed on.
    """

    replies: dict[str, str]
    delay: float = 0.0
    split: float = 0.0
    outer: dict[str, str] | None = None
    held: bool = False
    written: bytes = b""
    _buffer: str = ""
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _stop: threading.Event = field(default_factory=threading.Event)
    _kept: str = ""
    _stalled: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.master, self.slave = pty.openpty()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> ScriptedTerminal:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(2)
        for fd in (self.master, self.slave):
            with contextlib.suppress(OSError):
                os.close(fd)

    def type(self, text: str) -> None:
        """Keys come between replies, never inside one."""
        with self._turn:
            os.write(self.master, text.encode())

    @property
    def holding(self) -> bool:
        """Are there replies that were held back?"""
        return bool(self._kept)

    def answer(self, first: int | None = None) -> None:
        """Give the replies that were held back, or so many characters of them."""
        replies, self._kept = self._kept[:first], "" if first is None else self._kept[first:]
        with self._turn:
            os.write(self.master, replies.encode("latin-1"))

    def stall(self) -> None:
        """Take nothing any more, as a stopped terminal or a hanging connection does."""
        self._stalled.set()
        time.sleep(0.1)  # for the piece that is being read

    def resume(self) -> None:
        """Read again, beginning with what has piled up."""
        self._stalled.clear()

    def wait_for(self, what: bytes, timeout: float = 10.0) -> bool:
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if what in self.written:
                return True
            time.sleep(0.01)
        return what in self.written

    def settle(self, quiet: float = 0.3, timeout: float = 10.0) -> None:
        """Wait until nothing was written for `quiet` seconds."""
        end, seen, since = time.monotonic() + timeout, -1, time.monotonic()
        while time.monotonic() < end and time.monotonic() - since < quiet:
            if len(self.written) != seen:
                seen, since = len(self.written), time.monotonic()
            time.sleep(0.02)

    def _serve(self) -> None:
        while not self._stop.is_set():
            if self._stalled.is_set():
                time.sleep(0.02)
                continue
            if not select.select([self.master], [], [], 0.05)[0]:
                continue
            try:
                data = os.read(self.master, 65536)
            except OSError:
                time.sleep(0.02)
                continue
            self.written += data
            self._buffer += data.decode("latin-1")
            self._answer()

    def _answer(self) -> None:
        replies = ""
        last = 0
        for found in re.finditer(f"{_WRAPPED.pattern}|{_QUESTION.pattern}", self._buffer):
            last = found.end()
            if found.group().startswith("\x1bPtmux;"):
                if self.outer is not None:
                    inner = found.group(1).replace("\x1b\x1b", "\x1b")
                    replies += "".join(self.outer.get(q.group(), "") for q in _QUESTION.finditer(inner))
            else:
                replies += self.replies.get(found.group(), "")
        self._buffer = self._buffer[last:][-4096:]
        if self.held:
            self._kept += replies
        elif replies:
            threading.Thread(target=self._reply, args=(replies,), daemon=True).start()

    def _reply(self, replies: str) -> None:
        time.sleep(self.delay)
        with contextlib.suppress(OSError), self._turn:
            if not self.split:
                os.write(self.master, replies.encode("latin-1"))
                return
            for char in replies:
                os.write(self.master, char.encode("latin-1"))
                time.sleep(self.split)


_CHANGES = re.compile(rb"\x1b\[(?:(\?)([0-9;]+)([hl])|8([hl])|([><=])([0-9;]*)u)")
_HIDDEN = "cursor hidden"
_MODES = {
    "1049": "alternate screen",
    "1000": "mouse clicks",
    "1002": "mouse drags",
    "1003": "mouse moves",
    "1006": "mouse as SGR",
    "1015": "mouse as urxvt",
    "1016": "mouse in pixels",
    "1004": "focus reports",
    "2004": "bracketed paste",
    "2026": "frame held back",
    "2048": "resize reports",
}


def left_on(written: bytes) -> set[str]:
    """What a terminal that was sent all this has switched on that it had not before.  Empty: it is as it was."""
    on: set[str] = set()
    depth = 0
    for found in _CHANGES.finditer(written):
        private, numbers, final, bidi, keyboard, _ = found.groups()
        if private:
            for number in numbers.decode().split(";"):
                name = _HIDDEN if number == "25" else _MODES.get(number)
                if name is not None:
                    (on.discard if (final == b"h") == (number == "25") else on.add)(name)
        elif bidi:
            (on.add if bidi == b"l" else on.discard)("explicit bidi")
        else:
            depth = max(0, depth + {b">": 1, b"<": -1}.get(keyboard, 0))
    if depth:
        on.add("kitty keyboard")
    return on
