"""Every feed is what its format says, and every link in it leads somewhere."""

import calendar
import json
from datetime import datetime
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest

from tui import edition
from tui.edition.papers import BY_SLUG, PAPERS, FeedFormat
from tui.edition.server import EditionServer
from tui.edition.texts import PICTURES, stories_of

XML = [p.slug for p in PAPERS if p.feed not in (FeedFormat.NONE, FeedFormat.JSON) and not p.fails]


def get(server: EditionServer, address: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    try:
        connection.request("GET", urlsplit(address).path)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def parsed(server: EditionServer, path: str) -> Any:
    response, body = get(server, path)
    assert response.status == 200
    headers = {"content-type": response.headers["Content-Type"], "content-location": server.base + path}
    found = feedparser.parse(body, response_headers=headers)
    # text/xml without a charset is us-ascii to feedparser (RFC 3023); it says so and takes the declared one
    assert not found.bozo or isinstance(found.bozo_exception, feedparser.CharacterEncodingOverride)
    return found


@pytest.mark.parametrize("slug", XML)
def test_feedparser_reads_every_story(server: EditionServer, slug: str) -> None:
    paper = BY_SLUG[slug]
    found = parsed(server, paper.feed_path)
    stories = stories_of(slug, paper.language)
    assert found.version == {"feed.xml": "rss20", "atom.xml": "atom10", "index.rdf": "rss10"}[paper.feed.value]
    assert found.feed.title == paper.title
    assert found.feed.language == paper.language
    assert len(found.entries) == len(stories)
    assert sum("published" not in e and "updated" not in e for e in found.entries) == sum(
        s.age is None for s in stories
    )
    for entry in found.entries:
        assert entry.get("summary") or entry.get("content")
        moment = entry.get("published_parsed") or entry.get("updated_parsed")
        if moment:
            age = server.anchor.timestamp() - calendar.timegm(moment)
            assert 0 < age <= 5 * 86_400


def test_the_feed_without_a_title_has_only_text(server: EditionServer) -> None:
    untitled = [e for e in parsed(server, "/press/marfa/feed.xml").entries if not e.get("title")]
    assert len(untitled) == 1
    assert "العبّارات" in untitled[0].summary


def test_the_daily_gives_whole_texts(server: EditionServer) -> None:
    entry = next(e for e in parsed(server, "/press/marfa/feed.xml").entries if "101" in e.link)
    assert entry.content[0].value.count("<p>") >= 5
    assert "<figure>" in entry.content[0].value
    enclosure = entry.enclosures[0]
    assert int(enclosure["length"]) == (PICTURES / "coast-train.png").stat().st_size


def test_the_json_feed_is_one(server: EditionServer) -> None:
    response, body = get(server, "/press/embruns/feed.json")
    feed = json.loads(body)
    assert response.headers["Content-Type"] == "application/feed+json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert len(feed["items"]) == len(stories_of("embruns", "fr"))
    for item in feed["items"]:
        assert item["id"] and item["url"].startswith(server.base) and item["content_html"].startswith("<p>")
        assert datetime.fromisoformat(item["date_published"]) < server.anchor


def test_the_weekly_is_windows_1256_by_declaration_only(server: EditionServer) -> None:
    response, body = get(server, "/press/sanabil/feed.xml")
    assert response.headers["Content-Type"] == "text/xml"
    assert body.startswith(b'<?xml version="1.0" encoding="windows-1256"?>')
    assert "السنابل" in body.decode("windows-1256")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


@pytest.mark.parametrize("path", ["/rss", "/fr/rss", "/en/rss"])
def test_the_aggregator_cuts_its_teasers_and_names_the_paper(server: EditionServer, path: str) -> None:
    entries = parsed(server, path).entries
    assert len(entries) >= (45 if path == "/rss" else 1)
    assert all(entry.summary.endswith("(...)") for entry in entries)
    assert {entry.author for entry in entries} <= {paper.title for paper in PAPERS}


def test_identifiers_are_unique_over_all_feeds(server: EditionServer) -> None:
    seen = [e.id for slug in XML for e in parsed(server, BY_SLUG[slug].feed_path).entries if "id" in e]
    assert len(seen) == len(set(seen)) > 50


def links(server: EditionServer) -> set[str]:
    found: set[str] = set()
    paths = [BY_SLUG[slug].feed_path for slug in XML] + ["/rss", "/fr/rss", "/en/rss"]
    for path in paths:
        feed = parsed(server, path)
        found |= {feed.feed.link, *(e.link for e in feed.entries)}
        found |= {enclosure["href"] for e in feed.entries for enclosure in e.get("enclosures", ())}
    items = json.loads(get(server, "/press/embruns/feed.json")[1])["items"]
    return found | {i["url"] for i in items} | {i["image"] for i in items if "image" in i}


def test_every_link_of_every_feed_answers(server: EditionServer) -> None:
    found = links(server)
    assert len(found) > 100
    for address in sorted(found):
        whole = urljoin(server.base, address)
        assert whole.startswith(server.base), address
        assert get(server, whole)[0].status == 200, address


def test_every_source_is_listed_once_and_marked_as_built_in(server: EditionServer) -> None:
    sources = edition.sources(server.base)
    assert len({s.address for s in sources}) == len(sources) == 10
    assert all(s.builtin and s.title and s.language and s.country for s in sources)
    assert {s.language for s in sources} == {"ar", "he", "fa", "ur", "fr", "en"}
    assert {s.direction.value for s in sources if s.language in ("fr", "en")} == {"ltr"}
    assert {s.direction.value for s in sources if s.language not in ("fr", "en")} == {"rtl"}
    statuses = [get(server, s.address)[0].status for s in sources]
    assert sorted(statuses) == [200] * 8 + [302, 503]
