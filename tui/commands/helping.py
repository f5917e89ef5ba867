"""``--help``, and what is said of a command line that cannot be understood: in the reader's language, laid out for both
directions. The texts are the parser's English ones; ``tui/locale/help`` has them in the other languages.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tui import config, locale
from tui.bidi.layout import Line, lay_out, line
from tui.bidi.levels import isolate, needs_bidi
from tui.bidi.sanitize import sanitize
from tui.cli import MODES
from tui.commands.context import say
from tui.commands.printer import GAP, terminal_width
from tui.config import Settings
from tui.locale import Locale
from tui.paths import default_paths
from tui.terminal.lines import LineWriter
from tui.ui.sentences import in_language

WIDEST = 80
"""Cells of a line at most."""
COLUMN, LEAST = 24, 20
"""Cells of the column of names at most, and of that of their texts at least."""
_OPTION = re.compile(r"(?<!\S)--?[a-z][a-z-]*")
_HYPHEN = re.compile("(?<=-)(?=[-a-z])")
_JOINER = "\u2060"
"""WORD JOINER: no line ends inside the name of an option. It is never shown."""
_UNSEEN = str.maketrans("", "", f"{_JOINER}\u2066\u2067\u2068\u2069")
_USAGE_WORD = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\S+")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the help: a name or nothing in the column at the start side, a line of text beside it."""

    name: Line
    column: int
    """Cells the name takes with what is blank around it."""
    indent: int
    text: Line
    logical: str

    def visual(self, width: int, *, rtl: bool) -> str:
        """From left to right; in a right-to-left language the columns run from the right edge of ``width`` cells."""
        name, text = (_visual(made) for made in (self.name, self.text))
        blank = " " * (self.column - self.indent - self.name.cells)
        if not rtl:
            return f"{' ' * self.indent}{name}{blank}{text}".rstrip()
        return " " * (width - self.column - self.text.cells) + text + blank + name + " " * self.indent


def answer(parser: argparse.ArgumentParser, mistake: str, argv: Sequence[str]) -> int:
    """Help on stdout and 0, or what is wrong on stderr and 2."""
    settings = _settings(argv)
    said = locale.for_the_command_line(_value(argv, "--lang") or settings.language)
    if mistake:
        return refuse(parser, mistake, said)
    width = terminal_width(WIDEST)
    _write(_Help(parser, said, width).rows(), width, said, _value(argv, "--bidi") or settings.bidi)
    return 0


def refuse(parser: argparse.ArgumentParser, mistake: str, said: Locale) -> int:
    """Say what cannot be understood and where help is; 2."""
    say(in_language(f"{sanitize(mistake)}; {parser.prog} --help says more.", said), int(said.rtl))
    return 2


def _settings(argv: Sequence[str]) -> Settings:
    """The reader's; what is wrong with them is not what was asked for."""
    file = _value(argv, "--config")
    return config.load(Path(file) if file else default_paths().configuration)[0]


def _value(argv: Sequence[str], option: str) -> str:
    """What was given for an option on a command line that was not understood."""
    for word, following in zip(argv, [*argv[1:], ""], strict=True):
        if word == option or word.startswith(f"{option}="):
            return following if word == option else word.partition("=")[2]
    return ""


def _write(rows: Iterable[Row | None], width: int, said: Locale, mode: str) -> None:
    """For the terminal as it needs them; in logical order into a pipe, and to a terminal that orders by itself."""
    found = list(rows)
    logical = not sys.stdout.isatty() or mode == "logical"
    if logical or not any(row and needs_bidi(row.logical) for row in found):
        sys.stdout.writelines(f"{row.logical if row else ''}\n" for row in found)
        return
    with LineWriter.open(mode if mode in MODES else "") as writer:
        for row in found:
            writer.write(row.visual(width, rtl=said.rtl) if row else "")


