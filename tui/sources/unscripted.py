"""Stories told in <noscript>: some papers' pages build themselves by a script, which is not run here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.sources.measure import EMPTY, measure

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_STORY = 300
"""Characters: notices that ask for scripts are shorter."""
_MOST = 50
"""Elements that are looked at."""


def open_unscripted(tree: LexborHTMLParser) -> None:
    """Let each <noscript> that tells more than half of what the page tells besides stand open in its place."""
    body = tree.body
    if body is None:
        return
    long = [node for node in tree.css("noscript")[:_MOST] if len((node.text() or "").strip()) >= _STORY]
    if not long:
        return
    told = measure(body).get(body.mem_id, EMPTY).told
    for node in long:
        if len(node.text()) * 2 > told:
            node.unwrap()
