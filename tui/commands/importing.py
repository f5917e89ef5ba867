"""``khabar import`` and ``khabar export``: OPML, and newsboat's urls file in."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tui.commands.context import Context, prepare, print_json, safe_cells
from tui.news.model import Source
from tui.store.errors import StoreError

READ_LIMIT = 16_000_000
"""Bytes of a list of sources: a hundred thousand of them."""


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
    looks_like_opml = b"<opml" in body[:4096].lower()
    outline = opml.read_opml(body) if looks_like_opml else opml.read_newsboat_urls(body.decode("utf-8", "replace"))
    for skipped in outline.skipped:
        context.say(skipped)
    desk = context.open_desk()
    known = {source.address for source in desk.sources.all()}
    fresh = {source.address: source for source in outline.sources if source.address not in known}
    if fresh and not arguments.dry_run:
        desk.sources.follow(list(fresh.values()))  # before anything is printed: whoever reads that may go away
    for source in outline.sources if arguments.json else fresh.values():
        if arguments.json:
            print_json({"title": source.title, "address": source.address, "added": source.address in fresh})
        else:
            print("\t".join(safe_cells((source.title, source.address))))
    if not arguments.json:
        known_ones = len(outline.sources) - len(fresh)
        context.say(context.locale.plural("command.imported", len(fresh), known=known_ones))
    return 0 if outline.sources else 1


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
        _replace(Path(arguments.to), body)
    else:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
    return 0


def _replace(path: Path, body: bytes) -> None:
    """Write a file as a whole or not at all: a full disk must not take the export of yesterday."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(body)  # a device or a pipe
        return
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(handle)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
