"""``khabar`` and ``khabar demo``: the screen.

The order of things is the order of the start: ask the terminal what it is, open the store, and only then import the
screen, while the terminal's answer is on its way. The network begins after the first frame; at the first start,
when the reader has chosen language and sources.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from tui.commands.context import Context, fail, prepare
from tui.commands.fallback import Fallback
from tui.commands.first_start import follow_catalogue
from tui.commands.interpreter import for_a_screen
from tui.desk.desk import Desk
from tui.desk.events import Event, SourcesChanged, StoriesArrived
from tui.desk.schedule import Pace, keep_fresh
from tui.locale import is_named, load
from tui.news.model import View
from tui.store.errors import StoreError
from tui.terminal.probe import Probe, says_utf8
from tui.terminal.profile import Answers, Mode, profile_of


@dataclass(frozen=True, slots=True)
class Start:
    """What the screen starts from."""

    context: Context
    desk: Desk
    fallback: Fallback
    demo: bool
    empty: bool
    """Nothing is stored yet."""
    notices: Sequence[str] = ()
    """What the store has to say of its file, in the reader's language."""


def run(arguments: argparse.Namespace) -> int:
    """Open the screen and stay until the reader leaves."""
    context = prepare(arguments, quiet=True)
    if arguments.plain or os.environ.get("TERM") == "dumb":
        context = replace(context, settings=replace(context.settings, plain=True))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return fail(context.locale.text("command.needs-terminal"))
    with Probe.start() as probe:
        answers = cache(probe.finish)
        if not (says_utf8(os.environ) or answers().utf8):
            probe.release()
            return fail(load("en").text("command.no-utf8"))  # in ASCII: nothing else can be read there
        try:
            start = _start(context, demo=arguments.command == "demo", before_saying=answers)
        except (StoreError, OSError) as error:
            answers()
            probe.release()
            if isinstance(error, StoreError):
                return context.fail(str(error))
            raise
        return asyncio.run(_stay(start, probe, answers, arguments.url, arguments.lang))


def _start(context: Context, *, demo: bool, before_saying: Callable[[], object]) -> Start:
    """``before_saying``: the terminal has one question at a time to answer."""
    desk = context.open_desk(before_saying=before_saying, telling=False)
    notices = desk.store.notices
    if demo and _has_news_of_its_own(desk):
        desk.store.close()
        context = context.for_demo()
        desk = context.open_desk(telling=False)
        notices = [*notices, *desk.store.notices]
    fallback = Fallback(desk, context.paths)
    empty = not desk.reading.stories(View(), limit=1)
    if demo:
        fallback.open()
    elif not any(not source.builtin for source in desk.sources.all()):
        follow_catalogue(desk, context.locale)
    return Start(context, desk, fallback, demo, empty, [context.translated(notice.sentence) for notice in notices])


def _has_news_of_its_own(desk: Desk) -> bool:
    """Whether the store holds more than the edition: the demo then keeps apart."""
    return any(
        desk.reading.stories(View(source_id=source.id), limit=1) for source in desk.sources.all() if not source.builtin
    )


async def _stay(start: Start, probe: Probe, answers: Callable[[], Answers], url: str, language: str) -> int:
    start.desk.events.bind(asyncio.get_running_loop())
    background: set[asyncio.Task[None]] = set()
    pace = Pace(start.context.settings.refresh_minutes)

    async def begin() -> None:
        background.add(asyncio.create_task(_keep_fresh(start, pace), name="keep fresh"))

    try:
        if start.empty:  # the parser gets ready while the screen is being imported
            start.desk.network.worker().start()
            await asyncio.to_thread(import_module, "tui.ui.app")
        from tui.ui.app import KhabarApp

        for_a_screen()
        app = KhabarApp(
            desk=start.desk,
            settings=start.context.settings,
            locale=start.context.locale,
            profile=profile_of(answers(), os.environ, Mode(start.context.settings.bidi)),
            begin=begin,
            start_url=url,
            edition=start.demo,
            language_named=is_named(language or start.context.settings.language),
            filling=start.empty,
            problems=_problems(start),
            configuration=start.context.configuration,
            pace=pace,
            first=start.empty and not start.demo,
        )
        app.session.follow(probe.release)
        await app.run_async()
    finally:
        for task in background:
            task.cancel()
        await start.desk.aclose()
        start.fallback.close()
    return app.return_code or 0


def _problems(start: Start) -> list[str]:
    """What the reader should be told about the configuration and the store."""
    return [
        *(start.context.sentence(problem) for problem in start.context.problems),
        *start.notices,
    ]


async def _keep_fresh(start: Start, pace: Pace) -> None:
    """The edition at once where it is all there is; then the news, now and again."""
    desk = start.desk
    if not start.demo and (start.empty or start.fallback.is_followed()):
        await stand_in_while_there_is_no_news(desk, start.fallback)
    only = [source.id for source in desk.sources.all() if source.builtin] if start.demo else None
    await keep_fresh(desk, pace, only)


async def stand_in_while_there_is_no_news(desk: Desk, fallback: Fallback) -> None:
    """Serve the edition; where news has come since the last start, by a fetch or another screen, let it go instead."""
    if _has_news_of_its_own(desk):
        await fallback.put_away()
    else:
        await fallback.stand_in()
        desk.events.subscribe(lambda event: put_away_when_news_came(event, desk, fallback))


def put_away_when_news_came(event: Event, desk: Desk, fallback: Fallback) -> None:
    """The edition goes as soon as there is news, be it of a refresh or of a site that the reader has just followed."""
    if isinstance(event, StoriesArrived | SourcesChanged) and fallback.is_followed() and _has_news_of_its_own(desk):
        asyncio.get_running_loop().create_task(fallback.put_away(), name="put the edition away")
