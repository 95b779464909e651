"""The application: five pages over one journal."""

import asyncio
import gc
import signal
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from msgspec import convert, structs
from rich.text import Text
from textual import on, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen
from textual.timer import Timer

from data.base.errors import SaveError
from data.base.formatting import plural
from data.files.drafts import Draft, load_draft
from data.files.settings import Settings, write_setting
from data.model import edits
from data.model.edits import Edit
from data.model.records import Win
from data.storage.store import Store
from tui.app.draft_keeper import DraftKeeper
from tui.app.exchange_app import ExchangeApp
from tui.app.journal_app import ERROR_SECONDS, LOOK_EVERY
from tui.app.page_registry import PAGES
from tui.app.save_queue import Task
from tui.pages.page import Page
from tui.system import crash_report as crash
from tui.system.clock import Clock
from tui.system.driver import TerminalDriver
from widgets.bars.top_bar import TopBar

if TYPE_CHECKING:
    from tui.dialogs.trash import TrashChoice
    from tui.dialogs.win_form import FormOpening, WinFields, WinForm, WinFormResult
    from tui.pages.welcome import Welcome, WelcomeAnswers

SAVED_SOON: Final = 0.05
"""Seconds between two looks, on leaving, at whether everything is saved."""
DRAFT_AFTER: Final = 0.5
"""Seconds after the last key until a draft is kept."""


