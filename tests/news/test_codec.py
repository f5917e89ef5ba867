"""A model value survives JSON; foreign JSON cannot make anything else."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tui.news import codec
from tui.news.model import (
    Article,
    Direction,
    Document,
    DocumentKind,
    Figure,
    Heading,
    Image,
    Item,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    Paragraph,
    Preformatted,
    Provenance,
    Quote,
    Rule,
    Table,
    Text,
)

ARTICLE = Article(
    title="خبر (1-0)",
    blocks=(
        Heading(Text("عنوان"), 3),
        Paragraph(Text("نص مع رابط", (Mark(3, 5, MarkKind.LINK, "https://example.org/a"),))),
        ListBlock((ListItem(Text("أ"), (ListBlock((ListItem(Text("ب")),), ordered=True, start=4),)),)),
        Quote((Text("قال"), Text("وأضاف")), cite="https://example.org"),
        Figure(Image("https://example.org/p.png", "بديل", "شرح")),
        Table(((Text("1"), Text("2")),), header=(Text("س"), Text("ص"))),
        Preformatted("a\n  b"),
        Rule(),
    ),
    published=datetime(2026, 11, 23, 12, 5, tzinfo=UTC),
    direction=Direction.RTL,
    provenance=Provenance.SITE,
    full=False,
)


def test_every_block_survives_json() -> None:
    document = Document(
        DocumentKind.ARTICLE, "html", article=ARTICLE, items=(Item("1", "t", image=Image("https://example.org/i")),)
    )
    assert codec.decode(Document, json.loads(json.dumps(codec.encode(document)))) == document


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"t": "Story"},
        {"t": "Article"},
        {"t": "Article", "title": 3},
        {"t": "Article", "title": "x", "evil": 1},
        {"t": "Article", "title": "x", "blocks": [{"t": "Popen", "args": "true"}]},
        {"t": "Article", "title": "x", "blocks": [3]},
        {"t": "Article", "title": "x", "published": "yesterday"},
    ],
)
def test_foreign_json_is_refused(data: object) -> None:
    with pytest.raises(ValueError):
        codec.decode(Article, data)
