"""Where a person stands in a review, and how that is shown; what they do about it is in `review`."""

from datetime import date
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from data.model.journal import Journal
from data.model.records import Changes, Review
from data.review import agenda, reviews
from data.review.agenda import Agenda, ReviewState
from data.review.reviews import REVEALED, REVIEW_PARTS, Position
from tui.pages.page import Page
from tui.pages.review.close import CloseView
from tui.pages.review.look_back import LookView
from tui.pages.review.next_step import NextView
from tui.pages.review.past import PastView
from tui.pages.review.recall import EntryView, StepView
from tui.pages.review.sort import SortView
from tui.pages.review.start import PART_NAMES, StartView
from tui.pages.review.view import View, week_in_words
from widgets.bars.top_bar import TopBar
from widgets.review.progress import Progress, Stage

Shown = TypeVar("Shown", bound=Widget)


class ReviewStand(Page):
    """The way into a review, the position of a running one, or a past one, as the journal has it.

    A key acts on where the person stands now, so the position moves at once and is saved along with the answer; the
    journal that comes back only says otherwise after an undo, or when another program changed the review.
    """

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name=name)
        self._week: date | None = None
        self._past: date | None = None
        self._position = Position()
        self._sent: list[str] = []
        self._keys: object = None
        self._agenda: tuple[tuple[object, ...], Agenda] | None = None

    def compose_page(self) -> ComposeResult:
        """Yield the progress, room for one part, and a line for what was just done."""
        yield Progress()
        yield Container(id="body")
        yield Static(id="said")

    async def on_mount(self) -> None:
        """Show the way in."""
        await self._bring()

    async def watch_journal(self) -> None:
        """Show what changed."""
        await self._bring()

    async def watch_today(self) -> None:
        """Show it as seen from the new day."""
        await self._bring()

    async def watch_settings(self) -> None:
        """Weeks may start on another day, and reviews be on another one."""
        await self._bring()

    # Where the person stands.

    @property
    def running(self) -> bool:
        """Whether a review is being answered."""
        return self._week is not None and self._review() is not None

    @property
    def view(self) -> Widget | None:
        """The part that is shown."""
        return next((view for view in self.query_one("#body").children if view.display), None)

    def _review(self) -> Review | None:
        return reviews.find_review(self.journal, self._week) if self._week else None

    def _plan(self) -> Agenda:
        """Return what the review asks; it reads every win, so once for each journal."""
        given = (self.journal, self._week, self.today, self.settings)
        if self._agenda is None or any(old is not new for old, new in zip(self._agenda[0], given, strict=True)):
            review = self._review()
            assert review is not None  # noqa: S101 - asked only while running
            self._agenda = (given, agenda.build_agenda(self.journal, review, self.today, self.settings))
        return self._agenda[1]

    def _desk(self) -> ReviewState:
        return ReviewState(self.journal, self._plan(), self._position, self.today, self.settings)

    def set_journal(self, journal: Journal, changes: Changes) -> None:
        """Show another journal, and go where its review stands unless answers of ours are still on their way."""
        super().set_journal(journal, changes)
        review = self._review()
        if review is None:
            self._sent.clear()
        if review is not None and review.position in self._sent:
            del self._sent[: self._sent.index(review.position) + 1]
        elif review is not None and not self._sent:
            self._stand(agenda.resume_position(self._plan()))

    def _stand(self, position: Position) -> None:
        """Stand somewhere else."""
        if position != self._position:
            self._position = position
            self.call_later(self._bring)

    # Showing it.

    async def _bring(self) -> None:
        """Bring the page up to date with the journal and the position."""
        if not self.query("#body"):
            return  # the journal is bound down before the page is composed
        past = reviews.find_review(self.journal, self._past) if self._past else None
        if self.running:
            await self._bring_part()
        elif past is not None:
            pages = await self._part(PastView)
            pages.show(self.journal, past, self.today, self.settings)
            self._put(pages)
        else:
            start = await self._part(StartView)
            start.show(self.journal, self.settings, self.today)
            self._put(start)
        self.query_one(Progress).display = self.running
        self._blind()
        self._say_keys()

    def _blind(self) -> None:
        """Leave the figures out of the bar while a look-back is asked: with few wins they tell the old verdict."""
        blind = self.running and self._position.part == "look" and self._position.question != REVEALED
        self.query_one(TopBar).headline = "" if blind else self.headline

    def watch_headline(self) -> None:
        """The bar has taken other figures over; see whether it may show them."""
        if self.query("#body"):
            self.call_after_refresh(self._blind)

    def _say_keys(self) -> None:
        """Draw the line of keys anew when other keys do something; it costs more than the rest of an answer."""
        view = self.view
        keys = (type(view), view.alive() if isinstance(view, View) else None)
        if keys != self._keys:
            self._keys = keys
            self.refresh_bindings()

    async def _bring_part(self) -> None:
        if self._position.item not in (position.item for position in self._plan().positions):
            self._position = agenda.nearest_position(self._plan(), self._position)  # it was removed in another window
        kind = self._kind()
        view = await self._part(kind)
        if not self.running or self._kind() is not kind:
            return  # somebody went on while it was mounted, and that is shown by now
        state = self._desk()
        view.show(state)
        self._put(view)
        progress = self.query_one(Progress)
        progress.title = f"Review · {week_in_words(state.agenda.review.week)}"
        progress.stages = stages(state.agenda, self._position)

    def _kind(self) -> type[View]:
        match self._position.part:
            case "recall":
                return StepView if self._position.item else EntryView
            case "sort":
                return SortView
            case "look":
                return LookView
            case "next":
                return NextView
            case _:
                return CloseView

    async def _part(self, kind: type[Shown]) -> Shown:
        """Return one part; it is mounted the first time, unseen until it has something to show."""
        body = self.query_one("#body")
        found = next((view for view in body.children if isinstance(view, kind)), None)
        if found is None:
            found = kind()
            found.display = False
            await body.mount(found)
        return found

    def _put(self, part: Widget) -> None:
        """Show one part and hide the others."""
        for view in self.query_one("#body").children:
            view.display = view is part

    def _say(self, text: str | Content = "") -> None:
        self.query_one("#said", Static).update(Content(text) if isinstance(text, str) else text)


def stages(plan: Agenda, position: Position) -> tuple[Stage, ...]:
    """Return the five parts as the progress draws them."""
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
    )


def _count(plan: Agenda, position: Position) -> str:
    items = list(dict.fromkeys(one.item for one in plan.positions if one.part == position.part and one.item))
    return f"{items.index(position.item) + 1} of {len(items)}" if position.item in items else ""


def _is_done(plan: Agenda, part: str, *, passed: bool) -> bool:
    positions = [one for one in plan.positions if one.part == part and one.item]
    return all(agenda.is_answered(plan, one) for one in positions) and (passed or bool(positions))
