"""Stories that a page carries as data for its scripts (application state in JSON) and not as text."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from tui.sources.metadata import load_json

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_KEYS = re.compile(
    r"(?:article|story|post|news)?_?(?:body|content|text|html|fulltext|full_text|articlebody|bodyhtml|rendered|"
    r"paragraphs|blocks|content_?elements|value)(?:_?html|_?text)?",
    re.IGNORECASE,
)
_ASSIGNMENT = re.compile(r"\b[A-Za-z_$][\w$]{1,40}\.[\w$.]{1,60}\s*=\s*(?=[{\[])|\bvar\s+[\w$]{1,60}\s*=\s*(?=[{\[])")
_ADDED = re.compile(r"\.push\(\s*(?=\{)")
_STATES = 20
_MIN_BODY = 200
_MAX_NODES = 50_000
_TITLES = ("headline", "title")
_LONGEST_TITLE = 500


def embedded_body(tree: LexborHTMLParser, title: str = "") -> tuple[str, bool]:
    """The longest text under a key that names a body, as HTML or plain text; "" when there is none.

    Where objects with bodies have titles, the one of the page's own ``title`` comes before all others: the state of a
    program holds the stories that it leads to, too. And whether it stands under that title.
    """
    best = _Body()
    for node in tree.css("script")[:100]:
        kind = (node.attributes.get("type") or "").lower()
        if kind in ("application/json", "application/ld+json") or node.attributes.get("id") == "__NEXT_DATA__":
            data = load_json(node)
        elif not kind or "javascript" in kind:
            data = _assigned(node.text())
        else:
            continue
        best = max(best, _longest(data, _letters(title)))
    return (best.text, best.titled > 0) if len(best.text) >= _MIN_BODY else ("", False)


@dataclass(order=True, slots=True)
class _Body:
    """A text that may be the page's story; the greater, the likelier."""

    titled: int = -1
    """1: it stands under the page's title, 0: under none, -1: under another."""
    length: int = 0
    text: str = ""


def _assigned(script: str) -> Any:
    """The object literals in JSON syntax that a script assigns to variables, or adds to their lists."""
    values = []
    if len(script) < 2_000_000:
        found = (islice(pattern.finditer(script), _STATES) for pattern in (_ASSIGNMENT, _ADDED))
        for match in chain.from_iterable(found):
            try:
                values.append(json.JSONDecoder(strict=False).raw_decode(script, match.end())[0])
            except (ValueError, RecursionError):
                continue
    return values


def _longest(data: Any, title: str) -> _Body:
    best = _Body()
    queue: list[tuple[str, Any, int]] = [("", data, 0)]
    for _ in range(_MAX_NODES):
        if not queue:
            break
        key, value, titled = queue.pop()
        text = ""
        if isinstance(value, dict):
            titled = _titled(value, title, titled)
            queue.extend((str(name), inner, titled) for name, inner in value.items())
        elif isinstance(value, list):
            text = _joined(value) if _KEYS.fullmatch(key) else ""
            queue.extend((key, inner, titled) for inner in value)
        elif isinstance(value, str) and (titled, len(value)) > (best.titled, best.length) and " " in value:
            text = value if _KEYS.fullmatch(key) else ""
        if len(text) >= _MIN_BODY:
            best = max(best, _Body(titled, len(text), text))
    return best


def _titled(value: dict[str, Any], title: str, above: int) -> int:
    """Whether what stands in an object stands under the page's title: see ``_Body``."""
    if not title:
        return above
    for name in _TITLES:
        said = value.get(name)
        said = said.get("rendered") if isinstance(said, dict) else said
        if isinstance(said, str) and (letters := _letters(said)):
            return 1 if letters in title or title in letters else -1
    return above


def _letters(text: str) -> str:
    """A title by its letters and digits alone: typographers' quotes and entities differ from place to place."""
    return "".join(filter(str.isalnum, html.unescape(text[:_LONGEST_TITLE]).casefold()))


def _joined(values: list[Any]) -> str:
    """A list of paragraphs (texts, or objects with a text) as HTML."""
    texts = [text for value in values if (text := value if isinstance(value, str) else _said(value))]
    paragraphs = [text if text.lstrip().startswith("<") else f"<p>{text}</p>" for text in texts]
    return "".join(paragraphs) if len(paragraphs) > 1 else ""


def _said(value: Any) -> str:
    """The text of one paragraph's object: its own, or that of the stretches it is made of."""
    if not isinstance(value, dict):
        return ""
    own = next((v for k, v in value.items() if isinstance(v, str) and _KEYS.fullmatch(k)), "")
    parts = value.get("children")
    if own or not isinstance(parts, list):
        return own
    return "".join(str(part["text"]) for part in parts if isinstance(part, dict) and isinstance(part.get("text"), str))
