"""``khabar --kiosk``: the screen for readers on somebody else's host, by ForceCommand or as their login shell.

Whatever the reader sends besides keys is ignored: commands, arguments, environment (see ``tui.kiosk``). What the
administrator wants stands in a configuration of theirs and before the reader's name in the command.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from tui import config, locale
from tui.cli import Asked, Parser, add_kiosk
from tui.commands import siterules, streams
from tui.commands.context import fail, say
from tui.commands.interpreter import for_a_screen
from tui.commands.log import log_to
from tui.config import Settings
from tui.desk.desk import Desk
from tui.kiosk import asks_for_a_command, confine, who
from tui.locale import Locale
from tui.paths import Paths
from tui.store.errors import StoreError
from tui.store.readers import NoStoriesError
from tui.terminal.probe import Probe
from tui.terminal.profile import Mode, profile_of

log = logging.getLogger(__name__)
CONFIGURATION = Path("/etc/khabar.toml")
FOLDER = Path("/var/lib/khabar")
ANONYMOUS = "anonymous"


def run(argv: Sequence[str]) -> int:
    """Be a kiosk until the reader leaves; the exit code."""
    streams.secure()
    said = locale.from_environment()
    try:
        options = _options(argv)
        said = locale.from_environment(choice=options.lang)
        return _run(argv, options, said)
    except Asked as asked:
        from tui.commands import helping

        return helping.refuse(asked.parser, asked.mistake, locale.for_the_command_line())
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except KeyboardInterrupt:
        streams.abandon()
        return 130
    except Exception:
        log.exception("a fault of khabar's own")
        return fail(said.text("kiosk.fault"))


def _options(argv: Sequence[str]) -> argparse.Namespace:
    """The administrator's options: the first of each counts, and what is none of them is ignored."""
    parser = Parser(prog="khabar --kiosk", add_help=False)
    parser.register("action", None, _First)
    add_kiosk(parser)
    for name in ("--lang", "--config"):
        parser.add_argument(name, default="")
    return parser.parse_known_args(list(argv))[0]


class _First(argparse.Action):
    """Keeps the first value: what a client might add after the administrator's words changes nothing."""

    def __call__(
        self, parser: object, namespace: argparse.Namespace, values: Any, option_string: object = None
    ) -> None:
        """Store, once."""
        given = namespace.__dict__.setdefault("_given", set())
        if self.dest not in given:
            given.add(self.dest)
            setattr(namespace, self.dest, values)


def _run(argv: Sequence[str], options: argparse.Namespace, said: Locale) -> int:
    if asks_for_a_command(argv):
        return fail(said.text("kiosk.no-commands"))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return fail(said.text("kiosk.needs-terminal"))
    file = Path(options.config) if options.config else CONFIGURATION
    settings, problems = config.load(file)
    site_rules, wrong = siterules.load(file.with_name("sites.toml"))
    said = locale.from_environment(choice=options.lang or settings.language)
    paths = Paths.under(Path(settings.folder) if settings.folder else FOLDER)
    confine.limit(settings.kiosk_megabytes)
    confine.fence(str(paths.data))
    _log(paths, said, [*problems, *wrong])
    reader = "" if options.anonymous else who.reader_of(options.reader, os.environ)
    from tui.desk.kiosk import open_kiosk_desk

    with Probe.start() as probe, _own_file(paths.readers, reader) as own:
        try:
            with suppress(OSError):
                paths.cache.mkdir(mode=0o700, exist_ok=True)
            desk = open_kiosk_desk(
                paths.store,
                own,
                paths.responses,
                reader=reader or ANONYMOUS,
                cache_megabytes=settings.cache_megabytes,
                contact=settings.contact,
                site_rules=site_rules,
            )
        except (NoStoriesError, StoreError, OSError) as error:
            probe.finish()
            log.error("%s", error)
            known = isinstance(error, NoStoriesError)
            return fail(said.text("kiosk.no-news" if known else "kiosk.unavailable"))
        return asyncio.run(_stay(desk, settings, said, probe, options.idle or settings.kiosk_idle_minutes))


def _log(paths: Paths, said: Locale, problems: Sequence[config.Problem]) -> None:
    """Faults go to the host's log, and never to the reader's terminal."""
    logging.raiseExceptions = False  # a full disk is no news to the reader
    log_to(paths.log)
    for problem in problems:
        log.warning("%s", said.text(problem.key, file=problem.path, line=problem.line, **problem.values))

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("a fault of khabar's own", exc_info=(kind, error, trace))

    sys.excepthook = hook
    sys.unraisablehook = lambda it: log.error("a fault nobody hears of", exc_info=it.exc_value)
    threading.excepthook = lambda it: log.error("a fault of a thread", exc_info=it.exc_value)


@contextmanager
def _own_file(folder: Path, reader: str) -> Iterator[Path]:
    """The reader's file; one that goes at the end where nobody is to be remembered."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
    if reader:
        yield who.file_of(folder, reader)
        return
    _sweep(folder)
    path = folder / f".{ANONYMOUS}-{os.getpid()}"
    _forget(path)
    try:
        yield path
    finally:
        _forget(path)


def _sweep(folder: Path) -> None:
    """Forget anonymous readers whose session was killed."""
    for path in folder.glob(f".{ANONYMOUS}-*"):
        number = path.name.rpartition("-")[2]
        try:
            if number.isdecimal():
                os.kill(int(number), 0)
        except ProcessLookupError:
            _forget(path)
        except OSError:
            continue


def _forget(path: Path) -> None:
    for ending in ("-wal", "-shm", ""):
        path.with_name(path.name + ending).unlink(missing_ok=True)


async def _stay(desk: Desk, settings: Settings, said: Locale, probe: Probe, idle_minutes: float) -> int:
    from tui.desk.kiosk import follow_host
    from tui.ui.kiosk import KioskApp

    desk.events.bind(asyncio.get_running_loop())
    following: list[asyncio.Task[None]] = []

    async def begin() -> None:
        following.append(asyncio.create_task(follow_host(desk), name="follow the host"))

    for_a_screen()
    app = KioskApp(
        idle=idle_minutes * 60,
        longest=settings.kiosk_hours * 3600,
        desk=desk,
        settings=settings,
        locale=said,
        profile=profile_of(probe.finish(), os.environ, Mode(settings.bidi)),
        begin=begin,
    )
    try:
        await app.run_async()
    finally:
        for task in following:
            task.cancel()
        await desk.aclose()
    if app.closed_by:
        say(said.text(app.closed_by))
    elif app.return_code == 1:
        return fail(said.text("kiosk.fault"))
    return app.return_code or 0
