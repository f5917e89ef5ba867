"""OPML and newsboat's urls file, and the catalogue."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.news.addresses import absolute
from tui.news.model import Source
from tui.sources.catalogue import entries, for_locale, search
from tui.sources.opml import read_newsboat_urls, read_opml, write_opml


def opml(body: str, head: str = "") -> bytes:
    start = f'<?xml version="1.0"?>{head}<opml version="2.0"><head><title>x</title></head>'
    return f"{start}<body>{body}</body></opml>".encode()


def test_nested_folders_and_odd_attributes() -> None:
    outline = read_opml(
        opml(
            '<outline text="Morocco"><outline text="Ports &amp; quays">'
            '<outline text="جريدة" xmlUrl="https://a.example/f?x=1&y=2" htmlUrl="https://a.example/" language="ar"/>'
            '</outline></outline><outline title="B" xmlurl=" http://b.example/rss "/>'
            '<outline type="rss" text="C" url="https://c.example/"/>'
        )
    )
    assert [(s.title, s.address, s.site, s.language) for s in outline.sources] == [
        ("جريدة", "https://a.example/f?x=1&y=2", "https://a.example/", "ar"),
        ("B", "http://b.example/rss", "", ""),
        ("C", "https://c.example/", "", ""),
    ]
    assert outline.folders["https://a.example/f?x=1&y=2"] == ("Morocco", "Ports & quays")
    assert outline.skipped == ()


def test_five_thousand_outlines_and_copies() -> None:
    many = "".join(f'<outline text="{i}" xmlUrl="https://p{i % 5000}.example/feed"/>' for i in range(6000))
    assert len(read_opml(opml(many)).sources) == 5000


@pytest.mark.parametrize(
    "address",
    [
        "exec:rm -rf ~",
        "filter:cat:https://a.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://a.example/",
        "not an address",
    ],
)
def test_addresses_that_are_not_taken_are_reported(address: str) -> None:
    outline = read_opml(opml(f'<outline text="x" xmlUrl="{address}"/><outline text="y" xmlUrl="https://b.example/"/>'))
    assert [source.title for source in outline.sources] == ["y"]
    assert len(outline.skipped) == 1


def test_hostile_files_are_refused() -> None:
    entities = '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    for body in (
        opml('<outline text="&b;" xmlUrl="https://a.example/"/>', entities),
        b"<opml><body>" + b"<outline text='x'>" * 50_000,
    ):
        outline = read_opml(body)
        assert outline.sources == ()
        assert "refused" in outline.skipped[0]


def test_titles_with_angle_brackets_and_other_kinds_of_feeds() -> None:
    outline = read_opml(
        opml(
            '<outline text="A & B <c>" xmlUrl="https://a.example/f?a=1&b=2"/>'
            '<outline text="D" type="atom" url="https://d.example/f"/><outline text="E" type="link" url="https://e.example/"/>'
        )
    )
    assert [(s.title, s.address) for s in outline.sources] == [
        ("A & B <c>", "https://a.example/f?a=1&b=2"),
        ("D", "https://d.example/f"),
    ]
    assert outline.skipped == ()


def test_a_file_without_feeds_says_so() -> None:
    for body in (b"<html><body><p>no list</p></body></html>", opml("")):
        assert read_opml(body).skipped == ("The file holds no feeds.",)


def test_a_broken_file_gives_what_stands_before_the_fault() -> None:
    outline = read_opml(b'<opml><body><outline text="x" xmlUrl="https://a.example/"/><outline text="y</body>')
    assert [source.title for source in outline.sources] == ["x"]
    assert "not well-formed" in outline.skipped[0]


@given(
    st.lists(
        st.builds(
            lambda i, t: Source(f"https://p{i}.example/?a=1&b=2", t),
            st.integers(0, 10**6),
            st.from_regex(r"[\w<&\"']([\w <&\"']*[\w<&\"'])?", fullmatch=True),
        ),
        max_size=20,
    )
)
def test_what_is_exported_comes_back(sources: list[Source]) -> None:
    sources = [Source(s.address, re.sub(r"\s+", " ", s.title)) for s in sources if s.title.isascii()]
    back = read_opml(write_opml(sources)).sources
    unique = list({source.address: source for source in reversed(sources)}.values())
    assert sorted((s.address, s.title) for s in back) == sorted((s.address, s.title) for s in unique)


def test_newsboat_urls() -> None:
    outline = read_newsboat_urls(
        '# comment\n\nhttps://a.example/feed "two words" tag "~عنوان" !hidden\n'
        '"exec:~/bin/x" tag\nfilter:~/bin/y:https://b.example/\n"query:Unread:unread = \\"yes\\""\nfile:///etc/passwd\nhttps://c.example/feed\n'
        "https://a.example/feed again\n"
    )
    assert [(s.title, s.address) for s in outline.sources] == [
        ("عنوان", "https://a.example/feed"),
        ("c.example", "https://c.example/feed"),
    ]
    assert outline.folders["https://a.example/feed"] == ("two words", "tag")
    assert [line.split(":")[0] for line in outline.skipped] == [f"Line {n}" for n in (4, 5, 6, 7, 9)]


def test_the_catalogue_is_whole() -> None:
    addresses = [entry.address for entry in entries()]
    assert len(set(addresses)) == len(addresses) > 100
    assert all(
        absolute("", entry.address) == entry.address and re.fullmatch("[A-Z]{2}", entry.country) and entry.title
        for entry in entries()
    )
    assert not [entry for entry in entries() if entry.doubtful and (entry.on or entry.source.enabled)]
    assert {entry.language for entry in entries()} == {"ar", "he", "fa", "ur", "fr", "en"}


def test_the_first_start_follows_the_language_and_the_country() -> None:
    moroccan = for_locale("ar_MA.UTF-8")
    assert moroccan[0].country == "MA"
    assert {source.language for source in moroccan} == {"ar"}
    assert 5 <= len(for_locale("ar")) < len(moroccan)
    for tag, language in (
        ("he-IL", "he"),
        ("fa", "fa"),
        ("ur-PK", "ur"),
        ("fr-FR", "fr"),
        ("en-GB", "en"),
        ("de-DE", "en"),
        ("C", "en"),
    ):
        sources = for_locale(tag)
        assert len(sources) >= 4, tag
        assert {source.language for source in sources} == {language}
        assert all(source.enabled for source in sources)


def test_search_in_the_catalogue_is_folded() -> None:
    assert "https://www.aljazeera.net/rss" in [entry.address for entry in search("الجزيره")]
    assert {entry.language for entry in search("he")} >= {"he"}
    assert search("no such paper anywhere") == []
