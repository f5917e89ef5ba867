"""The built-in edition inside khabar: what ``khabar demo`` shows, and what stands in while there is no news at all."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.desk.desk import Desk
from tui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Collection

    from tui.edition.server import EditionServer

log = logging.getLogger(__name__)


class Fallback:
    """Serves the edition on loopback and has the desk follow it, as it would follow any press."""

    def __init__(self, desk: Desk, paths: Paths) -> None:
        self._desk = desk
        self._paths = paths
        self._server: EditionServer | None = None

    def open(self, languages: Collection[str] = ()) -> list[int]:
        """Serve the edition and follow its papers, all or those in some languages; returns their source ids.

        Raises OSError when no port is free.
        """
        from tui.edition import sources
        from tui.edition.state import open_edition

        if self._server is None:
            self._server = open_edition(self._paths.data / "edition.json", datetime.now(UTC))
        wanted = sources(self._server.base, languages)
        here = {source.address for source in wanted}
        for source in self._desk.sources.all():
            if source.builtin and source.address not in here:  # of another port, where nobody answers, or language
                self._desk.store.withdraw_source(source.id)
        return [source.id for source in self._desk.sources.follow(wanted)]

    def is_followed(self) -> bool:
        """Whether the reader's lists hold the edition."""
        return any(source.builtin for source in self._desk.sources.all())

    async def stand_in(self) -> None:
        """Follow and refresh the edition, because there is nothing else to show: in the languages of what is followed
        and does not come."""
        languages = {source.language for source in self._desk.sources.all() if not source.builtin}
        try:
            self._desk.refresher.refresh(await asyncio.to_thread(self.open, languages - {""}))
        except OSError as error:
            log.warning("the edition cannot be served: %s", error)

    async def put_away(self) -> None:
        """Stop following the edition; its stories leave the lists."""
        await self._desk.sources.withdraw([source for source in self._desk.sources.all() if source.builtin])
        self.close()

    def close(self) -> None:
        """Stop serving."""
        if self._server is not None:
            self._server.stop()
            self._server = None
