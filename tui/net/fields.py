"""Header fields: an immutable multi-dict, list values and foreign text made printable (RFC 9110 §5)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator

HOP_BY_HOP = frozenset(
    (
        "connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade",
        "proxy-authenticate", "proxy-authentication-info", "proxy-authorization",
    )
)  # fmt: skip
"""Fields about one connection: never stored (RFC 9111 §3.1)."""

COOKIES = frozenset(("set-cookie", "set-cookie2"))


def printable(text: str, limit: int = 300) -> str:
    """Foreign text as one harmless line: control, format and separator characters become "\\ufffd", cut at ``limit``.

    A header value or a reason phrase can carry terminal escape sequences; none of them leaves this package.
    """
    if text.isascii() and text.isprintable():
        return text if len(text) <= limit else text[:limit] + "…"
    safe = "".join(
        " " if c == "\t" else "\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn") else c
        for c in text[: limit + 1]
    )
    return safe if len(safe) <= limit else safe[:limit] + "…"


def decode_field(raw: bytes) -> str:
    """A field's bytes as text: UTF-8 when it is that, else ISO 8859-1 (RFC 9110 §5.5)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


class Fields:
    """An ordered list of header fields with lower-case names; immutable."""

    __slots__ = ("_first", "pairs")

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self.pairs: tuple[tuple[str, str], ...] = tuple((name.lower(), value) for name, value in pairs)
        self._first: dict[str, str] = dict(reversed(self.pairs))

    def get(self, name: str, default: str = "") -> str:
        """The first value of ``name`` (lower case), or ``default``."""
        return self._first.get(name, default)

    def all(self, name: str) -> list[str]:
        """All values of ``name`` in order."""
        return [v for n, v in self.pairs if n == name] if name in self._first else []

    def joined(self, name: str) -> str:
        """All values of ``name`` as one list value (RFC 9110 §5.2), or ""."""
        return ", ".join(self.all(name))

    def members(self, name: str) -> list[str]:
        """The members of a list-valued field without quoted strings, lower case, empty ones left out."""
        return [m for m in (part.strip().lower() for part in self.joined(name).split(",")) if m]

    def without(self, names: Collection[str]) -> Fields:
        """A copy without the fields of these lower-case names."""
        return Fields((n, v) for n, v in self.pairs if n not in names)

    def plus(self, *pairs: tuple[str, str]) -> Fields:
        """A copy with these fields added at the end."""
        return Fields((*self.pairs, *pairs))

    def mapping(self) -> dict[str, str]:
        """Lower-case name → printable joined value, without cookies: what leaves this package."""
        return {n: printable(self.joined(n), 2000) for n in dict.fromkeys(n for n, _ in self.pairs) if n not in COOKIES}

    def __contains__(self, name: object) -> bool:
        return name in self._first

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fields) and self.pairs == other.pairs

    def __hash__(self) -> int:
        return hash(self.pairs)

    def __repr__(self) -> str:
        return f"Fields({list(self.pairs)!r})"
