"""Records as other programs are shown them: plain values with names instead of only ids, figures unrounded."""

from itertools import pairwise
from typing import Any, Final

import msgspec
from msgspec import UNSET, structs

from data.model import assessment
from data.model.journal import Journal
from data.model.records import Win, proof_of

SHORT_ID: Final = 8
"""Characters of an id that a person is shown, more where two would look alike."""


def view_win(journal: Journal, win: Win) -> dict[str, Any]:
    """Return a win's fields and what follows from them: `goal_name`, `substance`, `suggestion`, `opens`.

    What can't be said is None; `opens` holds the ids of the live wins that it opened.
    """
    view = assessment.suggestion_for(journal, win)
    fields: dict[str, Any] = msgspec.to_builtins(structs.replace(win, proof=UNSET))
    return fields | {
        "proof": structs.asdict(proof_of(win)),
        "goal_name": journal.goal_name(win) or None,
        "substance": view.substance if view is not None else None,
        "suggestion": view.verdict.value if view is not None else None,
        "opens": list(journal.opens.get(win.id, ())),
    }


def short_size(journal: Journal) -> int:
    """Return how many characters of an id tell all wins of a journal apart, at least `SHORT_ID`."""
    ids = sorted(journal.wins)
    shared = (_shared(a, b) for a, b in pairwise(ids))
    return max(SHORT_ID, max(shared, default=0) + 1)


def _shared(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y), len(a))
