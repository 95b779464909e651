"""What is shown, on top of what the file holds: changes at once, and saved in order behind them."""

from typing import Protocol

from textual.app import App

from data.base.errors import ReadOnlyError, SmallWinsError
from data.base.formatting import plural
from data.history.history import Revision, revisions_of
from data.model.edits import Edit
from data.model.journal import Journal, diff_journals
from data.model.records import Changes
from data.storage.store import Store
from tui.app.draft_keeper import DraftKeeper
from tui.app.file_watch import FileWatch
from tui.app.host import Reopen
from tui.app.save_queue import SaveQueue, SaveResult, Task
from tui.app.sync_runner import SyncRunner
from tui.app.undo_stack import UndoStack


class SessionScreen(Protocol):
    """Where a session shows itself."""

    def show(self, journal: Journal, changes: Changes) -> None:
        """Show another journal, and what changed; without changes, what is shown is what there is."""

    def show_state(self) -> None:
        """Show again what `notice` says."""

    def say(self, text: str) -> None:
        """Tell the person something in passing."""

    def complain(self, error: SmallWinsError) -> None:
        """Say what could not be done, and what to do about it."""


class JournalSession:
    """A journal that is open in the app.

    Args:
        app: Runs the threads.
        screen: Where it shows itself.
        store: The journal's file.

    Attributes:
        journal: What is shown.
        saves: What is on its way to the file.
        drafts: Keeps the text of a form until it is saved.
        sync: Keeps the journal with those of other devices, where that is set up.
    """

    def __init__(self, app: App[None], screen: SessionScreen, store: Store) -> None:
        self.journal = store.journal
        self.saves = SaveQueue(app, store, self._finished)
        self.drafts = DraftKeeper(app, store.path)
        self.sync = SyncRunner(app, store.path, screen.show_state)
        self._screen = screen
        self._store = store
        self._undo_stack = UndoStack()
        self._watch = FileWatch(app, store, self._file_changed)

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever written down here."""
        return not (self.journal.wins or self.journal.goals or self._store.read_only)

    @property
    def notice(self) -> str:
        """What is wrong, in a few words, or ""."""
        if failed := len(self.saves.failed):
            return f"{plural(failed, 'change')} not saved · ctrl+s"
        unread = "the file has changed and can't be read" if self._watch.problem else ""
        return unread or ("reading only" if self._store.read_only else "")

    @property
    def said(self) -> tuple[str, str]:
        """What the bar says of the journal: what is wrong, and where sync stands."""
        return self.notice, self.sync.label

    def revisions(self, win: str) -> list[Revision]:
        """Return what happened to a win, by its id."""
        return revisions_of(self._store.history, win)

    def change(self, label: str, edit: Edit, reopen: Reopen | None = None) -> None:
        """Show what an edit does and put it in line for the file.

        Args:
            label: What the person did, for undo; never the text of a win.
            edit: The change.
            reopen: Opens the form again that the edit came from, with what went wrong, so that its text is kept.
        """
        try:
            if self._store.read_only:
                raise ReadOnlyError(self._store.read_only)
            changes = edit(self.journal)
        except SmallWinsError as error:
            self._refuse(error, reopen)
            self._screen.show(self.journal, Changes())  # a page may have shown its own change already
            return
        self._undo_stack.push(self.journal, changes)
        self._show(self.journal.apply(changes), changes)
        self.saves.change(label, edit, reopen)
        self.sync.changed()

    def undo(self) -> None:
        """Take the last change back, at once when it was made here."""
        self._step(self._undo_stack.undo(self.journal), Task("undo", self._store.undo, again=False))

    def redo(self) -> None:
        """Make the change again that was undone last."""
        self._step(self._undo_stack.redo(self.journal), Task("redo", self._store.redo, again=False))

    def look(self) -> None:
        """See whether another program changed the file."""
        if self.saves.idle:
            self._watch.look()

    def finish(self, seconds: float) -> None:
        """Keep what is typed, and wait until all is saved, at most so many seconds; from any thread."""
        self.drafts.keep()
        self.saves.wait(seconds)

    def _step(self, changes: Changes | None, task: Task) -> None:
        if changes is not None:
            self._show(self.journal.apply(changes), changes)
        self.saves.add(task)

    def _show(self, journal: Journal, changes: Changes) -> None:
        self.journal = journal
        self._screen.show(journal, changes)

    def _refuse(self, error: SmallWinsError, reopen: Reopen | None) -> None:
        if reopen is None:
            self._screen.complain(error)
        else:
            reopen(str(error))

    def _finished(self, result: SaveResult) -> None:
        """Say what the person must know of a task that is done, and show what came of it."""
        task, saved = result.task, result.saved
        if result.error is not None:
            self._refuse(result.error, task.reopen)
        if saved is not None:
            if task.reopen:
                self.drafts.forget()  # the disk holds the text of that form now
            for note in saved.notes:
                self._screen.say(note)
            if task.label in ("undo", "redo"):
                self._screen.say(f"{task.label.title()}: {saved.label}")
            elif task.label == "import":
                self._undo_stack.clear()
        self._show_stored()

    def _show_stored(self) -> None:
        """Show what the file holds, unless more is on its way or it is what is shown already."""
        stored = self._store.journal
        if self.saves.idle and stored != self.journal:
            self._show(stored, diff_journals(self.journal, stored))
        else:
            self._screen.show_state()

    def _file_changed(self, problem: SmallWinsError | None) -> None:
        """Show what another program saved, or say why it can't be read."""
        if problem is not None:
            self._screen.complain(problem)
            self._screen.show_state()
            return
        self._undo_stack.clear()
        self._show_stored()
