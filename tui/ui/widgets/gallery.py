"""The pictures of the article in a pane: what is known of each, and which are still to be asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from tui.ui.widgets.picture import Easel, Shown, rows_for

if TYPE_CHECKING:
    from tui.ui.widgets.article import ArticleView
    from tui.ui.widgets.flow import Part

_BEFORE, _AFTER = 2, 6
"""Parts above and below the view whose pictures are asked for."""
_KEPT = 200
"""Pictures of which something is known; an article has a few."""
Ask = Callable[[tuple[str, ...]], None]


class Gallery:
    """Pictures by their addresses. Who has them is told when their figures come near the view."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self.shown: dict[str, Shown] = {}
        self.easel = Easel()
        self._asked: set[str] = set()
        self._ask: Ask | None = None
        self._draws = False

    @property
    def rows(self) -> int:
        """How many rows a picture may take; 0 where none is drawn."""
        return rows_for(self._view.size.height) if self._draws else 0

    @property
    def box(self) -> tuple[int, int]:
        """The columns and rows a picture may take."""
        return self._view.set_for.measure, self.rows

    def ask_with(self, ask: Ask, *, draw: bool) -> None:
        """Ask for pictures in this way from now on; ``draw``: they have rows of their own, not a caption only."""
        self._ask, self._draws = ask, draw
        if self._view.set_for.picture_rows != self.rows:
            self._view.on_resize()
        self.ask_again()

    def ask_again(self) -> None:
        """Ask anew for what is near the view: the article, its size or what is reported has changed."""
        self._asked.clear()
        self._view.look_again()

    def put(self, url: str, shown: Shown) -> None:
        """What is known of a picture now; the reader's place stays."""
        if self.shown.get(url) != shown:
            if len(self.shown) >= _KEPT:
                self.shown.clear()
            self.shown = self.shown | {url: shown}
            self._view.compose_again()

    def leave_all_but(self, urls: Collection[str]) -> None:
        """Another article is next: what the terminal keeps of the one before is to be given to it anew."""
        self.shown = {url: shown for url, shown in self.shown.items() if not shown.plate or url in urls}

    def is_hidden(self, url: str) -> bool:
        """Whether a notice stands in a picture's place."""
        return url in self.shown and bool(self.shown[url].notice)

    def in_view(self) -> list[str]:
        """The addresses of the pictures of which something is in view."""
        return [part.image.url for part in self._view.parts_in_view() if part.image is not None]

    def near(self, parts: Sequence[Part], first: int, last: int) -> None:
        """The parts from ``first`` to ``last`` are in view: ask for what is near them."""
        if self._ask is None:
            return
        close = parts[max(0, first - _BEFORE) : last + _AFTER + 1]
        urls = dict.fromkeys(part.image.url for part in close if part.image is not None)
        new = tuple(url for url in urls if url not in self._asked)
        if new:
            self._asked.update(new)
            self._view.call_later(self._ask, new)
