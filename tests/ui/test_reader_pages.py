"""What a page becomes that is no article, and what is copied of one that is."""

from __future__ import annotations

from datetime import UTC, datetime

from tui import locale
from tui.news.model import Article, Document, DocumentKind, Item, ListBlock, Paragraph, Text
from tui.ui.control.reader import article_of
from tui.ui.widgets.article_texts import article_texts
from tui.ui.widgets.flow import compose, plain_text

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_list_of_headlines_becomes_links_and_an_empty_one_says_so() -> None:
    url = "https://pier.example/feed"
    full = article_of(Document(DocumentKind.FEED, "rss20", items=(Item("1", "A boat", "https://pier.example/1"),)), url)
    assert isinstance(full.blocks[0], ListBlock)
    empty = article_of(Document(DocumentKind.FEED, "rss20", title="Pier"), url, empty="Nothing here.")
    assert empty.blocks == (Paragraph(Text("Nothing here.")),)


def test_a_bylines_parts_are_not_broken_and_copied_text_is_clean() -> None:
    article = Article("عنوان", (Paragraph(Text("نص طويل هنا")),), source="جريدة الميناء", published=NOW)
    texts = article_texts(article, None, locale.load("ar"), NOW, "")
    assert "النص\u00a0الكامل" in texts.byline
    copied = plain_text(compose(article, texts, ""))
    assert "النص الكامل" in copied
    assert not set(copied) & set("\u2066\u2067\u2068\u2069\u00a0")
