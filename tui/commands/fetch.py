"""``khabar fetch``: a refresh without a screen, for cron and systemd, and for people who like to see it happen.

Quiet unless something failed; then one line for each reason, however many sources share it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from tui.commands.context import Context, prepare, print_json
from tui.commands.first_start import follow_catalogue
from tui.commands.progress import Counting
from tui.desk.alone import Busy
from tui.desk.desk import Desk
from tui.desk.events import Event, IndexProgress, SourceMoved, SourceRefreshed, SourceRetired, Trouble
from tui.store.errors import StoreError
from tui.store.lease import Holder


def run(arguments: argparse.Namespace) -> int:
    """Refresh all sources or the named ones; 0 when all went well, 1 when a source failed, 2 for an unknown name."""
    context = prepare(arguments)
    if arguments.systemd:
        from tui.commands.units import unit

        print(unit(arguments.systemd, context, arguments.config), end="")
        return 0
    try:
        desk = context.open_desk()
        if context.paths.readers.is_dir():
            from tui.store.readers import keep_starred

            keep_starred(desk.store, context.paths.readers)
        return asyncio.run(_fetch(desk, context, arguments))
    except Busy as busy:
        return context.fail(context.locale.text("lease.busy", **_named(busy.holder)))
    except StoreError as error:
        return context.fail(str(error))


async def _fetch(desk: Desk, context: Context, arguments: argparse.Namespace) -> int:
    report = Report(context, arguments)
    try:
        if not desk.sources.all():
            follow_catalogue(desk, context.locale)
        wanted: list[int] = []
        for name in arguments.source:
            source = desk.sources.find(name)
            if source is None:
                context.say(context.locale.text("command.no-such-source", name=name))
                return 2
            wanted.append(source.id)
        if not arguments.source:
            wanted = [s.id for s in desk.sources.all() if s.enabled]
        desk.events.subscribe(report.heard)
        results = await desk.refresher.run(
            wanted, force=arguments.force, waiting=report.waiting, wait=not arguments.no_wait
        )
    except asyncio.CancelledError:  # Ctrl-C
        context.say(context.locale.text("notices.refresh_stopped"))
        raise
    finally:
        report.end()
        await desk.aclose()
    return 1 if any(r.failed for r in results) else 0


class Report:
    """Says what happens, as much of it as was asked for."""

    def __init__(self, context: Context, arguments: argparse.Namespace) -> None:
        self._context = context
        self._json: bool = arguments.json
        self._each: bool = arguments.verbose or (sys.stderr.isatty() and not arguments.json)
        self._indexing = Counting(context, "command.indexing")
        self._failures: dict[str, list[str]] = {}

    def waiting(self, holder: Holder) -> None:
        """Another process is fetching; whoever watches should know why nothing happens."""
        if self._each:
            self._context.say(self._context.locale.text("lease.waiting", **_named(holder)))

    def heard(self, event: Event) -> None:
        """One event of the desk."""
        match event:
            case SourceRefreshed():
                self._refreshed(event)
            case IndexProgress(done, total):
                if not self._json:
                    self._indexing.told(done, total)
            case SourceMoved(source):
                said = self._context.locale.text("command.moved", source=source.title, address=source.address)
                self._context.say(said)
            case SourceRetired(source):
                self._context.say(self._context.locale.text("command.retired", source=source.title))
            case Trouble(sentence):
                self._context.say(sentence)

    def _refreshed(self, event: SourceRefreshed) -> None:
        if self._json:
            print_json(record(event))
        if event.outcome in ("failed", "offline") or event.sentence:
            if self._each:
                self._context.say(f"{event.source.title}: {self._context.translated(event.sentence)}")
            else:
                self._failures.setdefault(event.sentence, []).append(event.source.title)
        elif self._each:
            line = self._context.locale.plural(
                "command.fetched", event.new, source=event.source.title, outcome=event.outcome
            )
            print(f"{event.done}/{event.total} {line}", file=sys.stderr)

    def end(self) -> None:
        """Say what failed: the source and why, or how many sources failed for the same reason."""
        for sentence, titles in self._failures.items():
            said = self._context.translated(sentence)
            if len(titles) <= 2:
                for title in titles:
                    self._context.say(f"{title}: {said}")
            else:
                self._context.say(self._context.locale.plural("script.failed", len(titles), sentence=said))
        self._failures.clear()


def record(event: SourceRefreshed) -> dict[str, object]:
    """What became of a source, as ``--json`` prints it."""
    return {
        "source": event.source.id,
        "title": event.source.title,
        "address": event.source.address,
        "outcome": event.outcome,
        "new": event.new,
        "failure": event.sentence,
    }


def _named(holder: Holder) -> dict[str, str]:
    return {"pid": str(holder.pid), "host": holder.host}  # text: a process number has no digits of a language
