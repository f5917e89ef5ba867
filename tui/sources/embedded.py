"""Stories that a page carries as data for its scripts (application state in JSON) and not as text."""

from __future__ import annotations

import json
import re
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
_MIN_BODY = 200
_MAX_NODES = 50_000


def embedded_body(tree: LexborHTMLParser) -> str:
    """The longest text under a key that names a body, as HTML or plain text; "" when there is none."""
    best = ""
    for node in tree.css("script")[:100]:
        kind = (node.attributes.get("type") or "").lower()
        if kind in ("application/json", "application/ld+json") or node.attributes.get("id") == "__NEXT_DATA__":
            data = load_json(node)
        elif not kind or "javascript" in kind:
            data = _assigned(node.text())
        else:
            continue
        found = _longest(data)
        if len(found) > len(best):
            best = found
    return best if len(best) >= _MIN_BODY else ""


def _assigned(script: str) -> Any:
    """The object literals in JSON syntax that a script assigns to variables."""
    values = []
    if len(script) < 2_000_000:
        for match in list(_ASSIGNMENT.finditer(script))[:20]:
            try:
                values.append(json.JSONDecoder(strict=False).raw_decode(script, match.end())[0])
            except (ValueError, RecursionError):
                continue
    return values


def _longest(data: Any) -> str:
    best = ""
    queue: list[tuple[str, Any]] = [("", data)]
    for _ in range(_MAX_NODES):
        if not queue:
            break
        key, value = queue.pop()
        if isinstance(value, dict):
            queue.extend((str(name), inner) for name, inner in value.items())
        elif isinstance(value, list):
            text = _joined(value) if _KEYS.fullmatch(key) else ""
            best = max(best, text, key=len)
            queue.extend((key, inner) for inner in value)
        elif isinstance(value, str) and len(value) > len(best) and _KEYS.fullmatch(key) and " " in value:
            best = value
    return best


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
