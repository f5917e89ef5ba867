"""The list beside the headlines: what they can be taken from."""

from __future__ import annotations

from tui.ui.widgets.choices import Choices


class SideList(Choices, can_focus=True):
    """Entries that have the keyboard themselves; the reading screen moves in them."""

    def __init__(self, *, rtl: bool) -> None:
        super().__init__([], rtl=rtl, id="side")
