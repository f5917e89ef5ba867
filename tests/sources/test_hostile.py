"""Documents made to hurt: each is done with in seconds, in bounded memory, and nothing dangerous comes out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.sources.hostile import DOCUMENTS
from tests.sources.hostile_fields import FIELDS
from tests.sources.hostile_memory import MEMORY
from tests.sources.hostile_more import MORE
from tui.news import codec
from tui.news.model import Document, Preformatted
from tui.sources.frames import HEADER, frame, sizes
from tui.sources.parse import parse

NOW = datetime(2025, 12, 12, 12, tzinfo=UTC)
SECONDS = 9
"""Processor time a document may take: less than the worker's 10 s, on a slow machine too."""
SECONDS_AGAIN = 4
"""The same for a page that is read again."""
MEGABYTES = 200
"""Of the whole parser process, what its imports took included."""
ACTIVE = re.compile(r"\s*(?:javascript|vbscript|data|file|blob|intent|view-source):\S", re.IGNORECASE)


def texts(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for key, value in data.items() if key != "t" for text in texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in texts(value)]
    return [data] if isinstance(data, str) else []


def dangerous(data: Any) -> list[str]:
    """Texts with a control, format or surrogate character in them (line ends and joiners apart), or links that act."""
    allowed = "\n\u200c\u200d"
    return [
        t
        for t in texts(data)
        if ACTIVE.match(t) or any(unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in allowed for c in t)
    ]


class Measured:
    """The forking parser process; see ``tests.sources.measured``."""

    def __init__(self, seconds: int = SECONDS, *how: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.sources.measured", str(seconds), *how],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )

    def read(self, body: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
        """What parsing ``body`` took, and what came of it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        request = {"id": 1, "url": "https://paper.example/x", "type": "", "now": NOW.isoformat()}
        self.process.stdin.write(frame(request, body))
        self.process.stdin.flush()
        text, size = sizes(self.process.stdout.read(HEADER.size))
        took = json.loads(self.process.stdout.read(text))
        return took, json.loads(self.process.stdout.read(size) or "{}")

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def measured() -> Iterator[Measured]:
    made = Measured()
    yield made
    made.close()


@pytest.fixture(scope="module")
def measured_again() -> Iterator[Measured]:
    made = Measured(SECONDS_AGAIN, "again")
    yield made
    made.close()


@pytest.mark.parametrize("name", [*DOCUMENTS, *MORE, *MEMORY, *FIELDS])
def test_done_in_seconds(name: str, measured: Measured) -> None:
    took, answer = measured.read((DOCUMENTS | MORE | MEMORY | FIELDS)[name]())
    assert took.get("status", 0) == 0, "70: out of memory, negative: killed for its time"
    assert took["megabytes"] <= MEGABYTES
    assert "document" in answer, answer
    assert not dangerous(answer["document"])


PAGES = (
    "50,000 deep", "10,000 deep tables", "100,000 attributes", "half a million line breaks", "50,000 headings",
    "unclosed tables", "misnested formatting", "a line of 10 MB", "marks on every letter", "dangerous links",
    "signals in every field of a page", "addresses that act in a page",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_read_again_is_done_with_in_seconds(name: str, measured_again: Measured) -> None:
    took, answer = measured_again.read((DOCUMENTS | MORE | MEMORY | FIELDS)[name]())
    assert took.get("status", 0) == 0, "70: out of memory, negative: killed for its time"
    assert took["megabytes"] <= MEGABYTES
    assert "document" in answer, answer
    assert not dangerous(answer["document"])


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=3000), st.sampled_from(["", "text/html; charset=utf-8", "application/xml; charset=windows-1256"])
)
def test_any_bytes_give_a_document(body: bytes, content_type: str) -> None:
    document = parse(body, url="https://paper.example/x", content_type=content_type, now=NOW)
    assert not dangerous(codec.encode(document))
    assert codec.decode(Document, codec.encode(document)) == document


FRAGMENTS = st.sampled_from(
    ["<p>", "</p>", "<a href='/x'>", "</a>", "<b>", "</b>", "<br>", "<ul>", "<li>", "</ul>", "<table>", "<tr>",
    "<td>", "<th colspan=3>", "</table>",
     "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<h2>", "</h2>", "<figure>", "<img src=i.jpg>",
     "<figcaption>", "<hr>", "نص عربي ", "text ", "\n", "  ",
     "\u202e", "\x1b[31m", "&amp;", "<!--", "-->", "<script>", "</script>", "<div hidden>", "</div>"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(FRAGMENTS, max_size=60))
@example(["<ul>", "<pre>", "  ", "نص عربي "])
def test_any_markup_gives_blocks_with_marks_inside_their_text(pieces: list[str]) -> None:
    from tui.sources.blocks import blocks_of_html
    from tui.sources.containers import texts_of

    for block in blocks_of_html("".join(pieces), "https://paper.example/"):
        for text in texts_of(block):
            rows = isinstance(block, Preformatted)  # whose blanks count
            assert text.text == (text.text.rstrip() if rows else text.text.strip())
            assert all(0 <= mark.start < mark.end <= len(text.text) for mark in text.marks)


def test_a_common_feed_is_quick() -> None:
    """No assertion on time here: benches print it. This only keeps the path warm and whole."""
    started = time.process_time()
    item = "<item><title>خبر</title><link>https://paper.example/{}</link><description>&lt;p&gt;نص&lt;/p&gt;</description></item>"
    document = parse(
        f"<rss version='2.0'><channel>{''.join(item.format(i) for i in range(30))}</channel></rss>".encode(),
        url="https://paper.example/",
        now=NOW,
    )
    assert len(document.items) == 30
    assert time.process_time() >= started
