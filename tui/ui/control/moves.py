"""Moving about: in the list, through an article, between panes and links, on to the next story and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.news.model import Story
from tui.ui.actions import Context

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen


class Moves:
    """Movement, by where the keyboard is."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    def _lines(self, delta: int) -> None:
        screen = self._screen
        if screen.context is Context.LIST:
            screen.headlines.move(delta)
        elif screen.context is Context.ARTICLE:
            screen.article.line(delta)
        elif screen.context is Context.SIDE and screen.side.widget:
            screen.side.widget.move(delta)
        else:
            screen.ticker.step(delta)

    def do_down(self) -> None:
        """The next row, line or headline."""
        self._lines(1)

    def do_up(self) -> None:
        """The row, line or headline before."""
        self._lines(-1)

    def do_right(self) -> None:
        """What is cut off on the right of wide lines."""
        self._screen.article.sideways(1)

    def do_left(self) -> None:
        """What is cut off on the left."""
        self._screen.article.sideways(-1)

    def _page(self, step: int) -> None:
        screen = self._screen
        if screen.context is Context.ARTICLE:
            screen.article.page(step)
        elif screen.context is Context.SIDE and screen.side.widget:
            screen.side.widget.move(step * screen.side.widget.page_rows)
        else:
            screen.headlines.page(step)

    def do_page_down(self) -> None:
        """A page on."""
        self._page(1)

    def do_page_up(self) -> None:
        """A page back."""
        self._page(-1)

    def do_top(self) -> None:
        """The beginning."""
        if self._screen.context is Context.ARTICLE:
            self._screen.article.to_top()
        elif self._screen.context is Context.SIDE and self._screen.side.widget:
            self._screen.side.widget.go(0)
        else:
            self._screen.headlines.to_first()

    def do_bottom(self) -> None:
        """The end."""
        if self._screen.context is Context.ARTICLE:
            self._screen.article.to_end()
        elif self._screen.context is Context.SIDE and self._screen.side.widget:
            self._screen.side.widget.go(1 << 20)
        else:
            self._screen.headlines.to_last()

    # -- panes and links

    def do_next_pane(self) -> None:
        """The next link of the article, else the next pane."""
        screen = self._screen
        if screen.context is Context.ARTICLE and screen.article.next_link():
            return
        self._turn(1)

    def do_previous_pane(self) -> None:
        """The link before, else the pane before."""
        screen = self._screen
        if screen.context is Context.ARTICLE and screen.article.previous_link():
            return
        self._turn(-1)

    def _turn(self, step: int) -> None:
        order = [pane for pane in Context if pane is not Context.SIDE or self._screen.side.shown]
        at = order.index(self._screen.context)
        self._screen.show_pane(order[(at + step) % len(order)])

    # -- reading

    def do_open(self) -> None:
        """Read the story under the cursor; in an article, open the link under the cursor."""
        screen = self._screen
        if screen.context is Context.LIST and screen.headlines.selected:
            self.read(screen.headlines.selected)
        elif screen.context is Context.TICKER and screen.ticker.current:
            self.read(screen.ticker.current)
        elif screen.context is Context.ARTICLE and screen.article.focused_link:
            screen.reader.follow(screen.article.focused_link)
        elif screen.context is Context.SIDE:
            screen.side.open()

    def read(self, story: Story) -> None:
        """Open a story and go to its text."""
        screen = self._screen
        selected = screen.headlines.selected
        if selected is None or selected.id != story.id:
            screen.headlines.select(story)
        screen.reader.open(story)
        screen.show_pane(Context.ARTICLE)

    def do_read_on(self) -> None:
        """A page on; at the end of the article, the next unread story."""
        screen = self._screen
        selected = screen.headlines.selected
        shown = screen.reader.story
        if screen.context is Context.LIST and selected and (shown is None or shown.id != selected.id):
            self.read(selected)
        elif screen.context is Context.LIST and shown and not shown.read:
            self.read(shown)  # the preview of the start is opened in earnest
        elif screen.reader.entry is None or not screen.article.page(1):
            self._next_unread()

    def _next_unread(self) -> None:
        screen = self._screen
        story = screen.headlines.selected
        if story is not None and not story.read and (screen.reader.story is None or screen.reader.story.id != story.id):
            self.read(story)
            return
        pages = screen.headlines.pages
        if story is not None and (following := pages.next_unread(story)) is not None:
            self.read(following)
        elif (above := pages.next_unread(None)) is not None and not self._is_shown(above):
            if not screen.finder.active:
                screen.lists.show(screen.lists.view, select=above.id)  # with what has come in since
            self.read(above)
            screen.notice(screen.locale.text("notices.from_the_top"))
        else:
            key = "all_read_here" if screen.lists.narrowed and not screen.finder.active else "all_read"
            screen.notice(screen.locale.text(f"notices.{key}"))

    def _is_shown(self, story: Story) -> bool:
        """Whether it is what is read now: that counts as read before the store knows of it."""
        shown = self._screen.reader.story
        return shown is not None and shown.id == story.id

    def _neighbour(self, step: int) -> Story | None:
        """Select the story beside the selected one; None at the end of the list."""
        headlines = self._screen.headlines
        before = headlines.selected
        headlines.move(step)
        after = headlines.selected
        return after if after is not None and before is not None and after.id != before.id else None

    def do_next_story(self) -> None:
        """Read the next story of the list."""
        self._read_neighbour(1)

    def do_previous_story(self) -> None:
        """Read the story before."""
        self._read_neighbour(-1)

    def _read_neighbour(self, step: int) -> None:
        story = self._neighbour(step)
        if story is None:
            self._screen.notice(self._screen.locale.text("notices.last_story" if step > 0 else "notices.first_story"))
        else:
            self.read(story)

    def do_back(self) -> None:
        """The page before; from an article to the list; from a search to the list before it; from a part to all."""
        screen = self._screen
        if screen.context is Context.ARTICLE:
            if screen.article_finder.active:
                screen.article_finder.cancel()
            elif not screen.reader.back():
                screen.focus_list()
        elif screen.context is Context.SIDE:
            screen.side.leave()
        elif screen.context is Context.TICKER:
            screen.focus_list()
        elif screen.finder.active:
            screen.finder.cancel()
        elif screen.has_class("-zoomed"):
            screen.zoom(False)
        else:
            screen.lists.widen()

    def do_forward(self) -> None:
        """The page that was left by going back."""
        if not self._screen.reader.forward():
            self._screen.notice(self._screen.locale.text("notices.nothing_forward"))
        else:
            self._screen.show_pane(Context.ARTICLE)

    def do_link_hints(self) -> None:
        """A letter on every link."""
        screen = self._screen
        said = screen.locale.text("notices.hints")
        given = screen.article.hints(True, over=lambda: screen.hush(said))
        screen.notice(said if given else screen.locale.text("notices.no_links"))

    def do_address(self) -> None:
        """Open an address: a page, a feed or a site."""
        from tui.ui.screens.address import AddressLine, places

        screen = self._screen
        known = places(screen.desk.sources.all(), screen.desk.reading.history())
        screen.app.push_screen(AddressLine(known, locale=screen.locale), self._go)

    def _go(self, address: str | None) -> None:
        """To a source's stories, when the address is that of one; else to the page."""
        from tui.desk.sources import complete

        if address is None:
            return
        source = self._screen.desk.sources.at(complete(address))
        if source is not None:
            self._screen.lists.from_source(source.id)
            self._screen.focus_list()
        else:
            self._screen.reader.follow(complete(address), typed=True)
