"""``khabar doctor``: what this terminal is, which mode reads right on it, and whether store and network are well."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from tui import __version__
from tui.bidi.layout import lay_out
from tui.commands.context import Context, prepare
from tui.desk.articles import Problem
from tui.news.model import View
from tui.store.errors import StoreError
from tui.terminal.lines import LineWriter
from tui.terminal.probe import identify
from tui.terminal.profile import Mode, Profile

SAMPLE = "خبر: فاز «Atlas FC» بنتيجة (1-0) بنسبة 75٪ في שלום 2026!"
"""Letters that join, a Latin name in quotes, a score in brackets, a percentage, Hebrew, a year: all that goes wrong."""
PATIENCE = 8.0
"""Seconds the network is given."""


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 when the store or the configuration is not well."""
    context = prepare(arguments)
    profile = identify(mode=Mode(context.settings.bidi)) if sys.stdout.isatty() else Profile()
    for line in _terminal(profile, context):
        print(line)
    _samples(context)
    for line in _paths(context):
        print(line)
    healthy = _store(context)
    return 0 if healthy and not context.problems else 1


def _terminal(profile: Profile, context: Context) -> Iterator[str]:
    text = context.locale.text
    yield f"khabar {__version__} · Python {platform.python_version()} · {platform.system()}"
    yield ""
    yield text("doctor.terminal", name=profile.name or os.environ.get("TERM", "—"), kind=profile.kind.value)
    if profile.multiplexer:
        yield text("doctor.multiplexer", name=profile.multiplexer.value)
    if profile.round_trip_ms is not None:
        yield text("doctor.round-trip", ms=round(profile.round_trip_ms))
    if profile.over_ssh:
        yield text("doctor.ssh")
    if profile.advice:
        yield text(f"doctor.advice.{profile.advice}")


def _samples(context: Context) -> None:
    print()
    print(context.locale.text("doctor.samples"))
    for mode in ("visual", "explicit", "runs", "words"):
        _sample(mode)
    print(context.locale.text("doctor.choose"))
    print()


def _sample(mode: str) -> None:
    with LineWriter.open(mode) as writer:
        for line in lay_out(SAMPLE, 60, base=1):
            writer.write(f"  {mode:9}" + " " * (60 - line.cells) + "".join(piece.text for piece in line.pieces()))


def _paths(context: Context) -> Iterator[str]:
    paths = context.paths
    for name, path in (
        ("store", paths.store),
        ("cache", paths.responses),
        ("configuration", paths.configuration),
        ("log", paths.log),
    ):
        yield f"{context.locale.text('doctor.path.' + name)}: {path} ({_size(path, context)})"


def _size(path: Path, context: Context) -> str:
    try:
        return f"{path.stat().st_size / 1_000_000:.1f} MB"
    except OSError:
        return context.locale.text("doctor.absent")


def _store(context: Context) -> bool:
    try:
        desk = context.open_desk()
    except (StoreError, OSError) as error:
        print(error)
        return False
    sources = [source for source in desk.sources.all() if source.enabled]
    print(context.locale.text("doctor.store", stories=desk.reading.count(View()), sources=len(sources)))
    for notice in desk.store.notices:
        print(notice.sentence)
    first = next((source for source in sources if not source.builtin), None)

    async def look() -> str:
        if first is None or context.settings.offline:
            return context.locale.text("doctor.network-untried")
        try:
            async with asyncio.timeout(PATIENCE):
                page = await desk.articles.page(first.address)
        except TimeoutError:
            return context.locale.text("doctor.network-slow", source=first.title)
        finally:
            await desk.aclose()
        return (
            page.sentence
            if isinstance(page, Problem)
            else context.locale.text("doctor.network-well", source=first.title)
        )

    print(asyncio.run(look()))
    return not desk.store.notices
