"""A pass of sync: look, take in, send. The network is never touched while the journal is locked.

It may be killed at any step. What was written to the outbox without a base that knows it is made again; a base that no
journal names is removed; what was sent twice is the same file.
"""

import os
import random
from collections.abc import Callable, Mapping
from datetime import datetime
from time import sleep
from typing import Final

from msgspec import Struct, structs

from data.base.errors import SmallWinsError
from data.model.records import TableName
from data.storage.contents import Contents
from data.storage.store import Store
from data.sync.batches import (
    FORMAT,
    Batch,
    BatchError,
    Head,
    NewerFormatError,
    decode_batch,
    encode_batch,
    name_of,
)
from data.sync.exchange import Base, Exchange, exchange
from data.sync.remote import KEY_FILE, README, OfflineError, RacedError, Remote
from data.sync.repairs import States
from data.sync.sealing import Seal
from data.sync.stamps import new_actor
from data.sync.sync_folder import SyncFolder, SyncStatus

_MOST_TRIES: Final = 8
_LONGEST_PAUSE: Final = 0.5


class _MovedError(Exception):
    """The journal names another base than the one that was read: another pass came between."""


class SyncReport(Struct, frozen=True):
    """What a pass did.

    Attributes:
        added: How many records came in, by table.
        changed: How many became another.
        removed: How many were removed.
        sent: How many batches were sent.
        missing: How many parts have not arrived yet or can't be opened.
        notes: Sentences for the person.
    """

    added: Mapping[TableName, int] = {}
    changed: Mapping[TableName, int] = {}
    removed: Mapping[TableName, int] = {}
    sent: int = 0
    missing: int = 0
    notes: tuple[str, ...] = ()


class _Look(Struct, frozen=True):
    """What the remote has: all of it, what is new, what can't be opened, what others ask for."""

    listing: Mapping[str, str]
    batches: Mapping[str, Batch]
    lost: frozenset[str]
    asked: frozenset[str]
    strange: bool
    """Whether this journal has no memory of an earlier pass."""


