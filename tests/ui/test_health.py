"""How a source has been doing: the bar of its last tries, and the facts in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tui.locale import load
from tui.news.health import Health, Try
from tui.ui.health import bar, facts

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def tries(*outcomes: str) -> tuple[Try, ...]:
    return tuple(
        Try(
            at=NOW - timedelta(minutes=5), outcome=outcome, status=200, bytes=17_201, new=0, failure="", sentence="",
            next_allowed=NOW + timedelta(hours=2),
        )
        for outcome in outcomes
    )  # fmt: skip


def test_the_bar_is_as_high_as_the_try_was_good() -> None:
    assert bar(tries("fresh", "revalidated", "stale", "failed", "offline")) == "█▅▃▁▁"


def test_the_facts() -> None:
    health = Health(1, tries("fresh", "revalidated", "revalidated"), NOW - timedelta(hours=3))
    clock = load("en").clock((NOW + timedelta(hours=2)).astimezone())
    assert facts(health, load("en"), NOW) == f"200 · answered: 3 h · 18 kB · 304: 67 % · next at {clock}"
    arabic = facts(health, load("ar", "EG"), NOW)
    assert "آخر جواب: ٣ ساعات" in arabic
    assert "١٨ ك.ب" in arabic


def test_nothing_is_said_of_what_never_happened() -> None:
    assert facts(Health(1), load("en"), NOW) == ""
    one = Health(1, tries("failed"))
    assert "304" not in facts(one, load("en"), NOW)
    assert "next" not in facts(one, load("en"), NOW + timedelta(hours=3))
