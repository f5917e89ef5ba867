"""The words of blocks without their form: for counting, searching, copying and plain output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tui.news.model import (
    Block,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Preformatted,
    Quote,
    Table,
    Text,
)

WORDS_PER_MINUTE = 180
"""A calm reader's speed on a screen, in words."""


def _as_stored(text: Text) -> str:
    return text.text


def paragraphs(blocks: Iterable[Block], written: Callable[[Text], str] = _as_stored) -> Iterator[str]:
    """Each paragraph-like piece of text in reading order; a table's row is one, its cells apart by tabs.

    ``written``: how inline text is wanted.
    """
    for block in blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                yield written(text)
            case ListBlock(items=items):
                yield from _items(items, written)
            case Quote(paragraphs=texts):
                yield from map(written, texts)
            case Figure(image=image):
                if image.caption or image.alt:
                    yield image.caption or image.alt
            case Table(rows=rows, header=header):
                for row in (header, *rows) if header else rows:
                    yield "\t".join(map(written, row))
            case Preformatted(text=text):
                yield text
            case _:
                pass


def _items(items: Iterable[ListItem], written: Callable[[Text], str]) -> Iterator[str]:
    for item in items:
        yield written(item.text)
        for child in item.children:
            yield from _items(child.items, written)


def size(blocks: Iterable[Block]) -> int:
    """Code points of text in the blocks."""
    return sum(len(text) for text in paragraphs(blocks))


def reading_minutes(blocks: Iterable[Block]) -> int:
    """Minutes a calm reader needs, at least 1."""
    words = sum(len(text.split()) for text in paragraphs(blocks))
    return max(1, round(words / WORDS_PER_MINUTE))
