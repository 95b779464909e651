"""A line that can be clicked."""

from textual import events
from textual.message import Message
from textual.widgets import Static


class ClickLine(Static):
    """A line that a click does something with, so that the mouse can do what a key does."""

    class LineClicked(Message):
        """The line was clicked."""

    def on_click(self, event: events.Click) -> None:
        """Tell."""
        event.stop()
        self.post_message(self.LineClicked())
