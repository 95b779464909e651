"""A short list to choose from: a goal, a tag."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from data.base.text import clean_line
from tui.dialogs.dialog import Dialog


class Choose(Dialog[str | None]):
    """Returns the key of what was chosen, or None when the person left."""

    DEFAULT_CSS = """
    Choose {
        align: center middle;
        & > Vertical { width: 50; max-width: 90%; height: auto; max-height: 80%; background: $surface; padding: 1 2; }
        & Static { text-style: bold; padding-bottom: 1; }
        & OptionList:focus { background-tint: transparent; }
        & OptionList { height: auto; max-height: 60vh; border: none; background: $surface; padding: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", id="choose.leave", tooltip="Leave all as it was"),
    ]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        """Make the dialog.

        Args:
            title: What is chosen.
            choices: Keys and what to show for them, which may be a person's text.
            current: The key to start on.
        """
        super().__init__()
        self._title = title
        self._choices = choices
        self._current = current

    def compose(self) -> ComposeResult:
        """Yield the title and the list."""
        with Vertical():
            yield Static(Content(self._title))
            yield OptionList(*(Option(Content(clean_line(text))) for _, text in self._choices), compact=True)

    def on_mount(self) -> None:
        """Start on what is in force."""
        keys = [key for key, _ in self._choices]
        if self._current in keys:
            self.query_one(OptionList).highlighted = keys.index(self._current)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the choice."""
        self.dismiss(self._choices[event.option_index][0])

    def action_leave(self) -> None:
        """Return nothing."""
        self.dismiss(None)
