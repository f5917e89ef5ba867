"""What tests of the client share: the kinds of their fixtures, and asking."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from tui.net.client import Client, Outcome, Purpose

Make = Callable[..., Client]
Serve = Callable[..., Awaitable[Any]]
Answer = Callable[..., bytes]
FEED = b"<rss/>" * 50


async def get(client: Client, url: str, purpose: Purpose = Purpose.REFRESH) -> Outcome:
    return await client.fetch(url, purpose=purpose, private_ok=True)


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead
