"""More documents made to hurt: what the second examination of the parsers thought of."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from tests.sources.hostile import JSON_FEED, page, rss, titled

ITEM = "<item><title>t</title><link>https://paper.example/{}</link>{}</item>"


def item(inner: str) -> bytes:
    return rss(ITEM.format(1, inner))


def zipped(body: bytes) -> bytes:
    return gzip.compress(body, 6)


MORE: dict[str, Callable[[], bytes]] = {
    "gzip of 2 million items": lambda: zipped(b"<rss><channel>" + b"<item/>" * 2_000_000),
    "gzip of nested elements": lambda: zipped(b"<rss><channel>" + b"<a>" * 5_000_000),
    "gzip of Arabic letters": lambda: zipped(b"<rss><channel><item><title>" + "س".encode() * 8_000_000),
    "gzip of pictographs": lambda: zipped(b"<rss><channel><item><title>" + "😀".encode() * 4_000_000),
    "gzip of a description of paragraphs": lambda: zipped(item("<description>" + "&lt;p&gt;x" * 400_000)),
    "gzip of a page": lambda: zipped(page("<p>س<b>x" * 1_500_000)),
    "UTF-16 of 8 million letters": lambda: titled("x" * 8_000_000).decode().encode("utf-16"),
    "JSON of 300,000 items": lambda: bytes(JSON_FEED + ",".join(['{"id":"1","title":"t"}'] * 300_000) + "]}", "utf-8"),
    "JSON with a number of a million digits": lambda: bytes(
        f'{JSON_FEED}{{"id":{"1" * 1_000_000},"title":"t"}}]}}', "utf-8"
    ),
    "JSON cut among a million brackets": lambda: bytes(
        JSON_FEED + '{"id":"1","title":"t"},' + "}" * 1_000_000, "utf-8"
    ),
    "JSON with infinities": lambda: bytes(f'{JSON_FEED}{{"id":1e999,"title":"t","date_published":1e999}}]}}', "utf-8"),
    "JSON with half a character": lambda: bytes(
        f'{JSON_FEED}{{"id":"1","title":"a\\ud800b","url":"\\udfff"}}]}}', "utf-8"
    ),
    "100,000 attributes in XML": lambda: rss("<item " + " ".join(f"a{i}='1'" for i in range(100_000)) + "/>"),
    "50,000 namespaces": lambda: rss("<item " + " ".join(f"xmlns:a{i}='u{i}'" for i in range(50_000)) + "/>"),
    "document types without end": lambda: b"<!DOCTYPE rss [" * 100_000 + titled("t"),
    "entities without end": lambda: titled("t", "<!DOCTYPE rss [" + "<!ENTITY a 'b'>" * 100_000),
    "number references without end": lambda: titled("&#" * 500_000),
    "ends of CDATA": lambda: titled("]]>" * 300_000),
    "a tag in a title without end": lambda: titled("&lt;b " * 300_000),
    "doubly encoded letters": lambda: titled("Ø§Ù„" * 500_000),
    "a link of a megabyte": lambda: rss(
        f"<item><title>t</title><link>https://a.example/{'x' * 1_000_000}</link></item>"
    ),
    "a GUID of a megabyte": lambda: item(f"<guid>{'x' * 1_000_000}</guid>"),
    "50,000 enclosures": lambda: item('<enclosure url="https://a.example/a.mp3"/>' * 50_000),
    "50,000 categories": lambda: item("<category>c</category>" * 50_000),
    "30,000 descriptions": lambda: item("<description>&lt;p&gt;text&lt;/p&gt;</description>" * 30_000),
    "authors of many": lambda: item("<author>a@b.example (x)</author>" * 20_000),
    "an xml:base of a megabyte": lambda: titled("t").replace(b"<item>", b"<item xml:base='" + b"x/" * 500_000 + b"'>"),
    "a date of many agos": lambda: item(f"<pubDate>{'منذ ساعة ' * 100_000}</pubDate>"),
    "a sitemap of 200,000": lambda: b"<urlset>" + b"<url><loc>https://a.example/x</loc></url>" * 200_000,
    "a sitemap of open tags": lambda: b"<urlset>" + b"<url><loc " * 300_000,
    "a sitemap of blanks": lambda: b"<urlset><url><loc>" + b" " * 3_000_000 + b"<",
    "a sitemap of open CDATA": lambda: b"<urlset><url>" + b"<loc><![CDATA[" * 200_000,
    "attributes in a description": lambda: item(
        "<description>&lt;p " + " ".join(f"a{i}=1" for i in range(100_000)) + "&gt;x</description>"
    ),
    "depth in a description": lambda: item("<description>" + "&lt;div&gt;" * 100_000 + "x</description>"),
    "a script of 4 MB": lambda: page("<script>window.a={" + '"b":' * 900_000 + "</script><p>x"),
    "scripts without end": lambda: page("<script>window.a = {" * 100_000),
    "deep JSON-LD": lambda: page('<script type="application/ld+json">' + '{"@graph":[' * 100_000 + "</script><p>x"),
    "100,000 metas": lambda: page("<meta name=a content=b>" * 100_000),
    "50,000 times": lambda: page("<time datetime=2025-12-11>x</time>" * 50_000),
    "50,000 pictures": lambda: page(
        "".join(f"<figure><img src=/{i}.jpg><figcaption>c</figcaption></figure>" for i in range(50_000))
    ),
    "50,000 headings": lambda: page("<h2>heading</h2><p>x</p>" * 50_000),
    "an inline picture of 3 MB": lambda: page("<img src='data:image/png;base64," + "A" * 3_000_000 + "'><p>x"),
    "millions of references": lambda: page("<p>" + "&nbsp;" * 600_000),
    "spans on every letter": lambda: page("<p>" + "<span>س</span>" * 100_000),
    "marks on every letter": lambda: page("<p>" + "<b>س</b> " * 60_000),
    "unclosed tables": lambda: page("<table><tr><td>x<td>y" * 30_000),
    "foster parents": lambda: page("<table>" * 1500 + "<p>x" * 20_000),
    "misnested formatting": lambda: page("<a><b><i><p>" * 8_000 + "x"),
    "adoption agency": lambda: page("<a href=x><p>" * 20_000 + "x"),
    "50,000 forms": lambda: page("<h1>A headline of a story</h1><div>" + "<form><input></form>" * 50_000 + "x"),
    "forms in forms' boxes": lambda: page("<h1>A headline of a story</h1>" + "<div><form><input></form>x" * 20_000),
    "boxes in boxes": lambda: page("<h1>A headline of a story</h1>" + "<div><p>Read also</p><a href=/x>y</a>" * 6_000),
    "cards and empty headings": lambda: page("<h2><a href=/x>Another story</a></h2>" * 300 + "<h3></h3>" * 50_000),
    "lines that ask to follow": lambda: page("<h1>A headline</h1>" + ("<p>" + "follow us on " * 20) * 6_000),
    "leaves left open": lambda: b"<rss><channel>" + b"<item><title>x<link>y<description>z" * 100_000,
    "dangerous links": lambda: page(
        "<article><h1>t</h1>"
        + "".join(
            f'<p>A long enough paragraph of text, to be kept as one. <a href="{href}">link</a></p>'
            for href in (
                "javascript:alert(1)",
                "java\nscript:alert(1)",
                " \x01javascript:x",
                "data:text/html,x",
                "file:///etc/passwd",
                "vbscript:x",
                "https://a.example/\u202egnp.exe",
                "//\x1b]0;x\x07",
                "http://a.example:0/",
                "http://[::1",
            )
        )
    ),
    "a dangerous base": lambda: (
        b"<html><head><base href='javascript:alert(1)//'></head><body><h1>t</h1><p>x <a href='y'>z</a>"
    ),
    "dangerous fields": lambda: item(
        "<guid>javascript:alert(1)</guid><enclosure url='file:///etc/passwd' type='\u202ea' length='9'/>"
        "<author>\u202ea\u001b[31m</author><source url='data:,x'>\u2066\u2066</source>"
        "<description>&lt;a href='jav&amp;#x09;ascript:alert(1)'&gt;x&lt;/a&gt;"
        "&lt;img src='data:image/svg+xml,x'&gt;</description>"
    ),
    "invisible letters": lambda: titled("\u200b\u200c\u200d\u2060\ufeff\u00ad\U000e0041" * 100_000),
}
