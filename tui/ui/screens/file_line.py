"""Ask for a file: a path typed, or completed out of its folder."""

from __future__ import annotations

import os
from asyncio import to_thread
from pathlib import Path

from tui.locale import Locale
from tui.ui.keys import isolated
from tui.ui.screens.address import MOST, AddressLine
from tui.ui.widgets.choices import Choice

_LISTS = (".opml", ".xml", ".txt")
_LOOKED_AT = 5_000


def files(text: str) -> list[str]:
    """What completes a path, as it would be typed: folders end with a slash; lists of sources before other files."""
    typed, _, begun = text.rpartition("/")
    stem = f"{typed}/" if "/" in text else ""
    found: list[tuple[bool, bool, str]] = []
    try:
        with os.scandir(expanded(stem or "~/")) as entries:
            for _, entry in zip(range(_LOOKED_AT), entries, strict=False):
                name = entry.name
                hidden = name.startswith(".") and not begun.startswith(".")
                if hidden or not name.isprintable() or not name.casefold().startswith(begun.casefold()):
                    continue
                folder = entry.is_dir()
                listing = name == "urls" or name.lower().endswith(_LISTS)
                found.append((not listing, not folder, name + "/" * folder))
    except (OSError, ValueError, RuntimeError):
        return []
    return [f"{stem or '~/'}{name}" for _, _, name in sorted(found)[:MOST]]


def expanded(text: str) -> Path:
    """The path that was typed; ~ is the reader's own folder, where a path without any folder begins too."""
    return Path.home() / Path(text).expanduser()


class FileLine(AddressLine):
    """Gives what was typed, or None."""

    def __init__(self, *, locale: Locale, title: str, hint: str, enter: str, value: str = "") -> None:
        super().__init__((), locale=locale, title=title, hint=hint, enter=enter, value=value)

    def _complete(self) -> None:
        self.run_worker(self._look(self.field.value), group="files", exclusive=True)

    async def _look(self, text: str) -> None:
        found = await to_thread(files, text)
        self.choices.show([Choice(name, isolated(name)) for name in found if name != text])
        self.choices.display = bool(found)

    def _open(self) -> None:
        chosen = self.choices.selected
        answer = chosen.id if chosen else self.field.value.strip()
        if chosen and answer.endswith("/"):  # a folder: on to what is in it
            self.field.value = answer
            self.field.cursor_position = len(answer)
        else:
            self.dismiss(answer or None)
