"""The seam between Textual and our terminal stage: an App whose text is right in every terminal.

Everything that Textual draws goes through `BidiApp._display`.  There the compositor's updates are painted into
`tui.terminal.output`, which sends what differs, in the order that the terminal at hand needs.  Updates of other kinds
(inline mode, printed renderables) pass by unchanged, and what the terminal shows counts as unknown after them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Protocol, runtime_checkable

from rich.color import ColorSystem
from textual import constants, events
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.command import CommandInput, CommandList, CommandPalette, SearchIcon
from textual.containers import Horizontal, Vertical
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, LoadingIndicator

from tui.terminal import colours, osc, restore
from tui.terminal.link import Link
from tui.terminal.output import Output
from tui.terminal.pens import Pens
from tui.terminal.profile import Mode, Pictures, Profile, with_mode
from tui.terminal.session import Session
from tui.ui.bidi_filter import BidiFilter, Visual
from tui.ui.bidi_input import BidiEditing
from tui.ui.pixels import Pixels
from tui.ui.reattached import Attachment

_COLOUR_SYSTEMS = {
    colours.STANDARD: ColorSystem.STANDARD,
    colours.INDEXED: ColorSystem.EIGHT_BIT,
    colours.TRUECOLOR: ColorSystem.TRUECOLOR,
}
_SYNC_FROM = 256  # characters: smaller frames arrive in one piece anyway


class Passing:
    """A screen that leaves nothing behind.

    Textual remembers a method's results by the object they belong to, and so a screenful of strips for each of the last
    thousand widgets, whether they are shown or not.
    """

    def on_unmount(self) -> None:
        """It is gone."""
        StylesCache.get_inner_outer.cache_clear()


class BidiScreen(Passing, Visual, Screen[Any]):
    """A screen.  Its own strips are its background, or under a dialog the finished screen below: left alone."""


class BidiModalScreen(Passing, Visual, ModalScreen[Any]):
    """A dialog over another screen, whose text is in visual order already."""


class BidiCommandInput(BidiEditing, CommandInput):
    """The palette's field."""


class BidiCommandPalette(Passing, Visual, CommandPalette):
    """The stock palette, over a screen whose text is in visual order already, and with a field that edits it."""

    def compose(self) -> ComposeResult:
        """The stock palette's parts; the field is ours."""
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield SearchIcon()
                yield BidiCommandInput(placeholder=self._placeholder, select_on_focus=False)
                if not self.run_on_select:
                    yield Button("\u25b6")
            with Vertical(id="--results"):
                yield CommandList()
                yield LoadingIndicator()


@runtime_checkable
class Paced(Protocol):
    """A driver that says when the terminal has taken everything."""

    def when_idle(self, call: Callable[[], object]) -> bool:
        """False when it has; else True, and `call` comes, in another thread, when it has."""


