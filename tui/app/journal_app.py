"""The half of the app that knows the file: what is shown, what is on its way to it, what came from elsewhere."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Final

from textual import on, work
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer

from data.base.errors import ReadOnlyError, SmallWinsError
from data.base.formatting import day_month, plural
from data.base.weeks import week_of
from data.figures import momentum
from data.figures import sentences as words
from data.files.settings import Settings
from data.history import history
from data.history.history import Revision
from data.model.edits import Edit
from data.model.journal import Journal, combine_changes, diff_journals
from data.model.records import Changes
from data.storage.store import Store
from tui.app.page_registry import PAGES, make_page
from tui.app.save_queue import SaveQueue, SaveResult, Task, apply_edit, inverse
from tui.app.typed_app import TypedApp
from tui.pages.page import Page
from tui.system.clock import Clock, utc
from widgets.bars.top_bar import Tab

LOOK_EVERY: Final = 1.0
"""Seconds between two looks at whether another program changed the file."""
COUNT_AFTER: Final = 0.3
"""Seconds after the last change until what waits for a review is counted."""
ERROR_SECONDS: Final = 12.0
"""Seconds a message about something that went wrong stays."""


class JournalApp(TypedApp):
    """Shows a journal and changes it.

    It holds what the file holds and, on top, what is on its way there. The page that is open gets it bound down and
    posts `Page.Edited`; the edit is applied at once and saved in a thread, in order.

    Attributes:
        journal: What is shown.
        settings: What the person has set.
    """

    journal: var[Journal] = var(Journal, init=False, always_update=True)
    settings: var[Settings] = var(Settings, init=False)

    class SaveFinished(Message):
        """The store has answered.

        Attributes:
            outcome: What became of a task.
        """

        def __init__(self, outcome: SaveResult) -> None:
            super().__init__()
            self.outcome = outcome

    class FileChanged(Message):
        """Another program changed the file.

        Attributes:
            problem: Why it could not be read again, or None when it was.
        """

        def __init__(self, problem: SmallWinsError | None = None) -> None:
            super().__init__()
            self.problem = problem

    class DueCounted(Message):
        """What waits for a review was counted.

        Attributes:
            waiting: How many things.
        """

        def __init__(self, waiting: int) -> None:
            super().__init__()
            self.waiting = waiting

    def __init__(self, store: Store, clock: Clock, settings: Settings) -> None:
        super().__init__(settings.theme)
        self.clock = clock
        self._saver = SaveQueue(store)
        self._trouble = ""
        self._waiting = 0
        self._counting: Timer | None = None
        self._made: list[Changes] = []
        self._taken_back: list[Changes] = []
        self._late: dict[str, list[Changes]] = {}
        self.set_reactive(JournalApp.settings, settings)
        self.set_reactive(JournalApp.journal, store.journal)
        self._day = self.today
        for _, name, _ in PAGES:
            self.add_mode(name, partial(self._make, name))

    def on_mount(self) -> None:
        """Say at once that nothing can be changed; the bar has room for a sign alone where it is narrow."""
        if reason := self._saver.store.read_only:
            self.notify(reason, title="Reading only", severity="warning", timeout=ERROR_SECONDS, markup=False)

    @property
    def today(self) -> date:
        """The local date."""
        return self.clock().date()

    def now(self) -> datetime:
        """Return the moment in UTC."""
        return utc(self.clock())

    # The journal goes down to the page that is open; the others catch up when they are back.

    @property
    def page(self) -> Page:
        """The page that is open, below any dialog."""
        page = self.screen_stack[0]
        assert isinstance(page, Page)  # noqa: S101 - every mode's first screen is one
        return page

    def _make(self, name: str) -> Page:
        page = make_page(name)
        page.set_reactive(Page.journal, self.journal)
        page.set_reactive(Page.settings, self.settings)
        page.set_reactive(Page.today, self._day)
        page.past = self._past
        page.apply_breakpoints(self.size)
        self._late[name] = []
        page.tabs = self._tabs()
        self.call_after_refresh(self._dress, page)  # counting weeks can wait until the cards are there
        return page

    def _past(self, win: str) -> list[Revision]:
        return history.revisions_of(self._saver.store.history, win)

    def _tabs(self) -> tuple[Tab, ...]:
        return tuple(Tab(key, title, name, self._waiting if name == "review" else 0) for key, name, title in PAGES)

    def _dress(self, page: Page) -> None:
        """Say in the bar where the person stands."""
        page.tabs = self._tabs()
        series = momentum.week_series(self.journal.days, self._day, self.settings.half_life, self.settings.week_start)
        week = week_of(self._day, self.settings.week_start)
        page.headline = f"week of {day_month(week)}    {words.describe_headline(series)}".rstrip()
        failed = len(self._saver.failed)
        page.notice = f"{plural(failed, 'change')} not saved · ctrl+s" if failed else self._reading()

    def count_waiting(self) -> None:
        """Count what waits for a review a moment after the last change; it looks at every win, so not at each key."""
        if self._counting is not None:
            self._counting.stop()
        self._counting = self.set_timer(COUNT_AFTER, self._count)

    @work(thread=True, group="count", exclusive=True)
    def _count(self) -> None:
        from data.review.reviews import waiting  # noqa: PLC0415 - the first frame does without

        self.post_message(self.DueCounted(waiting(self.journal, self.settings, self._day)))

    @on(DueCounted)
    def _counted(self, message: DueCounted) -> None:
        if message.waiting != self._waiting and self.screen_stack:  # it may come while the app is closing
            self._waiting = message.waiting
            self._dress(self.page)

    def _reading(self) -> str:
        if self._trouble:
            return "the file has changed and can't be read"
        return "reading only" if self._saver.store.read_only else ""

    def _show(self, journal: Journal, changes: Changes) -> None:
        """Show another journal, and what changed."""
        self.journal = journal
        for late in self._late.values():
            late.append(changes)
        self._catch_up()

    def _catch_up(self) -> None:
        page = self.page
        missed, self._late[page.name] = self._late[page.name], []
        if missed:
            page.set_journal(self.journal, combine_changes(missed))
        page.today, page.settings = self._day, self.settings
        # The figures above follow one frame later: the cards are what the person looks at.
        self.call_after_refresh(self._dress, page)
        self.count_waiting()

    # Changing: shown at once, saved in a thread, in order.

    @on(Page.Edited)
    def _edited(self, message: Page.Edited) -> None:
        self.change(message.label, message.edit)

    def change(self, label: str, edit: Edit, reopen: Callable[[str], None] | None = None) -> None:
        """Show what an edit does and put it in line for the file.

        Args:
            label: What the person did, for undo; never the text of a win.
            edit: The change.
            reopen: Opens the form again that the edit came from, with what went wrong, so that its text is kept.
        """
        try:
            if self._saver.store.read_only:
                raise ReadOnlyError(self._saver.store.read_only)
            after, changes, back = apply_edit(self.journal, edit)
        except SmallWinsError as error:
            self.complain(error, reopen)
            self.page.set_journal(self.journal, Changes())  # a page may have shown its own change already
            return
        self._made.append(back)
        self._taken_back.clear()
        self._show(after, changes)
        self._ask(self._saver.change(label, edit, reopen))

    def action_undo(self) -> None:
        """Take the last change back, at once when it was made here."""
        self._reverse(self._made, self._taken_back, Task("undo", self._saver.store.undo, again=False))

    def action_redo(self) -> None:
        """Make again what was taken back."""
        self._reverse(self._taken_back, self._made, Task("redo", self._saver.store.redo, again=False))

    def _reverse(self, source: list[Changes], target: list[Changes], task: Task) -> None:
        if source:
            back = source.pop()
            target.append(inverse(self.journal, back))
            self._show(self.journal.apply(back), back)
        self._ask(task)

    def action_save_again(self) -> None:
        """Try again what could not be saved."""
        tasks = self._saver.take_failed()
        if tasks:
            self._ask(*tasks)

    def _ask(self, *tasks: Task) -> None:
        if self._saver.add(*tasks):
            # Shown before it is saved: the thread would take every other turn from the drawing.
            self.call_after_refresh(self._drain)

    @work(thread=True, group="save")
    def _drain(self) -> None:
        self._saver.drain(self._tell)

    def _tell(self, outcome: SaveResult) -> None:
        self.post_message(self.SaveFinished(outcome))

    @on(SaveFinished)
    def _told(self, message: SaveFinished) -> None:
        """Say what the person must know, and show what the file holds once nothing is on its way."""
        outcome = message.outcome
        if outcome.error is not None:
            self.complain(outcome.error, outcome.task.reopen)
        if outcome.saved is not None:
            self.acknowledged(outcome.task)
            for note in outcome.saved.notes:
                self.say(note)
            if outcome.task.label in ("undo", "redo"):
                self.say(f"{outcome.task.label.title()}: {outcome.saved.label}")
        self._settle()

    def _settle(self) -> None:
        """Show what the file holds, unless more is on its way or it is what is shown already."""
        stored = self._saver.store.journal
        if self._saver.idle and stored != self.journal:
            self._show(stored, diff_journals(self.journal, stored))
        else:
            self._dress(self.page)

    @work(thread=True, group="look", exclusive=True)
    def _reread(self) -> None:
        try:
            changed = self._saver.store.refresh() is not None
        except SmallWinsError as error:
            self.post_message(self.FileChanged(error))
            return
        if changed or self._trouble:
            self.post_message(self.FileChanged())

    def look(self) -> None:
        """See whether another program changed the file, or midnight the day."""
        if self._saver.idle:
            self._reread()
        if self.today != self._day:
            self._day = self.today
            self._catch_up()

    @on(FileChanged)
    def _was_reread(self, message: FileChanged) -> None:
        """Show what another program saved; what can't be read is said once."""
        before, self._trouble = self._trouble, str(message.problem or "")
        if message.problem is not None:
            if self._trouble != before:
                self.complain(message.problem)
                self._dress(self.page)
            return
        self._made.clear()
        self._taken_back.clear()
        self._settle()

    def acknowledged(self, task: Task) -> None:
        """Take note that the disk holds what a task did."""

    def say(self, text: str) -> None:
        """Tell the person something in passing."""
        self.notify(text, markup=False)

    def complain(self, error: SmallWinsError, reopen: Callable[[str], None] | None = None) -> None:
        """Say what could not be done and what to do about it, in the form it came from if there is one."""
        if reopen is not None:
            reopen(str(error))
            return
        self.notify(error.hint or " ", title=error.message, severity="error", timeout=ERROR_SECONDS, markup=False)
