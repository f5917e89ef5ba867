"""A feed's text made well-formed enough for an XML parser, without touching what it says.

Removes what stands before and after the feed, the document type (its short entities are filled in first, so an entity
bomb has nothing to expand), characters XML forbids, and escapes bare ampersands and HTML's named entities.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

_START = re.compile(
    r"<\?xml\b|<!DOCTYPE\s+(?:rss|feed|rdf|urlset)|<(?:\w{1,20}:)?(?:rss|feed|rdf|channel|entry|urlset|sitemapindex)\b",
    re.IGNORECASE,
)
_ROOT = re.compile(
    r"<((?:\w{1,20}:)?(?:rss|feed|rdf|channel|urlset|sitemapindex|opml))(?=[\s>/])[^<>]*>", re.IGNORECASE
)
_DECLARATION = re.compile(r"\s*<\?xml[^<>]*>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[(?P<subset>.*?)\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"""<!ENTITY\s+(\w{1,40})\s+(?:"([^"&<%]{0,200})"|'([^'&<%]{0,200})')\s*>""")
_SUBSET_LIMIT = 20_000
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*+[ -/]*+[@-~]?|\][^\x07\x1b<]*+(?:\x07|\x1b\\)?)")
_C1 = re.compile("[\x80-\x9f]")
_LEGAL = re.compile("[\t\n\r -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*+").fullmatch
"""Nothing illegal and no C1: one pass, a tenth of the time of looking for either."""
_BARE = re.compile(r"&(?:amp(?![;\w=]))?(?!#|[A-Za-z][A-Za-z0-9]{1,31};)")
"""An ampersand by itself, or as a reference without its end."""
_REFERENCE = re.compile(
    r"&(?!(?:lt|gt|amp|quot|apos);)(?:#(\d{1,9}|[xX][0-9a-fA-F]{1,8});?|([A-Za-z][A-Za-z0-9]{1,31});|(?=#))"
)
"""A reference that XML does not know by itself, or a number sign without a number."""
_PIECE = 100_000
_BETWEEN = re.compile(r"[^&#\w;]")
_LEAF = "title|link|description|pubDate|guid|summary|author|category|comments|dc:date|dc:creator|content:encoded"
_UNCLOSED = re.compile(
    rf"(<({_LEAF})(?:\s[^<>]{{0,500}}+)?(?<!/)>)([^<]*+(?:<(?!/\2\b|/?(?:{_LEAF}|item|entry|channel|rss)\b)[^<]*+)*+)"
    rf"(?=<(?:/(?:item|entry|channel|rss)|{_LEAF}|item|entry)\b)",
    re.IGNORECASE,
)
_VOID_LINK = re.compile(r"<link\s*/>\s*+(https?://[^\s<]{1,4000}+)", re.IGNORECASE)
"""A feed that went through a parser of HTML, which knows no link with something in it."""
_ITEM = re.compile(r"(?=<item[\s>])", re.IGNORECASE)
_PAIR = re.compile(r"&#(5[5-6]\d{3}|[xX][dD][89abAB][0-9a-fA-F]{2});&#(5[6-7]\d{3}|[xX][dD][c-fC-F][0-9a-fA-F]{2});")


def clean_xml(text: str) -> str:
    """``text`` with a single XML declaration for UTF-8 in front and nothing an XML parser refuses for its letters."""
    text = _framed(text)
    entities: dict[str, str] = {}
    doctype = _DOCTYPE.search(text[:_SUBSET_LIMIT])
    if doctype:
        for name, double, single in _ENTITY.findall(doctype["subset"] or "")[:200]:
            entities[name] = double or single
        text = text[: doctype.start()] + text[doctype.end() :]
    if "\x1b" in text:
        text = _SEQUENCE.sub("", text)
    if not _LEGAL(text):
        text = _C1.sub(_from_windows, _ILLEGAL.sub("", text))
    text = _VOID_LINK.sub(r"<link>\1</link>", text)
    parts = [_escape(part, entities) if not cdata and "&" in part else part for part, cdata in _sections(text)]
    return '<?xml version="1.0" encoding="utf-8"?>' + "".join(parts)


def close_elements(text: str) -> str:
    """``text`` with the elements that hold an item's texts closed where the next begins or the item ends."""
    text = "".join(part if cdata else _UNCLOSED.sub(r"\1\3</\2>", part) for part, cdata in _sections(text))
    *parts, last = _ITEM.split(text)  # the last may be cut, and then says what it holds
    return "".join(f"{part}</item>" if _open_item(part) else part for part in parts) + last


def _open_item(part: str) -> bool:
    return bool(_ITEM.match(part)) and "</item" not in part.lower()


def _sections(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a CDATA section."""
    place = 0
    while (start := text.find("<![CDATA[", place)) >= 0 and (end := text.find("]]>", start)) >= 0:
        if start > place:
            yield from ((piece, False) for piece in _pieces(text, place, start))
        yield text[start : end + 3], True
        place = end + 3
    yield from ((piece, False) for piece in _pieces(text, place, len(text)))


def _pieces(text: str, start: int, end: int) -> Iterator[str]:
    """A stretch of the text in pieces that are replaced one by one, cut where no reference stands.

    All of it at once would keep a string for every reference.
    """
    while end - start > _PIECE:
        cut = _BETWEEN.search(text, start + _PIECE, min(start + 2 * _PIECE, end))
        stop = cut.end() if cut else start + _PIECE
        yield text[start:stop]
        start = stop
    yield text[start:end]


def _framed(text: str) -> str:
    """The document from its declaration or root tag to the root's last end tag."""
    start = _START.search(text)
    if start:
        place = start.start()
        while declaration := _DECLARATION.match(text, place):
            place = declaration.end()
        text = text[place:]
    root = _ROOT.search(text)
    if root and not root[0].endswith("/>"):
        end = text.rfind(f"</{root[1]}")
        close = text.find(">", end) if end > root.end() else -1
        if close > 0:
            text = text[: close + 1]
    return text


def _from_windows(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("cp1252", "ignore")


def _escape(text: str, entities: dict[str, str]) -> str:
    text = _PAIR.sub(_join_pair, text)

    def reference(match: re.Match[str]) -> str:
        number, name = match.groups()
        if number:
            return _character(int(number[1:], 16) if number[0] in "xX" else int(number))
        if not name:
            return "&amp;"
        if name in entities:
            return html.escape(entities[name])
        character = html5.get(name + ";")
        return character or "&amp;" + name + ";"

    return _REFERENCE.sub(reference, _BARE.sub("&amp;", text))


def _join_pair(match: re.Match[str]) -> str:
    """Two references to UTF-16 halves are one character."""
    high, low = (int(half[1:], 16) if half[0] in "xX" else int(half) for half in match.groups())
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)) if high < 0xDC00 <= low < 0xE000 else ""


def _character(code: int) -> str:
    """A numeric reference an XML parser takes; those HTML maps to windows-1252 as it does; nothing for the rest."""
    if 0x80 <= code <= 0x9F:
        return bytes((code,)).decode("cp1252", "ignore")
    if code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000:
        return f"&#{code};"
    return ""
