"""Where a person stands in a review, and how that is shown; what they do about it is in `page`."""

from datetime import date
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from data.model.records import Review
from data.review import agenda, reviews
from data.review.agenda import Agenda, ReviewState, review_state
from data.review.reviews import REVEALED, REVIEW_PARTS, Position
from tui.pages.page import Page
from tui.pages.review.back import BackView
from tui.pages.review.close import CloseView
from tui.pages.review.key_gate import KeyGate
from tui.pages.review.look_back import LookView
from tui.pages.review.next_step import NextView
from tui.pages.review.past import PastView
from tui.pages.review.recall import RECALL_DRAFT, EntryView, StepView
from tui.pages.review.sort import SortView
from tui.pages.review.start import PART_NAMES, StartView
from tui.pages.review.view import View, week_in_words
from widgets.bars.top_bar import TopBar
from widgets.review.progress import Progress, Stage

_ViewType = TypeVar("_ViewType", bound=Widget)


class ReviewScreen(Page):
    """The start of a review, the question of a running one, or a past one, as the journal has it.

    Where a review stands is in the journal, and nowhere else: an answer changes it there, as undo does, or another
    program, and what comes back is shown.

    Attributes:
        week: The week of the running review, or None.
        past_week: The week of the review that is read again, or None.
        gate: Knows which keys count by now.
    """

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name=name)
        self.week: date | None = None
        self.past_week: date | None = None
        self.gate = KeyGate()
        self._body = Container(id="body")
        self._keys: object = None
        self._state: tuple[tuple[object, ...], ReviewState] | None = None

    def compose_page(self) -> ComposeResult:
        """Yield the progress, and room for one part."""
        yield Progress()
        yield self._body

    async def on_mount(self) -> None:
        """Show the start."""
        await self.refresh_content()

    async def watch_journal(self) -> None:
        """Show what changed."""
        await self.refresh_content()

    async def watch_today(self) -> None:
        """Show it as seen from the new day."""
        await self.refresh_content()

    async def watch_settings(self) -> None:
        """Weeks may start on another day, and reviews be on another one."""
        await self.refresh_content()

    # Where the person stands.

    @property
    def running(self) -> bool:
        """Whether a review is being answered."""
        return self._review() is not None

    @property
    def view(self) -> Widget | None:
        """The part that is shown; none before the page is composed."""
        return next((view for view in self._body.children if view.display), None)

    def _review(self) -> Review | None:
        return reviews.find_review(self.journal, self.week) if self.week else None

    @property
    def state(self) -> ReviewState:
        """Where the running review stands; it reads every win, so once for each journal."""
        given = (self.journal, self.week, self.today, self.settings)
        if self._state is None or any(old is not new for old, new in zip(self._state[0], given, strict=True)):
            review = self._review()
            assert review is not None  # noqa: S101 - asked only while running
            self._state = (given, review_state(self.journal, review, self.today, self.settings))
        return self._state[1]

    # Showing it.

    async def refresh_content(self) -> None:
        """Bring the page up to date with the journal and the position."""
        if not self._body.is_attached:
            return  # the journal is bound down before the page is composed
        past = reviews.find_review(self.journal, self.past_week) if self.past_week else None
        if self.running:
            await self._refresh_part()
        elif past is not None:
            pages = await self._part(PastView)
            pages.show(self.journal, past, self.today, self.settings)
            self._put(pages)
        else:
            self.gate.show(None)
            start = await self._part(StartView)
            start.show(self.journal, self.settings, self.today)
            self._put(start)
        self.query_one(Progress).display = self.running
        self._blind()
        self._say_keys()

    def _blind(self) -> None:
        """Leave the figures out of the bar while a look-back is asked: with few wins they tell the old verdict."""
        position = self.state.position if self.running else Position()
        blind = position.part == "look" and position.question != REVEALED
        self.query_one(TopBar).headline = "" if blind else self.headline

    def watch_headline(self) -> None:
        """The bar has taken other figures over; see whether it may show them."""
        if self._body.is_attached:
            self.call_after_refresh(self._blind)

    def _say_keys(self) -> None:
        """Redraw the line of keys when other keys do something; it costs more than the rest of an answer."""
        view = self.view
        keys = (type(view), view.alive() if isinstance(view, View) else None)
        if keys != self._keys:
            self._keys = keys
            self.refresh_bindings()

    async def _refresh_part(self) -> None:
        kind = self._kind()
        view = await self._part(kind)
        if not self.running or self._kind() is not kind:
            return  # somebody went on while it was mounted, and that is shown by now
        state = self.state
        view.show(state)
        self._put(view)
        self.gate.show(state.position)
        progress = self.query_one(Progress)
        progress.title = f"Review · {week_in_words(state.agenda.review.week)}"
        progress.stages = stages(state.agenda, state.position)

    def _kind(self) -> type[View]:
        match self.state.position.part:
            case "back":
                return BackView
            case "recall":
                return StepView if self.state.position.item else EntryView
            case "sort":
                return SortView
            case "look":
                return LookView
            case "next":
                return NextView
            case _:
                return CloseView

    async def _part(self, kind: type[_ViewType]) -> _ViewType:
        """Return one part; it is mounted the first time, unseen until it has something to show."""
        found = next((view for view in self._body.children if isinstance(view, kind)), None)
        if found is None:
            found = kind()
            found.display = False
            await self._body.mount(found)
            if isinstance(found, EntryView):
                found.resume(self.unfinished(RECALL_DRAFT))
        return found

    def _put(self, part: Widget) -> None:
        """Show one part and hide the others."""
        for view in self._body.children:
            view.display = view is part


def stages(plan: Agenda, position: Position) -> tuple[Stage, ...]:
    """Return the five parts as the progress draws them, and the thing that comes back while it is shown."""
    here = REVIEW_PARTS.index(position.part)
    return tuple(
        Stage(
            key=part,
            name=PART_NAMES[part],
            count=_count(plan, position),
            done=_is_done(plan, part, passed=index < here),
            here=index == here,
        )
        for index, part in enumerate(REVIEW_PARTS)
        if part != "back" or index == here
    )


def _count(plan: Agenda, position: Position) -> str:
    if position.part == "back":
        return ""  # it is one
    items = list(dict.fromkeys(one.item for one in plan.positions if one.part == position.part and one.item))
    return f"{items.index(position.item) + 1} of {len(items)}" if position.item in items else ""


def _is_done(plan: Agenda, part: str, *, passed: bool) -> bool:
    positions = [one for one in plan.positions if one.part == part and one.item]
    return all(agenda.is_answered(plan, one) for one in positions) and (passed or bool(positions))
