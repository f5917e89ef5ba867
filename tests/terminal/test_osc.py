"""Operating system commands: nothing in them ends them early, nothing is half done."""

from __future__ import annotations

import base64
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.osc import CLIPBOARD_LIMIT, clipboard, link_start, through_screen, title, web_address
from tui.terminal.profile import Multiplexer, Profile

PLAIN = Profile()


def _payload(request: str) -> str:
    found = re.search(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", request)
    assert found is not None
    return base64.b64decode(found.group(1)).decode()


def test_clipboard_takes_text_in_logical_order() -> None:
    text = "قال الوزير:\n\t“نعم” שלום"
    assert _payload(clipboard(text, PLAIN)) == text


def test_clipboard_types_no_control_characters_into_a_shell() -> None:
    assert _payload(clipboard("rm\x03\x1b[201~\r x\x7f\x9b", PLAIN)) == "rm[201~ x"


def test_too_long_is_not_cut_but_refused() -> None:
    longest = CLIPBOARD_LIMIT // 4 * 3
    assert clipboard("x" * longest, PLAIN)
    assert clipboard("x" * (longest + 1), PLAIN) == ""


def test_no_clipboard_where_it_would_be_printed() -> None:
    assert clipboard("x", replace(PLAIN, clipboard=False)) == ""


def test_through_tmux_and_screen() -> None:
    text = "ب" * 1000
    tmux = clipboard(text, replace(PLAIN, multiplexer=Multiplexer.TMUX_PASSTHROUGH))
    assert tmux.startswith("\x1b]52;c;")
    assert "\x1bPtmux;\x1b\x1b]52;c;" in tmux
    screen = clipboard(text, replace(PLAIN, multiplexer=Multiplexer.SCREEN))
    pieces = re.findall(r"\x1bP((?:(?!\x1b\\).)*)\x1b\\", screen, re.DOTALL)
    assert max(map(len, pieces)) <= 250
    assert _payload("".join(pieces)) == text


def test_screen_pieces_keep_the_sequence() -> None:
    assert through_screen("\x1b[8l") == "\x1bP\x1b[8l\x1b\\"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://example.org/", "HTTP://example.org/"),
        ("https://example.org/خبر", "https://example.org/%D8%AE%D8%A8%D8%B1"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("  https://example.org/\x1b]0;x\x07 ", "https://example.org/]0;x"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("ftp://example.org/", ""),
        ("https://", ""),
        ("https://example.org/" + "x" * 3000, ""),
        ("", ""),
    ],
)
def test_addresses_of_links(url: str, wanted: str) -> None:
    assert web_address(url) == wanted


def test_pieces_of_one_link_have_one_id() -> None:
    assert link_start("https://example.org/a") == link_start("https://example.org/a")
    assert link_start("https://example.org/a") != link_start("https://example.org/b")


@given(st.text())
def test_no_text_ends_a_sequence_early(text: str) -> None:
    inside = title(text).removeprefix("\x1b]2;").removesuffix("\x1b\\")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", inside)
    address = web_address("https://example.org/" + text)
    assert re.fullmatch(r"[\x21-\x7e]*", address)
