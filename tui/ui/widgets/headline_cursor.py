"""The cursor of the headline list: which story is selected and which rows are in view, without a screen.

The cursor is held by the story. Stories that come in above it, a reload, a resize and a change of look leave it where
it is, on its row of the view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tui.news.model import Story
from tui.ui.widgets.pager import Pager, Spot
from tui.ui.widgets.window import Empty, Pages, Window


class StoryCursor:
    """A cursor over paged stories and the view around it; ``height_of`` says how many rows a story takes."""

    def __init__(self, height_of: Callable[[int], int]) -> None:
        self._height_of = height_of
        self.window = Window(Empty())
        self.pager = Pager(self)
        self.ordinal = 0
        self.selected: Story | None = None

    # Items, for the pager

    def exists(self, item: int) -> bool:
        """Whether there is a story with this ordinal."""
        return self.window.get(item) is not None

    def rows(self, item: int) -> int:
        """The height of a story."""
        return self._height_of(item)

    # Lists

    def show(self, pages: Pages) -> None:
        """Take another list; the cursor is on its newest story."""
        self.window = Window(pages)
        self.to_first()

    def reload(self) -> None:
        """Fetch the stories anew; the selected one, or the one that took its place, keeps its row of the view."""
        self.window.pages.renew()
        if self.selected is None:
            self.to_first()
            return
        y = self.row
        self.window = Window(self.window.pages)
        self._put(max(0, self.window.around(self.selected)))
        self.pager.place(self.ordinal, y or 0)
        self.pager.reveal(self.ordinal)

    def replace(self, stories: Iterable[Story]) -> list[int]:
        """Take newer values of stories; returns the ordinals that changed."""
        changed = self.window.replace(stories)
        if self.ordinal in changed:
            self.selected = self.window.peek(self.ordinal)
        return changed

    # Moving

    def move(self, delta: int) -> bool:
        """Move by so many stories, to older ones when positive; returns whether the view moved.

        Where the cursor would leave the view, the view moves on by two thirds of itself: between two such steps the
        text stands still for the eye, and a move sends little.
        """
        returned = self._return()
        step = 1 if delta > 0 else -1
        for _ in range(abs(delta)):
            if self.window.get(self.ordinal + step) is None:
                break
            self._put(self.ordinal + step)
        if not self.pager.reveal(self.ordinal):
            return returned
        spare = self.pager.height - self.rows(self.ordinal)
        self.pager.place(self.ordinal, max(0, spare // 3 if delta > 0 else 2 * spare // 3))
        return True

    def move_to(self, ordinal: int) -> bool:
        """Put the cursor on a story in view; returns whether the view moved."""
        if self.window.get(ordinal) is not None:
            self._put(ordinal)
        return self.pager.reveal(self.ordinal)

    def page(self, delta: int) -> None:
        """Move view and cursor by so many screenfuls; the cursor keeps its row where it can, then goes to the end."""
        self._return()
        self.pager.reveal(self.ordinal)
        y = self.pager.row_of(self.ordinal) or 0
        moved = self.pager.scroll(delta * max(1, self.pager.height - 1))
        spots = self.pager.visible()
        if spots:
            edge = -1 if delta > 0 else 0
            self._put(spots[max(0, min(y, len(spots) - 1)) if moved else edge].item)
            self.pager.reveal(self.ordinal)

    def to_first(self) -> None:
        """The newest story, fetched anew."""
        self.window.start()
        self._put(0)
        self.pager.show(Spot(0, 0))

    def to_last(self) -> None:
        """The oldest story."""
        self._put(max(0, self.window.end()))
        self.pager.show(Spot(self.ordinal, 0))

    @property
    def row(self) -> int | None:
        """The row of the view on which the selected story begins; None when it is out of view."""
        return self.pager.row_of(self.ordinal) if self.selected and self.window.peek(self.ordinal) else None

    def select(self, story: Story, row: int | None = None) -> bool:
        """Put the cursor on a story, on ``row`` of the view where one is given.

        False, leaving it where it is, when the list does not have it.
        """
        found = self.window.find(story.id)
        if found is None:
            there = Window(self.window.pages)
            found = there.around(story)
            at = there.peek(found)
            if at is None or at.id != story.id:
                return False
            self.window = there
            self._put(found)
            self.pager.place(found, self.pager.height // 3)
        self._put(found)
        if row is None:
            self.pager.reveal(found)
        else:
            self.pager.place(found, row)
        return True

    # The view

    def visible(self) -> list[Spot]:
        """The rows in view."""
        return self.pager.visible() if self.selected is not None else []

    def scroll(self, rows: int) -> bool:
        """Move the view, not the cursor; returns whether it moved."""
        return bool(self.selected is not None and self.pager.scroll(rows))

    def settle(self) -> None:
        """Show the selected story with the ones above it, a third down the view when the list starts further up."""
        if self.selected is not None:
            self.pager.place(self.ordinal, self.pager.height // 3)

    def keep(self, change: Callable[[], None]) -> None:
        """Make a change that alters heights, with the selected story staying on its row."""
        y = self.row
        change()
        if y is not None:
            self.pager.place(self.ordinal, max(0, min(y, self.pager.height - self.rows(self.ordinal))))

    def _put(self, ordinal: int) -> None:
        self.ordinal = ordinal
        self.selected = self.window.peek(ordinal)

    def _return(self) -> bool:
        """Load the stories around the cursor again when the wheel has carried the window away from it."""
        if self.selected is None or self.window.peek(self.ordinal) is not None:
            return False
        self._put(max(0, self.window.around(self.selected)))
        self.pager.place(self.ordinal, self.pager.height // 3)
        return True
