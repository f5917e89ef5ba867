"""What news is: sources, the items they publish, stories as the reader keeps them, and articles to read.

Everything here is a frozen value. All text in these values has passed ``tui.bidi.sanitize`` (the one door) and is in
logical order; all times are aware and in UTC; all addresses are absolute ``http`` or ``https``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Direction(StrEnum):
    """The paragraph direction a source or an article asks for (HTML's ``dir`` attribute)."""

    AUTO = "auto"
    LTR = "ltr"
    RTL = "rtl"
    FIRST = "first"
    """The reader's choice for a source: each text by its first strong letter (UAX #9, P2), not by the majority."""


class SourceKind(StrEnum):
    """What an address is expected to give."""

    FEED = "feed"
    FRONT_PAGE = "front-page"


@dataclass(frozen=True, slots=True)
class Source:
    """One publication the reader follows; its address is its identity."""

    address: str
    title: str
    id: int = 0
    """The store's key; 0 before it is stored."""
    kind: SourceKind = SourceKind.FEED
    site: str = ""
    """The publication's own page, or ""."""
    language: str = ""
    """BCP 47 primary tag ("ar"), or "" when unknown."""
    country: str = ""
    """ISO 3166 alpha-2, or ""."""
    direction: Direction = Direction.AUTO
    enabled: bool = True
    full_text: bool = True
    """Fetch the page when the feed gives only a teaser."""
    builtin: bool = False
    """Part of the built-in edition: shown as such."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture an article or an item carries."""

    url: str
    alt: str = ""
    caption: str = ""
    width: int = field(default=0, compare=False)
    """Pixels, as the page says, to keep a place for it; 0 when it does not say."""
    height: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that comes with an item (RSS 2.0 enclosure, Atom link rel=enclosure)."""

    url: str
    type: str = ""
    length: int = 0


class MarkKind(StrEnum):
    """What a stretch of inline text is."""

    LINK = "link"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    ISOLATE = "isolate"
    """A stretch in an order of its own, by its first strong letter (UAX #9, FSI; HTML's bdi and dir="auto")."""
    ISOLATE_LTR = "isolate-ltr"
    ISOLATE_RTL = "isolate-rtl"


@dataclass(frozen=True, slots=True)
class Mark:
    """Code points ``start`` to ``end`` (exclusive) of a Text are a link, strong, emphasised, code, or isolated."""

    start: int
    end: int
    kind: MarkKind
    href: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One run of inline text in logical order, with marks that may overlap."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an article; level 2 to 6 (level 1 is the article's title)."""

    text: Text
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    text: Text


@dataclass(frozen=True, slots=True)
class ListItem:
    """One entry of a list, with the lists nested in it."""

    text: Text
    children: tuple[ListBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bulleted or numbered list."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    paragraphs: tuple[Text, ...]
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in the body, with its caption in ``image.caption``."""

    image: Image


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``header`` may be empty. Every row has the same number of cells."""

    rows: tuple[tuple[Text, ...], ...]
    header: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text whose line breaks and blanks count."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


Block = Heading | Paragraph | ListBlock | Quote | Figure | Table | Preformatted | Rule


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: its text and its absolute address."""

    text: str
    url: str


class Provenance(StrEnum):
    """Which layer found an article's text, from the surest to the least sure."""

    FEED = "feed"
    METADATA = "metadata"
    SITE = "site"
    ANCHORS = "anchors"
    DENSITY = "density"
    TRAFILATURA = "trafilatura"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Article:
    """A story's text as it is read."""

    title: str
    blocks: tuple[Block, ...] = ()
    source: str = ""
    """The paper's name, not the aggregator's."""
    author: str = ""
    published: datetime | None = None
    source_link: str = ""
    """Where the story can be read at its source."""
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    language: str = ""
    direction: Direction = Direction.AUTO
    provenance: Provenance = Provenance.NONE
    full: bool = True
    """False for a teaser."""
    isolates: str = ""
    """Which parts of the title are isolated (``tui.news.isolates.packed``)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as a feed or a front page gives it, before it is a stored story."""

    id: str
    """GUID, else the normalised link, else a hash of title and date."""
    title: str
    link: str = ""
    published: datetime | None = None
    author: str = ""
    source: str = ""
    """The paper's name when the item says it (dc:creator of an aggregator, Atom source), else ""."""
    text: str = ""
    """The item's whole content as plain text, else its summary."""
    blocks: Sequence[Block] = ()
    full: bool = False
    """True when ``blocks`` are the whole story, False when they are a teaser."""
    language: str = ""
    image: Image | None = None
    enclosures: tuple[Enclosure, ...] = ()
    isolates: str = ""
    """Which parts of the title are isolated (``tui.news.isolates.packed``)."""


class DocumentKind(StrEnum):
    """What a fetched document turned out to be."""

    FEED = "feed"
    ARTICLE = "article"
    FRONT_PAGE = "front-page"


@dataclass(frozen=True, slots=True)
class Document:
    """What khabar makes of one fetched document: the value ``khabar inspect`` prints."""

    kind: DocumentKind
    format: str
    """"rss20", "atom10", "json11", "html", …."""
    title: str = ""
    language: str = ""
    direction: Direction = Direction.AUTO
    site: str = ""
    items: tuple[Item, ...] = ()
    article: Article | None = None
    feeds: tuple[Link, ...] = ()
    """Feeds the page announces."""
    provenance: Provenance = Provenance.NONE
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """The place of a story in the order newest first: (time it sorts by, id), both descending."""

    sorted_at: int
    """Unix seconds."""
    id: int


@dataclass(frozen=True, slots=True)
class Story:
    """One row of the headline list."""

    id: int
    source_id: int
    title: str
    paper: str
    """The name shown under the title: the item's own paper, else the source's title."""
    link: str
    published: datetime | None
    first_seen: datetime
    sorted_at: int
    """Unix seconds: the publication time, never later than ``first_seen``; ``first_seen`` when undated."""
    language: str = ""
    direction: Direction = Direction.AUTO
    read: bool = False
    starred: bool = False
    others: int = 0
    """How many more papers tell this story ("+3")."""
    builtin: bool = False
    """From the built-in edition."""
    isolates: str = ""
    """Which parts of the title are isolated (``tui.news.isolates.packed``)."""

    @property
    def key(self) -> Key:
        """Where the story stands in the list."""
        return Key(self.sorted_at, self.id)


class Listing(StrEnum):
    """The lists every reader has."""

    ALL = "all"
    UNREAD = "unread"
    STARRED = "starred"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class View:
    """Which stories a list shows; an empty field does not narrow."""

    listing: Listing = Listing.ALL
    source_id: int = 0
    language: str = ""
    search: str = ""
    """In the query language of ``tui.news.query``."""
    paper: tuple[tuple[int, str], ...] = ()
    """Only one paper's: see ``Paper.parts``."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper's share of a list."""

    name: str
    parts: tuple[tuple[int, str], ...]
    """Where its stories come from: a source's id, and the paper the source names with them ("" for its own)."""
    unread: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stories each list holds."""

    all: int = 0
    unread: int = 0
    starred: int = 0
    today: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """Something that was opened: a page by its address, or a story."""

    url: str
    """The address; "story:7" for a story without one."""
    title: str
    at: datetime
    typed: bool = False
    """The reader gave the address: it may be a private one."""
    story_id: int = 0
    """0 for a page."""
