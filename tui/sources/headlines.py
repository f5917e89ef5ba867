"""Headlines on a page: the stories a front page or a ticker links to, with paper,
time and picture where they stand near."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.news.addresses import absolute, normalise
from tui.news.dates import parse_date
from tui.news.model import Image, Item
from tui.sources.aggregator import article_shape, date_line
from tui.sources.furniture import LINES
from tui.sources.inline import safe
from tui.sources.letters import guess_language
from tui.sources.noise import named
from tui.sources.pictures import picture
from tui.sources.words import words_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_HEADLINES = 400
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ANY_HEADING = "h1, h2, h3, h4, h5, h6"
_OUTSIDE = frozenset(("nav", "footer", "form"))
_OUTSIDE_NAMES = re.compile(
    r"\b(?:nav|navbar|navigation|menu|footer|breadcrumbs?|pagination|tags?|social|share)\b", re.IGNORECASE
)
_NO_STORY = re.compile(
    r"/(?:tag|tags|category|categories|author|auteur|writer|page|about|contact|login|signup|register|privacy|"
    r"terms|search|rss|feed)(?:/|$|\.)|^/?$",
    re.IGNORECASE,
)
_MIN_CHARACTERS, _MIN_WORDS = 15, 3
_SEVERAL, _MOST_CARDS = 5, 400
_PAPER_PATH, _SEVERAL_OWN = re.compile(r"/(?:(?:fr|en)/)?(?P<paper>[a-z0-9][a-z0-9_-]{1,40})/?"), 3
_SHORTEST, _LIKE = 8, 3
"""Characters of a headline that stands where others do; how many of them."""
_TITLES = frozenset(("title", "headline", "ttl", "titr", "heading", "titre"))
_BELOW = frozenset(("sub", "subtitle", "subtitr", "sous"))
"""Words in the names of what holds a title, and of what holds the line below it."""
_BESIDE = frozenset(
    ("cat", "category", "section", "rubrique", "kicker", "label", "badge", "date", "time", "ago", "timestamp", "author")
)
"""Words in the names of what stands in a link beside the title."""
_NUMBERS = re.compile(r"[\d_-]+")
_CARD_TEXT = 900
_LEAVES, _MOST_LEAVES = "span, small, div, i, em, li, td, p", 30
_LONGEST_DATE = 40
"""Elements of a card whose whole text may be its date, and characters of one."""
_PAPER_NAMES = "[class*=source], [class*=paper], [class*=journal], [class*=publisher], [itemprop=publisher], cite"


def aggregator_headlines(tree: LexborHTMLParser, base: str, now: datetime) -> tuple[Item, ...]:
    """The stories whose addresses have the family's shape (/paper/id on the same host), in page order, once each.

    On a paper's own page the ticker, with the headlines of all papers, is left out.
    """
    items = _collect(tree, base, now, shaped=True)
    here = _PAPER_PATH.fullmatch(urlsplit(base).path)
    own = tuple(i for i in items if here and (m := article_shape(i.link, base)) and m["paper"] == here["paper"])
    return own if len(own) >= _SEVERAL_OWN else items


def front_page_headlines(tree: LexborHTMLParser, base: str, now: datetime) -> tuple[Item, ...]:
    """The stories a paper's front page links to: linked headings when there are some, else every link long enough,
    else the cards whose links say nothing."""
    items = _collect(tree, base, now, shaped=False, headed=True)
    if len(items) < _SEVERAL:
        items = _collect(tree, base, now, shaped=False)
    if len(items) < _SEVERAL:
        items = max(items, _of_cards(tree, base, now), key=len)
    return items


def is_aggregator_page(tree: LexborHTMLParser, base: str) -> bool:
    """True when most links to stories have the family's shape, from several papers."""
    shaped: Counter[str] = Counter()
    for node in tree.css("a[href]")[:2000]:
        match = article_shape(absolute(base, node.attributes.get("href") or ""), base)
        if match:
            shaped[match["paper"]] += 1
    return len(shaped) >= 3 and shaped.total() >= 8


