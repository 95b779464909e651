"""What the parts of the app may ask of it; they know no more of it than this."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct
from textual.screen import Screen
from textual.worker import Worker

from data.base.errors import SmallWinsError
from data.files.drafts import DraftKey
from data.files.settings import Settings
from data.model.journal import Edit, Journal


class Reopen(Struct, frozen=True):
    """A form whose text is on its way to the file.

    Attributes:
        draft: Which draft it is until then.
        show: Opens the form again with its text and what went wrong; None where it is retried instead.
    """

    draft: DraftKey
    show: Callable[[str], None] | None = None


class Shown(Struct, frozen=True):
    """What is on the screen.

    Attributes:
        waiting: How many wins wait for a review, or None before they are counted.
        invitation: The line that invites to the review on its day, or "".
        notice: What is wrong, such as changes that are not saved, or "".
        sync: Where sync stands, or "".
    """

    journal: Journal
    settings: Settings
    day: date
    waiting: int | None
    invitation: str
    notice: str
    sync: str


class JournalHost(Protocol):
    """An app that shows a journal and changes it.

    Attributes:
        clock: Gives the moment as an aware local time.
    """

    clock: Callable[[], datetime]

    @property
    def settings(self) -> Settings:
        """What the person has set."""

    @property
    def journal(self) -> Journal:
        """What is shown."""

    @property
    def today(self) -> date:
        """The local date."""

    @property
    def path(self) -> Path:
        """The journal's file."""

    def now(self) -> datetime:
        """Return the moment in UTC."""

    def change(self, label: str, edit: Edit, reopen: Reopen | None = None, *, done: str = "") -> None:
        """Show what an edit does, say that it is done, and save it."""

    def say(self, words: str, action: str = "", does: str = "") -> None:
        """Say something in passing, and which key answers it."""

    def complain(self, error: SmallWinsError) -> None:
        """Say what could not be done, and what to do about it."""

    def push_screen(self, screen: Screen[Any], callback: Callable[[Any], None]) -> object:
        """Open a dialog; the callback gets its answer."""

    def call_later(self, callback: Callable[..., Any], *args: Any) -> bool:  # noqa: ANN401 - handed on
        """Call something in the app's own turn; from any thread."""

    def run_worker(self, work: Callable[[], None], *, group: str, thread: bool, exclusive: bool) -> Worker[Any]:
        """Do something in a thread."""
