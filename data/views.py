"""Records as other programs are shown them: plain values with names instead of only ids, figures unrounded."""

from typing import Any

import msgspec

from data import reflection
from data.journal import Journal
from data.models import Win


def view_win(journal: Journal, win: Win) -> dict[str, Any]:
    """Return a win's fields and what follows from them: `goal_name`, `substance`, `suggestion`, `opens`.

    What can't be said is None; `opens` holds the ids of the live wins that it opened.
    """
    opens = journal.opens.get(win.id, ())
    view = reflection.suggest(reflection.evidence(win, bool(opens)))
    goal = journal.goals.get(win.goal or "")
    fields: dict[str, Any] = msgspec.to_builtins(win)
    return fields | {
        "goal_name": goal.name if goal is not None else None,
        "substance": view.substance if view is not None else None,
        "suggestion": view.verdict.value if view is not None else None,
        "opens": list(opens),
    }
