"""Pictures of the article shown: fetched when they come near the view, reported as the aggregator's page offers it.

A reported picture is hidden at once for who reported it, and for all when several have. It is known by its content;
one that cannot be had, and so is a caption only, by its address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from tui.news.model import Article, Figure, Source
from tui.ui.widgets.picture import Shown

if TYPE_CHECKING:
    from tui.desk.images import Images, Reports
    from tui.ui.screens.reading import ReadingScreen


class Pictures:
    """The pictures of the article shown."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._chosen: bool | None = None
        self._made: Images | None = None
        self._own: set[str] = set()
        self._here: frozenset[str] = frozenset()
        self._looks: dict[str, int] = {}
        """The last look at each picture here: what an older one finds is not shown over what that did."""
        self._number = count()

    @property
    def shown(self) -> bool:
        """Whether pictures are drawn: as the reader chose, else by the settings and where the line is quick."""
        if self._chosen is not None:
            return self._chosen
        settings = self._screen.settings
        return settings.images_show and not settings.plain and not self._screen.app.link.slow

    def without_hidden(self, article: Article) -> Article:
        """The article, before it is shown: the pane asks for its pictures, and for what was reported, anew."""
        self._here = frozenset(block.image.url for block in article.blocks if isinstance(block, Figure))
        self._looks = {url: look for url, look in self._looks.items() if url in self._here}
        self._screen.app.pixels.keep(self._here)
        self._screen.footer.show(pictures=bool(self._here))
        self._screen.article.gallery.leave_all_but(self._here)
        self._screen.article.gallery.ask_with(self._near, draw=self._drawn())
        return article

    def _drawn(self) -> bool:
        return self.shown and self._colours() >= 256

    def _colours(self) -> int:
        """How many colours pictures have; a theme without colours has none for them either."""
        app = self._screen.app
        if app.theme == "mono" or app.console.no_color or app.no_color:
            return 2
        return {"truecolor": 1 << 24, "256": 256}.get(app.console.color_system or "", 16)

    @property
    def _images(self) -> Images:
        if self._made is None:
            from tui.desk.images import Images

            self._made = Images(self._screen.desk.store, self._screen.desk.network)
        return self._made

    def _source(self) -> Source | None:
        story = self._screen.reader.story
        return self._screen.lists.source(story.source_id) if story else None

    def _beside(self) -> str:
        """The address of the page shown, if the reader typed it."""
        entry = self._screen.reader.entry
        return entry.url if entry is not None and entry.typed else ""

    def _who(self) -> str:
        return self._screen.desk.reader or account()

    # -- fetching

    def _near(self, urls: tuple[str, ...]) -> None:
        for url in urls:
            self._screen.run_worker(self._look(url), group="pictures", exit_on_error=True)

    async def _look(self, url: str) -> None:
        """Have a picture ready, or what stands in its place."""
        look = self._looks[url] = next(self._number)

        def wanted() -> bool:
            return self._looks.get(url) == look

        shown = await self._found(url, wanted)
        if wanted():
            self._put(url, shown)

    async def _found(self, url: str, wanted: Callable[[], bool]) -> Shown:
        screen, source = self._screen, self._source()
        drawn = self._drawn()
        beside = self._beside()
        key = await self._images.key(url, source, beside=beside) if drawn else ""
        reports = await self._reports(url, key)
        if not wanted():
            return Shown()
        if reports.own:
            self._own.add(url)
        else:
            self._own.discard(url)
        if reports.hidden(screen.settings.images_hide_after):
            return Shown(notice=self._notice(reports))
        columns, rows = screen.article.gallery.box
        if not drawn or not rows:
            return Shown()
        from tui.desk.images import Box
        from tui.news.pictures import Colours

        colours = Colours.TRUE if self._colours() > 256 else Colours.INDEXED
        box = Box(columns, rows, colours, await screen.app.pixels.grain())
        raster = await self._images.raster(url, box, source, beside=beside) if key else None
        plate = 0
        if raster and box.grain:
            plate = await screen.app.pixels.hand(url, raster, box.grain, wanted)
        return Shown(raster, failed=raster is None, plate=plate)

    def _put(self, url: str, shown: Shown) -> None:
        """Show it; in pixels where the terminal draws them still."""
        pixels = self._screen.app.pixels
        if not (shown.plate and pixels.drawn_as):
            pixels.drop(url)
            shown = replace(shown, plate=0)
        self._screen.article.gallery.put(url, shown)

    async def _reports(self, url: str, key: str) -> Reports:
        by_address = await self._images.reports(address_key(url), self._who())
        if by_address.own or not key:
            return by_address
        return await self._images.reports(key, self._who())

    def _notice(self, reports: Reports) -> str:
        locale = self._screen.locale
        return (
            locale.text("article.hidden_picture") if reports.own else locale.plural("article.hidden_by", reports.count)
        )

    # -- reporting

    def do_report_image(self) -> None:
        """Report the picture in view, or the article's first; asked once. On one's own report: take it back."""
        from tui.ui.screens.confirm import Confirm

        screen = self._screen
        article = screen.reader.entry.article if screen.reader.entry else None
        images = (
            {block.image.url: block.image for block in article.blocks if isinstance(block, Figure)} if article else {}
        )
        gallery = screen.article.gallery
        seen = [url for url in gallery.in_view() if url in images]
        url = next((url for url in (*seen, *images) if not gallery.is_hidden(url)), "")
        own = next((url for url in seen if url in self._own), "")
        if own and url not in seen:
            screen.run_worker(self._taking_back(own), group="actions")
            return
        if not url:
            screen.notice(screen.locale.text("notices.no_image"))
            return
        image = images[url]
        confirm = Confirm(
            screen.locale.text("report.title"),
            screen.locale.text("report.question", caption=(image.caption or image.alt or url).rstrip(".۔")),
            locale=screen.locale,
        )
        screen.app.push_screen(confirm, lambda yes: self._report(url) if yes else None)

    def _report(self, url: str) -> None:
        self._screen.run_worker(self._reporting(url), group="actions")

    async def _reporting(self, url: str) -> None:
        screen, store = self._screen, self._screen.desk.store
        key = await self._images.key(url, self._source(), beside=self._beside()) or address_key(url)
        change = await screen.settled(screen.desk.reading.write(lambda: store.report_image(key, self._who())))
        if change is not None:
            await self._look(url)
            screen.notice(screen.locale.text("notices.reported"))

    async def _taking_back(self, url: str) -> None:
        screen, store = self._screen, self._screen.desk.store
        keys = [address_key(url), await self._images.key(url, self._source(), beside=self._beside())]
        await screen.settled(
            screen.desk.reading.write(lambda: [store.unreport_image(key, self._who()) for key in keys if key])
        )
        await self._look(url)
        screen.notice(screen.locale.text("undone.report"))

    def do_hide_images(self) -> None:
        """Pictures on or off; captions stay."""
        self.show(not self.shown)

    def in_theme(self) -> None:
        """Another theme is in force, perhaps one without colours: ask for the pictures as it shows them."""
        self._screen.article.gallery.ask_with(self._near, draw=self._drawn())

    def show(self, shown: bool) -> None:
        """Draw the pictures, or leave them at their captions."""
        screen = self._screen
        self._chosen = shown
        screen.article.gallery.ask_with(self._near, draw=self._drawn())
        screen.notice(screen.locale.text("notices.images_shown" if self.shown else "notices.images_hidden"))


def address_key(url: str) -> str:
    """What a report is kept under when the picture itself cannot be had."""
    import hashlib

    return hashlib.sha256(url.encode()).hexdigest()


def account() -> str:
    """Who reports: the account, so that one person counts once."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
