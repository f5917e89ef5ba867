"""``khabar import`` and ``khabar export``: OPML, and newsboat's urls file in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tui.commands.context import Context, fail, prepare, say
from tui.news.model import Source
from tui.store.errors import StoreError


def run(arguments: argparse.Namespace) -> int:
    """Import or export sources; 1 when the file cannot be read, or nothing in it could be taken."""
    context = prepare(arguments)
    try:
        return _export(context, arguments) if arguments.command == "export" else _import(context, arguments)
    except StoreError as error:
        return fail(str(error))
    except OSError as error:
        name = getattr(arguments, "file", "") or getattr(arguments, "to", "")
        return fail(context.locale.text("command.unreadable", file=name, detail=error.strerror or ""))


def _import(context: Context, arguments: argparse.Namespace) -> int:
    from tui.sources import opml

    body = Path(arguments.file).read_bytes()
    looks_like_opml = b"<opml" in body[:4096].lower()
    outline = opml.read_opml(body) if looks_like_opml else opml.read_newsboat_urls(body.decode("utf-8", "replace"))
    for skipped in outline.skipped:
        say(skipped)
    known = {source.address for source in context.open_desk().sources.all()}
    fresh = [source for source in outline.sources if source.address not in known]
    for source in fresh:
        print(f"{source.title}\t{source.address}")
    if fresh and not arguments.dry_run:
        context.open_desk().sources.follow(fresh)
    say(context.locale.plural("command.imported", len(fresh), known=len(outline.sources) - len(fresh)))
    return 0 if outline.sources else 1


def _export(context: Context, arguments: argparse.Namespace) -> int:
    from tui.sources import opml

    sources: list[Source] = [source for source in context.open_desk().sources.all() if not source.builtin]
    body = opml.write_opml(sources)
    if arguments.to:
        Path(arguments.to).write_bytes(body)
    else:
        sys.stdout.buffer.write(body)
    return 0
