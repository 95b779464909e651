"""A pass of sync: look, take in, send. The network is never touched while the journal is locked.

It may be killed at any step. What was written to the outbox without a base that knows it is made again; a base that no
journal names is removed; what was sent twice is the same file.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from time import sleep
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from data.base.errors import SmallWinsError
from data.files.file_version import FileStamp, stamp_of
from data.storage.contents import Contents
from data.storage.decoder import no_collections
from data.sync.batches import (
    FORMAT,
    Batch,
    BatchError,
    Head,
    NewerFormatError,
    decode_batch,
    encode_batches,
    name_of,
)
from data.sync.digests import short_digest, unsent_records
from data.sync.exchange import Base, Exchange, exchange
from data.sync.remote import KEY_FILE, MARK_FILE, README, OfflineError, RacedError, RefusedError, Remote
from data.sync.repairs import States
from data.sync.sealing import Seal
from data.sync.stamps import new_actor
from data.sync.sync_folder import SyncFolder, SyncStatus
from data.sync.sync_report import SyncReport, add_reports

if TYPE_CHECKING:
    from data.storage.store import Store  # imported while git fetches

_MOST_TRIES: Final = 8
_LONGEST_PAUSE: Final = 0.5
"""Seconds between two tries."""
_FAULT: Final = "The last pass ended by a fault of the program ({}). Run `smallwins sync` to see it."
_SET_UP_AGAIN: Final = "If it is yours, `smallwins sync setup` asks for its code."


class _MovedError(Exception):
    """The journal names another base than the one that was read: another pass came between."""


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
        open_store: Callable[[], "Store"],
        folder: SyncFolder,
        *,
        remote: Remote,
        seal: Seal,
        now: Callable[[], datetime],
        device: str = "",
        pause: Callable[[float], None] = sleep,
    ) -> None:
        """Name what a pass needs.

        Args:
            open_store: Opens the journal, once there is something to do.
            folder: What sync keeps beside it.
            remote: Where batches are exchanged.
            seal: What opens and seals them.
            now: The clock, UTC.
            device: What this computer calls itself.
            pause: Waits for so many seconds.
        """
        self._open_store = open_store
        self._folder = folder
        self._remote = remote
        self._seal = seal
        self._now = now
        self._device = device
        self._pause = pause
        self._actor = new_actor()
        self._base = Base()
        self._read_base: tuple[str, Base | None] | None = None

    @cached_property
    def _store(self) -> "Store":
        return self._open_store()

    def run(self) -> SyncReport:
        """Make the pass, and keep how it ended.

        Raises:
            SmallWinsError: It could not be made, or not to its end; nothing is lost.
        """
        last = self._folder.status or SyncStatus(self._now())
        with self._folder.running(), no_collections():
            try:
                report, seen = self._run(last.seen)
            except Exception as error:
                offline = isinstance(error, OfflineError)
                said = str(error) if isinstance(error, SmallWinsError) else _FAULT.format(type(error).__name__)
                status = SyncStatus(self._now(), last.synced, self.count_unsent(), said, offline)
                self._folder.set_status(status)
                raise
            self._folder.set_status(SyncStatus(self._now(), self._now(), seen=seen, notes=report.notes))
            return report

    def count_unsent(self) -> int:
        """Return how many records the others have not got yet, as far as this device can tell."""
        keys = set()
        with suppress(SmallWinsError):
            contents = self._store.contents
            keys = unsent_records(contents, (self._folder.base(contents.base) or Base()).digests)
            for name, sealed in self._folder.outbox().items():
                batch = self._opened(name, sealed)
                keys |= batch.states.keys() if batch is not None else set()
        return len(keys)

    def forget(self) -> None:
        """Put one batch of all there is in the place of all others: what was removed for good is gone there, too.

        Raises:
            SmallWinsError: It could not be done; everything is as it was.
        """
        with self._folder.running():
            self._run("")
            self._remote.look()
            base = self._folder.base(self._store.contents.base) or Base()
            sealed = self._sealed(dict(base.states), Head(FORMAT, self._device, tuple(sorted(base.taken))))
            files = {self._path(name): data for name, data in sealed.items()}
            replace_all(self._remote, {**files, **self._about()})
            replaced = dict.fromkeys(base.taken, self._now()) | dict(base.replaced)
            kept = structs.replace(base, taken=base.taken | sealed.keys(), replaced=replaced)
            self._folder.keep_base(self._store.contents.base, kept)

    def _run(self, seen: str) -> tuple[SyncReport, str]:
        """Look, take in and send; return what was done, and what tells that nothing is left to do.

        Args:
            seen: What told so after the last pass.
        """
        report = SyncReport()
        for _ in range(_MOST_TRIES):
            is_changed = not seen.endswith(_mark_of(self._stamp()))
            meanwhile = (self._open, self._read_known) if is_changed else ()
            listing = self._remote.look(*meanwhile)
            if seen and seen == _seen(listing, self._stamp()) and not self._folder.outbox():
                return report, seen
            about = self._missing_about()
            report = add_reports(report, self._take_in(listing))
            waiting = {name: data for name, data in self._folder.outbox().items() if name not in listing}
            dropped = self._to_drop(listing)
            if waiting:
                try:
                    files = {self._path(name): data for name, data in waiting.items()}
                    self._remote.send({**files, **about}, [listing[name] for name in dropped])
                except RacedError:
                    self._pause(_some_time())
                    continue
            for name in self._folder.outbox():
                self._folder.take_back(name)
            settled = not (report.missing or self._base.absent)
            left = {*listing, *waiting} - (dropped if waiting else set())
            return structs.replace(report, sent=len(waiting)), _seen(left, self._store.stamp) if settled else ""
        raise OfflineError("Other devices keep sending at the same moment.", "Try again in a minute.")

    def _open(self) -> None:
        """Read the journal."""
        self._store.refresh()

    def _read_known(self) -> None:
        """Read what is known of the journal."""
        self._known(self._store.contents.base)

    def _known(self, name: str) -> Base | None:
        """Return what was known at the end of the pass that the journal names, or None."""
        if self._read_base is None or self._read_base[0] != name:
            self._read_base = name, self._folder.base(name)
        return self._read_base[1]

    def _stamp(self) -> FileStamp | None:
        """Return the stamp of the journal's file as it is now."""
        try:
            return stamp_of(self._folder.journal.stat())
        except OSError:
            return None

    def _missing_about(self) -> dict[str, bytes]:
        """Return what a remote lacks beside its batches, such as one that was emptied.

        Raises:
            RefusedError: It has batches of another key.
        """
        if self._remote.holds(MARK_FILE, self._seal.mark):
            return {}
        mark = self._remote.read(MARK_FILE).strip()
        if mark != self._seal.mark and re.fullmatch(rb"[0-9a-f]{16}", mark):
            raise RefusedError("That remote holds another journal; nothing was sent.", _SET_UP_AGAIN)
        return self._about()

    def _about(self) -> dict[str, bytes]:
        """Return the files that lie beside the batches."""
        sealed_key = self._remote.read(KEY_FILE) or self._folder.sealed_key
        files = {MARK_FILE: self._seal.mark, "README.md": README}
        return {**files, KEY_FILE: sealed_key} if sealed_key else files

    def _to_drop(self, listing: Mapping[str, str]) -> set[str]:
        """Return the batches whose content others hold, and have held for long enough."""
        replaced, now = self._base.replaced, self._now()
        return {name for name in listing if name in replaced and now - replaced[name] >= self._remote.keeps}

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
        base = self._known(named)
        known = base or Base()
        look = self._read(listing, known, strange=base is None)
        done: list[Exchange] = []

        def edit(contents: Contents) -> Contents:
            if contents.base != named:
                raise _MovedError
            self._drop_unknown(known, strange=look.strange)
            pieces = self._store.pieces(short_digest)
            done[:] = [exchange(contents, base, look.batches, self._now(), self._actor, pieces=pieces)]
            return self._commit(contents, done[0], known, look)

        self._store.exchange(edit)
        self._folder.sweep(self._store.contents.base)
        (found,) = done
        notes = (*found.notes, *_said_of(look.lost))
        return SyncReport(found.added, found.changed, found.removed, missing=len(look.lost), notes=notes)

    def _read(self, listing: Mapping[str, str], known: Base, *, strange: bool) -> _Look:
        """Read the batches that are new to this journal; one that can't be opened is left for later."""
        unread = sorted(listing.keys() - known.taken - known.replaced.keys())
        sealed = self._remote.read_all([listing[name] for name in unread])
        opened = {name: self._opened(name, data) for name, data in zip(unread, sealed, strict=True)}
        if strange:  # a journal without memory takes in what it had not sent, too
            opened |= {name: self._opened(name, data) for name, data in self._folder.outbox().items()}
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
        now, clocks, self._read_base = self._now(), found.base.clocks, None
        absent = self._absent(found.base, look)
        again = self._to_send_again(found.base, look, absent, now)
        outgoing = dict(found.base.states) if again else found.outgoing
        names: set[str] = set()
        if outgoing or again or look.lost - known.reported:
            head = Head(FORMAT, self._device, tuple(sorted(again)), tuple(sorted(look.lost)), now, clocks.heard)
            names, clocks = self._put_out(outgoing, head), clocks.after_sending(now)
        self._base = base = structs.replace(
            found.base,
            taken=found.base.taken | names,
            replaced=dict.fromkeys(again, now) | dict(found.base.replaced),
            reported=look.lost,
            absent={name: since for name, since in absent.items() if name not in again},
            clocks=clocks,
        )
        if not (look.strange or found.outgoing or look.batches):
            if structs.replace(base, states=known.states) != known:
                self._folder.keep_base(contents.base, base)
            return contents
        # A new name even where only this journal's own changes are sent: a backup that is restored later must name a
        # base that is no more, or what it lacks would be taken for removed.
        new = os.urandom(8).hex()
        self._folder.keep_base(new, base)
        return structs.replace(found.contents, base=new)

    def _to_send_again(self, base: Base, look: _Look, absent: Mapping[str, datetime], now: datetime) -> frozenset[str]:
        """Return the batches whose content is sent once more: gone from the remote, asked for, or grown too many."""
        there = look.listing.keys() & base.taken
        patience = self._remote.patience if there else timedelta(0)  # all of it gone is no matter of the order
        gone = {name for name, since in absent.items() if abs(now - since) >= patience}
        asked = look.asked & base.taken - base.replaced.keys()
        current = there - base.replaced.keys()
        return frozenset(gone | asked | (current if len(current) >= self._remote.most_files else set()))

    def _absent(self, base: Base, look: _Look) -> dict[str, datetime]:
        """Return the batches that were taken in, are no longer there, and whose content nobody else holds."""
        names = base.taken - look.listing.keys() - base.replaced.keys() - self._folder.outbox().keys()
        return {name: base.absent.get(name, self._now()) for name in names}

    def _put_out(self, states: States, head: Head) -> set[str]:
        sealed = self._sealed(states, head)
        for name, data in sealed.items():
            self._folder.put_out(name, data)
        return set(sealed)

    def _sealed(self, states: States, head: Head) -> dict[str, bytes]:
        """Return one or more sealed batches of these states, by name."""
        sealed = map(self._seal.seal, encode_batches(Batch(head, states)))
        return {name_of(data): data for data in sealed}


def _some_time() -> float:
    """Return how many seconds to wait after a race: another time than the other one, or both would race for ever."""
    return os.urandom(1)[0] / 255 * _LONGEST_PAUSE


def replace_all(remote: Remote, files: Mapping[str, bytes]) -> None:
    """Put files in the place of all that lies at a remote.

    Raises:
        OfflineError: Another device was quicker.
    """
    try:
        remote.send_instead(files)
    except RacedError as error:
        raise OfflineError("Another device sent something at the same moment.", "Try again.") from error


def _seen(names: Iterable[str], stamp: FileStamp | None) -> str:
    """Return what tells a remote and a journal from what they are after any change; its end tells the journal alone."""
    return sha256(repr(sorted(names)).encode()).hexdigest()[:16] + _mark_of(stamp)


def _mark_of(stamp: FileStamp | None) -> str:
    return sha256(repr(stamp and structs.astuple(stamp)).encode()).hexdigest()[:16]


def _said_of(lost: frozenset[str]) -> tuple[str, ...]:
    if not lost:
        return ()
    parts = "1 part has" if len(lost) == 1 else f"{len(lost)} parts have"
    return (f"{parts} not arrived yet; the rest is here.",)
