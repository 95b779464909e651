"""What was just done, in one quiet line above the keys; it goes with the next key."""

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static


class StatusLine(Static):
    """Lies over the page's last line while there is something to say, so that nothing moves for it.

    Attributes:
        text: What is said, or "".
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    StatusLine {
        layer: over;
        dock: bottom;
        offset-y: -1;
        height: 1;
        padding: 0 1;
        background: $background;
        color: $accent;
    }
    """

    text: reactive[str] = reactive("", init=False)

    def on_mount(self) -> None:
        """Take no room before there is something to say."""
        self.display = False

    def watch_text(self, text: str) -> None:
        """Say something else, or nothing."""
        self.update(Content(text))
        self.display = bool(text)
