"""``khabar inspect``: what khabar makes of a feed or a page, for the curious and for bug reports."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from tui.commands.articletext import article_record
from tui.commands.context import Context, prepare, print_json, safe_cells
from tui.commands.times import iso
from tui.desk.articles import Problem
from tui.news.model import Document, Item
from tui.sources.reading import read_page
from tui.sources.worker import AGAIN, AGAIN_SECONDS, ParserFailed, Worker
from tui.store.errors import StoreError

READ_LIMIT = 16_000_000
"""Bytes of a file that are read: what the client takes of a decoded response."""


def run(arguments: argparse.Namespace) -> int:
    """Inspect a file or an address; 1 when nothing could be read or parsed."""
    context = prepare(arguments)
    try:
        document = asyncio.run(_document(context, arguments))
    except StoreError as error:
        return context.fail(str(error))
    if isinstance(document, Problem):
        return context.fail(document.sentence)
    if arguments.json:
        print_json(record(document))
    else:
        _print(document, context)
    return 1 if document.errors and not document.items and document.article is None else 0


async def _document(context: Context, arguments: argparse.Namespace) -> Document | Problem:
    if "://" in arguments.what:
        return await _fetched(context, arguments.what)
    try:
        body = _read(arguments.what)
    except (OSError, ValueError) as error:  # ValueError: a name that holds a NUL, which no file has
        detail = getattr(error, "strerror", "") or type(error).__name__
        return Problem(context.locale.text("command.unreadable", file=arguments.what, detail=detail))
    worker = Worker(rules=context.site_rules)
    again = Worker(seconds=AGAIN_SECONDS, rules=context.site_rules, command=AGAIN)
    try:
        return await read_page(worker, again, body, url=arguments.base_url, content_type=arguments.content_type)
    except ParserFailed as error:
        return Problem(str(error))
    finally:
        await worker.aclose()
        await again.aclose()


async def _fetched(context: Context, url: str) -> Document | Problem:
    desk = context.open_desk()
    try:
        return await desk.articles.page(url)
    finally:
        await desk.aclose()


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(READ_LIMIT)
    with Path(name).open("rb") as file:
        return file.read(READ_LIMIT)


def record(document: Document) -> dict[str, object]:
    """The object of product.md."""
    return {
        "kind": document.kind.value,
        "format": document.format,
        "title": document.title,
        "language": document.language,
        "direction": document.direction.value,
        "site": document.site,
        "items": [_item(item) for item in document.items],
        "article": article_record(document.article) if document.article else None,
        "feeds": [{"text": link.text, "url": link.url} for link in document.feeds],
        "provenance": document.provenance.value,
        "errors": list(document.errors),
    }


def _item(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "title": item.title,
        "link": item.link,
        "published": iso(item.published),
        "author": item.author,
        "source": item.source,
        "text": item.text,
        "language": item.language,
        "full": item.full,
    }


def _print(document: Document, context: Context) -> None:
    print(f"{document.kind.value} · {document.format} · {document.title}")
    for item in document.items:
        print("\t".join(safe_cells((iso(item.published) or "—", item.title, item.link))))
    if document.article:
        article = document.article
        print(f"{iso(article.published) or '—'}\t{article.source}\t{article.source_link}\t{article.provenance.value}")
        for key in ("title", "paragraphs"):
            value = article_record(article)[key]
            print("\n\n".join(value) if isinstance(value, list) else value)
    for error in document.errors:
        print(f"! {context.translated(error)}")
