"""The quick reader of plain feeds gives what feedparser gives, or gives up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.sources import test_examiner as examiner
from tests.sources.test_feeds import CASES, body_of
from tui.edition.papers import sources
from tui.edition.site import Site
from tui.news.model import Document
from tui.sources import xmlfeeds
from tui.sources.parse import parse
from tui.sources.plainfeeds import read_plain

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://pier.example/feed"
SITE = Site(NOW, "http://127.0.0.1:1")
RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
    "<title>Pier &amp; Sea</title><link>https://pier.example/</link><language>en</language>"
    "<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>"
    "<image><title>x</title><url>https://pier.example/i.png</url><link>https://pier.example/</link></image>"
    "%s</channel></rss>"
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="he"><title>עיתון</title><link href="https://a.example/"/>%s</feed>'
PLAIN = {
    "whole": RSS % "<item><title>A &lt;b&gt;boat&lt;/b&gt;</title><link>https://pier.example/1</link>"
    "<guid isPermaLink='false'>g1</guid>"
    "<description>Short</description><content:encoded><![CDATA[<p>Long <a href='/x'>text</a></p>]]></content:encoded>"
    "<pubDate>Mon, 23 Nov 2026 09:00:00 +0100</pubDate><dc:creator>Ana Wave</dc:creator><category>sea</category>"
    "<enclosure url='https://pier.example/a.mp3' type='audio/mpeg' length='12'/><media:thumbnail url='/t.jpg'/></item>",
    "permalink": RSS
    % "<item><title>T</title><guid>https://pier.example/p</guid><dc:date>2026-11-22T10:00:00Z</dc:date></item>",
    "no guid": RSS
    % "<item><link> https://pier.example/2 </link><description>&lt;p&gt;One&lt;/p&gt;</description></item>",
    "empty": RSS % "<item><title/></item><item></item>",
    "no items": RSS % "",
    "atom": ATOM % "<entry><id>tag:a.example,1</id><title type='html'>&lt;i&gt;ידיעה&lt;/i&gt;</title><link href='/1'/>"
    "<updated>2026-11-23T09:00:00Z</updated><summary>קצר</summary>"
    "<content type='html'>&lt;p&gt;ארוך&lt;/p&gt;</content><author><name>דנה</name>"
    "<email>d@a.example</email></author></entry>",
    "atom text": ATOM
    % "<entry><id>urn:2</id><title>1 &lt; 2</title><link rel='enclosure' href='/e.mp3' type='audio/mpeg'/></entry>",
    "mail author": RSS % "<item><author>a@b.example (A B)</author></item>",
    "two authors": ATOM % "<entry><author><name>A</name></author><author><name>B</name></author></entry>",
    "unknown element": RSS % "<item><title>T</title><x:y xmlns:x='urn:x'>1</x:y></item>",
    "old": "<rss version='0.91'><channel><title>x</title></channel></rss>",
    "RDF": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
    " xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'><title>P</title><dc:language>ar</dc:language>"
    "<items><rdf:Seq><rdf:li rdf:resource='x'/></rdf:Seq></items></channel><item rdf:about='https://pier.example/1'>"
    "<dc:language>fr</dc:language><title>خبر</title><link>https://pier.example/1?m=2</link><dc:subject>x</dc:subject>"
    "<dc:date>2026-11-22T10:00:00Z</dc:date></item></rdf:RDF>",
    "a number as GUID": RSS % "<item><title>T</title><link>https://pier.example/1</link><guid>123</guid></item>",
    "a group of pictures": RSS % "<item><title>T</title><media:group><media:title>U</media:title><media:content "
    "url='/a.jpg' medium='image'><media:credit>C</media:credit></media:content></media:group>"
    "<media:description>D</media:description></item>",
    "a source": RSS % "<item><title>T</title><source url='https://b.example/'>The B</source></item>",
    "a person's picture": ATOM % "<entry><title>T</title><author><name>N</name><g:image xmlns:g='urn:g' src='x'/>"
    "</author></entry>",
}
NOT_PLAIN = {
    "items in what is unknown": RSS % "<item><title>T</title><x:y xmlns:x='urn:x'><title>U</title></x:y></item>",
    "a date of its own": RSS % "<item><title>T</title><date>2026-11-22</date></item>",
    "a prefix that means another": RSS
    % "<item><title>T</title><media:title xmlns:media='urn:x'>U</media:title></item>",
    "markup in text": RSS % "<item><title>T <b>x</b></title></item>",
    "base": RSS % "<item xml:base='https://b.example/'><title>T</title></item>",
    "two links": RSS % "<item><link>https://a.example/</link><link>https://b.example/</link></item>",
    "xhtml": ATOM % "<entry><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>x</div></content></entry>",
    "out of line": ATOM % "<entry><content src='https://a.example/x'/></entry>",
    "broken": "<rss version='2.0'><channel><title>x</channel></rss>",
}


def by_feedparser(body: bytes, url: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> Document:
    with monkeypatch.context() as patch:
        patch.setattr(xmlfeeds, "read_plain", lambda text, base, limit: None)
        return parse(body, url=url, content_type=kind, now=NOW)


@pytest.mark.parametrize("name", PLAIN)
def test_plain_feeds_are_read_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = PLAIN[name]
    assert read_plain(text, URL, 100) is not None
    body = text.encode()
    assert parse(body, url=URL, now=NOW) == by_feedparser(body, URL, "", monkeypatch)


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_other_feeds_are_left_to_feedparser(name: str) -> None:
    assert read_plain(NOT_PLAIN[name], URL, 100) is None


def test_more_items_than_anybody_reads_are_cut_off() -> None:
    found = read_plain(RSS % ("<item><title>A</title></item>" * 2), URL, 1)
    assert found is not None
    assert found.cut
    assert [entry["title"] for entry in found.entries] == ["A"]


@pytest.mark.parametrize("source", sources("http://127.0.0.1:1"), ids=lambda source: source.address.rsplit("/", 2)[-2])
def test_the_editions_feeds_are_read_alike(source: object, monkeypatch: pytest.MonkeyPatch) -> None:
    address = getattr(source, "address")  # noqa: B009
    found = SITE.resource(address.removeprefix("http://127.0.0.1:1"))
    if found is None or found.status != 200:
        return
    mine = parse(found.body, url=address, content_type=found.media_type, now=NOW)
    assert mine == by_feedparser(found.body, address, found.media_type, monkeypatch)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_corpus_is_read_alike(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    body, url, kind = body_of(case), case.get("url", "https://paper.example/feed"), case.get("content_type", "")
    assert parse(body, url=url, content_type=kind, now=NOW) == by_feedparser(body, url, kind, monkeypatch)


UNLIKE = {"m-fmt-atom-prefix": ("site",), "m-fmt-rdf-beforechan": ("title",)}
"""What feedparser reads wrong: it takes a feed's id for its link, and loses a title that comes after the items."""


@pytest.mark.parametrize("case", examiner.cases("feeds.json"), ids=lambda case: case["name"])
def test_the_examiners_feeds_are_read_alike(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    body, url, kind = examiner.body_of(case), case.get("url", "https://paper.example/feed"), case.get("type", "")
    mine = parse(body, url=url, content_type=kind, now=NOW)
    other = by_feedparser(body, url, kind, monkeypatch)
    unlike = {name: getattr(mine, name) for name in UNLIKE.get(case["name"], ())}
    assert unlike != {name: getattr(other, name) for name in unlike} or not unlike
    assert mine == replace(other, **unlike)