class BidiApp(App[Any]):
    """A Textual App that shows right-to-left text as the terminal at hand needs it.

    `frugal=False` (`output = "plain"` in the configuration) lets Textual draw as it likes where the terminal shows
    cells as they come; terminals that reorder rows always need our output stage.  `link`: how fast the line is; over a
    slow one nothing is animated and frames keep a distance.
    """

    # priority: whatever has the focus, Ctrl-Z is the shell's job control
    BINDINGS: ClassVar = [Binding("ctrl+z", "suspend_process", "", show=False, priority=True, system=True)]

    def __init__(
        self, *args: Any, profile: Profile | None = None, frugal: bool = True, link: Link | None = None, **kwargs: Any
    ) -> None:
        self.measured_profile = profile or Profile()
        self.profile = self.measured_profile
        self.session = Session(self.profile)
        self.link = link or Link()
        self.pixels = Pixels(self, self._write_past, self._ask_terminal)
        self._attachment = Attachment(self.profile)
        self._frugal = frugal
        self._resting: asyncio.TimerHandle | None = None  # the last frame is too fresh for another
        self._owing = False  # something was painted that no frame has shown yet
        self._output: Output | None = None
        self._bidi_filter = BidiFilter(marks=self.profile.marks)
        super().__init__(*args, **kwargs)
        if self.link.slow:
            self.animation_level = "none"
        self._sync_available = self.profile.sync
        if constants.COLOR_SYSTEM == "auto" and self.profile.colours:
            # Textual and Rich know the environment alone, and over SSH nothing of colours is in it
            self.console._color_system = _COLOUR_SYSTEMS[self.profile.colours]

    # --- the terminal

    def set_bidi_mode(self, mode: Mode) -> None:
        """Show everything again as `mode` needs it; `Mode.AUTO` goes back to what was measured."""
        self.profile = with_mode(self.measured_profile, mode)
        self._show_anew(self.session.change(self.profile))

    def _show_anew(self, switches: str) -> None:
        """The terminal takes text in another order from now on, once it has had these switches."""
        if self._driver is not None and not self._driver.is_headless and not self._driver.is_inline:
            self._driver.write(switches)
            if self._output is not None:
                self._output.set_order(self.profile.order, anchored=self.profile.anchored)
                cursor = self._previous_cursor_position
                self._driver.write(self._output.flush((cursor.x, cursor.y)))
        self.refresh(layout=True)

    def _look_for_another_terminal(self, *, at_a_key: bool = False) -> None:
        """Inside tmux: ask anew if another client shows the screen now."""
        if self._attachment.is_due(at_a_key=at_a_key):
            self.run_worker(self._meet_another_terminal(), group="terminal", exit_on_error=True)

    async def _meet_another_terminal(self) -> None:
        profile = await self._attachment.look(self._ask_terminal, self.measured_profile)
        if profile is not None:
            self.measured_profile, mode = profile, self.profile.mode
            self.profile = with_mode(profile, mode)
            self._show_anew(self.session.moved_to(self.profile))

    async def _ask_terminal(self, questions: str) -> str:
        """What the terminal answers; never, where there is none that could."""
        from tui.ui.driver import TerminalDriver

        loop = asyncio.get_running_loop()
        answer: asyncio.Future[str] = loop.create_future()

        def take(text: str) -> None:
            if not answer.done():
                answer.set_result(text)

        if isinstance(self._driver, TerminalDriver):
            self._driver.ask(questions, lambda text: loop.call_soon_threadsafe(take, text))
        return await answer

    def forget_shown(self) -> None:
        """Something was written past the output stage: the next frame shows everything again."""
        if self._output is not None:
            self._output.forget()

    def terminal_opened(self) -> None:
        """Called by the driver: the alternate screen is open, and empty.  Also after a suspension."""
        self.forget_shown()
        loop = asyncio.get_running_loop()
        loop.call_soon_threadsafe(self._show_all)
        restore.set_orderly_end(lambda number: self._end_by_signal(loop, number))

    def _show_all(self) -> None:
        """The terminal may be as large as before the suspension: then nothing else would have it drawn on again."""
        if self._screen_stack:
            self.screen.refresh()

    def get_driver_class(self) -> type[Driver]:
        """Our driver, unless the environment names another."""
        stock = super().get_driver_class()
        if constants.DRIVER is not None or stock.__name__ != "LinuxDriver":
            return stock
        from tui.ui.driver import TerminalDriver

        return TerminalDriver

    def _end_by_signal(self, loop: asyncio.AbstractEventLoop, number: int) -> None:
        """From a signal handler or another thread: end in order, with the status that the signal gives."""
        loop.call_soon_threadsafe(lambda: self.exit(return_code=128 + number))

    # --- the clipboard

    def copy_text(self, text: str) -> bool:
        """Put `text` (logical order) on the clipboard of the reader's own machine.

        False when the terminal would not take it: too long, or a terminal without a clipboard.
        """
        self._clipboard = text
        request = osc.clipboard(text, self.profile)
        if not request or self._driver is None:
            return False
        self._driver.write(request)
        return True

    def copy_to_clipboard(self, text: str) -> None:
        """Textual's name for it; stock widgets use this."""
        self.copy_text(text)

    def set_window_title(self, text: str) -> None:
        """The title of the terminal's window."""
        if self._driver is not None and not self._driver.is_headless:
            self._driver.write(osc.title(text))

    # --- output past the output stage

    def _write_past(self, text: str) -> None:
        """Write what shows nothing and moves nothing."""
        if text and self._driver is not None:
            self._driver.write(text)

    # --- text in visual order

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Stock widgets go through the bidi filter last, when all their colours are decided."""
        return [*super().get_line_filters(), self._bidi_filter]

    def get_default_screen(self) -> Screen[Any]:
        """A screen that is not filtered twice under a dialog."""
        return BidiScreen(id="_default")

    def action_command_palette(self) -> None:
        """Show the palette."""
        if self.use_command_palette and not CommandPalette.is_open(self):
            self.push_screen(BidiCommandPalette(id="--command-palette"))

    # --- output

    async def _on_resize(self, event: events.Resize) -> None:
        """The terminal cut or filled its rows in its own way.  Textual calls this beside its own handler."""
        self.forget_shown()
        self._look_for_another_terminal()

    async def on_event(self, event: events.Event) -> None:
        """Keys and the focus tell that somebody sits at a terminal: perhaps at another."""
        if isinstance(event, events.Key | events.AppFocus):
            self._look_for_another_terminal(at_a_key=True)
        await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Textual's one way out."""
        driver = self._driver
        if driver is None or driver.is_headless or driver.is_inline or not self.uses_output():
            super()._display(screen, renderable)
            return
        if renderable is not None and not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            self.forget_shown()
            super()._display(screen, renderable)
            return
        try:
            if renderable is not None and not self._batch_count and self._running and not self._closed:
                self._send(driver, renderable)
        finally:
            self.post_display_hook()

    def uses_output(self) -> bool:
        """Whether our output stage sends what is seen, not the toolkit."""
        return self._frugal or self.monochrome or self.profile.order is not type(self.profile.order).VISUAL

    @property
    def monochrome(self) -> bool:
        """Whether no colour is sent."""
        return self.theme == "mono"

    def _send(self, driver: Driver, update: LayoutUpdate | ChopsUpdate) -> None:
        try:
            _paint(self._current_output(), update)
            self._owing = True
            self._show_newest(driver)
        except Exception as error:
            self._handle_exception(error)

    def _show_newest(self, driver: Driver) -> None:
        """Send what the terminal does not show yet: now, or when the last frame has gone and rested.

        Frames never queue: what is painted while one is on its way is part of the next.
        """
        if not self._owing or self._resting or not self._running or self._closed or self._output is None:
            return
        loop = asyncio.get_running_loop()
        if isinstance(driver, Paced) and driver.when_idle(lambda: loop.call_soon_threadsafe(self._show_newest, driver)):
            return
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        self._previous_cursor_position = cursor
        text = self._output.flush((cursor.x, cursor.y))
        self._owing = False
        if not text:
            return
        if self._sync_available and len(text) > _SYNC_FROM:
            text = f"{SYNC_START}{text}{SYNC_END}"
        driver.write(text)
        driver.flush()
        if rest := self.link.rest(len(text.encode())):
            self._resting = loop.call_later(rest, self._rested, driver)

    def _rested(self, driver: Driver) -> None:
        self._resting = None
        self._show_newest(driver)

    def _current_output(self) -> Output:
        width, height = self.size
        if self._output is None or self._output.pens.monochrome != self.monochrome:
            depth = self.console._color_system or ColorSystem.TRUECOLOR
            self._output = Output(
                Pens(depth, links=self.profile.links, monochrome=self.monochrome),
                order=self.profile.order,
                anchored=self.profile.anchored,
                erase_keeps_background=self.profile.erase_keeps_background,
                films=self.session.films if self.profile.pictures is Pictures.SIXEL else None,
            )
        if self._output.size != (width, height):
            self._output.resize(width, height)
        return self._output


def _paint(output: Output, update: LayoutUpdate | ChopsUpdate) -> None:
    """Note what an update of the compositor wants to be seen."""
    if isinstance(update, LayoutUpdate):
        left = update.region.x
        for y, strips in enumerate(update.strips, update.region.y):
            output.paint(y, left, [segment for strip in strips for segment in strip])
        return
    for y, start, end in update.spans:
        for stop, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > end or stop <= start:
                continue
            output.paint(y, x, strip if stop <= end else strip.crop(0, end - x))
