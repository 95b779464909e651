"""What the board page says: the filters that are on, what was found, and what a change was."""

from datetime import date
from typing import Final

from data.base.formatting import plural, weekday_date
from data.model.journal import Journal
from data.model.records import Verdict
from data.search.board_state import BoardState
from data.search.filters import Period
from data.search.searcher import Criterion, SearchResult
from widgets.bars.key_bar import Status
from widgets.board.board_column import COLUMN_SPECS

MOVE_LABELS: Final = {
    Verdict.REAL: "move to real wins",
    Verdict.CANDY: "move to cotton candy",
    None: "move to unsorted",
}
"""What a move is called, for undo."""
HIDDEN: Final = Status("Saved. The filter hides it", "show_all", "shows all")
"""What is said of a change that a filter or a search keeps out of sight."""
IN_MIRROR: Final = Status("Saved. It is in the rear-view mirror", "mirror", "opens it")
NOTHING_HERE: Final = "Nothing here."
BEST_FIRST: Final = "best first"
_PERIODS: Final[dict[Period, str]] = {
    "week": "this week",
    "4 weeks": "4 weeks",
    "12 weeks": "12 weeks",
    "year": "a year",
    "all": "",
}


def criterion_name(part: Criterion, state: BoardState, typed: str, journal: Journal, today: date) -> str:
    """Return a part of what is searched for as its chip says it; goals, tags and words are a person's text."""
    if part == "search":
        return f"“{typed}”"
    if part == "goal":
        goal = journal.goals.get(state.goal or "")
        return goal.name if goal is not None else "no goal"
    if part == "tag":
        return f"#{state.tag}"
    if state.since is None and state.until is None:
        return _PERIODS[state.period]
    days = (state.since,) if state.since == state.until else (state.since, state.until)
    return " – ".join(weekday_date(day, today) for day in days if day is not None)


def no_match_text(relaxed: tuple[tuple[str, int], ...], total: int) -> str:
    """Return what the board says when the filters leave nothing.

    Args:
        relaxed: Each filter's name, and how many wins there would be without it.
        total: How many wins there are.
    """
    several = relaxed if len(relaxed) > 1 else ()
    lines = [f"Without {name}: {plural(count, 'win')}" for name, count in several if count]
    return "\n".join(("No matches.", " ", *lines, *([" "] if lines else []), f"Esc shows all {plural(total, 'win')}."))


def moved_text(ids: tuple[str, ...], verdict: Verdict | None) -> str:
    """Return what was moved, such as "2 moved to Real wins"."""
    name = next(spec.name for spec in COLUMN_SPECS if spec.verdict == verdict)
    return f"{len(ids):,} moved to {name}"


def short_invitation(invitation: str) -> str:
    """Return the day and the minutes of an invitation alone."""
    day, _, rest = invitation.partition(": ")
    about = rest.rsplit(". ", 1)[-1]
    return f"{day}: {about[:1].lower()}{about[1:]}"


def count_text(found: SearchResult, shown: int, total: int) -> str:
    """Return how many wins are shown, and in which order a search lists them."""
    order = f" · {BEST_FIRST}" if found.scores and shown else ""
    return f"{shown:,} of {plural(total, 'win')}{order}"
