"""How the screen looks and what the program as a whole does: zoom, ticker, directions, themes, help, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.news.model import Direction
from tui.ui import themes
from tui.ui.actions import Context
from tui.ui.widgets.headline_drawing import Sections
from tui.ui.widgets.ticker import Speed

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen

_SECTIONS: tuple[Sections, ...] = ("day", "paper", "none")


class Looks:
    """Everything about the view."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    def _say(self, key: str, **values: object) -> None:
        self._screen.notice(self._screen.locale.text(key, **values))

    def do_zoom(self) -> None:
        """One pane, full width, and back; the side list goes."""
        if self._screen.context is Context.SIDE:
            self._screen.side.leave()
        self._screen.zoom(not self._screen.has_class("-zoomed"))

    def do_compact(self) -> None:
        """One line a headline, or two."""
        self.make_compact(not self._screen.headlines.compact)

    def make_compact(self, compact: bool) -> None:
        """One line a headline, or two."""
        screen = self._screen
        screen.headlines.compact = compact
        screen.app.set_class(compact, "-compact")
        screen.memory.set("compact", str(int(compact)))

    def do_link_numbers(self) -> None:
        """Numbers behind the links, or none."""
        self.number_links(not self._screen.article.link_numbers)

    def number_links(self, numbered: bool) -> None:
        """Numbers behind the links, their addresses below the article."""
        screen = self._screen
        screen.article.link_numbers = numbered
        screen.article.compose_again()
        screen.memory.set("link_numbers", str(int(numbered)))

    def do_sections(self) -> None:
        """Sections by day, by paper, or none."""
        screen = self._screen
        at = _SECTIONS.index(screen.headlines.sections)
        screen.lists.arrange(_SECTIONS[(at + 1) % len(_SECTIONS)])
        self._say(f"sections.{screen.headlines.sections}")

    def do_ticker_speed(self) -> None:
        """How the headlines of the ticker move."""
        screen = self._screen
        screen.ticker.speed = screen.ticker.speed.next
        screen.memory.set("ticker", screen.ticker.speed)
        self._say(f"ticker.{screen.ticker.speed}")

    def do_pane_direction(self) -> None:
        """The text direction of this pane: by itself, right to left, left to right."""
        screen = self._screen
        owner = screen.reader if screen.context is Context.ARTICLE else screen.lists
        order = [Direction.AUTO, Direction.LTR, Direction.RTL]
        direction = order[(order.index(owner.direction) + 1) % len(order)]
        owner.turn(direction)
        self._say(f"direction.{direction}")

    def do_terminal_mode(self) -> None:
        """How this terminal gets right-to-left text, with a sample."""
        from tui.terminal.profile import Mode

        screen = self._screen
        order = list(Mode)
        mode = order[(order.index(screen.profile.mode) + 1) % len(order)]
        screen.set_bidi_mode(mode)
        screen.memory.set("bidi", mode)
        self._say("notices.bidi_mode", mode=mode.value)

    def advise(self) -> None:
        """Say, once, what only the terminal's user can switch; later `khabar doctor` says it."""
        screen, advice = self._screen, self._screen.profile.advice
        if advice and not screen.memory.get(f"advised.{advice}") and screen.app.screen is screen:
            screen.memory.set(f"advised.{advice}", "1")
            self._say(f"doctor.advice.{advice}")

    def do_theme(self) -> None:
        """The next theme."""
        screen = self._screen
        screen.app.theme = themes.after(screen.app.theme)
        screen.pictures.in_theme()
        screen.memory.set("theme", screen.app.theme)
        self._say("notices.theme", name=screen.locale.text(f"themes.{screen.app.theme}"))

    def do_offline(self) -> None:
        """Work without the network, or with it again."""
        screen = self._screen
        screen.desk.network.offline = not screen.desk.network.offline
        screen.newsfeed.offline(screen.desk.network.offline)
        self._say("notices.offline" if screen.desk.network.offline else "notices.online")

    def do_palette(self) -> None:
        """Find an action by its name."""
        from tui.ui.screens.palette import PaletteScreen

        screen = self._screen
        palette = PaletteScreen(screen.keymap, screen.context, locale=screen.locale)
        screen.app.push_screen(palette, lambda chosen: screen.perform(chosen) if chosen else None)

    def do_help(self) -> None:
        """All keys of this screen."""
        from tui.ui.screens.help import HelpScreen, help_entries

        screen = self._screen
        keys = screen.keymap.keys
        find = [key for key in keys.get("palette", ()) if key not in keys.get("help", ())]
        entries = help_entries(screen.keymap, screen.context, screen.locale)
        help_screen = HelpScreen(entries, locale=screen.locale, find=find)
        screen.app.push_screen(help_screen, lambda find: screen.perform("palette") if find else None)

    def do_quit(self) -> None:
        """Leave."""
        self._screen.memory.flush()
        self._screen.app.exit()

    def recall(self) -> None:
        """Take up what was chosen in an earlier session, where the configuration leaves it open."""
        screen = self._screen
        memory, settings = screen.memory, screen.settings
        remembered = memory.get("ticker")
        if settings.ticker == "auto" and remembered in list(Speed):
            calm = screen.app.link.slow and remembered == Speed.SCROLL  # a cell every 150 ms is too much for the line
            screen.ticker.speed = Speed.FLIP if calm else Speed(remembered)
        screen.headlines.compact = memory.get("compact") == "1" if memory.get("compact") else settings.compact
        chosen = memory.get("link_numbers")
        screen.article.link_numbers = chosen == "1" if chosen else settings.link_numbers
        wanted = memory.get("sections") or settings.sections
        screen.headlines.sections = next((sections for sections in _SECTIONS if sections == wanted), "day")
