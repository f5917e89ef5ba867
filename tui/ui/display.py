"""The seam between Textual and our terminal stage: an App whose text is right in every terminal."""

from __future__ import annotations

from typing import Any

from textual.app import App

from tui.terminal.profile import Mode, Profile, with_mode


class BidiApp(App[Any]):
    """A Textual App that shows right-to-left text as the terminal at hand needs it."""

    def __init__(self, *args: Any, profile: Profile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measured_profile = profile or Profile()
        self.profile = self.measured_profile

    def set_bidi_mode(self, mode: Mode) -> None:
        """Show everything again as `mode` needs it; `Mode.AUTO` goes back to what was measured."""
        self.profile = with_mode(self.measured_profile, mode)
        self.refresh(layout=True)

    def copy_text(self, text: str) -> bool:
        """Put `text` on the clipboard of the reader's own machine.  False when it cannot be done."""
        self.copy_to_clipboard(text)
        return True
