"""Putting answers into the response store and getting them back."""

from __future__ import annotations

import time
from collections.abc import Callable

from tui.net.fields import Fields
from tui.net.messages import Received, Request
from tui.net.responses import ResponseStore

MB = 1 << 20
Open = Callable[..., ResponseStore]


def put(
    store: ResponseStore,
    url: str,
    body: bytes,
    *,
    vary: tuple[tuple[str, str | None], ...] = (),
    when: float | None = None,
) -> bool:
    now = time.time() if when is None else when
    answer = Received(200, Fields(), body, body, now, now, len(body))
    return store.put(Request("GET", url, Fields()), answer, Fields([("etag", '"é"')]), vary, b"d").result()


def get(store: ResponseStore, url: str) -> bytes | None:
    found = store.candidates(url, "GET")
    return store.body(found[0]) if found else None
