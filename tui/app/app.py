"""The application: five pages over one journal."""

import gc
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import SystemCommand
from textual.driver import Driver
from textual.events import Event, Key, Paste
from textual.screen import Screen

from data.base.errors import SmallWinsError
from data.files.locations import board_state_path
from data.files.settings import Settings
from data.model.journal import Edit, Journal
from data.model.records import Changes
from data.storage.store import Store
from tui.app.bindings import APP_BINDINGS, palette_commands, palette_provider
from tui.app.due_counter import DueCounter
from tui.app.error_net import ErrorNet
from tui.app.exporter import Exporter
from tui.app.host import Reopen, Shown
from tui.app.journal_session import LOOK_EVERY, JournalSession
from tui.app.key_queue import KeyQueue
from tui.app.motion import animation_level
from tui.app.page_deck import PageDeck
from tui.app.page_registry import PAGES
from tui.app.settings_keeper import SettingsKeeper
from tui.app.shutdown import Shutdown
from tui.app.terminal_driver import TerminalDriver
from tui.app.theming import Themed
from tui.app.win_entry import WinEntry
from tui.pages.page import Page
from tui.system.clock import Clock, utc
from widgets.bars.top_bar import TopBar

if TYPE_CHECKING:
    from tui.dialogs.draft import DraftChanged


