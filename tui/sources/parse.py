"""The whole way from the bytes of a response to a Document. Pure: no clock, no network, no files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tui.news.model import Document, DocumentKind
from tui.sources.decoding import bounded, decode, unpack
from tui.sources.feeds import parse_feed, sniff
from tui.sources.rules import SiteRule


def parse(
    body: bytes,
    *,
    url: str,
    content_type: str = "",
    now: datetime,
    rules: Sequence[SiteRule] = (),
    again: bool = False,
) -> Document:
    """What ``body`` says: a feed, an article or a front page.

    ``url`` is the final address of the response, against which links are resolved; ``content_type`` the HTTP header,
    ``rules`` the reader's for the page's site, ``again`` that a page without a story is read again (see
    ``tui.sources.again``).
    Never raises for what the content holds: ``Document.errors`` has a sentence for each fault met.
    """
    body, errors = unpack(body)
    if _is_binary(body):
        return Document(
            DocumentKind.FEED, "unknown", errors=(*errors, "This is neither a feed nor a page but a binary file.")
        )
    decoded = decode(body, content_type=content_type)
    errors += decoded.errors
    text, cut = bounded(decoded.text)
    errors += cut
    del body, decoded  # megabytes each
    if not text.strip("\ufeff \t\r\n\0"):
        return Document(DocumentKind.FEED, "unknown", errors=(*errors, "The document is empty."))
    kind = sniff(text)
    if kind:
        document = parse_feed(text, kind, url, now)
    else:
        from tui.sources.pages import parse_page

        document = parse_page(text, url, now, rules, again=again)
    return _with_errors(document, errors)


def _with_errors(document: Document, errors: tuple[str, ...]) -> Document:
    from dataclasses import replace

    return replace(document, errors=(*errors, *document.errors)) if errors else document


def _is_binary(body: bytes) -> bool:
    return body.startswith(
        (
            b"PK\x03\x04",
            b"\x89PNG",
            b"\xff\xd8\xff",
            b"GIF8",
            b"%PDF-",
            b"\x7fELF",
            b"RIFF",
            b"BZh",
            b"\xfd7zXZ",
            b"\x28\xb5\x2f\xfd",
            b"Rar!",
        )
    )
