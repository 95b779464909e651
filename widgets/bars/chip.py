"""A small word that can be clicked; the keys that do the same belong to the screen."""

from textual.content import Content
from textual.message import Message
from textual.widgets import Static


class Chip(Static):
    """One word or two, such as a filter that a click opens or clears."""

    DEFAULT_CSS = """
    Chip {
        width: auto;
        height: 1;
        margin-right: 2;
        color: $text-muted;
        &:hover { color: $foreground; text-style: underline; }
        &.-on { color: $accent; }
    }
    """
    ALLOW_SELECT = False

    class ChipPressed(Message):
        """The chip was clicked.

        Attributes:
            chip: The one.
        """

        def __init__(self, chip: "Chip") -> None:
            super().__init__()
            self.chip = chip

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002 as Textual has it
        super().__init__(Content(text), id=id)

    def say(self, text: str, *, on: bool) -> None:
        """Show other words, lit when it holds something back."""
        self.update(Content(text))
        self.set_class(on, "-on")

    def on_click(self) -> None:
        """Tell."""
        self.post_message(self.ChipPressed(self))
