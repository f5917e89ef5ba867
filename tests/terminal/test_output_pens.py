"""The output stage forgets the pens of what is long gone, and nothing of what is on the screen."""

from __future__ import annotations

import copy

from hypothesis import given, settings
from rich.segment import Segment
from rich.style import Style

from tests.support.emulator import Emulator, first_difference
from tests.terminal.painted import FRAMES, HEIGHT, WIDTH, cleared, segments


def test_links_gone_by_leave_no_pens() -> None:
    output = cleared()
    for number in range(20_000):
        address = f"https://paper.example/{number}"
        output.paint(number % HEIGHT, 0, [Segment(f"{number:<{WIDTH}}", Style(link=address))])
        assert address in output.flush()
    pens = output.pens
    assert len(pens._looks) == len(pens._numbers) == len(pens._blanks) < 5_000
    assert len(pens._changes) < 20_000
    assert len(pens._styles) < 5_000


def test_more_pens_in_sight_than_are_kept_otherwise_are_not_sorted_out_each_time() -> None:
    pens = cleared().pens
    used = [pens.of(Style(color=f"#{number:06x}")) for number in range(6_000)]
    before, renamed, after = pens.too_many, pens.keep(used), pens.too_many
    assert before and not after
    assert [pens.look(renamed[pen]).foreground for pen in used[:3]] == ["38;2;0;0;0", "38;2;0;0;1", "38;2;0;0;2"]


@settings(max_examples=100, deadline=None)
@given(FRAMES)
def test_what_is_on_the_screen_keeps_its_looks(
    frames: list[list[tuple[int, int, list[tuple[str, Style | None]]]]],
) -> None:
    """Frame after frame, the pens sorted out after each, against everything sent at once."""
    output, terminal = cleared(), Emulator(WIDTH, HEIGHT)
    for frame in frames:
        for y, x, parts in frame:
            output.paint(y, x, segments(parts))
        terminal.feed(output.flush())
        output._keep_pens()
        assert output.flush() == ""
        fresh, again = Emulator(WIDTH, HEIGHT), copy.deepcopy(output)
        again.forget()
        fresh.feed(again.flush())
        assert first_difference(terminal, fresh) == ""
