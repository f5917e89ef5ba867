"""The command line: what may be said, and which command does it.

Each command lives in ``tui.commands`` and is imported when it runs, so that none pays for another. Data go to stdout
and everything else to stderr; exit codes are 0 (all fine), 1 (something failed), 2 (usage). Help, shell completions
and the manual page are all made from the one parser that ``build_parser`` gives. Its texts are English;
``tui/locale/help`` has them in the other languages.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NoReturn

from tui import __version__
from tui.commands import streams

SCREEN = "screen"
MODES = ("auto", "visual", "explicit", "runs", "words", "letters", "logical")
EFFECTS = ("hide", "star", "read", "notify")
FILE_NAMES = ("file", "to", "what", "config")
INTERRUPTED = 130
"""128 and the number of SIGINT, as shells count."""
EPILOG = """\
Without a command khabar opens the screen; with an address it opens that page, feed or site.
Data go to standard output, everything else to standard error. Exit status: 0 all fine, 1 something failed, 2 usage.
"""


class Asked(Exception):  # noqa: N818 - no error: somebody wants to know
    """Help is wanted, or the words cannot be understood (``mistake``, in argparse's English)."""

    def __init__(self, parser: argparse.ArgumentParser, mistake: str = "") -> None:
        super().__init__(mistake)
        self.parser, self.mistake = parser, mistake


class Parser(argparse.ArgumentParser):
    """argparse without abbreviations: a script must mean the same next year. What it has to say is for others to say,
    in the reader's language."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **{"allow_abbrev": False, **options})  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Raises Asked."""
        raise Asked(self, message)

    def print_help(self, file: object = None) -> NoReturn:
        """Raises Asked."""
        raise Asked(self)


def run(argv: Sequence[str]) -> int:
    """Run the command line; returns the exit code."""
    streams.secure()
    try:
        code = _run(argv)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        streams.abandon()
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone, as `khabar headlines | head` does: that is no failure of ours.
        streams.abandon()
        return 0
    except Exception as error:
        from tui.commands.mishap import told

        return told(error)


def _run(argv: Sequence[str]) -> int:
    try:
        arguments = build_parser().parse_args(with_command(argv))
    except Asked as asked:
        from tui.commands import helping

        return helping.answer(asked.parser, asked.mistake, argv)
    except SystemExit as end:  # the version has been said
        return end.code if isinstance(end.code, int) else 0
    streams.readable(arguments, but=FILE_NAMES)
    return int(import_module(f"tui.commands.{arguments.module}").run(arguments))


def with_command(argv: Sequence[str]) -> list[str]:
    """The arguments with the screen's command put in where none is named: ``khabar URL`` is ``khabar screen URL``."""
    words = list(argv)
    taking = _taking_a_value()
    skip = False
    for place, word in enumerate(words):
        if skip:
            skip = False
        elif word in taking:
            skip = True
        elif word in ("-h", "--help", "--version"):
            return words
        elif word == "--":
            break
        elif not word.startswith("-"):
            if word not in COMMANDS and not any(sign in word for sign in ".:/"):
                return [word]  # no address: the parser says what commands there are
            # Behind the command and before its arguments: those may end with "--" and words that are no options.
            return [word, *words[:place], *words[place + 1 :]] if word in COMMANDS else [SCREEN, *words]
    return [SCREEN, *words]


def _taking_a_value() -> set[str]:
    """The options that may stand before a command and are followed by a value."""
    parser = Parser(add_help=False)
    _add_common(parser)
    _screen(parser)
    return {flag for action in parser._actions if action.nargs != 0 for flag in action.option_strings}


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line, which also writes the help texts."""
    parser = Parser(
        prog="khabar",
        description="A news browser for the terminal that shows Arabic, Hebrew, Persian and Urdu right.",
        epilog=EPILOG,
        usage="khabar [OPTIONS] [URL]\n       khabar COMMAND [OPTIONS] [ARGUMENTS]",
    )
    parser.add_argument("--version", action="version", version=f"khabar {__version__}")
    _add_common(parser)
    _looks(parser.add_argument_group("screen"))  # here they are for the help: ``with_command`` hands them to the screen
    add_kiosk(
        parser.add_argument_group("kiosk", "for ForceCommand in sshd_config, or as a login shell; see the README")
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", prog=parser.prog)
    for name, (module, summary, add) in COMMANDS.items():
        if name == SCREEN:  # what khabar does without a command: it has no line of its own in the list
            command = commands.add_parser(name, description=summary)
        else:
            command = commands.add_parser(name, description=summary, help=summary)
        _add_common(command)
        command.set_defaults(module=module)
        add(command)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", metavar="TAG", default="", help="language of the interface: ar en fa fr he ur")
    parser.add_argument("--config", metavar="FILE", default="", help="read this configuration file instead of your own")
    parser.add_argument("--offline", action="store_true", help="send nothing over the network")


def add_kiosk(parser: argparse._ActionsContainer) -> None:
    """The options of the kiosk, which ``tui.commands.kiosk`` reads; here they are for the help."""
    parser.add_argument("--kiosk", action="store_true", help="be a kiosk: read only, no way to the host")
    parser.add_argument("--reader", metavar="NAME", default="", help="whose marks (default: the key's, the account's)")
    parser.add_argument("--anonymous", action="store_true", help="remember nothing of the reader")
    parser.add_argument(
        "--idle", metavar="MINUTES", type=_minutes, default=0.0, help="close when nothing was pressed (default 30)"
    )


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes < 1e6:
        raise argparse.ArgumentTypeError("a number of minutes is needed")
    return minutes


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line (the README lists the keys)")


def _add_bidi(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--bidi", metavar="MODE", choices=MODES, default="", help=f"one of {', '.join(MODES)}")


def _add_limit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-n", type=_number(1_000_000), default=20, metavar="N", dest="limit", help="how many (default 20)"
    )


def _screen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", nargs="?", default="", metavar="URL", help="open this page, feed or site")
    _looks(parser)


def _looks(parser: argparse._ActionsContainer) -> None:
    _add_bidi(parser)
    parser.add_argument("--output", choices=("cells", "plain"), default="", help="plain: Textual's own output")
    parser.add_argument("--plain", action="store_true", help="no lines, no colours, no motion: for braille and speech")


def _fetch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="*", metavar="SOURCE", help="an id, an address or a title (default: all)")
    parser.add_argument("--force", action="store_true", help="ask again even where nothing new is expected")
    parser.add_argument("-v", "--verbose", action="store_true", help="say what became of every source")
    parser.add_argument("--no-wait", action="store_true", help="end with 1 while another khabar fetches")
    parser.add_argument(
        "--systemd", choices=("service", "timer"), default="", help="print this user unit instead of fetching"
    )
    _add_json(parser)


def _headlines(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help='words, "a phrase", -not, is:unread, source:NAME …')
    _add_limit(parser)
    _add_bidi(parser)
    _add_json(parser)


def _read(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="ID|URL", help="a story's id (see headlines) or any address")
    parser.add_argument(
        "--width", type=_number(1000), default=0, metavar="N", help="cells a line (default: the terminal's, 72 at most)"
    )
    parser.add_argument("--plain", action="store_true", help="the text in logical order, without layout")
    _add_bidi(parser)
    _add_json(parser)


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="a feed, or a site that has one")
    parser.add_argument("--title", metavar="TITLE", default="", help="a name of your own for it")
    parser.add_argument(
        "--feed", metavar="NUMBER", default="", help="which of the site's feeds: its number, title or address"
    )
    _add_json(parser)


def _remove(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="an id, an address or a title")
    _add_json(parser)


def _sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--health", action="store_true", help="what happened last and what comes next")
    parser.add_argument(
        "--catalogue", metavar="WORDS", nargs="?", const="", help="search the built-in catalogue instead"
    )
    _add_bidi(parser)
    _add_json(parser)


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help='OPML, or newsboat\'s urls file; "-" for standard input')
    parser.add_argument("--dry-run", action="store_true", help="say what would come, change nothing")
    _add_json(parser)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--to", metavar="FILE", default="", help="write there instead of to standard output")


def _inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="FILE|URL", help='a file, an address, or "-" for standard input')
    parser.add_argument("--base-url", default="", metavar="URL", help="the address a file's HTTP response had")
    parser.add_argument("--content-type", default="", metavar="TYPE", help="the Content-Type it had")
    _add_json(parser)


def _rules(parser: argparse.ArgumentParser) -> None:
    """``rules`` alone lists them."""
    _add_bidi(parser)
    _add_json(parser)
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action")
    add = _action(actions, "add", "apply a rule to the stories that arrive from now on")
    add.add_argument("query", metavar="QUERY", help="which stories; the same language as headlines")
    add.add_argument("effect", choices=EFFECTS, metavar="EFFECT", help=f"one of {', '.join(EFFECTS)}")
    for name, summary in (
        ("remove", "forget a rule; what it did stays"),
        ("enable", "let a rule work again"),
        ("disable", "let a rule rest"),
    ):
        _action(actions, name, summary).add_argument("id", type=_number(), metavar="RULE", help="its id")
    test = _action(actions, "test", "list the stored stories that a rule would have matched")
    test.add_argument("query", metavar="QUERY", help="which stories")
    _add_limit(test)


def _lists(parser: argparse.ArgumentParser) -> None:
    """``lists`` alone lists them."""
    _add_bidi(parser)
    _add_json(parser)
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action")
    put = _action(actions, "add", "give a query a name, or a name another query")
    put.add_argument("name", metavar="NAME", help="the list's name")
    put.add_argument("query", metavar="QUERY", help="which stories; the same language as headlines")
    remove = _action(actions, "remove", "forget a list")
    remove.add_argument("name", metavar="LIST", help="an id or a name")
    show = _action(actions, "show", "print the headlines of a list")
    show.add_argument("name", metavar="LIST", help="an id or a name")
    _add_limit(show)


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str
) -> argparse.ArgumentParser:
    """A command within a command; it takes --json too, without a default that would undo the outer one's."""
    parser = actions.add_parser(name, description=summary, help=summary)
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="one JSON object a line (the README lists the keys)",
    )
    return parser


