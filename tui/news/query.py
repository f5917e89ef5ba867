"""The one query language: search, smart lists and rules.

    words           every one must occur            "in this order"    a phrase
    -word           must not occur                  a or b             either; binds looser than "both"
    (a or b) c      grouping                        word*              words that begin so
    paper:NAME      the paper's name                source:NAME        the source's title
    lang:ar         the language                    is:unread          or is:read, is:starred
    has:image       with a picture                  after:2026-03-01   that day (UTC) or later
                                                    before:2026-03-01  before that day

A value may be quoted: paper:"Le Matin". ``parse`` gives a tree; ``matches`` tests one story against it (rules);
the store compiles the same tree to SQL with parameters. Nothing here reads a clock or a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from tui.news.folding import fold, fold_name, words


class QueryError(ValueError):
    """The query cannot be read; ``column`` is the place of the fault, counted in code points from 1."""

    def __init__(self, column: int, sentence: str) -> None:
        super().__init__(column, sentence)
        self.column = column
        self.sentence = sentence

    def __str__(self) -> str:
        return f"column {self.column}: {self.sentence}"


class Is(StrEnum):
    """The states a story can be asked for."""

    UNREAD = "unread"
    READ = "read"
    STARRED = "starred"


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words that must stand next to each other in this order, in title or text."""

    words: tuple[str, ...]
    prefix: bool = False
    """The last word may go on."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Folded words that must stand next to each other in the paper's name."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InSource:
    """Folded words that must stand next to each other in the source's title."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lang:
    """The language's primary tag."""

    tag: str


@dataclass(frozen=True, slots=True)
class HasImage:
    """The story came with a picture."""


@dataclass(frozen=True, slots=True)
class State:
    """The story's state."""

    state: Is


@dataclass(frozen=True, slots=True)
class After:
    """Not before this time (Unix seconds)."""

    at: int


