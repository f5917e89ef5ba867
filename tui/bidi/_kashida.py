"""Justification of Arabic by tatweel: where a word may be drawn longer."""

from itertools import pairwise

from tui.bidi.shaping import INITIAL, NOTHING, joining_forms

_MOST = 3  # tatweels in one word; a line that would need more stays short of the edge
_SEEN_SAD = "\u0633\u0634\u0635\u0636"
_DESCENDING = "\u0629\u0647\u062f\u0630"  # teh marbuta, heh, dal, thal: best before these
_UPRIGHT = "\u0627\u0622\u0623\u0625\u0637\u0638\u0644\u0643\u06a9\u06af"
_JOINED_LATE = "\u0648\u0624\u0639\u063a\u0642\u0641"


def _rank(letter: str, following: str) -> int:
    """The lower the better: the usual order in Arabic typography."""
    if letter == "\u0640":
        return 0
    if letter in _SEEN_SAD:
        return 1
    for rank, letters in enumerate((_DESCENDING, _UPRIGHT, _JOINED_LATE), 2):
        if following in letters:
            return rank
    return 5


def stretches(text: str, glyphs: str, start: int, end: int, free: int) -> dict[int, int]:
    """Place of a letter → tatweels behind it, over the line ``start:end`` with ``free`` cells to fill.

    One place a word, none in a lam-alef; empty when the words cannot fill the line without looking torn.
    """
    best: list[int] = []
    ranks: dict[int, int] = {}
    forms = joining_forms(text[start:end])
    word_begins = start
    for (at, form), (after, _) in pairwise(forms):
        place, following = start + at, start + after
        if " " in text[word_begins:place] or not best:
            best.append(-1)
        word_begins = place
        if form < INITIAL or glyphs[following] == NOTHING:
            continue
        rank = _rank(text[place], text[following])
        if best[-1] < 0 or rank <= ranks[best[-1]]:
            best[-1] = place
            ranks[place] = rank
    places = sorted((place for place in best if place >= 0), key=lambda place: ranks[place])
    if not places or free > _MOST * len(places):
        return {}
    each, more = divmod(free, len(places))
    return {place: count for n, place in enumerate(places) if (count := each + (n < more))}
