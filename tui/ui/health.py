"""How a source has been doing, in words and as a small bar: for the screen and for ``khabar sources --health``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tui.locale import Locale
from tui.news.health import Health, Try

_BARS = "▁▃▅█"
_HEIGHTS = {"fresh": 3, "revalidated": 2, "stale": 1}


def bar(tries: Sequence[Try]) -> str:
    """The last tries, oldest first: full for news, half for "not modified", low for kept text, the line for none."""
    return "".join(_BARS[_HEIGHTS.get(t.outcome, 0)] for t in tries)


def size(octets: int, locale: Locale) -> str:
    """What came over the wire, in kB."""
    return locale.text("health.size", kilobytes=locale.number(-(-octets // 1000)))


def share(health: Health, locale: Locale) -> str:
    """How many of the good answers were 304."""
    return locale.text("health.share", percent=round(100 * health.revalidated_share))


def success(health: Health, locale: Locale, now: datetime) -> str:
    """When the source last answered well, or ""."""
    then = health.last_success
    return locale.text("health.success", age=locale.age(then, now)) if then else ""


def following(health: Health, locale: Locale, now: datetime) -> str:
    """When the source may be asked again, or "" for at any time."""
    then = health.next_allowed
    if then is None or then <= now:
        return ""
    return locale.text("health.next", clock=locale.clock(then.astimezone()))


def story_of(health: Health, locale: Locale, now: datetime) -> str:
    """For a reader: when the source was last read and what that brought, and when it is asked again if not at once."""
    last = health.last
    if last is None:
        return ""
    then = health.last_success
    said = [locale.text("health.read", moment=locale.moment(then, now)) if then else locale.text("health.unread")]
    if last.new:
        said.append(locale.plural("health.new", last.new))
    if (wait := health.next_allowed) is not None and wait > now and last.sentence:
        said.append(locale.text("health.again", clock=locale.clock(wait.astimezone())))
    return " · ".join(said)


def facts(health: Health, locale: Locale, now: datetime) -> str:
    """All of it in one line, the bar left out; "" before the first try."""
    last = health.last
    if last is None:
        return ""
    said = (
        str(last.status) if last.status else "",
        success(health, locale, now),
        size(last.bytes, locale) if last.bytes else "",
        share(health, locale) if health.last_success else "",
        following(health, locale, now),
    )
    return " · ".join(part for part in said if part)
