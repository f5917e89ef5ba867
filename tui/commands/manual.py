"""``khabar manual``: the manual page, made from the command line's definition, in roff with the man macros.

khabar manual | man -l -
khabar manual > ~/.local/share/man/man1/khabar.1
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from tui import __version__
from tui.commands.completions import command_line
from tui.commands.spec import Command, Option, Value

DESCRIPTION = """\
khabar reads news from feeds and sites, keeps it, and shows it on the terminal: Arabic, Hebrew, Persian and Urdu in \
reading order and with joined letters, whatever the terminal can do itself. Without a command it opens the screen; \
with an address it opens that page, feed or site. The commands work while a screen runs elsewhere.

Data go to standard output, everything else to standard error. In a pipe, lists are tab-separated and text is in \
logical order; with --json each command prints one JSON object a line."""
QUERY = """\
Words must all occur, in the title or the text; "words in quotes" in this order; -word must not; one or the other; \
begin* for the beginning of a word. paper:NAME and source:NAME ask for the paper and the source, lang:ar for the \
language, is:unread, is:read and is:starred for the state, has:image for a picture, after:2026-11-01 and \
before:2026-12-01 for the day. Brackets group. Search does not mind vowel signs, hamza forms, or which kind of yeh or \
kaf is written. Where a query begins with "-", put -- before it."""
STATUS = (
    ("0", "All fine."),
    ("1", "Something failed; a sentence on standard error says what."),
    ("2", "The command was not understood, or names something that is not there."),
    ("130", "Interrupted."),
)
ENVIRONMENT = (
    ("LC_ALL, LC_MESSAGES, LANG", "The language of the interface, and of the sources at the first start."),
    ("XDG_DATA_HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME", "Where the files are, see FILES."),
    ("http_proxy, https_proxy, all_proxy, no_proxy", "Proxies."),
    ("COLUMNS", "The width of lines where there is no terminal to ask."),
)
FILES = (
    ("~/.local/share/khabar/khabar.sqlite", "Stories, marks, sources, rules and lists."),
    ("~/.cache/khabar/responses.sqlite", "The HTTP cache; it may be deleted at any time."),
    ("~/.config/khabar/khabar.toml", "The configuration."),
    ("~/.config/khabar/sites.toml", "Site rules: where the story stands on a paper's pages, by CSS selectors."),
    ("~/.local/state/khabar/khabar.log", "What went wrong, in detail."),
    ("/etc/khabar.toml, /var/lib/khabar", "The configuration and the folder of a kiosk."),
)
NOTIFY = """\
The command is a list of words in the configuration, for example

  [notify]
  command = ["sh", "-c", 'notify-send -- "$KHABAR_PAPER" "$KHABAR_TITLE"']

It runs once for each new story, without a shell of khabar's. The story comes as one JSON object on its standard input \
and in KHABAR_ID, KHABAR_TITLE, KHABAR_PAPER, KHABAR_LINK, KHABAR_LANGUAGE and KHABAR_PUBLISHED. When it does not end \
with 0 the story is told again at the next call."""
KIOSK = """\
With --kiosk the screen has no way to the host: no commands, files, editors or browsers, no addresses but public \
http and https ones, no settings of the reader's, and sources that only the administrator changes. It is for \
ForceCommand in sshd_config(5), for command= in authorized_keys, or for an account whose login shell khabar is; the \
README has the lines. Stories are shared and fetched by the administrator's khabar fetch; marks are each reader's \
own, by the name given with --reader, by the key they came with (ExposeAuthInfo), or by the account, and forgotten \
with --anonymous. What stands behind these options is ignored, and so are SSH_ORIGINAL_COMMAND and all but a few \
harmless variables. The configuration is /etc/khabar.toml or the file named by --config; its folder holds the store \
(/var/lib/khabar by default)."""
EXAMPLES = (
    ("*/20 * * * * khabar fetch; khabar notify", "In crontab(5): fetch every twenty minutes, tell what is new."),
    ("khabar fetch --systemd timer > ~/.config/systemd/user/khabar.timer", "The same for systemd; and the service."),
    ("khabar headlines --json 'is:unread lang:ar' | jq -r .title", "The titles of unread stories in Arabic."),
)


