"""The board's filters as values: those of the last time, what can be chosen, and what is left when one goes."""

from pathlib import Path
from typing import Final

from msgspec import structs

from data.model.journal import Journal
from data.search.board_state import BoardState, load_board_state
from data.search.searcher import Criterion

FilterChoices = list[tuple[str, str]]
"""Keys and what is shown for them; "" stands for no filter."""
_WITHOUT: Final[dict[Criterion, dict[str, object]]] = {
    "period": {"period": "all", "since": None, "until": None},
    "goal": {"goal": None},
    "tag": {"tag": ""},
}


def remembered(path: Path | None, journal: Journal) -> BoardState:
    """Return the goal and the tag of the last time; a period is over with its day, a goal with its record."""
    state = load_board_state(path) if path is not None else BoardState()
    return BoardState(goal=state.goal if state.goal in journal.goals else None, tag=state.tag)


def without(state: BoardState, part: Criterion) -> BoardState:
    """Return the filters that are left when one of them is taken off."""
    return structs.replace(state, **_WITHOUT[part])


def chosen_filter(state: BoardState, part: Criterion, key: str) -> BoardState:
    """Return the filters with one of them set to what was chosen."""
    return structs.replace(state, **{part: key}) if key else without(state, part)


def goal_choices(journal: Journal) -> FilterChoices:
    """Return the goals in the person's order."""
    goals = sorted(journal.goals.values(), key=lambda goal: (goal.order, goal.name))
    return [("", "All goals"), *((goal.id, goal.name) for goal in goals)]


def tag_choices(journal: Journal) -> FilterChoices:
    """Return the tags, the most used ones first."""
    tags = sorted(journal.tags.items(), key=lambda pair: (-pair[1], pair[0]))
    return [("", "All tags"), *((tag, f"#{tag} · {count:,}") for tag, count in tags)]