class _Help:
    """The help of one parser in one language, in lines of ``width`` cells."""

    def __init__(self, parser: argparse.ArgumentParser, said: Locale, width: int) -> None:
        self._parser, self._said, self._width = parser, said, width
        self._say = partial(in_language, locale=said)

    def rows(self) -> Iterator[Row | None]:
        """Its lines; None is an empty one."""
        yield from self._usage()
        yield from self._paragraph(self._parser.description)
        groups = [(group, list(_entries(group))) for group in self._parser._action_groups]  # argparse has no public way
        names = [name for _, entries in groups for name, _ in entries]
        column = min(COLUMN, max(map(len, names)) + 2 * GAP, max(2 * GAP, self._width - LEAST))
        for group, entries in groups:
            if entries:
                yield None
                yield from self._laid(self._say(f"{group.title}:"))
                yield from self._laid(self._say(group.description or ""), GAP)
                for name, text in entries:
                    yield from self._entry(name, self._say(text), column)
        yield from self._paragraph(self._parser.epilog)

    def _paragraph(self, english: str | None) -> Iterator[Row | None]:
        if english:
            yield None
        for paragraph in (english or "").splitlines():
            text = self._say(paragraph if paragraph.endswith(".") else f"{paragraph}.")
            yield from self._laid(text[:1].upper() + text[1:])

    def _usage(self) -> Iterator[Row]:
        """What may be typed, always from left to right: a block beside its title."""
        title = self._say("usage:")
        column = line(title, self._width).cells + 1
        formatter = argparse.HelpFormatter(self._parser.prog, width=10_000)
        formatter.add_usage(self._parser.usage, self._parser._actions, self._parser._mutually_exclusive_groups, "")
        lines = [
            found
            for usage in formatter.format_help().strip().splitlines()
            for found in _wrapped(_USAGE_WORD.findall(usage), self._width - column)
        ]
        block = max(map(len, lines))
        for number, text in enumerate(lines):
            words = text.ljust(block) if self._said.rtl else text
            yield self._row("" if number else title, column, 0, line(words, self._width, base=0), words)

    def _entry(self, name: str, text: str, column: int) -> Iterator[Row]:
        """A name, and beside it what it is; below it where it is too long."""
        beside = len(name) <= column - 2 * GAP
        if not beside or not text:
            yield self._row(name, self._width, GAP, line("", 1))
        for number, (made, logical) in enumerate(self._lines(text, column)):
            yield self._row(name if beside and not number else "", column, GAP, made, logical)

    def _laid(self, text: str, indent: int = 0) -> Iterator[Row]:
        """The text in lines behind ``indent`` blank cells."""
        for made, logical in self._lines(text, indent):
            yield self._row("", indent, 0, made, logical)

    def _lines(self, text: str, column: int) -> Iterator[tuple[Line, str]]:
        """What is beside ``column`` cells: laid out, and in logical order."""
        kept = _OPTION.sub(lambda option: _kept(option[0], rtl=self._said.rtl), text)
        for made in lay_out(kept, self._width - column, base=int(self._said.rtl)) if text else ():
            yield made, kept[made.start : made.end]

    def _row(self, name: str, column: int, indent: int, text: Line, logical: str = "") -> Row:
        base = int(needs_bidi(name))
        made = line(name, self._width, base=base)
        words = f"{' ' * indent}{name}{' ' * (column - indent - made.cells)}{logical}".translate(_UNSEEN)
        return Row(made, column, indent, text, words.rstrip())


def _entries(group: argparse._ArgumentGroup) -> Iterator[tuple[str, str]]:
    """The names of a group's options, arguments or commands as they are typed, and what each is."""
    for action in group._group_actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from ((choice.dest, choice.help or "") for choice in action._choices_actions)
            continue
        takes = action.metavar or "{%s}" % ",".join(map(str, action.choices or ()))  # noqa: UP031 - braces
        names = ", ".join(action.option_strings)
        yield " ".join(filter(None, (names, str(takes) if action.nargs != 0 else ""))), (action.help or "")


def _kept(option: str, *, rtl: bool) -> str:
    """An option's name that no line's end parts and that keeps its own order."""
    joined = _HYPHEN.sub(_JOINER, option)
    return isolate(joined, 0) if rtl else joined


def _wrapped(words: Iterable[str], width: int) -> Iterator[str]:
    """Words in lines of at most ``width`` cells; from the second on under the first's argument."""
    fitting = [part for word in words for part in ([word] if len(word) + 2 * GAP <= width else word.split())]
    text = ""
    for word in fitting:
        if text and len(text) + 1 + len(word) > width:
            yield text
            text = f"{' ' * (2 * GAP)}{word}"
        else:
            text = f"{text} {word}" if text else word
    yield text


def _visual(made: Line) -> str:
    return "".join(piece.text for piece in made.pieces())
