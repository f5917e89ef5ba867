"""What stands in the article pane: stories from the store, their full text when it arrives, pages opened by address."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.news.model import (
    Article,
    Direction,
    Document,
    Link,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    Paragraph,
    Story,
    Text,
)
from tui.ui.actions import Context
from tui.ui.control.trail import Step, Trail, decode, encode
from tui.ui.keys import isolated

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was opened, to go back to."""

    article: Article
    story: Story | None = None
    url: str = ""
    place: tuple[int, int] = (0, 0)
    typed: bool = False

    @property
    def step(self) -> Step:
        """What the way back remembers of it: a story's text is in the store."""
        if self.story:
            return Step(self.url or f"story:{self.story.id}", self.story.title, self.story.id, self.place)
        return Step(self.url, self.article.title, 0, self.place, self.typed, self.article)


class Reader:
    """What the article pane shows, its fetching, and the way back and forward.

    The pane shows what was opened; it does not follow the cursor. A preview would send 2,700 bytes at every move where
    the cursor alone sends 500 (Arabic, 120x40), and what merely passed under the cursor would look as if it were open.
    So the story that is open has a sign in the list, and its title recedes while the cursor is on another one.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self.entry: Entry | None = None
        """What is shown."""
        self.previewing = True
        """Whether nothing has been opened yet."""
        self.direction = Direction.AUTO
        """What the reader wants the article to be shown in; AUTO for its own."""
        self._trail = Trail()

    @property
    def story(self) -> Story | None:
        """The story shown, or None for a page opened by its address, or for nothing."""
        return self.entry.story if self.entry else None

    @property
    def url(self) -> str:
        """The address of what is shown."""
        if self.entry is None:
            return ""
        if self.entry.story:
            return self.entry.story.link or self.entry.article.source_link
        return self.entry.url

    # -- opening

    def preview(self, story: Story) -> None:
        """Show a story without calling it read: at the start, before the reader has done anything."""
        self.previewing = True
        self._show(self._entry(story))

    def open(self, story: Story, *, beside: bool = False) -> None:
        """Read a story from the list: what is stored at once, the full text when it comes.

        One ``beside`` what is shown, which another paper tells, leads back there; one from the list begins a new way.
        """
        self._keep_place()
        self.previewing = False
        entry = self._entry(replace(story, read=True))
        here = self._trail.here
        if beside:
            self._keep_trail(self._trail.opened(entry.step))
        else:
            trail = self._trail if here is not None and here.story_id == story.id else Trail()
            self._keep_trail(trail.at(entry.step))
        self._show(entry)
        screen = self._screen
        if not story.read:
            screen.desk.reading.mark_read([story.id])
            screen.headlines.replace([replace(story, read=True)])
        screen.desk.reading.visited(entry.step.url, story.title, story_id=story.id)
        screen.memory.set("open", str(story.id))
        self.emphasise(screen.headlines.highlight)
        self._fetch(story)

    def emphasise(self, terms: tuple[str, ...]) -> None:
        """Show what was searched in the text too, all of it; n and N go through the first term that is there."""
        article = self._screen.article
        article.highlight = terms
        if not any(article.find(term) for term in terms):
            article.find("")

    def calm(self) -> None:
        """The search is over: what it emphasised is plain again, but not what the reader looks for in the article."""
        article = self._screen.article
        if article.highlight and self._screen.article_finder.active:
            article.highlight = ()
        elif article.highlight:
            self.emphasise(())

    def follow(self, url: str, *, typed: bool = False) -> None:
        """Open any address in khabar."""
        self._begin(self._open_page(url, typed=typed))

    def changed(self, story: Story | None) -> None:
        """The story shown changed its state in the store."""
        if story and self.entry and self.story and self.story.id == story.id:
            self.entry = replace(self.entry, story=story)

    def moved(self, place: tuple[int, int]) -> None:
        """The reader is at another place of what is shown."""
        if self.entry:
            self.entry = replace(self.entry, place=place)
            if self._trail.here and self._trail.here.url == self.entry.step.url:
                self._keep_trail(self._trail.at(self.entry.step))
            if self.story:
                self._screen.later("place", self._keep_place)

    def _keep_place(self) -> None:
        if self.entry and self.story:
            self._screen.desk.reading.set_place(self.story.id, *self.entry.place)

    def _entry(self, story: Story) -> Entry:
        reading = self._screen.desk.reading
        return Entry(reading.article(story), story, story.link, reading.place(story.id))

    def _show(self, entry: Entry) -> None:
        screen = self._screen
        self.entry = entry
        screen.article.show(self._dressed(entry.article), entry.story, place=entry.place)
        screen.footer.show(note="", others=bool(entry.story and entry.story.others))
        self.show_where(screen.headlines.selected)

    def show_where(self, selected: Story | None) -> None:
        """Where two panes stand side by side, tell the story that is open from the one under the cursor."""
        screen, story = self._screen, self.story
        screen.headlines.opened = story.id if story else 0
        screen.article.receding = bool(story and selected and story.id != selected.id)

    def _dressed(self, article: Article) -> Article:
        """The article as the reader wants to see it."""
        if self.direction is not Direction.AUTO:
            article = replace(article, direction=self.direction)
        return self._screen.pictures.without_hidden(article)

    def turn(self, direction: Direction) -> None:
        """Show the article in a direction, or in its own."""
        self.direction = direction
        self.again()

    def again(self) -> None:
        """Show the same anew: how it is to be shown has changed."""
        if self.entry:
            self._show(replace(self.entry, place=self._screen.article.place))

    # -- the full text

    def _fetch(self, story: Story) -> None:
        screen = self._screen
        source = screen.lists.source(story.source_id)
        wanted = screen.settings.full_text and (source is None or source.full_text)
        if self.entry is None or self.entry.article.full or not story.link or not wanted:
            return
        screen.article.status(screen.locale.text("article.fetching"))
        self._begin(self._full_text(story))

    async def _full_text(self, story: Story) -> None:
        screen = self._screen
        found = await screen.desk.articles.full_text(story)
        if self.entry is None or self.story is None or self.story.id != story.id:
            return
        if isinstance(found, Article):
            self.entry = replace(self.entry, article=found, place=screen.article.place)
            screen.article.show(self._dressed(found), self.story, place=self.entry.place)
            screen.article.status(screen.locale.text("article.full"))
        else:
            screen.article.status(screen.locale.text("article.failed", sentence=screen.sentence(found.sentence)))

    async def _open_page(self, url: str, *, typed: bool, delta: int = 0) -> None:
        """Fetch a page and show it; ``delta`` when it lies on the way back or forward."""
        screen, asked_for = self._screen, typed
        source = screen.lists.source(self.story.source_id) if self.story else None
        beside = self.entry.url if self.entry and self.entry.typed else ""
        typed = typed or screen.desk.articles.is_own(url, source=source, beside=beside)
        screen.show_pane(Context.ARTICLE)
        self.previewing = False  # or a preview would take the place of what was asked for
        opening = screen.locale.text("article.opening", address=url)
        if self.entry is None:
            screen.notice(opening)
        screen.article.status(opening)
        builtin = source is not None and source.builtin and screen.desk.articles.is_own(url, source=source)
        found = await screen.desk.articles.page(url, typed=typed, builtin=builtin)
        if not isinstance(found, Document):
            screen.article.status("")
            sentence = screen.sentence(found.sentence)
            screen.notice(screen.locale.text("address.failed", address=isolated(url), sentence=sentence), "warning")
            self.previewing = self.entry is None
            screen.welcome()
            return
        self._keep_place()
        article = article_of(found, url, empty=screen.locale.text("empty.page"))
        screen.desk.reading.visited(url, article.title, typed=typed)
        entry = Entry(article, url=url, typed=typed)
        if delta:
            self._keep_trail(self._trail.gone(delta).at(entry.step))
        else:
            if self._trail.here is None and self.entry is not None:  # a preview was shown
                self._trail = Trail(self.entry.step)
            self._keep_trail(self._trail.opened(entry.step))
        self._show(entry)
        screen.show_pane(Context.ARTICLE)
        if asked_for and not delta and screen.desk.sources.could_follow(url, found):
            screen.rooms.tell_how_to_follow()

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        """One thing is fetched at a time; a full text asked for before goes on in the desk, and is stored there."""
        self._screen.run_worker(work, group="reader", exclusive=True, exit_on_error=True)

    # -- back and forward

    def restore(self) -> None:
        """Take up the way of the session before, from the last story on it."""
        self._trail = decode(self._screen.memory.get("trail")).at_a_story()

    def _keep_trail(self, trail: Trail) -> None:
        self._trail = trail
        self._screen.memory.set("trail", encode(trail))

    def back(self) -> bool:
        """What was shown before; False when there is nothing."""
        return self._travel(-1)

    def forward(self) -> bool:
        """What was shown before going back; False when there is nothing."""
        return self._travel(1)

    def _travel(self, delta: int) -> bool:
        step = self._trail.step(delta)
        if step is None:
            return False
        story = self._screen.desk.reading.story(step.story_id) if step.story_id else None
        if story is None and step.article is None:
            self._begin(self._open_page(step.url, typed=step.typed, delta=delta))
            return True
        self._keep_place()
        self.previewing = False
        entry = self._entry(story) if story else Entry(step.article or Article(step.title), url=step.url)
        self._keep_trail(self._trail.gone(delta))
        self._show(replace(entry, place=step.place, typed=step.typed))
        return True


def article_of(document: Document, url: str, *, empty: str = "") -> Article:
    """A fetched document as something to read: its article, else its headlines as a list of links, else ``empty``."""
    if document.article is not None:
        return document.article
    items = tuple(
        ListItem(Text(item.title, (Mark(0, len(item.title), MarkKind.LINK, item.link),) if item.link else ()))
        for item in document.items
        if item.title
    )
    links = tuple(Link(item.title, item.link) for item in document.items if item.link)
    return Article(
        title=document.title or url,
        blocks=(ListBlock(items),) if items else (Paragraph(Text(empty)),),
        source_link=url,
        links=links,
        language=document.language,
        direction=document.direction,
    )
