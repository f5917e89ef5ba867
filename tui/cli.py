"""The command line: what may be said, and which command does it.

Each command lives in ``tui.commands`` and is imported when it runs, so that none pays for another. Data go to stdout
and everything else to stderr; exit codes are 0 (all fine), 1 (something failed), 2 (usage).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from tui import __version__

SCREEN = "screen"
MODES = ("auto", "visual", "explicit", "runs", "words", "logical")
EPILOG = """\
Without a command khabar opens the screen; with an address it opens that page, feed or site.
Data go to standard output, everything else to standard error. Exit status: 0 all fine, 1 something failed, 2 usage.
"""


def run(argv: Sequence[str]) -> int:
    """Run the command line; returns the exit code."""
    parser = build_parser()
    arguments = parser.parse_args(with_command(argv))
    module = import_module(f"tui.commands.{arguments.module}")
    try:
        code = int(module.run(arguments))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output has gone, as `khabar headlines | head` does: that is no failure of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def with_command(argv: Sequence[str]) -> list[str]:
    """The arguments with the screen's command put in where none is named: ``khabar URL`` is ``khabar screen URL``."""
    words = list(argv)
    skip = False
    for place, word in enumerate(words):
        if skip:
            skip = False
        elif word in ("--lang", "--config", "--bidi", "--output"):
            skip = True
        elif word in ("-h", "--help", "--version"):
            return words
        elif not word.startswith("-"):
            return [*words[place:], *words[:place]] if word in COMMANDS else [SCREEN, *words]
    return [SCREEN, *words]


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line, which also writes the help texts."""
    parser = argparse.ArgumentParser(
        prog="khabar",
        description="A news browser for the terminal that shows Arabic, Hebrew, Persian and Urdu right.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="khabar [OPTIONS] [URL]\n       khabar COMMAND [OPTIONS] [ARGUMENTS]",
    )
    parser.add_argument("--version", action="version", version=f"khabar {__version__}")
    _add_common(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for name, (module, summary, add) in COMMANDS.items():
        description = f"{summary[0].upper()}{summary[1:]}."
        if name == SCREEN:  # what khabar does without a command: it has no line of its own in the list
            command = commands.add_parser(name, description=description)
        else:
            command = commands.add_parser(name, description=description, help=summary)
        _add_common(command)
        command.set_defaults(module=module)
        add(command)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", metavar="TAG", default="", help="language of the interface: ar en fa fr he ur")
    parser.add_argument("--config", metavar="FILE", default="", help="read this configuration file instead of your own")
    parser.add_argument("--offline", action="store_true", help="send nothing over the network")


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line (the README lists the keys)")


def _add_bidi(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bidi", metavar="MODE", choices=MODES, default="", help=f"one of {', '.join(MODES)}")


def _screen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", nargs="?", default="", metavar="URL", help="open this page, feed or site")
    _add_bidi(parser)
    parser.add_argument("--output", choices=("cells", "plain"), default="", help="plain: Textual's own output")


def _fetch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="*", metavar="SOURCE", help="an id, an address or a title (default: all)")
    parser.add_argument("--force", action="store_true", help="ask again even where nothing new is expected")
    parser.add_argument("-v", "--verbose", action="store_true", help="say what became of every source")
    _add_json(parser)


def _headlines(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help='words, "a phrase", -not, is:unread, source:NAME …')
    parser.add_argument("-n", type=_positive, default=20, metavar="N", dest="limit", help="how many (default 20)")
    _add_bidi(parser)
    _add_json(parser)


def _read(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="ID|URL", help="a story's id (see headlines) or any address")
    parser.add_argument(
        "--width", type=_positive, default=0, metavar="N", help="cells a line (default: the terminal's, 72 at most)"
    )
    parser.add_argument("--plain", action="store_true", help="the text in logical order, without layout")
    _add_bidi(parser)
    _add_json(parser)


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="a feed, or a site that has one")
    parser.add_argument("--title", default="", help="a name of your own for it")
    _add_json(parser)


def _remove(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="an id, an address or a title")


def _sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--health", action="store_true", help="what happened last and what comes next")
    parser.add_argument(
        "--catalogue", metavar="WORDS", nargs="?", const="", help="search the built-in catalogue instead"
    )
    _add_bidi(parser)
    _add_json(parser)


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="OPML, or newsboat's urls file")
    parser.add_argument("--dry-run", action="store_true", help="say what would come, change nothing")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--to", metavar="FILE", default="", help="write there instead of to standard output")


def _inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="FILE|URL", help='a file, an address, or "-" for standard input')
    parser.add_argument("--base-url", default="", metavar="URL", help="the address a file's HTTP response had")
    parser.add_argument("--content-type", default="", metavar="TYPE", help="the Content-Type it had")
    _add_json(parser)


def _show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--width", type=_positive, default=0, metavar="N", help="cells a line (default: the terminal's)"
    )
    parser.add_argument("--mode", choices=MODES, default="", metavar="MODE", help=f"one of {', '.join(MODES)}")
    parser.add_argument("--base", choices=("auto", "ltr", "rtl"), default="auto", help="direction of the paragraphs")
    parser.add_argument("--marks", action="store_true", help="keep vowel signs")


def _none(parser: argparse.ArgumentParser) -> None:
    del parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a number from 1 up is needed")
    return number


COMMANDS = {
    SCREEN: ("screen", "the screen", _screen),
    "demo": ("screen", "the screen on the built-in edition, served from a loopback HTTP server", _screen),
    "fetch": ("fetch", "refresh without a screen", _fetch),
    "headlines": ("headlines", "list headlines; tab-separated in a pipe", _headlines),
    "read": ("read", "print a story or a page", _read),
    "add": ("sources", "follow a feed, or a site that has one", _add),
    "remove": ("sources", "stop following a source", _remove),
    "sources": ("sources", "list the sources and how they are doing", _sources),
    "import": ("importing", "follow the feeds of an OPML or newsboat urls file", _import),
    "export": ("importing", "write the sources as OPML", _export),
    "inspect": ("inspect", "what khabar makes of a feed or a page", _inspect),
    "show": ("show", "lay out the text on standard input for this terminal", _show),
    "doctor": ("doctor", "the terminal's class, a sample in each mode, paths, store, network", _none),
}
"""Command → (module in tui.commands, one line of help, what adds its arguments)."""
