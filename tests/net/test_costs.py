"""What a server's head costs grows with its length, not with the square of it: it is read on the screen's own loop."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import pytest

from tui.net.directives import _parse
from tui.net.network import _CHUNKED

SQUARE = 16
"""What four times the length would cost then."""


def cost(work: Callable[[], object]) -> float:
    """Seconds of the quickest of five."""
    best = 1.0
    for _ in range(5):
        begun = perf_counter()
        work()
        best = min(best, perf_counter() - begun)
    return best


def growth(work: Callable[[str], object], filler: str, size: int) -> float:
    """How many times dearer four times as much is."""
    short, long = (filler * (factor * size // len(filler)) for factor in (1, 4))
    return cost(lambda: work(long)) / max(cost(lambda: work(short)), 1e-5)


@pytest.mark.parametrize("filler", [" ", "\t", ",", ", ", "a", "=", '"', 'a="', "a=b "])
def test_cache_control(filler: str) -> None:
    assert growth(_parse.__wrapped__, filler, 1000) < SQUARE / 2


@pytest.mark.parametrize("filler", ["\n", "\r\n", " ", "\n ", "\r", "transfer-encoding", "\ntransfer-encoding "])
def test_the_end_of_a_chunked_answer(filler: str) -> None:
    assert growth(lambda text: _CHUNKED.search(text.encode()), filler, 5000) < SQUARE / 2


def test_a_chunked_answer_is_still_known() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding : chunked\r\n\r\n"
    assert _CHUNKED.search(head)
    assert _CHUNKED.search(head.replace(b"\r\nTransfer", b"\r\n \tTransfer"))
    assert not _CHUNKED.search(head.replace(b"Transfer", b"X-Transfer"))