class SyncPass:
    """One pass over one journal."""

    def __init__(  # noqa: PLR0913 - what a pass needs
        self,
        store: Store,
        folder: SyncFolder,
        *,
        remote: Remote,
        seal: Seal,
        now: Callable[[], datetime],
        device: str = "",
    ) -> None:
        """Name what a pass needs.

        Args:
            store: The journal.
            folder: What sync keeps beside it.
            remote: Where batches are exchanged.
            seal: What opens and seals them.
            now: The clock, UTC.
            device: What this computer calls itself.
        """
        self._store = store
        self._folder = folder
        self._remote = remote
        self._seal = seal
        self._now = now
        self._device = device
        self._actor = new_actor()

    def run(self) -> SyncReport:
        """Make the pass, and keep how it ended.

        Raises:
            SmallWinsError: It could not be made, or not to its end; nothing is lost.
        """
        last = self._folder.status
        with self._folder.running():
            try:
                report = self._run()
            except SmallWinsError as error:
                offline = isinstance(error, OfflineError)
                synced = last.synced if last else None
                waiting = len(self._folder.outbox())
                self._folder.set_status(SyncStatus(self._now(), synced, waiting, str(error), offline))
                raise
            self._folder.set_status(SyncStatus(self._now(), self._now()))
            return report

    def forget(self) -> None:
        """Put one batch of all there is in the place of all others: what was removed for good is gone there, too.

        Raises:
            SmallWinsError: It could not be done; everything is as it was.
        """
        with self._folder.running():
            self._run()
            self._remote.look()
            base = self._folder.base(self._store.contents.base) or Base()
            sealed = self._seal.seal(
                encode_batch(Batch(Head(FORMAT, self._device, tuple(sorted(base.taken))), base.states))
            )
            name = name_of(sealed)
            files = {self._path(name): sealed, KEY_FILE: self._remote.key(), "README.md": README}
            try:
                self._remote.send_instead(files)
            except RacedError as error:
                raise OfflineError("Another device sent something at the same moment.", "Try again.") from error
            kept = structs.replace(base, taken=base.taken | {name}, replaced=base.replaced | base.taken)
            self._folder.keep_base(self._store.contents.base, kept)

    def _run(self) -> SyncReport:
        report = SyncReport()
        for _ in range(_MOST_TRIES):
            listing = self._remote.look()
            report = _together(report, self._take_in(listing))
            waiting = {name: data for name, data in self._folder.outbox().items() if name not in listing}
            if waiting:
                try:
                    self._remote.send({self._path(name): data for name, data in waiting.items()})
                except RacedError:
                    sleep(random.uniform(0, _LONGEST_PAUSE))  # noqa: S311 - so that two do not race for ever
                    continue
            for name in self._folder.outbox():
                self._folder.take_back(name)
            return structs.replace(report, sent=len(waiting))
        raise OfflineError("Other devices keep sending at the same moment.", "Try again in a minute.")

    def _path(self, name: str) -> str:
        return f"{self._now():%Y/%m}/{name}"

    def _take_in(self, listing: Mapping[str, str]) -> SyncReport:
        while True:
            try:
                return self._try_taking_in(listing)
            except _MovedError:
                continue

    def _try_taking_in(self, listing: Mapping[str, str]) -> SyncReport:
        """Take in what the remote has and this journal has not, in one replacement of the journal."""
        self._store.refresh()
        named = self._store.contents.base
        base = self._folder.base(named)
        known = base or Base()
        look = self._read(listing, known, strange=base is None)
        done: list[Exchange] = []

        def edit(contents: Contents) -> Contents:
            if contents.base != named:
                raise _MovedError
            self._drop_unknown(known, strange=look.strange)
            done[:] = [exchange(contents, base, look.batches, self._now(), self._actor)]
            return self._commit(contents, done[0], known, look)

        self._store.exchange(edit)
        self._folder.sweep(self._store.contents.base)
        (found,) = done
        notes = (*found.notes, *_said_of(look.lost))
        return SyncReport(found.added, found.changed, found.removed, missing=len(look.lost), notes=notes)

    def _read(self, listing: Mapping[str, str], known: Base, *, strange: bool) -> _Look:
        """Read the batches that are new to this journal; one that can't be opened is left for later."""
        unread = listing.keys() - known.taken - known.replaced
        sealed = {name: self._remote.read(listing[name]) for name in sorted(unread)}
        if strange:  # a journal without memory takes in what it had not sent, too
            sealed |= self._folder.outbox()
        opened = {name: self._opened(name, data) for name, data in sealed.items()}
        batches = {name: batch for name, batch in opened.items() if batch is not None}
        asked = frozenset(name for batch in batches.values() for name in batch.head.lost)
        return _Look(listing, batches, frozenset(opened.keys() - batches.keys()), asked, strange)

    def _opened(self, name: str, sealed: bytes) -> Batch | None:
        opened = self._seal.open(sealed) if name_of(sealed) == name else None
        try:
            return decode_batch(opened) if opened is not None else None
        except NewerFormatError as error:
            hint = "Update this one; your changes are safe here."
            raise SmallWinsError("Another device has a newer smallwins.", hint) from error
        except BatchError:
            return None

    def _drop_unknown(self, known: Base, *, strange: bool) -> None:
        """Drop what an earlier pass wrote and did not come to keep: its content is in the journal still."""
        for name in () if strange else self._folder.outbox():
            if name not in known.taken:
                self._folder.take_back(name)

    def _commit(self, contents: Contents, found: Exchange, known: Base, look: _Look) -> Contents:
        """Put out what is to be sent, keep the new base, and return what the journal shall hold."""
        absent = self._absent(found.base, look)
        gone = {name for name, since in absent.items() if self._now() - since >= self._remote.patience}
        again = gone | (look.asked & known.taken - found.base.replaced)
        outgoing = found.base.states if again else found.outgoing
        names = set()
        if outgoing or again or look.lost - known.reported:
            names.add(self._put_out(outgoing, tuple(sorted(again)), tuple(sorted(look.lost))))
        base = structs.replace(
            found.base,
            taken=found.base.taken | names,
            replaced=found.base.replaced | again,
            reported=look.lost,
            absent={name: since for name, since in absent.items() if name not in again},
        )
        if not look.strange and not names and not look.batches:
            if base != known:
                self._folder.keep_base(contents.base, base)
            return contents
        # A new name even where only this journal's own changes are sent: a backup that is restored later must name a
        # base that is no more, or what it lacks would be taken for removed.
        new = os.urandom(8).hex()
        self._folder.keep_base(new, base)
        return structs.replace(found.contents, base=new)

    def _absent(self, base: Base, look: _Look) -> dict[str, datetime]:
        """Return the batches that were taken in, are no longer there, and whose content nobody else holds."""
        names = base.taken - look.listing.keys() - base.replaced - self._folder.outbox().keys()
        return {name: base.absent.get(name, self._now()) for name in names}

    def _put_out(self, states: States, replaces: tuple[str, ...], lost: tuple[str, ...]) -> str:
        sealed = self._seal.seal(encode_batch(Batch(Head(FORMAT, self._device, replaces, lost), states)))
        name = name_of(sealed)
        self._folder.put_out(name, sealed)
        return name


def _together(one: SyncReport, other: SyncReport) -> SyncReport:
    """Return two tries of a pass as one report."""
    return SyncReport(
        _sum(one.added, other.added),
        _sum(one.changed, other.changed),
        _sum(one.removed, other.removed),
        missing=other.missing,
        notes=(*one.notes, *(note for note in other.notes if note not in one.notes)),
    )


def _sum(one: Mapping[TableName, int], other: Mapping[TableName, int]) -> dict[TableName, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}


def _said_of(lost: frozenset[str]) -> tuple[str, ...]:
    if not lost:
        return ()
    parts = "1 part has" if len(lost) == 1 else f"{len(lost)} parts have"
    return (f"{parts} not arrived yet; the rest is here.",)
