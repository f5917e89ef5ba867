"""Which list is shown, from which source, and what happens to it as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.desk.lists import view_of
from tui.news.model import Direction, Key, Listing, Source, View
from tui.news.rules import SmartList
from tui.ui.actions import Area, Context
from tui.ui.control.pages import PaperPages, StoryPages, turned

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen
    from tui.ui.widgets.headline_drawing import Sections


class Lists:
    """The lists and their sources."""

    def __init__(self, screen: ReadingScreen, view: View) -> None:
        self._screen = screen
        self.view = view
        """What the headline list shows, search apart."""
        self.direction = Direction.AUTO
        self._arrived: set[int] = set()
        self._newest: Key | None = None
        """The first story of the list as it was when it was shown: what came later stays unread."""
        self.filling = False
        """The first fill of an empty store, until it ends or the reader goes somewhere: the list follows the news."""
        self._first: int | None = None
        """The story that was selected when the list was shown."""
        self._in_all: int | None = None
        """The story that was selected in all of the news, before a part of it was shown."""
        self._sources: dict[int, Source] = {}
        self.smart: SmartList | None = None
        """The smart list that is shown, or None."""

    def recall(self) -> None:
        """The list of the session before, from where it was left.

        The built-in edition begins with what is in the reader's language, once in each; the way back leads to the rest.
        """
        screen, tag = self._screen, self._screen.locale.tag
        if screen.edition and screen.app.language_named and screen.memory.get("edition") != tag:
            screen.memory.set("edition", tag)
            self.show(View(language=tag))
            return
        wanted = self._screen.memory.number("smart")
        kept = {found.id: found for found in self._screen.desk.lists.lists()} if wanted else {}
        self.smart = kept.get(wanted or 0)
        view = replace(self.view, search=view_of(self.smart.query).search) if self.smart else self.view
        self.show(view, select=self._screen.memory.number("selected"))

    # -- showing

    def pages(self, view: View) -> StoryPages | PaperPages:
        """The pages of any view, in the order the reader wants; what a search finds is newest first."""
        by_paper = self._screen.headlines.sections == "paper" and not view.search
        return (PaperPages if by_paper else StoryPages)(self._screen.desk.reading, view, self.direction)

    def turn(self, direction: Direction) -> None:
        """Show all headlines in one direction, or each in its own."""
        self.direction = direction
        self._again()

    def arrange(self, sections: Sections) -> None:
        """Let the list have sections by day, by paper, which is another order, or none."""
        self._screen.headlines.sections = sections
        self._screen.memory.set("sections", sections)
        self._again()

    def _again(self) -> None:
        """Show the list, or what was found, anew; the selected story stays selected."""
        headlines = self._screen.headlines
        headlines.show(self.pages(self._screen.finder.view or self.view), select=headlines.selected)

    def show(self, view: View, *, select: int | None = None, row: int | None = None) -> None:
        """Show a list and remember it; with the story ``select`` selected, on its row where one is given."""
        screen = self._screen
        if not (self.view.source_id or self.view.language or self.view.search):
            self._in_all = self._selected or self._in_all
        other_language = view.language != self.view.language
        self.view = view
        self.smart = self.smart if view.search else None
        newest = screen.desk.reading.stories(view, limit=1)
        self._newest = newest[0].key if newest else None
        self.forget_arrivals()
        screen.headlines.empty = self._empty(view)
        chosen = screen.desk.reading.story(select) if select else None
        screen.headlines.show(self.pages(view), select=chosen, row=row)
        self._first = self._selected
        screen.memory.set("view", f"{view.listing}|{view.source_id}|{view.language}")
        screen.memory.set("smart", str(self.smart.id) if self.smart else "")
        if other_language:
            screen.newsfeed.fill_ticker()
        self.describe()

    def show_smart(self, smart: SmartList) -> None:
        """Show what a kept query finds."""
        self._screen.finder.leave()
        self.smart = smart
        self.show(view_of(smart.query))
        self._screen.focus_list()

    def lists_changed(self) -> None:
        """A smart list was changed or removed: perhaps the one that is shown."""
        if self.smart is None:
            return
        kept = {found.id: found for found in self._screen.desk.lists.lists()}
        found = kept.get(self.smart.id)
        if found is None:
            self.show(replace(self.view, search=""))
        elif found != self.smart:
            self.smart = found
            self.show(replace(self.view, search=view_of(found.query).search))

    @property
    def narrowed(self) -> bool:
        """Whether a part of the news is shown: one source's, one language's, or what a kept query finds."""
        return bool(self.view.source_id or self.view.language or self.smart)

    def widen(self) -> None:
        """From a part of the news to all of it; the selected story stays selected, or where there was none, the one
        that was selected before."""
        if self.narrowed:
            self.show(View(self.view.listing), select=self._selected or self._in_all)

    def describe(self) -> None:
        """Tell the header what is shown, and the footer whether there is a way back from it."""
        screen = self._screen
        screen.footer.show(way_back=self.narrowed or screen.finder.view is not None)
        screen.header.show(place=self.place(), listing=self.view.listing)
        screen.tally.count()

    def place(self) -> str:
        """The name of what the list is taken from: a source, the built-in edition, or everything."""
        source = self.source(self.view.source_id) if self.view.source_id else None
        if source:
            return source.title
        if self.smart:
            return self.smart.name
        selected, locale = self._screen.headlines.selected, self._screen.locale
        # A story of the edition that has a star stays when the edition is followed no more.
        builtin = self._screen.edition or (
            selected is not None and selected.builtin and any(source.builtin for source in self._followed().values())
        )
        if self.view.language:
            name = locale.language(self.view.language)
            return f"{locale.text('header.edition')} · {name}" if builtin else name
        return locale.text("header.edition" if builtin else "header.everything")

    def source(self, source_id: int) -> Source | None:
        """A source followed."""
        return self._followed(source_id).get(source_id)

    def _followed(self, source_id: int = 0) -> dict[int, Source]:
        """The sources by their ids, asked for anew where ``source_id`` is not among those known."""
        if not self._sources or (source_id and source_id not in self._sources):
            self._sources = {source.id: source for source in self._screen.desk.sources.all()}
        return self._sources

    def sources_changed(self) -> None:
        """Sources came or went."""
        self._sources = {}
        if self.view.source_id and self.source(self.view.source_id) is None:
            self.show(replace(self.view, source_id=0))
        else:
            self._reload()
            self.describe()
        self._screen.welcome()  # what was shown before anything was opened may have gone with its source

    def _reload(self) -> None:
        """The list anew, from where the reader is; but what follows on the built-in edition begins at its newest."""
        headlines, stayed = self._screen.headlines, self._first == self._selected
        before = headlines.selected
        headlines.reload()
        after = headlines.selected
        if before is not None and before.builtin and after is not None and not after.builtin:
            headlines.to_first()
        self._first = self._selected if stayed else self._first

    def _empty(self, view: View) -> str:
        if self.smart and view.listing is Listing.ALL:
            return self._screen.locale.text("empty.smart", query=self.smart.query)
        if view.source_id and view.listing is Listing.ALL:
            return self._screen.locale.text("empty.source")
        if view.language and view.listing is Listing.ALL:
            return self._screen.locale.text("empty.language", language=self._screen.locale.language(view.language))
        return self._screen.locale.text(f"empty.{view.listing}")

    def list(self, listing: Listing) -> None:
        """Show one of the lists every reader has; the source stays."""
        self._screen.finder.leave()
        selected = self._screen.headlines.selected
        self.show(replace(self.view, listing=listing), select=selected.id if selected else None)

    def from_source(self, source_id: int) -> None:
        """Show one source's stories, or those of all (0)."""
        self._screen.finder.leave()
        self.show(View(source_id=source_id))

    # -- new stories

    def arrived(self, ids: Sequence[int]) -> None:
        """New stories were stored: announce them; an empty list takes them at once."""
        screen = self._screen
        screen.tally.count()
        self.touched()
        if (self.filling or screen.headlines.selected is None) and not screen.finder.active:
            self.filling = True
            self.show(self.view)
            return
        self._arrived.update(ids)
        screen.headlines.arrivals(len(self._arrived))
        screen.ticker.attention(screen.locale.plural("ticker.new", len(self._arrived)))

    @property
    def _selected(self) -> int | None:
        selected = self._screen.headlines.selected
        return selected.id if selected else None

    def touched(self, area: Area | None = None) -> None:
        """The reader has done something (of an area of the registry), or perhaps nothing.

        Who went to another story, opened one, reads or changed one is not taken along by the rest of the first fill.
        Any other key leaves that as it is.
        """
        screen, selected = self._screen, self._selected
        reading = not screen.reader.previewing or (
            screen.context is Context.ARTICLE and screen.reader.entry is not None
        )
        if selected is not None and (reading or selected != self._first or area is Area.STORY):
            self.filling = False

    def forget_arrivals(self) -> None:
        """The new stories are in the list now."""
        self._arrived.clear()
        self._screen.headlines.arrivals(0)
        self._screen.ticker.attention("")

    def changed(self, ids: Sequence[int]) -> None:
        """Stored stories changed their state: redraw those that the list holds."""
        reading = self._screen.desk.reading
        stories = [story for story in map(reading.story, self._screen.headlines.loaded(ids)) if story is not None]
        self._screen.headlines.replace(turned(story, self.direction) for story in stories)
        self._recount({story.paper for story in stories} if len(ids) == len(stories) else {""})
        self._screen.tally.count()

    def _recount(self, papers: set[str]) -> None:
        """Let the headings of papers ("" for all) say how many of their stories are unread now."""
        headlines = self._screen.headlines
        if headlines.pages.by_paper:
            for paper in papers:
                headlines.pages.renew(paper)
            headlines.refresh()

    def grouped(self, ids: Sequence[int]) -> None:
        """Rows became one: the list takes that in, unless it would take in what was only announced."""
        if self._arrived:
            self.changed(ids)
        else:
            self._reload()
            self._screen.tally.count()

    # -- actions

    def do_new_stories(self) -> None:
        """Take the new stories into the list and go to the newest, which by paper may stand anywhere."""
        self._screen.finder.leave()
        newest = self._screen.desk.reading.stories(self.view, limit=1)
        self.show(self.view, select=newest[0].id if newest else None)
        self._screen.focus_list()

    def do_list_all(self) -> None:
        """Everything."""
        self.list(Listing.ALL)

    def do_list_unread(self) -> None:
        """What has not been read."""
        self.list(Listing.UNREAD)

    def do_list_starred(self) -> None:
        """What has a star."""
        self.list(Listing.STARRED)

    def do_list_today(self) -> None:
        """Today's."""
        self.list(Listing.TODAY)

    async def do_mark_all_read(self) -> None:
        """All that is shown, as it was when it was shown, counts as read; undo works."""
        screen = self._screen
        change = await screen.settled(
            screen.desk.reading.mark_all_read(screen.finder.view or self.view, self._newest if self._arrived else None)
        )
        count = len(change.story_ids) if change else 0
        screen.notice(screen.locale.plural("notices.marked_read", count))

    def do_refresh_source(self) -> None:
        """Ask the selected story's source."""
        screen = self._screen
        story = screen.current_story()
        source_id = self.view.source_id or (story.source_id if story else 0)
        source = self.source(source_id)
        if source is None:
            self.do_refresh_all()
            return
        self._ask("refreshing_source", [source_id], name=source.title)

    def do_refresh_all(self) -> None:
        """Ask every source."""
        self._ask("refreshing_all")

    def _ask(self, said: str, source_ids: Sequence[int] | None = None, **values: str) -> None:
        screen = self._screen
        if screen.desk.network.unwanted:
            screen.notice(screen.locale.text("notices.offline"), "warning")
            return
        screen.desk.refresher.refresh(source_ids, force=True)
        screen.notice(screen.locale.text(f"notices.{said}", **values))
