"""Where the style sheets are: in the installed package, else in the checkout."""

from __future__ import annotations

from pathlib import Path, PurePath

SHEETS = ("screen.tcss", "bars.tcss", "panes.tcss")
"""What the first frame needs."""
DIALOGS = "dialogs.tcss"
"""What the first dialog brings with it."""
_PACKAGE = Path(__file__).resolve().parent.parent


def sheet_paths(*sheets: str) -> list[str | PurePath]:
    """The style sheets of these names, in the order they apply; raises FileNotFoundError when one is missing.

    A wheel holds them in ``tui/styles``; an editable install finds them beside the package in the checkout.
    """
    for folder in (_PACKAGE / "styles", _PACKAGE.parent / "styles"):
        if all((folder / sheet).is_file() for sheet in sheets):
            return [folder / sheet for sheet in sheets]
    raise FileNotFoundError(f"khabar's style sheets are in neither {_PACKAGE} nor its parent; install khabar again.")
