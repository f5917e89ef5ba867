"""Site rules the reader writes: where on a paper's pages the story stands, by CSS selectors. Pure.

A file of TOML holds one table a site::

    [[site]]
    host = "*.paper.example"      # "paper.example" for that host alone (and www.), "*." for all below it too
    body = ".story-text"
    title = "h1"
    author = ".byline a"
    date = "time"
    remove = [".promo", "#related"]

``host`` and at least one selector are required. A rule with a fault is left out and named; the others stand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

MAX_RULES = 1000
_LONGEST = 300
_MOST_REMOVED = 50
_HOST = re.compile(r"(?:\*\.)?[\w-]{1,63}(?:\.[\w-]{1,63})*")
_ERROR_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class SiteRule:
    """Where the parts of a story stand on the pages of a host; an empty selector says nothing."""

    host: str
    body: str = ""
    title: str = ""
    author: str = ""
    date: str = ""
    remove: tuple[str, ...] = ()


_KEYS = tuple(part.name for part in fields(SiteRule))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file of rules."""

    key: str
    """syntax, tables, key, host, selector, remove or empty."""
    line: int = 0
    """1-based, where the file is no TOML; else 0."""
    values: Mapping[str, str] = field(default_factory=dict)
    """``number`` of the rule counted from 1, ``name`` of the key, ``want``: the keys there are."""


def read_rules(text: str) -> tuple[tuple[SiteRule, ...], tuple[Fault, ...]]:
    """The rules of a file in its order, and the first fault of each that has one. Never raises."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = _ERROR_LINE.search(str(error))
        return (), (Fault("syntax", int(line[1]) if line else max(1, len(text.splitlines()))),)
    faults = [Fault("tables", values={"name": key}) for key in data if key != "site"]
    tables = data.get("site", [])
    if not isinstance(tables, list):
        return (), (*faults, Fault("tables", values={"name": "site"}))
    rules = []
    for number, table in enumerate(tables[:MAX_RULES], 1):
        fault = _fault(table, {"number": str(number)})
        if fault is None:
            rules.append(from_data(table))
        else:
            faults.append(fault)
    return tuple(rules), tuple(faults)


def _fault(table: Any, said: dict[str, str]) -> Fault | None:
    """The first thing wrong in one [[site]] table, or None."""
    if not isinstance(table, dict):
        return Fault("tables", values={"name": "site"})
    unknown = next((key for key in table if key not in _KEYS), None)
    if unknown is not None:
        return Fault("key", values=said | {"name": unknown, "want": ", ".join(_KEYS)})
    host = table.get("host")
    if not isinstance(host, str) or not _HOST.fullmatch(host):
        return Fault("host", values=said)
    for name, value in table.items():
        if name not in ("host", "remove") and not _is_selector(value):
            return Fault("selector", values=said | {"name": name})
    removed = table.get("remove", [])
    if not isinstance(removed, list) or len(removed) > _MOST_REMOVED or not all(map(_is_selector, removed)):
        return Fault("remove", values=said | {"name": "remove"})
    return None if any(table.get(name) for name in _KEYS[1:]) else Fault("empty", values=said)


def _is_selector(value: Any) -> bool:
    """True for what may be a selector; whether it is one shows on a page."""
    return isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST and value.isprintable()


def rules_for(rules: Iterable[SiteRule], url: str) -> tuple[SiteRule, ...]:
    """The rules for the host of an address; the most exact first."""
    try:
        host = _bare(urlsplit(url).hostname or "")
    except ValueError:
        return ()
    found = [rule for rule in rules if _fits(rule.host, host)]
    return tuple(sorted(found, key=lambda rule: (-len(_bare(rule.host.removeprefix("*."))), rule.host.startswith("*"))))


def _fits(pattern: str, host: str) -> bool:
    bare = _bare(pattern.removeprefix("*."))
    return host == bare or (pattern.startswith("*.") and host.endswith("." + bare))


def _bare(host: str) -> str:
    """A host name in the form in which it is compared; letters beyond ASCII as addresses carry them (IDNA)."""
    host = host.lower().rstrip(".").removeprefix("www.")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def to_data(rules: Sequence[SiteRule]) -> list[dict[str, Any]]:
    """The rules as JSON data, for the parser process."""
    return [asdict(rule) for rule in rules]


def from_data(data: Mapping[str, Any]) -> SiteRule:
    """One rule of what ``to_data`` gave, or of a table without faults."""
    return SiteRule(**{**data, "remove": tuple(data.get("remove", ()))})
