"""Doors: chains of wins as trees, and links made and undone."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.base.text import clean_line
from data.figures import sentences as words
from data.model import edits
from data.model.doors import Forest, door_stats, find_loop, forest
from tui.dialogs.win_picker import WinPicker
from tui.pages.page import Page
from widgets.lists.chain_tree import ChainTree

_PAIR: Final = 2
"""Wins that a link needs."""
_TEACHING = """\
No doors yet.

A door is a later win that an earlier one led to: the email that led to a call, the call that led to an interview.
Press o to link a win to the one that opened it."""


class DoorsPage(Page):
    """The trees, the figures above them, and the keys that link."""

    CSS_PATH = "doors.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open_win", "see it", id="doors.open", tooltip="That win on the board"),
        Binding("o", "link", "opened by", id="doors.link", tooltip="Say which win opened this one"),
        Binding("n", "link_any", "link two", id="doors.new", tooltip="Link any win to the one that opened it"),
        Binding("x", "unlink", "unlink", id="doors.unlink", tooltip="No win opened this one"),
        Binding("e", "edit_win", "edit", id="doors.edit", tooltip="Change this win"),
    ]

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name=name)
        self._wanted = ""

    def compose_page(self) -> ComposeResult:
        """Yield the figures, the trees, and what stands in their place without any."""
        yield Static(id="figures")
        yield Static(id="loops")
        yield Static(Content(_TEACHING), id="teaching")
        yield ChainTree(id="chains")

    def on_mount(self) -> None:
        """Draw what was handed in before the page was there."""
        self.refresh_content()
        chains = self.query_one(ChainTree)
        chains.focus()
        if self._wanted:
            chains.go_to(self._wanted)

    def watch_journal(self) -> None:
        """Draw the trees anew."""
        if self.is_mounted:
            self.refresh_content()

    def watch_today(self) -> None:
        """Count anew: a win may be old enough now."""
        if self.is_mounted:
            self.refresh_content()

    def refresh_content(self) -> None:
        """Bring the page up to date."""
        trees = forest(self.journal)
        self.set_class(not trees.roots, "-empty")
        self.query_one("#figures", Static).update(Content(self._figures(trees)))
        self._say_loops(trees)
        self.query_one(ChainTree).show(self.journal, trees, self.today)

    def _figures(self, trees: Forest) -> str:
        said = words.describe_doors(door_stats(self.journal, self.today, trees=trees))
        most = trees.opened_most
        if most is None:
            return said
        return f"{said}\n{words.describe_opened_most(self.journal.wins[most].title, len(trees.opens[most]))}"

    def _say_loops(self, trees: Forest) -> None:
        said = [self._spell((*loop, loop[0])) for loop in trees.loops]
        loops = self.query_one("#loops", Static)
        loops.display = bool(said)
        loops.update(Content("\n".join(f"The file holds a loop: {one}. Unlink one of them with x." for one in said)))

    def _spell(self, loop: tuple[str, ...]) -> str:
        return words.describe_loop(win.title for key in loop if (win := self.journal.wins.get(key)) is not None)

    def action_open_win(self) -> None:
        """Show the win under the cursor on the board."""
        win = self.query_one(ChainTree).win
        if win is not None:
            self.post_message(self.Navigate("board", win=win.id))

    def action_edit_win(self) -> None:
        """Ask for the form of the win under the cursor."""
        win = self.query_one(ChainTree).win
        if win is not None:
            self.post_message(self.EditRequested(win.id))

    @on(ChainTree.WinOpened)
    def open_clicked(self, event: ChainTree.WinOpened) -> None:
        """Show the win that was double-clicked on the board."""
        self.post_message(self.Navigate("board", win=event.win))

    def action_link(self) -> None:
        """Ask which win opened the one under the cursor."""
        win = self.query_one(ChainTree).win
        if win is None:
            self.action_link_any()
        else:
            self._ask_opener(win.id)

    def action_link_any(self) -> None:
        """Ask for a win, then for the one that opened it."""
        if sum(tally.total for tally in self.journal.days.values()) < _PAIR:
            self.notify("Write down two wins first, with a; then one can have opened the other.", markup=False)
            return
        picker = WinPicker(self.journal, title="Which win came through a door?")
        self.app.push_screen(picker, lambda chosen: self._ask_opener(chosen) if chosen else None)

    def _ask_opener(self, identity: str) -> None:
        title = clean_line(self.journal.wins[identity].title)
        picker = WinPicker(self.journal, without=identity, title=f"Which win opened “{title}”?")
        self.app.push_screen(picker, lambda opener: self._link(identity, opener))

    def _link(self, identity: str, opener: str | None) -> None:
        if opener is None:
            return
        loop = find_loop(self.journal, identity, opener) if opener else ()
        if loop:
            said = f"{self._spell(loop)}. Choose an earlier win, or none."
            self.notify(said, title="That would be a loop", severity="error", markup=False, timeout=12)
            return
        self.post_message(self.Edited("link a win", edits.link_win(identity, opener or None, self.now())))
        self.query_one(ChainTree).go_to(identity)

    def action_unlink(self) -> None:
        """Say that no win opened the one under the cursor."""
        win = self.query_one(ChainTree).win
        if win is not None and win.opened_by is not None:
            self.post_message(self.Edited("unlink a win", edits.link_win(win.id, None, self.now())))

    def navigate_to(self, wanted: Page.Navigate) -> None:
        """Put the cursor on the win that is wanted; a page that is shown for the first time is not there yet."""
        self._wanted = wanted.win or ""
        if wanted.win is not None and self.is_mounted:
            self.query_one(ChainTree).go_to(wanted.win)
