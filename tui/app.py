"""The application: five pages over one journal."""

import asyncio
import signal
from datetime import date, datetime
from functools import partial
from typing import ClassVar, Final

from rich.text import Text
from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from data import edits, momentum, words
from data.edits import Edit
from data.errors import SmallWinsError
from data.journal import Journal, difference, joined
from data.models import Changes, Win
from data.settings import Settings
from data.store import Store
from data.weeks import week_of
from tui import crash, themes
from tui.clock import Clock, utc
from tui.page import PAGES, Page, make_page
from tui.saver import Outcome, Saver, Task, apply_edit, inverse
from tui.screens.help import Help
from tui.screens.welcome import Answered, Welcome
from tui.screens.win_form import Fields, WinForm, Written, apply_to, fields_of
from widgets.topbar import Tab, TopBar

LOOK_EVERY: Final = 1.0
"""Seconds between two looks at whether another program changed the file."""
LONG: Final = 12.0
"""Seconds a message about something that went wrong stays."""


class SmallWins(App[None]):
    """The dashboard.

    It holds the journal that is shown: what the file holds and, on top, what is on its way there. The page that is open
    gets it bound down and posts `Page.Edited`; the app applies the edit at once and saves it in a thread.

    Attributes:
        journal: What is shown.
        settings: What the person has set.
    """

    TITLE = "smallwins"
    CSS_PATH = "smallwins.tcss"
    DEFAULT_MODE = "board"
    HORIZONTAL_BREAKPOINTS = [(0, "-too-small"), (60, "-narrow"), (90, "-wide")]  # noqa: RUF012 - as App has it
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (18, "-short"), (23, "-tall")]  # noqa: RUF012 - as App has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add_win", "add", id="app.add", tooltip="Write down a win"),
        Binding("u", "undo", "undo", id="app.undo", tooltip="Take the last change back"),
        Binding("ctrl+r", "redo", "redo", id="app.redo", show=False, tooltip="Make again what was taken back"),
        Binding(
            "question_mark", "help", "keys", id="app.help", key_display="?", tooltip="Show the keys of this screen"
        ),
        *(
            Binding(key, f"go('{name}')", title, id=f"app.{name}", show=False, tooltip=f"Go to {title}")
            for key, name, title in PAGES
        ),
        Binding("ctrl+s", "save_again", "save again", id="app.save", show=False, tooltip="Try again what is not saved"),
        Binding(
            "ctrl+z", "suspend_process", "pause", id="app.pause", show=False, tooltip="Back to the shell; fg returns"
        ),
        Binding("q", "quit", "leave", id="app.quit", show=False, tooltip="Leave; everything is saved"),
    ]

    journal: reactive[Journal] = reactive(Journal, init=False)
    settings: reactive[Settings] = reactive(Settings, init=False)

    class Told(Message):
        """The store has answered.

        Attributes:
            outcome: What became of a task.
        """

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome

    class Reread(Message):
        """Another program changed the file, and the store has read it again."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        settings: Settings | None = None,
        *,
        start: str = "board",
        problems: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self.clock = clock
        self._problems = problems
        self._saver = Saver(store)
        self._start = start
        self._made: list[Changes] = []
        self._taken_back: list[Changes] = []
        self._late: dict[str, list[Changes]] = {}
        self.set_reactive(SmallWins.settings, settings or Settings())
        self.set_reactive(SmallWins.journal, store.journal)
        self._day = self.today
        for own in themes.OWN:
            self.register_theme(own)
        self.theme = self.settings.theme if self.get_theme(self.settings.theme) else themes.DARK.name
        for _, name, _ in PAGES:
            self.add_mode(name, partial(self._make, name))

    @property
    def today(self) -> date:
        """The local date."""
        return self.clock().date()

    def now(self) -> datetime:
        """Return the moment in UTC."""
        return utc(self.clock())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Name `$real` and `$candy` in themes that do not know them."""
        return themes.verdict_colours(self.current_theme)

    def on_mount(self) -> None:
        """Watch the file and the calendar, and welcome who is new."""
        self._hear_signals()
        self.set_interval(LOOK_EVERY, self._look)
        self.set_keymap(dict(self.settings.keys))
        for problem in self._problems:
            self.notify(problem, title="Settings", severity="warning", timeout=LONG, markup=False)
        if self._start != self.DEFAULT_MODE:
            self.action_go(self._start)
        if not self.journal.wins and not self.journal.goals and not self._saver.store.read_only:
            self.push_screen(Welcome(self.today), self._welcomed)

    def _hear_signals(self) -> None:
        """Leave in order when the terminal closes or the system asks; what is on its way to the file gets there."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                loop.add_signal_handler(getattr(signal, name), self.exit)

    def _fatal_error(self) -> None:
        """Print where it failed, without a word of the journal, in place of a traceback with values."""
        error = self._exception or RuntimeError()
        self._exit_renderables.append(Text(crash.report(error)))
        self._close_messages_no_wait()

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
        self._late[name] = []
        self._dress(page)
        return page

    def _dress(self, page: Page) -> None:
        """Say in the bar where the person stands."""
        page.tabs = tuple(Tab(key, title, name) for key, name, title in PAGES)
        course = momentum.course(self.journal.days, self._day, self.settings.half_life, self.settings.week_start)
        week = week_of(self._day, self.settings.week_start)
        page.headline = f"week of {week.day} {week:%b}    {words.headline(course)}".rstrip()
        failed = len(self._saver.failed)
        page.notice = f"{words.plural(failed, 'change')} not saved · ctrl+s" if failed else self._reading()

    def _reading(self) -> str:
        return "reading only" if self._saver.store.read_only else ""

    def _show(self, journal: Journal, changes: Changes) -> None:
        """Show another journal, and what changed."""
        self.journal = journal
        for late in self._late.values():
            late.append(changes)
        self._catch_up()

    def _catch_up(self) -> None:
        page = self.page
        missed, self._late[page.name or ""] = self._late[page.name or ""], []
        if missed:
            page.take(self.journal, joined(missed))
        page.today, page.settings = self._day, self.settings
        self._dress(page)

    # Changing: shown at once, saved in a thread, in order.

    @on(Page.Edited)
    def _edited(self, message: Page.Edited) -> None:
        self.change(message.label, message.edit)

    def change(self, label: str, edit: Edit) -> None:
        """Show what an edit does and put it in line for the file."""
        if self._saver.store.read_only:
            self._complain(SmallWinsError(self._saver.store.read_only))
            return
        try:
            after, changes, back = apply_edit(self.journal, edit)
        except SmallWinsError as error:
            self._complain(error)
            return
        self._made.append(back)
        self._taken_back.clear()
        self._show(after, changes)
        self._ask(self._saver.change(label, edit))

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
            self._drain()

    @work(thread=True, group="save")
    def _drain(self) -> None:
        self._saver.drain(self._tell)

    def _tell(self, outcome: Outcome) -> None:
        self.post_message(self.Told(outcome))

    @on(Told)
    def _told(self, message: Told) -> None:
        """Say what the person must know, and show what the file holds once nothing is on its way."""
        outcome = message.outcome
        if outcome.error is not None:
            self._complain(outcome.error)
        if outcome.saved is not None:
            for note in outcome.saved.notes:
                self.say(note)
            if outcome.task.label in ("undo", "redo"):
                self.say(f"{outcome.task.label.title()}: {outcome.saved.label}")
        self._settle()

    def _settle(self) -> None:
        """Show what the file holds, unless more is on its way or it is what is shown already."""
        stored = self._saver.store.journal
        if self._saver.idle and stored != self.journal:
            self._show(stored, difference(self.journal, stored))
        else:
            self._dress(self.page)

    @work(thread=True, group="look", exclusive=True)
    def _reread(self) -> None:
        try:
            journal = self._saver.store.refresh()
        except SmallWinsError as error:
            self.post_message(self.Told(Outcome(Task("read", self._saver.store.undo, again=False), error=error)))
            return
        if journal is not None:
            self.post_message(self.Reread())

    def _look(self) -> None:
        """See whether another program changed the file, or midnight the day."""
        if self._saver.idle:
            self._reread()
        if self.today != self._day:
            self._day = self.today
            self._catch_up()

    @on(Reread)
    def _was_reread(self) -> None:
        self._made.clear()
        self._taken_back.clear()
        self._settle()

    def say(self, text: str) -> None:
        """Tell the person something in passing."""
        self.notify(text, markup=False)

    def _complain(self, error: SmallWinsError) -> None:
        self.notify(error.hint or " ", title=error.message, severity="error", timeout=LONG, markup=False)

    # Going places and writing down.

    @on(TopBar.PageChosen)
    @on(Page.Wanted)
    def _wanted(self, message: TopBar.PageChosen | Page.Wanted) -> None:
        self.action_go(message.page)
        if isinstance(message, Page.Wanted):
            self.page.arrive(message)

    def action_go(self, name: str) -> None:
        """Go to a page; it is made the first time."""
        if len(self.screen_stack) > 1:
            return
        self.switch_mode(name)
        self._catch_up()

    def action_help(self) -> None:
        """Show the keys of this screen."""
        self.push_screen(Help(self.screen))

    @on(Page.AddRequested)
    def _add_requested(self, message: Page.AddRequested) -> None:
        goal = self.journal.goals.get(message.goal or "")
        self.push_screen(WinForm(self.journal, self.today, Fields(goal=goal.name if goal else "")), self._written)

    def action_add_win(self) -> None:
        """Open the form for a new win."""
        self.push_screen(WinForm(self.journal, self.today), self._written)

    @on(Page.EditRequested)
    def _edit_requested(self, message: Page.EditRequested) -> None:
        win = self.journal.wins.get(message.win)
        if win is not None:
            self.push_screen(WinForm(self.journal, self.today, fields_of(win, self.journal)), self._written)

    def _welcomed(self, answered: Answered | None) -> None:
        if answered is None:
            return
        made = [edits.add_goal(edits.new_goal(answered.goal, self.now()))] if answered.goal else []
        if answered.win:
            made.append(edits.add_win(edits.new_win(answered.win, happened_on=self.today, now=self.now())))
        if made:
            self.change("begin", edits.together(*made))

    def _written(self, written: Written | None) -> None:
        """Put what the form says into the journal, with its goal when that is new."""
        if written is None:
            return
        before = self.journal.wins.get(written.fields.win)
        win = before or edits.new_win(written.title, happened_on=written.happened_on, now=self.now())
        label = "edit" if before else "add"
        self.change(label, edits.in_goal(written.goal_name, self.now(), partial(self._place, written, win, before)))

    def _place(self, written: Written, win: Win, before: Win | None, goal: str | None) -> Edit:
        after = apply_to(written, win, goal)
        return edits.add_win(after) if before is None else edits.change_win(before, after, self.now())
