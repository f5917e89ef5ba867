"""Plain text of a feed's titles and bodies, and whether a body is the whole story or a teaser."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from tui.news.isolates import packed
from tui.news.model import Block, Figure, Paragraph, Text
from tui.news.plain import paragraphs
from tui.sources.blocks import blocks_of_html
from tui.sources.inline import finish, safe

TITLE_LIMIT = 2000
_TAGS = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|small|span|strike|"
    r"strong|sub|sup|tt|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_TWICE = re.compile(r"&(?:amp|quot|#0?39|#8217|nbsp);")
"""References that are left when a title was escaped once more than its format asks."""
_CUT = re.compile(
    r"(?:\(\s*(?:\.\.\.|…)\s*\)|\[\s*(?:\.\.\.|…|&hellip;)\s*\]|…|\.\.\.+|(?:read|continue|lire|voir) (?:more|"
    r"reading|la suite|l'article|plus).{0,40}|"
    r"(?:اقرأ|إقرأ|أقرأ) (?:المزيد|أكثر|بقية).{0,20}|المزيد|تتمة.{0,20}|ادامه (?:مطلب|خبر).{0,10}|قراءة المزيد|"
    r"קרא(?:ו)? עוד.{0,10}|להמשך.{0,20}|مزید پڑھیں.{0,10})\W*$",
    re.IGNORECASE,
)
_FIRST_SEEN = re.compile(
    r"(?:the post|(?:l.|cet )article|ظهرت? (?:المقالة|المقال|التدوينة)|הפוסט|نوشته)\b.{1,400}\b(?:(?:first )?appeared "
    r"(?:first )?on|(?:est apparu|a été publié) en premier sur|أولا?ً? (?:على|في)|הופיע לראשונה ב|"
    r"اولین بار در).{0,200}",
    re.IGNORECASE | re.DOTALL,
)
"""What WordPress writes under every story of a feed: "The post … appeared first on …"."""
FULL_LENGTH = 700
"""A body of this many characters that does not end in an ellipsis is taken for the whole story."""


_LETTERS_TWICE = re.compile(r"&amp;(?=[A-Za-z]{1,2}(?:acute|grave|circ|uml|cedil|tilde|ring|slash|lig);)")
"""Letters that were escaped once more than the format asks."""
_ESCAPED_TWICE = re.compile(r"\s*&lt;(?:p|div|b|strong|a|img|br|span|h[1-6]|ul|ol|figure|table)\b")
"""The beginning of a body whose tags were escaped once more than its format asks."""


def _escaped_twice(value: str) -> bool:
    """True when every tag of a body was escaped once more than its format asks. Linear in its length."""
    start = _ESCAPED_TWICE.match(value)
    return start is not None and "<" not in value and value.find("&gt;", start.end()) >= 0


def _unwrapped(value: str) -> str:
    """``value`` without the marks of a CDATA section that was escaped itself."""
    if "<![CDATA[" not in value:
        return value
    return value.replace("<![CDATA[", "").replace("]]>", "")


def title_text(value: str, *, markup: bool) -> str:
    """A title as one safe line. ``markup``: tags and references in it are markup (RSS), not text (Atom's type=text)."""
    return safe(_bare(value, markup), limit=TITLE_LIMIT)


def title_isolates(value: str, title: str, *, markup: bool) -> str:
    """What is isolated in a title that ``title_text`` made of ``value``, as ``tui.news.isolates.packed`` writes it."""
    bare = " ".join(_bare(value, markup).split())
    if not any(map(bare.__contains__, "\u2066\u2067\u2068")):
        return ""
    text = finish(bare, ())
    return packed(text.marks) if text.text == title else ""


def _bare(value: str, markup: bool) -> str:
    value = _unwrapped(value.strip()[: 4 * TITLE_LIMIT])
    if markup and ("<" in value or "&" in value):
        value = _PROGRAM.sub("", value)
        value = _TAGS.sub(" " if "<br" in value.lower() else "", value)
        if _REFERENCE.search(value):
            value = html.unescape(value)
            if _TWICE.search(value):
                value = html.unescape(value)
            if "<" in value:
                value = _TAGS.sub("", _PROGRAM.sub("", value))
    return value


def body_blocks(value: str, base: str, *, markup: bool) -> tuple[Block, ...]:
    """A body's blocks, from HTML or from plain text with blank lines between paragraphs."""
    value = _unwrapped(value)
    if markup and ("<" in value or "&" in value):
        if _escaped_twice(value):
            value = html.unescape(value)
        if len(_LETTERS_TWICE.findall(value)) > 1:  # one may be what is talked about
            value = _LETTERS_TWICE.sub("&", value)
        return _without_origin(blocks_of_html(value, base))
    pieces = (finish(piece.strip(), ()) for piece in re.split(r"\r?\n[ \t]*\r?\n\s*", value))
    return _without_origin(tuple(Paragraph(piece) for piece in pieces if piece.text))


def _without_origin(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """``blocks`` without a last paragraph that only says where they stood first."""
    last = blocks[-1] if blocks else None
    return blocks[:-1] if isinstance(last, Paragraph) and _FIRST_SEEN.fullmatch(last.text.text) else blocks


def text_of(blocks: Sequence[Block]) -> str:
    """The text of blocks, a paragraph a line, pictures left out."""
    return "\n".join(paragraphs(block for block in blocks if not isinstance(block, Figure)))


def is_full(text: str) -> bool:
    """True when ``text`` reads like a whole story rather than its beginning."""
    return len(text) >= FULL_LENGTH and not _CUT.search(text[-80:])


def plain_text(value: str, base: str, *, markup: bool) -> Text:
    """A body as one text."""
    return Text(text_of(body_blocks(value, base, markup=markup)))
