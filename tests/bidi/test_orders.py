"""Rows as each class of terminal needs them: cells, letters and styles kept, and what the terminal makes of them."""

from functools import cache
from pathlib import Path

import pytest
import uharfbuzz as hb
from hypothesis import given
from hypothesis import strategies as st

from tests.bidi.texts import ALL
from tui.bidi import orders
from tui.bidi._classes import MIRROR, bidi_class
from tui.bidi.breaks import cell_width, clusters
from tui.bidi.layout import display, lay_out
from tui.bidi.levels import resolve
from tui.bidi.orders import LRM, ZWNJ, Cell, RowOrder, reorder_row

INVISIBLE = LRM + ZWNJ


def cells_of(visual: str) -> list[Cell]:
    """A row: one cell a cluster, an empty second one behind a wide one; every cell its number as style."""
    row: list[Cell] = []
    for cluster in clusters(visual):
        row.append(Cell(cluster, len(row)))
        if cell_width(cluster) == 2:
            row.append(Cell("", len(row)))
    return row


def sent(visual: str, order: RowOrder) -> str:
    return "".join(cell.text for cell in reorder_row(cells_of(visual), order))


def implicit_terminal(row: list[Cell]) -> list[Cell]:
    """What VTE and Konsole show: UAX #9 over the row with a base of left to right, by clusters, styles with them.

    Mirrored characters at odd levels come out mirrored.
    """
    text = "".join(cell.text or "\ufffc" for cell in row)
    owner = [index for index, cell in enumerate(row) for _ in cell.text or "\ufffc"]
    shown: list[Cell] = []
    for start, end, level in resolve(text, 0).line_runs():
        places = range(end - 1, start - 1, -1) if level & 1 else range(start, end)
        for place in places:
            if text[place] not in INVISIBLE and bidi_class(ord(text[place])) != "NSM":
                cell = row[owner[place]]
                base = cell.text.strip(INVISIBLE)
                shown.append(Cell(base.translate(MIRROR) if level & 1 else base, cell.style))
    return shown


DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf")


@cache
def in_dejavu_sans_mono(char: str) -> bool:
    if not DEJAVU.exists():
        pytest.skip(f"{DEJAVU} is missing: install fonts-dejavu-core")
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(DEJAVU)))).get_nominal_glyph(ord(char)) is not None


def kitty(row: list[Cell], *, bold: frozenset[object] = frozenset(), seen: bool = True) -> list[str]:
    """What kitty shows with a font that has most Arabic letters and no others, as measured.

    A run ends at a blank, a box and a wide cell, where the font ends and where bold letters begin or end (``bold``:
    their styles); one whose first letter is from the right is drawn from the right, brackets mirrored. Not ``seen``:
    the best that can be shown of ``row``.
    """
    shown: list[str] = []
    run: list[Cell] = []
    of_run = _kitty_run if seen else _best_of_a_run
    for cell in [*row, Cell(" ")]:
        ends = cell.text in {" ", "│", ""} or cell_width(cell.text) == 2
        if ends or (run and _font(run[-1], bold) != _font(cell, bold)):
            shown += of_run([each.text for each in run])
            run = []
        if ends:
            shown.append(cell.text)
        else:
            run.append(cell)
    return shown[:-1]


def _font(cell: Cell, bold: frozenset[object]) -> tuple[bool, bool]:
    return in_dejavu_sans_mono(cell.text[0]), cell.style in bold


def _from_the_right(text: str) -> bool | None:
    """None: no letter, which says nothing."""
    if bidi_class(ord(text[0])) in {"AL", "R"} or "۰" <= text[0] <= "۹" or text[0] in "٪٫٬":
        return True
    return False if text[0].isalpha() else None


def _kitty_run(run: list[str]) -> list[str]:
    first = next((way for way in map(_from_the_right, run) if way is not None), False)
    return [text.translate(MIRROR) for text in reversed(run)] if first else run


def _best_of_a_run(run: list[str]) -> list[str]:
    """As it is; with Arabic first and Latin last it cannot be had, and the Latin goes in front."""
    ways = [_from_the_right(text) for text in run]
    strong = [way for way in ways if way is not None]
    if not strong or not strong[0] or strong[-1]:
        return run
    last = len(ways) - 1 - ways[::-1].index(True)
    at = ways.index(False, last)
    return [*run[at:], *run[:at]]


