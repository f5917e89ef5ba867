"""The same story in several papers, told by its headlines. Pure.

Headlines are compared as sets of stems: stem Jaccard ≥ .40 and containment ≥ .60. Above any threshold stand headlines
made from a template (rates of two days, weather of two cities), so guards decide: other numbers, other days, the same
sentence with its slots filled differently, or a headline about "today" from another day are never the same story.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeVar

from tui.news.folding import fold, words

T = TypeVar("T", str, int)

WINDOW = 72 * 3600
"""Seconds that two tellings of one story may lie apart."""
JACCARD = 0.40
CONTAINMENT = 0.60
SHORTEST = 4
"""Fewer stems than this say too little; such headlines must be equal word for word, on the same day."""

LONGEST = 60
"""Words of a title that are looked at: nobody writes headlines longer than that but to keep us busy."""

_STOP = frozenset(
    fold("""من في على الي الا ان انه انها عن مع هذا هذه ذلك تلك التي الذي الذين بعد قبل بين او ثم قد لا لم لن ما هل كل
    و يا هو هي
    כל של את על עם לא כי זה זו גם או הוא היא אל מה אך יש
    از به با در که را این ان است برای تا یا هم می بر يک شد
    کا کی کے کو میں سے پر نے ہے ہیں اور بھی
    le la les l un une des de du d en et a au aux pour par sur dans avec que qui se sa son ses ce cette est plus
    the a an of in on at to for with and or by from is are was as that this its it be
    عاجل فيديو بالفيديو بالصور رسميا حصري خاص فوري מבזק דיווח urgent exclusif vidéo breaking exclusive video
    """).split()
)
"""Words that say nothing of the story: the smallest, and what a desk sets before it."""
_DAYS = tuple(
    frozenset(fold(group).split())
    for group in (
        "الاثنين الإثنين اثنين monday lundi שני دوشنبه پیر",
        "الثلاثاء ثلاثاء tuesday mardi שלישי سه‌شنبه منگل",
        "الأربعاء أربعاء wednesday mercredi רביעי چهارشنبه بدھ",
        "الخميس خميس thursday jeudi חמישי پنجشنبه جمعرات",
        "الجمعة جمعة friday vendredi שישי جمعه",
        "السبت سبت saturday samedi שבת شنبه ہفتہ",
        "الأحد أحد sunday dimanche ראשון یکشنبه اتوار",
        "يناير جانفي january janvier",
        "فبراير شباط فيفري february février",
        "مارس آذار march mars",
        "أبريل نيسان أفريل april avril",
        "مايو ماي أيار may mai",
        "يونيو حزيران جوان june juin",
        "يوليوز يوليو تموز جويلية july juillet",
        "غشت أغسطس أوت august août",
        "شتنبر سبتمبر أيلول september septembre",
        "أكتوبر october octobre",
        "نونبر نوفمبر november novembre",
        "دجنبر ديسمبر december décembre",
    )
)
"""Weekdays and months. Not those of the Levant that two months share ("كانون الأول", "كانون الثاني")."""
_DAY_OF = {word: str(number) for number, group in enumerate(_DAYS) for word in group}
_RELATIVE = frozenset(
    fold(
        "اليوم غدا أمس الليلة today tomorrow yesterday tonight aujourd hui demain hier"
        " היום מחר אתמול امروز فردا دیروز آج کل"
    ).split()
)
_DIGIT = re.compile("[0-9]").search
_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:[.,\u066c ][0-9]{3})++(?![0-9])")
_NOT_A_DIGIT = re.compile("[^0-9]")
_SERVICE = frozenset(
    fold("طقس جوي ارصاد صرف مواقيت ابراج weather forecast meteo météo exchange horoscope מזג תחזית هوا نرخ").split()
)
"""Stems of what is printed every day for every place: such headlines are one story only if nothing in them differs."""
_PREFIXES = ("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال", "و", "ب", "ل")
_HEBREW = re.compile("^[והבלמשכ]+(?=[א-ת]{4})")
_LONG = dict.fromkeys(map(ord, "اوي"))
_SUFFIXES = ("يات", "يا", "ات", "ين", "ون", "يه", "ه", "ي")


@dataclass(frozen=True, slots=True)
class Headline:
    """A title taken apart."""

    stems: tuple[str, ...]
    """Content words in their order, without clitics and endings."""
    numbers: frozenset[str]
    days: frozenset[str]
    """Weekdays and months it names."""
    relative: bool
    """It speaks of today, tomorrow or yesterday, or of what is printed every day."""
    words: frozenset[str]
    """The different stems."""

    @property
    def telling(self) -> bool:
        """Whether there are words enough to compare."""
        return len(self.words) >= SHORTEST


@dataclass(frozen=True, slots=True)
class Telling:
    """A headline as one paper published it."""

    headline: Headline
    at: int
    """Unix seconds."""
    publisher: object = None
    """Tellings by the same publisher are never the same story; None is known to differ from nobody."""
    language: str = ""


def stem(word: str) -> str:
    """A folded word without Arabic clitics and endings, Hebrew clitics, or a Latin plural's s; three letters stay."""
    if "א" <= word[:1] <= "ת":
        return _HEBREW.sub("", word)
    if word.isascii():
        return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def headline(title: str) -> Headline:
    """Take a title apart."""
    return taken_apart(fold(title))


