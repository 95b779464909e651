"""The open journal: a change shows immediately and is saved in order in the background."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final, Protocol

from textual.app import App

from data.base.errors import ReadOnlyError, SmallWinsError
from data.base.formatting import plural
from data.history.history import Revision, revisions_of
from data.model.journal import Edit, Journal, diff_journals
from data.model.records import Changes, Win
from data.storage.recovery import describe_lost
from data.storage.store import Saved, Store
from tui.app.draft_keeper import DraftKeeper
from tui.app.file_watch import FileWatch
from tui.app.host import JournalHost, Reopen
from tui.app.save_queue import SaveQueue, SaveResult, Task
from tui.app.sync_runner import SyncRunner
from tui.app.undo_stack import UndoStack, UndoStep, unless_changed
from tui.pages.board_changes import is_new, live_wins

LOOK_EVERY: Final = 1.25
"""Seconds between two looks at whether another program changed the file; each wakes the processor about five times."""
_TURNS: Final = {"undo": "Undone", "redo": "Redone"}
_WRITE_AGAIN: Final = "write again"


class SessionScreen(Protocol):
    """Where a session shows itself."""

    def now(self) -> datetime:
        """Return the moment in UTC."""

    def show(self, journal: Journal, changes: Changes) -> None:
        """Show another journal, and what changed; without changes, what is shown is what there is."""

    def show_state(self) -> None:
        """Show again what `notice` says."""

    def select(self, win: str) -> None:
        """Put the cursor on a win."""

    def say(self, words: str, action: str = "", does: str = "") -> None:
        """Say something in passing, and which key answers it."""

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
        self._look_at_inbox: Callable[[], None] | None = None
        self.journal = store.journal
        self.saves = SaveQueue(app, store, self._finished)
        self.drafts = DraftKeeper(app, store.path)
        self.sync = SyncRunner(app, store.path, screen)
        self._screen = screen
        self._store = store
        self._undo_stack = UndoStack()
        self._watch = FileWatch(app, store, self._file_changed, self._look_beside)

    def begin(self, host: JournalHost, leaving: list[Callable[[], object]]) -> None:
        """Meet other copies of the journal: those beside it, and those of other devices.

        Args:
            host: The app.
            leaving: What is called when the app ends.
        """
        from data.history import undo  # noqa: F401, PLC0415 - the first keys need them, the first frame does not
        from data.model import edits  # noqa: F401, PLC0415 - as above
        from tui.app.conflict_copies import ConflictCopies  # noqa: PLC0415 - not before the first frame

        ConflictCopies(host, self.saves).look()
        if not self._store.read_only:
            self._look_at_inbox = partial(self._begin_inbox, host)
        self.sync.begin(leaving)

    def _look_beside(self) -> None:
        if self._look_at_inbox is not None:
            self._look_at_inbox()

    def _begin_inbox(self, host: JournalHost) -> None:
        """Begin to look at the inbox, a second after the start."""
        from tui.app.inbox_watch import InboxWatch  # noqa: PLC0415 - not before the first frame

        self._look_at_inbox = InboxWatch(host, self.saves).look
        self._look_at_inbox()

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever written down here."""
        return not (self.journal.wins or self.journal.goals or self._store.read_only)

    @property
    def notice(self) -> str:
        """What is wrong, in a few words, or ""."""
        if failed := len(self.saves.failed):
            return f"{plural(failed, 'change')} not saved · ctrl+s"
        if self._watch.problem:
            return "the file can't be read · ctrl+s"
        if self._store.lost:
            return "changes are lost · ctrl+s"
        return "reading only" if self._store.read_only else ""

    @property
    def said(self) -> tuple[str, str]:
        """What the bar says of the journal: what is wrong, and where sync stands."""
        needs = self.sync.label if self.sync.needs_person else ""
        return self.notice or needs, "" if needs else self.sync.label

    def revisions(self, win: str) -> list[Revision]:
        """Return what happened to a win, by its id."""
        return revisions_of(self._store.history, win)

    def change(self, label: str, edit: Edit, reopen: Reopen | None = None, *, done: str = "") -> None:
        """Show what an edit does, with the cursor on what is new, and put it in line for the file.

        Args:
            label: What the person did, for undo; never the text of a win.
            edit: The change.
            reopen: The form that the edit came from, so that its text is kept until it is saved.
            done: What is said of it once it is shown.
        """
        try:
            if reason := self._store.read_only:  # asked once: a file system that stumbles says something else next time
                raise ReadOnlyError(reason)
            changes = edit(self.journal)
        except SmallWinsError as error:
            self._refuse(error, reopen)
            self._screen.show(self.journal, Changes())  # a page may have shown its own change already
            return
        step = UndoStep(label, self.journal, changes)
        late = unless_changed(edit, self.journal, changes)
        is_retried = reopen is None or reopen.show is None  # else the form is there again
        retry = partial(self._save, step, late) if is_retried else None
        self._undo_stack.push(step)
        if done:
            self._screen.say(done, "undo", "undoes")  # first, for a page may have to say that the change is hidden
        known = self.journal.wins
        self._show_selected(changes, [win for win in live_wins(changes) if is_new((known.get(win.id), win))])
        self.saves.add(Task(label, partial(self._save, step, edit), retry, step, reopen))

    def _save(self, step: UndoStep, edit: Edit) -> Saved:
        saved = self._store.change(step.label, edit)
        step.entry = saved.entry
        return saved

    def undo(self) -> None:
        """Undo the last change that the person sees; one made in this window shows immediately."""
        step = self._undo_stack.undo()
        if step is None:
            from data.history.undo import last_change  # noqa: PLC0415 - not before the first frame

            last = last_change(self._store.history)
            self.saves.add(Task("undo", partial(self._store.undo, last.id if last else None)))
        elif self.saves.drop(step):
            self._undo_stack.forget(step)
            self._screen.say(f"Dropped: {step.label}. It was not saved.")
            self._screen.show_state()
        else:
            self._turn(step, "undo", self._store.undo)

    def redo(self) -> None:
        """Redo the change that was undone last."""
        step = self._undo_stack.redo()
        if step is None:
            from data.history.undo import next_redo  # noqa: PLC0415 - as above

            following = next_redo(self._store.history)
            self.saves.add(Task("redo", partial(self._store.redo, following.id if following else None)))
        else:
            self._turn(step, "redo", self._store.redo)

    def _turn(self, step: UndoStep, label: str, ask: Callable[[str, datetime], Saved]) -> None:
        """Show a change undone or redone, and ask the store for exactly that one, so that it shows nothing again."""
        now = self._screen.now()
        changes = step.turn(self.journal, now)
        back = "redo" if label == "undo" else "undo"
        self._screen.say(f"{_TURNS[label]}: {step.label}", back, f"{back}es")
        self._show_selected(changes, live_wins(changes))

        def run() -> Saved:
            if step.entry:
                return ask(step.entry, now)
            self.saves.drop(step)  # it never came into the file
            return Saved(self._store.journal, step.label)

        self.saves.add(Task(label, run, step=step))

    def save_again(self) -> None:
        """Retry what could not be saved; failing that, restore from memory what the file has lost."""
        if self.saves.failed:
            self.saves.retry()
        elif self._watch.problem or self._store.lost:
            self.write_again()

    def write_again(self) -> None:
        """Write what is in memory to the file."""
        self.saves.add(Task(_WRITE_AGAIN, self._store.write_again))

    def look(self) -> None:
        """See whether another program changed the file."""
        if self.saves.idle:
            self._watch.look()

    def finish(self, seconds: float) -> None:
        """Save drafts and wait for pending saves, for at most the given seconds; safe from any thread."""
        self.drafts.keep()
        self.saves.wait(seconds)

    def _show_selected(self, changes: Changes, wins: Sequence[Win]) -> None:
        """Show what a change of this window does, with the cursor on the first of some wins."""
        self._show(self.journal.apply(changes), changes)
        if wins:
            self._screen.select(wins[0].id)

    def _show(self, journal: Journal, changes: Changes) -> None:
        self.journal = journal
        self._screen.show(journal, changes)

    def _refuse(self, error: SmallWinsError, reopen: Reopen | None) -> None:
        if reopen is None or reopen.show is None:
            self._screen.complain(error)
        else:
            reopen.show(str(error))

    def _finished(self, result: SaveResult) -> None:
        """Say what the person must know of a task that is done, and show what came of it."""
        task, saved = result.task, result.saved
        if result.error is not None:
            self._screen.say("")  # it was said to be done when it was shown
            self._give_up(task)
            self._refuse(result.error, task.reopen)
        if saved is not None:
            self.sync.changed()
            if task.reopen:
                self.drafts.forget(task.reopen.draft)  # the disk holds the text of that form now
            for note in saved.notes:
                if saved.confirmed:
                    self._screen.say(note)
                else:
                    self._screen.complain(SmallWinsError(note))  # it stays long enough to be read
            if task.label in _TURNS and task.step is None:
                self._screen.say(f"{_TURNS[task.label]}: {saved.label}")
            elif task.label == _WRITE_AGAIN:
                self._screen.say("The journal is in the file again.")
            if task.step is None:
                self._undo_stack.clear()
        self._show_stored()

    def _give_up(self, task: Task) -> None:
        """Forget what undo would do with a task that could not be done; a change to be retried is still there."""
        if task.step is None or task.label in _TURNS:
            self._undo_stack.clear()
        elif not any(failed.step is task.step for failed in self.saves.failed):
            self._undo_stack.forget(task.step)

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
        if lost := describe_lost(self._store.lost):
            self._screen.complain(SmallWinsError(lost, "Press ctrl+s to write them again."))
        self.sync.look()
        self._undo_stack.clear()
        self._show_stored()
