"""A random walk over all keys and sizes, by a seed: no exception, no wrong width. The hour-long one is a bench."""

from __future__ import annotations

import pytest

from tests.support.walker import walk
from tests.ui.conftest import Open


@pytest.mark.parametrize(("language", "seed"), [("ar", 1), ("en", 2), ("fa", 3)])
async def test_nothing_a_reader_presses_breaks_the_screen(
    screen: Open, language: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):  # no browser is started
        monkeypatch.delenv(name, raising=False)
    async with screen(language, (120, 40), paragraphs=4) as (app, pilot):
        walked = await walk(pilot, app, seed=seed, steps=400, seconds=7)
        assert walked.pressed
