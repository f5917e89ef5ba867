"""tmux shows this program on another terminal now: what that one is, asked while the screen is open.

A client that detaches and another that attaches tell the program nothing, unless the sizes differ.  So tmux is asked
who its client is when the size changes, when the focus comes back, and at a key when it was not asked for a while.
A terminal that did not answer through tmux at the start, for it had just begun to start itself, is asked once more.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from tui.terminal import tmux
from tui.terminal.probe import ASK_KITTY_FONT, QUESTIONS
from tui.terminal.profile import Answers, Multiplexer, Profile, profile_of
from tui.terminal.replies import read_answers

_SELDOM = 3.0
"""Seconds between two looks at who the client is, while keys are pressed."""
_PATIENCE = 2.0
_STALE = frozenset({"VTE_VERSION", "KONSOLE_VERSION", "XTERM_VERSION", "KITTY_WINDOW_ID", "COLORTERM"})
"""What a multiplexer's panes keep of the terminal that was there first."""

Ask = Callable[[str], Awaitable[str]]
"""Sends questions and gives what was answered up to the fence."""


class Attachment:
    """Who tmux's client is, and what its terminal is when it is another."""

    def __init__(self, profile: Profile) -> None:
        self._inside = "TMUX" in os.environ and profile.multiplexer in {Multiplexer.TMUX, Multiplexer.TMUX_PASSTHROUGH}
        self._unsure = profile.multiplexer is Multiplexer.TMUX
        self._client = ""
        self._looked = 0.0
        self._looking = False

    def is_due(self, *, at_a_key: bool) -> bool:
        """Is it time to look?"""
        return self._inside and not self._looking and (not at_a_key or time.monotonic() - self._looked > _SELDOM)

    async def look(self, ask: Ask, known: Profile) -> Profile | None:
        """The profile of the terminal of another client than last time; None when it is the same."""
        self._looking, self._looked = True, time.monotonic()
        try:
            client = await asyncio.to_thread(tmux.client, os.environ)
            before, self._client = self._client, client or self._client
            if not client or ((client == before or not before) and not self._unsure):
                return None
            self._unsure, same = False, not before
            env = {name: value for name, value in os.environ.items() if same or name not in _STALE}
            return await self._identify(ask, known, env)
        finally:
            self._looking = False

    @staticmethod
    async def _identify(ask: Ask, known: Profile, env: Mapping[str, str]) -> Profile:
        answers = Answers()
        if await asyncio.to_thread(tmux.allow_passthrough, env):
            try:
                answers = read_answers(await asyncio.wait_for(ask(tmux.wrap(QUESTIONS)), _PATIENCE))
                if answers.version.startswith("kitty"):
                    font = read_answers(await asyncio.wait_for(ask(tmux.wrap(ASK_KITTY_FONT)), _PATIENCE)).font
                    answers = replace(answers, font=font)
            except TimeoutError:
                answers = Answers()
        if answers.fenced:
            answers = replace(answers, asked=True, multiplexer=Multiplexer.TMUX_PASSTHROUGH)
        else:
            outer = await asyncio.to_thread(tmux.client_term, env)
            answers = Answers(outer_term=outer, multiplexer=Multiplexer.TMUX)
        return replace(profile_of(answers, env), sync=known.sync, round_trip_ms=known.round_trip_ms)
