"""The Unicode Character Database's own tests, every case: bidi (two files), line breaks, clusters. They print rates."""

from collections.abc import Callable, Iterator
from itertools import accumulate

import pytest

from tests.bidi.ucd import data_lines
from tui.bidi._classes import CODES
from tui.bidi.breaks import break_opportunities, clusters
from tui.bidi.levels import Paragraph, resolve, resolve_classes

Levels = list[int | None]
BASES = {"0": 0, "1": 1, "2": None}


def _levels(field: str) -> Levels:
    return [None if level == "x" else int(level) for level in field.split()]


def _agrees(paragraph: Paragraph, levels: Levels, order: list[int]) -> bool:
    found = paragraph.line_levels()
    if len(found) != len(levels):
        return False
    if any(wanted is not None and wanted != level for wanted, level in zip(levels, found, strict=True)):
        return False
    return [place for place in paragraph.line_order() if levels[place] is not None] == order


def test_every_case_of_bidi_character_test() -> None:
    wrong = []
    cases = 0
    for line in data_lines("BidiCharacterTest.txt"):
        codes, base, level, levels, order = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        paragraph = resolve(text, BASES[base])
        cases += 1
        right = _agrees(paragraph, _levels(levels), [int(place) for place in order.split()])
        if not right or paragraph.level != int(level):
            wrong.append(line)
    print(f"BidiCharacterTest.txt: {cases - len(wrong)} of {cases}")
    assert cases > 90_000
    assert wrong == []


def _class_cases() -> Iterator[tuple[bytes, int | None, Levels, list[int]]]:
    levels: Levels = []
    order: list[int] = []
    for line in data_lines("BidiTest.txt"):
        if line.startswith("@Levels:"):
            levels = _levels(line[8:])
        elif line.startswith("@Reorder:"):
            order = [int(place) for place in line[9:].split()]
        elif not line.startswith("@"):
            names, bits = line.split(";")
            classes = "".join(CODES[name] for name in names.split()).encode()
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if int(bits, 16) & bit:
                    yield classes, base, levels, order


@pytest.mark.timeout(600)  # a minute of work, on a machine that may be busy
def test_every_case_of_bidi_test() -> None:
    wrong = []
    cases = 0
    for classes, base, levels, order in _class_cases():
        cases += 1
        if not _agrees(resolve_classes(classes, "", base), levels, order):
            wrong.append((classes, base))
    print(f"BidiTest.txt: {cases - len(wrong)} of {cases}")
    assert cases > 770_000
    assert wrong == []


# wcwidth's tables are of a later Unicode than Debian's files: there this one is no pictograph any more.
_CHANGED_SINCE = {"\u2701\u200d\u2701"}


def _pieces(line: str) -> tuple[str, list[int]]:
    """A line of the segmentation tests: the text, and where ÷ allows a boundary."""
    text = ""
    ends = []
    for token in line.split():
        if token == "÷":
            ends.append(len(text))
        elif token != "×":
            text += chr(int(token, 16))
    return text, [end for end in ends if end]


@pytest.mark.parametrize(
    ("name", "cut", "least"),
    [
        ("LineBreakTest.txt", break_opportunities, 7_000),
        ("GraphemeBreakTest.txt", lambda text: [*accumulate(map(len, clusters(text)))], 600),
    ],
)
def test_every_case_of_the_segmentation_tests(name: str, cut: Callable[[str], list[int]], least: int) -> None:
    cases = [_pieces(line) for line in data_lines(f"auxiliary/{name}")]
    wrong = [ascii(text) for text, ends in cases if text not in _CHANGED_SINCE and cut(text) != ends]
    print(f"{name}: {len(cases) - len(wrong)} of {len(cases)}")
    assert len(cases) >= least
    assert wrong == []
