"""Pages as the programs that papers use lay them out, by a fourth hand: the whole of what each tells, line by line.

Six sets, each written before the one before it had been mended for; those in which somebody may disagree are left out.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tui.news.plain import paragraphs
from tui.sources.parse import parse

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "examiner" / "layouts.json").read_text("utf-8"))


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_layout(case: dict[str, Any]) -> None:
    body = base64.b64decode(case["base64"]) if "base64" in case else str(case["text"]).encode()
    document = parse(body, url=case["url"], content_type=case["type"], now=NOW)
    assert str(document.kind) == case["kind"]
    if "items" in case:
        found = [{"title": i.title, "link": i.link, "published": iso(i.published)} for i in document.items]
        assert found == case["items"]
        return
    article = document.article
    assert article is not None
    assert iso(article.published) == case["article"].pop("published")
    assert {name: getattr(article, name) for name in case["article"]} == case["article"]
    assert list(paragraphs(article.blocks)) == case["paragraphs"]
