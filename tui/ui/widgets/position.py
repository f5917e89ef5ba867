"""The thin bar on the end side that shows which stretch of a text is in view."""

from __future__ import annotations

from tui.ui.widgets.painting import Sign


def position_bar(extent: tuple[float, float], y: int, height: int, width: int, *, rtl: bool) -> tuple[Sign, ...]:
    """What of the bar stands on row ``y``; nothing when everything is in view.

    The bar touches the top only at the very beginning and the bottom only at the very end, so it never says "all
    read" too early.
    """
    start, end = extent
    if start <= 0 and end >= 1:
        return ()
    size = max(1, min(height - 1, round(height * (end - start))))
    top = round(height * start)
    if end >= 1:
        top = height - size
    elif start <= 0:
        top = 0
    else:
        top = max(1, min(top, height - size - 1))
    if not top <= y < top + size:
        return ()
    return (Sign(0 if rtl else width - 1, "▏" if rtl else "▕", ("article--position",)),)
