"""Feeds and pages written from the standards by a second hand, who had not seen the first corpus: what each must give.

``may`` marks what no standard settles; those are read as expected too, unless ``fails`` says that they are not.
"""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tui.news.plain import paragraphs
from tui.sources.parse import parse

NOW = datetime(2025, 12, 12, 12, tzinfo=UTC)
FOLDER = Path(__file__).parent / "examiner"


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / name).read_text("utf-8"))
    return [case for case in found if not case.get("fails")]


def body_of(case: dict[str, Any]) -> bytes:
    return base64.b64decode(case["base64"]) if "base64" in case else str(case["text"]).encode()


def shown(value: object) -> object:
    """Values as they are compared: dates in ISO form, texts with single blanks."""
    if isinstance(value, datetime):
        return value.isoformat()
    return " ".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("case", cases("feeds.json"), ids=lambda case: str(case["name"]))
def test_feed(case: dict[str, Any]) -> None:
    url = case.get("url", "https://paper.example/feed.xml")
    document = parse(body_of(case), url=url, content_type=case.get("type", ""), now=NOW)
    for name, wanted in case.get("document", {}).items():
        assert str(getattr(document, name)) == wanted, name
    found = [
        {name: shown(getattr(item, name)) for name in wanted}
        for item, wanted in zip(document.items, case["items"], strict=False)
    ]
    assert found == [{name: shown(value) for name, value in wanted.items()} for wanted in case["items"]]
    assert len(document.items) == len(case["items"])


@pytest.mark.parametrize("case", cases("pages.json"), ids=lambda case: str(case["name"]))
def test_page(case: dict[str, Any]) -> None:
    document = parse(body_of(case), url=case["url"], content_type=case.get("type", "text/html; charset=utf-8"), now=NOW)
    assert str(document.kind) == case.get("kind", "article")
    if "items" in case:
        assert [[item.title, item.link] for item in document.items] == case["items"]
        return
    article = document.article
    assert article is not None
    for name, wanted in case["article"].items():
        assert shown(getattr(article, name)) == shown(wanted), name
    text = re.sub(r"\s+", " ", "\n".join(paragraphs(article.blocks)))
    assert [piece for piece in case.get("has", []) if piece not in text] == []
    assert [piece for piece in case.get("not", []) if piece in text] == []
    assert set(case.get("images", [])) <= {image.url for image in article.images}
