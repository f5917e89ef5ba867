"""The interpreter's settings while a screen is open: what a key waits for besides its own answer."""

from __future__ import annotations

import gc
import sys

TURN = 0.0005
"""Seconds a thread computes before another gets its turn. With Python's 5 ms the screen waits that long each time it
has let go of the interpreter (every read, write and statement does), while a refresh stores and compares stories."""


def for_a_screen() -> None:
    """Collect garbage again, but not what the imports made: that lives as long as the process; take short turns."""
    gc.freeze()
    gc.enable()
    sys.setswitchinterval(TURN)
