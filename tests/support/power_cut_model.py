"""A model of power cuts: what a disk may hold afterwards, given the calls that were made before.

What was written and not synced may be there, be missing, be torn, or be zeros. A name that was made, replaced or
removed is there only once its folder was synced; before that any of the changes may have reached the disk, or none.
"""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from data.files.disk import Disk


class Write(NamedTuple):
    """Bytes that went into a file."""

    file: int
    data: bytes


class Sync(NamedTuple):
    """A file that was synced."""

    file: int


class Name(NamedTuple):
    """A name that was given to a file, or taken away (None)."""

    path: Path
    file: int | None


class Folder(NamedTuple):
    """A folder that was made."""

    path: Path


class SyncFolder(NamedTuple):
    """A folder that was synced."""

    path: Path


class Done(NamedTuple):
    """A change that was acknowledged; from here on the file must be `data`."""

    data: bytes


Event = Write | Sync | Name | Folder | SyncFolder | Done


class Recorder(Disk):
    """A disk that remembers what it is told; without `files` or `folders` it only pretends to sync those."""

    def __init__(self, *, files: bool = True, folders: bool = True) -> None:
        self.events: list[Event] = []
        self._files, self._folders = files, folders
        self._numbers: dict[int, int] = {}
        self._names: dict[Path, int] = {}
        self._made = 0

    def create(self, path: Path) -> int:
        """Create a file and number it."""
        fd = super().create(path)
        self._made += 1
        self._numbers[fd] = self._names[path] = self._made
        self.events.append(Name(path, self._made))
        return fd

    def write(self, fd: int, data: memoryview) -> int:
        """Write, and remember what was written."""
        size = super().write(fd, data)
        self.events.append(Write(self._numbers[fd], bytes(data[:size])))
        return size

    def sync(self, fd: int) -> None:
        """Sync a file, or pretend to."""
        if self._files:
            self.events.append(Sync(self._numbers[fd]))

    def replace(self, source: Path, target: Path) -> None:
        """Replace, and remember the two names that changed."""
        super().replace(source, target)
        self._names[target] = self._names.pop(source)
        self.events += [Name(target, self._names[target]), Name(source, None)]

    def link(self, source: Path, target: Path) -> None:
        """Give a second name, and remember it."""
        super().link(source, target)
        self._names[target] = self._names[source]
        self.events.append(Name(target, self._names[target]))

    def remove(self, path: Path) -> None:
        """Remove, and remember it."""
        super().remove(path)
        self.events.append(Name(path, None))

    def make_folder(self, path: Path) -> None:
        """Make a folder, and remember it."""
        super().make_folder(path)
        self.events.append(Folder(path))

    def sync_folder(self, path: Path) -> None:
        """Sync a folder, or pretend to."""
        if self._folders:
            self.events.append(SyncFolder(path))

    def acknowledge(self, path: Path) -> None:
        """Remember that a change was acknowledged."""
        self.events.append(Done(path.read_bytes()))


class Broken(NamedTuple):
    """A file that is neither the last acknowledged one nor the next."""

    cut: int
    found: bytes | None


def states(events: list[Event], path: Path, start: bytes | None) -> Iterator[tuple[int, bytes | None]]:
    """Yield each place of a power cut between events, with each thing that may be at the path afterwards."""
    for cut in range(len(events) + 1):
        yield from ((cut, found) for found in _possible(events[:cut], path, start))


def broken_promises(events: list[Event], path: Path, start: bytes | None) -> Iterator[Broken]:
    """Yield what a power cut may leave and must not.

    Args:
        events: What happened, each acknowledged change among it.
        path: The journal.
        start: What it held, durably, before the first event.
    """
    versions = [start, *(event.data for event in events if isinstance(event, Done))]
    done = [sum(isinstance(event, Done) for event in events[:cut]) for cut in range(len(events) + 1)]
    found = states(events, path, start)
    yield from (Broken(cut, data) for cut, data in found if data not in versions[done[cut] : done[cut] + 2])


def _possible(events: list[Event], path: Path, start: bytes | None) -> set[bytes | None]:
    durable, pending = _names(events)
    files = _files(events)
    found: set[bytes | None] = set()
    for count in range(len(pending) + 1):
        for chosen in combinations(pending, count):
            names = [*durable, *chosen]
            made = {event.path for event in names if isinstance(event, Folder)}
            needed = {event.path for event in events if isinstance(event, Folder) and event.path in path.parents}
            ours = [event.file for event in names if isinstance(event, Name) and event.path == path]
            if not needed <= made:
                found.add(None)
            elif not ours:
                found.add(start)
            else:
                found |= {None} if ours[-1] is None else files[ours[-1]]
    return found


def _names(events: list[Event]) -> tuple[list[Name | Folder], list[Name | Folder]]:
    """Return the changes of names that are durable, and those that may or may not have reached the disk."""
    durable: list[Name | Folder] = []
    pending: list[Name | Folder] = []
    for event in events:
        if isinstance(event, Name | Folder):
            pending.append(event)
        elif isinstance(event, SyncFolder):
            durable += [change for change in pending if change.path.parent == event.path]
            pending = [change for change in pending if change.path.parent != event.path]
    return durable, pending


def _files(events: list[Event]) -> dict[int, set[bytes | None]]:
    """Return what each file may hold."""
    synced: dict[int, bytes] = {}
    written: dict[int, bytes] = {}
    for event in events:
        if isinstance(event, Write):
            written[event.file] = written.get(event.file, b"") + event.data
        elif isinstance(event, Sync):
            synced[event.file] = written.get(event.file, b"")
        elif isinstance(event, Name) and event.file is not None:
            written.setdefault(event.file, b"")
    return {file: set(_torn(synced.get(file, b""), data)) for file, data in written.items()}


def _torn(safe: bytes, all_of_it: bytes) -> Iterator[bytes]:
    rest = all_of_it[len(safe) :]
    yield safe
    yield all_of_it
    yield safe + rest[: len(rest) // 2]
    yield safe + bytes(len(rest))
