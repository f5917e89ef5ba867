"""The address line: an address typed, or completed over the sources followed and what was opened before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from tui.locale import Locale
from tui.news.folding import fold
from tui.news.model import Source, Visit
from tui.ui.fuzzy import score
from tui.ui.keys import isolated
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.choices import Choice, Choices
from tui.ui.widgets.field import Field
from tui.ui.widgets.keybar import Command, KeyBar
from tui.ui.widgets.searchline import Label

MOST = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Something that completes what is typed."""

    url: str
    title: str
    names: tuple[str, ...]
    """Folded: what it is found by."""


def places(sources: Iterable[Source], visits: Iterable[Visit]) -> list[Place]:
    """Sources first, then what was opened, each address once."""
    found: dict[str, Place] = {}
    for url, title, site in (
        *((source.address, source.title, source.site) for source in sources),
        *((visit.url, visit.title, "") for visit in visits),
    ):
        if "://" in url and url not in found:
            bare = (_bare(url), _bare(site)) if site else (_bare(url),)
            found[url] = Place(url, title, (fold(title), *map(fold, bare)))
    return list(found.values())


def completions(text: str, known: Sequence[Place]) -> list[Place]:
    """Those that fit what is typed, the best first; what was opened last while nothing is typed."""
    wanted = fold(_bare(text.strip()))
    if not wanted:
        return list(known[:MOST])
    scored = [(max(score(wanted, name) for name in place.names), place) for place in known]
    # Letters strewn over a long address say little: a completion holds what was typed in one piece.
    good = sorted((pair for pair in scored if pair[0] > 200), key=lambda pair: -pair[0])
    return [place for _, place in good[:MOST]]


def is_address(text: str) -> bool:
    """Whether what was typed can be opened as it is: a host with a dot, a scheme, or this machine."""
    host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
    return bool(text) and " " not in text and ("." in host or ":" in text or host == "localhost")


def _bare(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.") if "://" in url else url.removeprefix("www.")


class AddressLine(Dialog[str]):
    """Gives the address, or None."""

    def __init__(
        self,
        known: Sequence[Place],
        *,
        locale: Locale,
        title: str = "",
        hint: str = "",
        enter: str = "",
        value: str = "",
    ) -> None:
        """``enter``: what becomes of the address, in a word; it is opened if nothing else is said. ``value``: what
        stands there already."""
        super().__init__(title or locale.text("address.title"), locale=locale)
        self._known = known
        self.hint = Label(hint, rtl=locale.rtl, classes="dialog--hint")
        self.hint.display = bool(hint)
        self.field = Field(value, rtl=locale.rtl)
        self.choices = Choices([], rtl=locale.rtl, selecting=False)
        self.bar = KeyBar(
            [
                Command("open", ("enter",), enter or locale.text("address.open"), 1),
                Command("next", ("down",), locale.text("address.choose"), 3),
                Command("take", ("tab",), locale.text("address.take"), 4),
                Command("close", ("escape",), locale.text("manager.close"), 2),
            ],
            locale=locale,
        )

    def body(self) -> list[Widget]:
        """The field, what completes it, the keys."""
        return [self.field, self.hint, self.choices, self.bar]

    def on_mount(self) -> None:
        """The field has the keyboard."""
        self.set_focus(self.field)
        self._complete()

    def _complete(self) -> None:
        found = completions(self.field.value, self._known)
        self.choices.show(
            [Choice(place.url, place.title or isolated(place.url), isolated(_bare(place.url))) for place in found]
        )
        self.choices.display = bool(found)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._complete()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._open()

    def _open(self) -> None:
        """What was chosen; else what was typed, when it is an address; else what completes it best."""
        text = self.field.value.strip()
        if self.choices.selected is None and text and not is_address(text):
            self.choices.move(1)
        chosen = self.choices.selected
        self.dismiss(chosen.id if chosen else text or None)

    @on(Choices.Chosen)
    def _clicked(self, event: Choices.Chosen) -> None:
        self.dismiss(event.choice.id)

    @on(KeyBar.Chosen)
    def _bar_clicked(self, event: KeyBar.Chosen) -> None:
        event.stop()
        self._do({"open": "enter", "next": "down", "take": "tab", "close": "escape"}[event.command])

    def pressed(self, event: events.Key) -> None:
        """↓ and ↑ go through what completes, Tab takes it into the field."""
        if not self._do(event.key) and event.is_printable and event.character:  # typed ahead
            self.field.insert_text_at_cursor(event.character)

    def _do(self, key: str) -> bool:
        if key in ("down", "up", "ctrl+n", "ctrl+p"):
            self.choices.move(1 if key in ("down", "ctrl+n") else -1)
        elif key == "tab":
            if self.choices.selected is None:
                self.choices.move(1)
            if self.choices.selected:
                self.field.value = self.choices.selected.id
                self.field.cursor_position = len(self.field.value)
        elif key == "enter":
            self._open()
        elif key == "escape":
            self.dismiss(None)
        else:
            return False
        return True
