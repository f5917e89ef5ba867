"""What the tests of the screen share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.press import make_app, open_press
from tui.config import Settings
from tui.ui.app import KhabarApp

Opened = AbstractAsyncContextManager[tuple[KhabarApp, Pilot[None]]]
Open = Callable[..., Opened]


@pytest.fixture
def screen(tmp_path: Path) -> Open:
    """Open the screen over a small press: ``async with screen("ar", (80, 24)) as (app, pilot)``."""

    @asynccontextmanager
    async def opened(
        language: str = "en",
        size: tuple[int, int] = (120, 40),
        settings: Settings | None = None,
        each: int = 20,
        paragraphs: int = 1,
    ) -> AsyncIterator[tuple[KhabarApp, Pilot[None]]]:
        desk = open_press(tmp_path, each=each, paragraphs=paragraphs)
        app = make_app(desk, language, settings)
        try:
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                yield app, pilot
        finally:
            await asyncio.sleep(0)
            await desk.aclose()

    return opened
