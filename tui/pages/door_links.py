"""Links between wins, made from any page: which win opened this one, and which it opened."""

from collections.abc import Callable

from data.base.text import clean_line
from data.figures.sentences import describe_loop
from data.model import edits
from data.model.doors import find_loop
from data.model.journal import Journal
from data.model.records import Win
from tui.pages.page import Page


class DoorLinks:
    """Asks for the other win of a link, offers only those that can be right, and has the link made.

    Args:
        page: The page that asks.
        linked: Called with the id of the win that was linked to the one that opened it.
    """

    def __init__(self, page: Page, linked: Callable[[str], object]) -> None:
        self._page = page
        self._linked = linked

    def ask_opener(self, win: Win) -> None:
        """Ask which win opened this one: an earlier one, or none."""
        earlier = self._some(lambda other: other.happened_on <= win.happened_on and other.id != win.id)
        title = f"Which win opened “{clean_line(win.title)}”?"
        self._ask(earlier, title, lambda opener: self.link(win.id, opener))

    def ask_opened(self, win: Win) -> None:
        """Ask which win this one opened: a later one."""
        later = self._some(lambda other: other.happened_on >= win.happened_on and other.id != win.id)
        title = f"Which win did “{clean_line(win.title)}” open?"
        self._ask(later, title, lambda opened: self.link(opened, win.id) if opened else None)

    def ask_both(self) -> None:
        """Ask for a win, then for the one that opened it."""
        journal = self._page.journal
        later = "Which win came from another?"
        self._ask(journal, later, lambda chosen: self.ask_opener(journal.wins[chosen]) if chosen else None)

    def _ask(self, journal: Journal, title: str, chosen: Callable[[str], None]) -> None:
        from tui.dialogs.win_picker import WinPicker  # noqa: PLC0415 - dialogs are imported when they open

        picker = WinPicker(journal, title=title)
        self._page.app.push_screen(picker, lambda key: chosen(key) if key is not None else None)

    def _some(self, fits: Callable[[Win], bool]) -> Journal:
        """Return the journal with only the wins that can be the answer."""
        return Journal.of(*(win for win in self._page.journal.live() if fits(win)))

    def link(self, identity: str, opener: str) -> None:
        """Link a win to the one that opened it, or to none with ""."""
        page = self._page
        loop = find_loop(page.journal, identity, opener) if opener else ()
        if loop:
            text = f"{self.spell(loop)}. Choose an earlier win, or none."
            page.notify(text, title="That link would create a loop", severity="error", markup=False, timeout=12)
            return
        page.post_message(page.Edited("link a win", edits.link_win(identity, opener or None, page.now())))
        page.say(f"{'Linked' if opener else 'Link removed'} · u undoes")
        self._linked(identity)

    def spell(self, loop: tuple[str, ...]) -> str:
        """Return the titles of a loop, cleaned."""
        wins = self._page.journal.wins
        return describe_loop(win.title for key in loop if (win := wins.get(key)) is not None)
