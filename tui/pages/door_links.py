"""Links between wins, made from any page: which win opened this one, and which it opened."""

from collections.abc import Callable, Sequence

from data.base.text import clean_line
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

    def ask(self, win: Win, *, earlier: bool) -> None:
        """Ask which win opened this one, or which it opened."""
        (self.ask_opener if earlier else self.ask_opened)(win)

    def ask_opener(self, win: Win) -> None:
        """Ask which win opened this one: an earlier one, or none where there is one already."""
        from data.model.doors import possible_openers  # noqa: PLC0415 - not needed at the start

        title = f"Which win opened “{clean_line(win.title)}”?"
        openers = possible_openers(self._page.journal, win.happened_on, win.id)
        self._ask(openers, title, lambda opener: self._link(win.id, opener), none=win.opened_by is not None)

    def ask_opened(self, win: Win) -> None:
        """Ask which win this one opened: a later one."""
        from data.model.doors import possible_doors  # noqa: PLC0415 - as above

        title = f"Which win did “{clean_line(win.title)}” open?"
        self._ask(possible_doors(self._page.journal, win), title, lambda opened: self._link(opened, win.id))

    def ask_both(self) -> None:
        """Ask for a win, then for the one that opened it."""
        journal = self._page.journal
        first = min(journal.live(), key=lambda win: (win.happened_on, win.created_at), default=None)
        later = [win for win in journal.live() if win is not first]
        self._ask(later, "Which win came from another?", lambda chosen: self.ask_opener(journal.wins[chosen]))

    def _ask(self, wins: Sequence[Win], title: str, chosen: Callable[[str], None], *, none: bool = False) -> None:
        from tui.dialogs.win_picker import WinPicker  # noqa: PLC0415 - dialogs are imported when they open

        if not (wins or none):
            self._page.say("No other win can be linked here: what opened a win can't be later than it.")
            return
        picker = WinPicker(wins, title=title, none=none)
        self._page.app.push_screen(picker, lambda key: chosen(key) if key is not None else None)

    def _link(self, identity: str, opener: str) -> None:
        """Link a win to the one that opened it, or to none with ""."""
        from data.model.edits import link_win  # noqa: PLC0415 - as above

        page = self._page
        edit = link_win(identity, opener or None, page.now())
        page.post_message(page.Edited("link a win", edit, done="Linked" if opener else "Link removed"))
        self._linked(identity)
