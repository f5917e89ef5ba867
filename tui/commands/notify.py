"""``khabar notify``: what is new since the last call, told by a command of the reader's.

The command is a list of words from the configuration, started without a shell and with nothing of a story among its
words: titles come from strangers, and a word that begins with "-" or holds "$(…)" would speak to the program instead of
being shown by it. A story reaches the command as JSON on standard input and in KHABAR_… variables of its environment.

Where the last call stopped is kept with the news, for the rules and for each query apart, and moves on only after the
command has done its work: a story may be told twice, after a crash, but none is lost.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence

from tui.bidi.sanitize import sanitize
from tui.commands.context import Context, prepare
from tui.commands.headlines import print_stories, record, wrong_query
from tui.commands.times import iso
from tui.desk.desk import Desk
from tui.news.model import Story
from tui.news.query import QueryError, parse
from tui.news.rules import Effect
from tui.store import since
from tui.store.errors import StoreError

PATIENCE = 30
"""Seconds a command may take for one story."""
TEXT_LIMIT = 1_000
"""Code points of a text in the environment, which the system limits."""


def run(arguments: argparse.Namespace) -> int:
    """Tell what is new; 1 when the command fails, 2 when the query cannot be read."""
    context = prepare(arguments)
    try:
        desk = context.open_desk()
        return _notify(desk, context, arguments)
    except QueryError as error:
        return wrong_query(context, error)
    except StoreError as error:
        return context.fail(str(error))


def _notify(desk: Desk, context: Context, arguments: argparse.Namespace) -> int:
    query = " ".join(arguments.query).strip()
    if query:
        parse(query)
        queries = [query]
    else:
        queries = [rule.query for rule in desk.store.rules() if rule.effect is Effect.NOTIFY and rule.enabled]
        if not queries:
            context.say(context.locale.text("notify.no-rules"))
            return 0
    name = f"notify:{query}"
    newest = since.last_id(desk.store)
    mark = desk.store.recall(name) or ""
    if not (mark.isascii() and mark.isdigit()):
        context.say(context.locale.text("notify.begun"))
        if not arguments.dry_run:
            desk.store.remember(name, str(newest))
        return 0
    stories = since.stories_since(desk.store, int(mark), queries)
    if arguments.dry_run:
        print_stories(stories, context, arguments)
        return 0
    return _tell(desk, context, arguments, stories, name, newest)


def _tell(
    desk: Desk, context: Context, arguments: argparse.Namespace, stories: Sequence[Story], name: str, newest: int
) -> int:
    command = context.settings.notify_command
    if arguments.json or not command:
        print_stories(stories, context, arguments)
        sys.stdout.flush()  # only what was taken has been told
    else:
        for story in stories:
            if (sentence := _ran(command, story, context)) is not None:
                return context.fail(sentence)
            desk.store.remember(name, str(story.id))
    desk.store.remember(name, str(max(newest, *(story.id for story in stories)) if stories else newest))
    return 0


def _ran(command: Sequence[str], story: Story, context: Context) -> str | None:
    """Run the command for one story; None when it did its work, else what went wrong."""
    line = json.dumps(record(story)) + "\n"
    try:
        done = subprocess.run(  # noqa: S603 - the words are the reader's own; nothing foreign is among them
            command,
            input=line.encode(),
            stdout=sys.stderr.fileno(),  # standard output is for our own data
            env={**os.environ, **environment(story)},
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return context.locale.text("notify.slow", command=command[0], n=PATIENCE)
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", "") or type(error).__name__
        return context.locale.text("notify.missing", command=command[0], detail=detail)
    if done.returncode != 0:
        return context.locale.text("notify.failed", command=command[0], code=str(done.returncode))
    return None


def environment(story: Story) -> dict[str, str]:
    """What the command finds in its environment: one line each, without control characters."""
    return {
        "KHABAR_ID": str(story.id),
        "KHABAR_TITLE": sanitize(story.title, limit=TEXT_LIMIT),
        "KHABAR_PAPER": sanitize(story.paper, limit=TEXT_LIMIT),
        "KHABAR_LINK": story.link if _web(story.link) else "",
        "KHABAR_LANGUAGE": sanitize(story.language, limit=TEXT_LIMIT),
        "KHABAR_PUBLISHED": iso(story.published) or "",
    }


def _web(link: str) -> bool:
    """Whether an address may be handed to a program: of the web, printable ASCII, of a sensible length."""
    return (
        link.startswith(("http://", "https://"))
        and link.isascii()
        and all("!" <= letter <= "~" for letter in link)
        and len(link) <= 2 * TEXT_LIMIT
    )
