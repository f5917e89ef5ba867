"""How long to leave a server alone: Retry-After, exponential back-off with full jitter; clock and dice passed in."""

from __future__ import annotations

from collections.abc import Callable

from tui.net.directives import delta_seconds
from tui.net.fields import Fields
from tui.net.httpdates import parse_http_date

DAY = 86_400.0
BACK_OFF_BASE = 60.0
BACK_OFF_CAP = 6 * 3600.0


def retry_after(status: int, fields: Fields, now: float) -> float | None:
    """The time (epoch seconds) before which a server does not want to be asked, or None (RFC 9110 §10.2.3).

    Read on 429 and 5xx, in both forms; never more than a day ahead, whatever it says. A date in the past or an
    unreadable value says nothing.
    """
    if status != 429 and status < 500:
        return None
    text = fields.get("retry-after").strip()
    seconds = delta_seconds(text)
    if seconds is not None:
        return now + min(float(seconds), DAY) if seconds else None
    date = parse_http_date(text, now)
    return min(date, now + DAY) if date is not None and date > now else None


def back_off(failures: int, dice: Callable[[], float]) -> float:
    """Seconds to wait after so many failures in a row: full jitter below a doubling bound (at most six hours).

    ``dice`` gives numbers in [0, 1). A tenth of the bound is the least wait: zero must not mean "at once".
    """
    bound = min(BACK_OFF_CAP, BACK_OFF_BASE * float(1 << min(failures - 1, 20)))
    return bound * max(0.1, dice())


def user_agent(name: str, contact: str) -> str:
    """The honest User-Agent: name and version, and where to complain; printable ASCII only."""
    clean = "".join(c for c in name if c.isascii() and c.isprintable()) or "khabar"
    where = "".join(c for c in contact if c.isascii() and c.isprintable() and c not in "()\\")
    return f"{clean} (+{where})" if where else clean
