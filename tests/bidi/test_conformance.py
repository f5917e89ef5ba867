"""The Unicode Character Database's own tests: bidi, both files, and line breaks, every case."""

from collections.abc import Iterator

from tests.bidi.ucd import data_lines
from tui.bidi._classes import CODES
from tui.bidi.breaks import break_opportunities
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


def test_every_case_of_bidi_test() -> None:
    wrong = []
    cases = 0
    for classes, base, levels, order in _class_cases():
        cases += 1
        if not _agrees(resolve_classes(classes, None, base), levels, order):
            wrong.append((classes, base))
    assert cases > 770_000
    assert wrong == []


def test_every_case_of_line_break_test() -> None:
    wrong = []
    cases = 0
    for line in data_lines("auxiliary/LineBreakTest.txt"):
        text = ""
        breaks = []
        for token in line.split():
            if token == "÷":
                breaks.append(len(text))
            elif token != "×":
                text += chr(int(token, 16))
        cases += 1
        if break_opportunities(text) != [place for place in breaks if place]:
            wrong.append(line)
    assert cases > 7_000
    assert wrong == []
