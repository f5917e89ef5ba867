"""``khabar completions``: scripts for bash, zsh and fish, made from the command line's definition.

Names that only the reader's store knows (sources, stories, rules, lists) are asked for while completing, with
``khabar completions --list``: lines of a value, a tab, and what it is called. They are strangers' texts, so no script
lets its shell expand them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

from tui.commands.context import Context, prepare, safe_cells
from tui.commands.spec import Command, describe
from tui.desk.desk import Desk
from tui.news.model import View
from tui.store.errors import StoreError

STORIES = 30
"""Stories that are offered: as many as one can look through."""


def run(arguments: argparse.Namespace) -> int:
    """Print a script, or the values of one kind."""
    if arguments.list:
        return _list(prepare(arguments, quiet=True), arguments.list)
    script = import_module(f"tui.commands.completions_{arguments.shell}")
    print(script.script(command_line()), end="")
    return 0


def command_line() -> Command:
    """The whole command line; what the screen takes stands at the root, as it does when one types."""
    from tui.cli import SCREEN, build_parser

    root = describe(build_parser())
    screen = next(child for child in root.children if child.words == (SCREEN,))
    own = {flag for option in root.options for flag in option.flags}
    return replace(
        root,
        options=(*root.options, *(option for option in screen.options if not own & set(option.flags))),
        values=screen.values,
        children=tuple(child for child in root.children if child is not screen),
    )


def _list(context: Context, kind: str) -> int:
    try:
        for value, title in _values(context.open_desk(telling=False), kind):
            print("\t".join(safe_cells((value, title))))
    except (StoreError, OSError):
        return 1  # no word: it would land in the middle of what is being typed
    return 0


def _values(desk: Desk, kind: str) -> Iterator[tuple[str, str]]:
    match kind:
        case "sources":
            yield from ((str(source.id), source.title) for source in desk.sources.all())
        case "stories":
            yield from ((str(story.id), story.title) for story in desk.reading.stories(View(), limit=STORIES))
        case "rules":
            yield from ((str(rule.id), f"{rule.effect.value} {rule.query}") for rule in desk.store.rules())
        case _:
            yield from ((str(found.id), found.name) for found in desk.store.smart_lists())
