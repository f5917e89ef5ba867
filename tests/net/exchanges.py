"""Requests and stored responses for the tables of RFC 9111."""

from __future__ import annotations

from tui.net.fields import Fields
from tui.net.httpdates import http_date
from tui.net.messages import Request, Stored

NOW = 1_795_000_000.0
URL = "http://feeds.example/x"


def fields(*lines: str) -> Fields:
    return Fields((n, v.strip()) for n, _, v in (line.partition(":") for line in lines))


def stored(*lines: str, age: float = 0.0, status: int = 200, delay: float = 0.0, date: bool = True) -> Stored:
    """A stored response that came ``age`` seconds ago and took ``delay`` seconds to come."""
    came = NOW - age
    own = fields(*lines)
    if date and "date" not in own:
        own = own.plus(("date", http_date(came)))
    return Stored(1, "GET", URL, status, own, (), came - delay, came, b"")


def request(*lines: str, method: str = "GET") -> Request:
    return Request(method, URL, fields(*lines))
