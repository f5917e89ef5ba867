"""``khabar headlines``: the newest headlines, or those a query finds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

from tui.commands.context import Context, prepare, print_json, safe_cells
from tui.commands.printer import Printer
from tui.commands.times import iso
from tui.news.isolates import titled
from tui.news.model import Story, View
from tui.news.query import QueryError
from tui.store.errors import StoreError


def run(arguments: argparse.Namespace) -> int:
    """List headlines; 2 when the query cannot be read."""
    context = prepare(arguments)
    try:
        desk = context.open_desk()
        stories = desk.reading.stories(View(search=" ".join(arguments.query)), limit=arguments.limit)
    except QueryError as error:
        return wrong_query(context, error)
    except StoreError as error:
        return context.fail(str(error))
    if not stories and sys.stderr.isatty():
        context.say(context.locale.text("command.nothing" if arguments.query else "command.empty-store"))
    print_stories(stories, context, arguments)
    return 0


def wrong_query(context: Context, error: QueryError) -> int:
    """Say where a query cannot be read; 2."""
    context.say(context.locale.text("search.error", column=error.column, sentence=context.translated(error.sentence)))
    return 2


def print_stories(stories: Iterable[Story], context: Context, arguments: argparse.Namespace) -> None:
    """A table on a terminal, tab-separated cells in a pipe, or JSON."""
    printer, terminal = Printer(context, arguments), sys.stdout.isatty()
    for story in stories:
        if arguments.json:
            print_json(record(story))
        else:
            cells = safe_cells(_cells(story, context, terminal))
            printer.row((*cells[:-1], titled(cells[-1], story.isolates)) if terminal else cells)
    printer.flush()


def record(story: Story) -> dict[str, object]:
    """A story as ``--json`` prints it."""
    return {
        "id": story.id,
        "title": story.title,
        "paper": story.paper,
        "source": story.source_id,
        "link": story.link,
        "published": iso(story.published),
        "first_seen": iso(story.first_seen),
        "language": story.language,
        "read": story.read,
        "starred": story.starred,
        "others": story.others,
        "builtin": story.builtin,
    }


def _cells(story: Story, context: Context, terminal: bool) -> tuple[str, ...]:
    sign = ("★" if story.starred else "") + ("" if story.read else "●")
    if terminal:
        age = context.locale.age(story.published or story.first_seen, datetime.now(UTC))
        return (str(story.id), sign, age, story.paper, story.title)
    return (str(story.id), iso(story.published) or "", story.paper, story.title, story.link)
