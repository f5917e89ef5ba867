"""The one registry of what a reader can do.

Key bindings, the palette, the footer, the help screen and the README's table are all made from ``ACTIONS``, so none of
them can promise what another does not know. Titles and explanations are texts of the locale
(``actions.<id>.title``, ``.short``, ``.help``); the methods that do the work are named ``do_<id>`` on the screen.

Keys are Textual's names. ``forward`` and ``backward`` stand for the arrow that points onwards and back in the reading
direction: in a right-to-left interface "onwards" is ←. Up, down, paging and letters are never mirrored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Context(StrEnum):
    """Where the keyboard is."""

    LIST = "list"
    ARTICLE = "article"
    TICKER = "ticker"
    SIDE = "side"


class Area(StrEnum):
    """The chapters of the help screen, in their order."""

    MOVE = "move"
    READ = "read"
    STORY = "story"
    LISTS = "lists"
    SEARCH = "search"
    VIEW = "view"
    KHABAR = "khabar"


EVERYWHERE = frozenset(Context)
_LIST = frozenset({Context.LIST})
_ARTICLE = frozenset({Context.ARTICLE})
_PANES = frozenset({Context.LIST, Context.ARTICLE})
_PAGED = _PANES | {Context.SIDE}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a reader can do."""

    id: str
    keys: tuple[str, ...]
    """Default keys, the one to show first."""
    area: Area
    contexts: frozenset[Context] = EVERYWHERE
    footer: Mapping[Context, int] = field(default_factory=dict)
    """Where the footer shows it, and how early it goes when there is no room: 1 stays longest."""
    palette: bool = True
    """False for movement, which nobody looks up by name."""


def _everywhere(rank: int) -> dict[Context, int]:
    return dict.fromkeys(Context, rank)


