"""``khabar show``: text, laid out for this terminal as fribidi(1) does, but right. Its options are fribidi's."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import BinaryIO

from tui.bidi.breaks import cell_width
from tui.bidi.layout import lay_out
from tui.bidi.levels import base_direction, isolate, resolve
from tui.bidi.sanitize import LINE_LIMIT, sanitize_block
from tui.commands.context import prepare
from tui.commands.printer import aligned, terminal_width
from tui.terminal.lines import LineWriter

TAB = 8
"""Columns from one tab stop to the next, as terminals have them."""
_FACTS = ("basedir", "ltov", "vtol", "levels")


def run(arguments: argparse.Namespace) -> int:
    """Lay out the files, or standard input, a paragraph a line, each as soon as it is there; 1: a file has failed."""
    context = prepare(arguments)
    mode = arguments.mode or context.settings.bidi
    failed = 0
    with LineWriter.open(mode) as writer:
        show = _Showing(arguments, writer, logical=mode == "logical")
        for name in arguments.files or ["-"]:
            try:
                for paragraph in _read(name):
                    show.paragraph("\t".join(map(sanitize_block, paragraph.split("\t"))))
            except _UnreadableError as error:
                detail = str(error)
                failed = context.fail(context.locale.text("command.unreadable", file=name, detail=detail))
    return failed


class _UnreadableError(Exception):
    """A file that cannot be read, and why: not to be mistaken for an output that takes no more."""


def _read(name: str) -> Iterator[str]:
    try:
        if name == "-":
            yield from paragraphs(sys.stdin.buffer)
        else:
            with open(name, "rb") as stream:  # noqa: PTH123 - a name as it was given
                yield from paragraphs(stream)
    except (OSError, ValueError) as error:  # ValueError: a name that holds a NUL, which no file has
        raise _UnreadableError(getattr(error, "strerror", None) or str(error)) from error


class _Showing:
    """What was asked for, applied to one paragraph after the other."""

    def __init__(self, arguments: argparse.Namespace, writer: LineWriter, *, logical: bool) -> None:
        self._wanted, self._writer, self._logical = arguments, writer, logical
        self._width: int = arguments.width or terminal_width()
        self._facts = [name for name in _FACTS if getattr(arguments, name) or arguments.verbose]

    def paragraph(self, text: str) -> None:
        """Its lines, and what else of it was asked for."""
        if not self._wanted.novisual:
            self._show(text.expandtabs(TAB) if self._logical else text)
        for fact in facts(text, self._base(text), self._facts):
            self._writer.write_logical(fact)
        self._writer.flush()

    def _base(self, text: str) -> int | None:
        if self._wanted.base is not None or self._wanted.weak is None:
            return self._wanted.base  # type: ignore[no-any-return]
        found = base_direction(text)
        return self._wanted.weak if found is None else found

    def _show(self, text: str) -> None:
        wanted = self._wanted
        if self._logical or not text:
            self._writer.write_logical(text)
            return
        width = 2 * len(text) + self._width if wanted.nobreak else self._width
        base = self._base(text)
        if "\t" in text:
            text, base = in_columns(text), base if base is not None else base_direction(text)
        for line in lay_out(text, width, base=base, marks=wanted.marks, justify=wanted.justify):
            self._writer.write(aligned(line, 0 if wanted.nopad else self._width))


def in_columns(text: str) -> str:
    """Tabs as blanks, what stands between them isolated.

    Tabs are segment separators (UAX #9, class S and L1): columns follow each other in the paragraph's direction.
    """
    columns = [isolate(segment) + " " * (TAB - cell_width(segment) % TAB) for segment in text.split("\t")]
    return "".join(columns).rstrip()


def facts(text: str, base: int | None, wanted: list[str]) -> Iterator[str]:
    """Lines of what UAX #9 finds in a paragraph, as fribidi writes them; places count from 0, lines are not broken."""
    if not wanted:
        return
    paragraph = resolve(text, base)
    order = paragraph.line_order()
    places = dict(zip(order, range(len(order)), strict=True))
    found = {
        "basedir": "Base direction: " + "LR"[paragraph.level],
        "ltov": " ".join(str(places[place]) for place in range(len(text))),
        "vtol": " ".join(map(str, order)),
        "levels": " ".join(map(str, paragraph.line_levels())),
    }
    yield from (found[name] for name in wanted)


def paragraphs(stream: BinaryIO, limit: int = LINE_LIMIT) -> Iterator[str]:
    """The lines of a stream without their ends, as soon as each is there.

    A line of more than ``limit`` bytes is parted at a blank, where there is one, so that none has to be waited for or
    held for ever.
    """
    begun = b""
    while piece := stream.readline(limit - len(begun)):
        begun += piece
        whole, begun = _parted(begun) if len(begun) == limit and not begun.endswith(b"\n") else (begun, b"")
        yield _decoded(whole)
    if begun:
        yield _decoded(begun)


def _parted(data: bytes) -> tuple[bytes, bytes]:
    """In two, behind the last blank of its second half, else between two characters."""
    at = data.rfind(b" ", len(data) // 2) + 1
    if not at:
        at = next((at for at in range(len(data) - 1, len(data) - 4, -1) if data[at] & 0xC0 != 0x80), len(data))
    return data[:at], data[at:]


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace").rstrip("\r\n")
