"""What the text engine costs: run ``python tests/bench/bench_bidi.py``. Prints, asserts nothing.

Levels and order of a 10 kB Arabic article beside python-bidi (a compiled library that gives neither levels nor
mirroring), layout of a 2,000-word article, the other steps, and every hostile case in code points a second.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bidi.hostile_cases import CASES, every_code_point, hostile_text, plain
from tests.bidi.test_bounded import LENGTH, LENGTHS, STEPS
from tests.bidi.texts import ALL, ARABIC, ENGLISH
from tui.bidi import breaks, layout, levels, sanitize, shaping
from tui.bidi.orders import Cell, RowOrder, reorder_row

HOSTILE_LENGTH = 60_000
Step = Callable[[str], object]


def best(step: Step, text: str, times: int = 7) -> float:
    """Seconds of the quickest of some runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        step(text)
        found.append(time.process_time() - start)
    return min(found)


def show(name: str, text: str, seconds: float, note: str = "") -> None:
    print(f"  {name:<46} {len(text):>7} ch {seconds * 1e3:>8.2f} ms {len(text) / seconds / 1e6:>8.2f} Mch/s  {note}")


def article(kilobytes: int) -> str:
    text = plain(ARABIC, kilobytes * 1000)
    return text.encode()[: kilobytes * 1000].decode(errors="ignore")


def order_beside_python_bidi() -> None:
    import bidi

    text = article(10)
    print(f"levels and order, a 10 kB Arabic article ({len(text)} code points)")
    ours = best(lambda t: levels.resolve(t, 1).line_order(), text, 25)
    runs = best(lambda t: levels.resolve(t, 1).line_runs(), text, 25)
    theirs = best(lambda t: bidi.get_display(t, base_dir="R"), text, 25)
    show("resolve + line_order (levels, order)", text, ours, f"{ours / theirs:.1f} x python-bidi")
    show("resolve + line_runs (levels, runs)", text, runs, f"{runs / theirs:.1f} x python-bidi")
    show("python-bidi get_display (text, unmirrored)", text, theirs)


def layouts() -> None:
    words = (ARABIC + " ") * 40
    text = " ".join(words.split()[:2000])
    paragraphs = "\n".join(" ".join(text.split()[at : at + 60]) for at in range(0, 2000, 60))
    print("layout, a 2,000-word Arabic article at 80 cells (a frame has 16 ms)")
    shaping._remembered.cache_clear()
    breaks._remembered.cache_clear()
    show("lay_out, first time, one paragraph", text, best(lambda t: layout.lay_out(t, 80), text, 1))
    show("lay_out, one paragraph", text, best(lambda t: layout.lay_out(t, 80), text))
    show("lay_out, 34 paragraphs", paragraphs, best(lambda t: layout.lay_out(t, 80), paragraphs))
    everything: Step = lambda t: [made.pieces() for made in layout.lay_out(t, 80)]  # noqa: E731
    show("lay_out and the pieces of every line", paragraphs, best(everything, paragraphs))
    with_map: Step = lambda t: [(made.pieces(), made.clusters()) for made in layout.lay_out(t, 80)]  # noqa: E731
    show("… and their maps", paragraphs, best(with_map, paragraphs))
    styled = [layout.Span(at, at + 5, at) for at in range(0, len(paragraphs), 40)]
    with_spans: Step = lambda t: [made.pieces() for made in layout.lay_out(t, 80, spans=styled)]  # noqa: E731
    show(f"… with {len(styled)} spans", paragraphs, best(with_spans, paragraphs))
    headline = ARABIC[:90]
    show(
        "line: a headline cut to 60 cells, and pieces", headline, best(lambda t: layout.line(t, 60).pieces(), headline)
    )


def english_fast_path() -> None:
    text = plain(ENGLISH, 10_000)
    whole = best(lambda t: [made.pieces() for made in layout.lay_out(t, 80)], text)
    bidi = best(levels.resolve, text)
    print("left-to-right text")
    show("lay_out and pieces", text, whole)
    show("resolve", text, bidi, f"{bidi / whole:.1%} of it")


def steps() -> None:
    print("steps by language")
    for name, sample in ALL.items():
        text = plain(sample, 10_000)
        show(f"{name}: resolve + order", text, best(lambda t: levels.resolve(t).line_order(), text))
        show(f"{name}: break_opportunities", text, best(breaks.break_opportunities, text))
        show(f"{name}: shape", text, best(lambda t: shaping.shape(t, marks=False), text))
        show(f"{name}: sanitize", text, best(sanitize.sanitize, text))
    row = [Cell(char) for char in layout.display(ARABIC[:120])]
    for order in RowOrder:
        show(f"reorder_row {order}", "." * len(row), best(lambda _, o=order: reorder_row(row, o), ""))  # type: ignore[misc]


def hostile() -> None:
    """Every step of tests/bidi/test_bounded.py on every case: how many times plain Arabic, and what is worst."""
    usual: dict[str, float] = {}
    print("hostile texts: thousand code points a second (times plain Arabic of that length)")
    print(f"  {'':<44}" + "".join(f"{name:>16}" for name in STEPS))
    worst = dict.fromkeys(STEPS, (0.0, ""))
    for case in ("plain Arabic", *CASES, "every code point"):
        cells = ""
        for name, step in STEPS.items():
            length = HOSTILE_LENGTH * LENGTHS.get(name, LENGTH) // LENGTH
            text = hostile_text(case, length) if case in CASES else plain(ARABIC, length)
            text = every_code_point(length) if case == "every code point" else text
            each = best(step, text, 1 if case in CASES else 3) / len(text)
            times = each / usual.setdefault(name, each)
            worst[name] = max(worst[name], (times, case))
            cells += f"{1e-3 / each:>9.0f} ({times:>4.1f})"
        print(f"  {case:<44}{cells}")
    print("  the dearest: " + "; ".join(f"{name} {times:.1f} x ({case})" for name, (times, case) in worst.items()))


def main() -> None:
    order_beside_python_bidi()
    layouts()
    english_fast_path()
    steps()
    hostile()


if __name__ == "__main__":
    main()
