"""What a week was: its wins, the one that stands for it and why, the chain that led there, and whether it was brave."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from data.base.formatting import number_word
from data.base.weeks import WEEK
from data.model import assessment, doors
from data.model.journal import Journal
from data.model.records import Answers, Verdict, Win

_BRAVE: Final = 4
"""An answer from here on to "was it a little uncomfortable" makes a brave week."""
_DOORLESS_WEEKS: Final = 4
"""After this many weeks of real wins without a door the review asks where they lead."""
_LONGEST_CHAIN: Final = 4
"""The most wins of a chain that are named."""


def wins_of_week(journal: Journal, week: date) -> list[Win]:
    """Return the wins of a week by date and time of adding, whatever became of them."""
    found = [win for win in journal.live() if week <= win.happened_on < week + WEEK]
    return sorted(found, key=lambda win: (win.happened_on, win.created_at, win.id))


def win_of_the_week(journal: Journal, week: date) -> Win | None:
    """Return the real win of a week with the highest substance; of several the one with more doors, then the newest."""
    real = [win for win in wins_of_week(journal, week) if win.verdict is Verdict.REAL]
    return max(real, key=lambda win: _rank(journal, win), default=None)


def _rank(journal: Journal, win: Win) -> tuple[float, int, date, object]:
    amount = assessment.substance(_answers(journal, win))
    return amount if amount is not None else -1.0, len(journal.opens.get(win.id, ())), win.happened_on, win.created_at


def _answers(journal: Journal, win: Win) -> Answers:
    return assessment.with_evidence(win, bool(journal.opens.get(win.id)))


def describe_why(journal: Journal, win: Win) -> str:
    """Return why a win stands for its week, such as "It took courage (5 of 5) and already opened two doors."."""
    opened = len(journal.opens.get(win.id, ()))
    answers = win.answers
    parts = [
        f"took courage ({answers.stretch} of 5)" if answers.stretch is not None and answers.stretch >= _BRAVE else "",
        f"already opened {'a door' if opened == 1 else f'{number_word(opened)} doors'}" if opened else "",
        "leads where you want to go" if (answers.direction or 0) >= _BRAVE else "",
        "changed what you do next" if (answers.next_step or 0) >= _BRAVE else "",
    ]
    said = [part for part in parts if part][:2]
    return f"It {' and '.join(said)}." if said else "You called it real."


def chain_of(journal: Journal, win: Win) -> list[Win]:
    """Return the wins that led to a win, itself, and the newest ones it opened, oldest first; alone it is no chain."""
    back = list(doors.trace_back(journal, win.id))[::-1]
    whole = [one for one in back if one.deleted_at is None] + list(_forward(journal, win))
    return whole[-_LONGEST_CHAIN:] if len(whole) > 1 else []


def _forward(journal: Journal, win: Win) -> Iterator[Win]:
    seen = {win.id}
    while opened := [journal.wins[key] for key in journal.opens.get(win.id, ()) if key not in seen]:
        win = max(opened, key=lambda one: (one.happened_on, one.created_at))
        seen.add(win.id)
        yield win


def is_brave(journal: Journal, week: date) -> bool:
    """Return whether any win of a week was uncomfortable."""
    return any((win.answers.stretch or 0) >= _BRAVE for win in wins_of_week(journal, week))


def is_without_doors(journal: Journal, week: date) -> bool:
    """Return whether each of the last four weeks had a real win, and none of those wins is linked to another."""
    weeks = [week - timedelta(weeks=count) for count in range(_DOORLESS_WEEKS)]
    real = [[win for win in wins_of_week(journal, one) if win.verdict is Verdict.REAL] for one in weeks]
    return all(real) and not any(
        win.opened_by or win.door_note or journal.opens.get(win.id) for wins in real for win in wins
    )
