"""``khabar read``: a story, or any page, as text on standard output."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tui.commands.articletext import article_record, plain_lines, print_article
from tui.commands.context import Context, prepare, print_json
from tui.commands.links import listed, print_links
from tui.commands.printer import terminal_width
from tui.desk.articles import Problem
from tui.desk.desk import Desk
from tui.news.model import Article, DocumentKind, Story
from tui.store.errors import StoreError

MEASURE = 72


def run(arguments: argparse.Namespace) -> int:
    """Print one article; 1 when it cannot be had, 2 when there is no such story."""
    context = prepare(arguments)
    try:
        return asyncio.run(_read(context, arguments))
    except StoreError as error:
        return context.fail(str(error))


async def _read(context: Context, arguments: argparse.Namespace) -> int:
    desk = context.open_desk()
    try:
        if arguments.story.isascii() and arguments.story.isdigit():
            # A longer number is no id, and more than SQLite can look for.
            story = desk.reading.story(int(arguments.story)) if len(arguments.story) < 19 else None
            if story is None:
                context.say(context.locale.text("command.no-such-story", id=arguments.story))
                return 2
            found: Article | Problem = await _story_text(desk, context, story)
            desk.reading.mark_read((story.id,))
        else:
            found = await _page_text(desk, context, arguments.story)
    finally:
        await desk.aclose()
    if isinstance(found, Problem):
        return context.fail(found.sentence)
    _print(found, context, arguments)
    return 0


async def _story_text(desk: Desk, context: Context, story: Story) -> Article:
    """The full text where it can be had, else what the feed gave, and a word on stderr about it."""
    article = desk.reading.article(story)
    if article.full:
        return article
    fetched = await desk.articles.full_text(story)
    if isinstance(fetched, Problem):
        context.say(fetched.sentence)
        return article
    return fetched


async def _page_text(desk: Desk, context: Context, url: str) -> Article | Problem:
    from tui.desk.sources import complete

    document = await desk.articles.page(complete(url))
    if isinstance(document, Problem):
        return document
    if document.kind is not DocumentKind.ARTICLE or document.article is None:
        return Problem(context.locale.text("command.not-an-article", url=url))
    return document.article


def _print(article: Article, context: Context, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print_json(article_record(article))
    elif arguments.plain or not (sys.stdout.isatty() or arguments.width):
        for line in plain_lines(article, context.locale):
            print(line)
        for line in listed(article, context.locale):
            print(line)
    else:
        width = arguments.width or terminal_width(MEASURE)
        mode = arguments.bidi or context.settings.bidi
        print_article(article, context, width, mode)
        print_links(article, context.locale, width, mode)
