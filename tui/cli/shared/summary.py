"""The week in a few lines, for a status line, a mail or a pipe."""

from datetime import date, timedelta

from data.base.weeks import week_name, week_of
from data.figures import momentum
from data.figures import sentences as words
from data.files.settings import Settings
from data.model.journal import Journal, Tally, add_up
from data.review import reviews
from tui.cli.shared.output import print_data


def print_summary(journal: Journal, today: date, settings: Settings) -> None:
    """Print the week's summary: wins, real, candy, momentum, what is due."""
    for line in summary(journal, today, settings):
        print_data(line)


def summary(journal: Journal, today: date, settings: Settings) -> list[str]:
    """Return the lines of the summary, each a name and its text."""
    week = week_of(today, settings.week_start)
    days = (journal.days.get(week + timedelta(days=index), Tally()) for index in range(7))
    tally = add_up(days)
    series = momentum.week_series(journal.days, today, settings.half_life, settings.week_start)
    said = {
        "week": f"{week} ({week_name(week)})",
        "wins": f"{tally.total}",
        "real": f"{tally.real}",
        "candy": f"{tally.candy}",
        "unsorted": f"{tally.unsorted}",
        "momentum": words.describe_momentum(series),
        "due": describe_due(journal, today, settings),
    }
    return [f"{name:<10}{text}" for name, text in said.items()]


def describe_due(journal: Journal, today: date, settings: Settings) -> str:
    """Return what is due, as a phrase."""
    found = reviews.what_is_due(journal, settings, today)
    waiting = [
        f"the review of the week of {found.week}" if found.due else "",
        reviews.describe_waiting(found),
    ]
    return ", ".join(filter(None, waiting)) or "nothing"
