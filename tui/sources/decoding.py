"""Bytes to text: the character encoding of a feed or a page.

In this order: byte order mark, valid UTF-8, UTF-8 with few errors (one bad byte costs one character), the HTTP
charset, the declaration inside the document (both by the WHATWG names: "latin1" is windows-1252), and the statistics
of the letters for windows-1256, ISO 8859-6, windows-1255 and windows-1251, else windows-1252.
"""

from __future__ import annotations

import codecs
import re
import sys
import zlib
from dataclasses import dataclass

MAX_BYTES = 16 * 1024 * 1024
MAX_MEMORY = 20 * 1024 * 1024
"""Bytes that a decoded text may take."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']?\s*([\w.:-]{1,40})|<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_HTTP_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_DEFAULTS = frozenset(("cp1252", "iso8859-15"))
"""What servers and editors say of text of any encoding."""
_ALIASES = {
    "iso8859-1": "cp1252", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "l1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso8859-9": "cp1254", "latin5": "cp1254", "x-cp1250": "cp1250", "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-cp1254": "cp1254", "x-cp1255": "cp1255", "x-cp1256": "cp1256", "win-1256": "cp1256", "win1256": "cp1256",
    "windows1256": "cp1256",
    "windows-1256": "cp1256", "1256": "cp1256", "arabic": "iso8859-6", "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6",
    "asmo-708": "iso8859-6", "hebrew": "iso8859-8", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8",
    "logical": "iso8859-8",
    "visual": "iso8859-8", "win-1255": "cp1255", "windows1255": "cp1255", "unicode": "utf-16-le",
    "ucs-2": "utf-16-le", "utf-16": "utf-16-le",
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932", "tis-620": "cp874", "x-mac-cyrillic": "mac-cyrillic", "x-x-big5": "big5",
}  # fmt: skip
CODECS = frozenset((
    "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874",
    "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10",
    "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic",
    "gb18030", "big5", "cp932", "cp949", "euc_jp", "iso2022_jp",
    "mac-arabic", "cp437", "cp720", "cp850", "cp852", "cp862", "cp864", "cp866",
))  # fmt: skip
"""The encodings of the web (WHATWG Encoding, 4.2) by Python's names, and those of old Arabic and Hebrew systems.

The parser process loads them before it gives up its files; any other label is none.
"""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's text, the encoding it was in, and what went wrong on the way."""

    text: str
    encoding: str
    errors: tuple[str, ...] = ()


def unpack(body: bytes) -> tuple[bytes, tuple[str, ...]]:
    """``body`` without the gzip wrapping a file may have come in, cut at ``MAX_BYTES``; and the errors met."""
    errors: tuple[str, ...] = ()
    if body[:3] == b"\x1f\x8b\x08":
        engine = zlib.decompressobj(31)
        try:
            body = engine.decompress(body, MAX_BYTES + 1)
            if not engine.eof and len(body) <= MAX_BYTES:
                errors = ("The compressed file is cut short.",)
        except zlib.error:
            return b"", ("The compressed file is damaged.",)
    if len(body) > MAX_BYTES:
        return body[:MAX_BYTES], ("The document is larger than 16 MB and was cut there.",)
    return body, errors


def decode(body: bytes, *, content_type: str = "") -> Decoded:
    """The text of ``body``; never raises. ``content_type`` is the HTTP header's value."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _lossy(body[len(mark) :], encoding)
    wide = _wide(body)
    if wide:
        return _lossy(body, wide)
    declared = _declared(body)
    http = _http_charset(content_type)
    if b"\x1b" in body and declared and declared.startswith("iso2022"):
        return _lossy(body, declared)
    try:
        return Decoded(repaired(body.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(body):
        return _lossy(body, "utf-8")
    guessed = guess_single_byte(body)
    for encoding in (http, declared):
        if encoding and not encoding.startswith("utf") and encoding not in _DEFAULTS:
            decoded = _lossy(body, encoding)
            if not decoded.errors or guessed != "cp1252":  # a server's default put on a page of accents
                return decoded
    if guessed == "cp1252":
        guessed = next((e for e in (http, declared) if e in _DEFAULTS), guessed)
    return _lossy(body, guessed)


def bounded(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` cut where it takes more than ``MAX_MEMORY``; and the error met.

    One pictograph makes Python hold every letter of a text in four bytes.
    """
    size = sys.getsizeof(text)
    if size <= MAX_MEMORY:
        return text, ()
    length = len(text) * MAX_MEMORY // size
    return text[:length], (f"The document is longer than {length} characters and was cut there.",)


