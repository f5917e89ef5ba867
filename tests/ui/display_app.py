"""A small program for the tests of the display: probe, screen, a log of its keys."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import ClassVar


def main() -> None:
    """Ask the terminal, show the screen, and log each key on a line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", default=os.devnull)
    parser.add_argument("--timeout", type=float)
    parser.add_argument("--mode", default="auto")
    parser.add_argument("--plain", action="store_true")
    options = parser.parse_args()
    if os.isatty(0):
        os.close(os.open(os.ttyname(0), os.O_RDWR))  # a session leader's first terminal becomes its own

    from tui.terminal.link import link_of
    from tui.terminal.probe import Probe
    from tui.terminal.profile import Mode, profile_of

    probe = Probe.start(timeout=options.timeout)
    from textual import events
    from textual.app import ComposeResult
    from textual.widgets import Footer, OptionList

    from tui.ui.bidi_input import BidiInput
    from tui.ui.display import BidiApp

    log = Path(options.log)

    def note(line: str) -> None:
        with log.open("a") as out:
            out.write(f"{line}\n")

    class DisplayApp(BidiApp):
        BINDINGS: ClassVar = [("f2", "crash", "crash"), ("f3", "mode", "mode"), ("f4", "copy", "نسخ")]
        seen: ClassVar[list[events.Key]] = []

        def compose(self) -> ComposeResult:
            yield OptionList(*(f"الخبر رقم {number} من Reuters (عاجل)" for number in range(100)))
            yield BidiInput(placeholder="بحث")
            yield Footer()

        def on_ready(self) -> None:
            note(f"READY {self.profile.kind} {os.ttyname(0)}")

        async def on_event(self, event: events.Event) -> None:
            if isinstance(event, events.Key) and not any(event is seen for seen in self.seen):
                self.seen.append(event)  # an event comes by again when no widget wanted it
                note(event.key)
            await super().on_event(event)

        def action_crash(self) -> None:
            raise RuntimeError("on purpose")

        def action_mode(self) -> None:
            self.set_bidi_mode(Mode.RUNS if self.profile.mode is Mode.AUTO else Mode.AUTO)

        def action_copy(self) -> None:
            self.copy_text("نسخة: copy")

    profile = profile_of(probe.finish(), os.environ, Mode(options.mode))
    app = DisplayApp(profile=profile, frugal=not options.plain, link=link_of(profile))
    app.session.follow(probe.release)
    app.run()
    sys.exit(app.return_code or 0)


if __name__ == "__main__":
    main()
