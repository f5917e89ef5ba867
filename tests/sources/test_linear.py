"""No feed costs much more than its length: the same document at two sizes, compared by its processor time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tui.sources.sitemaps import parse_sitemap
from tui.sources.teasers import body_blocks

URL = "https://paper.example/"
NOW = datetime(2025, 12, 11, tzinfo=UTC)
SMALL = 3_000
GROWTH = 4
MOST = 9
"""Times the processor time for ``GROWTH`` times the length: 4 when it grows with the length, 16 with its square."""
FEWEST_SECONDS = 0.02
"""Below this a measurement is noise, and the larger document passes."""
ATTEMPTS = 3
MOST_OF_BOXES = 14

CASES: dict[str, Callable[[int], object]] = {
    "entries of a sitemap without an end": lambda n: parse_sitemap("<urlset>" + "<url " * n, URL, NOW),
    "fields of a sitemap without an end": lambda n: parse_sitemap("<urlset><url>" + "<a " * (n // 2), URL, NOW),
    "pictures in one box": lambda n: body_blocks(
        f"<p>{'A word or two. ' * 80}</p><div>{'<img src=/quay.jpg width=400><b></b>' * (n // 4)}<p>x</p></div>",
        URL,
        markup=True,
    ),
    "a body of escaped brackets": lambda n: body_blocks("&lt;p " + "&gt;" * n + "<", URL, markup=True),
}


def seconds(work: Callable[[int], object], size: int) -> float:
    started = time.process_time()
    work(size)
    return time.process_time() - started


@pytest.mark.parametrize("work", CASES.values(), ids=CASES.keys())
def test_time_grows_with_the_length(work: Callable[[int], object]) -> None:
    work(SMALL)
    for _ in range(ATTEMPTS):
        small, large = seconds(work, SMALL), seconds(work, GROWTH * SMALL)
        if large <= max(MOST * small, FEWEST_SECONDS):
            return
    pytest.fail(f"{large / small:.1f} times the time for {GROWTH} times the length")


def test_lists_nested_in_lists_of_definitions_cost_little_more_than_boxes() -> None:
    """Those that are nested too deep are told as paragraphs, and not handed up through every list round them."""

    def cost(tags: str) -> float:
        value = f"{tags}a word or two" * SMALL
        return min(seconds(lambda _: body_blocks(value, URL, markup=True), SMALL) for _ in range(ATTEMPTS))

    assert cost("<dl><dd><ul><li>") <= MOST_OF_BOXES * cost("<div><div><div><div>")


def test_a_body_escaped_twice_is_still_read_as_markup() -> None:
    once, twice = (body_blocks(value, URL, markup=True) for value in ("<p>One.</p>", "&lt;p&gt;One.&lt;/p&gt;"))
    assert once == twice
    assert body_blocks("&lt;p&gt;One.<br>Two.", URL, markup=True) != body_blocks("<p>One.<br>Two.", URL, markup=True)
