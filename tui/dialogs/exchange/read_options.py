"""How a file is to be read, where that can't be detected: three small fields above a preview."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Grid
from textual.widgets import Input, Label

from data.base.text import clean_line
from data.exchange.formats.csv_table import columns_said
from data.exchange.importing.date_pattern import DatePattern
from data.exchange.importing.entry import ReadOptions
from tui.system.clock import local_day
from widgets.base.text_input import TextInput


class ReadOptionFields(Grid):
    """Asks for the columns of a table, how dates are written, and the encoding."""

    def compose(self) -> ComposeResult:
        """Yield a name and a field for each."""
        yield Label("Columns", classes="-table")
        yield TextInput(id="columns", select_on_focus=False, compact=True, classes="-table")
        yield Label("Dates")
        yield TextInput(placeholder="d/m/y", select_on_focus=False, id="dates", compact=True)
        yield Label("Encoding")
        yield TextInput(id="encoding", select_on_focus=False, compact=True)

    def offer(self, columns: Sequence[str], encoding: str) -> None:
        """Ask about a file.

        Args:
            columns: The names of its columns; none when it is not a table.
            encoding: As which it was read.
        """
        for part in self.query(".-table"):
            part.display = bool(columns)
        names = [clean_line(name) for name in columns]
        self.query_one("#columns", Input).placeholder = f"title=… out of {', '.join(names)}"
        self.query_one("#encoding", Input).placeholder = encoding

    def clear(self) -> None:
        """Forget what was said about another file."""
        for field in self.query(Input):
            field.clear()

    @property
    def options(self) -> ReadOptions:
        """What the person said.

        Raises:
            NotAllowedError: A column is for a field that is unknown, or the dates are not those of a calendar.
        """
        said = {str(field.id): field.value.strip() for field in self.query(Input)}
        if said["dates"]:
            DatePattern(said["dates"])
        return ReadOptions(
            local=local_day,
            columns=columns_said(said["columns"]),
            dates=said["dates"],
            encoding=said["encoding"] or None,
        )
