"""Documents made to hurt: entity bombs, quadratic patterns, depth, size. Each is a small program, not a file."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable


def rss(items: str, doctype: str = "") -> bytes:
    return f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()


def titled(title: str, doctype: str = "") -> bytes:
    return rss(f"<item><title>{title}</title></item>", doctype)


def page(text: str) -> bytes:
    return f"<html><body>{text}".encode()


def laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    return titled("&l9;", f'<!DOCTYPE x [<!ENTITY l0 "lol">{levels}]>')


JSON_FEED = '{"version":"https://jsonfeed.org/version/1","items":['

DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "billion laughs": laughs,
    "quadratic entity": lambda: titled("&a;" * 50_000, f'<!DOCTYPE x [<!ENTITY a "{"b" * 50_000}">]>'),
    "external entity": lambda: titled("&x;", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "comments in a description": lambda: rss(
        f"<item><title>t</title><description>{'&lt;!--' * 200_000}</description></item>"
    ),
    "comments in a feed": lambda: rss("<item><title>t</title>" + "<!--" * 200_000 + "</item>"),
    "comments in a page": lambda: page("<p>x" + "<!--" * 200_000),
    "author of 80 kB": lambda: rss(f"<item><title>t</title><author>{'a' * 80_000}</author></item>"),
    "author in 40,000 pieces": lambda: rss(
        f"<item><title>t</title><author>{'<![CDATA[a@]]>' * 40_000}</author></item>"
    ),
    "editor of 80 kB": lambda: rss(f"<managingEditor>{'a.' * 40_000}</managingEditor>"),
    "50,000 deep": lambda: page("<div>" * 50_000 + "deep"),
    "20,000 deep inline": lambda: page("<a href=x><b>" * 20_000 + "deep"),
    "20,000 deep lists": lambda: page("<ul><li>x" * 20_000),
    "30,000 deep quotes": lambda: page("<blockquote>" * 30_000 + "deep"),
    "10,000 deep tables": lambda: page("<table><tr><td>" * 10_000 + "deep"),
    "100,000 attributes": lambda: page("<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">x"),
    "deep XML": lambda: b"<rss><channel>" + b"<a>" * 100_000,
    "deep JSON": lambda: bytes(f"{JSON_FEED}{'[' * 200_000}", "utf-8"),
    "title of 3 million letters": lambda: titled("س" * 3_000_000),
    "a million ampersands": lambda: titled("&" * 1_000_000),
    "open CDATA sections": lambda: titled("<![CDATA[" * 100_000),
    "a million angle brackets": lambda: b"<rss>" + b"<" * 1_000_000,
    "roots without end": lambda: b"<rss " * 100_000,
    "declarations without end": lambda: b"<?xml " * 300_000,
    "zip": lambda: b"PK\x03\x04" + b"x" * 1000,
    "gzip bomb": lambda: gzip.compress(b"<rss>" + b"a" * 100_000_000),
    "60,000 items": lambda: rss("".join(f"<item><title>t{i}</title></item>" for i in range(60_000))),
    "50,000 headlines": lambda: page(
        "".join(f"<h2><a href='/a/{i}'>headline number {i} here</a></h2>" for i in range(50_000))
    ),
    "noise in noise": lambda: page("<div class='share'><p>a long text here to count</p>" * 3000),
    "wide table": lambda: page("<table><tr>" + "<td colspan=1000>x" * 50_000),
    "date lines": lambda: page("<p>نشر في " * 100_000),
    "half a million line breaks": lambda: page("a<br>" * 500_000),
    "a title of blanks": lambda: titled(" \n" * 2_000_000),
    "blanks": lambda: page("<p>" + " \n" * 2_000_000 + "x"),
    "numbers for a date": lambda: rss("<item><title>t</title><pubDate>" + "1 " * 1_000_000 + "</pubDate></item>"),
    "marks on one letter": lambda: titled("a" + "\u0301" * 500_000),
    "random bytes": lambda: random.Random(1).randbytes(2_000_000),
    "zero bytes": lambda: b"\0" * 5_000_000,
    "escape sequences": lambda: titled("\x1b]52;c;aGk=\x07\x9b31m\u202e\u2066a" * 10_000),
}
