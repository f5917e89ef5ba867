"""What we remember about addresses between fetches, over restarts: waits that servers asked for, back-off, moves."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from tui.net import failures
from tui.net.fields import Fields
from tui.net.guard import Address
from tui.net.manners import DAY, back_off, retry_after
from tui.net.outcome import Failure, FailureKind, Purpose
from tui.net.responses import ResponseStore

K = FailureKind
TROUBLE = frozenset(
    (
        K.DNS, K.CONNECT, K.TIMEOUT, K.CERTIFICATE, K.TLS, K.PROXY, K.PROTOCOL, K.DISCONNECTED, K.CUT_SHORT, K.ENCODING,
        K.TOO_LARGE, K.HEADERS, K.SERVER,
    )
)  # fmt: skip
"""Failures after which a background refresh leaves the address alone for a while."""
_MOVE_KEPT = 90 * DAY
_LONGEST = DAY + 300
"""A longer wait was never noted: the clock was set back since, and the wait is over."""


class Restraint:
    """Times before which an address is not asked again, and why."""

    def __init__(
        self, store: ResponseStore, clock: Callable[[], float], dice: Callable[[], float] = random.random
    ) -> None:
        self._store, self._clock, self._dice = store, clock, dice

    def held(self, address: Address, purpose: Purpose) -> tuple[float, Failure] | None:
        """Until when (epoch seconds) and why this address must be left alone, or None. Back-off holds only REFRESH."""
        now = self._clock()
        until = max(_number(self._store.note(key)) for key in self._hold_keys(address))
        if now < until <= now + _LONGEST:
            return until, failures.waiting((until - now) / 60)
        if purpose is Purpose.REFRESH:
            until = _number(_loads(self._store.note(f"back-off {address.url}"), [0, 0.0])[1])
            if now < until <= now + _LONGEST:
                return until, failures.backing_off((until - now) / 60)
        return None

    @staticmethod
    def _hold_keys(address: Address) -> tuple[str, str]:
        """429 speaks of us and holds for the whole origin; Retry-After on a 5xx speaks of the one address."""
        scheme, host, port = address.origin
        return f"hold {scheme}://{host}:{port}", f"hold {address.url}"

    def asked_to_wait(self, address: Address, status: int, fields: Fields) -> float | None:
        """Take note of Retry-After; gives the time, or None when there is none."""
        until = retry_after(status, fields, self._clock())
        if until is not None:
            origin, url = self._hold_keys(address)
            self._store.set_note(origin if status == 429 else url, repr(until), until)
        return until

    def failed(self, address: Address) -> float:
        """Count a failure of a background try; gives the time of the next one."""
        key = f"back-off {address.url}"
        count = int(_number(_loads(self._store.note(key), [0, 0.0])[0])) + 1
        until = self._clock() + back_off(count, self._dice)
        self._store.set_note(key, json.dumps([count, until]), until + DAY)
        return until

    def succeeded(self, address: Address) -> None:
        """Forget earlier failures."""
        key = f"back-off {address.url}"
        if self._store.note(key):
            self._store.set_note(key, "", 0)

    def moved(self, address: Address, target: str) -> bool:
        """Take note of a permanent redirect seen in a request; True when the same one was seen before."""
        key = f"moved {address.url}"
        seen, count = _loads(self._store.note(key), ["", 0])
        count = int(_number(count)) + 1 if seen == target else 1
        self._store.set_note(key, json.dumps([target, count]), self._clock() + _MOVE_KEPT)
        return count >= 2


def _number(value: Any) -> float:
    try:
        return float(value or 0)
    except (TypeError, ValueError):
        return 0.0


def _loads(text: str, default: list[Any]) -> list[Any]:
    try:
        found = json.loads(text) if text else default
    except ValueError:
        return default
    return found if isinstance(found, list) and len(found) == len(default) else default
