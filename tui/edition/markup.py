"""A story's blocks as HTML, and as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from tui.edition.papers import BY_SLUG
from tui.edition.texts import Block, BlockKind, Story, dated

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")
_EMPHASIS = re.compile(r"\*([^*]+)\*")


def escape(text: str) -> str:
    """Escape ``text`` for HTML and XML, attributes included."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def slugged(title: str) -> str:
    """Return ``title`` as the words of an address: percent-encoded UTF-8, at most eight words."""
    from urllib.parse import quote

    return quote("-".join(re.findall(r"[\w\u200c]+", title)[:8]).replace("\u200c", "-"))


def story_path(story: Story) -> str:
    """Return the path of the story's page on its paper's site."""
    if story.language == "fa":  # Persian sites put the whole title in the address
        return f"/press/{story.paper}/news/{story.number}/{slugged(story.title)}"
    return f"/press/{story.paper}/stories/{story.number}.html"


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes stories as served at ``base`` for an edition of ``anchor`` (aware, UTC)."""

    anchor: datetime
    base: str

    def published(self, story: Story) -> datetime | None:
        """When the story appeared, or None."""
        return story.published(self.anchor)

    def address(self, story: Story) -> str:
        """The absolute address of the story's page on its paper's site."""
        return self.base + story_path(story)

    def title(self, story: Story) -> str:
        """The headline as plain text."""
        return self._dated(story.title, story)

    def plain(self, text: str, story: Story) -> str:
        """A line of the story without inline marks."""
        bare = _LINK.sub(r"\1", self._dated(text, story))
        return _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", bare))

    def teaser(self, story: Story, limit: int = 0, mark: str = "…") -> str:
        """The story's first words as plain text, cut after ``limit`` words (0: not cut) and marked as cut."""
        found = self.plain(story.teaser, story).split(" ")
        if limit and len(found) > limit:
            return " ".join(found[:limit]) + " " + mark
        return " ".join(found)

    def body(self, story: Story, *, captions: bool = True) -> list[str]:
        """The story's blocks as HTML elements."""
        return [self.block(block, story, captions=captions) for block in story.blocks]

    def block(self, block: Block, story: Story, *, captions: bool = True) -> str:
        """One block as one HTML element."""
        lines = [self._inline(line, story) for line in block.lines] if block.kind is not BlockKind.PICTURE else []
        match block.kind:
            case BlockKind.PICTURE:
                return self._picture(block, captions=captions)
            case BlockKind.TABLE:
                return _table(lines)
            case BlockKind.QUOTE:
                cite = f"<footer><cite>{escape(block.cite)}</cite></footer>" if block.cite else ""
                return f"<blockquote>{''.join(f'<p>{line}</p>' for line in lines)}{cite}</blockquote>"
            case BlockKind.BULLETS | BlockKind.NUMBERS:
                tag = "ul" if block.kind is BlockKind.BULLETS else "ol"
                return f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag}>"
            case BlockKind.RULE:
                return "<hr>"
            case BlockKind.HEADING:
                return f"<h2>{lines[0]}</h2>"
            case _:
                return f"<p>{lines[0]}</p>"

    def picture_address(self, block: Block) -> str:
        """The absolute address of a picture block's file."""
        return f"{self.base}/pictures/{block.lines[0]}"

    def _picture(self, block: Block, *, captions: bool) -> str:
        image = (
            f'<img src="{self.picture_address(block)}" alt="{escape(block.lines[1])}" width="480" height="270"'
            ' loading="lazy">'
        )
        if not captions:
            return f"<p>{image}</p>"
        return f"<figure>{image}<figcaption>{escape(block.lines[2])}</figcaption></figure>"

    def _dated(self, text: str, story: Story) -> str:
        return dated(text, story.language, self.published(story) or self.anchor)

    def _inline(self, text: str, story: Story) -> str:
        html = escape(self._dated(text, story))
        html = _LINK.sub(lambda m: f'<a href="{self._target(m[2])}">{m[1]}</a>', html)
        return _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", html))

    def _target(self, target: str) -> str:
        from tui.edition.texts import stories_of

        slug, _, number = target.partition("/")
        paper = BY_SLUG[slug]
        story = next(s for s in stories_of(slug, paper.language) if s.number == int(number))
        return self.address(story)


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = "".join(f"<th>{cell}</th>" for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
