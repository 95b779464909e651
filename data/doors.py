"""Doors: which win led to which, a forest over `Win.opened_by`."""

from collections.abc import Iterator

from data.errors import NotAllowedError, NotFoundError
from data.journal import Journal
from data.models import Win


def chain_back(journal: Journal, identity: str | None) -> Iterator[Win]:
    """Yield the win of that id and those that led to it, nearest first; a loop in the file ends it."""
    seen: set[str] = set()
    while identity is not None and identity not in seen and (win := journal.wins.get(identity)) is not None:
        seen.add(identity)
        yield win
        identity = win.opened_by


def check_link(journal: Journal, identity: str, opened_by: str | None) -> None:
    """Make sure that a win may be said to be opened by another.

    Raises:
        NotFoundError: There is no such other win.
        NotAllowedError: It would close a loop; the message spells it out by dates, without titles.
    """
    if opened_by is None:
        return
    if opened_by not in journal.wins:
        raise NotFoundError("The win that opened it is no longer in the journal.", "Choose another, or none.")
    chain = [opened_by] if opened_by == identity else [win.id for win in chain_back(journal, opened_by)]
    if identity in chain:
        raise NotAllowedError("A win can't open itself, not even by way of others.", "Choose an earlier win, or none.")
