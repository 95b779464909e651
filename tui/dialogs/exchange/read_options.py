"""How a file is to be read, where that can't be found out: three small fields above a preview."""

from collections.abc import Sequence

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Grid
from textual.widgets import Input, Label

from data.base.text import clean_line
from data.exchange.formats.csv_table import columns_said
from data.exchange.importing.foreign_dates import date_form
from widgets.base.text_input import TextInput


class Manner(Struct, frozen=True):
    """How a person wants a file to be read; as `data.exchange.importing.entry.ReadOptions` and `read_source` have it.

    Attributes:
        columns: Names of columns by field.
        dates: How dates are written, "" to find out.
        encoding: The name of the encoding, None to find out.
    """

    columns: dict[str, str] = {}
    dates: str = ""
    encoding: str | None = None


class ReadOptionFields(Grid):
    """Asks for columns and dates of a table, and for the encoding of any text."""

    def compose(self) -> ComposeResult:
        """Yield a name and a field for each."""
        yield Label("Columns", classes="-table")
        yield TextInput(id="columns", select_on_focus=False, compact=True, classes="-table")
        yield Label("Dates", classes="-table")
        yield TextInput(placeholder="d/m/y", select_on_focus=False, id="dates", compact=True, classes="-table")
        yield Label("Encoding")
        yield TextInput(id="encoding", select_on_focus=False, compact=True)

    def offer(self, header: Sequence[str], encoding: str) -> None:
        """Ask about a file.

        Args:
            header: The names of its columns; none when it is no table.
            encoding: As which it was read.
        """
        for part in self.query(".-table"):
            part.display = bool(header)
        names = [clean_line(name) for name in header]
        self.query_one("#columns", Input).placeholder = f"title=… out of {', '.join(names)}"
        self.query_one("#encoding", Input).placeholder = encoding

    def clear(self) -> None:
        """Forget what was said about another file."""
        for field in self.query(Input):
            field.clear()

    @property
    def manner(self) -> Manner:
        """What the person said.

        Raises:
            NotAllowedError: A column is for no field that there is.
        """
        said = {str(field.id): field.value.strip() for field in self.query(Input)}
        return Manner(columns_said(said["columns"]), date_form(said["dates"]), said["encoding"] or None)
