"""What a walk over HTML fills: the article itself, and the lists, quotes, tables and preformatted texts inside it.

A container takes blocks and gives blocks; what a parent cannot hold (a table in a list item) is reduced to its text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tui.bidi.sanitize import sanitize_block
from tui.news.model import (
    Block,
    Figure,
    Heading,
    Image,
    ListBlock,
    ListItem,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    Text,
)
from tui.sources.captions import CREDIT
from tui.sources.inline import join

MAX_ROWS, MAX_COLUMNS = 500, 50
_BESIDE_PICTURE = 200
"""Characters of a line in a <figure>, at most."""
_LAYOUT_CELL = 400
"""A cell with more text than this, in several paragraphs, lays out a page: its table is no table of data."""


def texts_of(block: Block) -> list[Text]:
    """The paragraphs in a block, for a container that holds only text."""
    match block:
        case Heading(text=text) | Paragraph(text=text):
            return [text]
        case Quote(paragraphs=paragraphs):
            return list(paragraphs)
        case ListBlock(items=items):
            return [
                text for item in items for text in (item.text, *(t for child in item.children for t in texts_of(child)))
            ]
        case Table(rows=rows, header=header):
            return [join(row) for row in (header, *rows) if row]
        case Preformatted(text=text):
            return [Text(line.strip()) for line in text.split("\n") if line.strip()]
        case _:
            return []


class Container:
    """Something blocks are put into."""

    def add(self, block: Block) -> None:
        """Put a block in."""
        raise NotImplementedError

    def finish(self) -> list[Block]:
        """The blocks this container makes."""
        raise NotImplementedError

    def adopt(self, child: Container) -> bool:
        """Take over what a container inside this one has made; True when taken."""
        for block in child.finish():
            self.add(block)
        return True

    def add_text(self, text: Text) -> None:
        """Put a paragraph in."""
        self.add(Paragraph(text))

    def add_heading(self, text: Text, level: int) -> None:
        """Put a heading in."""
        self.add(Heading(Text(text.text, tuple(m for m in text.marks if m.href)), level))

    def add_rule(self) -> None:
        """Put a thematic break in."""
        self.add(Rule())


class Article(Container):
    """The top of the walk; also holds the pictures, wherever they stood."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pictures: set[str] = set()

    def add(self, block: Block) -> None:
        """Put a block in."""
        if isinstance(block, Rule) and (not self.blocks or isinstance(self.blocks[-1], Rule)):
            return
        if self.uncaptioned and isinstance(block, Paragraph) and CREDIT.fullmatch(block.text.text):
            self.caption(block.text.text)
            return
        self.blocks.append(block)

    def finish(self) -> list[Block]:
        """The blocks this makes."""
        return self.blocks

    def hold(self, image: Image) -> None:
        """Put a picture in, once."""
        if image.url not in self._pictures:
            self._pictures.add(image.url)
            self.blocks.append(Figure(image))

    @property
    def uncaptioned(self) -> bool:
        """Whether the last block is a picture of which nothing is said."""
        last = self.blocks[-1] if self.blocks else None
        return isinstance(last, Figure) and not last.image.caption

    def caption(self, text: str) -> bool:
        """Give the last picture its caption; False when there is none without one."""
        last = self.blocks[-1] if self.blocks else None
        if not isinstance(last, Figure) or last.image.caption:
            return False
        self.blocks[-1] = Figure(replace(last.image, caption=text))
        return True


class Pictured(Container):
    """A <figure> round a picture: what stands in it beside the caption says whose it is, and is none of the story."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._beside: list[Text] = []

    def add(self, block: Block) -> None:
        """Put a block in."""
        self._beside.extend(texts_of(block))

    def finish(self) -> list[Block]:
        """Texts that are too long for a picture's; the short ones are its caption if it has none."""
        short = [text.text for text in self._beside if len(text.text) <= _BESIDE_PICTURE]
        if short and self._article.uncaptioned:
            self._article.caption(" ".join(short))
        return [Paragraph(text) for text in self._beside if len(text.text) > _BESIDE_PICTURE]


class Items(Container):
    """A list."""

    def __init__(self, *, ordered: bool, start: int) -> None:
        self._ordered, self._start = ordered, start
        self._items: list[ListItem] = []

    def add(self, block: Block) -> None:
        """Put a block in."""
        if isinstance(block, ListBlock) and self._items:
            last = self._items[-1]
            self._items[-1] = ListItem(last.text, (*last.children, block))
        elif isinstance(block, ListBlock):
            self._items.extend(block.items)
        else:
            self._items.extend(ListItem(text) for text in texts_of(block))

    def adopt(self, child: Container) -> bool:
        """Take over what ``child`` has made."""
        if isinstance(child, Item):
            item = child.item()
            if item.text.text or item.children:
                self._items.append(item)
            return True
        return super().adopt(child)

    def finish(self) -> list[Block]:
        """The blocks this makes."""
        return [ListBlock(tuple(self._items), self._ordered, self._start)] if self._items else []


