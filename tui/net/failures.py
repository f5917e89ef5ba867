"""From what went wrong to a Failure: a kind, one sentence that says what to do, and a printable detail."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

from tui.net.fields import printable
from tui.net.guard import RefusalError
from tui.net.limits import LimitError
from tui.net.outcome import Failure, FailureKind

K = FailureKind
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL}

_NOT_HTTP = (
    K.PROTOCOL,
    "The server does not speak HTTP properly, so its answer was refused; try again later.",
)
_LIMITS = {
    "protocol": _NOT_HTTP,
    "headers": (
        K.HEADERS,
        "The server sent too many or too long header fields, so the answer was refused; try again later.",
    ),
    "raw": (K.TOO_LARGE, "The answer is larger than khabar fetches; open it in a browser."),
    "decoded": (
        K.TOO_LARGE,
        "The answer unpacks to more than khabar accepts, so it was refused; open it in a browser.",
    ),
    "cut": (K.CUT_SHORT, "The answer was cut short on its way and was not kept; try again later."),
    "length": (K.CUT_SHORT, "The answer is not as long as the server said, so it was not kept; try again later."),
    "encoding": (
        K.ENCODING,
        "The answer is compressed in a way that cannot be unpacked; try again later or open it in a browser.",
    ),
}
_STORE = "so nothing was fetched; check the system's certificate store."
_UNKNOWN_AUTHORITY = f"The server's certificate comes from an authority this system does not trust, {_STORE}"
_CERTIFICATE = {
    9: "The server's certificate is not valid yet, so nothing was fetched; check this machine's clock.",
    10: "The server's certificate has expired, so nothing was fetched; try again later.",
    18: f"The server's certificate is signed by itself, {_STORE}",
    19: _UNKNOWN_AUTHORITY,
    20: _UNKNOWN_AUTHORITY,
    21: _UNKNOWN_AUTHORITY,
    23: "The server's certificate was revoked, so nothing was fetched; do not trust this site now.",
    62: "The server's certificate belongs to another name, so nothing was fetched; check the address.",
    64: "The server's certificate belongs to another address, so nothing was fetched; check the address.",
}
"""By OpenSSL's verification result (X509_V_ERR_…)."""
_NOT_ENCRYPTED = "The server does not encrypt at this address; check it, it may have to begin with http://."
_OUTDATED = "The server knows only outdated encryption, which is not accepted; open it in a browser if you trust it."
_HANDSHAKE = {
    "WRONG_VERSION_NUMBER": _NOT_ENCRYPTED,
    "RECORD_LAYER_FAILURE": _NOT_ENCRYPTED,
    "PACKET_LENGTH_TOO_LONG": _NOT_ENCRYPTED,
    "UNSUPPORTED_PROTOCOL": _OUTDATED,
    "NO_PROTOCOLS_AVAILABLE": _OUTDATED,
    "TLSV1_ALERT_PROTOCOL_VERSION": _OUTDATED,
    "TLSV1_ALERT_INSUFFICIENT_SECURITY": _OUTDATED,
    "SSLV3_ALERT_HANDSHAKE_FAILURE": _OUTDATED,
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED": _OUTDATED,
    "DH_KEY_TOO_SMALL": _OUTDATED,
}
"""By OpenSSL's reason (SSL_R_…)."""
_HANDSHAKE_OTHER = "An encrypted connection to the server could not be made; try again later or check the address."
_CERTIFICATE_OTHER = f"The server's certificate could not be verified, {_STORE}"
_STATUS = {
    400: (K.STATUS, "The server did not understand the request (400); check the address."),
    401: (K.DENIED, "The server asks for a password (401); put it in the address if you have one."),
    402: (K.DENIED, "The server asks for payment (402); open it in a browser."),
    403: (K.DENIED, "The server does not let us read this (403); open it in a browser."),
    404: (K.NOT_FOUND, "There is nothing at this address any more (404); check the address."),
    407: (K.PROXY, "The proxy asks for a password (407); set it in the proxy's address."),
    408: (K.TIMEOUT, "The server got tired of waiting for us (408); try again later."),
    410: (K.GONE, "The server says that this is gone for good (410); remove the source or look for its new address."),
    429: (K.RATE_LIMITED, "The server says that we ask too often (429); wait before trying again."),
    451: (K.DENIED, "This is withheld for legal reasons (451); look for it elsewhere."),
    500: (K.SERVER, "The server has an error of its own (500); try again later."),
    502: (K.SERVER, "The server cannot reach what is behind it (502); try again later."),
    503: (K.SERVER, "The server is not available at the moment (503); try again later."),
    504: (K.SERVER, "The server waited in vain for what is behind it (504); try again later."),
}


def closed() -> Failure:
    """The program is ending."""
    return Failure(K.INTERNAL, "The fetch was called off because khabar is closing; start it again to fetch this.")


def offline() -> Failure:
    """Nothing is fetched because there is no network."""
    return Failure(K.OFFLINE, "You are offline and this was never fetched; go online and try again.")


def offline_stale() -> Failure:
    """The stored answer is shown because there is no network."""
    return Failure(K.OFFLINE, "You are offline; this is the copy kept from the last time.")


