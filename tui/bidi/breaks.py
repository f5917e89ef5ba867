"""Where a line may end (UAX #14), what belongs together (UAX #29), and how many cells it takes.

``cell_width`` is the one width function of the application. Widths are what terminals agree on: a combining mark
takes none, a presentation form one, ideographs and pictographs two. Pictographs joined to one picture (ZWJ, skin
tones) count as their first alone, for that is what is drawn (see tui.bidi.layout): terminals disagree on the rest.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from tui.bidi._linebreak_data import CLASSES, STARTS
from tui.bidi._table import Table

# ---------------------------------------------------------------- line breaks

_STARTS = list(accumulate(int(step, 16) for step in STARTS.split()))


def _class(cp: int) -> str:
    """The line-break class as one letter (see generate_data.py)."""
    if 0xAC00 <= cp <= 0xD7A3:
        return "3" if (cp - 0xAC00) % 28 else "2"
    return CLASSES[bisect_right(_STARTS, cp) - 1]


_CLASSES = Table(_class)
_COMBINED = re.compile(rb"([^Krln z])([mj]++)")  # LB9
_ALONE = bytes.maketrans(b"mj", b"aa")  # LB10
_BETWEEN_WORDS = re.compile(rb"[^ah1]++").finditer
_NUMBER = re.compile(rb"[$%]?[(\[-]?1[1/,]*+[})\]]?[$%]?").finditer  # LB25
_NUMBER_PREFIX = re.compile(rb"[$%][(\[-](?=1)").finditer
_LONGEST_REMEMBERED = 12


def _pairs(before: str, after: str) -> set[bytes]:
    return {(one + other).encode() for one in before for other in after}


_ANY = ' zwgKrln})]!,/(["s=|<-@.1ah$%ieExL23VTR'
_OPEN, _CLOSE, _HANGUL, _PICTURES = "([", "})]", "LVT23", "ieEx"
# Pairs that no break parts, LB6-LB19 …
_NEVER = (
    _pairs(_ANY, "Krlnzw " + _CLOSE + "!,/")
    | _pairs("wg" + _OPEN, _ANY)
    | _pairs("".join(code for code in _ANY if code not in " |-"), "g")
    | _pairs(_ANY, '"')
    | _pairs('"', _ANY)
    | _pairs("=", "=")
    | _pairs("})]", "s")
)
# … and LB21-LB30b, which come after the contingent break LB20
_LATER = (
    _pairs(_ANY, "|-s.")
    | _pairs("<", _ANY)
    | _pairs("/", "h")
    | _pairs("ah", "1ah$%(")
    | _pairs("1", "1ah(")
    | _pairs("$", _PICTURES + _HANGUL + "ah")
    | _pairs("%", "ah")
    | _pairs(_PICTURES + _HANGUL, "%")
    | _pairs("L", "LV23")
    | _pairs("V2", "VT")
    | _pairs("T3", "T")
    | _pairs(",", "ah")
    | _pairs(")", "ah1")
    | _pairs("ex", "E")
)


def _after_blanks(before: bytes, after: bytes) -> bool:
    """Whether a break may stand behind blanks, by what is around them (LB8, LB11-LB18)."""
    if before == b"z":
        return True
    if after in b"w})]!,/":
        return False
    if not before:
        return True
    held = before in b"([" or (before == b'"' and after in b"([")
    return not (held or (before in b"})]" and after == b"s") or (before == after == b"="))


_NO, _YES, _CONTEXT = range(3)


class _Verdicts(dict[bytes, int]):
    """Whether a break may part two classes, for the pairs that decide it alone; found on demand."""

    def __missing__(self, pair: bytes) -> int:
        before, after = pair[:1], pair[1:]
        if before in b"Klnr":
            verdict = _NO if pair == b"rl" else _YES  # LB4, LB5
        elif after in b"Krln z":
            verdict = _NO  # LB5-LB7
        elif before == b" ":
            verdict = _CONTEXT
        elif before == b"z":
            verdict = _YES  # LB8
        elif pair in _NEVER:
            verdict = _NO
        elif b"@" in pair:
            verdict = _YES  # LB20
        elif pair in _LATER:
            verdict = _NO
        else:
            verdict = _CONTEXT if pair == b"RR" or before in b"|-" else _YES  # LB31
        self[pair] = verdict
        return verdict


_VERDICTS = _Verdicts()


def _inside_numbers(codes: bytes) -> set[int]:
    places: set[int] = set()
    for found in _NUMBER(codes):
        places.update(range(found.start() + 1, found.end()))
    places.update(found.start() + 1 for found in _NUMBER_PREFIX(codes))
    return places


def _in_context(codes: bytes, place: int, solid: bytes) -> bool:
    before = codes[place - 1 : place]
    if before == b" ":
        return _after_blanks(solid, codes[place : place + 1])
    return place < 2 or codes[place - 2] != ord("h")  # LB21a


def _evaluate(codes: bytes) -> list[int]:
    """The places in ``codes`` (classes after LB9 and LB10) before which a break is allowed."""
    numbers = _inside_numbers(codes)
    result: list[int] = []
    flags = 0  # regional indicators directly before
    solid = b""  # the last class before the blanks at hand
    for place in range(1, len(codes)):
        pair = codes[place - 1 : place + 1]
        verdict = _VERDICTS[pair]
        if pair[1] == 32 and pair[0] != 32:
            solid = pair[:1]
        if verdict == _CONTEXT:
            if pair == b"RR":  # LB30a: only between two flags
                flags += 1
                verdict = _NO if flags & 1 else _YES
            else:
                verdict = _YES if _in_context(codes, place, solid) else _NO
        if pair != b"RR":
            flags = 0
        if verdict and place not in numbers:
            result.append(place)
    return result


@lru_cache(8192)
def _remembered(codes: bytes) -> tuple[int, ...]:
    return tuple(_evaluate(codes))


def break_opportunities(text: str) -> list[int]:
    """The ends of the pieces that no line break may part, ascending; the last one is ``len(text)``.

    UAX #14, all of LineBreakTest.txt (with the numbers of LB25 as in section 8.2, example 7). Mandatory breaks are in
    the list like the others. Thai, Lao, Khmer and Burmese words need a dictionary: a stretch of them is one piece.
    """
    if not text:
        return [0]
    original = text.translate(_CLASSES).encode("latin-1")
    codes, index = original, None
    if b"m" in codes or b"j" in codes:
        codes = _COMBINED.sub(lambda found: found[1] + b"_" * len(found[2]), codes).translate(_ALONE)
        if b"_" in codes:
            index = [place for place, code in enumerate(codes) if code != 95]
            codes = codes.replace(b"_", b"")
    result: list[int] = []
    for found in _BETWEEN_WORDS(codes):
        start, end = found.span()
        if end - start == 1 and codes[start] == 32:
            if end < len(codes):
                result.append(end)
            continue
        first = start - 1 if start else 0
        around = codes[first : end + 1]
        places = _remembered(around) if len(around) < _LONGEST_REMEMBERED else _evaluate(around)
        result += [first + place for place in places]
    if index is not None:
        result = [index[place] for place in result]
    if b"j" in original:
        result = [place for place in result if original[place - 1] != 106]  # LB8a
    result.append(len(text))
    return result


# ---------------------------------------------------------------- clusters and widths

# Scripts in which a cluster is a base and its nonspacing marks: a table is enough. Everything else is cut by UAX #29.
_COMPLEX = re.compile(
    "[^\x00-\u0487\u048a-\u08ff\u1e00-\u200c\u200e-\u203b\u203d-\u2048\u204a-\u20cf"
    "\u2500-\u25a9\u25ac-\u25b5\u25b7-\u25bf\u25c1-\u25fa\u2605\u2606\u2713\u2717"  # signs that are no pictographs
    "\u3000-\u3029\u3040-\u3098\u309b-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\ufb1d-\ufdff\ufe20-\ufe2f\ufe70-\uff60]+"
)


def _cells(cp: int) -> str:
    char = chr(cp)
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cf", "Cc", "Zl", "Zp"} and char != "\t":
        return "\0"
    # (some versions of unicodedata call every unassigned code point wide)
    return "\2" if unicodedata.east_asian_width(char) in "WF" and category != "Cn" else "\1"


_CELLS = Table(_cells)
WIDEST_CLUSTER = 8
"""Cells: a cluster that would take more is measured as single characters."""


def clusters(text: str) -> Iterator[str]:
    """The extended grapheme clusters of the text (UAX #29)."""
    if text.isascii() and "\r" not in text:
        return iter(text)
    from wcwidth import iter_graphemes

    return iter_graphemes(text)


def _lone_cells(cp: int) -> int:
    from wcwidth import wcwidth

    return max(0, wcwidth(chr(cp)))


_LONE_CELLS = Table(_lone_cells)


@lru_cache(4096)
def _cluster_cells(cluster: str) -> int:
    """Of two characters or more."""
    from wcwidth import width

    first = _LONE_CELLS[ord(cluster[0])]
    pictograph = cluster[1] in "\u200d\ufe0e\ufe0f" or "\U0001f3fb" <= cluster[1] <= "\U0001f3ff"
    return first if pictograph else max(first, width(cluster))


def _complex_cells(run: str) -> bytes:
    result = bytearray()
    for cluster in clusters(run):
        if len(cluster) == 1:
            result.append(_LONE_CELLS[ord(cluster)])
            continue
        cells = _cluster_cells(cluster) if len(cluster) <= 32 else 2 * len(cluster)
        if cells <= WIDEST_CLUSTER:
            result.append(cells)
            result += bytes(len(cluster) - 1)
        else:
            result += bytes(_LONE_CELLS[ord(char)] for char in cluster)
    return bytes(result)


_remembered_cells = lru_cache(4096)(_complex_cells)


def measure(text: str) -> bytes:
    """The cells of every code point: those of a cluster stand on its first one, the others have 0."""
    if text.isascii() and text.isprintable():
        return b"\1" * len(text)
    cells = text.translate(_CELLS).encode("latin-1")
    if _COMPLEX.search(text) is None:
        return cells
    result = bytearray(cells)
    for found in _COMPLEX.finditer(text):
        run = found[0]
        find = _remembered_cells if len(run) <= _LONGEST_REMEMBERED else _complex_cells
        result[found.start() : found.end()] = find(run)
    return bytes(result)


def cell_width(text: str) -> int:
    """The cells the text takes on a terminal when it is shown as it stands; controls take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(measure(text))
