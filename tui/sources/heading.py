"""The heading of a page: which it is, the lines that stand near it,
and the site's name that the page's title adds to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.sources.furniture import title_parts
from tui.sources.inline import safe
from tui.sources.measure import EMPTY, measure
from tui.sources.noise import named as named_words
from tui.sources.words import words_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_EDGES = " |-–—»•·:"
PARTED = "  "
"""Between the pieces of a line that stand in elements of their own."""
OTHER_STORIES = frozenset(
    ("related", "relatedposts", "recommended", "comments", "comment", "commentlist", "sidebar", "popular", "trending")
)
"""Words in the names of what holds other people's dates and names."""
LINE = 160
"""Characters: a date line is no longer than this."""
_LEVELS, _SIBLINGS = 4, 6
_ABOVE = 8
"""Elements round a heading that say whether it leads to another page."""
_TRAIL = "breadcrumb"
_HEADLINE = 20
"""Characters: a heading this long is a story's rather than a section's."""

_BARE = "b, strong, font, big, span, td, th, div, p, center"
_MOST, _LONGEST = 3000, 300
_FEW_WORDS = 2
"""Of a title: the same for every page of the paper ("News")."""
_REPEATED = 14
"""Letters: a lower heading this long that the page's title repeats is the story's."""


def heading_node(tree: LexborHTMLParser) -> LexborNode | None:
    """The h1 that the page's title repeats, else the longest; a lower heading that says the same when there is none.

    An h1 that is a link, or stands among the links that lead to the page, is taken where there is no other heading.
    """
    title = key(page_title(tree))
    first = [node for node in tree.css("h1")[:5] if node.text().strip() and not _is_logo(node, title)]
    nodes = [node for node in first if not _leads_on(node)]
    if not nodes:
        others = tree.css("h2, h3")[:10]
        nodes = [node for node in others if _repeated(node, page_title(tree))]
        again = (node for node in others if _told_again(node, page_title(tree)))
        nodes = nodes or list(islice(again, 1)) or first
    if not nodes:
        nodes = _bare_heading(tree, title) or _largest_letters(tree)
    named = [node for node in nodes if key(node.text()) in title]
    if len(named) == 1 and (lower := _beside_name(tree, key(named[0].text()), title)) is not None:
        return lower
    return max(named or nodes, key=lambda node: len(node.text()), default=None)


def own_heading(tree: LexborHTMLParser) -> LexborNode | None:
    """The page's heading, if the page's title says what it says."""
    node = heading_node(tree)
    if node is None or node.tag not in ("h1", "h2", "h3") or _leads_on(node):
        return None
    sure = key(node.text()) in key(page_title(tree)) or _told_again(node, page_title(tree))
    return node if sure else None


def _repeated(node: LexborNode, title: str) -> bool:
    """Whether the page's title says a lower heading again: a long one anywhere, a short one beside the site's name."""
    text = words_of(node, limit=_LONGEST)
    own = key(text)
    if own not in key(title):
        return False
    set_apart = text in title_parts(title) or title.endswith(f": {text}")
    return len(own) >= _REPEATED or (set_apart and len(text.split()) >= _FEW_WORDS)


def _told_again(node: LexborNode, title: str) -> bool:
    """Whether most of what a heading or the page's title says is said by the other too; one that leads on does not."""
    own, words = _words(words_of(node, limit=_LONGEST)), _words(title)
    shared = len(own & words)
    return shared >= _FEW_WORDS and shared * 2 > min(len(own), len(words)) and not _leads_on(node)


def _leads_on(node: LexborNode) -> bool:
    """Whether a heading is a link, or stands among links."""
    within: LexborNode | None = node
    for _ in range(_ABOVE):
        if within is None or within.tag == "body":
            return False
        if within.tag in ("a", "nav") or _TRAIL in (within.attributes.get("class") or "").lower():
            return True
        within = within.parent
    return False


def _bare_heading(tree: LexborHTMLParser, title: str) -> list[LexborNode]:
    """The innermost element whose whole text the page's title repeats, of a page without headings."""
    if tree.body is None or not title:
        return []
    sizes = measure(tree.body)
    fitting = (n for n in tree.css(_BARE)[:_MOST] if _REPEATED <= sizes.get(n.mem_id, EMPTY).text <= _LONGEST)
    found = [node for node in fitting if len(text := key(node.text())) >= _REPEATED and text in title]
    return [max(reversed(found), key=lambda node: len(key(node.text())))] if found else []


def _largest_letters(tree: LexborHTMLParser) -> list[LexborNode]:
    """The one line in larger letters than all others, in a page of the time before headings."""
    sizes: dict[int, list[LexborNode]] = {}
    for node in tree.css("font[size]")[:_MOST]:
        size = node.attributes.get("size") or ""
        length = len(node.text().strip())
        if size.isdigit() and length <= _LONGEST and (length >= _HEADLINE or _repeated(node, page_title(tree))):
            sizes.setdefault(int(size), []).append(node)
    largest = sizes[max(sizes)] if len(sizes) > 1 else []
    return largest if len(largest) == 1 else []


def _beside_name(tree: LexborHTMLParser, name: str, title: str) -> LexborNode | None:
    """The h2 that the title repeats beside ``name``, which is then the paper's own: "The Paper: What has happened"."""
    rest = title.replace(name, "", 1)
    lower = [node for node in tree.css("h2")[:10] if len(text := key(node.text())) >= _REPEATED and text in rest]
    return lower[0] if lower and key(lower[0].text()) == rest else None