def _collect(
    tree: LexborHTMLParser, base: str, now: datetime, *, shaped: bool, headed: bool = False
) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    titled: dict[str, bool] = {}
    order: dict[str, int] = {}
    short: list[tuple[LexborNode, str, str]] = []
    places: Counter[tuple[str, ...]] = Counter()
    for node, url, title in _links(tree, base, shaped=shaped, headed=headed):
        key = normalise(url)
        order.setdefault(key, len(order))
        if not _is_headline(title, shaped=shaped):
            if len(title) >= _SHORTEST and len(title.split()) >= _MIN_WORDS and not LINES.match(title):
                short.append((node, url, title))
            continue
        places[_place(node)] += 1
        item, named_so = _item(node, url, key, title, base, now), _is_titled(node)
        if key in found:
            item = _merged(found[key], item, other_is_titled=named_so and not titled[key])
        found[key], titled[key] = item, named_so or titled.get(key, False)
        if len(found) >= MAX_HEADLINES:
            break
    for node, url, title in short:  # three short words are a headline where several others stand
        if places[_place(node)] >= _LIKE and (key := normalise(url)) not in found:
            found[key] = _item(node, url, key, title, base, now)
    return tuple(found[key] for key in sorted(found, key=lambda key: order[key]))


def _of_cards(tree: LexborHTMLParser, base: str, now: datetime) -> tuple[Item, ...]:
    """The stories of a page on which only pictures, or "read more", are links."""
    found: dict[str, Item] = {}
    links = [link for link in _links(tree, base, shaped=False, headed=False) if not _is_headline(link[2], shaped=False)]
    for node, url, _ in links[:_MOST_CARDS]:
        key, title = normalise(url), _title_beside(node, base)
        if key not in found and _is_headline(title, shaped=False):
            found[key] = _item(node, url, key, title, base, now)
    return tuple(found.values())


def _links(tree: LexborHTMLParser, base: str, *, shaped: bool, headed: bool) -> Iterator[tuple[LexborNode, str, str]]:
    """The page's links to what may be stories, each with its address and its words."""
    page = normalise(base)
    for node in tree.css("a[href]")[:5000]:
        url = absolute(base, node.attributes.get("href") or "")
        if not url or page.startswith(normalise(url)) or (shaped and not article_shape(url, base)):
            continue
        if not shaped and (_foreign(url, base) or _NO_STORY.search(urlsplit(url).path) or _outside(node)):
            continue
        if not headed or _in_heading(node):
            yield node, url, _title(node)


def _place(node: LexborNode) -> tuple[str, ...]:
    """Where a link stands, but for numbers: what it and the two elements round it are."""
    steps: list[str] = []
    within: LexborNode | None = node
    while within is not None and len(steps) < 3:
        steps.append(f"{within.tag} {_NUMBERS.sub('', within.attributes.get('class') or '')}")
        within = within.parent
    first = next((child.tag or "" for child in node.iter()), "")
    return (first, *steps)


def _is_titled(node: LexborNode) -> bool:
    """Whether a link is a story's title, by a heading or by a name."""
    if _in_heading(node):
        return True
    parent = node.parent
    names = named(node) | (named(parent) if parent is not None else frozenset())
    return bool(names & _TITLES) and not names & _BELOW


def _merged(one: Item, other: Item, *, other_is_titled: bool) -> Item:
    """Two places that link to one story: the title (whole, if one of them cut it), and whatever either says."""
    cut = one.title.rstrip(" .…")
    title = other.title if other_is_titled or (cut != other.title and other.title.startswith(cut)) else one.title
    return replace(
        one,
        title=title,
        source=one.source or other.source,
        published=one.published or other.published,
        image=one.image or other.image,
        text=one.text or other.text,
    )


def _foreign(url: str, base: str) -> bool:
    """True for another site; sub-domains of one site are the same."""
    host, own = ((urlsplit(u).hostname or "").removeprefix("www.") for u in (url, base))
    return host != own and not host.endswith("." + own) and not own.endswith("." + host)


def _outside(node: LexborNode) -> bool:
    parent = node.parent
    for _ in range(8):
        if parent is None or parent.tag in (None, "body"):
            return False
        attributes = parent.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".replace("-", " ").replace("_", " ")
        if (
            parent.tag in _OUTSIDE
            or attributes.get("role") == "navigation"
            or (_OUTSIDE_NAMES.search(names) and parent.tag != "article")
        ):
            return True
        parent = parent.parent
    return False


def _in_heading(node: LexborNode) -> bool:
    parent = node.parent
    for _ in range(3):
        if parent is None:
            break
        if parent.tag in _HEADINGS:
            return True
        parent = parent.parent
    return node.css_first(_ANY_HEADING) is not None


def _title(node: LexborNode) -> str:
    """The words of a link that are a title: those of its heading, of what is named so, else all but what is not."""
    titled = node.css_first(_ANY_HEADING) or next((one for one in node.css("[class]")[:12] if _named_title(one)), None)
    titled = titled or _first_of_lines(node)
    text = words_of(titled) if titled is not None else words_of(node, without=_stands_beside)
    return text or safe(node.attributes.get("title") or node.attributes.get("aria-label") or "", limit=500)


