"""The article view: one article in a pane, both directions in it, drawn line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from tui.news.model import Article, Story
from tui.ui.bidi_filter import Visual
from tui.ui.widgets.article_links import LinkKeys
from tui.ui.widgets.article_look import COMPONENTS, CSS
from tui.ui.widgets.article_texts import article_texts, source_link_of
from tui.ui.widgets.flow import Part, compose, plain_text, selected_text
from tui.ui.widgets.gallery import Gallery
from tui.ui.widgets.hints import Hints
from tui.ui.widgets.link_numbers import numbered
from tui.ui.widgets.notes import note_rows
from tui.ui.widgets.pager import Spot
from tui.ui.widgets.painter import Painter
from tui.ui.widgets.painting import Overlay, Row
from tui.ui.widgets.picture import PictureRow
from tui.ui.widgets.plain import Words, stand_on
from tui.ui.widgets.position import position_bar
from tui.ui.widgets.reader import Reader
from tui.ui.widgets.typeset import Page, cut_off

if TYPE_CHECKING:
    from textual.geometry import Region

    from tui.locale import Locale

_SIDEWAYS = 8
"""Cells preformatted text moves at once."""
_BLANK = Row()


class ArticleView(Visual, LinkKeys, can_focus=True):
    """An article to read: paged, searched, its links followed, its text selected in logical order."""

    ALLOW_SELECT = True
    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    DEFAULT_CSS = CSS

    @dataclass
    class Moved(Message):
        """The reader has moved in a story; ``percent`` of it has been in view."""

        story_id: int
        place: tuple[int, int]
        percent: int
        whole: bool
        """Whether all of it is in view at once."""

    def __init__(
        self, *, locale: Locale, now: Callable[[], datetime], id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._locale = locale
        self._now = now
        self._article: Article | None = None
        self._story: Story | None = None
        self._status = ""
        self._images_hidden = False
        self._highlight: tuple[str, ...] = ()
        self._keys = ("", "")
        self._empty = ""
        self._reader = Reader()
        self._hints = Hints()
        self._painter = Painter(self)
        self._spots: list[Spot] | None = None
        self._extent = (0.0, 1.0)
        self._receding = False
        self._told = False
        self._words: Words | None = None
        self.justify = False
        self.link_numbers = False
        """Whether links have numbers, whose addresses stand at the end; ``compose_again`` shows it."""
        """Arabic paragraphs fill their lines; to be set before the pane has a size."""
        self._painting = False
        self.gallery = Gallery(self)

    # What is shown

    def show(self, article: Article, story: Story | None, *, place: tuple[int, int] = (0, 0), note: str = "") -> None:
        """Show an article from ``place`` on.

        The story that is shown already, in another version (its full text), stays where the reader is; ``place`` is
        for another story. ``note`` is what the byline says about the text, as ``status`` sets it later.
        """
        same = (
            self._story is not None and story is not None and self._story.id == story.id and self._article is not None
        )
        self._article, self._story, self._status = article, story, note
        self._told = self._told and same
        self._hints.clear()
        if same:
            self._reader.exchange(self._parts())
        else:
            if (page := self._reader.page).shift:
                self._reader.set_for(replace(page, shift=0), self.size.height)
            self._reader.take(self._parts(), place)
        self.look_again()

    def clear(self) -> None:
        """Show no article, but what ``empty`` says."""
        self._article = self._story = None
        self._reader.take(())
        self.look_again()

    def status(self, text: str) -> None:
        """What the byline says about the text: "teaser — fetching the full text…", "full text", a failure."""
        self._status = text
        self.compose_again()

    @property
    def receding(self) -> bool:
        """Whether the title is dim: the keyboard is in the list, on another story."""
        return self._receding

    @receding.setter
    def receding(self, value: bool) -> None:
        if value != self._receding:
            self._receding = value
            self.refresh()

    @property
    def images_hidden(self) -> bool:
        """Whether figures are left out."""
        return self._images_hidden

    @images_hidden.setter
    def images_hidden(self, value: bool) -> None:
        self._images_hidden = value
        self.compose_again()

    @property
    def empty(self) -> str:
        """What the pane says without an article; newlines part its paragraphs."""
        return self._empty

    @empty.setter
    def empty(self, value: str) -> None:
        self._empty = value
        self.refresh()

    @property
    def story(self) -> Story | None:
        """The story shown."""
        return self._story

    @property
    def article(self) -> Article | None:
        """The article shown."""
        return self._article

    # Moving

    def page(self, direction: int) -> bool:
        """A screenful on (1) or back (-1); False when already at that end."""
        return self._moved(self._reader.turn(direction))

    def line(self, delta: int) -> bool:
        """Some lines on or back; False when already at that end."""
        return self._moved(self._reader.scroll(delta))

    def to_top(self) -> None:
        """The article's top."""
        self._reader.go_to((0, 0))
        self._moved(True)

    def to_end(self) -> None:
        """The article's last screenful."""
        self._moved(self._reader.to_end())

    def bar_column(self) -> int:
        """The end side's last, unless all of the article is in view."""
        whole = self._words is not None or self._reader.extent() == (0.0, 1.0)
        return -1 if whole else 0 if self._locale.rtl else self.size.width - 1

    def to_share(self, share: float) -> None:
        """A stretch of the article, by its letters."""
        self._moved(self._reader.to_share(share))

    def sideways(self, step: int) -> None:
        """Scroll preformatted text by so many steps to the right, as far as anything is cut off there; less than 0: to
        the left."""
        page = self._reader.page
        left, right = cut_off(self._reader.parts, page)
        shift = max(-left, min(page.shift + step * _SIDEWAYS, right))
        self._reader.set_for(replace(page, shift=shift), self.size.height)
        self.look_again()

    @property
    def place(self) -> tuple[int, int]:
        """The place at the top of the view, to be given to ``show`` another time; (0, 0) is the top."""
        return self._reader.place

    @property
    def percent(self) -> int:
        """How much of the article has been in view when read to here, 0 to 100."""
        return round(100 * self._reader.extent()[1])

    # Text

    def find(self, text: str) -> int:
        """Mark a term everywhere and go to its first hit from here on; returns how many there are. "" takes it away."""
        hits = self._reader.find(text)
        self._moved(True)
        return hits

    def find_next(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) hit; False when there is none."""
        return self._moved(self._reader.find_next(step))

    @property
    def highlight(self) -> tuple[str, ...]:
        """Terms emphasised in the article, as those of a search that led to it."""
        return self._highlight

    @highlight.setter
    def highlight(self, value: tuple[str, ...]) -> None:
        self._highlight = tuple(value)
        self._reader.emphasise(self._highlight)
        self.refresh()

    def text(self) -> str:
        """The whole article in logical order."""
        return plain_text(self._reader.parts)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text in logical order: soft line breaks are none."""
        return selected_text(self._reader.parts, selection.get_span), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """The selection has changed."""
        self.refresh()

    # Drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows as they go to the screen; only the pointer's questions need every cluster apart."""
        self._painting = True
        try:
            return super().render_lines(crop)
        finally:
            self._painting = False

    def render_line(self, y: int) -> Strip:
        """One row of the view."""
        width = self.size.width
        spots = self._visible()
        if not spots:
            rows = note_rows(self._empty, width, self.size.height, "article--empty", rtl=self._locale.rtl)
            return self._painter.row(rows[y] if y < len(rows) else _BLANK, width)
        bar = position_bar(self._extent, y, self.size.height, width, rtl=self._locale.rtl)
        position = bar if self._words is None else ()
        row, item = (self._reader.row(spots[y]), spots[y].item) if y < len(spots) else (_BLANK, spots[-1].item)
        overlays = self._overlays(item) if row.placed else []
        if self._painting and not overlays:
            strip = self._painter.row(row, width, position)
        else:
            strip = self._painter.fresh(row, width, position, overlays, None if self._painting else item)
        if isinstance(row, PictureRow):
            strip = self.gallery.easel.over(strip, row)
        return self._hints.drawn_over(strip, y, self._reader, self._painter.palette) if self._hints.letters else strip

    def notify_style_update(self) -> None:
        """The theme or a class has changed."""
        super().notify_style_update()
        self._painter.clear()

    def on_resize(self) -> None:
        """Set the article for the pane; the place stays."""
        shift, pictures = self._reader.page.shift, self.gallery.rows
        page = Page(self.size.width, self._locale.rtl, shift, pictures, self._words, self.justify)
        self._reader.set_for(page, self.size.height)
        self.gallery.ask_again()  # in another size
        if self._told:  # how much is in view is another number now
            self._tell()

    # Input

    def on_click(self, event: events.Click) -> None:
        """A click on a link follows it; two select a word, three a paragraph."""
        offset = event.get_content_offset(self)
        spots = self._visible()
        if offset is None or offset.y >= len(spots):
            return
        part = spots[offset.y].item
        index = self._reader.row(spots[offset.y]).index_at(offset.x)
        if event.chain > 1:
            event.prevent_default()  # Textual would select the whole article
            if index is not None:
                span = self._reader.word_at(part, index) if event.chain == 2 else None
                start, end = span or (0, len(self._reader.parts[part].text))
                self.screen.selections = {self: Selection(Offset(start, part), Offset(end, part))}
            return
        link = self._reader.link_at(part, index) if index is not None and self.text_selection is None else None
        if link is not None:
            self._reader.focused = self._reader.links.index(link)
            self.refresh()
            self.post_message(self.LinkChosen(link.url))

    def watch_has_focus(self, has_focus: bool) -> None:
        """The keyboard came or went."""
        super().watch_has_focus(has_focus)
        self.point()

    def point(self) -> None:
        """The terminal's cursor stands on the focused link, else at the top of the view, where it is in sight."""
        if self._words is None or not self.has_focus:
            return
        cell = self._reader.focused_cell() or (0, self.size.width - 1 if self._locale.rtl else 0)
        stand_on(self, cell[1], cell[0])

    # Inside

    def in_words(self, words: Words) -> None:
        """Words for signs, no bar, no columns: the plain mode."""
        self._words = words
        self.on_resize()

    def keys(self, source: str, report: str) -> None:
        """The keys shown beside the line that leads to the source and beside figures; "" shows none."""
        self._keys = (source, report)
        self.compose_again()

    @property
    def set_for(self) -> Page:
        """The page the article is set for."""
        return self._reader.page

    def parts_in_view(self) -> list[Part]:
        """The parts of which something is in view."""
        return [self._reader.parts[number] for number in sorted({spot.item for spot in self._visible()})]

    def compose_again(self) -> None:
        """What is shown of the article has changed; the place stays."""
        if self._article is not None:
            self._reader.exchange(self._parts())
            self.look_again()

    def _parts(self) -> tuple[Part, ...]:
        if self._article is None:
            return ()
        texts = article_texts(self._article, self._story, self._locale, self._now(), self._status)
        source, report = self._keys
        texts = replace(texts, figures=not self._images_hidden, source_key=source, report_key=report)
        texts = replace(texts, pictures=self.gallery.shown)
        parts = compose(self._article, texts, source_link_of(self._article, self._story))
        if not self.link_numbers:
            return parts
        return numbered(parts, self._locale.text("article.links"), self._locale.number, parts[0].level)

    def _visible(self) -> list[Spot]:
        if self._spots is None:
            self._spots = self._reader.rows_in_view()
            self._extent = self._reader.extent()
            if self._spots:
                self.gallery.near(self._reader.parts, self._spots[0].item, self._spots[-1].item)
        return self._spots

    def _overlays(self, part: int) -> list[Overlay]:
        overlays = list(self._reader.overlays(part))
        if self._receding and not part and not self.has_focus:
            overlays.insert(0, Overlay(0, len(self._reader.parts[0].text), "article--receding"))
        selection = self.text_selection
        span = selection.get_span(part) if selection is not None else None
        if span is not None:
            end = len(self._reader.parts[part].text) if span[1] == -1 else span[1]
            overlays.append(Overlay(span[0], end, "article--selection"))
        return overlays

    def _moved(self, moved: bool) -> bool:
        if moved:
            self._hints.clear()
            self.look_again()
            self._tell()
        return moved

    def _tell(self) -> None:
        self._told = self._story is not None
        if self._story is not None:
            start, end = self._reader.extent()
            self.post_message(self.Moved(self._story.id, self.place, self.percent, start <= 0 and end >= 1))

    def look_again(self) -> None:
        """Look at the view anew."""
        self._spots = None
        self.refresh()
        self.point()
