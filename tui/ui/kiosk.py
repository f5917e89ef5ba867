"""The screen of a kiosk: what it leaves out, when it closes, and that a fault of ours tells the reader nothing.

Actions are let in by name: one that is added to the registry is withheld here until somebody has thought of it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from textual import events
from textual.actions import ActionParseResult
from textual.dom import DOMNode

from tui.ui.actions import BY_ID
from tui.ui.app import KhabarApp

log = logging.getLogger(__name__)
ALLOWED = (
    "down up page_down page_up top bottom next_pane previous_pane open read_on back forward next_story previous_story "
    "left right link_hints link_numbers address open_source toggle_read star copy_address copy_text qr others "
    "report_image mark_all_read undo new_stories list_all list_unread list_starred list_today side choose_source "
    "sources search find next_hit previous_hit zoom compact sections ticker_speed pane_direction terminal_mode theme "
    "hide_images palette help quit"
)
"""Reading, and marks of the reader's own. Not: asking sources, changing what the host follows, settings and files."""
_OF_TEXTUAL = frozenset(("quit", "help_quit", "focus_next", "focus_previous", "bell"))
"""Actions of Textual's App that a key or a link may run; among the others are screenshots and suspending."""
_WARNED = 60.0
"""Seconds between the warning and the end."""
_LOOK = 1.0


class KioskApp(KhabarApp):
    """khabar for readers on somebody else's host."""

    KIOSK = True
    WITHHELD = frozenset(BY_ID) - set(ALLOWED.split())

    def __init__(
        self,
        *,
        idle: float,
        longest: float,
        now: Callable[[], float] = time.monotonic,
        **options: Any,
    ) -> None:
        """``idle``: seconds without a key after which it closes; ``longest``: seconds after which it closes anyway."""
        super().__init__(**options)
        self._idle, self._longest, self._now = idle, longest, now
        self._began = self._touched = now()
        self._warned = ""
        self.closed_by = ""
        """Why it closed by itself: the text key of a sentence, or ""."""

    def on_mount(self) -> None:
        """Begin to watch the clock."""
        super().on_mount()
        self.set_interval(_LOOK, self._look_at_the_clock)

    async def on_event(self, event: events.Event) -> None:
        """Whatever comes from the reader's hands counts as a sign of life."""
        if isinstance(event, (events.InputEvent, events.Paste)):
            self._touched = self._now()
            if self._warned == "kiosk.idle":
                self._warned = ""
        await super().on_event(event)

    def _look_at_the_clock(self) -> None:
        now = self._now()
        for seconds, warning, end in (
            (self._idle - (now - self._touched), "kiosk.idle", "kiosk.closed-idle"),
            (self._longest - (now - self._began), "kiosk.late", "kiosk.closed-late"),
        ):
            if seconds <= 0:
                self.closed_by = end
                self.exit()
                return
            if seconds <= min(_WARNED, self._idle / 2) and not self._warned:
                self._warned = warning
                self.reading.notice(self.locale.text(warning), "warning")

    # -- Textual's own doors

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """No action of Textual's App but the few that do no harm."""
        namespace = self if default_namespace is None else default_namespace
        target, name, _ = self._parse_action(action, namespace, namespaces)
        if target is self and name not in _OF_TEXTUAL:
            return False
        return await super().run_action(action, default_namespace, namespaces)

    def action_suspend_process(self) -> None:
        """There is no shell below that could wake it again."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """No program is started on the host."""

    def save_screenshot(self, *_: Any, **__: Any) -> str:
        """No file is written on the host."""
        return ""

    def deliver_screenshot(self, *_: Any, **__: Any) -> str | None:
        """The same."""
        return None

    def deliver_text(self, *_: Any, **__: Any) -> str | None:
        """The same."""
        return None

    def deliver_binary(self, *_: Any, **__: Any) -> str | None:
        """The same."""
        return None

    def search_commands(self, *_: Any, **__: Any) -> Any:
        """Textual's palette stays shut."""

    def _fatal_error(self) -> None:
        """A fault goes to the log: a traceback tells of the host, and is of no use to a reader."""
        log.error("a fault of khabar's own", exc_info=True)
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:
        """The same."""
        log.error("a fault of khabar's own: %s", renderables)
        self._close_messages_no_wait()
