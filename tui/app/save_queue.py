"""Changes on their way to the file: shown at once, saved in order, off the UI thread."""

from collections import deque
from collections.abc import Callable
from threading import Lock

from msgspec import Struct

from data.base.errors import SaveError, SmallWinsError
from data.model.edits import Edit
from data.model.journal import Journal
from data.model.records import Changes, Record, table_of
from data.storage.store import Saved, Store


class Task(Struct, frozen=True):
    """One thing to ask of the store.

    Attributes:
        label: What the person did.
        run: Asks it; raises a `SmallWinsError` when it could not be done.
        again: Whether it is worth trying again later; a change is, an undo is not.
        reopen: Shows the form again with its text and what went wrong, for a change that came from one.
    """

    label: str
    run: Callable[[], Saved]
    again: bool = True
    reopen: Callable[[str], None] | None = None


class SaveResult(Struct, frozen=True):
    """What became of a task: `saved`, or else the `error`."""

    task: Task
    saved: Saved | None = None
    error: SmallWinsError | None = None


def apply_edit(journal: Journal, edit: Edit) -> tuple[Journal, Changes, Changes]:
    """Return the journal after an edit, what changed, and what takes it back.

    Raises:
        SmallWinsError: The edit is not allowed.
    """
    changes = edit(journal)
    return journal.apply(changes), changes, inverse(journal, changes)


def inverse(journal: Journal, changes: Changes) -> Changes:
    """Return the changes that take `changes`, about to be made to `journal`, back."""
    put: list[Record] = []
    drop: list[Record] = []
    for record in (*changes.put, *changes.drop):
        before = getattr(journal, table_of(record)).get(record.id)
        (drop if before is None else put).append(record if before is None else before)
    return Changes(tuple(put), tuple(drop))


class SaveQueue:
    """A line of tasks for one store, done one after another by whoever calls `drain`.

    Attributes:
        store: The store; only this class asks it to change anything.
        failed: Changes that could not be written, to try again.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.failed: list[Task] = []
        self._waiting: deque[Task] = deque()
        self._busy = False
        self._lock = Lock()

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way."""
        with self._lock:
            return not self._busy

    def add(self, *tasks: Task) -> bool:
        """Put tasks in line; return whether the caller should start `drain` in a thread."""
        with self._lock:
            self._waiting.extend(tasks)
            start = not self._busy
            self._busy = True
            return start

    def change(self, label: str, edit: Edit, reopen: Callable[[str], None] | None = None) -> Task:
        """Return the task of an edit; one from a form is not tried again by itself, the form is."""
        return Task(label, lambda: self.store.change(label, edit), again=reopen is None, reopen=reopen)

    def drain(self, tell: Callable[[SaveResult], None]) -> None:
        """Do what is in line, in order, and tell of each; runs in a thread."""
        task = self._next()
        while task is not None:
            outcome = self._do(task)
            task = self._next()  # first, so that who hears of the last one finds nothing more on its way
            tell(outcome)

    def take_failed(self) -> list[Task]:
        """Return what could not be written, and forget it."""
        failed, self.failed = self.failed, []
        return failed

    def _next(self) -> Task | None:
        with self._lock:
            self._busy = bool(self._waiting)
            return self._waiting.popleft() if self._busy else None

    def _do(self, task: Task) -> SaveResult:
        try:
            return SaveResult(task, saved=task.run())
        except SmallWinsError as error:
            if task.again and isinstance(error, SaveError):
                self.failed.append(task)
            return SaveResult(task, error=error)
