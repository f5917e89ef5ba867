"""A query being written: what is wrong with it is pointed at, what it finds among the stored stories is shown."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from textual import events, on
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from tui.bidi.levels import isolate
from tui.desk.desk import Desk
from tui.desk.lists import checked
from tui.locale import Locale
from tui.news.rules import Effect
from tui.ui.screens.dialog import Dialog
from tui.ui.sentences import in_language
from tui.ui.widgets.caret import Caret
from tui.ui.widgets.choices import Choice, Choices
from tui.ui.widgets.field import Field
from tui.ui.widgets.keybar import Command, KeyBar
from tui.ui.widgets.options import Options
from tui.ui.widgets.searchline import Label, Sentence, hints

DELAY = 0.15
"""Seconds without a key before the query is tried."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A smart list (a name) or a rule (an effect) as it is to be kept."""

    query: str = ""
    name: str = ""
    effect: Effect | None = None
    id: int = 0


class QueryEditor(Dialog[Wanted]):
    """Gives what is to be kept, or None."""

    def __init__(self, desk: Desk, wanted: Wanted, *, section: str, locale: Locale) -> None:
        super().__init__(locale.text(f"{section}.edit" if wanted.id else f"{section}.new"), locale=locale)
        self.add_class("-manager")
        self._desk = desk
        self._wanted = wanted
        rtl = locale.rtl
        self.name_field = Field(wanted.name, rtl=rtl, id="name")
        words = [(effect.value, locale.text(f"effects.{effect.value}")) for effect in Effect]
        self.effects = Options(words, rtl=rtl, value=(wanted.effect or Effect.HIDE).value, id="effect")
        self.field = Field(wanted.query, rtl=rtl, id="query")
        self.caret = Caret(self.field)
        self.hint = Sentence("", rtl=rtl, classes="dialog--hint")
        self.found = Label("", rtl=rtl, classes="dialog--found")
        self.preview = Choices([], rtl=rtl, selecting=False)
        self.bar = KeyBar(self._commands(), locale=locale)
        self.name_field.entered, self.field.entered = self._next, self.save
        self._timer: Timer | None = None

    def body(self) -> list[Widget]:
        """The name or the effect, the query, what is wrong with it, what it finds, the keys."""
        rule, text, rtl = self._wanted.effect is not None, self.locale.text, self.locale.rtl
        first = Label(text("editor.effect" if rule else "editor.name"), rtl=rtl, classes="dialog--hint")
        query = Label(text("editor.query"), rtl=rtl, classes="dialog--hint")
        top = self.effects if rule else self.name_field
        return [first, top, query, self.field, self.caret, self.hint, self.found, self.preview, self.bar]

    def _commands(self, *, choosing: bool = False) -> list[Command]:
        """``choosing``: the keyboard is at the effects."""
        text, onwards = self.locale.text, "left" if self.locale.rtl else "right"
        return [
            Command("save", ("enter",), text("editor.save"), 1),
            *([Command("choose", (onwards,), text("address.choose"), 4)] if choosing else []),
            Command("next", ("tab",), text("editor.next"), 3),
            Command("close", ("escape",), text("editor.cancel"), 2),
        ]

    def on_descendant_focus(self) -> None:
        """The arrows choose, or they move in a field."""
        self.bar.show(self._commands(choosing=self.effects.has_focus))

    def on_mount(self) -> None:
        """What is to be written first has the keyboard; a query that is there is tried at once."""
        self.set_focus(self.field if self._wanted.effect or self._wanted.id else self.name_field)
        self.call_after_refresh(self._look)  # how many hints there is room for is known then

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(DELAY, self._look)

    def _look(self) -> bool:
        """Point at what is wrong, or try the query; whether it can be kept."""
        query, locale = self.field.value, self.locale
        error = checked(query)
        self.caret.point(error.column - 1 if error else -1)
        self.hint.set_class(error is not None, "-error")
        if error is not None:
            sentence = in_language(error.sentence, locale)
            self.hint.show(locale.text("search.error", column=error.column, sentence=sentence))
        else:
            self.hint.show(hints(locale, self.field.size.width))
        if error is None and query.strip():
            self.run_worker(self._try(query), group="try", exclusive=True)
            return True
        self.found.show("")
        self.preview.show([])
        return False

    async def _try(self, query: str) -> None:
        tried = await to_thread(self._desk.lists.tried, query)
        if query == self.field.value:
            self.found.show(self.locale.plural("editor.found", tried.count))
            untitled = self.locale.text("headlines.untitled")
            self.preview.show(
                [Choice(str(story.id), story.title or untitled, isolate(story.paper)) for story in tried.stories]
            )

    def save(self) -> None:
        """Give it back, if it can be kept."""
        query = self.field.value.strip()
        if not self._look():
            self.set_focus(self.field)
            if not query:
                self.hint.show(self.locale.text("editor.empty"))
            return
        effect = Effect(self.effects.value) if self._wanted.effect else None
        self.dismiss(Wanted(query, self.name_field.value.strip(), effect, self._wanted.id))

    @on(KeyBar.Chosen)
    def _bar_clicked(self, event: KeyBar.Chosen) -> None:
        event.stop()
        work: dict[str, Callable[[], object]] = {"save": self.save, "next": self._next, "close": self.escaped}
        work.get(event.command, partial(self.effects.step, 1))()

    def _next(self) -> None:
        top: Widget = self.effects if self._wanted.effect else self.name_field
        self.set_focus(top if self.field.has_focus else self.field)

    def pressed(self, event: events.Key) -> None:
        """Tab goes between the fields, the arrows through what was found."""
        page = self.preview.page_rows
        steps = {"down": 1, "up": -1, "pagedown": page, "pageup": -page}
        if event.key in ("tab", "shift+tab"):
            self._next()
        elif event.key in steps:
            self.preview.move(steps[event.key])
        elif event.key == "enter":
            self.save()
