# ruff: noqa: E501  tables read better in long lines
"""Conditions and ranges answered out of the cache (RFC 9111 §4.3.2, RFC 9110 §13 and §14)."""

from __future__ import annotations

import pytest

from tui.net.fields import Fields
from tui.net.messages import Stored
from tui.net.partial import fit

DATE = "Sun, 06 Nov 1994 08:49:37 GMT"
LATER = "Sun, 06 Nov 1994 08:49:38 GMT"
EARLIER = "Sun, 06 Nov 1994 08:49:36 GMT"
BODY = b"0123456789"


def ask(*request: tuple[str, str], status: int = 200, **own: str) -> tuple[int, bytes, str]:
    fields = Fields((name.replace("_", "-"), value) for name, value in own.items())
    stored = Stored(1, "GET", "http://a.example/", status, fields, (), 0.0, 0.0, b"")
    code, answer, raw = fit(Fields(request), stored, BODY)
    return code, raw, answer.get("content-range")


@pytest.mark.parametrize(
    ("tag", "condition", "status"),
    [
        ('"a"', '"a"', 304), ('"a"', '"b", "a"', 304), ('W/"a"', '"a"', 304), ('"a"', 'W/"a"', 304), ('"a"', "*", 304),
        ('"a"', '"b"', 200), ('"a"', "a", 200), ("", '""', 200),
    ],
)  # fmt: skip
def test_if_none_match(tag: str, condition: str, status: int) -> None:
    assert ask(("if-none-match", condition), etag=tag)[0] == status


@pytest.mark.parametrize(("since", "status"), [(DATE, 304), (LATER, 304), (EARLIER, 200), ("yesterday", 200)])
def test_if_modified_since(since: str, status: int) -> None:
    assert ask(("if-modified-since", since), last_modified=DATE)[0] == status


def test_if_none_match_goes_first() -> None:
    assert ask(("if-none-match", '"a"'), ("if-modified-since", EARLIER), etag='"a"', last_modified=DATE)[0] == 304
    assert ask(("if-none-match", '"b"'), ("if-modified-since", LATER), etag='"a"', last_modified=DATE)[0] == 200


def test_a_304_has_no_body_and_says_nothing_about_one() -> None:
    assert ask(("if-none-match", "*"), etag='"a"', content_length="10") == (304, b"", "")


def test_errors_are_not_compared() -> None:
    assert ask(("if-none-match", "*"), etag='"a"', status=404)[0] == 404


@pytest.mark.parametrize(
    ("wanted", "part", "where"),
    [
        ("bytes=0-1", b"01", "bytes 0-1/10"), ("bytes=8-", b"89", "bytes 8-9/10"), ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=5-900", b"56789", "bytes 5-9/10"), ("bytes=-900", BODY, "bytes 0-9/10"), ("BYTES=3-3", b"3", "bytes 3-3/10"),
    ],
)  # fmt: skip
def test_ranges(wanted: str, part: bytes, where: str) -> None:
    assert ask(("range", wanted)) == (206, part, where)


@pytest.mark.parametrize("wanted", ["bytes=10-", "bytes=5-2", "bytes=-", "bytes=0-1,3-4", "lines=0-1", "bytes=-0", "x"])
def test_the_whole_instead_of_an_impossible_range(wanted: str) -> None:
    assert ask(("range", wanted)) == (200, BODY, "")


@pytest.mark.parametrize(
    ("condition", "status"), [('"a"', 206), ('"b"', 200), ('W/"a"', 200), (DATE, 206), (LATER, 200), ("", 200)]
)
def test_if_range(condition: str, status: int) -> None:
    assert ask(("range", "bytes=0-1"), ("if-range", condition), etag='"a"', last_modified=DATE)[0] == status
