"""What was shown and is gone leaves nothing behind."""

from __future__ import annotations

import gc

from textual._styles_cache import StylesCache
from textual.widget import Widget

from tests.ui.conftest import Open


def kept(kind: type) -> int:
    gc.collect()
    return sum(isinstance(found, kind) for found in gc.get_objects())


async def test_a_dialog_that_was_closed_is_not_remembered(screen: Open) -> None:
    async with screen("ar", (120, 40)) as (app, pilot):

        async def round_() -> tuple[int, int]:
            for keys in (("question_mark", "escape"), ("i", "escape"), ("comma", "escape"), ("ctrl+p", "escape")):
                for key in keys:
                    await pilot.press(key)
                    await pilot.pause()
            assert app.screen is app.reading
            return kept(StylesCache), kept(Widget)

        await round_()
        assert await round_() == await round_()


async def test_what_is_to_be_remembered_is_known_before_it_is_written(screen: Open) -> None:
    async with screen("en", (120, 40)) as (app, _):
        memory = app.reading.memory
        memory.set("bidi", "visual")
        assert app.desk.reading.recall("ui.bidi") != "visual" and memory.get("bidi") == "visual"
        memory.flush()
        assert memory.get("bidi") == "visual"