_letters = "abאבגאب\ufeb3\ufefc\ufee1\ufba8\ufbaf\u069501٢٣۴ .,:-()«»│،؟"
rows = st.one_of(
    st.text(st.sampled_from(_letters), max_size=40),
    st.text(st.sampled_from(_letters), max_size=40).map(display),
    st.lists(st.sampled_from(["日", "😀", "ب\u064e", "ש\u05c1", "a", " ", "12", "٣", "│"]), max_size=12).map("".join),
)
samples = st.sampled_from(list(ALL.values())).flatmap(
    lambda text: st.sampled_from(["".join(piece.text for piece in made.pieces()) for made in lay_out(text, 40)])
)


@given(st.one_of(rows, samples), st.sampled_from(list(RowOrder)))
def test_the_row_keeps_its_cells_letters_and_styles(visual: str, order: RowOrder) -> None:
    row = cells_of(visual)
    made = reorder_row(row, order)
    assert len(made) == len(row)
    assert sorted(cell.style for cell in made) == sorted(cell.style for cell in row)  # type: ignore[type-var]
    letters = sorted(cell.text.strip(INVISIBLE) for cell in made)
    if order is RowOrder.WORDS:
        assert len("".join(letters)) == len(visual)
    else:
        assert letters == sorted(cell.text for cell in row)
    if order is RowOrder.VISUAL:
        assert made == row
    if order is RowOrder.RUNS:
        assert {(cell.text.strip(INVISIBLE), cell.style) for cell in made} == set(row)
    elif order is RowOrder.LETTERS or (order is RowOrder.WORDS and kitty(row, seen=False) == [c.text for c in row]):
        assert [cell.style for cell in made] == [cell.style for cell in row]
        assert LRM not in "".join(letters)


@given(st.one_of(rows, samples))
def test_a_terminal_with_bidi_shows_the_row_as_it_was_meant(visual: str) -> None:
    row = cells_of(visual)
    assert implicit_terminal(reorder_row(row, RowOrder.RUNS)) == row


@given(st.one_of(rows, samples), st.frozensets(st.integers(0, 40)))
def test_kitty_shows_the_row_as_it_was_meant(visual: str, bold: frozenset[object]) -> None:
    row = cells_of(visual)
    made = reorder_row(row, RowOrder.WORDS, lambda style: style in bold)
    assert kitty(made, bold=bold) == kitty(row, bold=bold, seen=False)


@pytest.mark.parametrize(
    ("visual", "wanted"),
    [
        ('price("ﺔﺠﻨﻃ"', 'price("ﺔﺠﻨﻃ"'[::-1].translate(MIRROR)),  # Arabic is first when turned: turned back
        ("xﺔﺠﻨﻃy", "xﺔﺠﻨﻃy"),  # Latin is first either way
        ("ﺔﺠﻨﻃy", "yﺔﺠﻨﻃ"),  # not to be had; both words can be read
    ],
)
def test_the_first_letter_of_a_word_says_whether_kitty_turns_it(visual: str, wanted: str) -> None:
    assert sent(visual, RowOrder.WORDS) == wanted


@pytest.mark.parametrize("order", [RowOrder.WORDS, RowOrder.LETTERS])
def test_bold_letters_in_a_word_are_a_run_of_their_own(order: RowOrder) -> None:
    """A hit marked inside a word, or a bold word with a comma."""
    row = [Cell(letter, "bold" if letter in "ﺮﺤﺒﻟﺍ" else "") for letter in "ﺮﺤﺒﻟﺍﻭ"]
    made = reorder_row(row, order, lambda style: style)
    assert "".join(cell.text for cell in made) == "ﺍﻟﺒﺤﺮﻭ"
    assert [cell.style for cell in made] == [cell.style for cell in row]


@pytest.mark.parametrize("order", [RowOrder.WORDS, RowOrder.LETTERS])
@pytest.mark.parametrize("visual", ["ﺏ日", "日ﺏ", "ﺏ日ﺱ", "日ﺏﺱa", "א日ב😀"])
def test_wide_cells_stay_where_they_are(visual: str, order: RowOrder) -> None:
    """They come from another font, so kitty's runs end at them (measured), and their halves cannot be parted."""
    row = cells_of(visual)
    made = reorder_row(row, order)
    for before, after in zip(row, made, strict=True):
        assert (after.text == "") == (before.text == "")
        if cell_width(before.text) == 2:
            assert after.text == before.text


