"""What the five screens have in common: the bar above, the line of keys below, the journal in between."""

from datetime import date, datetime

from textual.app import ComposeResult
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from data.edits import Edit
from data.journal import Journal
from data.settings import Settings


class Page(Screen[None]):
    """One of the five screens.

    The app binds `journal`, `today` and `settings` down whenever they change; a page answers with watchers, and asks
    for changes by posting `Edited`. It never sees the store. A page is made when it is first shown, and kept.
    """

    journal: reactive[Journal] = reactive(Journal, init=False)
    today: reactive[date] = reactive(date.min, init=False)
    settings: reactive[Settings] = reactive(Settings, init=False)

    class Edited(Message):
        """The person changed something; the app shows it at once and saves it.

        Attributes:
            label: What was done, for undo, such as "move to real". It never holds the text of a win.
            edit: The pure function from the journal to the changes.
        """

        def __init__(self, label: str, edit: Edit) -> None:
            super().__init__()
            self.label = label
            self.edit = edit

    class Wanted(Message):
        """The person wants to be somewhere else.

        Attributes:
            page: "board", "review", "momentum", "doors" or "goals".
            win: The win to put the cursor on, or None.
            period: First and last day to show on the board, or None.
        """

        def __init__(self, page: str, *, win: str | None = None, period: tuple[date, date] | None = None) -> None:
            super().__init__()
            self.page = page
            self.win = win
            self.period = period

    def compose_page(self) -> ComposeResult:
        """Yield the widgets between the bar and the keys."""
        yield from ()

    def arrive(self, wanted: "Page.Wanted") -> None:
        """Take up what `Wanted` asked for (a win, a period); called after the page is shown."""

    def now(self) -> datetime:
        """Return the moment in UTC, by the app's clock."""
        return self.app.now()  # type: ignore[attr-defined,no-any-return]
