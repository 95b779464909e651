"""The start of a review: what waits, when the review day is, and the weeks there are."""

from datetime import date
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from data.base.formatting import capitalise, day_month, number_word, plural, weekday_date
from data.base.text import clean_line
from data.base.weeks import WEEK, week_of
from data.figures import momentum
from data.figures.reasons import reasons_to_read
from data.files.settings import Settings
from data.model.journal import Journal, Tally
from data.model.records import Review
from data.review import reviews
from data.review.lookbacks import MAX_LOOKBACKS, due_lookbacks
from data.review.reviews import Due
from tui.pages.review.view import week_in_words
from widgets.base.inks import MUTED
from widgets.review.click_line import ClickLine

_MAX_WEEKS: Final = 104
"""The most weeks that are listed."""
PART_NAMES: Final = {
    "back": "One thing back",
    "recall": "Recall",
    "sort": "Sort",
    "look": "Look back",
    "next": "Next",
    "close": "Close",
}


class StartView(Vertical):
    """What waits, and a list of weeks to review or to read again.

    Attributes:
        has_older: Whether there are older unsorted wins that the person may ask for.
        is_away: Whether the person was away, and Enter takes the short way.
    """

    class WeekChosen(Message):
        """A week was chosen.

        Attributes:
            week: Its first day.
        """

        def __init__(self, week: date) -> None:
            super().__init__()
            self.week = week

    def __init__(self) -> None:
        super().__init__()
        self._weeks: list[date] = []
        self._journal = Journal()
        self._due = date.min
        self.has_older = False
        self.is_away = False

    def compose(self) -> ComposeResult:
        """Yield the headline, what waits, what Enter does, and the weeks."""
        yield Static(classes="title")
        yield Static(classes="about")
        yield Static(classes="reasons")
        yield ClickLine(classes="begin")
        yield Static(classes="older")
        yield OptionList(compact=True)

    def show(self, journal: Journal, settings: Settings, today: date) -> None:
        """Show what waits, with the cursor on the week to review unless the person moved it."""
        found = reviews.what_is_due(journal, settings, today)
        self._journal, self.has_older, self.is_away = journal, bool(found.older), reviews.is_away(journal, found)
        self._due = found.week
        self._line(".title", describe_review(journal, found))
        self._line(".about", f"{'Welcome back. ' if self.is_away else ''}{what_waits(journal, found)}")
        self._line(".reasons", reasons_to_read(journal, today, settings))
        self._line(".older", describe_older(found, settings.most_sorted))
        options, weeks = self.query_one(OptionList), weeks_of(journal, settings, today, found.week)
        at = options.highlighted if weeks == self._weeks else weeks.index(found.week)
        self._weeks = weeks
        tallies = momentum.weekly(journal.days, today, settings.week_start)
        options.clear_options()
        asked = due_lookbacks(journal, today, settings.lookback_weeks, MAX_LOOKBACKS)
        blind = {week_of(win.happened_on, settings.week_start) for win in asked}
        options.add_options(
            Option(row(journal, week, _counts(tallies.get(week, Tally()), blind=week in blind), found))
            for week in weeks
        )
        options.highlighted = at
        options.focus()
        self._say_enter()

    def _line(self, selector: str, text: str) -> None:
        line = self.query_one(selector, Static)
        line.update(Content(text))
        line.display = bool(text)

    @on(OptionList.OptionHighlighted)
    def _say_enter(self) -> None:
        """Say what Enter does with the week under the cursor."""
        at = self.query_one(OptionList).highlighted
        review = reviews.find_review(self._journal, self._weeks[at]) if at is not None else None
        done = review is not None and review.finished_at is not None
        said = "begin" if review is None else "read it again" if done else "continue"
        if self.is_away and at is not None and self._weeks[at] == self._due:
            said = "one win, one step, done   w the whole review"
        self._line(".begin", f"⏎ {said}")

    @on(ClickLine.LineClicked)
    def begin(self, event: ClickLine.LineClicked) -> None:
        """Do by mouse what Enter does."""
        event.stop()
        self.query_one(OptionList).action_select()

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Tell which week was chosen."""
        event.stop()
        self.post_message(self.WeekChosen(self._weeks[event.option_index]))


def weeks_of(journal: Journal, settings: Settings, today: date, due: date) -> list[date]:
    """Return the weeks to list, the current one first: back to the first win, at most `_MAX_WEEKS`, and the one due."""
    current = week_of(today, settings.week_start)
    first = min([*journal.days, *(review.week for review in journal.reviews.values()), due, current])
    count = (current - week_of(first, settings.week_start)).days // 7 + 1
    return [current - index * WEEK for index in range(max((current - due).days // 7 + 1, min(count, _MAX_WEEKS)))]


def describe_review(journal: Journal, found: Due) -> str:
    """Return whether a review is due, under way, or done."""
    review = reviews.find_review(journal, found.week)
    state = "can be reviewed early"
    if review is not None:
        state = "is reviewed" if review.finished_at is not None else "is under way"
    elif found.due:
        state = "is ready to review"
    elif not journal.days:
        state = "has no win yet"
    return f"The {week_in_words(found.week)} {state}"


def what_waits(journal: Journal, found: Due) -> str:
    """Return what a review would ask, and how long it takes or when the next one is."""
    review = reviews.find_review(journal, found.week)
    done = review is not None and review.finished_at is not None
    nothing = "nothing waits" if done else "nothing to sort: a look at the week, one step and a note"
    if not (done or journal.days):
        nothing = "press a to add one"
    when = capitalise(reviews.describe_minutes(found))
    if not found.due:
        when = f"The {'next ' if journal.days else ''}review day is {weekday_date(found.on)}"
    return f"{capitalise(reviews.describe_waiting(found) or nothing)}. {when}."


def describe_older(found: Due, most: int) -> str:
    """Return how many older wins are unsorted and how to sort some of them, or ""."""
    if not found.older:
        return ""
    ones = f"{found.older:,} older {'one is' if found.older == 1 else 'ones are'} unsorted"
    return f"{ones}: o takes the next {number_word(most)}." if found.older > most else f"{ones}: o takes them."


def row(journal: Journal, week: date, counts: str, found: Due) -> Content:
    """Return one week as a line: its name, where its review stands, and its wins."""
    review = reviews.find_review(journal, week)
    begun = min((one.week for one in journal.reviews.values()), default=found.week)
    state, style = _state(review, week, found, "away" if begun < week < found.week else "")
    note = clean_line(review.note) if review else ""
    return Content.assemble(
        f"{day_month(week):<8}",
        (f"{state:<22}", style),
        (counts, MUTED),
        (f"  {note}", f"{MUTED} italic"),
    )


def _counts(tally: Tally, *, blind: bool) -> str:
    """Return how many wins a week has of each kind; their sum alone where it would tell what is asked blind."""
    if blind:
        return plural(tally.total, "win")
    kinds = ((tally.real, "real"), (tally.candy, "candy"), (tally.unsorted, "unsorted"))
    return ", ".join(f"{count} {name}" for count, name in kinds if count)


def _state(review: Review | None, week: date, found: Due, missed: str) -> tuple[str, str]:
    if review is None:
        return ("to review", "bold") if week == found.week and found.due else (missed, MUTED)
    if review.finished_at is not None:
        return f"reviewed {weekday_date(review.finished_at.date())}", MUTED
    return f"under way: {PART_NAMES[reviews.parse_position(review.position).part]}", "bold"
