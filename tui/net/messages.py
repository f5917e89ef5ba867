"""What passes between the cache's decisions and the network: a request, an answer, a stored answer."""

from __future__ import annotations

from dataclasses import dataclass

from tui.net.fields import Fields


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``url`` is normalised and has no fragment."""

    method: str
    url: str
    fields: Fields
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Received:
    """One whole response as it came, within all limits. Times are seconds since the epoch."""

    status: int
    fields: Fields
    raw: bytes
    """The body as sent, with its content codings."""
    body: bytes
    """The body without content codings."""
    requested: float
    arrived: float
    wire: int
    """Bytes on the wire: header fields and raw body."""
    inside: bool = False
    """It came from an address inside a private network."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """A response in the cache, without its body (``ResponseStore.body`` has it)."""

    id: int
    method: str
    url: str
    status: int
    fields: Fields
    vary: tuple[tuple[str, str | None], ...]
    """The request fields that Vary named, as the first request had them; ("*", None) matches nothing."""
    requested: float
    arrived: float
    digest: bytes
    """Of the decoded body: tells whether a new answer changed anything."""
    inside: bool = False
    size: int = 0
