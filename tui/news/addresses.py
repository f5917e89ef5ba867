"""Web addresses: made absolute and safe to show, and folded so that two spellings of one address compare equal."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_INVISIBLE = (
    "\xad\u034f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u206a-\u206f"
    "\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Format and other characters that leave nothing to be seen; in an address they are told by their bytes."""
_ESCAPED = re.compile(rf"[\s\"<>\\^`{{|}}{_INVISIBLE}]|%(?![0-9a-fA-F]{{2}})")
_USUAL = re.compile(
    r"https?://(?:[a-z0-9-]+\.)+[a-z0-9-]*[a-z0-9](?::(?:[1-5]\d{4}|[1-9]\d{1,3}))?+(?![:\w])"
    r"(?:(?:/(?!\.)[\w~!$&'()*+,=:@-]*(?:\.(?!\.)[\w~!$&'()*+,=:@-]+)*+)++(?:\?[\w~!$&'()*+,;=:@/.-]+)?)?",
    re.ASCII,
).fullmatch
"""Absolute addresses that ``absolute`` would give back as they are: nothing to resolve, remove or escape."""
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_TRACKING = re.compile(
    r"(?:utm_\w*|at_(?:medium|campaign|link\w*|format|custom\d|ptr\w*|bbc_\w+)|mc_[ce]id|fb(?:clid|_\w+)|[gy]clid|"
    r"dclid|gbraid|wbraid|msclkid|igshid|yclid|"
    r"xtor|_ga|ns_\w+|cmpid|wt[._]\w+|ito|ocid|mkt_tok|hs\w?[a-z]*enc|_hsmi|traffic_source|maca|ref_src|ftag|smid|"
    r"ncid)",
    re.IGNORECASE,
)
MAX_LENGTH = 4096


def absolute(base: str, address: str) -> str:
    """``address`` resolved against ``base`` (RFC 3986 section 5), or "" when it is not a usable http or https address.

    Control and directional characters are removed, blanks and what cannot be seen escaped, so the result can be shown
    and passed on.
    """
    if len(address) <= MAX_LENGTH and "&amp;" not in address and _USUAL(address):
        return address
    address = _UNPRINTABLE.sub("", address.strip())
    if not address or len(address) > MAX_LENGTH:
        return ""
    if "&amp;" in address:  # escaped once more than its format asks
        address = address.replace("&amp;", "&")
    if address[:5].lower() == "feed:":
        rest = address[5:].removeprefix("//")
        address = rest if _SCHEME.match(rest) else "http://" + rest
    if address[:4].lower() == "www.":
        address = "http://" + address
    try:
        joined = urljoin(base, address)
        parts = urlsplit(joined)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or port == 0:
        return ""
    if not parts.path:
        parts = parts._replace(path="/" if parts.query else "")
    return _ESCAPED.sub(lambda match: quote(match[0]), urlunsplit(parts))


def normalise(address: str) -> str:
    """The key under which copies of one address fold: https, host without ``www.``, no fragment,
    no tracking parameters.

    For comparing only; it need not answer. Anything that is not http or https comes back as it is.
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return address
    if parts.scheme.lower() not in ("http", "https") or not host:
        return address
    host = host.removeprefix("www.")
    if port and port not in (80, 443):
        host = f"{host}:{port}"
    query = parts.query
    if query:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
        kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
        if len(kept) != len(pairs):
            query = urlencode(kept)
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""  # routes of single-page sites
    return urlunsplit(("https", host, parts.path.rstrip("/"), query, fragment))
