"""The board's rear-view mirror: what has left the board, and whether it is looked at."""

from collections.abc import Sequence
from datetime import date

from data.model.journal import Journal
from data.model.records import Win
from data.search.mirror import is_in_mirror, is_older_than, on_the_board


class RearView:
    """Says which wins have left the board.

    Attributes:
        weeks: How long candy stays.
        today: The local date.
        count: How many wins have left, as they were counted last.
        is_open: Whether they are shown all the same.
    """

    def __init__(self) -> None:
        self.weeks = 0
        self.today = date.min
        self.count = 0
        self.is_open = False

    def toggle(self) -> None:
        """Show what has left, or no longer."""
        self.is_open = not self.is_open and bool(self.count)

    def hides(self, win: Win | None, journal: Journal) -> bool:
        """Return whether a win of a journal has left the board and is not looked at."""
        if win is None or win.deleted_at is not None or self.is_open:
            return False
        return is_in_mirror(win, opened=win.id in journal.opens, weeks=self.weeks, today=self.today)

    def leave(self, wins: Sequence[Win], journal: Journal, *, looks_for: bool) -> Sequence[Win]:
        """Return the wins of a journal that have not left the board, and count the others; none leaves a search."""
        kept = (
            wins
            if self.is_open or looks_for
            else on_the_board(wins, opens=journal.opens, weeks=self.weeks, today=self.today)
        )
        self.count = len(wins) - len(kept)
        return kept

    def is_faded(self, win: Win) -> bool:
        """Return whether a win is on its way out."""
        return is_older_than(win, self.weeks / 2, self.today)

    @property
    def text(self) -> str:
        """What the line below cotton candy says."""
        if self.count:
            return f"◇ in the mirror: {self.count:,}   m"
        return "m closes the mirror" if self.is_open else ""
