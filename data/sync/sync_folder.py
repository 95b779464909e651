"""What sync keeps beside a journal: `wins.json.sync/`, a private folder.

`config.json` says where the remote is, `key` opens what travels, `outbox/` holds what was not sent yet, `base-…` what
was known at the end of the last pass, `records-…` what it has of records that did not change for long, `status.json`
what the app shows, `repo.git` a cache.
"""

import os
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from data.base.errors import BusyError, NotAllowedError, SaveError
from data.files.disk import DISK, PRIVATE_FOLDER, Disk, explain, make_folders, replace_file
from data.files.lock import locked
from data.files.plain_file import read_plain_file
from data.sync.clocks import Clocks
from data.sync.digests import digest_in
from data.sync.exchange import Base
from data.sync.known_states import NOTHING_KEPT, KnownStates, decode_states, encode_states
from data.sync.record_state import RecordState
from data.sync.remote import KEY_FILE

_AGAIN: Final = "`smallwins sync setup` makes them again."
_BUSY: Final = 5.0
"""Seconds that a pass waits for another one, which may have looked before the last change."""
_MOST_CHANGED: Final = 1000
"""Records that a base holds itself; with more of them all are kept in a file of their own, which later bases name."""


class SyncConfig(Struct, frozen=True):
    """Where the remote is, and what this computer calls itself."""

    remote: str
    device: str = ""


class SyncStatus(Struct, frozen=True):
    """How the last pass ended.

    Attributes:
        when: The moment, UTC.
        synced: The moment of the last pass that reached the remote, or None.
        to_send: How many records wait to be sent.
        trouble: A sentence, or "".
        offline: Whether the trouble is only that the remote can't be reached.
        seen: Tells the journal and the remote as they were when nothing was left to do, or "".
        notes: What the person is told of what the pass did, a sentence each.
    """

    when: datetime
    synced: datetime | None = None
    to_send: int = 0
    trouble: str = ""
    offline: bool = False
    seen: str = ""
    notes: tuple[str, ...] = ()


def describe_status(found: SyncStatus | None, to_send: int) -> str:
    """Return how the last pass ended, what it had to say, and what waits, in a few sentences.

    Args:
        found: How it ended, or None where there was none.
        to_send: How many records wait to be sent now.
    """
    waiting = f"{to_send:,} to send. " if to_send else ""
    if found is None:
        return f"{waiting}No pass was made yet."
    ended = found.trouble or f"Synced {found.when.astimezone():%Y-%m-%d %H:%M}."
    return " ".join((f"{waiting}{ended}", *found.notes))


class _StoredBase(Struct, frozen=True):
    taken: list[str]
    replaced: dict[str, datetime]
    reported: list[str]
    absent: dict[str, datetime]
    clocks: Clocks
    records: dict[str, dict[str, tuple[str, RecordState]]]
    kept: str = ""
    pieces: list[str] = []


_base_decoder: Final = msgspec.json.Decoder(_StoredBase)


