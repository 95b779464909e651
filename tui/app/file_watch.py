"""Whether another program changed the journal."""

from collections.abc import Callable

from textual.app import App

from data.base.errors import SmallWinsError
from data.files.disk import explain
from data.storage.store import Store


class FileWatch:
    """Looks at the file when asked to, in a thread.

    Args:
        app: Runs the thread.
        store: The journal.
        changed: Called in the app's own turn when the file holds something else, with why it can't be read, or None.
        also: What else is looked at, in the same thread.

    Attributes:
        problem: Why the file can't be read, or "".
    """

    def __init__(
        self,
        app: App[None],
        store: Store,
        changed: Callable[[SmallWinsError | None], None],
        also: Callable[[], None] = lambda: None,
    ) -> None:
        self.problem = ""
        self._looking = False
        self._app = app
        self._store = store
        self._changed = changed
        self._also = also

    def look(self) -> None:
        """Look now, unless the last look has not returned: on an unreachable disk none does."""
        if not self._looking:
            self._looking = True
            self._app.run_worker(self._look, thread=True, group="look")

    def _look(self) -> None:
        try:
            self._look_once()
            self._also()
        finally:
            self._looking = False

    def _look_once(self) -> None:
        try:
            changed = self._store.refresh() is not None
        except (SmallWinsError, OSError) as error:
            told = error if isinstance(error, SmallWinsError) else explain(error, "The journal can't be read")
            if str(told) != self.problem:  # said once
                self._app.call_later(self._tell, told)
            return
        if changed or self.problem:
            self._app.call_later(self._tell, None)

    def _tell(self, problem: SmallWinsError | None) -> None:
        self.problem = str(problem or "")
        self._changed(problem)
