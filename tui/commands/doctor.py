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
from tui.bidi.levels import isolate
from tui.bidi.sanitize import sanitize
from tui.commands.context import Context, prepare
from tui.commands.printer import aligned, terminal_width
from tui.desk.articles import Problem
from tui.news.model import View
from tui.store.errors import StoreError
from tui.terminal.lines import LineWriter
from tui.terminal.link import Speed, link_of
from tui.terminal.probe import identify
from tui.terminal.profile import Mode, Profile, with_mode

SAMPLE = "خبر: فاز «Atlas FC» بنتيجة (1-0) بنسبة 75٪ في שלום 2026!"
"""Letters that join, a Latin name in quotes, a score in brackets, a percentage, Hebrew, a year: all that goes wrong."""
PATIENCE = 8.0
"""Seconds the network is given."""
_WIDEST, _LABEL = 80, 12
"""Cells of a line at most, and those beside a sample: a mark for the mode in use, and the mode's name."""


class Paper:
    """Where the findings go: laid out for the terminal, as logical lines into a pipe."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.terminal = sys.stdout.isatty()
        self.measured = identify() if self.terminal else Profile()
        self.profile = with_mode(self.measured, Mode(context.settings.bidi))
        self.width = max(2 * _LABEL, terminal_width(_WIDEST))

    def say(self, text: str, **values: object) -> None:
        """One of the interface's texts as a paragraph; what is put into it keeps its own order."""
        self.print(self.context.locale.text(text, **{name: isolate(str(value)) for name, value in values.items()}))

    def print(self, *paragraphs: str) -> None:
        """Paragraphs in the interface's direction, or empty lines."""
        with LineWriter.open(self.context.settings.bidi, profile=self.measured) as writer:
            for text in paragraphs:
                if not self.terminal or self.profile.mode is Mode.LOGICAL:
                    writer.write_logical(sanitize(text))
                    continue
                for line in lay_out(text, self.width, base=int(self.context.locale.rtl), indent=2) if text else ():
                    writer.write(aligned(line, self.width))
                if not text:
                    writer.write("")

    def sample(self, mode: Mode) -> None:
        """The sample as ``mode`` sends it, the mode's name on the start side, marked if it is the one in use."""
        label = f"{'*' if self.profile.mode is mode else ' '} {mode.value}"
        rtl = self.context.locale.rtl
        with LineWriter.open(mode.value, profile=self.measured) as writer:
            if mode is Mode.LOGICAL:
                writer.write_logical(f"{label:{_LABEL}}{SAMPLE}")
                return
            for line in lay_out(SAMPLE, self.width - _LABEL, base=1):
                shown = aligned(line, self.width - _LABEL)
                writer.write(f"{shown}{label[2:]:>{_LABEL - 2}} {label[0]}" if rtl else f"{label:{_LABEL}}{shown}")
                label = "  "


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 when the store or the configuration is not well."""
    context = prepare(arguments)
    paper = Paper(context)
    _terminal(paper)
    _samples(paper)
    paper.print(*_paths(context))
    healthy = _store(paper)
    return 0 if healthy and not context.problems else 1


def _terminal(paper: Paper) -> None:
    profile = paper.profile
    paper.print(isolate(f"khabar {__version__} · Python {platform.python_version()} · {platform.system()}"), "")
    paper.say("doctor.terminal", name=profile.name or os.environ.get("TERM", "—"), kind=profile.kind.value)
    if profile.multiplexer:
        paper.say("doctor.multiplexer", name=profile.multiplexer.value)
    if profile.round_trip_ms is not None:
        paper.say("doctor.round-trip", ms=round(profile.round_trip_ms))
    paper.say(f"doctor.link-{'slow' if link_of(profile, Speed(paper.context.settings.link)).slow else 'fast'}")
    if profile.over_ssh:
        paper.say("doctor.ssh")
    if profile.advice:
        paper.say(f"doctor.advice.{profile.advice}")


def _samples(paper: Paper) -> None:
    paper.print("")
    paper.say("doctor.samples")
    for mode in Mode:
        paper.sample(mode)
    paper.say("doctor.choose", option="khabar --bidi MODE", setting='bidi = "MODE"')
    paper.print("")


def _paths(context: Context) -> Iterator[str]:
    paths = context.paths
    for name, path in (
        ("store", paths.store),
        ("cache", paths.responses),
        ("configuration", paths.configuration),
        ("log", paths.log),
    ):
        size = isolate(_size(path, context))
        yield f"{context.locale.text('doctor.path.' + name)}: {isolate(str(path), 0)} ({size})"


def _size(path: Path, context: Context) -> str:
    try:
        return f"{path.stat().st_size / 1_000_000:.1f}\xa0MB"
    except OSError:
        return context.locale.text("doctor.absent")


def _store(paper: Paper) -> bool:
    context = paper.context
    try:
        desk = context.open_desk(telling=False)
    except (StoreError, OSError) as error:
        paper.print(context.translated(str(error)))
        return False
    sources = [source for source in desk.sources.all() if source.enabled]
    paper.say("doctor.store", stories=desk.reading.count(View()), sources=len(sources))
    paper.print(*(context.translated(notice.sentence) for notice in desk.store.notices))
    first = next((source for source in sources if not source.builtin), None)

    async def look() -> str:
        if first is None or context.settings.offline:
            return context.locale.text("doctor.network-untried")
        name = isolate(first.title)
        try:
            async with asyncio.timeout(PATIENCE):
                page = await desk.articles.page(first.address)
        except TimeoutError:
            return context.locale.text("doctor.network-slow", source=name)
        finally:
            await desk.aclose()
        if isinstance(page, Problem):
            return context.translated(page.sentence)
        return context.locale.text("doctor.network-well", source=name)

    paper.print(asyncio.run(look()))
    return not desk.store.notices
