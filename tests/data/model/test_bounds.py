"""Dates at the ends of the calendar: refused where they come in, and survived where they are in a file already."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec
import pytest
from msgspec import structs

from data.figures.chart_data import build_chart_data
from data.figures.goal_figures import all_goal_figures
from data.figures.stats import compute_stats
from data.figures.week_recap import recap_week
from data.files.settings import Settings
from data.model import edits
from data.model.bounds import find_out_of_range
from data.model.journal import Journal
from data.model.records import Decision, Lookback, Record, Verdict, record_from, table_of
from data.review import lookbacks, reviews, steps
from data.review.agenda import build_agenda
from data.search.filters import Filter

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
EDGES = [(date.min, datetime.min.replace(tzinfo=UTC)), (date.max, datetime.max.replace(tzinfo=UTC))]
WIN = structs.replace(edits.new_win("Coffee", happened_on=TODAY, now=NOW), verdict=Verdict.REAL)
STEP = steps.new_step("If it is Monday, then I write", due_week=TODAY, now=NOW)
REVIEW = reviews.new_review(date(2026, 11, 16), NOW)


def hostile(day: date, moment: datetime) -> dict[str, Record]:
    """Return a record for each place of a date, by its path, with nothing else wrong."""
    decided = (Decision(when=NOW, verdict=Verdict.REAL, p=0.75),)
    looked = structs.replace(WIN, decided=decided, lookbacks=(Lookback(on=day, verdict=Verdict.REAL, p=0.75),))
    return {
        "happened_on": structs.replace(WIN, happened_on=day),
        "created_at": structs.replace(WIN, created_at=moment),
        "deleted_at": structs.replace(WIN, deleted_at=moment),
        "decided[0].when": structs.replace(WIN, decided=(Decision(when=moment, verdict=Verdict.REAL, p=0.75),)),
        "lookbacks[0].on": looked,
        "due_week": structs.replace(STEP, due_week=day),
        "week": structs.replace(REVIEW, week=day),
        "started_at": structs.replace(REVIEW, started_at=moment),
    }


HOSTILE = [(path, record) for edge in EDGES for path, record in hostile(*edge).items()]


@pytest.mark.parametrize(("path", "record"), HOSTILE)
def test_a_date_out_of_bounds_is_refused_where_it_comes_in(path: str, record: Record) -> None:
    assert find_out_of_range(record) == path
    fields = msgspec.json.decode(msgspec.json.encode(record))
    with pytest.raises(msgspec.ValidationError, match="Expected a date from 1900 to 2200") as error:
        record_from(table_of(record), fields)
    assert str(error.value).endswith(f"`$.{path}`")


def test_a_working_life_is_within_bounds() -> None:
    for record in hostile(date(1900, 1, 1), datetime(2200, 12, 31, tzinfo=UTC)).values():
        assert find_out_of_range(record) is None
        assert record_from(table_of(record), msgspec.json.decode(msgspec.json.encode(record))) == record


FIGURES: dict[str, Callable[[Journal], object]] = {
    "look-backs": lambda journal: lookbacks.due_lookbacks(journal, TODAY),
    "what waits": lambda journal: reviews.what_is_due(journal, Settings(), TODAY),
    "stats": lambda journal: compute_stats(journal, TODAY, Settings()),
    "charts": lambda journal: build_chart_data(journal, Filter(), TODAY, Settings()),
    "recap": lambda journal: recap_week(journal, date(2026, 11, 16), TODAY, Settings()),
    "goals": lambda journal: all_goal_figures(journal, TODAY, Settings()),
    "agenda": lambda journal: build_agenda(journal, next(iter(journal.reviews.values()), REVIEW), TODAY, Settings()),
}


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(("path", "record"), HOSTILE)
def test_a_date_that_a_file_holds_already_overflows_nothing(figure: str, path: str, record: Record) -> None:
    assert path
    FIGURES[figure](Journal.of(record))