class SmallWins(ErrorNet, Themed):
    """The dashboard: five pages over one journal, the forms above them, and the ways between them.

    Args:
        store: The journal.
        clock: Gives the moment.
        settings: What the person has set.
        config: The file of the settings; None keeps changes of them for this run only.
        start: The page to open first.
        problems: Sentences on what is wrong with the settings, to be told.
        ending: Called when the app begins to end; see `Shutdown`.

    Attributes:
        session: The journal, as it is shown and saved.
        key_queue: What is typed and not done yet.
    """

    TITLE = "smallwins"
    CSS_PATH = "smallwins.tcss"
    DEFAULT_MODE = "board"
    HORIZONTAL_BREAKPOINTS = [(0, "-too-small"), (60, "-narrow"), (90, "-wide")]  # noqa: RUF012 - as App has it
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (18, "-short"), (23, "-tall")]  # noqa: RUF012 - as App has it
    BINDINGS = APP_BINDINGS
    COMMANDS = {palette_provider}  # noqa: RUF012 - as App has it

    def __init__(  # noqa: PLR0913 - all that the app is handed, by name
        self,
        store: Store,
        clock: Clock,
        settings: Settings | None = None,
        *,
        config: Path | None = None,
        start: str = "board",
        problems: tuple[str, ...] = (),
        ending: Callable[[], None] = lambda: None,
    ) -> None:
        self._settings = SettingsKeeper(self, settings or Settings(), config, self._use_settings, problems)
        self.DEFAULT_MODE = start  # type: ignore[misc]  # what this run begins with
        super().__init__(self.settings.theme)
        self.animation_level = animation_level(wanted=self.settings.motion)
        self.clock = clock
        self.key_queue = KeyQueue(self, super().on_event, self.tell)
        self.session = JournalSession(self, self, store)
        self.exporter = Exporter(self)
        self._due = DueCounter(self, self._shown, store.path, self.show_state)
        self._entry = WinEntry(self, self.session.drafts)
        self._way_out = Shutdown(self, self.session.saves, self.key_queue, self.session.drafts, ending)
        self._deck = PageDeck(self, self._shown, self._prepare, board_state_path(store.path))
        self._store = store
        self._day = self.today
        for _, name, _ in PAGES:
            self.add_mode(name, partial(self._deck.make, name))

    @property
    def journal(self) -> Journal:
        """What is shown."""
        return self.session.journal

    @property
    def settings(self) -> Settings:
        """What the person has set by now."""
        return self._settings.settings

    @property
    def path(self) -> Path:
        """The journal's file."""
        return self._store.path

    @property
    def today(self) -> date:
        """The local date."""
        return self.clock().date()

    def now(self) -> datetime:
        """Return the moment in UTC."""
        return utc(self.clock())

    def change(self, label: str, edit: Edit, reopen: Reopen | None = None, *, done: str = "") -> None:
        """Show what an edit does, and save it; see `JournalSession.change`."""
        self.session.change(label, edit, reopen, done=done)

    def get_driver_class(self) -> type[Driver]:
        """Use our own, unless the environment names another one."""
        driver = super().get_driver_class()
        return TerminalDriver if issubclass(TerminalDriver, driver) else driver

    def on_mount(self) -> None:
        """Watch the file and the calendar, and welcome who is new."""
        self.call_after_refresh(self._after_first_frame)
        self._way_out.hear_signals()
        self.app_resume_signal.subscribe(self, self._draw_again)
        self.set_interval(LOOK_EVERY, self.look)
        self._due.request()
        self.set_keymap(dict(self.settings.keys))
        for text in filter(None, (self._store.read_only, *self._settings.problems)):
            self.complain(SmallWinsError(text))
        if self.DEFAULT_MODE != type(self).DEFAULT_MODE:
            self.post_message(Page.Navigate(self.DEFAULT_MODE))
        self._entry.begin(is_new=self.session.is_new)
        self.has_begun = True

    def _after_first_frame(self) -> None:
        """Do what the first frame does not need; what exists by now lives on and is not collected again."""
        from tui.dialogs.dialog import DIALOG_STYLES  # noqa: PLC0415 - not before the first frame

        self.session.begin(self, self._way_out.leaving)
        self.read_ahead(DIALOG_STYLES)
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def _draw_again(self, _app: object) -> None:
        """Draw everything once more after a pause, when the terminal shows what the shell left."""
        for screen in self.screen_stack:
            screen.refresh(layout=True)

    async def on_event(self, event: Event) -> None:
        """Put what is typed in line; hand everything else on."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            await self.key_queue.put(event)
        else:
            await super().on_event(event)

    @property
    def page(self) -> Page:
        """The page that is open, below any dialog."""
        return self._deck.page

    def _prepare(self, page: Page) -> None:
        page.past, page.unfinished = self.session.revisions, self.session.drafts.resume

    def _shown(self) -> Shown:
        return Shown(
            self.journal, self.settings, self._day, self._due.waiting, self._due.invitation, *self.session.said
        )

    def show(self, _journal: Journal, changes: Changes) -> None:
        """Show another journal, and what changed."""
        self._deck.changed(changes)
        self._catch_up()

    def select(self, win: str) -> None:
        """Put the cursor on a win, on each page that has one."""
        self._deck.select(win)

    def show_state(self) -> None:
        """Say in the bar where the person stands."""
        self._deck.update_bar()

    def _catch_up(self) -> None:
        self._deck.catch_up()
        self._due.request()

    def look(self) -> None:
        """See whether another program changed the file, or midnight the day."""
        self.session.look()
        if self.today != self._day:
            self._day = self.today
            self._catch_up()

    @on(Page.Edited)
    def _edited(self, message: Page.Edited) -> None:
        self.change(message.label, message.edit, Reopen(message.draft) if message.draft else None, done=message.done)

    @on(TopBar.PageChosen)
    @on(Page.Navigate)
    def _navigate(self, message: TopBar.PageChosen | Page.Navigate) -> None:
        self.action_go(message.page)
        if isinstance(message, Page.Navigate):
            self.page.call_later(self.page.navigate_to, message)  # a page shown for the first time is made before

    @on(Page.EditRequested)
    def _edit_requested(self, message: Page.EditRequested) -> None:
        win = self.journal.wins.get(message.win)
        if win is not None:
            (self._entry.open_proof if message.what == "proof" else self._entry.open)(win)

    def on_draft_changed(self, message: "DraftChanged") -> None:
        """Keep what is typed as a draft."""
        self.session.drafts.remember(message.key, message.fields)

    def action_add_win(self) -> None:
        """Open the form for a new win."""
        self._entry.open()

    def action_undo(self) -> None:
        """Undo the last change."""
        self.session.undo()

    def action_redo(self) -> None:
        """Redo the change that was undone last."""
        self.session.redo()

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from tui.dialogs.help import Help  # noqa: PLC0415 - dialogs are imported when they open, not at the start

        self.push_screen(Help(self.screen))

    def action_go(self, name: str) -> None:
        """Go to a page; it is made the first time."""
        if len(self.screen_stack) == 1:
            self.switch_mode(name)
            self._catch_up()

    def action_trash(self) -> None:
        """Open the trash."""
        from tui.app.trash import open_trash  # noqa: PLC0415 - as above

        open_trash(self)

    def action_import_wins(self) -> None:
        """Open the dialog that imports wins."""
        from tui.app.importer import Importer  # noqa: PLC0415 - as above

        Importer(self, self.session.saves).ask()

    def action_export(self) -> None:
        """Open the dialog that exports wins."""
        self.exporter.ask()

    def action_settings(self) -> None:
        """Open the settings."""
        self._settings.ask(self.available_themes)

    def _use_settings(self) -> None:
        self.theme = self.settings.theme
        self.animation_level = animation_level(wanted=self.settings.motion)
        self._catch_up()

    def action_change_theme(self) -> None:
        """Choose a theme, which is tried on while one looks at it."""
        self._settings.ask_theme(self.available_themes)

    def watch_theme(self, theme: str) -> None:
        """Keep a theme that was chosen from the palette."""
        if self.is_running and theme != self.settings.theme and not getattr(self.screen, "previews_theme", False):
            self._settings.change({"theme": theme})

    def action_save_again(self) -> None:
        """Retry what could not be saved."""
        self.session.save_again()

    def action_sync_state(self) -> None:
        """Say how the last pass of sync ended, and what it needs."""
        self.session.sync.tell()

    async def action_quit(self) -> None:
        """Quit, once all that was done before has had its effect: a card that was just dropped is on its way up."""
        self._way_out.quit()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield what the palette finds: everything that has a key now, and the themes."""
        return palette_commands(self, screen)
