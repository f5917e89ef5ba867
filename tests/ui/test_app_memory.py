"""What the application does not keep."""

from __future__ import annotations

from rich.segment import Segment

from tui.ui.app import forget_cut_segments


def test_cut_segments_are_forgotten() -> None:
    """They are rich's private affair: an update of it that names them otherwise must be noticed here."""
    for number in range(50):
        Segment(f"خبر {number}").split_cells(2)
    memory = Segment._split_cells.cache_info
    assert memory().currsize >= 50
    forget_cut_segments()
    assert memory().currsize == 0
