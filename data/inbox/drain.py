"""Draining an inbox into the journal as one change that undo undoes.

A file is renamed, read, brought in, and only then removed. Ids come from what was written, so a drain that was killed
at any step, or done by two programs at once, loses nothing and doubles nothing. What can't be used stays in the inbox.
"""

import os
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from msgspec import Struct

from data.base.errors import NotAllowedError, NotFoundError, SmallWinsError
from data.base.formatting import plural
from data.files.disk import DISK, Disk, explain
from data.history.entry import HistoryEntry
from data.inbox import claims
from data.inbox.claims import Claim, FileText, InboxPlace
from data.inbox.entries import InboxPlan, InboxText, plan_inbox, read_entries
from data.model.journal import Journal
from data.model.records import INBOX_ID, Changes, Win, id_version
from data.storage.store import Saved, Store

INBOX_LABEL: Final = "import the inbox"
_ID: Final = rb"[0-9a-f]{8}-[0-9a-f]{4}-%b[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}" % INBOX_ID.encode()
"""An id that the inbox made."""
_OLD: Final = timedelta(days=3650)
"""A file that is older has a date that nobody meant."""
_MAX_ENTRIES: Final = 5_000
"""Wins in one file: a whole diary is for `import`, which shows first what it would add."""
_READ_AGAIN: Final = 3
"""How often a file is read again that grows while it is brought in; the next drain goes on."""


class Drained(Struct, frozen=True):
    """What a drain did.

    Attributes:
        wins: Those that came in.
        known: How many entries were brought in before.
        problems: What was left in the inbox and why, a sentence each.
        unfinished: What came in and is still in the inbox, where the next drain removes it: a sentence each.
        waits: Whether something is still being written, and comes in later.
        saved: The change, if there was one.
    """

    wins: tuple[Win, ...] = ()
    known: int = 0
    problems: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    waits: bool = False
    saved: Saved | None = None

    def describe(self) -> str:
        """Return what came in, in a few words, or ""."""
        found = f"{plural(len(self.wins), 'win')} from the inbox" if self.wins else ""
        again = f"{plural(self.known, 'line')} of the inbox {'was' if self.known == 1 else 'were'} there already"
        return ", ".join(filter(None, (found, again if self.known else "")))


def drain(store: Store, inbox: Path, clock: Callable[[], datetime], disk: Disk = DISK) -> Drained:
    """Bring in what lies in an inbox.

    Args:
        store: The journal.
        inbox: A file or a folder; there need be none.
        clock: Gives the aware local time.
        disk: The system calls.

    Raises:
        SmallWinsError: The inbox can't be looked at, or the journal can't be changed; everything is kept.
    """
    store.check_writable()
    try:
        place = claims.find_place(inbox)
        _check_place(place, store)
        files, left = claims.list_files(place)
    except FileNotFoundError as error:
        if not os.path.exists(store.path):  # noqa: PTH110 - it never raises
            return Drained()  # nothing was ever written down here
        raise NotFoundError(f"The folder of the inbox is gone: {inbox}", "Is its disk connected?") from error
    except OSError as error:
        raise explain(error, "The inbox can't be read") from error
    return _Drain(store, place, clock, disk).run(files, left)


def _check_place(place: InboxPlace, store: Store) -> None:
    """Refuse an inbox that somebody set by mistake: what is in it is removed once it is brought in.

    Raises:
        NotAllowedError: It is the journal, or the home folder.
    """
    home = os.path.realpath(os.path.expanduser("~"))  # noqa: PTH111 - it never raises
    is_all = not place.name and str(place.folder) in {home, "/"}
    if is_all or os.path.realpath(place.path) == os.path.realpath(store.path):
        raise NotAllowedError(f"That can't be the inbox: {place.path}", "Set a file or a folder of its own.")


class _Read(Struct):
    """A claim and what was read of it."""

    claim: Claim
    found: FileText


