"""Late replies never become key presses, and keys are never taken for replies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import scripted
from tui.terminal.replies import ReplyFilter, has_fence, strip_replies

EVERY_REPLY = sorted(
    {
        reply
        for terminal in (
            scripted.VTE, scripted.KONSOLE, scripted.KITTY, scripted.MLTERM, scripted.XTERM, scripted.FOOT
        )
        for question, reply in terminal.items()
        if question != scripted.RESIZE
    }
)  # fmt: skip
KEYS = ["j", "\x1b[A", "\x1bOP", "\x1b[1;5C", "\x1b[<0;10;5M", "\x1b[200~", "م", "\x1bx", "\x1b[I", "\x1b[97;5u"]


def test_whole_replies_vanish() -> None:
    assert strip_replies("a" + "".join(EVERY_REPLY) + "b") == "ab"


@pytest.mark.parametrize("reply", EVERY_REPLY)
def test_a_reply_in_two_pieces_vanishes(reply: str) -> None:
    for cut in range(1, len(reply)):
        replies = ReplyFilter(expected=True)
        seen = replies.feed("j" + reply[:cut]) + replies.feed(reply[cut:] + "k") + replies.release()
        assert seen == "jk", cut


@pytest.mark.parametrize("reply", EVERY_REPLY)
def test_a_reply_byte_by_byte_vanishes(reply: str) -> None:
    replies = ReplyFilter(expected=True)
    assert "".join(map(replies.feed, reply)) + replies.release() == ""


@given(st.lists(st.sampled_from(KEYS + EVERY_REPLY), max_size=12), st.data())
def test_keys_come_through_whatever_lies_between(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    replies = ReplyFilter(expected=True)
    seen = "".join(replies.feed(text[a:b]) for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True))
    wanted = "".join(part for part in parts if part in KEYS)
    if not any(has_fence(part) for part in parts):  # behind the fence nothing is held back any more
        assert seen + replies.release() == wanted


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_released_when_nothing_follows(key: str) -> None:
    replies = ReplyFilter(expected=True)
    assert replies.feed(key) + replies.release() == key
    assert not replies.holding


def test_escape_is_not_held_back_once_the_fence_was_seen() -> None:
    replies = ReplyFilter(expected=True)
    assert replies.feed(scripted.XTERM[scripted.DA1]) == ""
    assert replies.feed("\x1b") == "\x1b"


def test_escape_is_not_held_back_when_nothing_is_expected() -> None:
    replies = ReplyFilter(expected=False)
    assert replies.feed("\x1b") == "\x1b"
    assert replies.feed("x" + scripted.VTE[scripted.DA2]) == "x"