ACTIONS: tuple[Action, ...] = (
    Action("down", ("j", "down"), Area.MOVE, footer={Context.LIST: 9}, palette=False),
    Action("up", ("k", "up"), Area.MOVE, palette=False),
    Action("page_down", ("pagedown", "ctrl+f"), Area.MOVE, _PAGED, palette=False),
    Action("page_up", ("pageup", "ctrl+b"), Area.MOVE, _PAGED, palette=False),
    Action("top", ("g", "home"), Area.MOVE, _PAGED, palette=False),
    Action("bottom", ("G", "end"), Area.MOVE, _PAGED, palette=False),
    Action("right", (">", "shift+right"), Area.MOVE, _ARTICLE, palette=False),
    Action("left", ("<", "shift+left"), Area.MOVE, _ARTICLE, palette=False),
    Action("next_pane", ("tab",), Area.MOVE, palette=False),
    Action("previous_pane", ("shift+tab",), Area.MOVE, palette=False),
    Action(
        "open",
        ("enter", "forward"),
        Area.READ,
        footer={Context.LIST: 1, Context.TICKER: 1, Context.SIDE: 1},
        palette=False,
    ),
    Action("read_on", ("space",), Area.READ, _PANES, {Context.LIST: 3, Context.ARTICLE: 1}),
    Action(
        "back",
        ("backward", "backspace", "escape", "alt+backward"),
        Area.READ,
        footer={Context.ARTICLE: 2, Context.SIDE: 4, Context.LIST: 6},
    ),
    Action("forward", ("alt+forward",), Area.READ),
    Action("next_story", ("J",), Area.READ, _PANES),
    Action("previous_story", ("K",), Area.READ, _PANES),
    Action("link_numbers", ("#",), Area.READ, _ARTICLE),
    Action("link_hints", ("f",), Area.READ, _ARTICLE),
    Action("address", ("ctrl+l", "a"), Area.READ),
    Action("history", ("h",), Area.READ),
    Action("open_source", ("o",), Area.STORY, footer={Context.ARTICLE: 4}),
    Action("toggle_read", ("m",), Area.STORY, footer={Context.LIST: 12}),
    Action("star", ("s",), Area.STORY, footer={Context.LIST: 8, Context.ARTICLE: 7}),
    Action("copy_address", ("y",), Area.STORY, footer={Context.ARTICLE: 8}),
    Action("copy_text", ("Y",), Area.STORY),
    Action("qr", ("Q",), Area.STORY),
    Action("others", ("plus",), Area.STORY, footer={Context.ARTICLE: 6}),
    Action("hide", ("x",), Area.STORY, _PANES),
    Action("report_image", ("!",), Area.STORY, _ARTICLE, {Context.ARTICLE: 5}),
    Action("mark_all_read", ("M",), Area.LISTS),
    Action("undo", ("u",), Area.LISTS),
    Action("refresh_source", ("r",), Area.LISTS),
    Action("refresh_all", ("R",), Area.LISTS),
    Action("stop_refresh", ("X",), Area.LISTS),
    Action("new_stories", ("full_stop",), Area.LISTS),
    Action("list_all", ("1",), Area.LISTS),
    Action("list_unread", ("2",), Area.LISTS),
    Action("list_starred", ("3",), Area.LISTS),
    Action("list_today", ("4",), Area.LISTS),
    Action("side", ("L",), Area.LISTS, footer={Context.SIDE: 2}),
    Action("choose_source", ("c",), Area.LISTS),
    Action("sources", ("S",), Area.LISTS, footer={Context.LIST: 7}),
    Action("import_sources", ("I",), Area.LISTS),
    Action("export_sources", ("W",), Area.LISTS),
    Action("smart_lists", ("l",), Area.LISTS),
    Action("rules", ("E",), Area.LISTS),
    Action("search", ("slash",), Area.SEARCH, footer={Context.LIST: 4, Context.ARTICLE: 9}),
    Action("find", ("F",), Area.SEARCH, _PANES),
    Action("next_hit", ("n",), Area.SEARCH, _PANES),
    Action("previous_hit", ("N",), Area.SEARCH, _PANES),
    Action("zoom", ("z",), Area.VIEW, footer={Context.ARTICLE: 12}),
    Action("compact", ("C",), Area.VIEW),
    Action("sections", ("D",), Area.VIEW),
    Action("ticker_speed", ("t",), Area.VIEW, footer={Context.TICKER: 2}),
    Action("pane_direction", ("b",), Area.VIEW),
    Action("terminal_mode", ("B",), Area.VIEW),
    Action("theme", ("T",), Area.VIEW),
    Action("hide_images", ("H",), Area.VIEW),
    Action("offline", ("O",), Area.KHABAR),
    Action("settings", ("comma",), Area.KHABAR),
    Action("about", ("i",), Area.KHABAR),
    Action("palette", ("ctrl+p", "colon"), Area.KHABAR, footer=_everywhere(10)),
    Action("help", ("question_mark", "f1"), Area.KHABAR, footer={**_everywhere(3), Context.LIST: 2}),
    Action("quit", ("q", "ctrl+q"), Area.KHABAR, footer={**_everywhere(11), Context.LIST: 5}),
)

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}


def footer_actions(context: Context) -> list[tuple[int, Action]]:
    """The footer's actions in a context in the registry's order, each with its rank (1 is dropped last)."""
    return [(action.footer[context], action) for action in ACTIONS if context in action.footer]


def by_area(contexts: frozenset[Context] = EVERYWHERE) -> dict[Area, list[Action]]:
    """The actions that work in any of ``contexts``, by chapter, in the registry's order."""
    areas: dict[Area, list[Action]] = {area: [] for area in Area}
    for action in ACTIONS:
        if action.contexts & contexts:
            areas[action.area].append(action)
    return {area: actions for area, actions in areas.items() if actions}


def readme_table() -> str:
    """The table of keys in README.md: Markdown, in English, for a left-to-right interface."""
    from tui.locale import load
    from tui.ui.keys import Keymap

    locale = load("en")
    keymap = Keymap.build(rtl=False)
    rows = ["| keys | do |", "|---|---|"]
    for area, actions in by_area().items():
        rows.append(f"| **{locale.text(f'areas.{area}')}** | |")
        for action in actions:
            keys = " ".join(f"`{label}`" for label in keymap.labels(action.id, locale))
            rows.append(f"| {keys} | {locale.text(f'actions.{action.id}.help')} |")
    return "\n".join(rows) + "\n"
