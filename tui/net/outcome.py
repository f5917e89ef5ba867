"""What a fetch is asked and what it answers: plain values, no network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

MEGABYTE = 1 << 20


class Purpose(StrEnum):
    """Why an address is fetched: it decides how much the cache and our manners may hold back."""

    REFRESH = "refresh"
    """In the background: revalidated unless it came less than a minute ago and is fresh; obeys back-off."""
    READ = "read"
    """Somebody waits: a stale answer is given at once and renewed behind the reader's back; no back-off."""
    FORCE = "force"
    """Somebody asked for it anew: end-to-end revalidation (RFC 9111 §5.2.1.4); only Retry-After holds it back."""


class OutcomeKind(StrEnum):
    """How a fetch ended. There is a body exactly for FRESH, REVALIDATED and STALE."""

    FRESH = "fresh"
    """A whole new answer, or a stored one that is still fresh."""
    REVALIDATED = "revalidated"
    """The stored answer, confirmed by the server just now (304)."""
    STALE = "stale"
    """The stored answer, although it is out of date; ``failure`` says why, or is None when it is renewed meanwhile."""
    OFFLINE = "offline"
    """Nothing stored, and we are offline."""
    FAILED = "failed"
    """Nothing usable came."""


class FailureKind(StrEnum):
    """What went wrong, as far as a program has to tell cases apart."""

    OFFLINE = "offline"
    ADDRESS = "address"
    """Not an http(s) address, or a malformed one."""
    REFUSED = "refused"
    """The address leads inside a private network: we do not connect."""
    DNS = "dns"
    CONNECT = "connect"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate"
    TLS = "tls"
    PROXY = "proxy"
    PROTOCOL = "protocol"
    """The server does not speak HTTP as it should."""
    DISCONNECTED = "disconnected"
    CUT_SHORT = "cut-short"
    """The body ended before its end, or its length is a lie."""
    ENCODING = "encoding"
    EMPTY = "empty"
    """A good status and no body: nothing to read."""
    TOO_LARGE = "too-large"
    HEADERS = "headers"
    """Too many or too long header fields."""
    REDIRECT = "redirect"
    DOWNGRADE = "downgrade"
    """A redirect from https to http."""
    NOT_FOUND = "not-found"
    GONE = "gone"
    DENIED = "denied"
    RATE_LIMITED = "rate-limited"
    """The server asked us to wait (429, or Retry-After)."""
    SERVER = "server"
    """5xx."""
    STATUS = "status"
    """Any other status that is not an answer."""
    BACK_OFF = "back-off"
    """It failed before; we wait before the next background try."""
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no fresh answer. ``sentence`` is ours; ``detail`` may quote the server, made printable."""

    kind: FailureKind
    sentence: str
    """One English sentence: what failed and what to do."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one fetch. Header values are foreign text made printable: no control characters in them."""

    kind: OutcomeKind
    url: str
    """The last address of the redirect chain, without credentials."""
    status: int = 0
    """HTTP status, or 0 when no response came."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Lower-case names; several fields of one name are joined by ", "; never cookies."""
    content_type: str = ""
    body: bytes = b""
    """Decoded (no content coding left)."""
    received: int = 0
    """Bytes that came over the wire: bodies as sent, and header fields."""
    from_cache: bool = False
    changed: bool = False
    """The body differs from what the cache had before, or the cache had nothing."""
    failure: Failure | None = None
    moved_to: str = ""
    """The target of a permanent redirect (301, 308) from the address asked for, or ""."""
    gone: bool = False
    """410: the server says that there will be nothing any more."""
    next_allowed: datetime | None = None
    """Do not ask again before (aware, UTC), or None."""
    moved_confirmed: bool = False
    """The same ``moved_to`` was seen in two requests: the address may be rewritten."""
    stored: bool = False
    """The answer is in the cache now."""
    asked: bool = False
    """A request was sent, whatever came of it: neither being offline nor a wait kept us from it."""
    at: datetime | None = None
    """When the fetch ended (aware, UTC)."""

    @property
    def ok(self) -> bool:
        """Whether there is a body to use."""
        return self.kind in (OutcomeKind.FRESH, OutcomeKind.REVALIDATED, OutcomeKind.STALE)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the cache that the reader should know, said once."""

    sentence: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """How the client works. Times in seconds, sizes in bytes."""

    cache_path: Path
    """The SQLite file of the cache; its directory is made when missing."""
    user_agent: str = "khabar"
    contact: str = ""
    """An address where the server's owner can complain; goes into the User-Agent in parentheses."""
    cache_bytes: int = 200 * MEGABYTE
    connect_timeout: float = 5.0
    total_timeout: float = 30.0
    """The whole exchange with all redirects, from the first byte sent; waiting for a turn does not count."""
    max_raw: int = 8 * MEGABYTE
    """Body bytes on the wire, before decoding."""
    max_decoded: int = 16 * MEGABYTE
    per_host: int = 2
    """Connections to one origin (scheme, host, port)."""
    total: int = 16
    offline: bool = False
    proxies: bool = True
    """Honour http_proxy, https_proxy, all_proxy and no_proxy from the environment. A proxy looks names up for itself;
    one that is known here to lead inside is not asked for, one that nobody here knows is the proxy's to decide."""
    private: bool = True
    """Whether an address that the user typed may be inside a private network; False: no address may."""
    ca_file: Path | None = None
    """Trust this bundle of certificates too, beside the system's store."""
    locked_wait: float = 1.0
    """How long a write waits for another process's write before the answer is served unstored."""
    probe_seconds: float = 5.0
    """How often a lost network is looked at again."""
    refresh_window: float = 60.0
    """A background refresh does not ask again for what came less than this long ago and is fresh."""
