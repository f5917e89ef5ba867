"""The edition's texts: stories as editors write them in ``texts/LANGUAGE/PAPER.txt``.

A file is a run of stories. Each begins with ``=== NUMBER``, then ``name: value`` lines (title, age, by, section, lead,
carried), an empty line, and the body, whose blocks are divided by empty lines::

    === 12
    title: The ferry sails again
    age: 2h30m

    One paragraph, with *emphasis*, **weight** and a [link](marfa/7).

    ## A heading
    > A quotation
    > -- who said it
    - a list (1. for numbers)
    | head | head |      a table; its first row is the header
    ![what is seen](sea.png "The caption")
    ---                  a rule

``age`` is how long before the edition's anchor the story appeared (d, h, m), or ``none`` for a story without a date.
In title and body ``{weekday}``, ``{weekday+1}``, ``{date}`` and ``{year}`` become those of the story's own day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
PICTURES = Path(__file__).parent / "pictures"

WEEKDAYS = {  # Monday first, as datetime.weekday() counts
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    "he": ("שני", "שלישי", "רביעי", "חמישי", "שישי", "שבת", "ראשון"),
    "fa": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"),
    "ur": ("پیر", "منگل", "بدھ", "جمعرات", "جمعہ", "ہفتے", "اتوار"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}

_PLACEHOLDER = re.compile(r"\{(weekday|date|year)([+-]\d)?\}")
_AGE = re.compile(r"(\d+)([dhm])")
_UNITS = {"d": 1440, "h": 60, "m": 1}


class BlockKind(Enum):
    """What a block of a story's body is."""

    PARAGRAPH = auto()
    HEADING = auto()
    QUOTE = auto()
    BULLETS = auto()
    NUMBERS = auto()
    TABLE = auto()
    PICTURE = auto()
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its lines still carry inline marks. A picture's lines are (file, what is seen, caption)."""

    kind: BlockKind
    lines: tuple[str, ...]
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One story of the edition."""

    paper: str
    language: str
    number: int
    title: str
    age: int | None
    """Minutes before the anchor, or None for a story without a date."""
    by: str
    section: str
    lead: str
    """The teaser when it is not the first paragraph."""
    carried: bool
    """The aggregator's feed carries it although its paper has a feed of its own."""
    blocks: tuple[Block, ...]

    @property
    def teaser(self) -> str:
        """The story's first words, with inline marks."""
        if self.lead:
            return self.lead
        return next((b.lines[0] for b in self.blocks if b.kind is BlockKind.PARAGRAPH), "")

    @property
    def is_article(self) -> bool:
        """Whether it is a full article rather than a brief."""
        return sum(b.kind is BlockKind.PARAGRAPH for b in self.blocks) >= 4

    @property
    def picture(self) -> Block | None:
        """The first picture, or None."""
        return next((b for b in self.blocks if b.kind is BlockKind.PICTURE), None)

    def published(self, anchor: datetime) -> datetime | None:
        """When the story appeared, given the edition's anchor (aware, UTC)."""
        return None if self.age is None else anchor - timedelta(minutes=self.age)


@cache
def words(language: str) -> dict[str, str]:
    """Return the words of sites in ``language``, from ``texts/LANGUAGE/site.txt``."""
    lines = (TEXTS / language / "site.txt").read_text("utf-8").splitlines()
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines) if value}


@cache
def stories_of(paper: str, language: str) -> tuple[Story, ...]:
    """Return a paper's stories in the order of its file."""
    path = TEXTS / language / f"{paper}.txt"
    if not path.exists():
        return ()
    parts = re.split(r"^=== *(\d+) *$", path.read_text("utf-8"), flags=re.MULTILINE)
    return tuple(
        _story(paper, language, int(number), text) for number, text in zip(parts[1::2], parts[2::2], strict=True)
    )


def _story(paper: str, language: str, number: int, text: str) -> Story:
    head, _, body = text.strip("\n").partition("\n\n")
    fields = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in head.splitlines())}
    unknown = fields.keys() - {"title", "age", "by", "section", "lead", "carried"}
    if unknown or "age" not in fields:
        raise ValueError(f"{language}/{paper}.txt, story {number}: needs an age; does not know {sorted(unknown)}")
    return Story(
        paper,
        language,
        number,
        fields.get("title", ""),
        _age(fields["age"]),
        fields.get("by", ""),
        fields.get("section", ""),
        fields.get("lead", ""),
        fields.get("carried", "") == "yes",
        tuple(_block(part) for part in re.split(r"\n\s*\n", body.strip()) if part.strip()),
    )


def _age(text: str) -> int | None:
    return None if text == "none" else sum(int(n) * _UNITS[unit] for n, unit in _AGE.findall(text))


def _block(text: str) -> Block:
    lines = [line.strip() for line in text.strip().splitlines()]
    first = lines[0]
    if first.startswith("!["):
        seen, _, rest = first[2:].partition("](")
        name, _, caption = rest.rstrip(")").partition(" ")
        return Block(BlockKind.PICTURE, (name, seen, caption.strip('"')))
    if first.startswith("## "):
        return Block(BlockKind.HEADING, (first[3:],))
    if first == "---":
        return Block(BlockKind.RULE, ())
    if first.startswith("> "):
        said = [line.removeprefix("> ") for line in lines]
        cite = said.pop()[3:] if said[-1].startswith("-- ") else ""
        return Block(BlockKind.QUOTE, tuple(said), cite)
    if first.startswith("- "):
        return Block(BlockKind.BULLETS, tuple(line.removeprefix("- ") for line in lines))
    if first.startswith("1. "):
        return Block(BlockKind.NUMBERS, tuple(line.partition(". ")[2] for line in lines))
    if first.startswith("|"):
        return Block(BlockKind.TABLE, tuple(lines))
    return Block(BlockKind.PARAGRAPH, (" ".join(lines),))


def dated(text: str, language: str, day: datetime) -> str:
    """Fill in ``{weekday}``, ``{date}`` and ``{year}`` (with ``+n`` or ``-n`` days) for a story of ``day``."""
    if "{" not in text:
        return text

    def fill(match: re.Match[str]) -> str:
        then = day + timedelta(days=int(match[2] or 0))
        if match[1] == "weekday":
            return WEEKDAYS[language][then.weekday()]
        return str(then.year) if match[1] == "year" else f"{then.day}/{then.month}/{then.year}"

    return _PLACEHOLDER.sub(fill, text)