def _notify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help="these stories (default: those of the notify rules)")
    parser.add_argument("--dry-run", action="store_true", help="list the stories; run nothing, and list them again")
    _add_bidi(parser)
    _add_json(parser)


def _show(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("files", nargs="*", metavar="FILE", help="text files in UTF-8 (default and -: standard input)")
    add("-w", "--width", type=_number(1000), default=0, metavar="N", help="cells a line (default: the terminal's)")
    add("--mode", choices=MODES, default="", metavar="MODE", help=f"one of {', '.join(MODES)}")
    direction = parser.add_mutually_exclusive_group()
    for name, which in (("rtl", "right to left"), ("ltr", "left to right")):
        value = int(name == "rtl")
        direction.add_argument(
            f"--{name}", dest="base", action="store_const", const=value, help=f"every paragraph runs from {which}"
        )
        direction.add_argument(
            f"--w{name}", dest="weak", action="store_const", const=value, help="a paragraph without letters does"
        )
    add("--nobreak", action="store_true", help="a line out for a line in, whatever its length")
    add("--nopad", action="store_true", help="no blanks before a line from right to left")
    add("--marks", action="store_true", help="keep vowel signs")
    add("--justify", action="store_true", help="fill Arabic lines by drawing letters out (tatweel)")
    add("--basedir", action="store_true", help="write the direction of each paragraph too")
    add("--levels", action="store_true", help="write the embedding levels too")
    add("--ltov", action="store_true", help="write the place on the line of each character too")
    add("--vtol", action="store_true", help="write the character in each place of the line too")
    add("-v", "--verbose", action="store_true", help="as --basedir --ltov --vtol --levels")
    add("--novisual", action="store_true", help="write those and not the text")


def _completions(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("shell", nargs="?", choices=("bash", "zsh", "fish"), metavar="SHELL", help="bash, zsh or fish")
    which.add_argument(
        "--list",
        choices=("sources", "stories", "rules", "lists"),
        metavar="WHAT",
        help="what the scripts ask khabar for: sources, stories, rules or lists",
    )


def _none(parser: argparse.ArgumentParser) -> None:
    del parser


def _number(most: int = 2**31 - 1) -> Callable[[str], int]:
    """What reads a whole number from 1 to ``most``: no more than a table or a screen could hold."""

    def number(text: str) -> int:
        if not (text.isdecimal() and len(text) <= 10 and 1 <= int(text) <= most):  # ٢٠ and ۲۰ are numbers too
            raise argparse.ArgumentTypeError(f"a whole number from 1 to {most} is needed")
        return int(text)

    return number


COMMANDS: dict[str, tuple[str, str, Callable[[argparse.ArgumentParser], None]]] = {
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
    "rules": ("rules", "list the rules for stories that arrive; add, test and remove them", _rules),
    "lists": ("lists", "list the smart lists, which are queries with a name; add, show and remove them", _lists),
    "notify": ("notify", "tell of new stories since the last call, by a command of yours", _notify),
    "inspect": ("inspect", "what khabar makes of a feed or a page", _inspect),
    "show": ("show", "lay out the text on standard input for this terminal", _show),
    "doctor": ("doctor", "the terminal's class, a sample in each mode, paths, store, network", _none),
    "completions": ("completions", "print the completions of a shell", _completions),
    "manual": ("manual", "print the manual page, in roff", _none),
}
"""Command → (module in tui.commands, one line of help, what adds its arguments)."""
