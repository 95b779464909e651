"""The weekly review: five parts, one question at a time, saved at each answer."""

from datetime import date
from typing import ClassVar, Final, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from data import agenda, answering, edits, reviews, steps
from data.agenda import Agenda, Desk
from data.answering import DONE, Move
from data.edits import Edit
from data.errors import SmallWinsError
from data.journal import Journal
from data.judgement import judgement
from data.models import Changes, Review
from data.reviews import PARTS, TOLD, VERDICT, Place
from data.text import clean_line
from tui.page import Page
from tui.screens.review_close import CloseView
from tui.screens.review_look import LookView
from tui.screens.review_next import NextView
from tui.screens.review_past import MARKS, PastView
from tui.screens.review_recall import EntryView, StepView
from tui.screens.review_sort import SortView
from tui.screens.review_start import NAMES, StartView
from tui.screens.review_view import View, week_in_words
from widgets.progress import Progress, Stage
from widgets.topbar import TopBar

LAST_DIGIT: Final = 5
Shown = TypeVar("Shown", bound=Widget)


class ReviewPage(Page):
    """The way into a review, a running review, or a past one.

    A key acts on where the person stands now, so `place` moves at once and is saved along with the answer; the journal
    that comes back only says otherwise after an undo, or when another program changed the review.
    """

    AUTO_FOCUS = ""
    CSS_PATH = "review.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (18, "-short"), (23, "-tall"), (36, "-high")]  # noqa: RUF012 - as App has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "answer(1)", "answer", key_display="1-5", id="review.1", tooltip="Answer the question"),
        *(Binding(str(n), f"answer({n})", "answer", id=f"review.{n}", show=False) for n in range(2, LAST_DIGIT + 1)),
        *(Binding(str(n), "nothing", "", id=f"review.no{n}", show=False) for n in range(1, LAST_DIGIT + 1)),
        Binding("s", "skip", "skip", id="review.skip", tooltip="Go on without an answer"),
        Binding("enter", "go_on", "go on", id="review.on", show=False, tooltip="Go on"),
        Binding("backspace", "back", "back", key_display="⌫", id="review.back", tooltip="Back to the question before"),
        Binding("f", "mode", "quick", id="review.mode", tooltip="Ask three questions a win, or all six"),
        Binding("v", "verdict", "verdict", id="review.verdict", show=False, tooltip="Straight to the verdict"),
        Binding(
            "greater_than_sign",
            "part(1)",
            "next",
            key_display=">",
            id="review.part",
            tooltip="On to the next part",
        ),
        Binding(
            "less_than_sign",
            "part(-1)",
            "part before",
            key_display="<",
            id="review.part_before",
            show=False,
            tooltip="To the part before",
        ),
        Binding("escape", "leave", "leave", id="review.leave", tooltip="Leave the review; all is kept"),
    ]

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name=name)
        self._week: date | None = None
        self._past: date | None = None
        self._place = Place()
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

    def arrive(self, wanted: Page.Wanted) -> None:  # noqa: ARG002 - a review needs no win to begin
        """Begin the review that is due, or go on with it; one that is done already is only shown as such."""
        week = reviews.what_is_due(self.journal, self.settings, self.today).week
        review = reviews.find_review(self.journal, week)
        if review is None or review.finished_at is None:
            self.call_later(self.begin, week)

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
            self._agenda = (given, agenda.agenda(self.journal, review, self.today, self.settings))
        return self._agenda[1]

    def _desk(self) -> Desk:
        return Desk(self.journal, self._plan(), self._place, self.today, self.settings)

    def take(self, journal: Journal, changes: Changes) -> None:
        """Show another journal, and go where its review stands unless answers of ours are still on their way."""
        super().take(journal, changes)
        review = self._review()
        if review is None:
            self._sent.clear()
        if review is not None and review.position in self._sent:
            del self._sent[: self._sent.index(review.position) + 1]
        elif review is not None and not self._sent:
            self._stand(agenda.resume(self._plan()))

    def _stand(self, place: Place) -> None:
        """Stand somewhere else."""
        if place != self._place:
            self._place = place
            self.call_later(self._bring)

    # Showing it.

    async def _bring(self) -> None:
        """Bring the page up to date with the journal and the place."""
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
        blind = self.running and self._place.part == "look" and self._place.question != TOLD
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
        if self._place.item not in (stop.item for stop in self._plan().stops):
            self._place = agenda.nearest(self._plan(), self._place)  # it was removed in another window
        desk = self._desk()
        view = await self._part(self._kind())
        view.show(desk)
        self._put(view)
        progress = self.query_one(Progress)
        progress.title = f"Review · {week_in_words(desk.plan.review.week)}"
        progress.stages = stages(desk.plan, self._place)

    def _kind(self) -> type[View]:
        match self._place.part:
            case "recall":
                return StepView if self._place.item else EntryView
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

    # Going somewhere.

    def begin(self, week: date) -> None:
        """Begin the review of a week, or go on with it."""
        self._week, self._past = week, None
        self._sent.clear()
        if self._review() is None:
            self._change("begin the review", reviews.start_review(reviews.new_review(self.journal, week, self.now())))
        if self.running:
            self._place = agenda.resume(self._plan())
        self.call_later(self._bring)

    def _change(self, label: str, edit: Edit) -> bool:
        """Show a change at once and post it; the app says so when it can't be made, and then nothing moves."""
        try:
            self.set_reactive(Page.journal, self.journal.apply(edit(self.journal)))
        except SmallWinsError:
            return False
        finally:
            self.post_message(self.Edited(label, edit))
        return True

    async def _go(self, move: Move | None, said: str | Content = "") -> None:
        """Make a move: the answer is saved with the place it leads to."""
        self._keep_note()
        if move is None or not self._change(move.label, move.edit):
            return
        if (review := self._review()) is not None:
            self._sent.append(review.position)
        self._place = move.to
        self._say("" if move.to.part == "look" else said)
        await self._bring()

    def _keep_note(self) -> None:
        """Keep what was typed into the note and not saved yet."""
        note = self.view.changed_note() if isinstance(self.view, CloseView) else None
        if note is not None and self._week is not None:
            self._change("note", reviews.set_note(self._week, note, self.now()))

    async def action_answer(self, key: int) -> None:
        """Answer the question."""
        await self._answer(key)

    async def _answer(self, key: int) -> None:
        if isinstance(self.view, StepView) and key == DONE:
            self.view.word()
            return
        said = self._judged(self._place, key) if self._place.question == VERDICT else ""
        await self._go(answering.answer(self._desk(), key, self.now()), said)

    def _judged(self, place: Place, key: int) -> Content:
        win, given = self.journal.wins[place.item], judgement(key)
        return Content.assemble(MARKS[given.verdict], (f"{given.words} · ", "bold"), clean_line(win.title))

    def action_nothing(self) -> None:
        """A digit that answers nothing here must not leave the review either."""

    async def action_skip(self) -> None:
        """Go on without an answer."""
        await self._go(answering.pass_on(self._desk(), self.now()))

    async def action_go_on(self) -> None:
        """Go on; on a past review, open it again."""
        if self.running:
            await self.action_skip()
        elif self._past is not None:
            self.begin(self._past)

    async def action_back(self) -> None:
        """Go to the question before."""
        await self._go(answering.go_back(self._desk(), self.now()))

    async def action_verdict(self) -> None:
        """Go straight to the verdict."""
        await self._go(answering.to_verdict(self._desk(), self.now()))

    async def action_mode(self) -> None:
        """Ask three questions a win, or six."""
        desk = self._desk()
        said = "Six questions a win, two a test." if desk.plan.quick else "Three questions a win, one a test."
        await self._go(answering.change_mode(desk, self.now()), said)

    async def action_part(self, by: int) -> None:
        """Go to the next part that has anything, or the one before."""
        desk = self._desk()
        await self._go(answering.to_part(desk, agenda.part_from(desk.plan, desk.place, by), self.now()))

    async def action_leave(self) -> None:
        """Leave a running review, or a past one."""
        self._keep_note()
        self._week = self._past = None
        self._say()
        await self._bring()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which keys do something now; the digits are the app's again once the review is left."""
        match action:
            case "answer" | "nothing" | "skip" | "verdict" | "mode":
                answering_now = self.running and isinstance(self.view, View) and action in self.view.alive()
                return answering_now if action != "nothing" else self.running
            case "back" | "part":
                return self.running
            case "go_on":
                return self.running or self._past is not None
            case "leave":
                return self.running or self._past is not None
        return super().check_action(action, parameters)

    # What the parts say.

    @on(View.Answered)
    async def _answered(self, event: View.Answered) -> None:
        await self._answer(event.key)

    @on(View.Passed)
    async def _passed(self) -> None:
        await self.action_skip()

    @on(StepView.Done)
    async def _step_done(self, event: StepView.Done) -> None:
        await self._go(answering.finish_step(self._desk(), event.title, self.now()), "Done, and written down as a win.")

    @on(EntryView.Entered)
    async def _entered(self, event: EntryView.Entered) -> None:
        win = edits.new_win(event.title, happened_on=event.day, now=self.now())
        await self._go(answering.enter(self._desk(), win, self.now()))

    @on(NextView.Planned)
    async def _planned(self, event: NextView.Planned) -> None:
        view = self.query_one(NextView)
        try:
            words = steps.wording(event.cue, event.act)
            move = answering.plan_step(self._desk(), words, event.from_win, self.now())
        except SmallWinsError as error:
            view.complain(str(error))
            return
        view.clear()
        await self._go(move, Content(f"Planned: {words}."))

    @on(CloseView.Noted)
    def _noted(self, event: CloseView.Noted) -> None:
        if self._week is not None:
            self._change("note", reviews.set_note(self._week, event.note, self.now()))

    @on(CloseView.Finished)
    async def _finished(self, event: CloseView.Finished) -> None:
        week, now = self._plan().review.week, self.now()
        done = edits.together(reviews.set_note(week, event.note, now), reviews.finish_review(week, now))
        if self._change("finish the review", done):
            self._week = None
            self._say("Done. See you next week.")
            await self._bring()

    @on(StartView.Chosen)
    async def _chosen(self, event: StartView.Chosen) -> None:
        review = reviews.find_review(self.journal, event.week)
        self._say()
        if review is not None and review.finished_at is not None:
            self._past = event.week
            await self._bring()
        else:
            self.begin(event.week)

    @on(Progress.Picked)
    async def _picked(self, event: Progress.Picked) -> None:
        desk = self._desk()
        stops = [stop for stop in desk.plan.stops if stop.part == event.key]
        if stops and event.key != self._place.part:
            to = next((stop for stop in stops if not agenda.is_settled(desk.plan, stop)), stops[0])
            await self._go(answering.to_part(desk, to, self.now()))


def stages(plan: Agenda, place: Place) -> tuple[Stage, ...]:
    """Return the five parts as the progress draws them."""
    here = PARTS.index(place.part)
    return tuple(
        Stage(
            key=part,
            name=NAMES[part],
            count=_count(plan, place),
            done=_is_done(plan, part, passed=index < here),
            here=index == here,
        )
        for index, part in enumerate(PARTS)
    )


def _count(plan: Agenda, place: Place) -> str:
    items = list(dict.fromkeys(stop.item for stop in plan.stops if stop.part == place.part and stop.item))
    return f"{items.index(place.item) + 1} of {len(items)}" if place.item in items else ""


def _is_done(plan: Agenda, part: str, *, passed: bool) -> bool:
    stops = [stop for stop in plan.stops if stop.part == part and stop.item]
    return all(agenda.is_settled(plan, stop) for stop in stops) and (passed or bool(stops))
