"""The links of an article: focused one after another, by a letter on each, followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.message import Message

from tui.news.model import Link
from tui.ui.widgets.hints import Hints
from tui.ui.widgets.reader import Reader
from tui.ui.widgets.wheel import Wheel


class LinkKeys(Wheel):
    """What the keyboard does with links."""

    _reader: Reader
    _hints: Hints

    @dataclass
    class LinkChosen(Message, namespace="article_view"):
        """The reader wants to follow this address."""

        url: str

    def _moved(self, moved: bool) -> bool:
        """The view has moved, if it has."""
        raise NotImplementedError

    def links(self) -> list[Link]:
        """Every link of the article in reading order, the source's last."""
        return [Link(self._reader.parts[at.part].text[at.start : at.end], at.url) for at in self._reader.links]

    @property
    def focused_link(self) -> str:
        """The address of the link that has the focus, or ""."""
        return self._reader.links[self._reader.focused].url if self._reader.focused >= 0 else ""

    def next_link(self) -> bool:
        """Focus the next link; False when there is none further on."""
        return self._moved(self._reader.next_link(1))

    def previous_link(self) -> bool:
        """Focus the previous link; False when there is none before."""
        return self._moved(self._reader.next_link(-1))

    def open_link(self) -> bool:
        """Follow the focused link; False when none has the focus."""
        if self.focused_link:
            self.post_message(self.LinkChosen(self.focused_link))
        return bool(self.focused_link)

    def unfocus_link(self) -> None:
        """Take the focus from the link that has it."""
        self._reader.focused = -1
        self.refresh()

    def hints(self, on: bool, over: Callable[[], None] = lambda: None) -> int:
        """Put a letter on every link in view; typing it opens the link. Returns how many there are. ``over`` is called
        when they are gone again, whatever took them away."""
        self._hints.clear()
        self._hints.over = over
        if on:
            self._hints.give([self._reader.links[n] for n in self._reader.links_in_view()])
        self.refresh()
        return len(self._hints.letters)

    def on_key(self, event: events.Key) -> None:
        """Letters of the hints; Enter on a link that has the focus."""
        if self._hints.letters:
            url = self._hints.typed(event.key)
            self.refresh()
            if url is not None:
                event.stop()
                event.prevent_default()
            if url:
                self.post_message(self.LinkChosen(url))
        elif event.key == "enter" and self.open_link():
            event.stop()
            event.prevent_default()