@dataclass(frozen=True, slots=True)
class Before:
    """Before this time (Unix seconds)."""

    at: int


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """All must hold; none at all holds always."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """One must hold."""

    nodes: tuple[Node, ...]


Node = Words | Paper | InSource | Lang | HasImage | State | After | Before | Not | And | Or


@dataclass(frozen=True, slots=True)
class Subject:
    """What a query is tried on."""

    title: str
    text: str = ""
    paper: str = ""
    source: str = ""
    language: str = ""
    has_image: bool = False
    sorted_at: int = 0
    read: bool = False
    starred: bool = False
    _content: list[str] = field(default_factory=list, compare=False, repr=False)

    def content(self) -> str:
        """The folded words of title and text between blanks; made once. A phrase never crosses the two."""
        if not self._content:
            parts = [" ".join(words(fold(part))) for part in (self.title, self.text)]
            self._content.append(" " + " | ".join(parts) + " ")
        return self._content[0]


_TOKEN = re.compile(
    r"""\s* (?: (?P<open>\() | (?P<close>\)) | (?P<minus>-(?=\S))
      | (?: (?P<field>[A-Za-z]+):(?!//) )? (?: "(?P<phrase>[^"]*)(?P<end>"?) | (?P<word>[^\s()"]+) | (?P<none>) ) )""",
    re.VERBOSE,
)
_DEPTH = 30
"""Brackets and signs inside each other: the index's own parser has a stack for not many more."""
MOST = 200
"""Words and signs of one query."""
_FIELDS = "paper, source, lang, is, has, after, before"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    column: int
    field: str = ""
    value: str = ""
    last: bool = False
    """Nothing follows, not even a blank or a closing mark: it is perhaps still being typed."""


def parse(text: str, *, typing: bool = False) -> Node:
    """The tree of a query; an empty query is ``And()`` and matches everything.

    With ``typing`` (search as you type) the last word may go on unless a blank follows it, a phrase need not be closed
    yet, and a last "or" is still a word that begins so. Raises QueryError.
    """
    tokens = _tokens(text, typing)
    parser = _Parser(tokens, len(text) + 1, typing)
    node = parser.either()
    if parser.index < len(tokens):
        raise QueryError(tokens[parser.index].column, "This bracket closes nothing.")
    return node


def _tokens(text: str, typing: bool) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    length = len(text.rstrip())
    while at < length:
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            raise QueryError(at + 1, "This cannot be read as a query.")
        if len(tokens) == MOST:
            raise QueryError(at + 1, f"A query has at most {MOST} words and signs; it was read up to here.")
        tokens.append(_token(match, len(text), typing))
        at = match.end()
    return tokens


def _token(match: re.Match[str], length: int, typing: bool) -> _Token:
    for kind in ("open", "close", "minus"):
        if match[kind]:
            return _Token(kind, match.start(kind) + 1)
    name = (match["field"] or "").lower()
    column = (match.start("field") if name else match.end() - len(match[0].lstrip())) + 1
    if match["phrase"] is not None:
        if not match["end"] and not typing:
            raise QueryError(match.start("phrase"), "The phrase that begins here has no closing quotation mark.")
        return _Token("phrase", column, name, match["phrase"], not match["end"])
    value = match["word"] or ""
    last = match.end() == length
    if not name and value.lower() == "or" and not (typing and last):
        return _Token("or", column)
    return _Token("word", column, name, value, last)


class _Parser:
    """Recursive descent: either := both ("or" both)*; both := one+; one := "-" one | "(" either ")" | term."""

    def __init__(self, tokens: list[_Token], end: int, typing: bool) -> None:
        self.tokens = tokens
        self.end = end
        self.typing = typing
        self.index = 0
        self.depth = 0

    def peek(self) -> str:
        return self.tokens[self.index].kind if self.index < len(self.tokens) else ""

    def column(self) -> int:
        return self.tokens[self.index].column if self.index < len(self.tokens) else self.end

    def either(self) -> Node:
        options = [self.both()]
        while self.peek() == "or":
            column = self.column()
            self.index += 1
            if self.index == 1 or self.tokens[self.index - 2].kind in ("or", "open"):
                raise QueryError(column, "“or” needs something before it.")
            if self.peek() in ("", "or", "close"):
                raise QueryError(column, "“or” needs something after it.")
            options.append(self.both())
        return options[0] if len(options) == 1 else Or(tuple(options))

    def both(self) -> Node:
        nodes: list[Node] = []
        while self.peek() not in ("", "or", "close"):
            node = self.one()
            if node is not None:
                nodes.append(node)
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def one(self) -> Node | None:
        token = self.tokens[self.index]
        self.index += 1
        if token.kind == "minus":
            if self.peek() in ("", "or", "close"):
                raise QueryError(token.column, "“-” needs something to leave out.")
            self.deeper(token.column)
            node = self.one()
            self.depth -= 1
            return None if node is None else Not(node)
        if token.kind == "open":
            self.deeper(token.column)
            node = self.either()
            self.depth -= 1
            if self.peek() != "close":
                raise QueryError(token.column, "The bracket that opens here is not closed.")
            self.index += 1
            return node
        return _term(token, self.typing)

    def deeper(self, column: int) -> None:
        self.depth += 1
        if self.depth > _DEPTH:
            raise QueryError(column, "The query is nested too deeply.")


def _term(token: _Token, typing: bool) -> Node | None:
    """The node of a word, phrase or field; None for punctuation alone, which every text matches."""
    if token.field in _MAKERS:
        if not token.value.strip():
            raise QueryError(token.column, f"“{token.field}:” needs a value right after the colon.")
        return _MAKERS[token.field](token)
    if token.field:
        raise QueryError(token.column, f"There is no field “{token.field}:”; there are {_FIELDS}.")
    found = tuple(words(fold(token.value)))
    if not found:
        return None
    if typing and token.last and len(found) == 1 and len(found[0]) == 1:
        # One letter, and more to come: as good as nothing yet. One digit is a number.
        return Words(found) if found[0].isdecimal() else None
    goes_on = (token.kind == "word" and token.value.endswith("*")) or (typing and token.last)
    return Words(found, goes_on)


def _name(token: _Token) -> tuple[str, ...]:
    found = tuple(words(fold(token.value)))
    if not found:
        raise QueryError(token.column, f"“{token.field}:” needs a name with letters or digits.")
    return found


def _lang(token: _Token) -> Node:
    tag = token.value.strip().lower().replace("_", "-").partition("-")[0]
    if not re.fullmatch(r"[a-z]{2,8}", tag):
        raise QueryError(token.column, "“lang:” takes a language tag such as ar, he, fa, ur, fr or en.")
    return Lang(tag)


def _is(token: _Token) -> Node:
    try:
        return State(Is(token.value.strip().lower()))
    except ValueError:
        raise QueryError(token.column, "“is:” takes unread, read or starred.") from None


def _has(token: _Token) -> Node:
    if token.value.strip().lower() not in ("image", "picture"):
        raise QueryError(token.column, "“has:” takes image.")
    return HasImage()


def _day(token: _Token) -> int:
    """The UTC midnight that begins a day, month or year, in Unix seconds."""
    value = fold(token.value.strip())
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?", value)
    try:
        if match is None:
            raise ValueError(value)
        year, month, day = (int(part or 1) for part in match.groups())
        return int(datetime(year, month, day, tzinfo=UTC).timestamp())
    except ValueError:
        raise QueryError(token.column, f"“{token.field}:” takes a date such as 2026-03-01.") from None


_MAKERS: dict[str, Callable[[_Token], Node]] = {
    "paper": lambda token: Paper(_name(token)),
    "source": lambda token: InSource(_name(token)),
    "lang": _lang,
    "is": _is,
    "has": _has,
    "after": lambda token: After(_day(token)),
    "before": lambda token: Before(_day(token)),
}


def matches(node: Node, subject: Subject) -> bool:
    """Whether a story is what the query asks for."""
    match node:
        case And(nodes):
            return all(matches(part, subject) for part in nodes)
        case Or(nodes):
            return any(matches(part, subject) for part in nodes)
        case Not(part):
            return not matches(part, subject)
        case Words(found, prefix):
            return f" {' '.join(found)}{'' if prefix else ' '}" in subject.content()
        case Paper(found):
            return _in_name(found, subject.paper)
        case InSource(found):
            return _in_name(found, subject.source)
        case _:
            return _has_state(node, subject)


def _has_state(node: Lang | HasImage | State | After | Before, subject: Subject) -> bool:
    match node:
        case Lang(tag):
            return subject.language == tag
        case HasImage():
            return subject.has_image
        case After(at):
            return subject.sorted_at >= at
        case Before(at):
            return subject.sorted_at < at
        case State(Is.STARRED):
            return subject.starred
        case State(state):
            return subject.read == (state is Is.READ)


def _in_name(found: tuple[str, ...], name: str) -> bool:
    return f" {' '.join(found)} " in f" {fold_name(name)} "
