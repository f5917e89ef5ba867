"""Taking changes back, wherever the reader asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen


class Undo:
    """The way back of one reading screen."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    async def take_back(self) -> str:
        """Take the last change back; the sentence that says which it was."""
        screen, locale = self._screen, self._screen.locale
        change = await screen.settled(screen.desk.reading.undo())
        if change is None:
            return locale.text("notices.nothing_to_undo")
        if change.kind == "report":
            screen.reader.again()
        if change.kind in ("hide", "show"):
            screen.headlines.reload()
        story = screen.desk.reading.story(change.story_ids[0]) if len(change.story_ids) == 1 else None
        if story is not None:
            screen.headlines.select(story)
        key = f"undone.{change.kind}"
        return locale.text(key if locale.has(key) else "undone.other")

    async def do_undo(self) -> None:
        """Take the last change back, and say so."""
        self._screen.notice(await self.take_back())