def _is_logo(node: LexborNode, title: str) -> bool:
    """True for the paper's own name, linked to its first page; ``title`` is the key of the page's."""
    anchor = node.css_first("a[href]")
    if anchor is None or len(anchor.text().strip()) < len(node.text().strip()):
        return False
    path = urlsplit(anchor.attributes.get("href") or "").path.strip("/")
    return not path or (path.count("/") == 0 and key(node.text()) not in title)


def page_title(tree: LexborHTMLParser) -> str:
    """The text of <title>."""
    node = tree.css_first("head title") or tree.css_first("title")
    return safe(node.text(), limit=2000) if node is not None else ""


def is_headline(node: LexborNode | None, title: str, site: str) -> bool:
    """True when the heading is a story's: not a link, long enough, in the page's title, not the site's name."""
    if node is None:
        return False
    text = safe(node.text(), limit=500)
    linked = sum(len(anchor.text().strip()) for anchor in node.css("a"))
    own = key(text)
    named = not title or own in key(title)
    return len(text) >= _HEADLINE and linked * 2 < len(text) and named and own not in (key(site), "")


def lines_near(node: LexborNode | None) -> Iterator[str]:
    """The short lines just after (else just before) the heading, nearest first."""
    for _ in range(_LEVELS):
        if node is None or node.tag in (None, "body", "html"):
            return
        yield from _lines_beside(node)
        node = node.parent


def parts_of(node: LexborNode) -> str:
    """The text of ``node``; what stands in elements of its own is two blanks apart."""
    pieces = (" ".join(piece.split()) for piece in (node.text(separator="\0") or "").split("\0"))
    return PARTED.join(piece for piece in pieces if piece)


def _lines_beside(node: LexborNode) -> Iterator[str]:
    """Short texts next to ``node``: up to where a long one begins, then one step back."""
    sibling, count = node.next, 0
    while sibling is not None and count < _SIBLINGS:
        text = parts_of(sibling) if not named_words(sibling) & OTHER_STORIES else ""
        if len(text) > 2 * LINE:
            yield from _opening_lines(sibling)
            break
        if text:
            count += 1
            if len(text) <= LINE:
                yield text
        sibling = sibling.next
    sibling, count = node.prev, 0
    while sibling is not None and count < 2:
        text = parts_of(sibling)
        if text:
            count += 1
            if len(text) <= LINE // 2:
                yield text
        sibling = sibling.prev


def _opening_lines(node: LexborNode) -> Iterator[str]:
    """The short lines at the beginning of an element that holds the text too."""
    for _ in range(_LEVELS):
        child, count = node.child, 0
        while child is not None and count < _SIBLINGS and len(text := parts_of(child)) <= 2 * LINE:
            if text:
                count += 1
                if len(text) <= LINE:
                    yield text
            child = child.next
        if child is None or count == _SIBLINGS:
            return
        node = child


def without_suffix(title: str, site: str, heading: str = "") -> str:
    """``title`` without the site's name before or after it; ``heading`` is the page's own, which settles it."""
    parts = title_parts(title)
    set_apart = len(parts) > 1 or title.removesuffix(heading).rstrip()[-1:] == ":"  # "The Paper: what has happened"
    if set_apart and len(heading) >= 12 and heading != title and heading in title:
        return heading
    words = len(heading.split())
    if words >= _FEW_WORDS and title.endswith(f": {heading}"):
        return heading
    if len(parts) == 2 and parts[0] == heading and len(parts[1].split()) <= words >= _FEW_WORDS:
        return heading
    if len(parts) < 2:
        return title
    name = key(site)
    if name and key(parts[-1]) == name:
        return title[: title.rindex(parts[-1])].rstrip(_EDGES)
    if name and key(parts[0]) == name:
        return title[title.index(parts[0]) + len(parts[0]) :].lstrip(_EDGES)
    return title


def title_by_heading(title: str, site: str, heading: str) -> str:
    """The title of a page that says no headline but in <title>: its heading, if that is a longer telling of the same,
    else the title without what stands behind its last bar."""
    own = without_suffix(title, site, heading)
    if own == title and len(parts := title.rsplit(" | ", 1)) == 2 and len(parts[0].split()) >= 3:
        own = parts[0].rstrip()
    told_again = _words(own) & _words(heading) or len(own.split()) <= _FEW_WORDS < len(heading.split())
    return heading if told_again and key(heading) not in key(title) and len(heading) > len(own) else own


def _words(text: str) -> set[str]:
    return {word for part in text.split() if len(word := key(part)) >= 4}


def site_in_title(title: str, heading: str) -> str:
    """What the page's title adds to the heading, when it is short enough for a site's name."""
    if not heading or heading not in title or heading == title:
        return ""
    before, _, after = title.partition(heading)
    added = after.strip(_EDGES) or before.strip(_EDGES)
    parts = [part for part in title_parts(added) if part.strip()]
    return parts[-1].strip() if parts and len(parts[-1]) <= 60 else ""


def key(text: str) -> str:
    """Letters and digits only, for comparing titles."""
    return re.sub(r"[\W_]+", "", text).casefold()
