"""Feeds of every format with every trap we know of: a corpus of our own writing with what is right for each.

The corpus is JSON so that a byte order mark, a control character or a lone bad byte survives any editor.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tui.news.model import Document, Item
from tui.sources.containers import texts_of
from tui.sources.parse import parse
from tui.sources.plainfeeds import read_plain

NOW = datetime(2025, 12, 12, 12, tzinfo=UTC)
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "corpus" / "feeds.json").read_text("utf-8"))


def body_of(case: dict[str, Any]) -> bytes:
    encoding = case.get("encoding", "utf-8")
    text: str = case["text"]
    if "mojibake" in case:
        text = text.encode("utf-8").decode(case["mojibake"], "surrogateescape")
        return "".join(chr(ord(c) - 0xDC00) if 0xDC80 <= ord(c) <= 0xDCFF else c for c in text).encode("utf-8")
    body = text.encode(encoding)
    if "splice" in case:
        before, wrong = case["splice"]
        place = body.index(before.encode(encoding)) + len(before.encode(encoding))
        body = body[:place] + bytes.fromhex(wrong) + body[place:]
    return body + bytes.fromhex(case.get("append", ""))


def value_of(item: Item, name: str) -> object:
    if name == "published":
        return item.published.isoformat() if item.published else None
    if name == "links":
        return [m.href for block in item.blocks for text in texts_of(block) for m in text.marks if m.href]
    if name == "image":
        return item.image.url if item.image else None
    if name == "enclosures":
        return [enclosure.url for enclosure in item.enclosures]
    if name == "title_safe":
        return not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in item.title)
    return getattr(item, name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_corpus(case: dict[str, Any]) -> None:
    document = parse(
        body_of(case),
        url=case.get("url", "https://paper.example/feed.xml"),
        content_type=case.get("content_type", ""),
        now=NOW,
    )
    expected = case["expect"]
    for name in expected.keys() - {"items"}:
        assert str(getattr(document, name)) == expected[name], name
    found = [
        {name: value_of(item, name) for name in wanted}
        for item, wanted in zip(document.items, expected["items"], strict=False)
    ]
    assert found == expected["items"]
    assert len(document.items) == len(expected["items"])
    assert document.kind == expected.get("kind", "feed")
    assert_identities_differ(document)


@pytest.mark.parametrize("name", ["links", "content", "media_content", "bylines", "source", "title_detail"])
def test_an_element_named_like_a_field_of_the_parsers_costs_no_feed(name: str) -> None:
    body = f"<rss version='2.0'><channel><item><title>t</title><{name} a='1'>x</{name}></item></channel></rss>"
    document = parse(body.encode(), url="https://paper.example/feed.xml", now=NOW)
    assert [item.title for item in document.items] == ["t"]


def assert_identities_differ(document: Document) -> None:
    assert len({item.id for item in document.items}) == len(document.items)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Rain&lt;script type='x'&gt;alert('&lt;b&gt;')&lt;/script&gt; tomorrow", "Rain tomorrow"),
        ("<![CDATA[Rain<style>a > b {}</style> tomorrow]]>", "Rain tomorrow"),
        ("What a &lt;script&gt; tag costs", "What a <script> tag costs"),
        ("History of the &lt;blink&gt; tag", "History of the <blink> tag"),
    ],
)
def test_a_title_is_told_without_programs_and_with_the_names_of_tags(written: str, shown: str) -> None:
    body = f"<rss version='2.0'><channel><item><title>{written}</title></item></channel></rss>"
    document = parse(body.encode(), url="https://paper.example/feed", now=NOW)
    assert [item.title for item in document.items] == [shown]


@pytest.mark.parametrize(
    "origin",
    [
        "The post <a href='https://p.example/1'>Quay</a> appeared first on <a href='https://p.example'>Paper</a>.",
        "L’article <a href='https://p.example/1'>Le quai</a> est apparu en premier sur <a href=x>Journal</a>.",
        "ظهرت المقالة <a href='https://p.example/1'>رصيف جديد</a> أولاً على <a href=x>الجريدة</a>.",
        "הפוסט <a href='https://p.example/1'>רציף חדש</a> הופיע לראשונה ב-<a href=x>העיתון</a>.",
        "نوشته <a href='https://p.example/1'>اسکله تازه</a> اولین بار در <a href=x>روزنامه</a>. پدیدار شد.",
    ],
)
def test_what_a_blog_writes_under_every_story_is_none(origin: str) -> None:
    told = "فتحت البلدة رصيفها الجديد."
    body = f"<description><![CDATA[<p>{told}</p><p>{origin}</p>]]></description>"
    feed = f"<rss><channel><item><title>t</title>{body}</item></channel></rss>"
    assert parse(feed.encode(), url="https://p.example/feed", now=NOW).items[0].text == told
    kept = feed.replace(origin, "The post office opened first on Monday.")
    assert parse(kept.encode(), url="https://p.example/feed", now=NOW).items[0].text.endswith("on Monday.")


def test_the_day_of_a_story_comes_before_that_of_its_issue() -> None:
    dates = "<prism:publicationDate>2026-02-01</prism:publicationDate><dc:date>2025-12-04T08:30:00Z</dc:date>"
    names = "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:prism='http://prismstandard.org/namespaces/basic/2.0/'"
    item = f"<item><title>A quay</title><link>https://paper.example/1</link>{dates}</item>"
    feed = f"<rss version='2.0' {names}><channel><title>The Gazette</title>{item}</channel></rss>"
    document = parse(feed.encode(), url="https://paper.example/feed.xml", content_type="", now=NOW)
    assert [item.published for item in document.items] == [datetime(2025, 12, 4, 8, 30, tzinfo=UTC)]


@pytest.mark.parametrize(
    "before",
    [
        " " * 30_000,
        f"<!-- {'generated by a very talkative program ' * 1000}-->",
        "<br />\n<b>Warning</b>: a table is missing in <b>/www/feed.php</b> on line 12<br />\n" * 900,
    ],
    ids=["blanks", "a comment", "warnings"],
)
def test_a_feed_far_behind_other_text_is_found(before: str) -> None:
    body = f"{before}<rss><channel><title>t</title><item><title>The far one</title></item></channel></rss>"
    document = parse(body.encode(), url="https://paper.example/rss", now=NOW)
    assert [item.title for item in document.items] == ["The far one"]


def test_a_number_longer_than_any_costs_no_feed() -> None:
    items = f'{{"id": {"9" * 5000}, "title": "one"}}, {{"id": 2, "title": "two"}}'
    body = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{items}]}}'
    document = parse(body.encode(), url="https://paper.example/feed.json", now=NOW)
    assert [item.title for item in document.items] == ["one", "two"]


@pytest.mark.parametrize("guard", [")]}'\n", ")]}',\n", "while(1);", "\ufefffor (;;);\n"])
def test_what_keeps_scripts_from_json_keeps_no_reader_from_it(guard: str) -> None:
    body = (
        guard + '{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{"id": "1", "title": "one"}]}'
    )
    document = parse(body.encode(), url="https://paper.example/feed.json", now=NOW)
    assert [item.title for item in document.items] == ["one"]
    assert document.errors == ()


def test_json_without_a_floor_is_not_said_to_be_cut_short() -> None:
    deep = "[" * 5000 + "]" * 5000
    body = (
        f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": "1", "title": "one"}}, {{"_x": {deep}}}]}}'
    )
    document = parse(body.encode(), url="https://paper.example/feed.json", now=NOW)
    assert [item.title for item in document.items] == ["one"]
    assert ["nests" in error for error in document.errors] == [True]


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id>%s<title>The Quay Letter</title>'
    "<entry><id>urn:1</id><title>one</title></entry>"
    "<entry><id>urn:2</id><title>two</title><author><name>Noor Hassan</name></author></entry>"
    "<entry><id>urn:3</id><title>three</title><source><title>s</title><author><name>Lena Roy</name></author></source>"
    "</entry></feed>"
)


@pytest.mark.parametrize(
    ("author", "told"),
    [
        ("<author><name>Sami Dib</name></author>", ["Sami Dib", "Noor Hassan", "Lena Roy"]),
        ("<author><name>The Quay Letter</name></author>", ["", "Noor Hassan", "Lena Roy"]),
        ("", ["", "Noor Hassan", "Lena Roy"]),
    ],
    ids=["somebody", "the paper itself", "nobody"],
)
@pytest.mark.parametrize("plain", [True, False])
def test_who_wrote_an_atom_feed_wrote_its_entries(author: str, told: list[str], plain: bool) -> None:
    """RFC 4287 4.2.1: an entry's own author, else its source's, else the feed's."""
    body = ATOM % author
    if plain:
        body = re.sub(r"<entry><id>urn:3.*?</entry>", "", body)
    assert (read_plain(body, "https://quay.example/atom", 10) is not None) is plain
    document = parse(body.encode(), url="https://quay.example/atom", now=NOW)
    assert [item.author for item in document.items] == told[: 2 if plain else 3]
