"""What every command is given: the journal, the clock, the settings, and messages on stderr."""

import os
import sys
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from data.base.errors import NotFoundError
from data.base.text import clean_line
from data.files.locations import config_path, journal_path, named_path
from tui.system.clock import Clock, utc

if TYPE_CHECKING:
    from data.files.settings import Settings
    from data.model.journal import Edit, Journal
    from data.model.records import Win
    from data.storage.store import Store

_DUMB: Final = frozenset({"dumb", "unknown"})
"""Values of TERM for a window that only prints lines, such as a shell inside an editor."""


class CommandContext:
    """One call of the command line.

    The store opens when it is first needed, so that help and `where` work beside a damaged file.

    Attributes:
        path: The journal's file.
        clock: Gives the aware local time.
        has_saved: Whether a change was saved.
    """

    def __init__(self, path: Path | None, clock: Clock) -> None:
        self.path = named_path(path) if path is not None else journal_path()
        self.clock = clock
        self.has_saved = False

    @property
    def today(self) -> date:
        """The local date."""
        return self.clock().date()

    def now(self) -> datetime:
        """Return the moment in UTC."""
        return utc(self.clock())

    @cached_property
    def settings(self) -> "Settings":
        """The person's settings; invalid ones are reported once."""
        from data.files.settings import read_settings  # noqa: PLC0415 - `add` needs none

        settings, problems = read_settings(config_path())
        for problem in problems:
            print_note(problem)
        return settings

    @cached_property
    def store(self) -> "Store":
        """The only way to the file.

        Raises:
            JournalFileError: The file can't be read.
        """
        from data.storage.store import Store  # noqa: PLC0415 - `where` and help do without TinyDB

        store = Store(self.path, self.now)
        if reason := store.read_only:
            print_note(reason)
        return store

    @property
    def journal(self) -> "Journal":
        """What the file holds."""
        return self.store.journal

    def change(self, label: str, edit: "Edit") -> "Journal":
        """Make a change, print the store's notes about it, and return the journal after it."""
        saved = self.store.change(label, edit)
        self.has_saved = True
        for note in saved.notes:
            print_note(note)
        return saved.journal

    def find_win(self, reference: str) -> "Win":
        """Return the win that the beginning of an id, or words of a title, name; also one in the trash.

        Raises:
            NotFoundError: They name none, or several.
        """
        from data.search.references import find_win  # noqa: PLC0415 - `add` needs none

        live = list(self.journal.live())
        try:
            return find_win(live, reference)
        except NotFoundError as error:
            try:
                return find_win(self.journal.trash(), reference)
            except NotFoundError:
                raise error from None

    def live_win(self, reference: str) -> "Win":
        """Return the win that the beginning of an id, or words of a title, name.

        Raises:
            NotFoundError: They name none, or several, or one in the trash.
        """
        win = self.find_win(reference)
        if win.deleted_at is not None:
            raise NotFoundError("That win is in the trash.", "`smallwins trash restore` brings it back.")
        return win

    def close(self) -> None:
        """Close the file, if it was opened."""
        if "store" in vars(self):
            self.store.close()


def print_note(words: str) -> None:
    """Print a message on stderr; nothing fails because it can't be printed."""
    import click  # noqa: PLC0415 - the app opens without it

    with suppress(OSError):
        click.echo(clean_line(words), err=True)


def on_terminal() -> bool:
    """Return whether stdout is a terminal."""
    return sys.stdout.isatty()


def is_dumb() -> bool:
    """Return whether TERM says that the terminal can neither color nor position text."""
    return os.environ.get("TERM") in _DUMB


def wants_colour() -> bool:
    """Return whether stdout is a terminal on which color is wanted (see no-color.org)."""
    return on_terminal() and not (is_dumb() or os.environ.get("NO_COLOR"))
