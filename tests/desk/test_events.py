"""Events arrive on the loop's thread, in order, in the listener's own context."""

from __future__ import annotations

import asyncio
import threading
from contextvars import ContextVar

from tui.desk.events import Event, Events, OfflineChanged, SourcesChanged

WHERE = ContextVar("WHERE", default="nowhere")


async def test_events_of_other_threads_come_to_the_loop_in_the_listeners_context() -> None:
    events = Events()
    events.bind(asyncio.get_running_loop())
    heard: list[tuple[Event, int, str]] = []
    WHERE.set("on the screen")
    events.subscribe(lambda event: heard.append((event, threading.get_ident(), WHERE.get())))
    WHERE.set("elsewhere")

    def publish() -> None:
        events.publish(OfflineChanged(True), OfflineChanged(False))
        events.publish(SourcesChanged())

    await asyncio.get_running_loop().run_in_executor(None, publish)
    await asyncio.sleep(0)
    here = threading.get_ident()
    assert heard == [
        (OfflineChanged(True), here, "on the screen"),
        (OfflineChanged(False), here, "on the screen"),
        (SourcesChanged(), here, "on the screen"),
    ]


async def test_a_listener_may_publish_and_may_leave() -> None:
    events = Events()
    events.bind(asyncio.get_running_loop())
    heard: list[Event] = []

    def once(event: Event) -> None:
        heard.append(event)
        leave()
        events.publish(SourcesChanged())

    leave = events.subscribe(once)
    events.subscribe(heard.append)
    events.publish(OfflineChanged(True))
    assert heard == [OfflineChanged(True), SourcesChanged(), OfflineChanged(True)]