def _first_of_lines(node: LexborNode) -> LexborNode | None:
    """The first of the lines that a link has in elements of different names, a title and what is said below it."""
    lines = [one for one in node.css("[class]")[:12] if len(one.css("[class]")) == 1 and words_of(one)]
    lines = [one for one in lines if not _stands_beside(one) and _is_headline(words_of(one), shaped=False)]
    names = {one.attributes.get("class") for one in lines}
    return lines[0] if len(lines) > 1 and len(names) == len(lines) and _apart(lines) else None


def _apart(nodes: list[LexborNode]) -> bool:
    """Whether the elements stand beside one another."""
    parents = {node.parent.mem_id for node in nodes if node.parent is not None}
    return len(parents) == 1


def _named_title(node: LexborNode) -> bool:
    names = named(node)
    return bool(names & _TITLES) and not names & _BELOW


def _stands_beside(node: LexborNode) -> bool:
    return node.tag == "time" or bool(named(node) & _BESIDE)


def _title_beside(node: LexborNode, base: str) -> str:
    """The title of a card whose link has none: its one heading, else what stands for its picture."""
    card = _card(node, base)
    headings = card.css(_ANY_HEADING) if card is not None else []
    if len(headings) == 1:
        return words_of(headings[0])
    shown = (card or node).css_first("img[alt]") if not headings else None
    return safe((shown.attributes.get("alt") if shown is not None else "") or "", limit=500)


def _is_headline(title: str, *, shaped: bool) -> bool:
    if LINES.match(title):
        return False
    if shaped:
        return len(title) >= 6 and " " in title
    return len(title) >= _MIN_CHARACTERS and len(title.split()) >= _MIN_WORDS


def _item(node: LexborNode, url: str, key: str, title: str, base: str, now: datetime) -> Item:
    source, published, image, teaser = "", None, None, ""
    card = _card(node, base)
    if card is not None:
        text = safe(card.text(), limit=2000)
        line = date_line(text, now)
        source, published = line or ("", _time(card, now))
        source = source or _paper(card, url, base)
        image = _image(card, base)
        teaser = _teaser(card, title)
    return Item(
        id=key,
        title=title,
        link=url,
        source=source,
        published=published,
        image=image,
        text=teaser,
        language=guess_language(title),
    )


def _card(node: LexborNode, base: str) -> LexborNode | None:
    """The largest element round a link that holds no other story's link."""
    best = None
    own = normalise(absolute(base, node.attributes.get("href") or ""))
    parent = node.parent
    for _ in range(5):
        if parent is None or parent.tag in (None, "body", "html", "main", "ul", "ol", "table", "tbody"):
            break
        text = parent.text()
        if len(text) > _CARD_TEXT:
            break
        others = [a for a in parent.css("a[href]") if len((a.text()).strip()) >= _MIN_CHARACTERS]
        if any(normalise(absolute(base, a.attributes.get("href") or "")) != own for a in others):
            break
        best = parent
        parent = parent.parent
    return best


def _time(card: LexborNode, now: datetime) -> datetime | None:
    for node in card.css("time, [datetime], .date, .time, .post-date, .entry-date, .timestamp")[:5]:
        found = parse_date(node.attributes.get("datetime") or node.text(), now=now)
        if found:
            return found
    for node in card.css(_LEAVES)[:_MOST_LEAVES]:
        text = node.text().strip() if node.css_first("a") is None else ""
        if len(text) <= _LONGEST_DATE and any(map(str.isdigit, text)) and (found := parse_date(text, now=now)):
            return found
    return None


def _paper(card: LexborNode, url: str, base: str) -> str:
    """The name of the paper an aggregator's link belongs to: the text of the link to /paper."""
    match = article_shape(url, base)
    if match:
        for node in card.css("a[href]"):
            path = urlsplit(absolute(base, node.attributes.get("href") or "")).path.rstrip("/")
            if path.rsplit("/", 1)[-1] == match["paper"]:
                return safe(node.text(), limit=100)
    for node in card.css(_PAPER_NAMES)[:3]:
        text = safe(node.text(), limit=200)
        if 2 <= len(text) <= 80:
            return text
    return ""


def _image(card: LexborNode, base: str) -> Image | None:
    return next((image for node in card.css("img")[:3] if (image := picture(node, base))), None)


def _teaser(card: LexborNode, title: str) -> str:
    for node in card.css("p")[:3]:
        text = safe(node.text(), limit=1000)
        if len(text) >= 40 and text != title:
            return text
    return ""