def run(arguments: argparse.Namespace) -> int:
    """Print the page."""
    del arguments
    print("\n".join(page(command_line())))
    return 0


def page(root: Command) -> Iterator[str]:
    """The lines of the page."""
    yield f'.TH KHABAR 1 "" "khabar {__version__}" "User Commands"'
    yield from (".SH NAME", "khabar \\- " + escaped("a news browser for the terminal, for text of both directions"))
    yield from (
        ".SH SYNOPSIS",
        *_synopsis(root),
        ".br",
        "\\fBkhabar\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]",
    )
    yield from (".SH DESCRIPTION", *_paragraphs(DESCRIPTION))
    yield from (".SH OPTIONS", *_options(root.options))
    yield ".SH COMMANDS"
    for command in root.all()[1:]:
        yield from _command(command, root)
    yield from (".SH QUERIES", *_paragraphs(QUERY))
    yield from (".SH NOTICES", *_paragraphs(NOTIFY))
    yield from (".SH KIOSK", *_paragraphs(KIOSK))
    for title, entries in (("EXIT STATUS", STATUS), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        yield from (f".SH {title}", *_entries(entries))
    yield from (".SH EXAMPLES", *_entries(EXAMPLES))


def _command(command: Command, root: Command) -> Iterator[str]:
    yield from (".SS " + escaped(" ".join(("khabar", *command.words))), *_synopsis(command), ".PP")
    yield escaped(f"{command.summary[:1].upper()}{command.summary[1:]}.")
    known = {option.flags for option in root.options}
    yield from _options([option for option in command.options if option.flags not in known or command is root])
    yield from _entries([(value.name, value.help) for value in command.values if value.help], "I")


def _synopsis(command: Command) -> Iterator[str]:
    words = [f"\\fB{escaped(' '.join(('khabar', *command.words)))}\\fR", "[\\fIOPTIONS\\fR]"]
    yield " ".join([*words, *(_argument(value) for value in command.values)])


def _argument(value: Value) -> str:
    name = f"\\fI{escaped(value.name)}\\fR"
    name += " \\&..." if value.many else ""
    return f"[{name}]" if value.optional else name


def _options(options: tuple[Option, ...] | list[Option]) -> Iterator[str]:
    for option in options:
        takes = f" \\fI{escaped(option.value.name)}\\fR" if option.value else ""
        yield from (
            ".TP",
            ", ".join(f"\\fB{escaped(flag)}\\fR{takes}" for flag in option.flags),
            _sentence(option.help),
        )


def _entries(entries: list[tuple[str, str]] | tuple[tuple[str, str], ...], font: str = "B") -> Iterator[str]:
    for name, text in entries:
        yield from (".TP", f"\\f{font}{escaped(name)}\\fR", _sentence(text))


def _sentence(text: str) -> str:
    text = escaped(text[:1].upper() + text[1:])
    return text if text.endswith((".", "\\[u2026]")) else text + "."


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.split("\n\n")):
        if paragraph.startswith(" "):
            yield from (".PP", ".nf", *(escaped(line) for line in paragraph.splitlines()), ".fi")
            continue
        if number:
            yield ".PP"
        yield escaped(paragraph)


def escaped(text: str) -> str:
    """Text that roff prints as it is: no escapes, no requests, hyphens that can be copied, letters by their number."""
    out = "".join(
        {"\\": "\\e", "-": "\\-", "'": "\\(aq", "~": "\\(ti", "^": "\\(ha", "`": "\\(ga", '"': "\\(dq"}.get(letter)
        or (letter if letter.isascii() else f"\\[u{ord(letter):04X}]")
        for letter in text
    )
    return f"\\&{out}" if out.startswith((".", " ")) else out
