"""The same story in several papers, told by its headlines. Pure.

Headlines are compared as sets of stems: stem Jaccard ≥ .40 and containment ≥ .60. Above any threshold stand headlines
made from a template (rates of two days, weather of two cities), so guards decide: other numbers, other days, the same
sentence with its slots filled differently, a headline and its denial, a headline and the question whether it is so, or
a headline about "today" from another day are never the same story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import chain
from typing import TypeVar

from tui.news.countries import COUNTRIES
from tui.news.stems import akin
from tui.news.wording import LACKING, Headline
from tui.news.wordlists import CALLED_OFF, DIRECTIONS, OBJECT, ORDINALS, PASSIVE, SAYINGS, SERVICE

T = TypeVar("T", str, int)

WINDOW = 72 * 3600
"""Seconds that two tellings of one story may lie apart."""
JACCARD = 0.40
CONTAINMENT = 0.60
SHORTEST = 4
"""Fewer stems than this say too little; such headlines must be equal word for word, on the same day."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A headline as one paper published it."""

    headline: Headline
    at: int
    """Unix seconds."""
    publisher: object = None
    """Tellings by the same publisher are never the same story; None is known to differ from nobody."""
    language: str = ""


def alike(a: Headline, b: Headline) -> float:
    """The stem Jaccard of two headlines when both thresholds are met, else 0.0."""
    left, right = a.words, b.words
    shared = len(left & right)
    if not shared:
        return 0.0
    score = shared / (len(left) + len(right) - shared)
    return score if score >= JACCARD and shared / min(len(left), len(right)) >= CONTAINMENT else 0.0


def compatible(a: Telling, b: Telling) -> bool:
    """Whether time, place, numbers and days allow two tellings to be of one story."""
    if abs(a.at - b.at) > WINDOW or (a.language != b.language and a.language and b.language):
        return False
    if a.publisher is not None and a.publisher == b.publisher:
        return False
    left, right = a.headline, b.headline
    if left.numbers and right.numbers and not (left.numbers <= right.numbers or right.numbers <= left.numbers):
        return False
    if left.days and right.days and left.days != right.days:
        return False
    if left.asks != right.asks or _denied(left, right) or _denied(right, left):
        return False
    return not ((left.relative or right.relative) and _day_number(a.at) != _day_number(b.at))


def _denied(a: Headline, b: Headline) -> bool:
    """Whether one headline denies what the other, which denies nothing, says.

    A negation of something else is only more of the story ("fire in a mill", "fire in a mill, no injuries").
    """
    if not a.denied or b.denied:
        return False
    if b.words <= a.words and any(word.removeprefix(LACKING) in b.words for word in a.denied):
        return True
    return any(word in b.words or any(akin(word, other) for other in b.words) for word in a.denied if word)


def same_story(a: Telling, b: Telling) -> float:
    """How surely two tellings are of one story: 0.0 for no, else their stem Jaccard."""
    left, right = a.headline, b.headline
    same = left.stems == right.stems
    score = alike(left, right)  # first, for it is quick and most pairs end here
    if not (score or (same and left.stems)) or not compatible(a, b):
        return 0.0
    if same:
        # Word for word. A short one ("Weather") is a column's name rather than news, unless it is of one day.
        enough = telling(left) or (len(left.stems) > 1 and _day_number(a.at) == _day_number(b.at))
        return 1.0 if enough else 0.0
    if not (telling(left) and telling(right)) and not _short_but_sure(left, right):
        return 0.0
    return 0.0 if _filled_differently(left, right) else score


def telling(headline: Headline) -> bool:
    """Whether there are words enough to compare. That something is denied says as much as a word."""
    return len(headline.words) + bool(headline.denied) >= SHORTEST


def _short_but_sure(a: Headline, b: Headline) -> bool:
    """Whether one says with the same numbers what the other does, and no other word."""
    least = a.words if len(a.words) < len(b.words) else b.words
    return len(least) == SHORTEST - 1 and least <= a.words & b.words and bool(a.numbers) and a.numbers == b.numbers


def forbidden(a: Telling, b: Telling) -> bool:
    """Whether two tellings must not be in one group, whatever others they both resemble."""
    if not compatible(a, b):
        return True
    left, right = a.headline, b.headline
    return left.stems != right.stems and alike(left, right) > 0 and _filled_differently(left, right)


