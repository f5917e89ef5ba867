"""The looks of an article by name, and their default styles; the theme's variables give the colours."""

from __future__ import annotations

COMPONENTS = (
    "article--title",
    "article--receding",
    "article--byline",
    "article--heading",
    "article--text",
    "article--strong",
    "article--emphasis",
    "article--code",
    "article--link",
    "article--link-focused",
    "article--quiet",
    "article--bar",
    "article--sign",
    "article--key",
    "article--rule",
    "article--caption",
    "article--slanted",
    "article--preformatted",
    "article--hit",
    "article--hit-current",
    "article--selection",
    "article--hint",
    "article--position",
    "article--empty",
)

CSS = """
ArticleView {
    width: 1fr; height: 1fr;
    & > .article--title { text-style: bold; }
    & > .article--receding { color: $text-muted; }
    & > .article--heading { text-style: bold; }
    & > .article--byline, & > .article--quiet, & > .article--caption { color: $text-muted; }
    & > .article--strong { text-style: bold; }
    & > .article--emphasis, & > .article--slanted { text-style: italic; }
    & > .article--code, & > .article--preformatted { background: $surface; }
    & > .article--link { text-style: underline; }
    & > .article--link-focused { text-style: reverse; }
    & > .article--bar { color: $accent; }
    & > .article--key { color: $accent; text-style: bold; }
    & > .article--sign, & > .article--rule, & > .article--empty { color: $text-muted; }
    & > .article--hit { text-style: bold underline; color: $accent; }
    & > .article--hit-current { text-style: bold reverse; color: $accent; }
    & > .article--selection { text-style: reverse; }
    & > .article--hint { text-style: bold reverse; color: $accent; }
    & > .article--position { color: $text-muted; }
    &:focus > .article--position { color: $accent; }
}
"""
