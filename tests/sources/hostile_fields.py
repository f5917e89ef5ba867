"""Documents made to hurt, by what they put in their fields: signals to terminals, wide letters, addresses that act."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable

from tests.sources.hostile import JSON_FEED, page, rss, titled

SIGNALS = "\x1b]0;x\x07\x1b[2J\x1b]52;c;eA==\x07\x9b31m\x90q\x9c\u202e\u2066\u2067\u200f\u061c"
WORDS = "words of a story, and more of them. "
STORY = f"<h1>A title of some story</h1><p>{WORDS * 20}</p>"
SCHEMES = (
    "javascript:alert(1)", "java\nscript:alert(1)", "\x01javascript:x", "feed:javascript:x", "https:javascript:x",
    "data:text/html,x", "vbscript:x", "file:///etc/passwd", "view-source:x", "blob:https://p.example/x", "intent://x",
    "https://p.example\\@other.example/", "http://[::1", "\u202ejavascript:x", "&#106;avascript:x", "ftp://p.example/x",
)  # fmt: skip
DATES = (
    "1 ", "1-", "منذ ", "يناير ", "12:", "2 hours ", "بيست و ", "heure de la ", "توقيت مدينه ", "a/", "9", "1 من ",
    "1 ساعة و", "شام ", "2025-",
)  # fmt: skip
PLACES = ("../", "a=1&amp;", "%", "a/./", "#", "@", "feed:", "www.", "a.")


def signals_in_a_feed() -> bytes:
    said = SIGNALS.replace("\x1b", "&#27;").replace("\x07", "&#7;").replace("\x9b", "&#155;")
    return rss(
        f"<item><title>{said}t</title><link>https://p.example/{said}?{said}#{said}</link><guid>{said}javascript:x</guid>"
        f"<author>{said} a@p.example ({said})</author><category>{said}</category><source url='{said}'>{said}</source>"
        f"<enclosure url='https://p.example/{said}.mp3' type='audio/{said}' length='{said}'/>"
        f"<description>&lt;a href='https://p.example/{said}' title='{said}'&gt;{said}&lt;/a&gt;"
        f"&lt;pre&gt;{said}&lt;/pre&gt;"
        f"&lt;img src='https://p.example/{said}' alt='{said}'&gt;</description></item>"
        "<item><title>&amp;#27;[31m&amp;#x9b;1m&amp;#8238;red &amp;amp;#27;]0;x&amp;amp;#7;</title></item>"
    )


def signals_in_json() -> bytes:
    said = SIGNALS
    item = {
        "id": f"{said}x", "url": f"https://p.example/{said}", "title": f"{said}T", "tags": [said], "image": f"x{said}",
        "content_html": f"<p>{said}text</p><a href='java\tscript:x'>x</a>", "authors": [{"name": said}],
        "attachments": [{"url": f"https://p.example/{said}", "mime_type": said}], "date_published": said,
    }  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": said, "language": said, "items": [item]}
    return json.dumps(feed).encode()


def signals_in_a_page() -> bytes:
    said = SIGNALS
    return (
        f"<html lang='{said}'><head><title>{said}T</title><meta property=og:title content='{said}Title'>"
        f"<meta name=author content='{said}'><link rel=canonical href='https://p.example/{said}'></head>"
        f"<body>{STORY}<p>{said}{WORDS}{said}</p><figure><img src='https://p.example/{said}' alt='{said}'>"
        f"<figcaption>{said}</figcaption></figure><table><tr><td>{said}</table><pre>{said}</pre><ul><li>{said}</ul>"
    ).encode()


def schemes_in_a_feed() -> bytes:
    return rss(
        "".join(
            f"<item><title>t{i}</title><link>{s}</link><guid>{s}</guid><enclosure url='{s}'/>"
            f"<description>&lt;a href='{s}'&gt;x&lt;/a&gt;&lt;img src='{s}'&gt;</description></item>"
            for i, s in enumerate(SCHEMES)
        )
    )


def wide() -> bytes:
    bombs = (
        "\U0001f468\u200d\U0001f469" * 20_000,
        "\ufdfd" * 50_000,
        "\u200d" * 300_000 + "x",
        "a" + "\ufe0f" * 300_000,
        "\U0001f3f4" + "\U000e0061" * 200_000,
        "\u115f" * 100_000,
        "e" + "\u0301\u0489" * 200_000,
    )
    return rss("".join(f"<item><title>{bomb}</title></item>" for bomb in bombs))


def noise() -> bytes:
    return b"\x1f\x8b\x08\x00" + random.Random(7).randbytes(2_000_000)


FIELDS: dict[str, Callable[[], bytes]] = {
    "signals in every field of a feed": signals_in_a_feed,
    "signals in every field of JSON": signals_in_json,
    "signals in every field of a page": signals_in_a_page,
    "addresses that act in a feed": schemes_in_a_feed,
    "addresses that act in a page": lambda: page(
        STORY + "".join(f"<p><a href='{s}'>link with words</a><img src='{s}'>" for s in SCHEMES)
    ),
    "a base that acts": lambda: b"<base href='javascript:x//'><link rel=canonical href='data:x'>" + page(STORY),
    "widths": wide,
    "noise that begins like gzip": noise,
    "gzip in gzip": lambda: gzip.compress(gzip.compress(gzip.compress(titled("x" * 30_000_000)))),
    "zeros between all letters": lambda: b"\0".join(bytes([b]) for b in titled("t" * 100_000)),
    "dates that never end": lambda: rss(
        "".join(f"<item><title>{i}</title><pubDate>{d * 100_000}</pubDate></item>" for i, d in enumerate(DATES))
    ),
    "addresses that never end": lambda: rss(
        "".join(
            f"<item><title>{i}</title><link>https://p.example/{p * 100_000}</link></item>" for i, p in enumerate(PLACES)
        )
    ),
    "headlines of separators": lambda: (
        f"<title>{' - '.join('x' * 200_000)}</title><h1>{' | '.join('y' * 200_000)}</h1>".encode() + page(STORY)
    ),
    "a million empty items": lambda: rss("<item/>" * 1_000_000),
    "a million empty entries": lambda: b"".join((JSON_FEED.encode(), b"{}," * 1_000_000, b"{}]}")),
    "a line of 10 MB": lambda: page("<h1>T</h1><p>" + "a" * 10_000_000),
    "hidden words": lambda: page(
        STORY + "<p style='font-size:0;left:-9999px'>x</p><div style='display:none'>" * 20_000
    ),
    "buttons": lambda: page(
        STORY + f"<p>{'image caption close image 1 of 3 next ' * 3}!</p>" * 10_000 + "<p>" + "Close<br>" * 100_000
    ),
    "furniture": lambda: page(
        STORY + "".join(f"<p>{w * 40}</p>" for w in ("follow ", "on the ", "to the full ") * 4000)
    ),
    "noscript in noscript": lambda: page("<noscript>" * 30_000 + f"<p>{WORDS * 100}"),
    "many noscripts": lambda: page(f"<noscript>{WORDS * 60}</noscript>" * 3000),
    "JSON cut in a string": lambda: f'{JSON_FEED}{{"id":"1","title":"'.encode() + b'\\"' * 2_000_000,
    "links that went through HTML": lambda: rss("<item><title>t</title>" + "<link/>https://" * 300_000),
    "boxes of items in boxes": lambda: rss("<items>" * 50_000 + "<item><title>t</title></item>"),
    "parts of one page": lambda: rss(
        "".join(
            f"<item><guid>https://p.example/x#{i}</guid><description>d{i}</description></item>" for i in range(9000)
        )
    ),
    "readings over signs": lambda: page(STORY + "<p>" + "<ruby>x<rt>y" * 100_000),
    "half a UTF-16": lambda: b"\xff\xfe" + titled("ab" * 200_000).decode().encode("utf-16-le")[:-1],
    "drawings in drawings": lambda: page(STORY + "<svg><foreignObject><p>" * 20_000 + "<math><mi>" * 20_000),
}
"""Each made here and now: a name, and the document."""
