"""A week as the review honours it, drawn: its win first and why, the chain, and one dim line of figures."""

from datetime import date
from typing import Final

from textual.content import Content

from data.base.text import clean_line
from data.figures.week_recap import honour_week
from data.files.settings import Settings
from data.model.journal import Journal
from data.model.records import Verdict
from widgets.base.inks import MUTED

STYLED_MARKS: Final = {Verdict.REAL: ("◆ ", "$real"), Verdict.CANDY: ("◇ ", "$candy"), None: ("· ", MUTED)}


def draw_week(journal: Journal, week: date, today: date, settings: Settings) -> Content:
    """Return a week in a few lines.

    Args:
        journal: The journal.
        week: The first day of the week.
        today: The local date; the current week counts so far.
        settings: For the half-life and the first day of a week.
    """
    found = honour_week(journal, week, today, settings)
    win = found.win
    title = (
        Content.assemble(STYLED_MARKS[win.verdict], (clean_line(win.title), "bold")) if win is not None else Content("")
    )
    words = (found.why, " ──▸ ".join(found.chain), found.brave, found.forward)
    lines = [title, *(Content(line) for line in words), Content.styled(found.figures, MUTED)]
    return Content("\n").join(line for line in lines if line.plain)