def settle_in(store: Store) -> None:
    """Do what the start did without: what was made until now stays, and is neither held twice nor looked through."""
    store.settle()
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class SmallWins(ExchangeApp):
    """The dashboard: five pages over one journal, the forms above them, and the ways between them.

    Args:
        store: The journal.
        clock: Gives the moment.
        settings: What the person has set.
        config: The file of the settings; None keeps changes of them for this run only.
        start: The page to open first.
        problems: Sentences on what is wrong with the settings, to be told.
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
        Binding("T", "trash", "trash", id="app.trash", show=False, tooltip="Open the trash"),
        Binding("I", "import_wins", "import", id="app.import", show=False, tooltip="Bring wins in from a file"),
        Binding("E", "export", "export", id="app.export", show=False, tooltip="Take wins out to a file"),
        Binding("comma", "settings", "settings", id="app.settings", show=False, tooltip="Open the settings"),
        Binding("ctrl+s", "save_again", "save again", id="app.save", show=False, tooltip="Try again what is not saved"),
        Binding(
            "ctrl+z", "suspend_process", "pause", id="app.pause", show=False, tooltip="Back to the shell; fg returns"
        ),
        Binding("q", "quit", "leave", id="app.quit", show=False, tooltip="Leave; everything is saved"),
        Binding(
            "ctrl+q",
            "quit",
            "leave",
            id="app.quit-anywhere",
            show=False,
            priority=True,
            tooltip="Leave, from within a form too",
        ),
    ]

    def __init__(  # noqa: PLR0913 - all that the app is handed, by name
        self,
        store: Store,
        clock: Clock,
        settings: Settings | None = None,
        *,
        config: Path | None = None,
        start: str = "board",
        problems: tuple[str, ...] = (),
    ) -> None:
        super().__init__(store, clock, settings or Settings())
        self._config = config
        self._problems = problems
        self._start = start
        self._drafts = DraftKeeper(store.path)
        self._draft_timer: Timer | None = None

    def get_driver_class(self) -> type[Driver]:
        """Use our own, unless the environment names another one."""
        driver = super().get_driver_class()
        return TerminalDriver if issubclass(TerminalDriver, driver) else driver

    def clear_selection(self) -> None:
        """Forget which text is marked, once there is a screen to mark it on.

        From Python 3.12 on the fields of the first page are made, and ask for this, before the page is on the stack;
        Textual 8.2 then ends the app (its issue 6444).
        """
        if self.screen_stack:
            super().clear_selection()

    def on_mount(self) -> None:
        """Watch the file and the calendar, and welcome who is new."""
        self.call_after_refresh(settle_in, self._saver.store)
        self.call_after_refresh(self._read_dialogs_ahead)
        self._hear_signals()
        self.app_resume_signal.subscribe(self, self._draw_again)
        self.set_interval(LOOK_EVERY, self.look)
        self.count_waiting()
        self.set_keymap(dict(self.settings.keys))
        for problem in self._problems:
            self.notify(problem, title="Settings", severity="warning", timeout=ERROR_SECONDS, markup=False)
        if self._start != self.DEFAULT_MODE:
            self.post_message(Page.Navigate(self._start))
        if not self._offer_draft() and self._is_new():
            self._welcome()

    def _is_new(self) -> bool:
        return not (self.journal.wins or self.journal.goals or self._saver.store.read_only)

    def _welcome(self, goal: str = "", win: str = "") -> None:
        from tui.pages.welcome import Welcome, WelcomeAnswers  # noqa: PLC0415 - dialogs are imported when they open

        self.push_screen(Welcome(WelcomeAnswers(goal, win)), self._welcomed)

    def _read_dialogs_ahead(self) -> None:
        from tui.dialogs.dialog import DIALOG_STYLES  # noqa: PLC0415 - not before the first frame

        self.read_ahead(DIALOG_STYLES)

    def _hear_signals(self) -> None:
        """Leave in order when the terminal closes or the system asks; what is on its way to the file gets there."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                loop.add_signal_handler(getattr(signal, name), self._end_in_order)

    def _draw_again(self, _app: object) -> None:
        """Draw everything once more after a pause, when the terminal shows what the shell left."""
        for screen in self.screen_stack:
            screen.refresh(layout=True)

    def _fatal_error(self) -> None:
        """Print where it failed, without a word of the journal, in place of a traceback with values."""
        error = self._exception or RuntimeError()
        self._exit_renderables[:] = [Text(crash.report(error))]  # what fails because of it is no second mistake
        self._close_messages_no_wait()

    @on(TopBar.PageChosen)
    @on(Page.Navigate)
    def _wanted(self, message: TopBar.PageChosen | Page.Navigate) -> None:
        self.action_go(message.page)
        if isinstance(message, Page.Navigate):
            self.page.navigate_to(message)

    def action_go(self, name: str) -> None:
        """Go to a page; it is made the first time."""
        if len(self.screen_stack) > 1:
            return
        self.switch_mode(name)
        self._catch_up()

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from tui.dialogs.help import Help  # noqa: PLC0415 - dialogs are imported when they open, not at the start

        self.push_screen(Help(self.screen))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield what the palette finds: everything that has a key now, and the themes."""
        yield SystemCommand("Theme", "Choose other colours", self.action_change_theme)
        said: set[str] = set()
        for active in screen.active_bindings.values():
            words_ = active.tooltip or active.binding.tooltip
            if words_ and active.enabled and words_ not in said:
                said.add(words_)
                run = partial(self.run_action, active.binding.action, default_namespace=active.node)
                yield SystemCommand(words_, f"Key: {self.get_key_display(active.binding)}", run)

    def action_trash(self) -> None:
        """Open the trash."""
        from tui.dialogs.trash import Trash  # noqa: PLC0415 - as above

        self.push_screen(Trash(self.journal.trash()), self._sorted_trash)

    def _sorted_trash(self, chosen: "TrashChoice | None") -> None:
        if chosen is None:
            return
        if chosen.restore:
            self.change("take back from the trash", edits.restore_wins([chosen.restore], self.now()))
        else:
            self.change("empty the trash", edits.empty_trash())

    def action_settings(self) -> None:
        """Open the settings."""
        from tui.dialogs.settings import SettingsForm  # noqa: PLC0415 - as above

        where = str(self._config or "this run only")
        self.push_screen(SettingsForm(self.settings, self.available_themes, where), self._set)

    def _set(self, changed: "Mapping[str, object] | None") -> None:
        """Use other settings at once, and keep them."""
        if not changed:
            return
        self.settings = structs.replace(self.settings, **changed)
        self.theme = self.settings.theme
        self._catch_up()
        self._keep_settings(changed)

    def watch_theme(self, theme: str) -> None:
        """Keep a theme that was chosen from the palette."""
        if self.is_running and theme != self.settings.theme:
            self._set({"theme": theme})

    @work(thread=True, group="settings")
    def _keep_settings(self, changed: "Mapping[str, object]") -> None:
        if self._config is None:
            return
        try:
            for name, value in changed.items():
                write_setting(self._config, name, value)
        except SaveError as error:
            self.call_from_thread(self.complain, error)

    def action_add_win(self) -> None:
        """Open the form for a new win."""
        self.write()

    @on(Page.EditRequested)
    def _edit_requested(self, message: Page.EditRequested) -> None:
        win = self.journal.wins.get(message.win)
        if win is not None:
            self.write(win)

    def write(self, win: Win | None = None) -> None:
        """Open the form to change a win, or for a new one."""
        from tui.dialogs.win_form import FormOpening  # noqa: PLC0415 - 40 ms, not paid at the start

        self._open_form(FormOpening(win))

    def _open_form(self, opening: "FormOpening") -> None:
        from tui.dialogs.win_form import WinForm  # noqa: PLC0415 - as above

        self.push_screen(WinForm(self.journal, self.today, opening), partial(self._written, opening.win))

    def on_win_form_text_changed(self, message: "WinForm.TextChanged") -> None:
        """Keep what is typed as a draft, a moment after the last key."""
        self._remember(Draft(structs.asdict(message.fields), message.win) if message.fields else None)

    def on_welcome_answers_typed(self, message: "Welcome.AnswersTyped") -> None:
        """Keep what a newcomer types, as that of the form."""
        said = {"goal": message.answered.goal, "title": message.answered.win}
        self._remember(Draft(said) if any(said.values()) else None)

    def _remember(self, draft: Draft | None) -> None:
        self._drafts.latest = draft
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_AFTER, self._keep_draft)

    @work(thread=True, group="draft")
    def _keep_draft(self) -> None:
        self._drafts.keep()

    def _offer_draft(self) -> bool:
        """Show the text again that the last run did not save; return whether there is any."""
        draft = load_draft(self._saver.store.path)
        if draft is None:
            return False
        from tui.dialogs.win_form import FormOpening, WinFields  # noqa: PLC0415 - as above

        fields = convert(draft.fields, WinFields)
        if self._is_new() and fields == WinFields(title=fields.title, goal=fields.goal):
            self._welcome(fields.goal, fields.title)
            return True
        win = self.journal.wins.get(draft.win or "")
        self._open_form(FormOpening(win, fields, "This was not saved last time. Save it, or leave to drop it."))
        return True

    def _welcomed(self, answered: "WelcomeAnswers | None") -> None:
        if answered is None:
            return
        made = [edits.add_goal(edits.new_goal(answered.goal, self.now()))] if answered.goal else []
        if answered.win:
            made.append(edits.add_win(edits.new_win(answered.win, happened_on=self.today, now=self.now())))
        self._forget_draft()
        if made:
            self.change("begin", edits.combine_edits(*made))

    def _written(self, before: Win | None, written: "WinFormResult | None") -> None:
        """Put what the form says into the journal, with its goal when that is new."""
        if written is None:
            self._forget_draft()
            return
        win = before or edits.new_win(written.title, happened_on=written.happened_on, now=self.now())
        edit = edits.in_goal(written.goal_name, self.now(), partial(self._place, written, win, before))
        self.change("edit" if before else "add", edit, partial(self._reopen, written.fields, before))

    def _place(self, written: "WinFormResult", win: Win, before: Win | None, goal: str | None) -> Edit:
        from tui.dialogs.win_form import apply_to  # noqa: PLC0415 - as above

        after = apply_to(written, win, goal)
        return edits.add_win(after) if before is None else edits.change_win(before, after, self.now())

    def _reopen(self, fields: "WinFields", before: Win | None, problem: str) -> None:
        from tui.dialogs.win_form import FormOpening  # noqa: PLC0415 - as above

        self._drafts.latest = Draft(structs.asdict(fields), before.id if before else None)
        self._open_form(FormOpening(before, fields, problem))

    def acknowledged(self, task: Task) -> None:
        """Drop the draft of a form whose text the disk holds now."""
        if task.reopen:
            self._forget_draft()

    def _forget_draft(self) -> None:
        self._drafts.latest = None
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._keep_draft()

    async def action_quit(self) -> None:
        """Leave, once all that was done before has had its effect: a card that was just dropped is on its way up."""
        self.pass_up(self._ways_up(), self._leave)

    def _leave(self) -> None:
        """Leave once nothing is on its way to the file; asks first when something could not be saved."""
        if not self._saver.idle:
            self.set_timer(SAVED_SOON, self._leave)
        elif self._saver.failed:
            self._ask_to_leave()
        else:
            self.call_later(self._end)

    def _ask_to_leave(self) -> None:
        from tui.dialogs.confirm import Confirm  # noqa: PLC0415 - as above

        question = f"{plural(len(self._saver.failed), 'change is', 'changes are')} not saved. Leave without?"
        self.push_screen(Confirm(question, yes="Leave", no="Stay"), lambda sure: self._end() if sure else None)

    def _end_in_order(self) -> None:
        """Leave without a question, once all that was done and typed before has had its effect."""
        self.pass_up(self._ways_up(), self._end_once_saved)

    def _end_once_saved(self) -> None:
        if self._saver.idle and not self._ahead:
            self._end()
        else:
            self.set_timer(SAVED_SOON, self._end_in_order)

    def _end(self) -> None:
        """Leave now; a form that is open is kept as a draft."""
        self._drafts.keep()
        self.exit()
