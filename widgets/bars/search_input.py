"""Where a search is typed; imported when somebody searches, since a field of text is the heaviest of widgets."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from widgets.base.text_input import TextInput


class SearchInput(TextInput):
    """Where words are typed; up and down, enter and escape leave the typing to the cards."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave(True)", "to the cards", id="find.enter", tooltip="Go to the best match"),
        Binding("escape", "leave(False)", "cancel", id="find.leave", tooltip="Clear the search"),
        Binding("down", "step(1)", "next", show=False, id="find.next", tooltip="The next match"),
        Binding("up", "step(-1)", "previous", show=False, id="find.previous", tooltip="The match before"),
    ]
    DEFAULT_CSS = """
    SearchInput { width: 24; max-width: 40%; margin-right: 2; background: $panel; }
    """

    class QueryTyped(Message):
        """The words are others now.

        Attributes:
            text: As it was typed.
        """

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class QueryLeft(Message):
        """The person has typed enough.

        Attributes:
            text: All of it; where many keys come at once, this comes before what tells of the letters.
            keep: Whether it stays in force.
        """

        def __init__(self, text: str, *, keep: bool) -> None:
            super().__init__()
            self.text = text
            self.keep = keep

    class MatchStepped(Message):
        """The person wants another match, and goes on typing.

        Attributes:
            direction: 1 for the next, -1 for the one before.
        """

        def __init__(self, direction: int) -> None:
            super().__init__()
            self.direction = direction

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False)

    def begin(self, text: str) -> None:
        """Take words that were typed before, without telling of them, and go on behind them."""
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = len(text)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.QueryTyped(event.value))

    def action_leave(self, keep: bool) -> None:  # noqa: FBT001 - a binding gives values
        """Stop typing."""
        self.post_message(self.QueryLeft(self.value, keep=keep))

    def action_step(self, direction: int) -> None:
        """Go to another match, and go on typing."""
        self.post_message(self.MatchStepped(direction))