def _filled_differently(a: Headline, b: Headline) -> bool:
    if (a.words | b.words) & SERVICE and not (a.words <= b.words or b.words <= a.words):
        return True
    left, right = _joined(a.stems, b.words), _as_said_in(a, b)
    if (
        _called_off(a) != _called_off(b)
        or _opposite(_ways(a), _ways(b))
        or _other_place(a.words, b.words)
        or _other_country(a.words, b.words)
        or _one_word_apart(left, right)
        or template(left, right)
    ):
        return True
    if _passive(a) != _passive(b):
        return left == right  # in one of them it is suffered: told with the other first it is the same
    one, other = (
        {mark for mark in mine.marked if mark.split()[0] in theirs.words} for mine, theirs in ((a, b), (b, a))
    )
    objects = [{mark for mark in marks if mark.endswith(OBJECT)} for marks in (one, other)]
    if all(objects) and objects[0].isdisjoint(objects[1]):
        return True
    if any(objects) and not all(objects):
        return False  # a sentence with its verb, and the same as a noun with what belongs to it
    return _swapped(left, right, scored=len(a.numbers) > 1 or (len(one) > 0 < len(other) and one != other))


def _called_off(headline: Headline) -> bool:
    """Whether something is put off or called off: news of its own, however much else is said again."""
    return not headline.words.isdisjoint(CALLED_OFF)


def _passive(headline: Headline) -> bool:
    return any(mark.endswith(PASSIVE) for mark in headline.marked)


def _ways(headline: Headline) -> set[int]:
    return {DIRECTIONS[word] for word in headline.words & DIRECTIONS.keys()}


def _opposite(one: AbstractSet[int], other: AbstractSet[int]) -> bool:
    """Whether of two headlines the one only rises or opens, the other only falls or closes."""
    return any(-way in other and way not in other and -way not in one for way in one)


def _other_place(a: AbstractSet[str], b: AbstractSet[str]) -> bool:
    """Whether the one is about the first and the other about the second of something."""
    one, other = ({ORDINALS[word] for word in words & ORDINALS.keys()} for words in (a, b))
    return bool(one and other) and not (one <= other or other <= one)


def _other_country(a: AbstractSet[str], b: AbstractSet[str]) -> bool:
    """Whether what both say of one country is of another one besides in each: "Kenya writes to Qatar", and Senegal."""
    one, other = ({COUNTRIES[word] for word in words & COUNTRIES.keys()} for words in (a, b))
    return bool(one & other) and bool(one - other) and bool(other - one)


