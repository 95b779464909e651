"""Pending changes: saved in order, off the UI thread."""

from collections import deque
from collections.abc import Callable
from threading import Condition, Lock

from msgspec import Struct, structs
from textual.app import App

from data.base.errors import SaveError, SmallWinsError
from data.files.disk import explain
from data.storage.store import Saved, Store
from tui.app.host import Reopen
from tui.app.undo_stack import UndoStep
from tui.system.crash_report import UnexpectedError


class Task(Struct, frozen=True):
    """One request to the store.

    Attributes:
        label: What the person did.
        run: Asks it; raises a `SmallWinsError` when it could not be done.
        retry: Asks it again later, where that is worth trying; an undo is not.
        step: The change in this window that it saves.
        reopen: The form that the change came from, if any.
    """

    label: str
    run: Callable[[], Saved]
    retry: Callable[[], Saved] | None = None
    step: UndoStep | None = None
    reopen: Reopen | None = None


class SaveResult(Struct, frozen=True):
    """What became of a task: `saved`, or else the `error`."""

    task: Task
    saved: Saved | None = None
    error: SmallWinsError | None = None


class SaveQueue:
    """A queue of tasks for one store, run one after another in a thread.

    Args:
        app: Runs the thread.
        store: The store; only the tasks change anything in it.
        finished: Called in the app's own turn with what became of each task.

    Attributes:
        store: The same.
        failed: Changes that could not be written, to try again.
    """

    def __init__(self, app: App[None], store: Store, finished: Callable[[SaveResult], None]) -> None:
        self.store = store
        self.failed: list[Task] = []
        self._app = app
        self._finished = finished
        self._waiting: deque[Task] = deque()
        self._busy = False
        self._lock = Lock()
        self._idle = Condition(self._lock)

    @property
    def idle(self) -> bool:
        """Whether nothing is pending."""
        with self._lock:
            return not self._busy

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is pending, for at most the given seconds; return whether that is the case."""
        with self._lock:
            return self._idle.wait_for(lambda: not self._busy, seconds)

    def add(self, *tasks: Task) -> None:
        """Add tasks."""
        with self._lock:
            self._waiting.extend(tasks)
            begins = not self._busy and bool(tasks)
            self._busy = self._busy or begins
        if begins:
            # Shown before it is saved: the thread would take every other turn from the drawing.
            self._app.call_after_refresh(self._app.run_worker, self._drain, thread=True, group="save")

    def retry(self) -> None:
        """Queue again what could not be saved."""
        with self._lock:
            failed, self.failed = self.failed, []
        self.add(*failed)

    def drop(self, step: UndoStep) -> bool:
        """Discard a change that could not be saved; return whether there was one."""
        with self._lock:
            left = [task for task in self.failed if task.step is not step]
            dropped, self.failed = len(left) < len(self.failed), left
            return dropped

    def _drain(self) -> None:
        """Run what is queued, in order, and report each; runs in a thread."""
        task = self._next()
        while task is not None:
            task = self._next(self._do(task))

    def _next(self, done: SaveResult | None = None) -> Task | None:
        """Report what is done and return what is next, in one step.

        Who hears of the last one finds nothing more on its way, and who quits once there is nothing has heard of all.
        """
        with self._lock:
            self._busy = bool(self._waiting)
            if done is not None:
                self._app.call_later(self._finished, done)
            if self._busy:
                return self._waiting.popleft()
            self._idle.notify_all()
            return None

    def _failed(self, task: Task, error: SmallWinsError) -> SaveResult:
        if task.retry is not None and isinstance(error, SaveError):
            with self._lock:
                self.failed.append(structs.replace(task, run=task.retry))
        return SaveResult(task, error=error)

    def _do(self, task: Task) -> SaveResult:
        try:
            return SaveResult(task, saved=task.run())
        except SmallWinsError as error:
            return self._failed(task, error)
        except OSError as error:
            return self._failed(task, explain(error, "The change could not be saved"))
        except Exception as error:  # noqa: BLE001 - a bug in here must not leave the line standing for ever
            return SaveResult(task, error=UnexpectedError(error))
