"""A week as the review honours it: its win first and why, the chain, and one dim line of figures."""

from datetime import date, timedelta
from typing import Final

from textual.content import Content

from data.base.text import clean_line
from data.base.weeks import shift_day
from data.figures.week_recap import describe_recap, recap_week
from data.files.settings import Settings
from data.model.journal import Journal
from data.model.records import Verdict
from data.review import week_story

STYLED_MARKS: Final = {Verdict.REAL: ("◆ ", "$real"), Verdict.CANDY: ("◇ ", "$candy"), None: ("· ", "$foreground 60%")}
DIM: Final = "$foreground 60%"


def honour_week(journal: Journal, week: date, today: date, settings: Settings) -> Content:
    """Return a week in a few lines.

    Args:
        journal: The journal.
        week: The first day of the week.
        today: The local date; the current week counts so far.
        settings: For the half-life and the first day of a week.
    """
    end = min(today, shift_day(week, timedelta(days=6)))
    figures = describe_recap(recap_week(journal, week, end, settings))
    brave = "A brave week: you did something uncomfortable." if week_story.is_brave(journal, week) else ""
    forward = (
        "Four weeks of real wins, and no door yet. Is this moving you forward, or a temporary high?"
        if week_story.is_without_doors(journal, week)
        else ""
    )
    lines = [*_win(journal, week), Content(brave), Content(forward), Content.styled(figures, DIM)]
    return Content("\n").join(line for line in lines if line.plain)


def _win(journal: Journal, week: date) -> list[Content]:
    """Return the win of a week, why it stands for it, and the chain it is part of."""
    win = week_story.win_of_the_week(journal, week)
    if win is None:
        return []
    chain = week_story.chain_of(journal, win)
    return [
        Content.assemble(STYLED_MARKS[win.verdict], (clean_line(win.title), "bold")),
        Content(week_story.describe_why(journal, win)),
        Content(week_story.spell_chain(chain)),
    ]
