"""How fast the line to the reader is, and how often a frame may go over it.  Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tui.terminal.profile import Multiplexer, Profile

SLOW_OVER_SSH, SLOW_ANYWHERE = 50.0, 250.0
"""Round trips in ms from which on a line is slow.  Terminals on the same machine answer within 16 ms, but a busy
machine may take its time: without SSH the answer must be late indeed."""
_SHORTEST, _LONGEST = 0.02, 0.25
_BYTES_PER_SECOND = 25_000
"""What a slow line is trusted with: 200 kbit/s."""


class Speed(StrEnum):
    """`link =` in the configuration."""

    AUTO = "auto"
    FAST = "fast"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Link:
    """The line between us and the reader."""

    slow: bool = False
    round_trip_ms: float | None = None

    def rest(self, sent: int) -> float:
        """Seconds to wait after a frame of `sent` bytes before the next: what comes meanwhile is one frame, not many.

        Half a round trip, as mosh does, or as long as a slow line takes for the bytes; a fast line is not held back.
        """
        if not self.slow:
            return 0.0
        half = (self.round_trip_ms or 0.0) / 2000
        return max(_SHORTEST, min(_LONGEST, half), sent / _BYTES_PER_SECOND)


def link_of(profile: Profile, wish: Speed = Speed.AUTO) -> Link:
    """The line by the reader's wish, else by what was measured.

    A multiplexer answers for itself: behind one, over SSH, the time is not known and the line taken for slow.
    """
    measured = profile.round_trip_ms
    if profile.multiplexer in {Multiplexer.TMUX, Multiplexer.SCREEN}:
        measured = None
    if wish is not Speed.AUTO:
        return Link(wish is Speed.SLOW, measured)
    if profile.over_ssh:
        return Link(measured is None or measured >= SLOW_OVER_SSH, measured)
    return Link(measured is not None and measured >= SLOW_ANYWHERE, measured)