def empty(status: int) -> Failure:
    """A good status without anything to read."""
    return Failure(K.EMPTY, "The server's answer was empty; try again later or open it in a browser.", str(status))


def waiting(minutes: float) -> Failure:
    """The server asked to be left alone."""
    return Failure(K.RATE_LIMITED, f"The server asked us to wait; try again in {_span(minutes)}.")


def backing_off(minutes: float) -> Failure:
    """We leave a failing server alone for a while."""
    return Failure(
        K.BACK_OFF, f"This failed before, so the next try waits {_span(minutes)}; refresh it by hand to try now."
    )


def _span(minutes: float) -> str:
    if minutes < 1:
        return "less than a minute"
    if minutes < 90:
        return f"{round(minutes)} minute{'s' if round(minutes) != 1 else ''}"
    return f"{round(minutes / 60)} hours"


def of_status(status: int, reason: str = "") -> Failure:
    """The failure that a status means. ``reason`` is the server's own phrase, printable."""
    if status in _STATUS:
        kind, sentence = _STATUS[status]
    elif status >= 500:
        kind, sentence = K.SERVER, f"The server has an error of its own ({status}); try again later."
    else:
        kind, sentence = K.STATUS, f"The server gave an answer that is no page ({status}); check the address."
    return Failure(kind, sentence, printable(f"{status} {reason}".strip(), 120))


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from, outermost first."""
    seen = 0
    while error is not None and seen < 12:
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from error.exceptions
        error, seen = error.__cause__ or error.__context__, seen + 1  # httpcore raises "from None": the context has it


def of_error(error: BaseException) -> Failure:
    """The failure that an exception from below means."""
    if isinstance(error, RefusalError):
        return Failure(error.kind, error.sentence, printable(error.detail))
    detail = printable(f"{type(error).__name__}: {error}")
    if type(error).__name__ == "ProxyUnusableError":  # whatever the reason is, it is not the server
        return Failure(*_of_name(error), detail)
    for cause in causes(error):
        found = _of_cause(cause)
        if found is not None:
            return Failure(*found, detail)
    return Failure(*_of_name(error), detail)


def _of_cause(cause: BaseException) -> tuple[FailureKind, str] | None:
    if isinstance(cause, RefusalError):
        return cause.kind, cause.sentence
    if isinstance(cause, LimitError):
        return _LIMITS[cause.what]
    if isinstance(cause, ssl.SSLCertVerificationError):
        return K.CERTIFICATE, _CERTIFICATE.get(getattr(cause, "verify_code", 0), _CERTIFICATE_OTHER)
    if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLWantReadError | ssl.SSLWantWriteError):
        return K.TLS, _HANDSHAKE.get(cause.reason or "", _HANDSHAKE_OTHER)
    if type(cause).__name__ == "Blocked":
        return K.REFUSED, str(cause)
    if type(cause).__name__ == "Encrypted":
        return K.TLS, "The server expects encryption at this address; let it begin with https://."
    if type(cause).__name__ == "Flood":
        return K.TOO_LARGE, _LIMITS["raw"][1]
    if isinstance(cause, socket.gaierror):
        return K.DNS, "The server's name could not be found; check the address and your connection."
    if isinstance(cause, ConnectionRefusedError):
        return K.CONNECT, "The server refuses connections; check the address or try again later."
    if isinstance(cause, OSError) and cause.errno in _UNREACHABLE:
        return K.CONNECT, "The server cannot be reached from here; check your connection."
    return None


def _of_name(error: BaseException) -> tuple[FailureKind, str]:
    name = type(error).__name__
    if name in ("ConnectTimeout", "PoolTimeout"):
        return K.TIMEOUT, "The server did not answer the connection in time; try again later."
    if isinstance(error, TimeoutError) or name.endswith("Timeout"):
        return K.TIMEOUT, "The answer took too long and was given up; try again later."
    if name == "ProxyError":
        return K.PROXY, "The proxy did not let us through; check the proxy's address and password."
    if name == "ProxyUnusableError":
        return K.PROXY, "The proxy named in the environment cannot be used; check its address or unset it."
    if name == "NoHandshake":
        return K.TLS, _HANDSHAKE_OTHER
    if name == "ConnectError":
        return K.CONNECT, "No connection to the server could be made; check the address and your connection."
    gone = ("without sending a response", "StreamReset", "ConnectionTerminated")
    if any(words in str(error) for words in gone) or name in ("ReadError", "WriteError", "CloseError"):
        return K.DISCONNECTED, "The server hung up before it had answered; try again later."
    if "Receive buffer too long" in str(error) or "Oversized header block" in str(error):
        return _LIMITS["headers"]
    if "peer closed connection" in str(error) or "InvalidBodyLength" in str(error):
        return _LIMITS["length"]
    if name == "DecodingError" or any(kind.__name__.endswith("ProtocolError") for kind in type(error).__mro__):
        return _NOT_HTTP
    if name == "InvalidURL":
        return K.ADDRESS, "The address is not a valid web address; check how it is written."
    return K.INTERNAL, "Something unexpected went wrong while fetching; try again, and report it if it stays."
