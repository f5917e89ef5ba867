"""``khabar fetch``: a refresh without a screen, for cron and for people who like to see it happen."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tui.commands.context import Context, fail, prepare, print_json, say
from tui.commands.first_start import follow_catalogue
from tui.desk.desk import Desk
from tui.desk.events import Event, SourceRefreshed
from tui.store.errors import StoreError


def run(arguments: argparse.Namespace) -> int:
    """Refresh all sources or the named ones; 0 when all went well, 1 when a source failed, 2 for an unknown name."""
    context = prepare(arguments)
    try:
        desk = context.open_desk()
    except (StoreError, OSError) as error:
        return fail(str(error))
    return asyncio.run(_fetch(desk, context, arguments))


async def _fetch(desk: Desk, context: Context, arguments: argparse.Namespace) -> int:
    try:
        if not desk.sources.all():
            follow_catalogue(desk, context.locale)
        ids: list[int] = []
        for name in arguments.source:
            source = desk.sources.find(name)
            if source is None:
                say(context.locale.text("command.no-such-source", name=name))
                return 2
            ids.append(source.id)
        wanted = ids or [s.id for s in desk.sources.all() if s.enabled]
        desk.events.subscribe(lambda event: _report(event, context, arguments))
        results = await desk.refresher.run(wanted, force=arguments.force)
    finally:
        await desk.aclose()
    return 1 if any(r.failed for r in results) else 0


def _report(event: Event, context: Context, arguments: argparse.Namespace) -> None:
    if not isinstance(event, SourceRefreshed):
        return
    if arguments.json:
        print_json(
            {
                "source": event.source.id,
                "title": event.source.title,
                "address": event.source.address,
                "outcome": event.outcome,
                "new": event.new,
                "failure": event.sentence,
            }
        )
    if event.outcome in ("failed", "offline") or event.sentence:
        say(f"{event.source.title}: {event.sentence}")
    elif arguments.verbose or (sys.stderr.isatty() and not arguments.json):
        line = context.locale.plural("command.fetched", event.new, source=event.source.title, outcome=event.outcome)
        print(f"{event.done}/{event.total} {line}", file=sys.stderr)