def _lossy(body: bytes, encoding: str) -> Decoded:
    text = body.decode(encoding, "replace")
    bad = text.count("\ufffd")
    errors = (f"{bad} characters could not be read as {encoding}.",) if bad else ()
    return Decoded(text, encoding, errors)


def _wide(body: bytes) -> str:
    """UTF-16 without a byte order mark, seen by the zero bytes of its first ASCII characters."""
    head = body[:64]
    if len(head) < 8 or b"\0" not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 3 and even <= 1:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 3 and odd <= 1 else ""


def _codec(name: str) -> str:
    """The Python codec a label means, or "" when it is none that decodes text."""
    label = name.strip().lower()
    label = _ALIASES.get(label, label)
    try:
        found = codecs.lookup(label).name
    except (LookupError, OSError):  # the parser process can load no other
        return ""
    found = _ALIASES.get(found, found)
    return found if found in CODECS else ""


def _declared(body: bytes) -> str:
    match = _DECLARATION.search(body[:4096])
    return _codec((match[1] or match[2]).decode("ascii", "ignore")) if match else ""


def _http_charset(content_type: str) -> str:
    match = _HTTP_CHARSET.search(content_type)
    return _codec(match[1]) if match else ""


def _mostly_utf8(body: bytes) -> bool:
    """True when more of what is beyond ASCII is UTF-8 than is not: a sequence of it hardly ever comes about by chance,
    and a paper that pastes a headline of another encoding does not change that of the others."""
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return good > bad


_HIGH = re.compile(rb"[\x80-\xff]+")


def guess_single_byte(body: bytes) -> str:
    """The single-byte encoding whose letters ``body`` most likely holds, by how often each byte stands where."""
    runs = _HIGH.findall(body[:400_000])
    high = b"".join(runs)
    if not high:
        return "cp1252"
    if len(high) < 2.2 * len(runs):
        return "cp1252"  # accents among ASCII letters: a word of other letters has more than two of them in a row
    letters = [byte for byte in high if byte >= 0xC0]
    total = len(letters) or 1

    def share(*wanted: range) -> float:
        return sum(1 for byte in letters if any(byte in span for span in wanted)) / total

    if share(range(0xE0, 0xFB)) > 0.93 and share(range(0xFB, 0x100)) < 0.01:
        return "cp1255"
    alef_lam = share(range(0xC7, 0xC8)) + share(range(0xE1, 0xE2))
    if share(range(0xE0, 0x100)) > 0.80 and share(range(0xC7, 0xC8)) < 0.03:
        return "cp1251"
    # The article "al": C7 E1 in windows-1256, C7 E4 in ISO 8859-6, where EA is the letter ya.
    if high.count(b"\xc7\xe4") > high.count(b"\xc7\xe1") and high.count(b"\xea") > high.count(b"\xed"):
        return "iso8859-6"
    return "cp1256" if alef_lam > 0.05 or share(range(0xC1, 0xDC)) > 0.25 else "cp1252"


_SLOPPY = {
    bytes((byte,)).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte): byte
    for byte in range(0x80, 0x100)
}
"""What each byte beyond ASCII becomes when it is taken for windows-1252, the undefined five for themselves."""
_LEADS = "ÂÃÎÏÐÑ×ØÙÚÛâ"
_TWICE = re.compile(f"[{_LEADS}][" + re.escape("".join(char for char, byte in _SLOPPY.items() if byte < 0xC0)) + "]")
_RUN = re.compile("[" + re.escape("".join(_SLOPPY)) + "\x80-\x9f]+")


def repaired(text: str) -> str:
    """``text`` without a second encoding: UTF-8 that was taken for windows-1252 and encoded again ("Ø§Ù„" for "ال")."""
    sample = text[:200_000]
    if not any(lead in sample for lead in _LEADS):
        return text  # a tenth of the time of looking for pairs
    if len(_TWICE.findall(sample)) < 8:
        return text
    runs = _RUN.findall(sample)
    beyond = len(sample) - len(sample.encode("ascii", "ignore"))
    good = sum(len(run) for run in runs if _once(run) is not None)
    if good * 10 < beyond * 9:
        return text
    return _RUN.sub(lambda match: _once(match[0]) or match[0], text)


def _once(run: str) -> str | None:
    try:
        return bytes(_SLOPPY.get(char, ord(char) & 0xFF) for char in run).decode("utf-8")
    except UnicodeDecodeError:
        return None
