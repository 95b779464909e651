"""The board page: the journal's wins as cards, sorted by the person, and filtered to what they look for."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from msgspec import structs
from textual import on, work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.files.settings import Settings
from data.model.journal import Journal
from data.model.records import Win
from data.search.board_state import BoardState, save_board_state
from data.search.filters import NO_FILTER, next_period
from data.search.query import NO_MATCH, Query
from data.search.searcher import Criterion, Searcher, SearchRequest, SearchResult
from tui.pages import board_words as words
from tui.pages.board_changes import changed_wins, is_hidden
from tui.pages.board_filters import FilterChoices, chosen_filter, goal_choices, remembered, tag_choices, without
from tui.pages.challenges import Challenges
from tui.pages.door_links import DoorLinks
from tui.pages.look_around import LOOK_AROUND, look_around
from tui.pages.opened_card import OpenedCard
from tui.pages.page import Page
from tui.pages.rear_view import RearView
from widgets.bars.key_bar import Status
from widgets.board.board import Board
from widgets.board.sorted_rows import by_score

if TYPE_CHECKING:
    from widgets.bars.filter_bar import Asked, FilterBar
    from widgets.bars.search_input import SearchInput
    from widgets.review.step_line import StepLine

_TYPING_OFF: Final = frozenset({"find", "jump", "period", "goal", "tag", "link", "ease", "show_all"})
"""Keys of the page that do nothing while words are typed."""


class BoardPage(Page):
    """Where wins are sorted into real ones and cotton candy."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "find", id="board.find", key_display="/", tooltip="Search titles, stories and tags"),
        Binding("f", "jump", "jump", show=False, id="board.jump", tooltip="Jump to a card by the start of a word"),
        Binding(
            "w",
            "period",
            "period",
            show=False,
            id="board.period",
            tooltip="Filter by period: a week, 4, 12, a year",
        ),
        Binding("g", "goal", "goal", show=False, id="board.goal", tooltip="Filter by goal"),
        Binding("t", "tag", "tag", show=False, id="board.tag", tooltip="Filter by tag"),
        Binding("o", "link(True)", "opened by", show=False, id="board.opener", tooltip="Say which win opened this one"),
        Binding("O", "link(False)", "opened", show=False, id="board.opened", tooltip="Say which win this one opened"),
        Binding("backspace", "ease", "ease", show=False, id="board.ease", tooltip="Remove the last filter"),
        Binding("b", "answer", "answer", show=False, id="board.answer", tooltip="Answer what is asked about a move"),
        Binding("d", "look_around", "look around", id="board.demo", tooltip=LOOK_AROUND),
        Binding("escape", "show_all", "all", show=False, id="board.show-all", tooltip="Show all wins again"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.board = Board()
        self._bar: FilterBar | None = None
        self._step_line: StepLine | None = None
        self.state = BoardState()
        self._typed = ""
        self._searcher = Searcher()
        self._scores: dict[str, float] = {}
        self._shown, self._found = SearchRequest(), SearchResult([], {})
        self._mirror = RearView()
        self._wanted = ""
        self._links = DoorLinks(self, lambda _win: None)
        self._opened = OpenedCard(self, self.board, self._links)
        self._challenges = Challenges(self, self.board)

    def compose_page(self) -> ComposeResult:
        """Yield the board, below the open steps; the line of filters comes when there is something to say."""
        yield from self._new_step_line()
        yield self.board

    def _new_step_line(self) -> "Iterator[StepLine]":
        """Yield the line of open steps when there is a first step."""
        if self.journal.steps and self._step_line is None:
            from widgets.review.step_line import StepLine  # noqa: PLC0415 - a journal without steps does without

            self._step_line = StepLine().data_bind(BoardPage.journal, BoardPage.today)
            yield self._step_line

    def on_mount(self) -> None:
        """Show the journal there is, with the goal and the tag of the last time; a period is over with its day."""
        self.board.follow = self.settings.follow
        self.board.is_blank = not self.journal.wins
        self.state = remembered(self.state_file, self.journal)
        self._look_now()
        self.board.focus()

    @property
    def sought(self) -> SearchRequest:
        """What the filters and the search ask for."""
        return SearchRequest(self.state.filter(self.today, self.settings.week_start), Query.of(self._typed))

    def watch_journal(self, before: Journal, after: Journal) -> None:
        """Show what changed, or everything when a goal did or a search is on its way."""
        self._challenges.follow(after)
        if bool(before.wins) != bool(after.wins):
            self.board.is_blank = not after.wins
            self.refresh_bindings()
        for line in self._new_step_line() if self.board.is_attached else ():
            self.mount(line, before=self.board)
        pairs = [*changed_wins(before, after, self.changes)]
        fitting = [(self._fits(old, before), self._fits(new, after)) for old, new in pairs]
        if any(map(is_hidden, pairs, fitting)):
            self.key_bar.status = words.HIDDEN if self._shown else words.IN_MIRROR
        if before.goals is not after.goals or self.sought != self._shown:
            self._look()
            return
        self._mirror.count += sum(self._is_mirrored(new, after) - self._is_mirrored(old, before) for old, new in pairs)
        self.board.update(fitting, opens=after.opens, goals=after.goals, today=self.today)
        self._say_count()
        self._go_to_wanted()

    def select(self, win: str) -> None:
        """Put the cursor on a win, now or once it is shown."""
        self._wanted = win
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        wanted = self.journal.wins.get(self._wanted)
        if wanted is not None and self.board.point_at(wanted):
            self._wanted = ""

    def watch_waiting(self) -> None:
        """Say how many of the unsorted wins wait, beside how many there are."""
        self._say_count()

    def watch_invitation(self, invitation: str) -> None:
        """Invite to the review on its day, while nothing was just done."""
        self.key_bar.resting = Status(invitation, "go('review')", "begins", words.short_invitation(invitation))

    def _fits(self, win: Win | None, journal: Journal) -> Win | None:
        """Return a win if it is shown; while it is, it keeps its place in a search."""
        if win is None or self._is_mirrored(win, journal):
            return None
        score = self._shown.score(win)
        if self._shown.query.words and score:
            self._scores.setdefault(win.id, score)
        return win if score != NO_MATCH else None

    def _is_mirrored(self, win: Win | None, journal: Journal) -> bool:
        """Return whether a win has left the board; what is looked for is shown all the same."""
        return not self._shown and self._mirror.hides(win, journal)

    @on(Board.MirrorToggled)
    def _toggle_mirror(self) -> None:
        self._mirror.toggle()
        self._look_now()

    def watch_today(self, _today: date) -> None:
        """Say dates, and count periods, as seen from the new day."""
        self._look()

    def watch_settings(self, settings: Settings) -> None:
        """Let the focus follow a card, or stay; weeks that start on another day make another period."""
        self.board.follow = settings.follow
        if self.sought != self._shown:
            self._look()

    def _look(self) -> None:
        """Show what is sought; a search through many wins is done beside the screen."""
        if not self.sought:
            self._look_now()
        elif self._searcher.request(self.journal, self.sought):
            # Behind the letter itself: the thread would take every other turn from drawing it.
            self.call_after_refresh(self._seek)

    def _look_now(self) -> None:
        sought = self.sought
        found = self._searcher.search(self.journal, sought)  # a search that is left has listed the wins already
        self._searcher.forget()
        if found is not None:
            self._show(sought, found)

    @work(thread=True, group="seek")
    def _seek(self) -> None:
        self._searcher.run(partial(self.call_later, self._search_ended))

    def _search_ended(self, journal: Journal, sought: SearchRequest, found: SearchResult) -> None:
        if sought == self.sought:
            if journal is self.journal:
                self._show(sought, found)
            else:
                self._look()

    def _show(self, sought: SearchRequest, found: SearchResult) -> None:
        self._shown, self._scores, self._found = sought, found.scores, found
        self._mirror.weeks, self._mirror.today = self.settings.mirror_weeks, self.today
        journal = self.journal
        relaxed = tuple((self._criterion(part), count) for part, count in found.relaxed)
        instead = words.NOTHING_HERE if found.wins else words.no_match_text(relaxed, journal.total)
        self.board.teach(instead if sought and journal.days else None)
        there = self._mirror.leave(found.wins, journal, looks_for=bool(sought))
        self.board.fade(self._mirror.is_faded)
        self.board.highlight(sought.query.words)
        self.board.show(there, opens=journal.opens, goals=journal.goals, today=self.today, order=by_score(found.scores))
        if found.wins and sought.query.words:
            self.board.show_first()
            self.board.point_at(found.wins[0])
        else:
            self._go_to_wanted()
        self._say_count()

    def _criterion(self, part: Criterion) -> str:
        return words.criterion_name(part, self.state, self._typed, self.journal, self.today)

    def _say_count(self) -> None:
        self.board.foot = self._mirror.text
        parts = self.sought.criteria()
        self.board.waiting = None if parts else self.waiting
        if not parts and self._bar is None:
            return
        asking = self.asked == "find"
        chips = [(part, self._criterion(part)) for part in parts if not (asking and part == "search")]
        shown = sum(len(column.cards.rows) for column in self.board.columns)
        self.call_later(self.bar.show, chips, words.count_text(self._found, shown, self.journal.total) if parts else "")

    @property
    def asked(self) -> "Asked | None":
        """What is typed now: a search, the start of a title to jump to, or None."""
        return self._bar.asked if self._bar is not None else None

    @property
    def bar(self) -> "FilterBar":
        """The line of filters, put below the board when it is first asked for."""
        from widgets.bars.filter_bar import FilterBar  # noqa: PLC0415 - the first frame does without

        if self._bar is None:
            self._bar = FilterBar()
            self.mount(self._bar, after=self.board)
        return self._bar

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out keys of the page while words are typed, and those that do nothing without a win, or with one."""
        typing = self.asked is not None and action in _TYPING_OFF
        off = typing or action == ("look_around" if self.journal.wins else "find")
        return False if off else super().check_action(action, parameters)

    def action_look_around(self) -> None:
        """Show the demo to who has nothing to sort yet."""
        self.say(look_around(self.app))

    def action_find(self) -> None:
        """Type what to search for."""
        self.bar.ask("find", self._typed)
        self._say_count()

    def action_jump(self) -> None:
        """Type the start of a word to jump to."""
        self.bar.ask("jump")

    def on_search_input_query_typed(self, message: "SearchInput.QueryTyped") -> None:
        """Search, or jump, with each letter."""
        if self.asked == "jump":
            self.board.jump(message.text)
        elif self.asked == "find":
            self._typed = message.text
            self._look()

    def on_search_input_match_stepped(self, message: "SearchInput.MatchStepped") -> None:
        """Go to another match."""
        if self.asked == "jump":
            self.board.jump(self.bar.text, message.direction)
        else:
            self.board.action_step(message.direction)

    def on_search_input_query_left(self, message: "SearchInput.QueryLeft") -> None:
        """Go back to the cards."""
        asked = self.asked
        self.bar.close()
        typed = message.text if message.keep else ""
        if asked == "jump":
            self.board.jump(typed)
        elif asked == "find" and typed != self._typed:
            self._typed = typed
            self._look()
        self._say_count()
        self.board.focus()

    def action_show_all(self) -> None:
        """Drop what is asked about a move, else all filters and the search; without any, the key is for others."""
        if self._challenges.drop():
            return
        if not self.sought:
            raise SkipAction
        if self.state.since is not None:  # a week or a day that Momentum led to
            self.post_message(self.Navigate("momentum"))
        self._typed = ""
        self._set(BoardState())

    def action_ease(self) -> None:
        """Take the last filter off."""
        if parts := self.sought.criteria():
            self._ease(parts[-1])

    def on_filter_bar_filter_removed(self, message: "FilterBar.FilterRemoved") -> None:
        """Take a filter off whose chip was clicked."""
        self._ease(next(part for part in self.sought.criteria() if part == message.key))

    def _ease(self, part: Criterion) -> None:
        if part == "search":
            self._typed = ""
            self._look()
        else:
            self._set(without(self.state, part))

    def _set(self, state: BoardState) -> None:
        """Filter by this from now on, by the goal and the tag also after a restart."""
        self.state = state
        self._look()
        if self.state_file is not None:
            self._keep(self.state_file, BoardState(goal=state.goal, tag=state.tag))

    @work(thread=True, group="state")
    def _keep(self, path: Path, state: BoardState) -> None:
        save_board_state(path, state)

    def action_period(self) -> None:
        """Show the next longer period."""
        self._set(structs.replace(self.state, period=next_period(self.state.period), since=None, until=None))

    def action_goal(self) -> None:
        """Choose a goal to show."""
        self._choose("goal", goal_choices(self.journal), self.state.goal or "")

    def action_tag(self) -> None:
        """Choose a tag to show."""
        self._choose("tag", tag_choices(self.journal), self.state.tag)

    def _choose(self, part: Criterion, choices: FilterChoices, current: str) -> None:
        from tui.dialogs.choose import Choose  # noqa: PLC0415 - dialogs are imported when they open

        def chosen(key: str | None) -> None:
            if key is not None:
                self._set(chosen_filter(self.state, part, key))

        self.app.push_screen(Choose(f"Filter by {part}", choices, current), chosen)

    def navigate_to(self, wanted: Page.Navigate) -> None:
        """Show the period, the goal and the tag that were asked for, and put the cursor on the win."""
        if wanted.period is not None or wanted.chosen is not None:
            self._typed = ""
            since, until = wanted.period or (None, None)
            chosen = wanted.chosen or NO_FILTER
            self._set(BoardState(since=since, until=until, goal=chosen.goal, tag=chosen.tag))
            self._look_now()
        win = self.journal.wins.get(wanted.win or "")
        if win is not None and not self.board.point_at(win):
            self._typed, self._mirror.is_open = "", True
            self._set(BoardState())
            self.board.point_at(win)
        self.board.focus()

    def action_link(self, earlier: bool) -> None:  # noqa: FBT001 - a binding gives values
        """Ask which win opened the one under the cursor, or which it opened."""
        if self.board.win is not None:
            self._links.ask(self.board.win, earlier=earlier)

    @on(Board.CardOpened)
    def _open(self, message: Board.CardOpened) -> None:
        self._opened.open(message.id)

    @on(Board.CardEditRequested)
    def _edit(self, message: Board.CardEditRequested) -> None:
        self.post_message(self.EditRequested(message.id))

    @on(Board.CardsMoved)
    def _moved(self, message: Board.CardsMoved) -> None:
        from data.model.edits import set_verdict  # noqa: PLC0415 - not needed at the start

        move, label = set_verdict(message.ids, message.verdict, self.now()), words.MOVE_LABELS[message.verdict]
        self.post_message(self.Edited(label, move, done=words.moved_text(message.ids, message.verdict)))
        self._challenges.moved(message.ids, move)

    def action_answer(self) -> None:
        """Answer what is asked about a move."""
        self._challenges.answer()

    @on(Board.CardsTrashed)
    def _trashed(self, message: Board.CardsTrashed) -> None:
        from data.model.edits import trash_wins  # noqa: PLC0415 - as above

        done = f"{len(message.ids):,} moved to the trash"
        self.post_message(self.Edited("move to the trash", trash_wins(message.ids, self.now()), done=done))
