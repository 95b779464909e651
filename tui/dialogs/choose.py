"""A short list to choose from: a goal, a tag."""

from collections.abc import Sequence

from textual.content import Content

from data.base.text import clean_line, fold
from tui.dialogs.chooser import Chooser


class Choose(Chooser):
    """Returns the key of what was chosen, or None."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        """Make the dialog.

        Args:
            title: What is chosen.
            choices: Keys and what to show for them, which may be a person's text.
            current: The key to start on.
        """
        super().__init__(title)
        self._choices = choices
        self._current = current

    def find(self, typed: str) -> Sequence[tuple[str, Content]]:
        """Return the choices that hold all words typed; those that begin with them come first."""
        wanted = fold(clean_line(typed))
        lines = [(key, clean_line(text)) for key, text in self._choices]
        fitting = [(key, line) for key, line in lines if all(word in fold(line) for word in wanted.split())]
        fitting.sort(key=lambda choice: not fold(choice[1]).startswith(wanted))
        return [(key, Content(line)) for key, line in fitting]

    def start(self) -> int:
        """Return the line of what is in force."""
        keys = [key for key, _ in self._choices]
        return keys.index(self._current) if self._current in keys else 0
