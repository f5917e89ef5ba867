"""Pages: articles by every layer, front pages, and what is no part of a story.

The aggregator family's pages are hand-written in the shape its readers describe: no real page could be had.
"""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tui.news.model import Document
from tui.news.plain import paragraphs
from tui.sources.parse import parse

NOW = datetime(2025, 12, 12, 12, tzinfo=UTC)
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "corpus" / "pages.json").read_text("utf-8"))


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def value_of(document: Document, name: str) -> object:
    article = document.article
    match name:
        case "kind" | "language" | "direction" | "provenance":
            return str(getattr(document, name))
        case "headlines":
            return len(document.items)
        case "feeds":
            return [link.url for link in document.feeds]
        case "paragraphs":
            return list(paragraphs(article.blocks)) if article else None
        case "published":
            return iso(article.published) if article else "no article"
        case "error":
            return " ".join(document.errors)
        case _:
            return getattr(article, name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_corpus(case: dict[str, Any]) -> None:
    url = case.get("url", "https://paper.example/news/1")
    document = parse(case["html"].encode(case.get("encoding", "utf-8")), url=url, now=NOW)
    for name, wanted in case["expect"].items():
        if name == "first":
            first = document.items[0]
            assert {
                **{key: getattr(first, key) for key in wanted},
                **({"published": iso(first.published)} if "published" in wanted else {}),
            } == wanted
        elif name == "paragraphs_in":
            assert (
                set(wanted)
                <= {line.strip() for text in paragraphs(document.article.blocks) for line in text.split("\n")}
                if document.article
                else False
            )
        elif name == "error":
            assert wanted in str(value_of(document, name))
        elif name == "safe":
            assert document.article
            text = document.title + "".join(paragraphs(document.article.blocks))
            assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs")]
        elif not (name == "headlines" and wanted is None):
            assert value_of(document, name) == wanted, name
