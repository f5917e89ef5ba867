"""What a reader does with one story: mark, star, copy, carry to another device, open at its source."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.ui.actions import Context

if TYPE_CHECKING:
    from tui.news.model import Story
    from tui.ui.screens.reading import ReadingScreen

LONGEST = 80
"""Characters of an address that a notice shows whole."""


class Stories:
    """Actions on the story at hand: the one being read, or running by, when the keyboard is there; else the selected
    one."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    def do_toggle_read(self) -> None:
        """Read or unread."""
        screen = self._screen
        if story := screen.current_story():
            changed = replace(story, read=not story.read)
            screen.desk.reading.mark_read([story.id], changed.read)
            screen.headlines.replace([changed])
            screen.reader.changed(changed)

    def do_star(self) -> None:
        """Give or take the star."""
        screen = self._screen
        if story := screen.current_story():
            changed = replace(story, starred=not story.starred)
            screen.desk.reading.star([story.id], changed.starred)
            screen.headlines.replace([changed])
            screen.reader.changed(changed)
            if screen.context is Context.LIST:  # there the sign shows it
                screen.hush()
            else:
                screen.notice(screen.locale.text("notices.starred" if changed.starred else "notices.unstarred"))

    async def do_hide(self) -> None:
        """Take the story out of the lists; undo brings it back."""
        screen = self._screen
        if story := screen.current_story():
            await screen.settled(screen.desk.reading.hide([story.id]))
            screen.headlines.reload()
            screen.focus_list()
            screen.notice(screen.locale.text("notices.hidden"))

    def do_others(self) -> None:
        """The same story in other papers."""
        if story := self._screen.current_story():
            self.choose_other(story)

    def choose_other(self, story: Story) -> None:
        """Choose among the papers that tell the same, and read it there."""
        from tui.ui.screens.chooser import Choice, Chooser

        screen, locale = self._screen, self._screen.locale
        others = {str(other.id): other for other in screen.desk.reading.others(story.id)}
        if not others:
            screen.notice(locale.text("notices.no_others"))
            return
        choices = [
            Choice(id_, other.title or locale.text("headlines.untitled"), self._where_and_when(other))
            for id_, other in others.items()
        ]
        title = locale.plural("chooser.others", len(others))
        here = screen.context is Context.ARTICLE and screen.reader.story is not None

        def read(chosen: str | None) -> None:
            if chosen is None:
                return
            if not story.read:  # its row stands for all of them
                screen.desk.reading.mark_read([story.id])
                screen.headlines.replace([replace(story, read=True)])
            screen.reader.open(others[chosen], beside=here)
            screen.show_pane(Context.ARTICLE)

        screen.app.push_screen(Chooser(title, choices, locale=locale), read)

    def _where_and_when(self, story: Story) -> str:
        age = self._screen.locale.age(story.published, self._screen.now()) if story.published else ""
        return " · ".join(f"\u2068{part}\u2069" for part in (story.paper, age) if part)

    def _address(self) -> str:
        """The link under the cursor, else the page's or the story's own address."""
        screen = self._screen
        if screen.context is Context.ARTICLE:
            return screen.article.focused_link or screen.reader.url
        story = screen.current_story()
        return story.link if story else ""

    def _with_address(self) -> str:
        url = self._address()
        if not url:
            self._screen.notice(self._screen.locale.text("notices.no_address"), "warning")
        return url

    def do_open_source(self) -> None:
        """Open the story where it was published; where no browser can, put its address on the clipboard."""
        if not (url := self._with_address()):
            return
        screen = self._screen
        if has_browser(os.environ) and not screen.profile.over_ssh and _browse(url):
            screen.notice(screen.locale.text("notices.opened"))
        else:
            key = "notices.address_copied" if screen.copy(url) else "notices.address"
            screen.notice(screen.locale.text(key, address=url))

    def do_copy_address(self) -> None:
        """Copy the address."""
        if url := self._with_address():
            copied = self._screen.copy(url)
            key = "notices.address_copied" if copied else "notices.no_clipboard"
            self._screen.notice(self._screen.locale.text(key, address=_in_short(url) if copied else url))

    def do_copy_text(self) -> None:
        """Copy the text of the article, in logical order."""
        screen = self._screen
        if screen.context is Context.ARTICLE and screen.reader.entry is not None:
            text = screen.article.text()
        else:
            story = screen.current_story()
            text = f"{story.title}\n{story.link}" if story else ""
        if text:
            key = "notices.text_copied" if screen.copy(text) else "notices.no_clipboard"
            screen.notice(screen.locale.text(key))

    def do_qr(self) -> None:
        """The address as a QR code and as one unbroken line."""
        if url := self._with_address():
            from tui.ui.screens.qr import QrScreen

            self._screen.app.push_screen(QrScreen(url, locale=self._screen.locale))


def _in_short(url: str) -> str:
    """An address to know it by: of a long one, which may be a headline in percent signs, the host."""
    return url if len(url) <= LONGEST else f"{urlsplit(url).hostname}/…"


def has_browser(environ: Mapping[str, str]) -> bool:
    """Whether a browser with a window can be started here: a display, and not a remote session."""
    remote = "SSH_CONNECTION" in environ or "SSH_TTY" in environ
    return not remote and bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _browse(url: str) -> bool:
    """Start the desktop's browser; False when there is none. Never one that would draw in this terminal."""
    import shutil
    import subprocess

    opener = shutil.which("xdg-open") or shutil.which("open")
    if opener is None:
        return False
    subprocess.Popen(  # noqa: S603 - the address is http or https and is not read by a shell
        [opener, url],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True
