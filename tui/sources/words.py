"""What an element says in one line, as a reader sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.sources.inline import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode

_SILENT = frozenset(("svg", "script", "style", "noscript", "template", "-comment"))
_PARTING = frozenset(
    (
        *("br", "div", "p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "td", "tr", "table", "dt", "dd"),
        *("figure", "figcaption", "section", "article", "header", "footer", "small", "time"),
    )
)
_ANY = ", ".join(sorted((_SILENT | _PARTING) - {"-comment"}))


def words_of(node: LexborNode, *, limit: int = 500, without: Callable[[LexborNode], bool] | None = None) -> str:
    """The words of ``node``, at most ``limit`` code points: line breaks and blocks part them, drawings say nothing.

    ``without`` tells which elements inside are left out.
    """
    if without is None and node.css_first(_ANY) is None:
        return safe(node.text(), limit=limit)
    pieces: list[str] = []
    waiting: list[LexborNode | str] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            pieces.append(one)
        elif one.tag == "-text":
            pieces.append(one.text() or "")
        elif one.tag not in _SILENT and (one is node or without is None or not without(one)):
            if one.tag in _PARTING:
                pieces.append(" ")
                waiting.append(" ")
            waiting.extend(reversed(list(one.iter(include_text=True))))
    return safe(" ".join("".join(pieces).split()), limit=limit)
