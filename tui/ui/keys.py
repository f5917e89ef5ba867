"""Which key does what: the registry's defaults, the reader's own choices, and the direction of the interface."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.ui.actions import ACTIONS, BY_ID, Action, Context
from tui.ui.layouts import latin_key

if TYPE_CHECKING:
    from tui.locale import Locale

_NAMES = {
    "?": "question_mark",
    "/": "slash",
    ".": "full_stop",
    ":": "colon",
    ",": "comma",
    "!": "!",
    "#": "#",
    "+": "plus",
    "<": "<",
    ">": ">",
    "page_down": "pagedown",
    "page_up": "pageup",
    "pgdn": "pagedown",
    "pgup": "pageup",
    "return": "enter",
    "esc": "escape",
}
_SIGNS = {
    "question_mark": "?",
    "slash": "/",
    "full_stop": ".",
    "colon": ":",
    "comma": ",",
    "exclamation_mark": "!",
    "number_sign": "#",
    "plus": "+",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_ALIASES = {
    "exclamation_mark": "!",
    "number_sign": "#",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "ctrl+h": "backspace",
    "ctrl+j": "enter",
}
_WORDS = ("enter", "space", "tab", "backspace", "escape", "home", "end", "pageup", "pagedown")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two actions that want the same key in the same place; the second one does not get it."""

    key: str
    holder: str
    loser: str


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys as they are on this screen: (context, key) → action."""

    table: Mapping[tuple[Context, str], str]
    keys: Mapping[str, tuple[str, ...]]
    """Action → its keys, the one to show first."""
    conflicts: tuple[Conflict, ...] = ()
    unknown: tuple[str, ...] = ()
    """Action names in the configuration that do not exist."""
    without: frozenset[str] = frozenset()
    """Actions that there are none of here."""
    layout: str = field(default="")
    """The language whose keyboard layout is understood beside the Latin one."""

    @classmethod
    def build(
        cls,
        *,
        rtl: bool,
        chosen: Mapping[str, str] | None = None,
        layout: str = "",
        without: frozenset[str] = frozenset(),
    ) -> Keymap:
        """The keymap of the defaults and of what the reader chose (action → "key, other key", in their place)."""
        chosen = chosen or {}
        keys = {a.id: () if a.id in without else _keys(a, chosen.get(a.id), rtl) for a in ACTIONS}
        table: dict[tuple[Context, str], str] = {}
        conflicts: list[Conflict] = []
        # What the reader chose goes first: a default never takes a key away from a choice.
        for name in sorted(keys, key=lambda name: name not in chosen):
            for key in keys[name]:
                for context in BY_ID[name].contexts:
                    holder = table.setdefault((context, key), name)
                    conflict = Conflict(key, holder, name)
                    if holder != name and conflict not in conflicts:
                        conflicts.append(conflict)
        held = {name: tuple(k for k in keys[name] if _holds(table, name, k)) for name in keys}
        unknown = tuple(name for name in chosen if name not in BY_ID)
        return cls(table, held, tuple(conflicts), unknown, without, layout)

    def action(self, context: Context, key: str, character: str | None = None) -> str | None:
        """The action of a key, or None. A letter of another keyboard layout counts as the Latin key it sits on."""
        found = self.table.get((context, _alias(key)))
        if found is None and character and (latin := latin_key(character, self.layout)):
            found = self.table.get((context, _NAMES.get(latin, latin)))
        return found

    def labels(self, name: str, locale: Locale) -> list[str]:
        """The keys of an action as a reader knows them ("Ctrl-P", "←", "Space"), the one to show first."""
        return [label(key, locale) for key in self.keys.get(name, ())]


def isolated(text: str) -> str:
    """A key's name as it is written on keyboards, left to right, whatever stands around it (UAX #9, LRI and PDI)."""
    return f"\u2066{text}\u2069"


def label(key: str, locale: Locale) -> str:
    """One key as a reader knows it."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    if last in _WORDS:
        shown = locale.text(f"keys.{last}")
    elif len(last) == 1 or last in _SIGNS:
        shown = _SIGNS.get(last, last)
    else:
        shown = last.upper() if last.startswith("f") else last.capitalize()
    shown = shown.upper() if modifiers and len(shown) == 1 else shown
    return "-".join([*(modifier.capitalize() for modifier in modifiers), shown])


def _keys(action: Action, chosen: str | None, rtl: bool) -> tuple[str, ...]:
    wanted = action.keys if chosen is None else [key for key in chosen.replace(",", " ").split() if key]
    return tuple(dict.fromkeys(_directed(_named(key), rtl) for key in wanted))


def _holds(table: Mapping[tuple[Context, str], str], name: str, key: str) -> bool:
    return any(table.get((context, key)) == name for context in BY_ID[name].contexts)


def _named(key: str) -> str:
    """A key as Textual names it, from how a reader writes it in the configuration ("Ctrl-P", "?", "PgDn")."""
    if len(key) > 1:
        *modifiers, last = key.replace("-", "+").split("+") if not key.endswith("-") else [key]
        last = last if len(last) == 1 and not modifiers else last.lower()
        return "+".join([*(modifier.lower() for modifier in modifiers), _NAMES.get(last, last)])
    return _NAMES.get(key, key)


def _alias(key: str) -> str:
    # Enter typed ahead, while the terminal still read lines, comes as a line end.
    return _ALIASES.get(key, key)


def _directed(key: str, rtl: bool) -> str:
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    arrows = {"forward": "left", "backward": "right"} if rtl else {"forward": "right", "backward": "left"}
    return "+".join([*modifiers, arrows.get(last, last)])


def describe(conflicts: Iterable[Conflict], locale: Locale) -> list[str]:
    """One sentence for each conflict, for a notice."""
    return [
        locale.text(
            "notices.key_conflict",
            pressed=label(conflict.key, locale),
            holder=locale.text(f"actions.{conflict.holder}.title"),
            loser=locale.text(f"actions.{conflict.loser}.title"),
        )
        for conflict in conflicts
    ]
