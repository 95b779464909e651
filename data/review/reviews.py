"""The weekly review: its record, the position where it stands, and when one is due.

A review belongs to a week, and a week has one: a second start continues the first, and a missed week can be reviewed
later. What it asks, position by position, is in `data.review.agenda`.
"""

from datetime import date, datetime, timedelta
from typing import Final, Literal, get_args

from msgspec import Struct, structs

from data.base import text
from data.base.errors import NotFoundError
from data.base.formatting import WEEKDAY_NAMES, capitalise, plural
from data.base.weeks import WEEK, week_of
from data.files.settings import Settings
from data.model import assessment
from data.model.edits import combine_edits, new_id
from data.model.journal import Edit, Journal
from data.model.records import Changes, Review
from data.review import lookbacks, steps
from data.review.sorting import wins_to_sort

ReviewPart = Literal["back", "recall", "sort", "look", "next", "close"]
REVIEW_PARTS: Final[tuple[ReviewPart, ...]] = get_args(ReviewPart)
SHORT: Final = "short/"
"""Begins a position of the short way back after missed weeks: one win, one step, done."""
CALL: Final = "verdict"
"""The last question of a win in the part Sort."""
REVEALED: Final = "told"
"""After a look-back is answered: what was said before."""
ALL_SIX: Final = "six"
"""A win is asked all six questions."""
_AWAY: Final = 2
"""After this many missed weeks the short way is offered."""
SLACK: Final = timedelta(days=3)
"""First days of weeks this near each other name the same week: the person may begin weeks on another day by now."""


SECONDS_A_QUESTION: Final = 8
"""The pace of the estimate: reading a title and giving one answer."""
SECONDS_OF_WRITING: Final = 80
"""And what is written in every review: the week's wins, one step, a note."""


class Position(Struct, frozen=True):
    """Where a review stands; as text it is such as "sort:<win id>:<question id>".

    Attributes:
        part: One of `REVIEW_PARTS`.
        item: The id of a step (recall) or of a win (back, sort, look), or "".
        question: The id of a question, `CALL` or `REVEALED`, or "".
        mode: `ALL_SIX` for a win that is asked all six questions, or "".
    """

    part: ReviewPart = "recall"
    item: str = ""
    question: str = ""
    mode: str = ""


def parse_position(position: str) -> Position:
    """Return the position that `Review.position` names; the start if it names none that this version knows."""
    part, item, question, mode, *_ = [*position.removeprefix(SHORT).split(":"), "", "", ""]
    known = next((name for name in REVIEW_PARTS if name == part), None)
    return Position(known, item, question, mode) if known else Position()


def format_position(position: Position) -> str:
    """Return a position as `Review.position` has it."""
    return ":".join(part for part in structs.astuple(position) if part)


def new_review(week: date, now: datetime, *, short: bool = False) -> Review:
    """Return a review of a week, or the short way back into it."""
    return Review(id=new_id(), week=week, started_at=now, updated_at=now, position=SHORT if short else "")


def find_review(journal: Journal, week: date) -> Review | None:
    """Return the review of a week, or None. Of two, as two computers may make, the one begun first."""
    found = [review for review in journal.reviews.values() if abs(review.week - week) <= SLACK]
    return min(found, key=lambda review: (review.started_at, review.id), default=None)


def start_review(review: Review) -> Edit:
    """Begin a review made by `new_review`; if its week has one already, that one continues and nothing changes."""
    return lambda journal: Changes() if find_review(journal, review.week) else Changes(put=(review,))


def move_to(week: date, position: Position, now: datetime) -> Edit:
    """Remember where the review of a week stands; the short way stays short."""

    def edit(journal: Journal) -> Changes:
        way = SHORT if _get(journal, week).position.startswith(SHORT) else ""
        return _change(week, now, position=way + format_position(position))(journal)

    return edit


def set_cue(week: date, cue: str, now: datetime) -> Edit:
    """Keep after what the weekly review is to happen, in the person's words.

    Raises:
        NotAllowedError: It is too long.
    """
    words = text.clean_line(cue)
    return _change(week, now, cue=text.accept_line(words, "cue") if words else "")


def review_cue(journal: Journal) -> str:
    """Return after what the weekly review is to happen, as said last, cleaned, or ""."""
    latest = max(
        (one for one in journal.reviews.values() if one.cue), key=lambda one: (one.week, one.updated_at), default=None
    )
    return text.clean_line(latest.cue) if latest is not None else ""


def ask_for_older(week: date, count: int, now: datetime) -> Edit:
    """Ask about this many more unsorted wins in the review of a week, of any age; a finished review is open again."""

    def edit(journal: Journal) -> Changes:
        older = _get(journal, week).older + count
        return _change(week, now, older=older, finished_at=None, position="sort")(journal)

    return edit


def set_note(week: date, note: str, now: datetime) -> Edit:
    """Keep the note of a review.

    Raises:
        NotAllowedError: The note is too long.
    """
    return _change(week, now, note=text.accept_story(note))


def finish_review(week: date, now: datetime) -> Edit:
    """Mark the review of a week as done. Opened again, it begins at its start."""
    return _change(week, now, finished_at=now, position="")


def asks_for_cue(journal: Journal) -> bool:
    """Return whether the review asks after what the next ones are to happen: the first one does."""
    return not review_cue(journal) and not any(one.finished_at for one in journal.reviews.values())


