"""Doors: which win led to which, as a forest over `Win.opened_by`, and its figures."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from data.base.errors import LoopError, NotFoundError
from data.base.loops import find_loops
from data.model.journal import Journal
from data.model.records import Verdict, Win

DOOR_RATE_AGE: Final = timedelta(days=28)
"""A real win younger than this had too little time to open a door, and does not count in the door rate."""


def trace_back(journal: Journal, identity: str | None) -> Iterator[Win]:
    """Yield the win of that id and those that led to it, nearest first; a loop in the file ends it."""
    seen: set[str] = set()
    while identity is not None and identity not in seen and (win := journal.wins.get(identity)) is not None:
        seen.add(identity)
        yield win
        identity = win.opened_by


def check_link(journal: Journal, identity: str, opened_by: str | None) -> None:
    """Check that a win may be linked to the one that opened it.

    Raises:
        NotFoundError: The other win does not exist.
        LoopError: It would close a loop; the message spells it out by dates, without titles.
    """
    if opened_by is None:
        return
    if opened_by not in journal.wins:
        raise NotFoundError("The win that opened it is no longer in the journal.", "Choose another, or none.")
    loop = find_loop(journal, identity, opened_by)
    if loop:
        raise LoopError(_in_words(journal, loop), "Choose an earlier win, or none.", loop)


def find_loop(journal: Journal, identity: str, opened_by: str) -> tuple[str, ...]:
    """Return the loop that a link would close: each win opens the next, the first one comes again last; () for none."""
    back = [win.id for win in trace_back(journal, opened_by)]
    if identity not in back:
        return ()
    return (*reversed(back[: back.index(identity) + 1]), identity)


def possible_openers(journal: Journal, happened_on: date, identity: str = "") -> list[Win]:
    """Return the live wins that may have opened one of a day: those that are not later and that it did not lead to.

    Args:
        journal: Every win.
        happened_on: The day.
        identity: The id of the win, where it is in the journal already.
    """
    below = _led_to(journal, identity)
    return [one for one in journal.live() if one.happened_on <= happened_on and one.id not in below]


def possible_doors(journal: Journal, win: Win) -> list[Win]:
    """Return the live wins that this one may have opened: not earlier ones, nor those that led to it or it opened."""
    above = {one.id for one in trace_back(journal, win.id)} | {win.id}
    later = (one for one in journal.live() if one.happened_on >= win.happened_on and one.id not in above)
    return [one for one in later if one.opened_by != win.id]


def _led_to(journal: Journal, identity: str) -> set[str]:
    """Return a win and all that it led to, by way of wins in the trash too, which could come back."""
    opens: dict[str, tuple[str, ...]] = {}
    for win in journal.wins.values():
        if win.opened_by is not None:
            opens[win.opened_by] = (*opens.get(win.opened_by, ()), win.id)
    return set(_walk([identity], opens, set()))


def _in_words(journal: Journal, loop: tuple[str, ...]) -> str:
    if len(set(loop)) == 1:
        return "A win can't open itself."
    days = " → ".join(f"{win.happened_on:%Y-%m-%d}" if (win := journal.wins.get(key)) else "this win" for key in loop)
    return f"That link would create a loop: {days}."


class Forest(Struct, frozen=True):
    """Every win that opened another or was opened by one.

    Attributes:
        roots: The first win of each tree, the longest chain first, then the latest.
        opens: The wins that each win opened, oldest first; those that opened none are absent.
        longest: How many wins the longest chain from each win has, itself included.
        size: How many wins each win led to, by way of others too.
        loops: Loops that the file holds, each without its first win again. A loop is cut before its oldest win, which
            stands among the roots, so nothing is lost from sight.
    """

    roots: tuple[str, ...]
    opens: Mapping[str, tuple[str, ...]]
    longest: Mapping[str, int]
    size: Mapping[str, int]
    loops: tuple[tuple[str, ...], ...]

    @property
    def longest_chain(self) -> int:
        """How many wins the longest chain has; 0 without a door, for a win alone is no chain."""
        return max((self.longest[root] for root in self.roots), default=0)

    @property
    def opened_most(self) -> str | None:
        """The win that opened the most doors of its own; of several the one that led to more, then the later."""
        return max(self.opens, key=lambda key: (len(self.opens[key]), self.size[key]), default=None)


def forest(journal: Journal) -> Forest:
    """Return the doors of the live wins as trees; costs one pass over the linked wins, however deep they go."""
    opens = {key: _by_day(journal, keys) for key, keys in journal.opens.items() if _is_live(journal, key)}
    heads = [key for key in opens if not _is_live(journal, journal.wins[key].opened_by)]
    order = _walk(heads, opens, set())
    loops = _cut_loops(journal, opens, heads, order)
    longest, size = _measure(order, opens)
    heads.sort(key=lambda key: (-longest[key], -journal.wins[key].happened_on.toordinal(), key))
    return Forest(tuple(heads), opens, longest, size, loops)


def _is_live(journal: Journal, identity: str | None) -> bool:
    win = journal.wins.get(identity) if identity is not None else None
    return win is not None and win.deleted_at is None


def _by_day(journal: Journal, keys: tuple[str, ...]) -> tuple[str, ...]:
    if len(keys) == 1:
        return keys
    return tuple(sorted(keys, key=lambda key: (journal.wins[key].happened_on, journal.wins[key].created_at)))


def _walk(heads: list[str], opens: Mapping[str, tuple[str, ...]], seen: set[str]) -> list[str]:
    """Return the wins below these, each after the one that opened it."""
    order: list[str] = []
    waiting = [*heads]
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            order.append(key)
            waiting.extend(opens.get(key, ()))
    return order


def _cut_loops(
    journal: Journal, opens: dict[str, tuple[str, ...]], heads: list[str], order: list[str]
) -> tuple[tuple[str, ...], ...]:
    """Cut each loop before its oldest win, and hang it among the trees."""
    openers = {key: opener for opener, keys in opens.items() for key in keys}
    loops = [_from_oldest(journal, loop) for loop in find_loops(openers)]
    seen = set(order)
    for first, *_ in loops:
        before = openers[first]
        opens[before] = tuple(one for one in opens[before] if one != first)
        if not opens[before]:
            del opens[before]
        heads.append(first)
        order.extend(_walk([first], opens, seen))
    return tuple(loops)


def _from_oldest(journal: Journal, loop: tuple[str, ...]) -> tuple[str, ...]:
    """Return a loop as its oldest win, then the one that this opened, and so on."""
    wins = journal.wins
    oldest = loop.index(min(loop, key=lambda key: (wins[key].happened_on, wins[key].created_at, key)))
    forward = (*loop[oldest + 1 :], *loop[: oldest + 1])
    return tuple(reversed(forward))


def _measure(order: list[str], opens: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, int], dict[str, int]]:
    longest: dict[str, int] = {}
    size: dict[str, int] = {}
    for key in reversed(order):
        below = opens.get(key, ())
        longest[key] = 1 + max((longest[one] for one in below), default=0)
        size[key] = sum(1 + size[one] for one in below)
    return longest, size


class DoorStats(Struct, frozen=True):
    """What the doors add up to.

    Attributes:
        opened: Real wins that opened at least one.
        rate: Share, 0 to 1, of the real wins at least 28 days old that did; None without such a win.
        median_days: Median days from a win, of any verdict, to its first door; None without a door.
        longest_chain: Wins in the longest chain that begins with one of them; 0 without a door.
        ripe: How many real wins `rate` is over.
    """

    opened: int
    rate: float | None
    median_days: float | None
    longest_chain: int
    ripe: int


def door_stats(
    journal: Journal, today: date, wins: Sequence[Win] | None = None, trees: Forest | None = None
) -> DoorStats:
    """Return what the doors add up to, as of a day.

    Args:
        journal: Every win, for a door may lead to any.
        today: The local date.
        wins: Those whose doors are meant, such as a goal's; all live ones by default.
        trees: The forest of the journal, where it is known already.
    """
    from statistics import median  # noqa: PLC0415 - 6 ms, not paid by `add`, which only checks links

    meant = list(journal.live()) if wins is None else wins
    real = [win for win in meant if win.verdict is Verdict.REAL]
    ripe = [win for win in real if today - win.happened_on >= DOOR_RATE_AGE]
    waits = [wait for win in meant if (wait := days_to_first_door(journal, win)) is not None]
    trees = trees or forest(journal)  # what it shows is what is counted
    return DoorStats(
        opened=sum(win.id in trees.opens for win in real),
        rate=sum(win.id in trees.opens for win in ripe) / len(ripe) if ripe else None,
        median_days=float(median(waits)) if waits else None,
        longest_chain=max((trees.longest[win.id] for win in meant if win.id in trees.opens), default=0),
        ripe=len(ripe),
    )


def days_to_first_door(journal: Journal, win: Win) -> int | None:
    """Return the days from a win to the first that it opened, below 0 if that is dated earlier; None without one."""
    doors = journal.opens.get(win.id)
    return min((journal.wins[key].happened_on - win.happened_on).days for key in doors) if doors else None


def newest_chain(journal: Journal) -> tuple[Win, ...]:
    """Return the wins that led to the newest win that came through a door, the first one first; () without a door."""
    linked = [win for win in journal.live() if _is_live(journal, win.opened_by)]
    if not linked:
        return ()
    newest = max(linked, key=lambda win: (win.happened_on, win.created_at))
    return tuple(reversed([win for win in trace_back(journal, newest.id) if win.deleted_at is None]))
