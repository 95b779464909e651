"""Pages without the bar and the keys around them, each with the arrangement it has in the app."""

from pathlib import Path

from textual.app import ComposeResult

from tui.pages import doors, goals
from tui.pages.momentum import page as momentum


class BareMomentum(momentum.MomentumPage):
    """The charts."""

    CSS_PATH = str(Path(momentum.__file__).with_name("momentum.tcss"))

    def compose(self) -> ComposeResult:
        """Yield what the page itself holds."""
        yield from self.compose_page()


class BareDoors(doors.DoorsPage):
    """The trees."""

    CSS_PATH = str(Path(doors.__file__).with_suffix(".tcss"))

    def compose(self) -> ComposeResult:
        """Yield what the page itself holds."""
        yield from self.compose_page()


class BareGoals(goals.GoalsPage):
    """The goals."""

    CSS_PATH = str(Path(goals.__file__).with_suffix(".tcss"))

    def compose(self) -> ComposeResult:
        """Yield what the page itself holds."""
        yield from self.compose_page()
