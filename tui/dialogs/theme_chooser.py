"""Choosing a theme, which is tried on while one looks at it."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.widgets import OptionList

from tui.dialogs.choose import Choose


class ThemeChooser(Choose):
    """Returns the name of a theme, or None; the app then looks as before.

    Attributes:
        previews_theme: Whether the app's theme is only tried on while this is open.
    """

    previews_theme: ClassVar[bool] = True

    def __init__(self, themes: Iterable[str], current: str) -> None:
        super().__init__("Which theme?", [(name, name) for name in themes], current)
        self._before = current

    @on(OptionList.OptionHighlighted)
    def _try_on(self, event: OptionList.OptionHighlighted) -> None:
        self.app.theme = str(event.option.prompt)

    def action_leave(self) -> None:
        """Close it; the theme is the one there was."""
        self.app.theme = self._before
        super().action_leave()
