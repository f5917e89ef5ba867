"""Where the style sheets are: in the installed package, else in the checkout."""

from __future__ import annotations

from pathlib import Path, PurePath

SHEETS = ("screen.tcss", "bars.tcss", "panes.tcss", "dialogs.tcss")
_PACKAGE = Path(__file__).resolve().parent.parent


def sheet_paths() -> list[str | PurePath]:
    """The style sheets in the order they apply.

    A wheel holds them in ``tui/styles``; an editable install finds them beside the package in the checkout.
    """
    for folder in (_PACKAGE / "styles", _PACKAGE.parent / "styles"):
        if (folder / SHEETS[0]).is_file():
            return [folder / sheet for sheet in SHEETS]
    raise FileNotFoundError(f"khabar's style sheets are in neither {_PACKAGE} nor its parent; install khabar again.")
