"""What the store refuses in the middle of something is said in one sentence, and the program goes on.

Textual ends the program with any exception, and a widget whose handler raised one hears no more messages.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.worker import WorkerFailed

from tui.desk.errors import StoreError
from tui.desk.events import Trouble

if TYPE_CHECKING:
    from tui.desk.desk import Desk

log = logging.getLogger(__name__)


class CarryingOn(MessagePump):
    """A widget, screen or app that survives what the store refuses while one of its messages is dealt with."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except StoreError as error:
            self.app._handle_exception(error)


class CarryingOnApp(CarryingOn, App[Any]):
    """Tells such errors, those of its workers too."""

    desk: Desk

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, StoreError):
            log.warning("not done: %s", cause, exc_info=cause)
            self.desk.events.publish(Trouble(str(cause)))
        else:
            super()._handle_exception(error)
