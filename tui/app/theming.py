"""The app's share in themes: ours are known to it, and the styles are read no more often than the colours change."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from textual.app import App
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme
from textual.widget import AwaitMount

from tui.app import themes

_SHOW_AFTER: Final = 0.005
"""Seconds until a page that is back has drawn all of itself."""


class Themed(App[None]):
    """Begins in a theme instead of changing to it.

    Textual reads every style again for a theme that is set before the start, and for each of the first visits of a
    page, in case the colours have changed since; that was a tenth of the time to the first frame.

    Args:
        theme: Its name; an unknown one is our dark one.
    """

    _chosen = False
    _is_back = False

    def __init__(self, theme: str = themes.DARK_THEME.name) -> None:
        super().__init__()
        self._chosen = True
        self._built = {self.DEFAULT_MODE}
        for own in themes.OWN_THEMES:
            self.register_theme(own)
        self.theme = theme if self.get_theme(theme) else themes.DARK_THEME.name
        self.stylesheet.set_variables(self.get_css_variables())
        self._read_in: Theme = self.current_theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Name `$real` and `$candy` in themes that do not know them."""
        return themes.verdict_colours(self.current_theme)

    def get_css_variables(self) -> dict[str, str]:
        """Return what the styles may name; nothing for the theme that Textual begins with, which nobody sees."""
        return super().get_css_variables() if self._chosen else {}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what takes the colours away where the person wants none."""
        if not self.no_color:
            return super().get_line_filters()
        from tui.app.two_colours import TwoColours  # noqa: PLC0415 - few people ask for it

        return [TwoColours(Color.parse(self.current_theme.background or "#000000"))]

    def read_ahead(self, styles: Path) -> None:
        """Read the styles of a screen before it is there, so that it need not wait for them; nothing shown has any."""
        if not self.stylesheet.has_source(str(styles)):
            self.stylesheet.read(styles)
            self.stylesheet.parse()

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        """Read the styles in other colours; a page that is away meanwhile is styled again when it is back."""
        if self.current_theme != self._read_in:
            self._read_in = self.current_theme
            super().refresh_css(animate)

    def switch_mode(self, mode: str) -> AwaitMount:
        """Show another page; only one that has yet to be built is hidden for a while."""
        self._is_back = mode in self._built
        self._built.add(mode)
        shown = super().switch_mode(mode)
        self._is_back = False  # the palette hides itself in the same way
        return shown

    def delay_update(self, delay: float = 0.05) -> None:
        """Hide what is half done: a page that is back is whole after one turn, one that is built later."""
        super().delay_update(_SHOW_AFTER if self._is_back else delay)
