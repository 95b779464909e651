"""A past review, to be read again: what was sorted, looked back at, planned and noted."""

from datetime import date
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.base.formatting import plural, weekday_date
from data.base.text import clean_line, clean_text
from data.files.settings import Settings
from data.model.journal import Journal
from data.model.records import Review, StepState, Win
from data.model.verdict_scale import describe_verdict
from data.review import lookbacks
from data.review.steps import describe_step
from data.review.week_story import wins_of_week
from tui.pages.review.view import week_in_words
from tui.pages.review.your_week import STYLED_MARKS, draw_week
from widgets.base.inks import MUTED

_STATES: Final = {StepState.DONE: "done", StepState.DROPPED: "let go", StepState.OPEN: "open"}


class PastView(VerticalScroll):
    """One past review, and the last page of one that was just done; the arrows scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "copy", id="review.copy", tooltip="Copy this page"),
    ]

    class PageCopied(Message):
        """The page was put into the clipboard."""

    def __init__(self) -> None:
        super().__init__()
        self._page = Content("")

    def compose(self) -> ComposeResult:
        """Yield the title and the text."""
        yield Static(classes="title")
        yield Static(classes="about")
        yield Static(classes="text")

    def show(self, journal: Journal, review: Review, today: date, settings: Settings) -> None:
        """Show a review."""
        title = f"The {week_in_words(review.week)}"
        self.query_one(".title", Static).update(Content(title))
        done = f"reviewed on {weekday_date(review.finished_at.date())}" if review.finished_at else "not finished"
        self.query_one(".about", Static).update(Content(f"{done}   E saves a picture"))
        parts = [
            *_paragraph(draw_week(journal, review.week, today, settings)),
            *_paragraph(Content(clean_text(review.note))),
            *_wins(journal, review),
            *_looks(journal, review),
            *_plans(journal, review, today),
        ]
        text = Content("\n").join(parts)
        self._page = Content.assemble(title, "\n\n", text)
        self.query_one(".text", Static).update(text)
        self.scroll_home(animate=False)
        self.focus()

    def action_copy(self) -> None:
        """Put the page into the clipboard, as text."""
        self.app.copy_to_clipboard(self._page.plain.rstrip() + "\n")
        self.post_message(self.PageCopied())


def _paragraph(text: Content) -> list[Content]:
    return [text, Content("")] if text.plain else []


def _wins(journal: Journal, review: Review) -> list[Content]:
    wins = wins_of_week(journal, review.week)
    head = Content.styled(plural(len(wins), "win"), MUTED) if wins else Content("")
    return [head, *(_win(win) for win in wins), Content("")]


def _win(win: Win) -> Content:
    return Content.assemble(STYLED_MARKS[win.verdict], clean_line(win.title), (_decided(win), MUTED))


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
            (f"   {describe_verdict(one.verdict, one.p)}", MUTED),
        )
        for win, one in sorted(found, key=lambda pair: (pair[1].on, pair[0].id))
    ]
    return [Content.styled("Looked back on", MUTED), *lines, Content("")] if lines else []


def _plans(journal: Journal, review: Review, today: date) -> list[Content]:
    made = [step for step in journal.steps.values() if _within(review, step.created_at.date())]
    head = [Content.styled("Planned", MUTED)] if made else []
    return [*head, *(Content(f"{describe_step(step, today)}  ({_STATES[step.state]})") for step in made)]


def _within(review: Review, day: date) -> bool:
    return review.started_at.date() <= day <= (review.finished_at or review.updated_at).date()
