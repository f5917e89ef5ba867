"""The links of an article, listed below it: on a terminal that knows links, each leads to its address (OSC 8)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from tui.bidi.sanitize import sanitize
from tui.locale import Locale
from tui.news.model import Article


def of(article: Article) -> list[tuple[str, str]]:
    """(text, address) of the links worth listing: of the web, each address once, not the article's own."""
    found: dict[str, str] = {}
    for link in article.links:
        if _is_web(link.url) and link.url != article.source_link:
            found.setdefault(link.url, sanitize(link.text))
    return [(text, url) for url, text in found.items()]


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def listed(article: Article, locale: Locale) -> Iterator[str]:
    """The list as logical text: number, text, address; a blank line and a heading before it."""
    for number, (text, url) in enumerate(of(article), 1):
        if number == 1:
            yield ""
            yield locale.text("script.links")
        yield " ".join(filter(None, (f"[{number}]", text, sanitize(url))))


def print_links(article: Article, locale: Locale, width: int, mode: str) -> None:
    """The list on a terminal: the text in its own direction, the address on an unbroken line below it."""
    from tui.bidi.layout import lay_out
    from tui.terminal.lines import LineWriter

    links = of(article)
    if not links:
        return
    with LineWriter.open(mode) as writer:
        writer.write("")
        for number, (text, url) in enumerate(links, 1):
            for line in lay_out(f"[{number}] {text}", width, base=int(locale.rtl)):
                visual = "".join(piece.text for piece in line.pieces())
                writer.write(" " * (width - line.cells) + visual if line.level else visual, link=url)
            writer.write(f"    {sanitize(url)}", link=url)
