"""Where we may connect: address syntax, redirects, and which IP addresses are out of bounds. Pure."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from tui.net.outcome import FailureKind

LONGEST_URL = 8_000
MAX_HOPS = 5
_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")

_INVALID = "The server sent us on to an address that is not valid; try again later or open the site itself."
_SECRETS = "The server sent us on to an address with a password in it, which we do not follow; open the site itself."
_NOT_WEB = "The server sent us on to something that is not a web address, which we do not follow; open the site itself."
_UNENCRYPTED = (
    "The server sent us from an encrypted address to an unencrypted one; type the http address yourself to accept it."
)


class RefusalError(Exception):
    """An address that is not fetched. ``sentence`` is ours and complete; it never quotes the address."""

    def __init__(self, kind: FailureKind, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.kind, self.sentence, self.detail = kind, sentence, detail


@dataclass(frozen=True, slots=True)
class Address:
    """A checked http(s) address. ``url`` is normalised, without fragment and credentials."""

    url: str
    scheme: str
    host: str
    """Lower case ASCII, without a trailing dot; an IPv6 address without brackets."""
    port: int
    userinfo: str = ""
    """"user:password" as written, only ever in an address that the user gave."""

    @property
    def endpoint(self) -> tuple[str, int]:
        """Host and port."""
        return self.host, self.port

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port."""
        return self.scheme, self.host, self.port


def parse_address(text: str, *, given: bool = True) -> Address:
    """Check and normalise an address. ``given``: the user gave it, so credentials in it are allowed.

    Raises RefusalError (ADDRESS, or REDIRECT for credentials in an address that somebody else gave).
    """
    text = text.strip(" \t\r\n") if given else text.strip(" ")
    if not text or len(text) > LONGEST_URL or _CONTROL.search(text) or "\\" in text.partition("?")[0]:
        raise _malformed()
    try:
        parts = urlsplit(text)
        port, host, scheme = parts.port, parts.hostname, parts.scheme.lower()
    except ValueError:
        raise _malformed() from None
    if scheme not in _PORTS:
        raise RefusalError(FailureKind.ADDRESS, "Only http and https addresses can be fetched; check the address.")
    if not host or port == 0:
        raise _malformed()
    userinfo = parts.netloc.rpartition("@")[0]
    if userinfo and not given:
        raise RefusalError(FailureKind.REDIRECT, _SECRETS)
    host = _ascii_host(host)
    port = port or _PORTS[scheme]
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port == _PORTS[scheme] else f"{shown}:{port}"
    path = quote(parts.path, safe=_PATH_SAFE) or "/"
    query = "?" + quote(parts.query, safe=_PATH_SAFE + "?[]|^`{}") if parts.query else ""
    return Address(f"{scheme}://{netloc}{path}{query}", scheme, host, port, userinfo)


def _malformed() -> RefusalError:
    return RefusalError(FailureKind.ADDRESS, "The address is not a valid web address; check how it is written.")


def _ascii_host(host: str) -> str:
    """A host as it goes to the resolver: IDNA encoded, no trailing dot. Raises RefusalError."""
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host.partition("%")[0]))
        except ValueError:
            raise _malformed() from None
    host = host.rstrip(".").lower() if host.endswith(".") and not host.endswith("..") else host.lower()
    if not host.isascii():
        import idna  # only for hosts that are not ASCII

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise _malformed() from None
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise _malformed()
    return host


def redirect_target(here: Address, location: str) -> Address:
    """The address a redirect from ``here`` leads to.

    Raises RefusalError: a malformed or non-http address, credentials in it, or a step from https down to http.
    """
    location = location.strip(" \t")
    if not location or _CONTROL.search(location):
        raise RefusalError(FailureKind.REDIRECT, _INVALID)
    try:
        joined = urljoin(here.url, location)
    except ValueError:
        raise RefusalError(FailureKind.REDIRECT, _INVALID) from None
    try:
        target = parse_address(joined, given=False)
    except RefusalError as refusal:
        if refusal.kind is FailureKind.REDIRECT:
            raise
        raise RefusalError(FailureKind.REDIRECT, _NOT_WEB) from None
    if here.scheme == "https" and target.scheme == "http":
        raise RefusalError(FailureKind.DOWNGRADE, _UNENCRYPTED)
    return target


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL6 = ipaddress.IPv6Network("2000::/3")
_WRAPPED4 = tuple(ipaddress.IPv6Network(n) for n in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96"))
"""IPv6 prefixes whose last 32 bits are an IPv4 address: compatible, mapped, translated, NAT64."""
_NEVER = tuple(
    ipaddress.ip_network(n)
    for n in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "64:ff9b:1::/48",
        "100::/64",         "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
"""The special-purpose registries of IANA (RFC 6890) and multicast: the lists of the Pythons at hand differ."""


def is_public(ip: str) -> bool:
    """Whether an IP address is a host on the public internet, whatever it is wrapped in; False for no address."""
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = next((ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) for net in _WRAPPED4 if address in net), None)
        inner = inner or address.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if int(address) >> 32 & 0xFDFFFFFF == 0x5EFE:  # ISATAP (RFC 5214 §6.1): IPv4 in the interface identifier
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        if address not in _GLOBAL6:
            return False
    return address.is_global and not any(address in net for net in _NEVER if net.version == address.version)


def literal_ip(host: str) -> str | None:
    """The IP address that a host *is*, in any spelling a resolver takes (``127.1``, ``0x7f000001``), or None."""
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    if not re.fullmatch(r"[0-9a-fx.]+", host):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def surely_private(host: str) -> bool:
    """Whether a host is inside without asking a resolver: what can be checked when a proxy resolves for us."""
    ip = literal_ip(host)
    if ip is not None:
        return not is_public(ip)
    return host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".home.arpa")) or "." not in host


NEVER_PRIVATE = "The address leads into a private network, where nothing is fetched from here; nothing was sent."
"""What is said where not even a typed address may be private."""


def refused() -> RefusalError:
    """The refusal to connect inside."""
    return RefusalError(
        FailureKind.REFUSED,
        "The address leads into a private network, where only addresses you typed yourself may lead; nothing was sent.",
    )
