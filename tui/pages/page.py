"""What the five screens have in common: the bar above, the line of keys below, the journal in between."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from rich.console import RenderableType
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import ScreenResume
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from data.base.errors import SmallWinsError
from data.base.formatting import shorten
from data.files.drafts import DraftKey
from data.files.settings import Settings
from data.history.history import Revision
from data.model.journal import Edit, Journal
from data.model.records import Changes, Goal
from data.search.filters import Filter
from widgets.bars.key_bar import KeyBar, Status
from widgets.bars.top_bar import Tab, TopBar

if TYPE_CHECKING:
    from tui.dialogs.goal_form import GoalFields

TOO_SMALL: Final = (
    "smallwins needs a window of at least 60 columns and 18 lines.\n\nEnlarge it, or press ctrl+q to quit."
)
_TITLE_SHOWN: Final = 40
"""Characters of a title in the line that says what was done."""
UNSEEN: Final = frozenset({"-too-small", "-too-low"})
"""The classes of a screen that shows nothing but that."""


class Page(Screen[None]):
    """One of the five screens.

    The app binds `journal`, `today` and `settings` down whenever they change; a page answers with watchers, and asks
    for changes by posting `Edited`. It never sees the store. A page is made when it is first shown, and kept; while
    another one is shown it learns of nothing, and catches up when it is back.

    Attributes:
        journal: What is shown.
        changes: What changed since the journal before it.
        past: Returns what happened to a win, by its id, oldest first, as far as the history goes.
        unfinished: Returns what was typed into a form and not saved.
        today: The local date.
        settings: What the person has set.
        state_file: Where the page keeps what it was showing, or None where nothing is kept.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "finish_step", "step done", id="page.step", show=False, tooltip="The next open step is done"),
    ]

    # None of them is drawn here: as a reactive each would draw the whole screen again.
    # Always: comparing two journals of 100,000 wins to find out costs more than showing what changed.
    journal: var[Journal] = var(Journal, init=False, always_update=True)
    today: var[date] = var(date.min, init=False)
    settings: var[Settings] = var(Settings, init=False)
    changes: Changes = Changes()
    past: Callable[[str], list[Revision]] = staticmethod(lambda _win: [])
    unfinished: Callable[[DraftKey], dict[str, str] | None] = staticmethod(lambda _key: None)
    state_file: Path | None = None
    _styled_in: Theme | None = None

    # Textual draws the whole screen again when the focus moves; who has it, and who had it, draw themselves.
    focused: var[Widget | None] = var(None, init=False)

    tabs: var[tuple[Tab, ...]] = var((), init=False)
    headline: var[str] = var("", init=False)
    notice: var[str] = var("", init=False)
    invitation: var[str] = var("", init=False)
    waiting: var[int | None] = var(None, init=False)

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name=name)
        self.key_bar = KeyBar()

    class Edited(Message):
        """The person changed something; the app shows it at once and saves it.

        Attributes:
            label: What was done, for undo, such as "move to real". It never holds the text of a win.
            edit: The pure function from the journal to the changes.
            draft: The draft of a form, where the change came from one: it is dropped once this is saved.
            done: What is said above the keys once it is done; "" where the page shows it by itself.
        """

        def __init__(self, label: str, edit: Edit, draft: DraftKey | None = None, *, done: str = "") -> None:
            super().__init__()
            self.label = label
            self.edit = edit
            self.draft = draft
            self.done = done

    class Navigate(Message):
        """The person wants to be somewhere else.

        Attributes:
            page: "board", "review", "momentum", "doors" or "goals".
            win: The id of the win to put the cursor on, or None.
            period: First and last day to show on the board, or None.
            chosen: Which wins to show, by goal and tag; None leaves the page as it was.
        """

        def __init__(
            self,
            page: str,
            *,
            win: str | None = None,
            period: tuple[date, date] | None = None,
            chosen: Filter | None = None,
        ) -> None:
            super().__init__()
            self.page = page
            self.win = win
            self.period = period
            self.chosen = chosen

    class EditRequested(Message):
        """The person wants to change a win; the app opens the form.

        Attributes:
            win: The id of the win.
            what: "proof" for the form of its proof.
        """

        def __init__(self, win: str, what: str = "edit") -> None:
            super().__init__()
            self.win = win
            self.what = what

    @property
    def name(self) -> str:
        """The page's name in `PAGES`."""
        return type(self).__name__.removesuffix("Page").lower()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Take on the colours there are now; where it has them, styling all of it again could be felt at each visit."""
        before, self._styled_in = self._styled_in, self.app.current_theme
        event.refresh_styles = before not in (None, self._styled_in)

    def compose(self) -> ComposeResult:
        """Yield the bar, the page's own widgets and the line of keys."""
        page = type(self)
        yield TopBar(self.name).data_bind(page.tabs, page.headline, page.notice)
        yield from self.compose_page()
        yield self.key_bar

    def render(self) -> RenderableType:
        """Draw nothing below the widgets, or that there is no room for them, which the styles move away then."""
        return TOO_SMALL if self.classes & UNSEEN else super().render()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw one blank line for all: most of them nobody sees."""
        if self.classes & UNSEEN:
            return super().render_lines(crop)
        return super().render_lines(crop.crop_size(Size(crop.width, 1))) * crop.height

    def compose_page(self) -> ComposeResult:
        """Yield the widgets between the bar and the keys."""
        yield from ()

    def apply_breakpoints(self, size: Size) -> None:
        """Begin as the size wants it: Textual would style a page for none, and again once it has one."""
        for breakpoints, cells in (
            (self.app.HORIZONTAL_BREAKPOINTS, size.width),
            (self.app.VERTICAL_BREAKPOINTS, size.height),
        ):
            self.add_class(*[name for least, name in breakpoints or () if cells >= least][-1:], update=False)

    def set_journal(self, journal: Journal, changes: Changes) -> None:
        """Show another journal, and remember what changed for who watches it."""
        self.changes = changes
        self.journal = journal

    def navigate_to(self, wanted: "Page.Navigate") -> None:
        """Take up what `Navigate` asked for (a win, a period); called after the page is shown."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the key of the next open step while there never was one."""
        idle = action == "finish_step" and not self.journal.steps
        return False if idle else super().check_action(action, parameters)

    def action_finish_step(self) -> None:
        """Make a win of the next open step, linked to the win it came from."""
        from data.model.edits import new_win  # noqa: PLC0415 - not needed at the start
        from data.review.steps import act_of, finish_step, open_steps  # noqa: PLC0415 - as above

        found = open_steps(self.journal)
        if found:
            win = new_win(act_of(found[0]), happened_on=self.today, now=self.now())
            edit = finish_step(found[0].id, win, self.now())
            self.post_message(self.Edited("step done", edit, done=f"“{shorten(win.title, _TITLE_SHOWN)}” is a win now"))

    def ask_goal(self, goal: Goal | None, then: "Callable[[GoalFields], None]", *, asks_why: bool = False) -> None:
        """Open the form of a goal, or of a new one, with what was written there and not saved.

        Args:
            goal: The goal to edit.
            then: Called with what the form says, unless it is cancelled; it posts `Edited` with the draft's key.
            asks_why: Whether the form begins at the why.
        """
        from tui.dialogs.draft import DraftChanged  # noqa: PLC0415 - dialogs are imported when they open
        from tui.dialogs.goal_form import GoalForm  # noqa: PLC0415 - as above

        key = goal_draft(goal)

        def answered(fields: "GoalFields | None") -> None:
            if fields is None:
                self.post_message(DraftChanged(key, None))
            else:
                then(fields)

        self.app.push_screen(GoalForm(self.journal, goal, self.unfinished(key), asks_why=asks_why), answered)

    def select(self, win: str) -> None:
        """Put the cursor on a win once it is shown; a page without a cursor on wins leaves it."""

    def say(self, words: str, action: str = "", does: str = "") -> None:
        """Say above the keys what was done, until the next key.

        Args:
            words: What it was; "" says nothing any more.
            action: The action of a key that answers it, such as "undo".
            does: What that key does, such as "undoes".
        """
        self.key_bar.status = Status(words, action, does)

    def on_key(self) -> None:
        """Say no longer what was done before this key."""
        self.say("")

    def save_picture(self, name: str) -> None:
        """Save what is on the screen, and no more, as a picture in the home folder.

        Args:
            name: What is on it, for the file's name.
        """
        self._write_picture(self.app.export_screenshot(), name)

    @work(thread=True, group="picture")
    def _write_picture(self, svg: str, name: str) -> None:
        from tui.pages.picture import write_picture  # noqa: PLC0415 - not needed at the start

        try:
            text = write_picture(svg, name, self.today, Path.home()).describe("Saved")
            text = text.replace(f"{Path.home()}/", "~/", 1)
        except SmallWinsError as error:
            text = f"{error.message} {error.hint}"
        self.app.call_from_thread(self.app.say, text)  # type: ignore[attr-defined]

    def now(self) -> datetime:
        """Return the moment in UTC, by the app's clock."""
        return self.app.now()  # type: ignore[attr-defined,no-any-return]


def goal_draft(goal: Goal | None = None) -> DraftKey:
    """Return what the form of a goal, or of a new one, keeps its draft as."""
    return "goal", goal.id if goal else None
