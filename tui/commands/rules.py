"""``khabar rules``: what happens to stories when they arrive."""

from __future__ import annotations

import argparse

from tui.commands.context import Context, prepare, print_json, safe_cells
from tui.commands.headlines import print_stories, wrong_query
from tui.commands.printer import Printer
from tui.desk.desk import Desk
from tui.desk.lists import view_of
from tui.news.query import QueryError
from tui.news.rules import Rule
from tui.store.errors import StoreError


def run(arguments: argparse.Namespace) -> int:
    """List, add, test, rest or forget rules; 2 for a query that cannot be read and a rule that is not there."""
    context = prepare(arguments)
    try:
        desk = context.open_desk()
        match arguments.action:
            case "add":
                return _add(desk, context, arguments)
            case "test":
                print_stories(desk.store.stories(view_of(arguments.query), limit=arguments.limit), context, arguments)
                return 0
            case "remove" | "enable" | "disable":
                return _change(desk, context, arguments)
        return _list(desk, context, arguments)
    except QueryError as error:
        return wrong_query(context, error)
    except StoreError as error:
        return context.fail(str(error))


def _list(desk: Desk, context: Context, arguments: argparse.Namespace) -> int:
    rules = desk.store.rules()
    if not rules and not arguments.json:
        context.say(context.locale.text("rules.none"))
    printer = Printer(context, arguments)
    for rule in rules:
        if arguments.json:
            print_json(record(rule))
        else:
            resting = "" if rule.enabled else context.locale.text("rules.resting")
            printer.row(safe_cells((str(rule.id), rule.effect.value, resting, rule.query)))
    printer.flush()
    return 0


def _add(desk: Desk, context: Context, arguments: argparse.Namespace) -> int:
    rule = desk.store.add_rule(arguments.query, arguments.effect)
    if arguments.json:
        print_json(record(rule))
    else:
        said = {"id": str(rule.id), "effect": rule.effect.value, "query": rule.query}
        context.say(context.locale.text("rules.added", **said))
    return 0


def _change(desk: Desk, context: Context, arguments: argparse.Namespace) -> int:
    rule = next((r for r in desk.store.rules() if r.id == arguments.id), None)
    if rule is None:
        context.say(context.locale.text("rules.missing", id=str(arguments.id)))
        return 2
    if arguments.action == "remove":
        desk.store.remove_rule(rule.id)
    else:
        enabled = arguments.action == "enable"
        rule = desk.store.put_rule(Rule(rule.query, rule.effect, rule.id, enabled))
    if arguments.json:
        print_json(record(rule))
    else:
        context.say(context.locale.text(f"rules.{arguments.action}d", id=str(rule.id)))
    return 0


def record(rule: Rule) -> dict[str, object]:
    """A rule as ``--json`` prints it."""
    return {"id": rule.id, "query": rule.query, "effect": rule.effect.value, "enabled": rule.enabled}
