"""The reading screen: headline list, article, ticker, header and footer, put together and wired.

What the reader does is decided by the classes of ``tui.ui.control``; here are the parts, where the keyboard is, and
which part a message goes to.
"""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.timer import Timer

from tui.news.model import Story
from tui.ui.actions import BY_ID, Context
from tui.ui.carrying_on import CarryingOn
from tui.ui.control.article_finder import ArticleFinder
from tui.ui.control.daytime import Daytime
from tui.ui.control.exchange import ExchangeRoom
from tui.ui.control.finder import Finder
from tui.ui.control.handlers import handlers
from tui.ui.control.lists import Lists
from tui.ui.control.looks import Looks
from tui.ui.control.memory import Memory
from tui.ui.control.moves import Moves
from tui.ui.control.newsfeed import Newsfeed
from tui.ui.control.pictures import Pictures
from tui.ui.control.reader import Reader
from tui.ui.control.rooms import Rooms
from tui.ui.control.side import Side
from tui.ui.control.stories import Stories
from tui.ui.control.tally import Tally
from tui.ui.control.undo import Undo
from tui.ui.display import BidiScreen
from tui.ui.sentences import in_language
from tui.ui.widgets.article import ArticleView
from tui.ui.widgets.field import edits
from tui.ui.widgets.footer import Footer
from tui.ui.widgets.header import Header, Heading
from tui.ui.widgets.headlines import HeadlineList
from tui.ui.widgets.notice import Notice
from tui.ui.widgets.plain import Words, stand_again
from tui.ui.widgets.rules import Divider, Rule
from tui.ui.widgets.searchline import SearchLine
from tui.ui.widgets.side import SideList
from tui.ui.widgets.ticker import Speed, Ticker

if TYPE_CHECKING:
    from tui.config import Settings
    from tui.desk.desk import Desk
    from tui.locale import Locale
    from tui.terminal.profile import Mode, Profile
    from tui.ui.app import KhabarApp
    from tui.ui.keys import Keymap

T = TypeVar("T")
Clock = Callable[[], datetime]
NARROW, SHORT, SHALLOW = 90, 16, 10
"""Columns under which there is one pane; rows under which the footer and the rules give way, then the header."""
TIGHT, TINY = 100, 64
"""Columns under which the side list and the headlines leave no room for an article; under which they part."""


