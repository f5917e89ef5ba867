"""``khabar import`` and ``khabar export``: OPML, and newsboat's urls file in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tui.commands.context import Context, prepare, print_json, safe_cells
from tui.commands.progress import Counting
from tui.desk.exchange import READ_LIMIT, replace
from tui.news.model import Source
from tui.store.errors import StoreError
from tui.store.store import Store


def run(arguments: argparse.Namespace) -> int:
    """Import or export sources; 1 when the file cannot be read, or nothing in it could be taken."""
    context = prepare(arguments)
    try:
        return _export(context, arguments) if arguments.command == "export" else _import(context, arguments)
    except StoreError as error:
        return context.fail(str(error))
    except (OSError, ValueError) as error:  # ValueError: a name that holds a NUL, which no file has
        of_output = isinstance(error, OSError) and not error.filename
        if of_output and not getattr(arguments, "to", ""):
            raise  # it is standard output that fails, not the file
        name = getattr(arguments, "file", "") or getattr(arguments, "to", "") or context.locale.text("script.output")
        detail = getattr(error, "strerror", "") or type(error).__name__
        return context.fail(context.locale.text("command.unreadable", file=name, detail=detail))


def _import(context: Context, arguments: argparse.Namespace) -> int:
    from tui.sources import opml

    body = _read(arguments.file)
    if len(body) > READ_LIMIT:
        limit = READ_LIMIT // 1_000_000
        return context.fail(context.locale.text("script.too-large", file=arguments.file, megabytes=limit))
    outline = opml.read_list(body)
    for skipped in outline.skipped:
        context.say(skipped)
    desk = context.open_desk()
    fresh = {source.address: source for source in desk.exchange.fresh(outline.sources)}
    if fresh and not arguments.dry_run:
        _follow(context, desk.store, list(fresh.values()))  # before anything is printed: whoever reads may go away
    for source in outline.sources if arguments.json else fresh.values():
        if arguments.json:
            print_json({"title": source.title, "address": source.address, "added": source.address in fresh})
        else:
            print("\t".join(safe_cells((source.title, source.address))))
    if not arguments.json:
        known_ones = len(outline.sources) - len(fresh)
        locale = context.locale
        said = locale.plural("command.imported", len(fresh)) if fresh else locale.text("exchange.none_added")
        context.say(f"{said} {locale.plural('exchange.known', known_ones)}" if known_ones else said)
    return 0 if outline.sources else 1


def _follow(context: Context, store: Store, fresh: list[Source]) -> None:
    """Follow them; Ctrl-C and a full disk end that, and what was followed stays."""
    counting = Counting(context, "command.importing")
    done = 0

    def told(now: int) -> bool:
        nonlocal done
        done = now
        counting.told(now, len(fresh))
        return True

    try:
        store.follow(fresh, told)
    except (KeyboardInterrupt, StoreError):
        context.say(context.locale.plural("command.import-stopped", done))
        raise


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(READ_LIMIT + 1)
    with Path(name).open("rb") as file:
        return file.read(READ_LIMIT + 1)


def _export(context: Context, arguments: argparse.Namespace) -> int:
    from tui.sources import opml

    sources: list[Source] = [source for source in context.open_desk().sources.all() if not source.builtin]
    body = opml.write_opml(sources)
    if arguments.to:
        replace(Path(arguments.to), body)
    else:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
    return 0