class SyncFolder:
    """The folder of one journal.

    Attributes:
        path: Where it is.
        journal: The journal's real path.
    """

    def __init__(
        self, journal: Path, disk: Disk = DISK, patience: float = _BUSY, most_changed: int = _MOST_CHANGED
    ) -> None:
        """Name the folder; nothing is made.

        Args:
            journal: The journal's real path.
            disk: The calls of the operating system.
            patience: Seconds that a pass waits for another one.
            most_changed: How many records a base may hold itself.
        """
        self._patience = patience
        self._most_changed = most_changed
        self.journal = journal
        self.path = journal.with_name(f"{journal.name}.sync")
        self._disk = disk

    @property
    def config(self) -> SyncConfig | None:
        """What was set up, or None."""
        data = self._read("config.json")
        try:
            return msgspec.json.decode(data, type=SyncConfig) if data else None
        except msgspec.MsgspecError as error:
            raise NotAllowedError("The settings of sync are damaged.", _AGAIN) from error

    @property
    def key(self) -> str:
        """The key, or ""."""
        return self._read("key").decode(errors="replace").strip()

    @property
    def status(self) -> SyncStatus | None:
        """How the last pass ended, or None."""
        try:
            return msgspec.json.decode(self._read("status.json"), type=SyncStatus)
        except (msgspec.MsgspecError, SaveError):
            return None

    @property
    def sealed_key(self) -> bytes:
        """The key under the code, as it lay at the remote; for one that lost it."""
        return self._read(KEY_FILE)

    def keep_sealed_key(self, sealed: bytes) -> None:
        """Keep the key under the code."""
        self._write(self.path / KEY_FILE, sealed)

    def set_up(self, config: SyncConfig, key: str) -> None:
        """Keep what `setup` found out."""
        self._write(self.path / "key", f"{key}\n".encode())
        self._write(self.path / "config.json", msgspec.json.encode(config))

    def set_status(self, status: SyncStatus) -> None:
        """Say how a pass ended."""
        self._write(self.path / "status.json", msgspec.json.encode(status))

    def turn_off(self) -> None:
        """Forget the remote; the journal stays, and so does the remote."""
        for name in ("config.json", "status.json"):
            (self.path / name).unlink(missing_ok=True)

    def start_anew(self) -> None:
        """Forget what is known and what was not sent: the next pass meets the others as a stranger, with everything."""
        self.sweep()
        for name in self.outbox():
            self.take_back(name)

    def outbox(self) -> dict[str, bytes]:
        """Return the sealed batches that were not sent yet, by name."""
        found = sorted(path.name for path in self._files("outbox"))
        return {name: data for name in found if (data := self._read(f"outbox/{name}"))}

    def put_out(self, name: str, sealed: bytes) -> None:
        """Keep a batch until it is sent."""
        self._write(self.path / "outbox" / name, sealed)

    def take_back(self, name: str) -> None:
        """Let go of a batch: it was sent, or belongs to a pass that did not take hold."""
        (self.path / "outbox" / name).unlink(missing_ok=True)

    def base(self, name: str) -> Base | None:
        """Return what was known at the end of the pass that a journal names, or None."""
        found = self._stored_base(name) if name else None
        kept = decode_states(self._read(f"records-{found.kept}")) if found is not None and found.kept else NOTHING_KEPT
        if found is None or kept is None:
            return None
        digests: Any = dict(kept.digests)
        for table, records in found.records.items():
            new = {key: digest for key, (digest, _) in records.items()}
            digests[table] = {**digests.get(table, {}), **new}
        changed: Any = {
            (table, key): state for table, records in found.records.items() for key, (_, state) in records.items()
        }
        return Base(
            taken=frozenset(found.taken),
            replaced=found.replaced,
            reported=frozenset(found.reported),
            absent=found.absent,
            clocks=found.clocks,
            states=KnownStates(changed, kept, found.kept),
            digests=digests,
            pieces=frozenset(found.pieces),
        )

    def _stored_base(self, name: str) -> _StoredBase | None:
        """Return what a base holds itself, or None where there is none or it is damaged."""
        try:
            return _base_decoder.decode(zlib.decompress(data)) if (data := self._read(f"base-{name}")) else None
        except (msgspec.MsgspecError, zlib.error):
            return None

    def keep_base(self, name: str, base: Base) -> None:
        """Keep what is known, durably."""
        changed, kept = base.states.changed, base.states.file
        if len(changed) > self._most_changed:
            kept = os.urandom(8).hex()
            self._write(self.path / f"records-{kept}", encode_states(base.states, base.digests))
            changed = {}
        records: dict[str, dict[str, tuple[str, RecordState]]] = {}
        for key, state in changed.items():
            records.setdefault(key[0], {})[key[1]] = (digest_in(base.digests, key), state)
        stored = _StoredBase(
            sorted(base.taken),
            dict(base.replaced),
            sorted(base.reported),
            dict(base.absent),
            base.clocks,
            records,
            kept,
            sorted(base.pieces),
        )
        self._write(self.path / f"base-{name}", zlib.compress(msgspec.json.encode(stored), 1))

    def sweep(self, name: str = "") -> None:
        """Remove the bases of other passes than the one that the journal names; all of them without a name."""
        stale = [path for path in self._files("") if path.name.startswith("base-") and path.name != f"base-{name}"]
        records = [path for path in self._files("") if path.name.startswith("records-")]
        if len(records) > 1 or not name:
            found = self._stored_base(name)
            stale += [path for path in records if found is None or path.name != f"records-{found.kept}"]
        for path in stale:
            path.unlink(missing_ok=True)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Hold the lock of passes: one at a time.

        Raises:
            BusyError: Another one runs.
        """
        self._make(self.path)
        with ExitStack() as held:
            try:
                held.enter_context(locked(self.path / "run", self._patience))
            except BusyError as error:
                raise BusyError("Another pass of sync is under way.", "It does the same; or try again soon.") from error
            yield

    def _files(self, folder: str) -> list[Path]:
        try:
            return [path for path in (self.path / folder).iterdir() if path.is_file() and not path.name.startswith(".")]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _unreadable(error) from error

    def _read(self, name: str) -> bytes:
        try:
            return read_plain_file(self.path / name)
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise _unreadable(error) from error

    def _write(self, path: Path, data: bytes) -> None:
        try:
            self._make(path.parent)
            replace_file(path, [data], self._disk)
        except OSError as error:
            raise explain(error, "The state of sync was not saved") from error

    def _make(self, path: Path) -> None:
        make_folders(path, self._disk)
        if path.stat().st_mode & 0o777 != PRIVATE_FOLDER:
            path.chmod(PRIVATE_FOLDER)


def _unreadable(error: OSError) -> SaveError:
    return explain(error, "The folder of sync can't be read")
