"""``khabar lists``: smart lists, which are queries with a name."""

from __future__ import annotations

import argparse
from dataclasses import replace

from tui.commands.context import Context, prepare, print_json, safe_cells
from tui.commands.headlines import print_stories, wrong_query
from tui.commands.printer import Printer
from tui.desk.desk import Desk
from tui.news.model import View
from tui.news.query import QueryError
from tui.news.rules import SmartList
from tui.store.errors import StoreError


def run(arguments: argparse.Namespace) -> int:
    """List, add, show or forget smart lists; 2 for a query that cannot be read and a list that is not there."""
    context = prepare(arguments)
    try:
        desk = context.open_desk()
        if not arguments.action:
            return _list(desk, context, arguments)
        found = _find(desk, arguments.name)
        if arguments.action == "add":
            return _add(desk, found, context, arguments)
        if found is None:
            context.say(context.locale.text("smart-lists.missing", name=arguments.name))
            return 2
        if arguments.action == "show":
            stories = desk.reading.stories(View(search=found.query), limit=arguments.limit)
            print_stories(stories, context, arguments)
            return 0
        desk.store.remove_smart_list(found.id)
        _said(found, "removed", context, arguments)
        return 0
    except QueryError as error:
        return wrong_query(context, error)
    except StoreError as error:
        return context.fail(str(error))


def _find(desk: Desk, name: str) -> SmartList | None:
    lists = desk.store.smart_lists()
    by_name = [found for found in lists if found.name == name]
    return next(iter(by_name or [found for found in lists if str(found.id) == name]), None)


def _list(desk: Desk, context: Context, arguments: argparse.Namespace) -> int:
    lists = desk.store.smart_lists()
    if not lists and not arguments.json:
        context.say(context.locale.text("smart-lists.none"))
    printer = Printer(context, arguments)
    for found in lists:
        if arguments.json:
            print_json(record(found))
        else:
            printer.row(safe_cells((str(found.id), found.name, found.query)))
    printer.flush()
    return 0


def _add(desk: Desk, found: SmartList | None, context: Context, arguments: argparse.Namespace) -> int:
    wanted = replace(found, query=arguments.query) if found else SmartList(arguments.name, arguments.query)
    _said(desk.store.put_smart_list(wanted), "added", context, arguments)
    return 0


def _said(found: SmartList, what: str, context: Context, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print_json(record(found))
    else:
        context.say(context.locale.text(f"smart-lists.{what}", name=found.name, query=found.query))


def record(found: SmartList) -> dict[str, object]:
    """A smart list as ``--json`` prints it."""
    return {"id": found.id, "name": found.name, "query": found.query}