class _Drain:
    """One drain: its files, and what there is to say of them."""

    def __init__(self, store: Store, place: InboxPlace, clock: Callable[[], datetime], disk: Disk) -> None:
        self._store = store
        self._place = place
        self._clock = clock
        self._disk = disk
        self._problems: list[str] = []
        self._unfinished: list[str] = []
        self._waits = False
        self._plan = InboxPlan()
        self._saved: Saved | None = None
        self._wins: dict[str, Win] = {}
        self._known: set[str] = set()
        self._own: list[Claim] = []

    def run(self, files: list[Path], left: list[Claim]) -> Drained:
        """Bring in what files say, and what an earlier drain did not finish."""
        journal = os.path.realpath(self._store.path)
        files = [path for path in files if str(path) != journal]
        left = claims.without_twins(files, left, self._disk)
        self._own = [claim for path in files if (claim := self._take(path)) is not None]
        taken = sorted([*left, *self._own], key=lambda claim: self._place.is_copy(claim.name))
        for turn in range(_READ_AGAIN):
            if taken:
                taken = self._bring_in(taken, again=turn > 0)
        self._waits = self._waits or bool(taken)
        return Drained(
            tuple(self._wins.values()),
            len(self._known - self._wins.keys()),
            tuple(self._problems),
            tuple(self._unfinished),
            self._waits,
            self._saved,
        )

    def _take(self, path: Path) -> Claim | None:
        """Move a file out of the way, if it says something that can be used and nobody is writing it."""
        try:
            found = claims.read_inbox_file(path, self._clock())
            day = self._day_of(found.written)
            text = self._text(found, Claim(path, path.name, day))
            usable = self._usable(text)
            self._waits = self._waits or (bool(found.text) and not found.is_finished)
            return claims.take(path, day, self._disk) if usable and found.is_finished else None
        except FileNotFoundError:
            return None
        except (OSError, SmallWinsError) as error:
            self._problems.append(claims.describe_problem(path.name, error))
            return None

    def _usable(self, text: InboxText) -> bool:
        """Return whether a text has an entry that can be a win; where it has none, say so and leave it.

        Raises:
            NotAllowedError: It has more than anybody jots down.
        """
        if len(text.entries) > _MAX_ENTRIES:
            raise NotAllowedError(f"It has more than {_MAX_ENTRIES:,} lines.", "`smallwins import` reads it.")
        plan = plan_inbox(self._store.journal, [text], {}, self._clock())
        if plan.refused and not plan.wins:
            self._problems += [refused.describe() for refused in plan.refused]
        return bool(plan.wins)

    def _day_of(self, written: datetime) -> date:
        now = self._clock()
        day = written.astimezone(now.tzinfo).date()
        return day if now.date() - _OLD <= day <= now.date() else now.date()

    def _text(self, found: FileText, claim: Claim, *, again: bool = False) -> InboxText:
        return InboxText(
            claim.name,
            claim.path.name,
            claim.day,
            found.written,
            read_entries(found.text),
            key=self._place.key_of(claim.name),
            is_copy=self._place.is_copy(claim.name),
            grew=again,
        )

    def _bring_in(self, taken: list[Claim], *, again: bool) -> list[Claim]:
        """Bring in what claims say and remove them; return those that grew meanwhile."""
        reads = [read for one in taken if (read := self._read(one)) is not None]
        if not reads:
            return []
        try:
            self._save([self._text(read.found, read.claim, again=again) for read in reads])
        except SmallWinsError as error:
            for claim in self._own:
                claims.give_back(claim, self._disk)
            if self._saved is None:
                raise
            self._problems.append(str(error))  # of what was added meanwhile; what came before is in
            return []
        return [read.claim for read in reads if not self._finish(read)]

    def _read(self, claim: Claim) -> _Read | None:
        try:
            found = claims.read_inbox_file(claim.path, self._clock())
        except FileNotFoundError:
            return None  # another program is faster
        except (OSError, SmallWinsError) as error:
            self._problems.append(claims.describe_problem(claim.name, error))
            return None
        if found.is_finished:
            return _Read(claim, found)
        self._waits = True
        if claim in self._own:
            claims.give_back(claim, self._disk)
        return None

    def _save(self, texts: list[InboxText]) -> None:
        now = self._clock()

        def edit(journal: Journal) -> Changes:
            self._plan = plan_inbox(journal, texts, _memory(journal, self._store.history), now)
            return Changes(put=self._plan.wins)

        self._saved = self._store.change(INBOX_LABEL, edit)
        self._wins |= {win.id: win for win in self._plan.wins}
        self._known.update(self._plan.known)

    def _finish(self, read: _Read) -> bool:
        """Put back what can't be used, and remove a claim; return whether it is done with."""
        refused = [one for one in self._plan.refused if one.source == read.claim.path.name]
        try:
            now = claims.read_inbox_file(read.claim.path, self._clock())
            if now.size != read.found.size or not now.is_finished:
                return False
            self._problems += [one.describe() for one in refused]
            claims.put_refused(read.claim, [one.entry for one in refused], self._disk)
            claims.remove_claim(read.claim, self._disk)
        except FileNotFoundError:
            return True
        except (OSError, SmallWinsError) as error:
            self._unfinished.append(claims.describe_unfinished(read.claim.name, error))
        return True


def _memory(journal: Journal, history: tuple[HistoryEntry, ...]) -> dict[str, datetime]:
    """Return the wins that came from an inbox: those of the journal, and those of the history that were undone."""
    drains = [(bytes(entry.touched), entry.when) for entry in history if entry.label == INBOX_LABEL]
    said = {key.decode(): when for touched, when in drains for key in re.findall(_ID, touched)}
    return said | {key: win.created_at for key, win in journal.wins.items() if id_version(key) == INBOX_ID}
