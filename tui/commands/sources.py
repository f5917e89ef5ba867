"""``khabar sources``, ``add`` and ``remove``: what is followed, and how it is doing."""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.commands.context import Context, prepare, print_json, safe_cells
from tui.commands.printer import Printer
from tui.commands.times import iso
from tui.desk.articles import Problem
from tui.desk.places import Place
from tui.desk.reading import PAUSE
from tui.desk.sources import Added
from tui.news.health import Health
from tui.news.model import Link, Source
from tui.store.errors import StoreError
from tui.ui.health import bar, following, share, size, success

if TYPE_CHECKING:
    from tui.desk.desk import Desk


def run(arguments: argparse.Namespace) -> int:
    """Dispatch ``sources``, ``add`` and ``remove``."""
    context = prepare(arguments)
    try:
        if arguments.command == "add":
            return asyncio.run(_add(context, arguments))
        if arguments.command == "remove":
            return asyncio.run(_remove(context, arguments))
        if arguments.catalogue is not None:
            return _catalogue(context, arguments)
        return _list(context, arguments)
    except StoreError as error:
        return context.fail(str(error))


async def _add(context: Context, arguments: argparse.Namespace) -> int:
    desk = context.open_desk()
    try:
        found = await desk.sources.look(arguments.url)
        feeds = found.feeds if isinstance(found, Place) else ()
        added: Added | Problem | None = None if isinstance(found, Place) else found
        if isinstance(found, Place):
            chosen = found.feed(arguments.feed) if arguments.feed else None
            if chosen is not None or not arguments.feed:
                added = await desk.sources.follow_place(found, chosen, title=arguments.title)
    finally:
        await desk.aclose()
    if isinstance(added, Problem):
        return context.fail(added.sentence)
    if added is None:
        said = "command.no-such-feed" if feeds else "command.no-feed-there"
        context.say(context.locale.text(said, feed=arguments.feed))
        _print_feeds(context, arguments, feeds)
        return 2
    if arguments.json:
        choices = [{"title": link.text, "address": link.url} for link in feeds]
        print_json({**record(added.source, None), "stories": added.stories, "existed": added.existed, "feeds": choices})
    elif added.existed:
        context.say(context.locale.text("command.already-followed", source=added.source.title))
    else:
        context.say(context.locale.plural("command.added", added.stories, source=added.source.title))
    if len(feeds) > 1 and not arguments.feed and not arguments.json:
        context.say(context.locale.text("command.more-feeds"))
        _print_feeds(context, arguments, feeds)
    return 0


def _print_feeds(context: Context, arguments: argparse.Namespace, feeds: Sequence[Link]) -> None:
    """The feeds to choose from, each with its number."""
    printer = Printer(context, arguments)
    for number, link in enumerate(feeds, 1):
        printer.row(safe_cells((str(number), link.text, link.url)))
    printer.flush()


def _let_go(desk: Desk, source: Source) -> None:
    """Remove a source with all its stories: the next command need not find the rest of them. Raises StoreError."""
    desk.store.remove_source(source.id)
    while desk.store.carry_on():
        time.sleep(PAUSE)


async def _remove(context: Context, arguments: argparse.Namespace) -> int:
    desk = context.open_desk()
    try:
        source = desk.sources.find(arguments.source)
        if source is None:
            context.say(context.locale.text("command.no-such-source", name=arguments.source))
            return 2
        await asyncio.to_thread(_let_go, desk, source)
    finally:
        await desk.aclose()
    if arguments.json:
        print_json(record(source, None))
    else:
        context.say(context.locale.text("command.removed", source=source.title))
    return 0


def _catalogue(context: Context, arguments: argparse.Namespace) -> int:
    from tui.sources import catalogue

    printer = Printer(context, arguments)
    for entry in catalogue.search(arguments.catalogue):
        if arguments.json:
            print_json(
                {"title": entry.title, "address": entry.address, "language": entry.language, "country": entry.country}
            )
        else:
            printer.row(safe_cells((entry.language, entry.title, entry.address)))
    printer.flush()
    return 0


def _list(context: Context, arguments: argparse.Namespace) -> int:
    printer = Printer(context, arguments)
    _list_store(context, arguments, printer)
    if arguments.health and context.for_demo().paths.store.exists():
        _list_store(context.for_demo(), arguments, printer)
    printer.flush()
    return 0


def _list_store(context: Context, arguments: argparse.Namespace, printer: Printer) -> None:
    desk = context.open_desk()
    healths = desk.sources.healths()
    for source in desk.sources.all():
        health = healths.get(source.id)
        if arguments.json:
            print_json(record(source, health))
        elif arguments.health:
            printer.row(safe_cells((str(source.id), source.title, *_health_cells(context, health))))
        else:
            printer.row(safe_cells((str(source.id), source.language, source.title, source.address)))
    desk.store.close()


def record(source: Source, health: Health | None) -> dict[str, object]:
    """A source and its health as ``--json`` prints them."""
    last = health.last if health else None
    return {
        "id": source.id,
        "title": source.title,
        "address": source.address,
        "language": source.language,
        "country": source.country,
        "enabled": source.enabled,
        "builtin": source.builtin,
        "last_try": iso(last.at if last else None),
        "outcome": last.outcome if last else None,
        "status": last.status if last else None,
        "bytes": last.bytes if last else None,
        "new": last.new if last else None,
        "failure": last.sentence if last else "",
        "last_success": iso(health.last_success if health else None),
        "next_allowed": iso(health.next_allowed if health else None),
        "revalidated_share": round(health.revalidated_share, 3) if health else None,
        "tries": [t.outcome for t in health.tries] if health else [],
    }


def _health_cells(context: Context, health: Health | None) -> tuple[str, ...]:
    locale = context.locale
    if health is None or health.last is None:
        return (locale.text("health.never"), "", "", "", "", "", "")
    now, last = datetime.now(UTC), health.last
    said = (context.translated(last.sentence), following(health, locale, now))
    return (
        locale.age(last.at, now),
        f"{last.status or '—'} {last.outcome}",
        success(health, locale, now),
        size(last.bytes, locale),
        share(health, locale),
        bar(health.tries),
        " · ".join(part for part in said if part),
    )
