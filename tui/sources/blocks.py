"""HTML to the block model: an iterative walk over a Lexbor tree, with every text through the one door.

What cannot be read as text (scripts, forms, embeds, hidden elements) is left out; what a caller's ``drop`` refuses
(advertisements, "read also") too. Depth costs nothing: elements nested deeper than ``MAX_DEPTH`` give their text only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.news.addresses import absolute
from tui.news.model import Block, MarkKind
from tui.sources.captions import beside_picture, is_caption
from tui.sources.containers import Article, Cell, Container, Item, Items, Pictured, Quoted, Rows, Verbatim
from tui.sources.inline import InlineBuilder
from tui.sources.pictures import picture
from tui.sources.taming import tamed

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Drop = Callable[["LexborNode"], bool]

MAX_DEPTH = 200
MAX_BLOCKS = 5000
MAX_NESTED_LISTS = 6
_LARGE = 20_000
"""A fragment of more characters than this is looked at for what makes the parser slow."""
_MOST_CAPTIONS = 200
_TELLS = 800
"""Characters: of less text than this a line behind a picture may be the story."""
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "rp",
        "rt",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "video",
        "audio",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "form-control",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "map",
        "area",
        "dialog",
        "datalist",
        "progress",
        "meter",
        "amp-ad",
        "amp-embed",
        "amp-sidebar",
        "amp-social-share",
        "amp-sticky-ad",
        "-comment",
        "-doctype",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "address",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "fieldset",
        "form",
        "center",
        "body",
        "html",
        "hgroup",
        "nav",
        "legend",
        "menu",
        "dir",
        "caption",
    ]
)
_MARKS = {
    "a": MarkKind.LINK, "strong": MarkKind.STRONG, "b": MarkKind.STRONG, "em": MarkKind.EMPHASIS,
    "i": MarkKind.EMPHASIS,
    "cite": MarkKind.EMPHASIS, "code": MarkKind.CODE, "kbd": MarkKind.CODE, "samp": MarkKind.CODE, "tt": MarkKind.CODE,
}  # fmt: skip
# HTML 15.3.6: these are isolated when they have a direction; bdi without one is isolated by its first strong letter
_ISOLATING = frozenset(("bdi", "bdo", "span", "q"))
_DIRECTIONS = {"ltr": MarkKind.ISOLATE_LTR, "rtl": MarkKind.ISOLATE_RTL, "auto": MarkKind.ISOLATE}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|right|top|text-indent)\s*:\s*-\d{3,}|"
    r"font-size\s*:\s*0(?:px|em|rem|pt|%)?\s*(?:;|!|$)|clip\s*:\s*rect\(\s*[01]",
    re.IGNORECASE,
)
_PICTURES, _NO_PICTURES = "img, amp-img", "table, pre, blockquote, ul, ol, h2, h3"
"""What a <figure> holds that shows a picture, and one that shows something else."""
_CAPTIONS_TOO = frozenset(("td", "span", "small", "li", "h4", "h5", "h6"))
"""What else may hold a caption."""


def blocks_of_html(html: str, base: str) -> tuple[Block, ...]:
    """The blocks of a fragment of HTML, as a feed's content holds one."""
    from selectolax.lexbor import LexborHTMLParser

    if len(html) > _LARGE:
        html, _ = tamed(html, characters=1_000_000, tags=30_000)
    body = LexborHTMLParser(html).body
    return read_blocks(body, base) if body is not None else ()


def read_blocks(node: LexborNode, base: str, drop: Drop | None = None) -> tuple[Block, ...]:
    """The blocks of ``node``; links and pictures are resolved against ``base``."""
    walker = _Walker(base, drop)
    walker.walk(node)
    return tuple(walker.article.blocks[:MAX_BLOCKS])  # a table that lays out a page may give many at once


def _isolation(node: LexborNode, tag: str) -> MarkKind | None:
    asked = _DIRECTIONS.get((node.attributes.get("dir") or "").strip().lower())
    return asked or (MarkKind.ISOLATE if tag == "bdi" else None)


