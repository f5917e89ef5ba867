"""The query language: what it accepts, what it says about the rest, and what a tree matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.news.query import (
    After,
    And,
    Before,
    HasImage,
    InSource,
    Is,
    Lang,
    Not,
    Or,
    Paper,
    QueryError,
    State,
    Subject,
    Words,
    matches,
    parse,
)  # fmt: skip


def word(*found: str, prefix: bool = False) -> Words:
    return Words(found, prefix)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", And()),
        ("  ", And()),
        ("النيابة", word("النيابه")),
        ("a b", And((word("a"), word("b")))),
        ('"a B" c', And((word("a", "b"), word("c")))),
        ("-a", Not(word("a"))),
        ('-"a b"', Not(word("a", "b"))),
        ("a or b c", Or((word("a"), And((word("b"), word("c")))))),
        ("a OR b or c", Or((word("a"), word("b"), word("c")))),
        ("(a or b) c", And((Or((word("a"), word("b"))), word("c")))),
        ("-(a b)", Not(And((word("a"), word("b"))))),
        ("pre*", word("pre", prefix=True)),
        ("well-known", word("well", "known")),
        ("(1-0)", word("1", "0")),
        ("https://a.example/x", word("https", "a", "example", "x")),
        ("10:30", word("10", "30")),
        ("الرباط: خبر", And((word("الرباط"), word("خبر")))),
        ("a - b", And((word("a"), word("b")))),
        ("…", And()),
        ('paper:"Le Matin"', Paper(("le", "matin"))),
        ("PAPER:x", Paper(("x",))),
        ("source:b", InSource(("b",))),
        ("lang:AR-ma", Lang("ar")),
        ("is:unread", State(Is.UNREAD)),
        ("-is:starred", Not(State(Is.STARRED))),
        ("has:image", HasImage()),
        ("after:1970-01-02", After(86_400)),
        ("before:١٩٧٠-٠١-٠٢", Before(86_400)),
        ("after:1971", After(365 * 86_400)),
        ('"" a', word("a")),
    ],
)
def test_parse(query: str, tree: object) -> None:
    assert parse(query) == tree


@pytest.mark.parametrize(
    ("query", "column"),
    [
        ("abc foo:x", 5),
        ("paper:", 1),
        ("a paper: b", 3),
        ("is:new", 1),
        ("x has:text", 3),
        ("lang:1", 1),
        ("after:yesterday", 1),
        ("before:2026-13-01", 1),
        ("before:0000", 1),
        ('خبر "عاجل', 5),
        ("(a", 1),
        ("a ) b", 3),
        ("or a", 1),
        ("a or", 3),
        ("a or or b", 3),
        ("(a or ) b", 4),
        ("paper:…", 1),
        ("-or", 1),
    ],
)
def test_errors_name_the_column(query: str, column: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.column == column
    assert caught.value.sentence.endswith(".")
    assert str(caught.value).startswith(f"column {column}: ")


def test_nesting_is_bounded() -> None:
    with pytest.raises(QueryError):
        parse("(" * 5_000 + "a" + ")" * 5_000)
    with pytest.raises(QueryError):
        parse("-" * 5_000 + "a")


def test_typing_is_lenient_at_the_end_only() -> None:
    assert parse("new", typing=True) == word("new", prefix=True)
    assert parse("new ", typing=True) == word("new")
    assert parse("a or", typing=True) == And((word("a"), word("or", prefix=True)))
    assert parse('"new yor', typing=True) == word("new", "yor", prefix=True)
    assert parse("news x", typing=True) == word("news")
    assert parse("round 5", typing=True) == And((word("round"), word("5")))
    with pytest.raises(QueryError):
        parse("is:unr", typing=True)


STORY = Subject(
    title="افتتاح المعرض الدولي للكتاب", text="Visitors came early. الدورة الثلاثون", paper="Le Matin",
    source="Press of the Day", language="ar", has_image=True, sorted_at=1_000, read=False, starred=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", True),
        ("المعرض", True),
        ("معرض", False),
        ("المعر*", True),
        ('"المعرض الدُّولي"', True),
        ('"الدولي المعرض"', False),
        ('"للكتاب visitors"', False),
        ("visitors -early", False),
        ("nothing or visitors", True),
        ("paper:matin", True),
        ("paper:mat", False),
        ("source:day lang:ar has:image", True),
        ("is:unread is:starred", True),
        ("is:read", False),
        ("after:1970 before:1971", True),
        ("before:1970", False),
        ("-(visitors nothing)", True),
    ],
)
def test_matches(query: str, expected: bool) -> None:
    assert matches(parse(query), STORY) is expected


@given(st.text("ab\"()-: oris*,'", max_size=30), st.booleans())
def test_any_text_parses_or_says_where_not(text: str, typing: bool) -> None:
    try:
        matches(parse(text, typing=typing), STORY)
    except QueryError as error:
        assert 1 <= error.column <= len(text) + 1
