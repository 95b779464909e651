"""An empty Textual app, which the first frame is measured beside. It imports nothing of ours."""

from textual.app import App, ComposeResult
from textual.widgets import Label


class Empty(App[None]):
    """Says that it is there."""

    def compose(self) -> ComposeResult:
        """Yield the one word that is waited for."""
        yield Label("ready")


if __name__ == "__main__":
    Empty().run()