class ReadingScreen(CarryingOn, BidiScreen):
    """Everything a reader sees while reading."""

    AUTO_FOCUS = None
    app: KhabarApp

    def __init__(
        self, desk: Desk, settings: Settings, *, locale: Locale, keymap: Keymap, clock: Clock, edition: bool = False
    ) -> None:
        super().__init__()
        self.now = clock
        self.desk, self.settings, self.locale, self.keymap, self.edition = desk, settings, locale, keymap, edition
        self.memory = Memory(desk.reading, self.set_timer)
        self.headlines = HeadlineList(locale=locale, now=clock, id="headlines")
        self.article = ArticleView(locale=locale, now=clock, id="article")
        self.header = Header(Heading(locale.text("header.everything")), locale=locale, id="header")
        self.ticker = Ticker(locale=locale, id="ticker")
        self.footer = Footer(locale=locale, keymap=keymap, id="footer")
        self._notice = Notice(locale=locale, id="notice")
        self._rules = (Rule("┬", id="top-rule"), Rule("┴", id="bottom-rule"))
        self.tally, self.daytime = Tally(self), Daytime(self)
        self.lists, self.finder, self.reader = Lists(self, self.memory.view()), Finder(self), Reader(self)
        self.newsfeed, self.looks, self.moves = Newsfeed(self), Looks(self), Moves(self)
        self.pictures, self.undo, self.side = Pictures(self), Undo(self), Side(self)
        self.article_finder, self.rooms = ArticleFinder(self), Rooms(self)
        self.exchange = ExchangeRoom(self)
        controllers = (
            self.article_finder,
            self.side,
            self.moves,
            self.lists,
            self.finder,
            self.looks,
            self.pictures,
            self.undo,
        )
        self.stories = Stories(self)
        self._handlers = handlers(*controllers, self.stories, self.rooms, self.exchange)
        self._pane = Context.LIST
        self._postponed: dict[str, Timer] = {}

    def compose(self) -> ComposeResult:
        """The rows from top to bottom; the panes from the start side to the end side."""
        panes = (self.headlines, Divider(id="divider"), self.article)
        yield self.header
        yield self._rules[0]
        yield Horizontal(*(reversed(panes) if self.locale.rtl else panes), id="panes")
        yield self._rules[1]
        yield self.ticker
        yield self.footer
        yield self._notice

    def on_mount(self) -> None:
        """Fill the list from the store before the first frame; everything else comes after it."""
        self.screen_layout_refresh_signal.subscribe(self, self._fit_rules, immediate=True)
        self.fit(self.app.size.width, self.app.size.height)
        self.looks.recall()
        self.headlines.slow_link = self.app.link.slow
        self.article.justify = self.settings.justify and not self.settings.plain
        if self.settings.plain:
            self.headlines.in_words(words := Words.of(self.locale))
            self.article.in_words(words)
            self.ticker.plain = True
        self.reader.restore()
        self.article.empty = self.locale.text("empty.article")
        self.article.keys(self.key("open_source"), self.key("report_image"))
        self.lists.recall()
        self.set_focus(self.headlines)
        self.call_after_refresh(self._after_first_frame)

    async def _after_first_frame(self) -> None:
        await self.finder.prepare()
        await self.side.prepare()
        self.newsfeed.fill_ticker()
        if self.settings.ticker != "auto":
            self.ticker.speed = Speed(self.settings.ticker)
        self.welcome()
        self.looks.advise()
        self.daytime.tell()

    def key(self, action: str) -> str:
        """The key of an action, as it is shown beside what the action works on."""
        return next(iter(self.keymap.labels(action, self.locale)), "")

    def welcome(self) -> None:
        """Show the story that was read last, else the selected one, while the reader has opened none."""
        opened = self.memory.number("open")
        story = (self.desk.reading.story(opened) if opened else None) or self.headlines.selected
        shown = self.reader.story
        if story is not None and self.reader.previewing and (shown is None or shown.id != story.id):
            self.reader.preview(story)

    # -- what the controllers ask for

    @property
    def profile(self) -> Profile:
        """The terminal."""
        return self.app.profile

    def set_bidi_mode(self, mode: Mode) -> None:
        """Show everything as another class of terminal needs it."""
        self.app.set_bidi_mode(mode)

    def copy(self, text: str) -> bool:
        """Put text on the reader's clipboard."""
        return self.app.copy_text(text)

    def notice(self, text: str, severity: str = "information") -> None:
        """Say a short sentence, not over the ticker while that is what is being read."""
        bars = self.size.height - self.ticker.region.y if self.context is Context.TICKER else 0
        self._notice.show(text, severity=severity, above=bars)

    def hush(self, said: str = "") -> None:
        """What was said last is over; if it was ``said``, where that is given."""
        if said in ("", self.said):
            self._notice.dismiss()

    @property
    def said(self) -> str:
        """The notice in sight, or ""."""
        return self._notice.text

    def sentence(self, sentence: str) -> str:
        """A sentence of the desk in the reader's language, where it is known."""
        return in_language(sentence, self.locale)

    async def settled(self, future: Future[T]) -> T:
        """The result of a write, without holding the screen up."""
        return await wrap_future(future)

    def later(self, name: str, work: Callable[[], None], delay: float = 0.2) -> None:
        """Do ``work`` a moment after the last call under this name."""
        if name in self._postponed:
            self._postponed[name].stop()
        self._postponed[name] = self.set_timer(delay, work)

    def current_story(self) -> Story | None:
        """The story at hand: the one being read, the one running by, else the selected one."""
        if self.context is Context.ARTICLE and self.reader.entry is not None:
            return self.reader.story
        if self.context is Context.TICKER and self.ticker.current is not None:
            return self.desk.reading.story(self.ticker.current.id)
        return self.headlines.selected

    # -- where the keyboard is

    @property
    def context(self) -> Context:
        """Where the keyboard is."""
        if self.focused is self.article:
            return Context.ARTICLE
        if self.side.widget is not None and self.focused is self.side.widget:
            return Context.SIDE
        return Context.TICKER if self.focused is self.ticker else Context.LIST

    def show_pane(self, pane: Context) -> None:
        """Take the keyboard to a pane; in a narrow terminal, show it. The side list has it only while it is shown."""
        if pane is Context.SIDE and not self.side.shown:
            pane = Context.LIST
        if pane in (Context.LIST, Context.ARTICLE):
            self._pane = pane
            self._show_one_pane()
        panes = {Context.SIDE: self.side.widget, Context.LIST: self.headlines, Context.ARTICLE: self.article}
        self.set_focus(panes.get(pane, self.ticker))
        self.footer.show(context=pane, note=None if pane is Context.ARTICLE else "")

    def focus_list(self) -> None:
        """Back to the headlines."""
        self.show_pane(Context.LIST)

    def zoom(self, on: bool) -> None:
        """One pane, or both."""
        self.set_class(on, "-zoomed")
        self._show_one_pane()

    def _show_one_pane(self) -> None:
        """Where there is room for one pane only, show the one with the keyboard. Restyling costs: not otherwise."""
        if self.has_class("-zoomed") or self.app.has_class("-narrow"):
            self.set_class(self._pane is Context.ARTICLE, "-on-article")

    # -- size

    def on_resize(self, event: events.Resize) -> None:
        """Modes follow the size."""
        self.fit(event.size.width, event.size.height)

    def fit(self, width: int, height: int) -> None:
        """Set the modes for a size."""
        for mode, columns in (("-narrow", NARROW), ("-tight", TIGHT), ("-tiny", TINY)):
            self.app.set_class(width < columns or self.settings.plain, mode)
        self.app.set_class(height < SHORT, "-short")
        self.app.set_class(height < SHALLOW, "-shallow")
        self._tell_keys()
        self._show_one_pane()
        self.side.fit()

    def _fit_rules(self, _screen: Screen[object]) -> None:
        """Whenever the layout is new, not before: until then the divider stands where it stood."""
        columns = [line.region.x for line in self.query(Divider) if line.display and line.region.width]
        for rule in self._rules:
            rule.meet(*columns)

    # -- keys and messages

    def on_key(self, event: events.Key) -> None:
        """Every key that no field took."""
        if edits(self, event.key):
            return
        event.stop()
        event.prevent_default()
        self.ticker.wake()
        self._notice.acknowledge(event.key)
        if self.app.screen is not self:  # typed ahead, while a dialog was opening
            dialog = self.app.screen
            (dialog.focused or dialog).post_message(events.Key(event.key, event.character))
        elif self.finder.typing and event.key not in ("f1", "ctrl+p"):
            self.finder.take(event)
        elif self.article_finder.typing and event.key not in ("f1", "ctrl+p"):
            return
        elif action := self.keymap.action(self.context, event.key, event.character):
            self.perform(action)
        elif event.key == "ctrl+c":
            self._copy_selection()

    def perform(self, action: str) -> None:
        """Do one action of the registry."""
        if action in self.keymap.without:
            return
        work = self._handlers[BY_ID[action].id]()
        if work is not None:
            self.run_worker(work, group="actions", exit_on_error=True)
        self.lists.touched(BY_ID[action].area)

    def _copy_selection(self) -> None:
        text = self.get_selected_text()
        if not text:
            self.notice(self.locale.text("notices.how_to_quit"))
        elif self.copy(text):
            self.notice(self.locale.text("notices.text_copied"))

    @on(HeadlineList.Highlighted)
    def _highlighted(self, event: HeadlineList.Highlighted) -> None:
        if event.story and not self.finder.active:
            self.memory.set("selected", str(event.story.id))
        self.reader.show_where(event.story)

    @on(HeadlineList.Chosen)
    def _chosen(self, event: HeadlineList.Chosen) -> None:
        (self.stories.choose_other if event.others else self.moves.read)(event.story)

    @on(SideList.Chosen)
    def _side_chosen(self, event: SideList.Chosen) -> None:
        self.side.do(event.choice.id)

    @on(ArticleView.LinkChosen)
    def _link_chosen(self, event: ArticleView.LinkChosen) -> None:
        self.reader.follow(event.url)

    @on(ArticleView.Moved)
    def _moved(self, event: ArticleView.Moved) -> None:
        self.reader.moved(event.place)
        if self.context is Context.ARTICLE:
            self.footer.show(note="" if event.whole else self.locale.text("article.percent", n=event.percent))

    @on(Ticker.Chosen)
    def _headline_chosen(self, event: Ticker.Chosen) -> None:
        self.moves.read(event.story)

    @on(Ticker.AttentionChosen)
    def _attention_chosen(self) -> None:
        self.lists.do_new_stories()

    @on(Header.ListChosen)
    def _list_chosen(self, event: Header.ListChosen) -> None:
        self.lists.list(event.listing)

    @on(Header.PlaceChosen)
    def _place_chosen(self) -> None:
        self.perform("choose_source")

    @on(Footer.Chosen)
    def _footer_chosen(self, event: Footer.Chosen) -> None:
        self.perform(event.action)

    @on(SearchLine.Typed, "#search")
    def _typed(self, event: SearchLine.Typed) -> None:
        self.finder.typed(event.text)

    @on(SearchLine.Accepted, "#search")
    def _accepted(self) -> None:
        self.finder.accept()

    @on(SearchLine.Cancelled, "#search")
    def _cancelled(self) -> None:
        self.finder.cancel()

    @on(SearchLine.Typed, "#find")
    def _find_typed(self, event: SearchLine.Typed) -> None:
        self.article_finder.typed(event.text)

    @on(SearchLine.Accepted, "#find")
    def _find_accepted(self) -> None:
        self.article_finder.accept()

    @on(SearchLine.Cancelled, "#find")
    def _find_cancelled(self) -> None:
        self.article_finder.cancel()

    def on_screen_suspend(self) -> None:
        """A dialog has the keyboard, and shows its own keys."""
        self.footer.ask(())

    def on_screen_resume(self) -> None:
        """The keyboard is back."""
        self._tell_keys()
        self.call_after_refresh(stand_again, self)

    def _tell_keys(self) -> None:
        """The footer's keys are those of who has the keyboard; without a footer the ticker has the least of them."""
        if self.is_current:
            prompt = next((finder for finder in (self.finder, self.article_finder) if finder.typing), None)
            self.footer.ask(prompt.keys() if prompt else None)
        self.ticker.hint(self.footer.least() if self.app.has_class("-short") else ())

    def on_descendant_focus(self) -> None:
        """Where the keyboard is has changed, perhaps by a click."""
        self._tell_keys()
        panes = (self.headlines, self.article, self.ticker, self.side.widget)
        if self.focused is not None and self.focused in panes and self.context is not self._pane:
            self.show_pane(self.context)