def taken_apart(folded: str) -> Headline:
    """``headline`` of a title that is folded already."""
    stems: list[str] = []
    numbers: list[str] = []
    days: list[str] = []
    relative = False
    folded = _THOUSANDS.sub(lambda found: _NOT_A_DIGIT.sub("", found[0]), folded)
    for word in words(folded)[:LONGEST]:
        role, value = _role(word)
        if role == _STEM:
            stems.append(value)
        elif role == _NUMBER:
            numbers.append(value)
        elif role == _DAY:
            days.append(value)
        elif role == _TODAY:
            relative = True
    content = frozenset(stems)
    relative = relative or not content.isdisjoint(_SERVICE)
    return Headline(tuple(stems), frozenset(numbers), frozenset(days), relative, content)


_STEM, _NUMBER, _DAY, _TODAY, _NOISE = range(5)


@lru_cache(maxsize=16_384)
def _role(word: str) -> tuple[int, str]:
    """What a folded word is in a headline, and its value there. Words come again and again, so the answers are kept."""
    if _DIGIT(word):
        return _NUMBER, _NOT_A_DIGIT.sub("", word)
    if (day := _day(word)) is not None:
        return _DAY, day
    if word in _RELATIVE:
        return _TODAY, ""
    if word in _STOP or len(word) < 2:
        return _NOISE, ""
    return _STEM, stem(word)


def _day(word: str) -> str | None:
    found = _DAY_OF.get(word)
    if found is None and len(word) > 3 and word[0] in "وبلבלוה":
        found = _DAY_OF.get(word[1:])
    return found


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
    return not ((left.relative or right.relative) and _day_number(a.at) != _day_number(b.at))


def same_story(a: Telling, b: Telling) -> float:
    """How surely two tellings are of one story: 0.0 for no, else their stem Jaccard."""
    left, right = a.headline, b.headline
    same = left.stems == right.stems
    score = alike(left, right)  # first, for it is quick and most pairs end here
    if not (score or (same and left.stems)) or not compatible(a, b):
        return 0.0
    if same:
        # Word for word. A short one ("Weather") is a column's name rather than news, unless it is of one day.
        enough = left.telling or (len(left.stems) > 1 and _day_number(a.at) == _day_number(b.at))
        return 1.0 if enough else 0.0
    if not (left.telling and right.telling):
        return 0.0
    return 0.0 if _filled_differently(left, right) else score


def forbidden(a: Telling, b: Telling) -> bool:
    """Whether two tellings must not be in one group, whatever others they both resemble."""
    if not compatible(a, b):
        return True
    left, right = a.headline, b.headline
    return left.stems != right.stems and alike(left, right) > 0 and _filled_differently(left, right)


def _filled_differently(a: Headline, b: Headline) -> bool:
    if (a.words | b.words) & _SERVICE and not (a.words <= b.words or b.words <= a.words):
        return True
    left, right = a.stems, _as_said_in(a, b)
    return template(left, right) or _swapped(left, right, scored=bool(a.numbers))


def template(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two headlines are one sentence whose slots are filled differently.

    That is so when they agree word for word in order except in slots where both have something and nothing of it is
    shared: at the same place the one says Fez and the other Rabat. A telling in other words also adds, drops or moves
    words; what only one has at its beginning or end (the name of a paper, say) is none.
    """
    steps = [step for step in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if step[0] != "equal"]
    if any(set(a[a0:a1]) & set(b) or set(b[b0:b1]) & set(a) for _, a0, a1, b0, b1 in steps):
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
    """The stems of ``b``, with the words of ``a`` for those that say the same as verb or noun: "يوقف" and "توقيف"."""
    lone = [word for word in a.stems if word not in b.words]
    return tuple(
        word if word in a.words else next((other for other in lone if _kin(word, other) or _kin(other, word)), word)
        for word in b.stems
    )


def _kin(verb: str, other: str) -> bool:
    """Whether one may be the Arabic verb (imperfect) of the other, its verbal noun or participle."""
    if verb[:1] not in ("ي", "ت") or len(verb) < 4 or verb.isascii():
        return False
    root = _bare(verb[1:])
    return len(root) >= 3 and any(root == _bare(other.removeprefix(prefix)) for prefix in ("", "ت", "ا", "م"))


def _bare(word: str) -> str:
    return word[:1] + word[1:].translate(_LONG)


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
    frequency = Counter(stem for telling in tellings for stem in set(telling.headline.stems))
    holders: dict[str, list[int]] = defaultdict(list)
    group_of: dict[int, list[int]] = {}
    for index, telling in enumerate(tellings):
        wanted, shared = probes(telling.headline.stems, frequency)
        hits = Counter(other for stem in wanted for other in holders[stem])
        candidates = [other for other, times in hits.items() if times >= shared]
        group_of[index] = [index]
        scored = sorted(((same_story(telling, tellings[other]), -other) for other in candidates), reverse=True)
        for score, other in scored:
            mine, theirs = group_of[index], group_of[-other]
            if score and mine is not theirs and mergeable(mine, theirs, tellings):
                mine.extend(theirs)
                for member in theirs:
                    group_of[member] = mine
        for stem in set(telling.headline.stems):
            holders[stem].append(index)
    distinct = {id(group): sorted(group) for group in group_of.values() if len(group) > 1}
    return sorted(distinct.values())


def mergeable(mine: Iterable[int], theirs: Iterable[int], tellings: Sequence[Telling]) -> bool:
    """Whether no pair across two groups forbids to make them one."""
    return not any(forbidden(tellings[a], tellings[b]) for a in mine for b in theirs)


def _day_number(at: int) -> int:
    return datetime.fromtimestamp(at, UTC).toordinal()
