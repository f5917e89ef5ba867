"""Articles, apart from the rows of the list."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator

from tui.news import codec, model
from tui.news.folding import fold
from tui.news.model import Article
from tui.store.connection import Database
from tui.store.rows import key_number, one

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # json.dumps makes one a call


def encoded_item(item: model.Item, source: model.Source) -> str:
    """What a feed says of a story, the whole text or a teaser, as the JSON of an Article."""
    blocks = item.blocks or tuple(
        model.Paragraph(model.Text(part.strip())) for part in item.text.split("\n") if part.strip()
    )
    head = Article(
        title=item.title,
        isolates=item.isolates,
        source=item.source or source.title,
        author=item.author,
        published=item.published,
        source_link=item.link,
        images=(item.image,) if item.image else (),
        links=tuple(model.Link(enclosure.type or enclosure.url, enclosure.url) for enclosure in item.enclosures),
        language=item.language or source.language,
        direction=source.direction,
        provenance=model.Provenance.FEED if blocks else model.Provenance.NONE,
        full=item.full,
    )
    data = codec.encode(head)
    if blocks:
        data["blocks"] = codec.encode(blocks)  # those of the parser process are as they came
    return _ENCODER.encode(data)


def dumped(article: Article) -> str:
    """The article as the JSON text that is stored."""
    return _ENCODER.encode(codec.encode(article))


def load(db: Database, story_id: int) -> Article | None:
    """The stored article, or None. One that cannot be decoded counts as none: it is fetched again."""
    with db.reading() as connection:
        text = one(connection, "SELECT article FROM bodies WHERE story_id = ?", story_id)
    return None if text is None else loaded(text)


def loaded(text: str) -> Article | None:
    """The article of a stored JSON text, or None."""
    try:
        return codec.decode(Article, json.loads(text))
    except ValueError:
        return None


def save(db: Database, story_id: int, article: Article) -> None:
    """Keep a story's article and make its text searchable. Unknown stories are ignored (pruned meanwhile)."""
    with db.writing() as connection:
        row = connection.execute("SELECT sorted_at FROM stories WHERE id = ?", (story_id,)).fetchone()
        if row is None:
            return
        put(connection, story_id, article)
        body = fold(plain_text(article.blocks))
        connection.execute(
            "UPDATE texts SET body = ?1 WHERE key = ?2 AND body <> ?1", (body, key_number(row[0], story_id))
        )


def put(connection: sqlite3.Connection, story_id: int, article: Article) -> None:
    """Write the body's row."""
    put_encoded(connection, story_id, article.full, dumped(article))


def put_encoded(connection: sqlite3.Connection, story_id: int, full: bool, article: str) -> None:
    """Write the body's row, of an article that is JSON already."""
    values = (story_id, full, article)
    connection.execute("INSERT OR REPLACE INTO bodies (story_id, full, article) VALUES (?, ?, ?)", values)


def plain_text(blocks: Iterable[model.Block]) -> str:
    """The text of blocks, one a line."""
    return "\n".join(part for block in blocks for part in _texts(block) if part)


def _texts(block: model.Block) -> Iterator[str]:
    match block:
        case model.Heading(text) | model.Paragraph(text):
            yield text.text
        case model.ListBlock(items):
            for item in items:
                yield item.text.text
                for child in item.children:
                    yield from _texts(child)
        case model.Quote(paragraphs):
            yield from (text.text for text in paragraphs)
        case model.Figure(image):
            yield image.caption or image.alt
        case model.Table(rows, header):
            yield from (cell.text for row in (header, *rows) for cell in row)
        case model.Preformatted(text):
            yield text
