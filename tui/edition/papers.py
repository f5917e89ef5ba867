"""The papers of the built-in edition: who they are, what they speak, and how their site behaves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from tui.news.model import Direction, Source


class FeedFormat(StrEnum):
    """The format of a paper's feed; its value is also the name of the feed's file."""

    NONE = ""
    RSS = "feed.xml"
    ATOM = "atom.xml"
    JSON = "feed.json"
    RDF = "index.rdf"


class PageStyle(StrEnum):
    """How a paper's site writes its article pages; the parsers must cope with all of them."""

    ARTICLE = "article"
    """HTML 5 with ``article``, OpenGraph and JSON-LD."""
    PLAIN = "plain"
    """``div`` after ``div``, no metadata at all."""
    OLD = "old"
    """Layout tables and ``font`` of the year 2003."""


class Validators(StrEnum):
    """Which validators the paper's feed sends."""

    BOTH = "both"
    ETAG = "etag"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Paper:
    """One invented paper."""

    slug: str
    title: str
    language: str
    country: str = ""
    offset: int = 0
    """Minutes its clock is ahead of UTC."""
    feed: FeedFormat = FeedFormat.NONE
    style: PageStyle = PageStyle.ARTICLE
    validators: Validators = Validators.BOTH
    encoding: str = "utf-8"
    full: bool = False
    """The feed holds the whole text."""
    delay: float = 0.0
    """Seconds its feed takes to answer."""
    fails: bool = False
    """Its feed answers 503."""
    hops: bool = False
    """Its feed is announced at an address that redirects (302) to the real one."""
    aggregated: bool = False
    """The aggregator's feed carries all of its stories, not only those marked so."""

    @property
    def rtl(self) -> bool:
        """Whether the paper is written from right to left."""
        return self.language in RTL

    @property
    def home(self) -> str:
        """The path of the paper's front page."""
        return f"/press/{self.slug}/"

    @property
    def feed_path(self) -> str:
        """The path where the feed is served, or ""."""
        return self.home + self.feed.value if self.feed else ""

    @property
    def announced_path(self) -> str:
        """The path where readers are told to find the feed."""
        return self.home + "latest" if self.hops else self.feed_path


RTL = frozenset({"ar", "fa", "he", "ur"})

MOROCCO, LEVANT, IRAN, PAKISTAN, PARIS = 60, 180, 210, 300, 60

PAPERS = (
    Paper("marfa", "مرفأ الصباح", "ar", "MA", MOROCCO, FeedFormat.RSS, full=True),
    Paper("sanabil", "أسبوعية السنابل", "ar", "JO", LEVANT, FeedFormat.RSS, PageStyle.OLD, encoding="windows-1256"),
    Paper("sama", "مجلة سماء قريبة", "ar", "EG", 120, FeedFormat.RDF, PageStyle.PLAIN, delay=0.2),
    Paper("rabwa", "صوت الربوة", "ar", "LB", LEVANT, FeedFormat.RSS, fails=True),
    Paper("nawaris", "جريدة النوارس", "ar", "MA", MOROCCO, aggregated=True),
    Paper("barid", "بريد الواحة", "ar", "TN", MOROCCO, style=PageStyle.PLAIN, aggregated=True),
    Paper("asda", "أصداء السنديان", "ar", "DZ", MOROCCO, aggregated=True),
    Paper("marma", "المرمى الرياضي", "ar", "MA", MOROCCO, style=PageStyle.PLAIN, aggregated=True),
    Paper("riwaq", "رواق الثقافة", "ar", "EG", 120, aggregated=True),
    Paper("migdalor", "מגדלור הבוקר", "he", "IL", 120, FeedFormat.ATOM),
    Paper("karaneh", "کرانهٔ روز", "fa", "IR", IRAN, FeedFormat.RSS, validators=Validators.ETAG),
    Paper("sahil", "روزنامہ ساحل نامہ", "ur", "PK", PAKISTAN, FeedFormat.RSS, PageStyle.PLAIN, Validators.DATE),
    Paper(
        "embruns", "Le Courrier des Embruns", "fr", "FR", PARIS, FeedFormat.JSON, full=True, hops=True, aggregated=True
    ),
    Paper("lantern", "The Saltmere Lantern", "en", "GB", 0, FeedFormat.ATOM, full=True, aggregated=True),
)

BY_SLUG = {paper.slug: paper for paper in PAPERS}

AGGREGATOR_TITLE = "ديوان الصحف"
AGGREGATOR_FRENCH = "Diwan des journaux"
AGGREGATOR_ENGLISH = "Diwan of Papers"


def direction(language: str) -> Direction:
    """Return the paragraph direction of texts in ``language``."""
    return Direction.RTL if language in RTL else Direction.LTR


def sources(base: str, languages: Collection[str] = ()) -> list[Source]:
    """Return the edition's sources as served at ``base``: the aggregator first, then every paper with a feed.

    With ``languages`` only what is written in them, and not the paper that is there to fail: for whoever has not asked
    to see what khabar makes of all that.
    """
    listed = [
        Source(
            address=base + "/rss",
            title=AGGREGATOR_TITLE,
            site=base + "/",
            language="ar",
            country="MA",
            direction=Direction.RTL,
            builtin=True,
        )
    ]
    listed += [
        Source(
            address=base + paper.announced_path,
            title=paper.title,
            site=base + paper.home,
            language=paper.language,
            country=paper.country,
            direction=direction(paper.language),
            builtin=True,
        )
        for paper in PAPERS
        if paper.feed and not (languages and paper.fails)
    ]
    return [source for source in listed if not languages or source.language in languages]