def end_review(week: date, note: str, cue: str, now: datetime) -> Edit:
    """Finish the review of a week with its note and, where it was said, the cue.

    Raises:
        NotAllowedError: One of them is too long.
    """
    cues = [set_cue(week, cue, now)] if text.clean_line(cue) else []
    return combine_edits(set_note(week, note, now), *cues, finish_review(week, now))


def _change(week: date, now: datetime, **fields: object) -> Edit:
    return lambda journal: Changes(put=(structs.replace(_get(journal, week), **fields, updated_at=now),))


def _get(journal: Journal, week: date) -> Review:
    review = find_review(journal, week)
    if review is None:
        raise NotFoundError("That review is no longer in the journal.", "Begin it again.")
    return review


class Due(Struct, frozen=True):
    """What waits for a review.

    Attributes:
        week: The first day of the week to review: the one that is due, or the current one.
        on: The day of that week's review; it may be past, today, or to come.
        due: Whether that day has come and the week is not reviewed yet.
        unsorted: Wins that the review asks about: the one number for what waits, wherever it is shown.
        older: Wins that are unsorted beyond these; they are asked about only if the person wants to.
        lookbacks: Look-backs that are due, at most as many as one review asks.
        steps: Open steps that the review asks about.
    """

    week: date
    on: date
    due: bool
    unsorted: int
    older: int
    lookbacks: int
    steps: int

    @property
    def minutes(self) -> int:
        """How long the review takes: the questions it asks at `SECONDS_A_QUESTION`, and `SECONDS_OF_WRITING`."""
        asked = self.unsorted * (len(assessment.QUICK_QUESTIONS) + 1) + self.lookbacks + self.steps
        return max(1, round((asked * SECONDS_A_QUESTION + SECONDS_OF_WRITING) / 60))


def describe_waiting(due: Due) -> str:
    """Return what a review would ask, such as "2 wins to sort, 1 plan to check", or "" where nothing waits."""
    parts = (
        f"{plural(due.unsorted, 'win')} to sort" if due.unsorted else "",
        f"{due.lookbacks} to look back on" if due.lookbacks else "",
        f"{plural(due.steps, 'plan')} to check" if due.steps else "",
    )
    return ", ".join(filter(None, parts))


def describe_minutes(due: Due) -> str:
    """Return how long the review takes, such as "about 4 minutes"."""
    return f"about {plural(due.minutes, 'minute')}"


def what_is_due(journal: Journal, settings: Settings, today: date) -> Due:
    """Return what waits for a review, and whether one is due today.

    The review day that last came decides: its week is due until it, or a later one, is reviewed. Nothing is due of the
    weeks before the person began.
    """
    last = _last_review_day(settings, today)
    week = week_of(last, settings.week_start)
    reviewed = _is_reviewed(journal, week)
    due = not reviewed and _began_by(journal, week + WEEK)
    chosen = week if due else week_of(today, settings.week_start)
    review = find_review(journal, chosen)
    found = wins_to_sort(journal, chosen, settings.most_sorted, review)
    return Due(
        week=chosen,
        on=last if due else _next_review_day(settings, today, skip=reviewed),
        due=due,
        unsorted=len(found.asked) - len(found.called),
        older=found.rest,
        lookbacks=len(lookbacks.due_lookbacks(journal, today, settings.lookback_weeks, lookbacks.MAX_LOOKBACKS)),
        steps=sum(step.due_week <= chosen + SLACK for step in steps.open_steps(journal)),
    )


def is_away(journal: Journal, due: Due) -> bool:
    """Return whether two weeks or more went by without a review, which the short way back is for."""
    reviewed = [one.week for one in journal.reviews.values() if one.finished_at]
    missed = (due.week - max(reviewed)).days // 7 - 1 if reviewed else 0
    return missed >= _AWAY and find_review(journal, due.week) is None


def describe_invitation(journal: Journal, due: Due, today: date) -> str:
    """Return the line that invites to the review on its day, or "" on other days and once it is done.

    Such as "It's Friday, after lunch: 5 wins to sort. About 4 minutes."; the cue is a person's text, cleaned.
    """
    if not due.due or due.on != today:
        return ""
    cue = review_cue(journal)
    day = f"It's {WEEKDAY_NAMES[today.weekday()]}{f', after {cue}' if cue else ''}"
    if find_review(journal, due.week) is not None:
        return f"{day}: your review is under way."
    waiting = describe_waiting(due) or "a look at your week"
    return f"{day}: {waiting}. {capitalise(describe_minutes(due))}."


def reviewed_day(journal: Journal, settings: Settings, today: date) -> date | None:
    """Return the next review day, or today where it is one, if the review of its week is done already."""
    day = _next_review_day(settings, today, skip=False)
    return day if _is_reviewed(journal, week_of(day, settings.week_start)) else None


def _is_reviewed(journal: Journal, week: date) -> bool:
    return any(one.finished_at and one.week >= week - SLACK for one in journal.reviews.values())


def _last_review_day(settings: Settings, today: date) -> date:
    return today - timedelta(days=(today.weekday() - settings.review_day) % 7)


def _next_review_day(settings: Settings, today: date, *, skip: bool) -> date:
    """Return the next review day, today if it is one, unless its week is reviewed already (`skip`)."""
    last = _last_review_day(settings, today)
    return last if last == today and not skip else last + WEEK


def _began_by(journal: Journal, day: date) -> bool:
    """Whether anything was written down before that day."""
    return any(record.created_at.date() < day for table in (journal.goals, journal.wins) for record in table.values())
