"""One of several programs that write at once: `python -m tests.soak.one_writer JOURNAL BACKUP SEED COUNT`.

It adds wins, undoes and redoes its own last change as the app does, and now and then restores the backup. Each line on
stdout is acknowledged: "+id" for a win that is there, "-id" for one that was undone, "restored" for a restore.
"""

import sys
from pathlib import Path
from random import Random

from data.base.errors import SmallWinsError
from data.model import edits
from data.storage import backups
from data.storage.store import Store
from tests.support.fake_disk import Clock, a_win


class Writer:
    """A program with its own last change."""

    def __init__(self, journal: Path, backup: str, chance: Random) -> None:
        self._backup = backup
        self._store = Store(journal, Clock())
        self._chance = chance
        self._win = self._entry = ""

    def act(self) -> None:
        """Do one thing; what is refused is not said."""
        ways = (self._add, self._undo, self._redo, self._restore)
        try:
            self._chance.choices(ways, (10, 6, 4, 0.15))[0]()
        except SmallWinsError:
            return

    def _add(self) -> None:
        win = a_win()
        self._entry, self._win = self._store.change("add a win", edits.add_win(win)).entry, win.id
        _acknowledge(f"+{self._win}")

    def _undo(self) -> None:
        if self._entry:
            self._store.undo(self._entry)
            _acknowledge(f"-{self._win}")

    def _redo(self) -> None:
        if self._entry:
            self._store.redo(self._entry)
            _acknowledge(f"+{self._win}")

    def _restore(self) -> None:
        path = self._store.path
        backups.restore_journal(path, backups.find_backup(path, self._backup), Clock()())
        self._entry = ""
        _acknowledge("restored")


def _acknowledge(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    writer = Writer(Path(sys.argv[1]), sys.argv[2], Random(int(sys.argv[3])))  # noqa: S311 - trouble, no secret
    for _ in range(int(sys.argv[4])):
        writer.act()