class Item(Container):
    """One entry of a list."""

    def __init__(self) -> None:
        self._texts: list[Text] = []
        self._children: list[ListBlock] = []

    def add(self, block: Block) -> None:
        """Put a block in."""
        if isinstance(block, ListBlock):
            self._children.append(block)
        else:
            self._texts.extend(texts_of(block))

    def item(self) -> ListItem:
        """The entry as a value."""
        return ListItem(join(self._texts) if self._texts else Text(""), tuple(self._children))

    def finish(self) -> list[Block]:
        """The blocks this makes."""
        return [*(Paragraph(text) for text in self._texts), *self._children]


class Quoted(Container):
    """A block quotation."""

    def __init__(self, cite: str) -> None:
        self._cite = cite
        self._texts: list[Text] = []

    def add(self, block: Block) -> None:
        """Put a block in."""
        self._texts.extend(texts_of(block))

    def finish(self) -> list[Block]:
        """The blocks this makes."""
        return [Quote(tuple(self._texts), self._cite)] if self._texts else []


class Verbatim(Container):
    """Preformatted text."""

    def __init__(self) -> None:
        self.text: list[str] = []

    def add(self, block: Block) -> None:
        """Put a block in."""
        self.text.extend(f"{text.text}\n" for text in texts_of(block))

    def finish(self) -> list[Block]:
        """The blocks this makes."""
        text = "".join(self.text).replace("\r\n", "\n").expandtabs(4)
        lines = [line.rstrip() for line in str(sanitize_block(text)).split("\n")]
        text = re.sub(r"\A(?:\s*\n)+", "", "\n".join(lines)).rstrip()
        return [Preformatted(text)] if text else []


class Cell(Container):
    """One cell of a table, until it is known whether the table is one of data."""

    def __init__(self, *, header: bool, span: int) -> None:
        self.header, self.span = header, span
        self.blocks: list[Block] = []

    def add(self, block: Block) -> None:
        """Put a block in."""
        self.blocks.append(block)

    def finish(self) -> list[Block]:
        """The blocks this makes."""
        return self.blocks

    def text(self) -> Text:
        """The cell's paragraphs as one text."""
        texts = [text for block in self.blocks for text in texts_of(block)]
        return join(texts) if texts else Text("")

    def lays_out(self) -> bool:
        """True when this is a part of a page rather than a datum."""
        if any(isinstance(block, Table | Preformatted) for block in self.blocks):
            return True
        return len(self.blocks) > 1 and sum(len(t.text) for b in self.blocks for t in texts_of(b)) > _LAYOUT_CELL


class Rows(Container):
    """A table."""

    def __init__(self) -> None:
        self._before: list[Block] = []
        self._rows: list[list[Cell]] = []

    def add(self, block: Block) -> None:
        """Put a block in."""
        self._before.append(block)

    def new_row(self) -> None:
        """Start a row (<tr>)."""
        self._rows.append([])

    def adopt(self, child: Container) -> bool:
        """Take over what ``child`` has made."""
        if not isinstance(child, Cell):
            return super().adopt(child)
        if not self._rows:
            self._rows.append([])
        self._rows[-1].append(child)
        return True

    def finish(self) -> list[Block]:
        """The blocks this makes."""
        rows = [row for row in self._rows[:MAX_ROWS] if row]
        if not rows:
            return self._before
        width = min(max(sum(cell.span for cell in row) for row in rows), MAX_COLUMNS)
        if width < 2 or len(rows) < 2 or any(cell.lays_out() for row in rows for cell in row):
            return self._before + [block for row in rows for cell in row for block in cell.blocks]
        headed = all(cell.header for cell in rows[0])
        texts = [_row(row, width) for row in rows]
        kept = tuple(row for row in (texts[1:] if headed else texts) if any(cell.text for cell in row))
        table = Table(kept, texts[0] if headed else ())
        return [*self._before, *([table] if kept else [])]


def _row(cells: list[Cell], width: int) -> tuple[Text, ...]:
    row: list[Text] = []
    for cell in cells:
        row += [cell.text(), *([Text("")] * (cell.span - 1))]
    return tuple((row + [Text("")] * width)[:width])
