"""What a search within a view asks for."""

from __future__ import annotations

from dataclasses import replace

from tui.news.model import Listing, View
from tui.news.query import And, InSource, Is, Node, Not, Or, Paper, State, parse


def meant(view: View) -> tuple[Node, View, bool]:
    """What is searched for, in which view, and whether each copy counts by its own text. Raises QueryError."""
    node = parse(view.search, typing=True)
    if State(Is.STARRED) in parts_of(node):
        view = replace(view, listing=Listing.STARRED)
    return node, view, bool(view.source_id) or view.listing is Listing.STARRED or _names_papers(node)


def parts_of(node: Node) -> list[Node]:
    """What must all be true of a hit."""
    return list(node.nodes) if isinstance(node, And) else [node]


def _names_papers(node: Node) -> bool:
    match node:
        case Paper() | InSource():
            return True
        case Not(part):
            return _names_papers(part)
        case And(nodes) | Or(nodes):
            return any(_names_papers(part) for part in nodes)
    return False
