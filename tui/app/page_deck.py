"""The pages that were made: the open one is told of each change, the others when they are back."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from textual.app import App

from data.base.formatting import day_month
from data.base.weeks import week_of
from data.model.journal import combine_changes
from data.model.records import Changes
from tui.app.host import Shown
from tui.app.page_registry import PAGES, make_page
from tui.pages.page import Page
from widgets.bars.top_bar import Tab

_FRAME: Final = 1 / 60
"""Seconds."""


class PageDeck:
    """The pages, and what each was told.

    Args:
        app: Shows them.
        shown: Returns what the app shows.
        prepare: Hands a new page what it may ask for.
        state_file: Where pages keep what they were showing, or None.
    """

    def __init__(
        self,
        app: App[None],
        shown: Callable[[], Shown],
        prepare: Callable[[Page], None],
        state_file: Path | None = None,
    ) -> None:
        self._app = app
        self._shown = shown
        self._state_file = state_file
        self._prepare = prepare
        self._pages: dict[str, Page] = {}
        self._missed: dict[str, list[Changes]] = {}

    def make(self, name: str) -> Page:
        """Return a new page that shows what the app shows."""
        page = make_page(name)
        shown = self._shown()
        page.set_reactive(Page.journal, shown.journal)
        page.set_reactive(Page.settings, shown.settings)
        page.set_reactive(Page.today, shown.day)
        self._prepare(page)
        page.state_file = self._state_file
        page.tabs, page.waiting = _tabs(shown.waiting), shown.waiting
        self._pages[name] = page
        self._missed[name] = []
        page.apply_breakpoints(self._app.size)
        self._app.call_after_refresh(self.update_bar)  # counting weeks can wait until the cards are there
        return page

    @property
    def page(self) -> Page:
        """The page that is open, below any dialog."""
        page = self._app.screen_stack[0]
        assert isinstance(page, Page)  # noqa: S101 - every mode's first screen is one
        return page

    def select(self, win: str) -> None:
        """Put the cursor on a win, on each page that has one, also where it is shown later."""
        for page in self._pages.values():
            page.select(win)

    def changed(self, changes: Changes) -> None:
        """Take note of a change of the journal."""
        for missed in self._missed.values():
            missed.append(changes)

    def catch_up(self) -> None:
        """Tell the open page what it missed."""
        shown, page = self._shown(), self.page
        missed, self._missed[page.name] = self._missed[page.name], []
        if missed:
            page.set_journal(shown.journal, combine_changes(missed))
        page.today, page.settings = shown.day, shown.settings
        # The figures above follow one frame later: the cards are what the person looks at.
        self._app.set_timer(_FRAME, self.update_bar)

    def update_bar(self) -> None:
        """Say in the bar of the open page where the person stands."""
        if not self._app.screen_stack:
            return  # it may be asked for while the app is closing
        from data.figures import momentum, sentences  # noqa: PLC0415 - the bar is filled after the first frame

        shown, page = self._shown(), self.page
        days, half_life, week_start = shown.journal.days, shown.settings.half_life, shown.settings.week_start
        series = momentum.week_series(days, shown.day, half_life, week_start)
        week = week_of(shown.day, week_start)
        page.tabs, page.waiting = _tabs(shown.waiting), shown.waiting
        said = (f"week of {day_month(week)}", shown.sync, sentences.describe_headline(series))
        page.headline = "    ".join(filter(None, said))
        page.notice = shown.notice
        page.invitation = shown.invitation


def _tabs(waiting: int | None) -> tuple[Tab, ...]:
    return tuple(Tab(key, title, name, waiting or 0 if name == "review" else 0) for key, name, title in PAGES)
