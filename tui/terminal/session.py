"""What a class of terminal is told before the first frame and after the last, and on every way out.

VTE keeps its bidi mode with each row: the switch must come before the alternate screen is opened, or rows must be
cleared after it.  Inside tmux only clearing is possible.
"""

from __future__ import annotations

import contextlib
import os
import select
import termios
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from tui.terminal import restore
from tui.terminal.graphics import Plates
from tui.terminal.osc import through_screen
from tui.terminal.profile import Multiplexer, Profile, TerminalKind
from tui.terminal.sixel import Films
from tui.terminal.tmux import wrap

_CLEAR = "\x1b[2J"
_SWITCH = {
    TerminalKind.EXPLICIT: ("\x1b[8l", "\x1b[8h"),  # ECMA-48 BDSM: explicit, implicit
    TerminalKind.MLTERM: ("\x1b]5379;use_ctl=false\x07", "\x1b]5379;use_ctl=true\x07"),
}
_MODES_OFF = "".join(f"\x1b[?{mode}l" for mode in (2026, 1000, 1003, 1015, 1006, 1016, 2004, 2048, 1004))
# everything that a full-screen program of ours may have switched on; each is harmless where it was not
_PLAIN_PEN = "\x1b[m\x1b]8;;\x1b\\"
_AS_FOUND = "\x1b\\" + _PLAIN_PEN + _MODES_OFF + "\x1b[<u\x1b[?7h"
_CURSOR = "\x1b[?25h"
_MAIN_SCREEN = "\x1b[?1049l\x1b[?25h"


@dataclass(frozen=True, slots=True)
class Switches:
    """Sequences around the life of a full-screen program; any may be ""."""

    before_alternate: str = ""
    after_alternate: str = ""
    before_main: str = ""
    after_main: str = ""


def switches(profile: Profile) -> Switches:
    """What `profile` needs.  The state before us cannot be read everywhere: we put back each terminal's default."""
    if profile.kind not in _SWITCH:
        return Switches()
    on, off = _SWITCH[profile.kind]
    match profile.multiplexer:
        case Multiplexer.TMUX_PASSTHROUGH:
            return Switches(after_alternate=wrap(on) + _CLEAR, before_main=wrap(off) + _CLEAR)
        case Multiplexer.SCREEN:
            return Switches(after_alternate=through_screen(on) + _CLEAR, before_main=through_screen(off) + _CLEAR)
        case _:
            return Switches(before_alternate=on, after_main=off)


class Session:
    """One stay in the terminal.  The four steps give what is to be written, and keep the emergency exit armed."""

    def __init__(self, profile: Profile, fd_out: int = 2, fd_in: int = 0) -> None:
        self.profile = profile
        self.cursor = False
        """Whether the cursor stays in sight: braille displays and screen readers follow it."""
        self.plates = Plates()
        """The pictures of the full screen that the terminal keeps; they come back with it."""
        self.films = Films()
        """Those that are drawn whenever their cells are."""
        self._fd_out, self._fd_in = fd_out, fd_in
        self._mode: list[object] | None = None
        self._active = False
        self._full_screen = False
        self._take_over: Callable[[], object] | None = None

    def follow(self, release: Callable[[], object]) -> None:
        """Who had the input before us; `release` is called when we begin, and not a moment earlier."""
        self._take_over = release

    @property
    def active(self) -> bool:
        """Is there anything to restore?"""
        return self._active

    def begin(self) -> str:
        """To be written first of all, before the alternate screen is opened."""
        if not self._active:
            self._active = True
            if self._take_over is not None:
                self._take_over()
                self._take_over = None
            with contextlib.suppress(termios.error, OSError):
                self._mode = termios.tcgetattr(self._fd_in)
            restore.register(self._emergency)
        return switches(self.profile).before_alternate

    def opened(self) -> str:
        """To be written after the alternate screen was opened."""
        self._full_screen = True
        return switches(self.profile).after_alternate + (_CURSOR * self.cursor) + self.plates.again()

    def closing(self) -> str:
        """To be written before the alternate screen is left."""
        return _PLAIN_PEN + self.plates.away() + switches(self.profile).before_main

    def end(self) -> str:
        """To be written last of all.  Written or on its way, the emergency exit is no longer needed."""
        if self._active:
            self._active = self._full_screen = False
            restore.forget(self._emergency)
        return switches(self.profile).after_main

    def change(self, profile: Profile) -> str:
        """To be written when the class changes while the screen is open; a full repaint must follow."""
        old, new = switches(self.profile), switches(profile)
        self.profile = profile
        if old == new:
            return ""
        return old.before_main + old.after_main + new.before_alternate + new.after_alternate + _CLEAR

    def moved_to(self, profile: Profile) -> str:
        """To be written when another terminal shows the screen; the one before is out of reach, and this one as new."""
        self.profile = profile
        wanted = switches(profile)
        return wanted.before_alternate + wanted.after_alternate

    def __enter__(self) -> Session:
        """For programs that print on the main screen: the switch alone."""
        self._write(self.begin())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Takes the switch back."""
        self._write(self.end())

    def _emergency(self) -> None:
        """The program is ending without having ended the session."""
        if not self._active:
            return
        wanted = switches(self.profile)
        text = _AS_FOUND + self.plates.away() + wanted.before_main + _MAIN_SCREEN + wanted.after_main
        if not self._full_screen:
            text = wanted.before_main + wanted.after_main
        self.end()
        self._write(text)
        if self._mode is not None:
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(self._fd_in, termios.TCSANOW, self._mode)  # type: ignore[arg-type]

    def _write(self, text: str) -> None:
        """Straight to the terminal; a dead or stalled one is given up after a moment."""
        data = text.encode("utf-8")
        with contextlib.suppress(OSError, ValueError):
            while data and select.select([], [self._fd_out], [], 0.2)[1]:
                data = data[os.write(self._fd_out, data[:512]) :]
