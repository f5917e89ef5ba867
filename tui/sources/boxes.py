"""Boxes in a page that lead to other stories or ask for something, told by what they say and not by their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.sources.furniture import ADVERT, COMMENTS, LEADS
from tui.sources.measure import EMPTY, Sizes, measure, outermost

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WHOLE = frozenset(("html", "body", "main", "article", None))
_STORY = "h1, article, main"
_HEADING = 60
"""Characters of a heading over readers' comments or other stories, at most."""
_LABEL, _PAID = 20, 200
"""Characters of the word over an advertisement, and of what is advertised."""
_FEW_CARDS, _TEASER = 3, 350
"""Cards in a run; characters that one says beside its heading."""
_LARGEST = 2400
"""Characters of a box, at most."""
_ROUND = 4
_LEVELS = 8
"""How far a box reaches up from what it is told by."""
_MOST, _BESIDE = 50, 20
"""Boxes of a kind; elements in which nothing stands before a box's first line."""
_ASKS = re.compile(
    r"\W*(?:sign up|subscribe|get (?:our|the) .*(?:newsletter|briefing|inbox)|(?:our |the )?newsletter|"
    r"skip past newsletter|"
    r"recevez|inscrivez-vous|abonnez-vous|notre newsletter|infolettre|"
    r"اشتركوا? في|النشرة|הירשמו|הצטרפו|عضویت|خبرنامه|نیوز لیٹر)",
    re.IGNORECASE,
)
"""How a box begins that asks readers to have letters sent."""
_ADVERT = re.compile(rf"\W*{ADVERT}\W*", re.IGNORECASE)


def take_out_boxes(root: LexborNode, asking: list[LexborNode]) -> None:
    """Take the boxes out of the tree below ``root``; ``asking`` are elements in which a form stood."""
    for box in outermost(_asking(root, asking)):
        box.decompose()
    for find in (_adverts, _boxes, _cards):
        for box in outermost(find(root)):
            box.decompose()
    _prune_comments(root)


def _asking(root: LexborNode, boxes: list[LexborNode]) -> list[LexborNode]:
    """Those that say little: a heading and a sentence or two about a letter to readers."""
    sizes = measure(root)
    return [
        box
        for box in boxes[:_MOST]
        if box.tag not in _WHOLE
        and sizes.get(box.mem_id, EMPTY).text < _TEASER
        and box.parent is not None
        and box.css_first(_STORY) is None
    ]


def _cards(root: LexborNode) -> list[LexborNode]:
    """Runs of elements that each begin with a linked heading and say little more: other stories."""
    sizes = measure(root)
    runs: dict[int, list[LexborNode]] = {}
    found: list[LexborNode] = []
    for heading in root.css("h2, h3, h4, h5, h6")[:300]:
        if (link := _link_round(heading, sizes)) is not None:
            found.append(link)
            continue
        card = _card(heading, sizes)
        if card is not None and card.parent is not None:
            runs.setdefault(card.parent.mem_id, []).append(card)
    for cards in runs.values():
        beside = sizes.get(cards[0].parent.mem_id, EMPTY).text if cards[0].parent is not None else 0
        beside -= sum(sizes.get(card.mem_id, EMPTY).text for card in cards)
        if len(cards) >= _FEW_CARDS and beside < 2 * _HEADING:  # with text between them they are chapters of a story
            found += cards
    return found


def _link_round(heading: LexborNode, sizes: Sizes) -> LexborNode | None:
    """The link round ``heading`` that holds a picture or more words, too: one other story is enough."""
    link = heading.parent
    for _ in range(_ROUND):
        if link is None or link.tag == "a":
            break
        link = link.parent
    if link is None or link.tag != "a" or (link.attributes.get("href") or "#").startswith("#"):
        return None
    title, size = sizes.get(heading.mem_id, EMPTY).text, sizes.get(link.mem_id, EMPTY).text
    more = size > title or link.css_first("img, picture") is not None
    return link if more and title and size <= title + _TEASER and link.css_first(_STORY) is None else None


