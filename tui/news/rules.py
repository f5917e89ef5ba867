"""What a reader keeps a query for: rules, which act on stories as they arrive, and smart lists, which show them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What a rule does."""

    HIDE = "hide"
    STAR = "star"
    READ = "read"
    NOTIFY = "notify"


@dataclass(frozen=True, slots=True)
class Rule:
    """A stored rule."""

    query: str
    effect: Effect
    id: int = 0
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class SmartList:
    """A query the reader gave a name."""

    name: str
    query: str
    id: int = 0