class _Walker:
    """The state of one walk: the inline text being gathered, and the containers it will go to."""

    def __init__(self, base: str, drop: Drop | None) -> None:
        self._base = base
        self._drop = drop
        self.article = Article()
        self._containers: list[Container] = [self.article]
        self._inline = InlineBuilder()
        self._in_pre = self._in_caption = 0
        self._beside: set[int] = set()
        """What stands behind a picture in its box."""
        self._tells = False

    def walk(self, root: LexborNode) -> None:
        """Visit ``root`` and everything in it, in document order."""
        self._tells = len(root.text()) >= _TELLS
        stack: list[tuple[LexborNode | None, Callable[[], None] | None]] = [(root, None)]
        while stack and len(self.article.blocks) < MAX_BLOCKS:
            node, leave = stack.pop()
            if node is None:
                if leave is not None:
                    leave()
                continue
            if node is not root and node.next is not None:
                stack.append((node.next, None))
            tag = node.tag
            if tag == "-text":
                self._text(node)
            elif tag is not None and tag not in _SKIPPED and (node is root or not self._refused(node)):
                if len(stack) < 3 * MAX_DEPTH:
                    leave = self._enter(node, tag)
                elif tag in _BLOCKS:
                    self._flush()
                if leave is not None:
                    stack.append((None, leave))
                child = node.child
                if child is not None:
                    stack.append((child, None))
        self._flush()
        while len(self._containers) > 1:
            self._leave_container()

    def _text(self, node: LexborNode) -> None:
        text = node.text_content or ""
        if self._in_pre:
            container = self._containers[-1]
            if isinstance(container, Verbatim):
                container.text.append(text)
        else:
            self._inline.add(text)

    def _refused(self, node: LexborNode) -> bool:
        attributes = node.attributes
        if not attributes:
            return self._drop is not None and self._drop(node)
        if (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or _HIDDEN.search(attributes.get("style") or "")
        ):
            return True
        return self._drop is not None and self._drop(node)

    def _enter(self, node: LexborNode, tag: str) -> Callable[[], None] | None:
        """Open what ``tag`` opens; the function that closes it, or None."""
        if tag == "br":
            self._line_break()
            return None
        if tag in _MARKS and not self._in_pre:
            href = absolute(self._base, node.attributes.get("href") or "") if tag == "a" else ""
            if tag == "a" and not href:
                return None
            self._inline.open(_MARKS[tag], href)
            return self._inline.close
        if tag in _ISOLATING and not self._in_pre and (kind := _isolation(node, tag)):
            self._inline.open(kind)
            return self._inline.close
        if self._may_be_caption(tag) and (node.mem_id in self._beside or is_caption(node)):
            return self._caption(node)
        if tag in _BLOCKS and not self._in_pre:
            self._flush()
            return self._flush
        opener = _OPENERS.get(tag)
        return opener(self, node) if opener and not self._in_pre else None

    def _may_be_caption(self, tag: str) -> bool:
        """Whether an element stands behind a picture of which nothing is said yet."""
        behind = self.article.uncaptioned and not self._in_pre and not self._in_caption
        return behind and (tag in _BLOCKS or tag in _CAPTIONS_TOO)

    def _line_break(self) -> None:
        container = self._containers[-1]
        if isinstance(container, Verbatim):
            container.text.append("\n")
        else:
            self._inline.break_line()

    def _flush(self) -> None:
        if self._inline.empty:
            return
        for text in self._inline.take():
            if not (self._in_caption and self.article.caption(text.text)):
                self._containers[-1].add_text(text)

    def _push(self, container: Container) -> Callable[[], None]:
        self._flush()
        self._containers.append(container)
        return self._leave_container

    def _leave_container(self) -> None:
        self._flush()
        done = self._containers.pop()
        for parent in reversed(self._containers):
            if parent.adopt(done):
                return

    def _heading(self, node: LexborNode) -> Callable[[], None]:
        self._flush()
        level = max(2, int((node.tag or "h2")[1]))

        def leave() -> None:
            for text in self._inline.take():
                self._containers[-1].add_heading(text, level)

        return leave

    def _rule(self, _node: LexborNode) -> None:
        self._flush()
        self._containers[-1].add_rule()

    def _quote(self, node: LexborNode) -> Callable[[], None]:
        return self._push(Quoted(cite=absolute(self._base, node.attributes.get("cite") or "")))

    def _list(self, node: LexborNode) -> Callable[[], None]:
        if sum(isinstance(container, Items) for container in self._containers) >= MAX_NESTED_LISTS:
            self._flush()
            return self._flush
        start = node.attributes.get("start") or ""
        return self._push(Items(ordered=node.tag == "ol", start=int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1))

    def _list_item(self, _node: LexborNode) -> Callable[[], None]:
        if isinstance(self._containers[-1], Items):  # those of lists that are nested too deep are paragraphs
            return self._push(Item())
        self._flush()
        return self._flush

    def _table(self, _node: LexborNode) -> Callable[[], None]:
        return self._push(Rows())

    def _row(self, _node: LexborNode) -> Callable[[], None]:
        self._flush()
        rows = self._nearest_rows()
        if rows is not None:
            rows.new_row()
        return self._flush

    def _cell(self, node: LexborNode) -> Callable[[], None]:
        if self._nearest_rows() is None:
            self._flush()
            return self._flush
        span = node.attributes.get("colspan") or ""
        return self._push(
            Cell(header=node.tag == "th", span=min(int(span), 50) if re.fullmatch(r"[1-9]\d{0,4}", span) else 1)
        )

    def _nearest_rows(self) -> Rows | None:
        return next((c for c in reversed(self._containers) if isinstance(c, Rows)), None)

    def _pre(self, _node: LexborNode) -> Callable[[], None]:
        leave = self._push(Verbatim())
        self._in_pre += 1

        def left() -> None:
            self._in_pre -= 1
            leave()

        return left

    def _image(self, node: LexborNode) -> None:
        image = picture(node, self._base)
        if image is not None:
            self.article.hold(image)
            if self._tells and len(self._beside) < _MOST_CAPTIONS:
                self._beside.update(line.mem_id for line in beside_picture(node))

    def _figure(self, node: LexborNode) -> Callable[[], None]:
        if node.css_first(_PICTURES) is None or node.css_first(_NO_PICTURES) is not None:
            self._flush()
            return self._flush
        return self._push(Pictured(self.article))

    def _caption(self, _node: LexborNode) -> Callable[[], None]:
        self._flush()
        self._in_caption += 1

        def leave() -> None:
            self._flush()
            self._in_caption -= 1

        return leave


_OPENERS: dict[str, Callable[[_Walker, LexborNode], Callable[[], None] | None]] = {
    **{f"h{level}": _Walker._heading for level in range(1, 7)},
    "hr": _Walker._rule,
    "blockquote": _Walker._quote,
    "ul": _Walker._list,
    "ol": _Walker._list,
    "li": _Walker._list_item,
    "table": _Walker._table,
    "tr": _Walker._row,
    "td": _Walker._cell,
    "th": _Walker._cell,
    "pre": _Walker._pre,
    "img": _Walker._image,
    "amp-img": _Walker._image,
    "figure": _Walker._figure,
    "figcaption": _Walker._caption,
}