def _card(heading: LexborNode, sizes: Sizes) -> LexborNode | None:
    """The element that tells of another story under ``heading``, which links to it."""
    anchor = heading.css_first("a[href]") or (heading.parent if heading.parent and heading.parent.tag == "a" else None)
    if anchor is None or (anchor.attributes.get("href") or "#").startswith("#"):
        return None
    title = sizes.get(heading.mem_id, EMPTY).text
    if sizes.get(anchor.mem_id, EMPTY).text * 10 < title * 8:
        return None
    card: LexborNode | None = None
    box = heading.parent
    for _ in range(_LEVELS):
        if box is None or box.tag in _WHOLE:
            break
        if sizes.get(box.mem_id, EMPTY).text > title + _TEASER or len(box.css("h1, h2, h3, h4, h5, h6")) > 1:
            break
        card, box = box, box.parent
    return card


def _boxes(root: LexborNode) -> list[LexborNode]:
    """What begins with "read also" and holds little but links: the element, not the line in a story."""
    sizes = measure(root)
    found: list[LexborNode] = []
    for line in root.css("h2, h3, h4, h5, h6, p, div, span, strong, b, a[href^='#']")[:3000]:
        if not 0 < sizes.get(line.mem_id, EMPTY).text <= _HEADING:
            continue
        said = line.text().strip()  # what the expressions skip before the first letter they go back over
        asks = bool(_ASKS.match(said))
        if not asks and not LEADS.match(said):
            continue
        box, above = line, line.parent
        for _ in range(_LEVELS):
            if above is None or above.tag in _WHOLE or not _begins(box):
                break
            if (
                sizes.get(above.mem_id, EMPTY).text > (_TEASER if asks else _LARGEST)
                or above.css_first(_STORY) is not None
            ):
                break
            box, above = above, above.parent
        size = sizes.get(box.mem_id, EMPTY)
        if box.mem_id != line.mem_id and (asks or size.link_share > 0.4):
            found.append(box)
            if len(found) == _MOST:
                break
    return found


def _adverts(root: LexborNode) -> list[LexborNode]:
    """The smallest element with more in it that begins with "advertisement", if it holds no paragraph."""
    sizes = measure(root)
    found: list[LexborNode] = []
    for line in root.css("div, span, small, strong, b, em, h4, h5, h6")[:3000]:
        if not 0 < sizes.get(line.mem_id, EMPTY).text <= _LABEL or not _ADVERT.fullmatch(line.text().strip()):
            continue
        box: LexborNode | None = line
        while box is not None and box.tag not in _WHOLE and sizes.get(box.mem_id, EMPTY).text <= _LABEL:
            box = box.parent if _begins(box) else None
        if box is None or box.tag in _WHOLE or sizes.get(box.mem_id, EMPTY).text > _PAID:
            continue
        if box.css_first(f"p, {_STORY}") is None:
            found.append(box)
    return found


def _begins(child: LexborNode) -> bool:
    """Does the text of the element round ``child`` begin with it?"""
    before = child.prev
    for _ in range(_BESIDE):
        if before is None:
            return True
        if before.tag not in ("-comment", "script", "style") and (before.text() or "").strip():
            return False
        before = before.prev
    return False


def _prune_comments(root: LexborNode) -> None:
    """Take out what stands under "12 comments": a list of them may be longer than the story."""
    for heading in root.css("h2, h3, h4, h5")[:50]:
        text = heading.text()
        if len(text) > _HEADING or not COMMENTS.match(text):
            continue
        above = heading.parent
        if above is not None and above.tag not in _WHOLE and above.css_first(_STORY) is None and _begins(heading):
            above.decompose()
            return
        while (following := heading.next) is not None:
            following.decompose()
        heading.decompose()
        return
