"""The screens that open over the reading screen, and what becomes of what was chosen there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.news.model import Visit
    from tui.ui.screens.reading import ReadingScreen


class Rooms:
    """Opens them."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    def do_choose_source(self) -> None:
        """Choose the source whose stories are shown."""
        from tui.ui.screens.chooser import Choice, Chooser

        screen = self._screen
        everything = Choice("0", screen.locale.text("header.everything"))
        named = screen.locale.language
        choices = [
            Choice(str(source.id), source.title, named(source.language) if source.language else "")
            for source in screen.desk.sources.all()
        ]
        title = screen.locale.text("chooser.source")
        current = str(screen.lists.view.source_id)
        chooser = Chooser(title, [everything, *choices], locale=screen.locale, current=current)
        screen.app.push_screen(chooser, lambda id_: None if id_ is None else screen.lists.from_source(int(id_)))

    def do_sources(self) -> None:
        """The sources, their health, and adding one."""
        from tui.ui.screens.sources import SourcesScreen

        screen = self._screen
        undo, fixed = screen.undo.take_back, screen.app.KIOSK
        entry = screen.reader.entry
        typed = entry.url if entry and entry.typed and entry.story is None else ""
        at_hand = typed if typed and screen.desk.sources.at(typed) is None else ""
        sources = SourcesScreen(
            screen.desk, locale=screen.locale, now=screen.now, undo=undo, fixed=fixed, at_hand=at_hand
        )
        sources.exchange = screen.exchange
        screen.app.push_screen(sources, lambda picked: None if picked is None else screen.lists.from_source(picked))

    def tell_how_to_follow(self) -> None:
        """The keys that follow the site of the page that was opened."""
        from tui.ui.screens.sources import SourcesScreen

        screen = self._screen
        if not screen.app.KIOSK:
            add = next(keys[0] for name, keys, _ in SourcesScreen.KEYS if name == "add")
            screen.article.status(screen.locale.text("address.follow", sources=screen.key("sources"), add=add))

    def do_smart_lists(self) -> None:
        """The smart lists: show one, make one, change them."""
        from tui.ui.screens.queries import SmartListsScreen

        screen = self._screen
        shelf = SmartListsScreen(screen.desk, locale=screen.locale, undo=screen.undo.take_back)
        screen.app.push_screen(shelf, lambda chosen: None if chosen is None else screen.lists.show_smart(chosen))

    def do_rules(self) -> None:
        """The rules: what happens to stories when they arrive."""
        from tui.ui.screens.queries import RulesScreen

        screen = self._screen
        screen.app.push_screen(RulesScreen(screen.desk, locale=screen.locale, undo=screen.undo.take_back))

    def do_settings(self) -> None:
        """The settings people change."""
        from tui.ui.control.preferences import Preferences
        from tui.ui.screens.settings import SettingsScreen

        screen, app = self._screen, self._screen.app
        file = str(app.configuration) if app.configuration else ""
        preferences = Preferences(screen)
        settings = SettingsScreen(preferences.in_effect(), preferences.change, file=file, locale=screen.locale)
        app.push_screen(settings, self._anew)

    def _anew(self, changed: str | None) -> None:
        """After another language was chosen: the same screen in it, with the settings open again."""
        if changed != "language":
            return
        app = self._screen.app

        async def speak() -> None:
            await app.speak(app.settings.language)
            app.reading.call_after_refresh(app.reading.perform, "settings")

        app.run_worker(speak(), group="language", exit_on_error=True)

    def welcome(self) -> None:
        """The first start: language and sources."""
        from tui.ui.screens.first_start import FirstStart

        screen = self._screen
        screen.app.push_screen(FirstStart(screen.desk, locale=screen.locale), self._begin_in)

    async def _begin_in(self, language: str | None) -> None:
        """With what is followed now; in another language, with its papers, from the same screen again."""
        if language is None:
            self._screen.memory.set("welcomed", "1")
            self._screen.app.begin()
            return
        from tui.ui.control.preferences import Preferences

        screen, app = self._screen, self._screen.app
        problem = await Preferences(screen).change("language", language)
        await screen.desk.sources.begin_with(language)

        async def speak() -> None:
            await app.speak(language)
            app.reading.call_after_refresh(app.reading.rooms.welcome)
            if problem:
                app.reading.notice(problem, "warning")

        app.run_worker(speak(), group="language", exit_on_error=True)

    def do_about(self) -> None:
        """Version, licence, files and sizes."""
        from tui.ui.screens.about import About

        screen = self._screen
        about = About(screen.desk, configuration=screen.app.configuration, locale=screen.locale)
        screen.app.push_screen(about)

    def do_history(self) -> None:
        """What was opened before."""
        from tui.ui.screens.history import HistoryScreen

        screen = self._screen
        screen.app.push_screen(HistoryScreen(screen.desk, locale=screen.locale, now=screen.now), self._again)

    def _again(self, visit: Visit | None) -> None:
        if visit is None:
            return
        story = self._screen.desk.reading.story(visit.story_id) if visit.story_id else None
        if story is not None:
            self._screen.moves.read(story)
        else:
            self._screen.reader.follow(visit.url, typed=visit.typed)
