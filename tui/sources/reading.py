"""A page read by the parser process, and by the one that reads again where the first found no story.

Imports nothing heavy: the parsers are loaded in their processes only.
"""

from __future__ import annotations

import logging

from tui.news.model import Document, DocumentKind
from tui.sources.worker import ParserFailed, Worker

log = logging.getLogger(__name__)


async def read_page(
    worker: Worker, again: Worker, body: bytes, *, url: str, content_type: str = "", story: bool = False
) -> Document:
    """The document that ``body`` holds; see ``tui.sources.parse`` and ``tui.sources.again``.

    ``story``: the page is known to be one, so headlines are not what it was opened for. Raises ParserFailed for a
    document that ``worker`` cannot read; one that only ``again`` cannot read is what ``worker`` made of it.
    """
    document = await worker.parse(body, url=url, content_type=content_type)
    if not _is_wanting(document, story):
        return document
    try:
        return await again.parse(body, url=url, content_type=content_type)
    except ParserFailed as error:
        log.info("not read again: %s", error)
        return document


def _is_wanting(document: Document, story: bool) -> bool:
    """Whether a page should have a story in which none was found."""
    if document.kind is DocumentKind.ARTICLE:
        return document.article is None or not document.article.full
    return story and document.kind is DocumentKind.FRONT_PAGE