def _one_word_apart(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether each says one thing that the other does not, and one of them begins or ends with it: another place, say.

    Within, two words may as well say the same ("aperçu", "observation").
    """
    mine, theirs = [word for word in a if word not in b], [word for word in b if word not in a]
    if len(mine) != 1 or len(theirs) != 1:
        return False
    return mine[0] in (a[0], a[-1]) or theirs[0] in (b[0], b[-1])


def template(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two headlines are one sentence whose slots are filled differently.

    That is so when they agree word for word in order except in slots where both have something and nothing of it is
    shared: at the same place the one says Fez and the other Rabat. A telling in other words also adds, drops or moves
    words; what only one has at its beginning or end (the name of a paper, say) is none.
    """
    steps = [step for step in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if step[0] != "equal"]
    mine = {word for _, a0, a1, _, _ in steps for word in a[a0:a1]}
    if any(word in mine for _, _, _, b0, b1 in steps for word in b[b0:b1]):
        return False
    steps = [step for step in steps if not _at_an_edge(step, len(a))]
    return bool(steps) and all(tag == "replace" and max(a1 - a0, b1 - b0) <= 3 for tag, a0, a1, b0, b1 in steps)


def _at_an_edge(step: tuple[str, int, int, int, int], length: int) -> bool:
    tag, a0, a1, b0, b1 = step
    return tag != "replace" and max(a1 - a0, b1 - b0) <= 3 and (a0 == 0 or a1 == length)


def _swapped(a: Sequence[str], b: Sequence[str], *, scored: bool) -> bool:
    """Whether two names have changed places and nothing else: who beat whom.

    Two single words, or of several words when something stands before or behind them: a headline told the other way
    round begins and ends differently. Side by side, and without a score, they may as well do something together.
    """
    if len(a) != len(b) or sorted(a) != sorted(b) or a == b:
        return False
    first = next(place for place, (left, right) in enumerate(zip(a, b, strict=True)) if left != right)
    last = len(a) - next(
        place for place, (left, right) in enumerate(zip(a[::-1], b[::-1], strict=True)) if left != right
    )
    core, other = a[first:last], b[first:last]
    framed = first > 0 or last < len(a)
    for x in range(1, len(core)):
        for y in range(1, len(core) - x + 1):
            between = len(core) - x - y
            same = core[:x] == other[len(core) - x :] and core[x : x + between] == other[y : y + between]
            if same and core[x + between :] == other[:y] and (between or scored) and (framed or x == y == 1):
                return True
    return False


def _as_said_in(a: Headline, b: Headline) -> tuple[str, ...]:
    """The stems of ``b``, with the words of ``a`` for those that say the same: "يوقف" and "توقيف", "up" and "rises".

    What goes up and down in one headline is not told apart by its direction.
    """
    lone = [word for word in a.stems if word not in b.words]
    way = _ways(a) if len(_ways(a)) == 1 and _ways(a) == _ways(b) else set()
    said: dict[str, str] = {}
    for word in b.stems:
        for other in lone if word not in a.words else ():
            if (
                akin(word, other)
                or _same_in(SAYINGS, word, other)
                or (way and word in DIRECTIONS and other in DIRECTIONS)
            ):
                said[word] = other
                break
    return tuple(said.get(word, word) for word in _joined(b.stems, a.words))


def _same_in(table: Mapping[str, int], word: str, other: str) -> bool:
    return word in table and table[word] == table.get(other)


def _joined(stems: Sequence[str], others: AbstractSet[str]) -> tuple[str, ...]:
    """Stems, two of them made one where the other headline writes them together: "run-off" and "runoff"."""
    joined = list(stems)
    for place in range(len(stems) - 1, 0, -1):
        if (together := stems[place - 1] + stems[place]) in others:
            joined[place - 1 : place + 1] = [together]
    return tuple(joined)


def probes(stems: Iterable[T], frequency: Mapping[T, int]) -> tuple[list[T], int]:
    """The rarest of a headline's stems, and how many of these every headline that is alike shares with it at least.

    Prefix filter: Jaccard ≥ t means that at least t·n of n stems are shared, so of any n - t·n + 2 of them at least
    two. Fewer stems than ``SHORTEST`` only match word for word: then the rarest will do.
    """
    ordered = sorted(set(stems), key=lambda stem: (frequency[stem], stem))
    if len(ordered) < SHORTEST:
        return ordered[:1], 1
    needed = -int(-JACCARD * len(ordered) // 1)
    return ordered[: len(ordered) - needed + 2], 2


def groups(tellings: Sequence[Telling]) -> list[list[int]]:
    """The groups of two and more among tellings, as lists of indexes, each in ascending order.

    A telling joins a group when it is the same story as one of its members and nothing forbids it to be one with any
    of the others.
    """
    frequency = Counter(chain.from_iterable(telling.headline.words for telling in tellings))
    holders: dict[str, list[int]] = defaultdict(list)
    group_of: dict[int, list[int]] = {}
    for index, telling in enumerate(tellings):
        wanted, shared = probes(telling.headline.words, frequency)
        hits = Counter(chain.from_iterable(holders[stem] for stem in wanted))
        candidates = [other for other, times in hits.items() if times >= shared]
        group_of[index] = [index]
        scored = sorted(((same_story(telling, tellings[other]), -other) for other in candidates), reverse=True)
        for score, other in scored:
            mine, theirs = group_of[index], group_of[-other]
            if score and mine is not theirs and mergeable(mine, theirs, tellings):
                mine.extend(theirs)
                for member in theirs:
                    group_of[member] = mine
        for stem in telling.headline.words:
            holders[stem].append(index)
    distinct = {id(group): sorted(group) for group in group_of.values() if len(group) > 1}
    return sorted(distinct.values())


def mergeable(mine: Iterable[int], theirs: Iterable[int], tellings: Sequence[Telling]) -> bool:
    """Whether no pair across two groups forbids to make them one."""
    return not any(forbidden(tellings[a], tellings[b]) for a in mine for b in theirs)


def _day_number(at: int) -> int:
    return datetime.fromtimestamp(at, UTC).toordinal()
