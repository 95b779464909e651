"""One quiet line below the board that asks back about a move; nothing waits for its answer."""

from collections.abc import Callable
from typing import Final

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from data.base.formatting import shorten
from data.base.text import clean_line, fixed_width
from data.model.journal import Journal
from data.model.records import Win
from widgets.review.click_line import ClickLine
from widgets.review.door_field import DoorField

_TITLE_SHOWN: Final = 32
_KEYS: Final = "   b answers · esc drops it"
_SHORT_KEYS: Final = "  b/esc"
_AROUND: Final = 7
"""Cells at the sides of the line."""


class ChallengeLine(Vertical):
    """Asks which door a win opened. A key or a click opens a field for a few words or a later win.

    Args:
        answered: Called with the win's id, a few words or "", and the id of a later win or None.
        left: Called when the person leaves the field.

    Attributes:
        win: The id of the win it is about, or "" while it asks nothing.
    """

    DEFAULT_CSS = """
    ChallengeLine {
        height: auto;
        padding: 0 3 0 4;
        display: none;
        & > ClickLine { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > ClickLine:hover { text-style: underline; }
    }
    """

    def __init__(self, answered: Callable[[str, str, str | None], None], left: Callable[[], object]) -> None:
        super().__init__()
        self.win = ""
        self._answered = answered
        self._left = left

    def compose(self) -> ComposeResult:
        """Yield the question and the field that answers it."""
        yield ClickLine()
        yield DoorField()

    def ask(self, win: Win, question: str) -> None:
        """Ask about a win that is shown elsewhere by now."""
        self.win, self.display = win.id, True
        self.query_one(DoorField).display = False
        title = fixed_width(shorten(clean_line(win.title), _TITLE_SHOWN))
        self.query_one(ClickLine).update(challenge_text(title, question, self.app.size.width - _AROUND))

    def open(self, journal: Journal) -> None:
        """Let the person answer."""
        self.query_one(DoorField).open(journal, journal.wins[self.win])

    @on(ClickLine.LineClicked)
    async def answer(self, event: ClickLine.LineClicked) -> None:
        """Do by mouse what the key does."""
        event.stop()
        await self.run_action("screen.answer")

    @on(DoorField.DoorNamed)
    def named(self, event: DoorField.DoorNamed) -> None:
        """Pass the answer on."""
        event.stop()
        self._answered(self.win, event.note, event.later)

    @on(DoorField.DoorClosed)
    def closed(self, event: DoorField.DoorClosed) -> None:
        """Leave the move as it is."""
        event.stop()
        self._left()

    def drop(self) -> None:
        """Ask no longer."""
        self.win, self.display = "", False


def challenge_text(title: str, question: str, width: int) -> Content:
    """Return the question with the win it is about and the keys that answer it, as far as there is room."""
    about = f"{title} · "
    ways = ((about, _KEYS), ("", _KEYS), ("", _SHORT_KEYS))
    fitting = (way for way in ways if cell_len(f"? {way[0]}{question}{way[1]}") <= width)
    head, keys = next(fitting, ways[-1])
    return Content.assemble(("? ", "$accent"), f"{head}{question}", (keys, "$text-muted"))
