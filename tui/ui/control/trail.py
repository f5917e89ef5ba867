"""The way back and forward through what was opened, as a browser keeps it; it outlives the program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tui.news.model import Article

MOST = 50
"""Steps kept each way."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was opened: a story, or a page by its address."""

    url: str
    title: str = ""
    story_id: int = 0
    """0 for a page."""
    place: tuple[int, int] = (0, 0)
    typed: bool = False
    """The reader gave the address: it may be a private one."""
    article: Article | None = field(default=None, compare=False, repr=False)
    """A page's text, while this session remembers it."""


@dataclass(frozen=True, slots=True)
class Trail:
    """Where the reader is, and what lies before and after it, the nearest last."""

    here: Step | None = None
    back: tuple[Step, ...] = ()
    forward: tuple[Step, ...] = ()

    def opened(self, step: Step) -> Trail:
        """Something was opened from here; what lay ahead is gone."""
        return Trail(step, (*self.back, self.here)[-MOST:] if self.here else self.back)

    def at(self, step: Step) -> Trail:
        """What is shown has changed: another place in it, its full text."""
        return replace(self, here=step)

    def step(self, delta: int) -> Step | None:
        """What lies one step back (-1) or forward (1)."""
        side = self.back if delta < 0 else self.forward
        return side[-1] if side else None

    def gone(self, delta: int) -> Trail:
        """One step back or forward; here when there is none."""
        target = self.step(delta)
        if target is None:
            return self
        left = (self.here,) if self.here else ()
        if delta < 0:
            return Trail(target, self.back[:-1], (*self.forward, *left)[-MOST:])
        return Trail(target, (*self.back, *left)[-MOST:], self.forward[:-1])

    def at_a_story(self) -> Trail:
        """The nearest step back that is a story, which the store has: where a new session begins."""
        trail = self
        while trail.here is not None and not trail.here.story_id and trail.back:
            trail = trail.gone(-1)
        if trail.here is not None and not trail.here.story_id:
            return Trail(None, (), (*self.forward, trail.here)[-MOST:])
        return trail


def encode(trail: Trail) -> str:
    """The trail as text to keep."""
    here = [_row(trail.here)] if trail.here else []
    sides = {"here": here, "back": _rows(trail.back), "forward": _rows(trail.forward)}
    return json.dumps(sides, ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> Trail:
    """The trail that was kept; an empty one when the text is none of ours."""
    try:
        sides = json.loads(text)
        here, back, forward = ([_step(row) for row in sides[name]] for name in ("here", "back", "forward"))
    except (ValueError, TypeError, KeyError):
        return Trail()
    return Trail(here[0] if here else None, tuple(back[-MOST:]), tuple(forward[-MOST:]))


def _rows(steps: Sequence[Step]) -> list[list[object]]:
    return [_row(step) for step in steps]


def _row(step: Step) -> list[object]:
    return [step.url, step.title, step.story_id, *step.place, int(step.typed)]


def _step(row: list[object]) -> Step:
    url, title, story_id, block, line, typed = row
    if not isinstance(url, str) or not isinstance(title, str):
        raise TypeError(row)
    if not (isinstance(story_id, int) and isinstance(block, int) and isinstance(line, int)):
        raise TypeError(row)
    return Step(url, title, story_id, (block, line), bool(typed))
