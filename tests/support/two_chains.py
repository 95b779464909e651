"""Two chains of wins that opened each other, and a win that stands alone."""

from datetime import UTC, date, datetime

from msgspec import structs

from data.model import edits
from data.model.journal import Journal
from data.model.records import Verdict, Win

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""A Friday."""


def win(title: str, day: date, opened_by: Win | None = None, verdict: Verdict | None = Verdict.REAL) -> Win:
    """Return a win of that day, a real one unless another verdict is given."""
    made = edits.new_win(title, happened_on=day, now=NOON, opened_by=opened_by.id if opened_by else None)
    return structs.replace(made, verdict=verdict)


EMAIL = win("Wrote to the recruiter", date(2026, 9, 3))
CALL = win("First call", date(2026, 9, 10), EMAIL)
INTERVIEW = win("Interview", date(2026, 9, 24), CALL)
COFFEE = win("Coffee with a mentor", date(2026, 10, 1))
TALK = win("Panel talk", date(2026, 11, 5), COFFEE)
ALONE = win("Night course", date(2026, 10, 2))
CHAINS = Journal.of(COFFEE, TALK, EMAIL, CALL, INTERVIEW, ALONE)
