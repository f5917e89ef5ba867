"""Lists of sources in and out: OPML 1 and 2, and newsboat's urls file in.

Only http and https addresses come in. A file that declares entities or nests without end is refused whole; every
other line or outline that is not taken is reported with the reason.
"""

from __future__ import annotations

import re
import xml.parsers.expat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from tui.news.addresses import absolute, normalise
from tui.news.model import Source, SourceKind
from tui.sources.decoding import decode, unpack
from tui.sources.inline import safe
from tui.sources.letters import direction_of, language_tag
from tui.sources.preclean import clean_xml

MAX_OUTLINES = 20_000
MAX_DEPTH = 100
_FEEDS = frozenset(("rss", "atom", "rdf", "feed"))
_QUOTED = re.compile(r"""(?<==)(?:"[^"]{0,4000}"|'[^']{0,4000}')""")
_ENTITIES = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a file of sources holds."""

    sources: tuple[Source, ...] = ()
    skipped: tuple[str, ...] = ()
    """One sentence for each entry not taken."""
    folders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Address → the folders (OPML) or tags (newsboat) it stood under, outermost first."""


def read_list(body: bytes) -> Outline:
    """The sources of a file that is OPML, or newsboat's urls file where it does not look like that. Never raises."""
    if b"<opml" in body[:4096].lower():
        return read_opml(body)
    return read_newsboat_urls(body.decode("utf-8", "replace"))


def read_opml(body: bytes) -> Outline:
    """The sources of an OPML file, folders flattened, copies left out. Never raises: what is wrong is in "
    "``skipped``."""
    body, errors = unpack(body)
    text = decode(body).text
    if _ENTITIES.search(text[:100_000]):
        return Outline(skipped=("The file declares XML entities; it was refused.",))
    outline, whole = _read(text, errors)
    if not whole and "<" in text:  # titles with an angle bracket that was not escaped
        mended = _QUOTED.sub(lambda match: match[0].replace("<", "&lt;"), text)
        outline = _read(mended, errors)[0] if mended != text else outline
    if not (outline.sources or outline.skipped):
        return Outline(skipped=("The file holds no feeds.",))
    return outline


def _read(text: str, errors: Iterable[str]) -> tuple[Outline, bool]:
    """What a file's text holds, and whether it is well-formed or was refused for good."""
    reader = _Reader()
    whole = True
    parser = xml.parsers.expat.ParserCreate("utf-8")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    try:
        parser.Parse(clean_xml(text).encode("utf-8", "replace"), True)
    except xml.parsers.expat.ExpatError as error:
        reader.skipped.append(f"The file is not well-formed from line {error.lineno} on; what stands before was read.")
        whole = False
    except _RefusedError as error:
        return Outline(skipped=(str(error),)), True
    return reader.outline(errors), whole


class _RefusedError(Exception):
    """The file is not one a person made."""


class _Reader:
    """Takes the outlines as they come."""

    def __init__(self) -> None:
        self.skipped: list[str] = []
        self._taken: dict[str, Source] = {}
        self._folders: dict[str, tuple[str, ...]] = {}
        self._path: list[str] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name.lower() != "outline":
            return
        self._count += 1
        if self._count > MAX_OUTLINES:
            raise _RefusedError(f"The file has more than {MAX_OUTLINES} outlines; it was refused.")
        if len(self._path) >= MAX_DEPTH:
            raise _RefusedError(f"The file nests folders deeper than {MAX_DEPTH}; it was refused.")
        values = {key.lower(): value for key, value in attributes.items()}
        title = safe(values.get("title") or values.get("text") or "", limit=300)
        address = values.get("xmlurl") or (values.get("url", "") if values.get("type", "").lower() in _FEEDS else "")
        if address:
            self._take(address, title, values)
        self._path.append("" if address else title)

    def end(self, name: str) -> None:
        """An element ends."""
        if name.lower() == "outline" and self._path:
            self._path.pop()

    def _take(self, address: str, title: str, values: dict[str, str]) -> None:
        found = _source(address, title, site=values.get("htmlurl", ""), language=values.get("language", ""))
        if found is None:
            self.skipped.append(f"{_shown(address)}: not an http or https address.")
            return
        if self._taken.setdefault(normalise(found.address), found) is found:
            self._folders[found.address] = tuple(folder for folder in self._path if folder)

    def outline(self, errors: Iterable[str]) -> Outline:
        """Everything taken."""
        return Outline(tuple(self._taken.values()), (*errors, *self.skipped), self._folders)


def _source(address: str, title: str, *, site: str = "", language: str = "") -> Source | None:
    url = absolute("", address)
    if not url:
        return None
    tag = language_tag(language)
    return Source(
        address=url,
        title=title or urlsplit(url).hostname or url,
        kind=SourceKind.FEED,
        site=absolute("", site),
        language=tag,
        direction=direction_of(tag),
    )


def _shown(text: str) -> str:
    """A foreign address, short enough for a message."""
    shown = safe(text, limit=200)
    return shown if len(shown) <= 80 else shown[:79] + "…"


def write_opml(sources: Sequence[Source], *, title: str = "khabar") -> bytes:
    """``sources`` as an OPML 2.0 file in UTF-8."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0">\n  <head>\n    <title>{escape(title)}</title>\n  </head>\n  <body>',
        *(f"    <outline {_attributes(source)}/>" for source in sources),
        "  </body>\n</opml>\n",
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def _attributes(source: Source) -> str:
    values = {
        "type": "rss",
        "text": source.title,
        "title": source.title,
        "xmlUrl": source.address,
        "htmlUrl": source.site,
        "language": source.language,
    }
    return " ".join(f"{name}={quoteattr(value)}" for name, value in values.items() if value)


_FIELD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_COMMAND = "Line {line}: {address} runs a command."
_KINDS = {
    "exec:": _COMMAND,
    "filter:": _COMMAND,
    "query:": "Line {line}: {address} is a query over other feeds.",
    "file:": "Line {line}: {address} reads a file of this machine.",
}
_NO_ADDRESS = "Line {line}: {address} is not an http or https address."
_TWICE = "Line {line}: {address} stands there already."


def read_newsboat_urls(text: str) -> Outline:
    """The feeds of a newsboat urls file: an address, then tags, a tag that begins with "~" being the title.

    Lines that run commands (exec:, filter:), query feeds and anything but http and https are skipped and reported.
    """
    taken: dict[str, Source] = {}
    folders: dict[str, tuple[str, ...]] = {}
    skipped: list[str] = []
    for number, line in enumerate(text.splitlines()[:MAX_OUTLINES], 1):
        fields = [_unquoted(match) for match in _FIELD.finditer(line.strip()[:10_000])]
        if not fields or line.lstrip().startswith("#"):
            continue
        address, tags = fields[0], fields[1:]
        reason = next((why for kind, why in _KINDS.items() if address.lower().startswith(kind)), "")
        title = next((tag[1:] for tag in tags if tag.startswith("~")), "")
        found = None if reason else _source(address, safe(title, limit=300))
        if found is None:
            skipped.append((reason or _NO_ADDRESS).format(line=number, address=_shown(address)))
        elif taken.setdefault(normalise(found.address), found) is not found:
            skipped.append(_TWICE.format(line=number, address=_shown(address)))
        else:
            folders[found.address] = tuple(safe(tag, limit=100) for tag in tags if not tag.startswith(("~", "!")))
    return Outline(tuple(taken.values()), tuple(skipped), folders)


def _unquoted(match: re.Match[str]) -> str:
    quoted, bare = match.groups()
    return re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else str(bare)
