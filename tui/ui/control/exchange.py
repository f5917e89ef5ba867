"""Sources from a file and to one: asked for, done beside whatever the reader does, and told."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

from tui.desk.errors import StoreError
from tui.desk.exchange import READ_LIMIT, TooLargeError
from tui.ui.keys import isolated
from tui.ui.sentences import in_language

if TYPE_CHECKING:
    from pathlib import Path

    from tui.desk.exchange import Listed
    from tui.ui.screens.reading import ReadingScreen

PROPOSED = "~/khabar.opml"
_SHOWN = 200
"""Entries that cannot be taken, told one by one."""


class ExchangeRoom:
    """Import and export of one reading screen."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    def do_import_sources(self) -> None:
        """Ask for a file and follow what it lists."""
        if self._screen.desk.exchange.running:
            self._say(self._text("exchange.busy"), "warning")
        else:
            self._ask("import", "", self._import)

    def do_export_sources(self) -> None:
        """Ask for a file and write the sources to it."""
        self._ask("export", PROPOSED, self._export)

    def do_stop_refresh(self) -> None:
        """End the import or the refresh under way."""
        if self._screen.desk.exchange.running:
            self._screen.desk.exchange.stop()  # who waits for it says how far it came
            return
        key = "notices.refresh_stopped" if self._screen.desk.refresher.running else "notices.nothing_to_stop"
        self._screen.desk.refresher.cancel()
        self._say(self._text(key))

    # -- in

    async def _import(self, path: Path) -> None:
        self._say(self._text("exchange.reading", file=isolated(str(path))))
        listed = await self._screen.desk.exchange.read(path)
        if not listed.sources:
            first = next(iter(listed.skipped), "") if len(listed.skipped) == 1 else ""
            self._say(in_language(first or "The file holds no feeds.", self._screen.locale), "warning")
        elif listed.skipped:
            self._confirm("exchange.left_out", self._left_out(listed), lambda: self._bring_in(listed))
        else:
            await self._bring_in(listed)

    def _left_out(self, listed: Listed) -> str:
        locale = self._screen.locale
        told = [in_language(sentence, locale) for sentence in listed.skipped[:_SHOWN]]
        head = locale.plural("exchange.others", len(listed.sources), skipped=len(listed.skipped))
        return "\n".join((head, *told))

    async def _bring_in(self, listed: Listed) -> None:
        screen = self._screen
        came = await screen.desk.exchange.bring_in(listed.sources)
        key = "exchange.stopped" if came.stopped else "exchange.done"
        said = screen.locale.plural(key, len(came.added)) if came.added or came.stopped else ""
        said = said or self._text("exchange.none_added")
        if came.known:
            said += " " + screen.locale.plural("exchange.known", came.known)
        self._say(said)
        if came.added and not came.stopped:
            screen.desk.refresher.refresh([source.id for source in came.added])

    # -- out

    async def _export(self, path: Path) -> None:
        if await to_thread(path.exists):
            question = self._text("exchange.over", file=isolated(str(path)))
            self._confirm("exchange.there", question, lambda: self._write(path))
        else:
            await self._write(path)

    async def _write(self, path: Path) -> None:
        count = await self._screen.desk.exchange.write(path)
        self._say(self._screen.locale.plural("exchange.written", count, file=isolated(str(path))))

    # -- asking and telling

    def _ask(self, kind: str, value: str, work: Callable[[Path], Coroutine[None, None, None]]) -> None:
        from tui.ui.screens.file_line import FileLine, expanded

        text = self._text
        line = FileLine(
            locale=self._screen.locale,
            title=text(f"exchange.{kind}"),
            hint=text(f"exchange.{kind}_hint"),
            enter=text(f"sources.do.{kind}"),
            value=value,
        )

        def answered(typed: str | None) -> None:
            if typed:
                self._run(typed, lambda: work(expanded(typed)))

        self._screen.app.push_screen(line, answered)

    def _confirm(self, title: str, question: str, work: Callable[[], Coroutine[None, None, None]]) -> None:
        from tui.ui.screens.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self._run("", work)
            else:
                self._say("")

        self._screen.app.push_screen(Confirm(self._text(title), question, locale=self._screen.locale), answered)

    def _run(self, name: str, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Do it off the keys; what fails is a sentence."""

        async def guarded() -> None:
            try:
                await work()
            except TooLargeError:
                megabytes = READ_LIMIT // 1_000_000
                self._say(self._text("script.too-large", file=isolated(name), megabytes=megabytes), "error")
            except StoreError as error:
                self._say(in_language(str(error), self._screen.locale), "error")
            except (OSError, ValueError, RuntimeError) as error:
                detail = getattr(error, "strerror", "") or type(error).__name__
                file = isolated(name or str(getattr(error, "filename", "")))
                self._say(self._text("command.unreadable", file=file, detail=isolated(detail)), "error")

        self._screen.run_worker(guarded(), group="exchange", exit_on_error=True)

    def _text(self, key: str, **values: str | int) -> str:
        return self._screen.locale.text(key, **values)

    def _say(self, sentence: str, severity: str = "information") -> None:
        """On the sources screen while that is open, else as a notice."""
        from tui.ui.screens.sources import SourcesScreen

        shown = self._screen.app.screen
        if isinstance(shown, SourcesScreen):
            shown.say(sentence)
        elif sentence:
            self._screen.notice(sentence, severity)
