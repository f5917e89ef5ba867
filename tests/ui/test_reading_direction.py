"""Which way a text runs: as declared, by what most of it is, or by its first letter where the reader wants that."""

from __future__ import annotations

import pytest

from tui.news.model import Direction
from tui.ui.widgets.reading_direction import level_of

NAME_FIRST = "Reuters: ارتفاع أسعار النفط في الأسواق"
ENGLISH = "Oil prices rise in Cairo"
QUOTING = "The word for it in the old maps, بحيرة, is still in use there."
QUOTED = "قالت الوزارة إن برنامج Erasmus سيبدأ في الخريف المقبل"
BRANDS = "Samsung Galaxy Ultra iPhone: مراجعة"


@pytest.mark.parametrize(
    ("direction", "language", "text", "level"),
    [
        (Direction.AUTO, "ar", NAME_FIRST, 1),
        (Direction.AUTO, "", NAME_FIRST, 1),
        (Direction.FIRST, "ar", NAME_FIRST, 0),
        (Direction.RTL, "", NAME_FIRST, 1),
        (Direction.AUTO, "ar", ENGLISH, 0),
        (Direction.AUTO, "ar", QUOTING, 0),
        (Direction.RTL, "ar", QUOTING, 0),
        (Direction.LTR, "en", QUOTED, 1),
        (Direction.AUTO, "ar", BRANDS, 1),
        (Direction.AUTO, "en", "Reuters: " + QUOTED, 0),
        (Direction.FIRST, "ar", "وكالة Reuters says so and so", 1),
        (Direction.FIRST, "ar", "12 (3)", 1),
    ],
)
def test_the_direction_of_a_text(direction: Direction, language: str, text: str, level: int) -> None:
    assert level_of(direction, language, text, default=1) == level