def test_letters_turn_on_each_side_of_a_wide_cell() -> None:
    assert sent("ﺏﺱ日aﺏ", RowOrder.WORDS) == "ﺱﺏ日ﺏa"


def test_a_box_ends_a_word_for_kitty() -> None:
    assert sent("│ﺏﺱ│ﺏ.▌", RowOrder.WORDS) == "│ﺱﺏ│.ﺏ▌"


def test_in_a_hebrew_word_only_the_letters_are_a_run() -> None:
    assert sent("(אב-12)", RowOrder.WORDS) == "(בא-12)"


def test_in_an_urdu_word_the_letters_of_another_font_are_runs() -> None:
    for order in (RowOrder.WORDS, RowOrder.LETTERS):
        assert sent("\ufef0\ufb94\ufee0\ufba8،", order) == "\ufee0\ufb94\ufef0\ufba8،"
    assert sent(display("(ہے)"), RowOrder.WORDS) == "(\ufba8\ufbaf)"


def test_it_is_known_which_letters_the_font_has() -> None:
    letters = [chr(cp) for cp in (*range(0x620, 0x700), *range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD))]
    for letter in letters:
        if bidi_class(ord(letter)) == "AL" and letter.isalpha():
            assert (orders._kind(ord(letter)) == "A") == in_dejavu_sans_mono(letter), hex(ord(letter))


def test_an_arabic_sign_makes_digits_a_run() -> None:
    assert sent("٪٢٥)", RowOrder.WORDS) == "(٥٢٪"


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        (RowOrder.VISUAL, "cba (BA) ٢١ 12"),
        (RowOrder.RUNS, "[abc] ([AB]) ٢١] 12"),
        (RowOrder.WORDS, "abc (AB) ٢١ 12"),
        (RowOrder.LETTERS, "abc (AB) ٢١ 12"),
    ],
)
def test_each_order_by_an_example(order: RowOrder, wanted: str) -> None:
    hebrew = str.maketrans("abcAB", "אבגדה")
    made = sent("cba (BA) ٢١ 12".translate(hebrew), order)
    assert made == wanted.translate(hebrew).replace("[", LRM).replace("]", LRM)


def test_letters_alone_turn_where_the_font_is_a_fallback() -> None:
    assert sent("!אב, (גד) ۱۲،", RowOrder.LETTERS) == "!בא, (דג) ،۲۱"


def test_a_row_of_panes_keeps_its_border() -> None:
    left, right = display("سلام"), display("اهلا")
    made = sent(f"{right}│{left}", RowOrder.RUNS)
    assert made[made.index("│") - 1] == LRM
    assert made[made.index("│") + 1] == LRM


def test_two_arabic_numbers_do_not_change_places() -> None:
    assert implicit_terminal(reorder_row(cells_of("٢٠٢٤ - ٢٠٢٣"), RowOrder.RUNS)) == cells_of("٢٠٢٤ - ٢٠٢٣")
    assert implicit_terminal(cells_of("٢٠٢٤ - ٢٠٢٣")) != cells_of("٢٠٢٤ - ٢٠٢٣")


@pytest.mark.parametrize("word", ["می\u200cرسند", "دوچرخه\u200cهای", "نامه\u200cای", "می\u200cلا", "دوچرخه‌ها"])
def test_letters_that_stand_unjoined_stay_so_where_the_terminal_shapes_again(word: str) -> None:
    """Konsole joins the forms it is sent as if they were letters (measured); a non-joiner of no width stops it."""
    made = sent(display(word), RowOrder.RUNS).strip(LRM)
    assert made.count(ZWNJ) == 1
    assert made.index(ZWNJ) == word.index(ZWNJ)
    assert ZWNJ not in sent(display(word), RowOrder.VISUAL)


def test_words_that_join_by_themselves_or_not_at_all_need_no_non_joiner() -> None:
    for language, text in ALL.items():
        if language == "kurdish":  # its vowel AE is drawn as a heh, which another terminal would join
            continue
        plain = text.replace(ZWNJ, " ")
        assert ZWNJ not in sent(display(plain), RowOrder.RUNS)
