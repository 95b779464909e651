"""Doors: the newest chain as a story, chains of wins as trees, and links made and undone."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.figures import sentences as words
from data.model import edits
from data.model.doors import Forest, door_stats, forest, newest_chain
from data.model.records import Win
from data.review.steps import describe_step, open_steps
from tui.pages.door_links import DoorLinks
from tui.pages.page import Page
from widgets.lists.chain_story import ChainStory, story_text
from widgets.lists.chain_tree import ChainTree

_PAIR: Final = 2
"""Wins that a link needs."""
_TEACHING: Final = """\
No doors yet.

A door is a later win that an earlier one led to: the email that led to a call, the call that led to an interview.
"""
_HOW_TO_LINK: Final = "Press n to link two of your wins."
_TOO_FEW: Final = "Add two wins first (press a), then link them with n."
_OF_A_WIN: Final = frozenset({"open_win", "link_later", "unlink", "edit", "copy_story", "save_story"})
"""Keys that do nothing without a chain."""
_OF_TWO_WINS: Final = frozenset({"link", "link_any"})
"""Keys that do nothing without two wins."""


class DoorsPage(Page):
    """The newest chain, the figures, the trees, and the keys that link."""

    CSS_PATH = "doors.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open_win", "see it", id="doors.open", tooltip="Show this win on the board"),
        Binding("o", "link", "opened by", id="doors.link", tooltip="Say which win opened this one"),
        Binding("O", "link_later", "opened", id="doors.link-later", tooltip="Say which win this one opened"),
        Binding("n", "link_any", "link two", id="doors.new", tooltip="Link any two wins"),
        Binding("X", "unlink", "unlink", id="doors.unlink", tooltip="Remove the link to the win that opened this one"),
        Binding("e", "edit", "edit", id="doors.edit", tooltip="Edit this win"),
        Binding("y", "copy_story", "copy", show=False, id="doors.copy", tooltip="Copy the newest chain"),
        Binding("E", "save_story", "picture", show=False, id="doors.picture", tooltip="Save this page as a picture"),
    ]

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name=name)
        self._wanted = ""
        self._links = DoorLinks(self, lambda win: self.query_one(ChainTree).go_to(win))

    def compose_page(self) -> ComposeResult:
        """Yield the story, the figures, the trees, and what stands in their place without any."""
        yield ChainStory(id="story")
        yield Static(id="figures")
        yield Static(id="loops")
        yield Static(id="teaching")
        yield ChainTree(id="chains")

    def on_mount(self) -> None:
        """Show what was handed in before the page was there."""
        self.refresh_content()
        chains = self.query_one(ChainTree)
        chains.focus()
        if self._wanted:
            chains.go_to(self._wanted)

    def watch_journal(self) -> None:
        """Show the trees as they are now."""
        if self.is_mounted:
            self.refresh_content()

    def watch_today(self) -> None:
        """Count again: a win may be old enough now."""
        if self.is_mounted:
            self.refresh_content()

    def refresh_content(self) -> None:
        """Bring the page up to date."""
        trees = forest(self.journal)
        self.set_class(not trees.roots, "-empty")
        self.set_class(self.journal.total < _PAIR, "-few")
        self.refresh_bindings()
        chain = newest_chain(self.journal)
        self.query_one(ChainStory).show(chain, self._next_step(chain))
        self.query_one("#teaching", Static).update(
            Content(_TEACHING + (_TOO_FEW if self.has_class("-few") else _HOW_TO_LINK))
        )
        self.query_one("#figures", Static).update(Content(self._figures(trees)))
        self._say_loops(trees)
        self.query_one(ChainTree).show(self.journal, trees, self.today)

    def _next_step(self, chain: Sequence[Win]) -> str:
        """Return the open step that follows from a chain, with its day and hour, or ""."""
        wins = {win.id for win in chain}
        step = next((step for step in open_steps(self.journal) if step.from_win in wins), None)
        return describe_step(step, self.today) if step is not None else ""

    def _figures(self, trees: Forest) -> str:
        text = words.describe_doors(door_stats(self.journal, self.today, trees=trees))
        most = trees.opened_most
        if most is None:
            return text
        return f"{text}\n{words.describe_opened_most(self.journal.wins[most].title, len(trees.opens[most]))}"

    def _say_loops(self, trees: Forest) -> None:
        loops = [words.describe_loop(self.journal.wins[key].title for key in (*loop, loop[0])) for loop in trees.loops]
        shown = self.query_one("#loops", Static)
        shown.display = bool(loops)
        lines = (f"The file contains a loop: {loop}. Remove one of its links with X." for loop in loops)
        shown.update(Content("\n".join(lines)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what needs a win while there is no chain, and what needs two while there are not."""
        idle = self.has_class("-empty") if action in _OF_A_WIN else action in _OF_TWO_WINS and self.has_class("-few")
        return False if idle else super().check_action(action, parameters)

    def action_open_win(self) -> None:
        """Show the win under the cursor on the board."""
        win = self.query_one(ChainTree).win
        if win is not None:
            self.post_message(self.Navigate("board", win=win.id))

    def action_edit(self) -> None:
        """Ask for the form of the win under the cursor."""
        win = self.query_one(ChainTree).win
        if win is not None:
            self.post_message(self.EditRequested(win.id))

    @on(ChainTree.WinOpened)
    def open_clicked(self, event: ChainTree.WinOpened) -> None:
        """Show the win that was double-clicked on the board."""
        self.post_message(self.Navigate("board", win=event.win))

    def action_copy_story(self) -> None:
        """Copy the newest chain as a line of text."""
        chain = newest_chain(self.journal)
        if chain:
            self.app.copy_to_clipboard(story_text(chain, self._next_step(chain)))
            self.say("Copied the newest chain.")

    def action_save_story(self) -> None:
        """Save the page as a picture."""
        self.save_picture("doors")

    # Links.

    def action_link(self) -> None:
        """Ask which win opened the one under the cursor."""
        win = self.query_one(ChainTree).win
        if win is None:
            self.action_link_any()
        else:
            self._links.ask(win, earlier=True)

    def action_link_later(self) -> None:
        """Ask which win the one under the cursor opened."""
        win = self.query_one(ChainTree).win
        if win is not None:
            self._links.ask(win, earlier=False)

    def action_link_any(self) -> None:
        """Ask for a win, then for the one that opened it."""
        self._links.ask_both()

    def action_unlink(self) -> None:
        """Remove the link to the win that opened the one under the cursor."""
        win = self.query_one(ChainTree).win
        if win is not None and win.opened_by is not None:
            self.post_message(
                self.Edited("unlink a win", edits.link_win(win.id, None, self.now()), done="Link removed")
            )

    def navigate_to(self, wanted: Page.Navigate) -> None:
        """Put the cursor on the win that is asked for; a page that is shown for the first time is not there yet."""
        self._wanted = wanted.win or ""
        if wanted.win is not None and self.is_mounted:
            self.query_one(ChainTree).go_to(wanted.win)
