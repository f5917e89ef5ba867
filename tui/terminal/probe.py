"""Asks the terminal what it is: one write, one round trip, before anything is drawn.

    with Probe.start() as probe: …other work…; profile = profile_of(probe.finish(), os.environ)

All questions go out in one piece.  The last one (DA1) is answered by every terminal measured, and terminals answer
in order: its reply is the fence behind which nothing can come.  Terminals that do not know a question may print its
final letter; the line is wiped before anybody sees it.  Questions that print more than that (APC and DCS requests in
PuTTY, urxvt and others) are not asked.

From the questions to the end of the `with` block input is unechoed and unbuffered, so that neither replies nor keys are
printed; a full-screen program ends that state itself when it takes the terminal over (`release`).
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
import termios
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType

from tui.terminal import restore, tmux
from tui.terminal.profile import Answers, Mode, Multiplexer, Profile, profile_of
from tui.terminal.replies import has_fence, read_answers, strip_replies

TIMEOUT, TIMEOUT_OVER_SSH = 1.0, 2.0
LATE = 0.8
"""Seconds after the time is up in which replies may still come.  Nothing waits for them but the end of the program."""
_FENCE = "\x1b[c"
QUESTIONS = "\x1b[8$p\x1b[>c\x1b[=c\x1b[>q\x1b[?2026$p\x1b]11;?\x07" + _FENCE
ASK_UTF8 = "\r\xa0\x1b[6n"
"""One blank in UTF-8, two characters in anything older; where is the cursor then?"""
ASK_KITTY_FONT = "\x1bP+q" + b"kitty-query-font_family".hex() + "\x1b\\" + _FENCE
_WIPE = "\r\x1b[K"
_NEVER_ASKED = frozenset({"", "dumb", "linux", "unknown"})  # consoles that print what they do not know
_GONE = (
    3  # reads that bring nothing though there was something to read: the terminal is gone, or somebody else reads it
)
_ECHO = termios.ECHO | termios.ICANON
_LFLAG, _IFLAG, _CC = 3, 0, 6


class Probe:
    """A question that is under way.  `finish` gives the answers, leaving the `with` block gives the input back."""

    def __init__(self, fd_in: int, fd_out: int, env: Mapping[str, str]) -> None:
        self._fd_in, self._fd_out, self._env = fd_in, fd_out, env
        self._saved: list[object] | None = None
        self._opened: int | None = None
        self._began = 0.0
        self._thread: threading.Thread | None = None
        self._text = ""
        self._asked_at = 0  # what of the text was there before the question under way
        self._fence_at: float | None = None
        self._wiped = False
        self._deadline = 0.0

    @classmethod
    def start(
        cls,
        fd_in: int | None = None,
        fd_out: int | None = None,
        env: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Probe:
        """Ask, and return at once.  Asks nothing where there is no terminal, or where we are in the background.

        The default descriptors are standard input, or the controlling terminal where that is a pipe, and the first
        of standard error (which Textual draws on) and standard output that is a terminal.  `timeout` counts from
        here, in seconds.
        """
        env = os.environ if env is None else env
        opened = _controlling_terminal() if fd_in is None and not _is_tty(0) else None
        fd_in = opened or 0 if fd_in is None else fd_in
        fd_out = next((fd for fd in (2, 1) if _is_tty(fd)), 2) if fd_out is None else fd_out
        probe = cls(fd_in, fd_out, env)
        probe._opened = opened
        if _may_ask(fd_in, fd_out, env):
            over_ssh = "SSH_CONNECTION" in env or "SSH_TTY" in env
            probe._ask(timeout if timeout is not None else TIMEOUT_OVER_SSH if over_ssh else TIMEOUT)
        return probe

    def __enter__(self) -> Probe:
        """The probe itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Gives the input back: at once, or where replies may still come, when they have come or their time is over.

        Until then they are thrown away in a thread, and the program goes on; its end waits for them.
        """
        self._wait()
        if self._saved is None or self._fence_at is not None:
            self.release()
            return
        self._wipe()
        self._deadline = time.monotonic() + LATE
        self._thread = threading.Thread(target=self._throw_away, name="probe", daemon=True)
        self._thread.start()
        restore.register(self._wait)

    def finish(self) -> Answers:
        """Wait for the fence or the end of the time, and say what was answered."""
        if self._saved is None:
            return Answers(multiplexer=_multiplexer(Answers(), self._env))
        self._wait()
        answers = read_answers(self._text)
        answers = replace(answers, asked=True, multiplexer=_multiplexer(answers, self._env))
        if self._fence_at is not None:
            answers = replace(answers, round_trip_ms=(self._fence_at - self._began) * 1000)
        if answers.multiplexer is Multiplexer.TMUX:
            answers = self._ask_beyond_tmux(answers)
        if answers.version.startswith("kitty"):
            answers = self._ask_kitty_font(answers)
        return replace(answers, typed=strip_replies(self._text).replace("\n", "\r"))

    def release(self) -> None:
        """Give the input back now: to the program that takes the terminal over, and what comes late with it."""
        asked = self._saved is not None
        self._restore_mode()
        if asked and not self._wiped:
            self._wipe()
        self._close()

    def _wipe(self) -> None:
        """What a terminal printed of a question that it does not know."""
        self._wiped = True
        self._write(_WIPE)

    def _ask(self, timeout: float) -> None:
        """Input unechoed and unbuffered, then the questions, then somebody to note when the replies come."""
        self._saved = termios.tcgetattr(self._fd_in)
        quiet = termios.tcgetattr(self._fd_in)
        quiet[_LFLAG] &= ~_ECHO
        quiet[_IFLAG] &= ~termios.ICRNL
        quiet[_CC] = list(quiet[_CC])
        quiet[_CC][termios.VMIN], quiet[_CC][termios.VTIME] = 0, 0  # somebody else may be quicker: never wait in read
        restore.register(self._restore_mode)
        termios.tcsetattr(self._fd_in, termios.TCSANOW, quiet)
        self._put(("" if says_utf8(self._env) else ASK_UTF8) + "\r" + QUESTIONS, timeout)

    def _put(self, questions: str, timeout: float) -> None:
        self._began = time.monotonic()
        self._deadline = self._began + timeout
        self._fence_at = None
        self._asked_at = len(self._text)
        self._write(questions)
        self._thread = threading.Thread(target=self._listen, name="probe", daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        """Collect input until the fence or the deadline.  A thread, so that work goes on and the time is true."""
        empty = 0
        while (left := self._deadline - time.monotonic()) > 0 and empty < _GONE:
            try:
                if not select.select([self._fd_in], [], [], left)[0]:
                    return
                data = os.read(self._fd_in, 4096)
            except (OSError, ValueError):
                return
            empty = 0 if data else empty + 1
            self._text += data.decode("utf-8", "replace")
            if has_fence(self._text[self._asked_at :]):
                self._fence_at = time.monotonic()
                return

    def _throw_away(self) -> None:
        """Late replies, up to the fence."""
        self._listen()
        self.release()
        restore.forget(self._wait)

    def _wait(self) -> None:
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _ask_beyond_tmux(self, answers: Answers) -> Answers:
        """What terminal tmux runs in: asked through it where it lets us, else as tmux tells."""
        if not tmux.allow_passthrough(self._env):
            return replace(answers, outer_term=tmux.client_term(self._env))
        seen = len(self._text)
        # a terminal that has just begun to start is slower than tmux, and a wrong guess turns its text round
        self._put(tmux.wrap(QUESTIONS), max(0.8, min(1.5, 10 * (answers.round_trip_ms or 100) / 1000)))
        self._wait()
        if self._fence_at is None:
            return replace(answers, outer_term=tmux.client_term(self._env), fenced=False)
        outer = read_answers(self._text[seen:])
        return replace(
            outer,
            asked=True,
            multiplexer=Multiplexer.TMUX_PASSTHROUGH,
            round_trip_ms=(self._fence_at - self._began) * 1000,
            sync_mode=answers.sync_mode,  # frames are tmux's business
        )

    def _ask_kitty_font(self, answers: Answers) -> Answers:
        """kitty alone is asked a second time: how it draws a word depends on the font's having the letters."""
        seen = len(self._text)
        through_tmux = answers.multiplexer is Multiplexer.TMUX_PASSTHROUGH
        self._put(tmux.wrap(ASK_KITTY_FONT) if through_tmux else ASK_KITTY_FONT, 0.5)
        self._wait()
        return replace(answers, font=read_answers(self._text[seen:]).font, fenced=self._fence_at is not None)

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            os.write(self._fd_out, text.encode())

    def _restore_mode(self) -> None:
        saved, self._saved = self._saved, None
        if saved is None:
            return
        restore.forget(self._restore_mode)
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(self._fd_in, termios.TCSANOW, saved)  # type: ignore[arg-type]

    def _close(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            os.close(opened)


def identify(
    fd_in: int | None = None,
    fd_out: int | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float | None = None,
    mode: Mode = Mode.AUTO,
) -> Profile:
    """Ask and wait: the profile of the terminal at hand, under the user's `mode`."""
    env = os.environ if env is None else env
    with Probe.start(fd_in, fd_out, env, timeout) as probe:
        return profile_of(probe.finish(), env, mode)


def says_utf8(env: Mapping[str, str]) -> bool:
    """Whether the environment says UTF-8, or nothing (POSIX: the first of these that is set counts)."""
    values = (env.get("LC_ALL"), env.get("LC_CTYPE", "").replace("C.UTF-8", ""), env.get("LANG"))  # C.UTF-8: PEP 538's
    named = next(filter(None, values), "")
    return not named or named.lower().replace("-", "").partition(".")[2].startswith("utf8")


def _multiplexer(answers: Answers, env: Mapping[str, str]) -> Multiplexer:
    """What it says itself counts; the environment (which terminals started from inside inherit) only if it is mute."""
    if answers.version.startswith("tmux") or answers.da2.startswith("84;"):
        return Multiplexer.TMUX
    if answers.da2.startswith("83;"):
        return Multiplexer.SCREEN
    if answers.fenced:
        return Multiplexer.NONE
    if "TMUX" in env:
        return Multiplexer.TMUX
    return Multiplexer.SCREEN if "STY" in env else Multiplexer.NONE


def _may_ask(fd_in: int, fd_out: int, env: Mapping[str, str]) -> bool:
    """A terminal on both sides, one that can be asked, and we are in its foreground (others are stopped)."""
    if sys.platform == "win32" or env.get("TERM", "") in _NEVER_ASKED:
        return False
    if not (_is_tty(fd_in) and _is_tty(fd_out)):
        return False
    try:
        return os.tcgetpgrp(fd_in) == os.getpgrp()
    except OSError:  # not our controlling terminal (a test's, or a supervisor's): nobody can stop us there
        return True


def _controlling_terminal() -> int | None:
    """For programs whose standard input is a pipe.  None: there is no terminal."""
    try:
        return os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return None


def _is_tty(fd: int) -> bool:
    try:
        return os.isatty(fd)
    except OSError:
        return False
