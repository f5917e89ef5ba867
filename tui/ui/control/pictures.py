"""Reporting a picture, as the aggregator's page offers it: thanked, hidden at once for this reader, for all by several.

A picture is known by its content once it has been fetched; until pictures are, by its address.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.news.model import Article, Block, Figure, Image, Paragraph, Text

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen


class Pictures:
    """The pictures of the article shown."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self.shown = screen.settings.images_show
        """Whether pictures have their place in the text."""

    def without_hidden(self, article: Article) -> Article:
        """The article as this reader wants to see it: without pictures, or with a notice in place of reported ones."""
        if not any(isinstance(block, Figure) for block in article.blocks):
            return article
        if not self.shown:
            return replace(article, blocks=tuple(b for b in article.blocks if not isinstance(b, Figure)))
        return replace(article, blocks=tuple(self._block(block) for block in article.blocks))

    def _block(self, block: Block) -> Block:
        if isinstance(block, Figure) and self._hidden(block.image):
            return Paragraph(Text(self._screen.locale.text("article.hidden_picture")))
        return block

    def _hidden(self, image: Image) -> bool:
        after = self._screen.settings.images_hide_after
        return self._screen.desk.store.image_hidden(key_of(image), after, reader())

    def do_report_image(self) -> None:
        """Report the first picture of the article that is not hidden yet; asked once."""
        from tui.ui.screens.confirm import Confirm

        screen = self._screen
        article = screen.reader.entry.article if screen.reader.entry else None
        figures = [block.image for block in article.blocks if isinstance(block, Figure)] if article else []
        image = next((image for image in figures if not self._hidden(image)), None)
        if image is None:
            screen.notice(screen.locale.text("notices.no_image"))
            return
        confirm = Confirm(
            screen.locale.text("report.title"),
            screen.locale.text("report.question", caption=image.caption or image.alt or image.url),
            locale=screen.locale,
        )
        screen.app.push_screen(confirm, lambda yes: self._report(image) if yes else None)

    def _report(self, image: Image) -> None:
        screen = self._screen
        screen.run_worker(self._reporting(image), group="actions")

    async def _reporting(self, image: Image) -> None:
        screen, store = self._screen, self._screen.desk.store
        change = await screen.settled(screen.desk.reading.write(lambda: store.report_image(key_of(image), reader())))
        if change is not None:
            screen.reader.again()
            screen.notice(screen.locale.text("notices.reported"))

    def do_hide_images(self) -> None:
        """Pictures on or off."""
        self.shown = not self.shown
        self._screen.reader.again()
        self._screen.notice(self._screen.locale.text("notices.images_shown" if self.shown else "notices.images_hidden"))


def key_of(image: Image) -> str:
    """What a report is kept under."""
    import hashlib

    return hashlib.sha256(image.url.encode()).hexdigest()


def reader() -> str:
    """Who reports: the account, so that one person counts once."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
