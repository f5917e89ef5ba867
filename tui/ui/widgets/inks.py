"""What the inks of a pane look like: component classes blended over one another on the widget's background."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


class WidgetPalette:
    """The looks of a widget's component classes, asked of the stylesheet once and kept until styles change."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[tuple[str, ...], Style] = {}

    def clear(self) -> None:
        """Forget: the theme, a class or the focus has changed."""
        self._styles.clear()

    def __call__(self, inks: tuple[str, ...]) -> Style:
        """The style of these component classes, laid over one another from the first to the last.

        A background given by one is under all that follow; a foreground of a class with transparency, or one that is
        automatic, is computed against the background that results, so no theme can make text vanish on a selected row.
        """
        style = self._styles.get(inks)
        if style is None:
            style = self._styles[inks] = self._blend(inks)
        return style

    def _blend(self, inks: tuple[str, ...]) -> Style:
        _, _, background, color = self._widget.colors
        components = [self._widget.get_component_styles(ink) for ink in inks]
        for component in components:
            if component.has_rule("background"):
                background = background + component.background
        auto = False
        look = Style.null() + self._widget.styles.text_style
        for component in components:
            if component.has_rule("color"):
                color, auto = component.color, False
            if component.has_rule("auto_color") and component.auto_color:
                color, auto = component.color, True
            look += component.text_style
        if auto:
            color = background.get_contrast_text(color.a)
        return look + Style.from_color(
            (background + color).rich_color, background.rich_color if background.a or background.ansi else None
        )
