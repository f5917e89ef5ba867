"""Headlines without a lonely word on their last line."""

from __future__ import annotations

from collections.abc import Sequence

from tui.bidi.layout import Line, Span, lay_out

_LONELY = 0.34
"""A last line shorter than this share of the width is evened out."""
_TRIES = (0.62, 0.75, 0.88)


def headline(text: str, width: int, level: int, spans: Sequence[Span], max_lines: int) -> list[Line]:
    """At most ``max_lines`` lines of at most ``width`` cells, of about the same length where the last would be lonely.

    No more lines than the width asks for, and no narrower than needed for that: three tries at most.
    """
    lines = lay_out(text, width, base=level, spans=spans, max_lines=max_lines)
    if len(lines) < 2 or lines[-1].truncated or lines[-1].cells >= width * _LONELY or "\n" in text:
        return lines
    for share in _TRIES:
        narrower = lay_out(text, max(1, int(width * share)), base=level, spans=spans, max_lines=len(lines))
        if not narrower[-1].truncated and len(narrower) == len(lines):
            return narrower
    return lines
