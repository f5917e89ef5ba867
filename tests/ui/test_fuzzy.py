"""Finding names by some of their letters."""

from __future__ import annotations

import pytest

from tui.ui.fuzzy import best

NAMES = ["Side list", "Stop", "Star", "Settings: language", "Starred stories", "المصادر", "صفحة التالي"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("star", ["Star", "Starred stories"]),
        ("lang", ["Settings: language"]),
        ("sdls", ["Side list"]),
        ("مصادر", ["المصادر"]),
        ("التالى", ["صفحة التالي"]),
        ("xyz", []),
    ],
)
def test_letters_with_gaps_count_where_no_name_holds_them_in_one_piece(typed: str, found: list[str]) -> None:
    assert best(typed, NAMES, lambda name: (name,)) == found
