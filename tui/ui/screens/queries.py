"""Smart lists and rules: kept queries in the reader's order, made and changed with what they find in sight."""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tui.desk.desk import Desk
from tui.locale import Locale
from tui.news.rules import Effect, Rule, SmartList
from tui.ui.screens.manager import Manager
from tui.ui.screens.query_editor import QueryEditor, Wanted
from tui.ui.widgets.choices import Choice

R = TypeVar("R")
Undo = Callable[[], Awaitable[str]]
EFFECTS = tuple(Effect)


class QueryShelf(Manager[R]):
    """What the two have in common."""

    def __init__(self, desk: Desk, *, locale: Locale, undo: Undo) -> None:
        self._desk = desk
        self._undo = undo
        super().__init__(locale.text(f"{self.texts}.title"), locale=locale, empty=locale.text(f"{self.texts}.empty"))

    def edit(self, wanted: Wanted) -> None:
        """Open the editor; what it gives is kept."""
        self.app.push_screen(QueryEditor(self._desk, wanted, section=self.texts, locale=self.locale), self.keep)

    async def keep(self, wanted: Wanted | None) -> None:
        """Keep what was made or changed."""

    async def do_undo(self) -> None:
        """Take the last change back."""
        sentence = await self._undo()
        with self.keeping():
            self.fill()
        self.tell(sentence)

    def do_add(self) -> None:
        """Make one."""
        self.edit(Wanted())


class SmartListsScreen(QueryShelf[SmartList]):
    """Gives the list to show, or None."""

    texts = "shelf"
    KEYS = (
        ("show", ("enter",), 1),
        ("add", ("a",), 2),
        ("edit", ("e",), 4),
        ("remove", ("d", "delete"), 5),
        ("up", ("K", "shift+up"), 6),
        ("down", ("J", "shift+down"), 6),
        ("undo", ("u",), 8),
    )

    def fill(self, select: str = "") -> None:
        """The lists, each with how many stories it holds as soon as that is known."""
        self._lists = {str(found.id): found for found in self._desk.lists.lists()}
        self._show({}, select)
        self.run_worker(self._count(), group="count", exclusive=True)

    def _show(self, counts: dict[str, int], select: str = "") -> None:
        choices = [
            Choice(id_, found.name, self.locale.number(counts[id_]) if id_ in counts else "")
            for id_, found in self._lists.items()
        ]
        self.show(choices, select=select, names=[f"{found.name} {found.query}" for found in self._lists.values()])

    async def _count(self) -> None:
        from asyncio import to_thread

        lists = list(self._lists.values())
        self._show({str(id_): count for id_, count in (await to_thread(self._desk.lists.counted, lists)).items()})

    def describe(self) -> None:
        """The selected one's query."""
        found = self._lists.get(self.selected)
        self.say(found.query if found else "")

    def do_show(self) -> None:
        """Show its stories."""
        if found := self._lists.get(self.selected):
            self.dismiss(found)

    def do_edit(self) -> None:
        """Change the selected one."""
        if found := self._lists.get(self.selected):
            self.edit(Wanted(found.query, found.name, id=found.id))

    async def keep(self, wanted: Wanted | None) -> None:
        """Keep a list; one without a name is called by its query."""
        if wanted is not None:
            name = wanted.name or wanted.query
            kept = await wrap_future(self._desk.lists.put_list(SmartList(name, wanted.query, wanted.id)))
            self.fill(str(kept.id) if kept else "")

    async def do_remove(self) -> None:
        """Forget the selected one."""
        if found := self._lists.get(self.selected):
            if await wrap_future(self._desk.lists.remove_list(found.id)) is None:
                return  # why is said
            with self.keeping():
                self.fill()
            self.tell(self.locale.text("shelf.removed", name=found.name))

    async def _move(self, step: int) -> None:
        if found := self._lists.get(self.selected):
            await wrap_future(self._desk.lists.move_list(found.id, step))
            self.fill(str(found.id))

    async def do_up(self) -> None:
        """A place up."""
        await self._move(-1)

    async def do_down(self) -> None:
        """A place down."""
        await self._move(1)


class RulesScreen(QueryShelf[None]):
    """What happens to stories when they arrive."""

    texts = "ruling"
    KEYS = (
        ("edit", ("enter", "e"), 1),
        ("add", ("a",), 2),
        ("switch", ("space",), 4),
        ("remove", ("d", "delete"), 5),
        ("up", ("K", "shift+up"), 6),
        ("down", ("J", "shift+down"), 6),
        ("undo", ("u",), 8),
    )

    def fill(self, select: str = "") -> None:
        """The rules, each with what it does."""
        self._rules = {str(rule.id): rule for rule in self._desk.lists.rules()}
        choices = [Choice(id_, rule.query, self._does(rule)) for id_, rule in self._rules.items()]
        self.show(choices, select=select)

    def _does(self, rule: Rule) -> str:
        does = self.locale.text(f"effects.{rule.effect.value}")
        return does if rule.enabled else f"{does} · {self.locale.text('ruling.rests')}"

    def describe(self) -> None:
        """The selected one in a sentence."""
        rule = self._rules.get(self.selected)
        self.say(self.locale.text(f"effects.help.{rule.effect.value}") if rule else "")

    def do_edit(self) -> None:
        """Change the selected one."""
        if rule := self._rules.get(self.selected):
            self.edit(Wanted(rule.query, effect=rule.effect, id=rule.id))

    def do_add(self) -> None:
        """Make one; hiding is what rules are made for most."""
        self.edit(Wanted(effect=Effect.HIDE))

    async def keep(self, wanted: Wanted | None) -> None:
        """Keep a rule; a resting one rests on."""
        if wanted is not None and wanted.effect is not None:
            known = self._rules.get(str(wanted.id))
            rule = Rule(wanted.query, wanted.effect, wanted.id, known.enabled if known else True)
            kept = await wrap_future(self._desk.lists.put_rule(rule))
            self.fill(str(kept.id) if kept else "")

    async def do_switch(self) -> None:
        """Let it rest, or work again."""
        if rule := self._rules.get(self.selected):
            await wrap_future(self._desk.lists.switch_rule(rule))
            self.fill(str(rule.id))

    async def do_remove(self) -> None:
        """Forget the selected one; what it did stays."""
        if rule := self._rules.get(self.selected):
            if await wrap_future(self._desk.lists.remove_rule(rule.id)) is None:
                return  # why is said
            with self.keeping():
                self.fill()
            self.tell(self.locale.text("ruling.removed"))

    async def _move(self, step: int) -> None:
        if rule := self._rules.get(self.selected):
            await wrap_future(self._desk.lists.move_rule(rule.id, step))
            self.fill(str(rule.id))

    async def do_up(self) -> None:
        """A place up."""
        await self._move(-1)

    async def do_down(self) -> None:
        """A place down."""
        await self._move(1)
