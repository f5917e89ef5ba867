"""Documents made to take memory: compressed to little, held by Python in two or four bytes a letter, kept in pieces."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.sources.hostile import JSON_FEED, page, rss, titled
from tests.sources.hostile_more import item, zipped

MEGA = 1_000_000

MEMORY: dict[str, Callable[[], bytes]] = {
    "gzip of a feed with one pictograph": lambda: zipped(titled("😀" + "x" * 15 * MEGA)),
    "gzip of a feed with one Arabic letter": lambda: zipped(titled("س" + "x" * 15 * MEGA)),
    "gzip of many texts with one pictograph": lambda: zipped(rss("<item><title>😀 &amp; y</title></item>" * 400_000)),
    "gzip of descriptions with one pictograph": lambda: zipped(
        item(f"<title>😀</title><description>{'&lt;p&gt;x &amp;amp; y&lt;/p&gt;' * 500_000}</description>")
    ),
    "gzip of a page with one pictograph": lambda: zipped(page("😀" + "<p>x y<b>z</b>" * MEGA)),
    "gzip of one paragraph with one pictograph": lambda: zipped(page("<p>😀" + "word " * 3 * MEGA)),
    "gzip of cells with one pictograph": lambda: zipped(page("😀<table>" + "<tr><td>x<td>y" * MEGA)),
    "gzip of links": lambda: zipped(
        page("".join(f"<a href=/p{i % 90}/{i}>a headline of news {i}</a>" for i in range(200_000)))
    ),
    "gzip of JSON with one pictograph": lambda: zipped(
        f'{JSON_FEED}{{"id":"1","title":"😀","content_html":"{"<p>x</p>" * 1_800_000}"}}]}}'.encode()
    ),
    "gzip of JSON of lists": lambda: zipped(
        f'{JSON_FEED}{{"id":"1","title":"t","x":[{"[],[]," * 2_500_000}[]]}}]}}'.encode()
    ),
    "gzip of JSON of keys": lambda: zipped(
        f'{JSON_FEED}{{"id":"1","title":"t","x":{json.dumps({f"k{i}": i for i in range(900_000)})}}}]}}'.encode()
    ),
    "gzip of a sitemap with one pictograph": lambda: zipped(
        ("<urlset><url><loc>/😀</loc></url>" + "<url><loc>https://a.example/x</loc></url>" * 370_000).encode()
    ),
    "gzip of a script of lists": lambda: zipped(page(f"<script>window.a = {{'b': [{'[],' * MEGA}]}}</script><p>x")),
    "gzip of JSON-LD": lambda: zipped(
        page(f'<script type="application/ld+json">{{"@graph":[{"[{}],{},[[]]," * 150_000}{{}}]}}</script><p>x')
    ),
    "gzip of UTF-16": lambda: zipped(titled("س😀" * 2 * MEGA).decode().encode("utf-16")),
    "gzip of single-byte letters": lambda: zipped(titled("x").replace(b"x", "السلام ".encode("cp1256") * 2 * MEGA)),
    "gzip of doubly encoded letters": lambda: zipped(titled("Ø§Ù„" * 1_700_000)),
    "gzip of ampersands": lambda: zipped(titled("&a " * 5 * MEGA)),
    "gzip of CDATA sections": lambda: zipped(titled("<![CDATA[x]]>" * 1_200_000)),
    "gzip of elements nobody knows": lambda: zipped(rss("<item><title>t</title>" + "<a>x</a>" * 1_900_000 + "</item>")),
    "gzip of namespaces": lambda: zipped(rss("<item>" + "<a:b xmlns:a='urn:a'/>" * 700_000 + "</item>")),
    "gzip of comments": lambda: zipped(page("<!-- x -->" * 1_500_000 + "<p>x")),
}
