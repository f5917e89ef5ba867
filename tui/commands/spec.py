"""The command line as data, read from its one definition (the argparse parser): completions and the manual page need
no list of their own that could differ from it."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

KINDS = {
    "FILE": "files",
    "FILE|URL": "files",
    "SOURCE": "sources",
    "ID|URL": "stories",
    "RULE": "rules",
    "LIST": "lists",
}
"""What stands behind the name of a value in the help: files, or what ``khabar completions --list`` gives."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value: an argument of a command, or what follows an option."""

    name: str
    """As the help has it ("SOURCE")."""
    choices: tuple[str, ...] = ()
    kind: str = ""
    """One of the values of KINDS, or ""."""
    help: str = ""
    optional: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """An option; ``value`` is None for a switch."""

    flags: tuple[str, ...]
    help: str
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A command with everything that may follow it; the root is the program itself."""

    words: tuple[str, ...]
    summary: str
    """One line, "" for a command that the help does not list."""
    options: tuple[Option, ...]
    values: tuple[Value, ...]
    children: tuple[Command, ...] = ()

    def all(self) -> list[Command]:
        """This command and all below it, in the order of the help."""
        return [self, *(below for child in self.children for below in child.all())]


def describe(parser: argparse.ArgumentParser, words: tuple[str, ...] = (), summary: str = "") -> Command:
    """The command a parser stands for."""
    options: list[Option] = []
    values: list[Value] = []
    children: list[Command] = []
    for action in parser._actions:  # argparse has no public way to ask
        if isinstance(action, argparse._SubParsersAction):
            help_of = {choice.dest: choice.help or "" for choice in action._choices_actions}
            children += [describe(sub, (*words, name), help_of.get(name, "")) for name, sub in action.choices.items()]
        elif action.option_strings:
            value = None if action.nargs == 0 else _value(action)
            options.append(Option(tuple(action.option_strings), _help(action), value))
        else:
            values.append(_value(action))
    return Command(words, summary, tuple(options), tuple(values), tuple(children))


def _value(action: argparse.Action) -> Value:
    name = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    choices = tuple(str(choice) for choice in action.choices or ())
    if not isinstance(action.metavar, str) and choices:
        name = "|".join(choices)
    return Value(name, choices, KINDS.get(name, ""), _help(action), action.nargs in ("?", "*"), action.nargs == "*")


def _help(action: argparse.Action) -> str:
    return (action.help or "").replace("%%", "%").replace("show this help message and exit", "show this help")
