"""Which lines are slow, and how much goes over them."""

from __future__ import annotations

import pytest

from tui.terminal.link import Link, Speed, link_of
from tui.terminal.profile import Multiplexer, Profile


@pytest.mark.parametrize(
    ("ssh", "milliseconds", "slow"),
    [
        (False, 2.0, False),
        (False, 120.0, False),  # a busy machine
        (False, 600.0, True),  # telnet, mosh, a serial line
        (False, None, False),  # a terminal that does not answer
        (True, 2.0, False),  # the same room
        (True, 200.0, True),
        (True, None, True),
    ],
)
def test_lines_are_judged_by_their_round_trip(ssh: bool, milliseconds: float | None, slow: bool) -> None:
    profile = Profile(over_ssh=ssh, round_trip_ms=milliseconds)
    assert link_of(profile).slow is slow
    assert link_of(profile, Speed.FAST).slow is False
    assert link_of(profile, Speed.SLOW).slow is True


def test_a_multiplexer_answers_for_itself_not_for_the_line() -> None:
    assert link_of(Profile(over_ssh=True, round_trip_ms=1.0, multiplexer=Multiplexer.TMUX)).slow
    assert link_of(Profile(over_ssh=True, round_trip_ms=1.0, multiplexer=Multiplexer.SCREEN)).slow
    through = Profile(over_ssh=True, round_trip_ms=1.0, multiplexer=Multiplexer.TMUX_PASSTHROUGH)
    assert not link_of(through).slow


def test_a_fast_line_is_not_held_back() -> None:
    assert Link().rest(100_000) == 0


def test_a_slow_line_rests_for_its_round_trip_and_for_its_bytes() -> None:
    assert Link(slow=True, round_trip_ms=200).rest(60) == pytest.approx(0.1)
    assert Link(slow=True, round_trip_ms=5_000).rest(60) == pytest.approx(0.25)
    assert Link(slow=True, round_trip_ms=200).rest(25_000) == pytest.approx(1.0)
    assert Link(slow=True).rest(60) > 0
