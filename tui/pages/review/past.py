"""A past review, to be read again: what was sorted, looked back at, planned and noted."""

from datetime import date, timedelta
from typing import Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from data.base.formatting import plural, weekday_date
from data.base.text import clean_line, clean_text
from data.base.weeks import shift_day
from data.figures import week_recap
from data.files.settings import Settings
from data.model.journal import Journal
from data.model.records import Review, StepState, Verdict, Win
from data.model.verdict_scale import describe_verdict
from data.review import lookbacks
from data.review.week_story import wins_of_week
from tui.pages.review.view import week_in_words

STYLED_MARKS: Final = {Verdict.REAL: ("◆ ", "$real"), Verdict.CANDY: ("◇ ", "$candy"), None: ("· ", "$foreground 60%")}
STATES: Final = {StepState.DONE: "done", StepState.DROPPED: "let go", StepState.OPEN: "open"}


class PastView(VerticalScroll):
    """One past review; the arrows scroll."""

    def compose(self) -> ComposeResult:
        """Yield the title and the text."""
        yield Static(classes="title")
        yield Static(classes="about")
        yield Static(classes="text")

    def show(self, journal: Journal, review: Review, today: date, settings: Settings) -> None:
        """Show a review."""
        self.query_one(".title", Static).update(Content(f"The {week_in_words(review.week)}"))
        done = f"reviewed on {weekday_date(review.finished_at.date())}" if review.finished_at else "not finished"
        self.query_one(".about", Static).update(Content(f"{done}   enter opens it again   esc back"))
        end = min(today, shift_day(review.week, timedelta(days=6)))
        parts = [
            *_note(review),
            *_figures(journal, review.week, end, settings),
            *_wins(journal, review),
            *_looks(journal, review),
            *_plans(journal, review),
        ]
        self.query_one(".text", Static).update(Content("\n").join(parts))
        self.scroll_home(animate=False)
        self.focus()


def _note(review: Review) -> list[Content]:
    return [Content(clean_text(review.note)), Content("")] if review.note else []


def _figures(journal: Journal, week: date, end: date, settings: Settings) -> list[Content]:
    found = week_recap.recap_week(journal, week, end, settings)
    return [*(Content(sentence) for sentence in week_recap.describe_recap(found)), Content("")]


def _wins(journal: Journal, review: Review) -> list[Content]:
    wins = wins_of_week(journal, review.week)
    head = Content.styled(plural(len(wins), "win"), "$foreground 60%") if wins else Content("")
    return [head, *(_win(win) for win in wins), Content("")]


def _win(win: Win) -> Content:
    return Content.assemble(STYLED_MARKS[win.verdict], clean_line(win.title), (_decided(win), "$foreground 60%"))


def _decided(win: Win) -> str:
    """Return the person's own last words on a win, and what the answers had suggested where that differs."""
    own = lookbacks.own_decisions(win)
    if not own or own[-1].verdict is None:
        return ""
    last = own[-1]
    differs = last.suggestion is not None and last.suggestion != last.verdict
    return f"   {describe_verdict(last.verdict, last.p)}{f', the answers said {last.suggestion}' if differs else ''}"


def _looks(journal: Journal, review: Review) -> list[Content]:
    """Return the look-backs that were answered in a review."""
    found = [(win, one) for win in journal.live() for one in win.lookbacks if _within(review, one.on)]
    lines = [
        Content.assemble(
            STYLED_MARKS[one.verdict],
            clean_line(win.title),
            (f"   {describe_verdict(one.verdict, one.p)}", "$foreground 60%"),
        )
        for win, one in sorted(found, key=lambda pair: (pair[1].on, pair[0].id))
    ]
    return [Content.styled("Looked back at", "$foreground 60%"), *lines, Content("")] if lines else []


def _plans(journal: Journal, review: Review) -> list[Content]:
    made = [step for step in journal.steps.values() if _within(review, step.created_at.date())]
    head = [Content.styled("Planned", "$foreground 60%")] if made else []
    return [*head, *(Content(f"{clean_line(step.text)}  ({STATES[step.state]})") for step in made)]


def _within(review: Review, day: date) -> bool:
    return review.started_at.date() <= day <= (review.finished_at or review.updated_at).date()
