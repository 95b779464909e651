"""Devices that keep one journal: each with a home of its own, a clock that may be wrong, and a remote between them."""

import base64
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from data.files.disk import DISK, Disk
from data.history.history import touched_by
from data.model import edits
from data.model.journal import Edit
from data.model.records import Win
from data.storage.store import Saved, Store
from data.sync.folder_remote import FolderRemote
from data.sync.git_remote import GitRemote
from data.sync.remote import KEY_FILE, MARK_FILE, README, Remote
from data.sync.sealing import Seal
from data.sync.sync_folder import SyncFolder
from data.sync.sync_pass import SyncPass
from data.sync.sync_report import SyncReport
from tests.support.fake_disk import NOON

SEAL = Seal("AGE-SECRET-KEY-1STYDN00GNCGZX50RF43WGJVK482SHZ2UUNCAXZRPQYMCQPN57NRSRYQH54")
"""One for all tests: making a key is not what they are about."""
CODE = "AAAAA-BBBBB-CCCCC-DDDDD"
SEALED_KEY = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCB2QW1Jdm8zcGRXNzJrVnZ0WE0xb2hnIDEKYUE2Z2s5MHlucXhDTFl0Q3lVZ0M5TTBXMkNP"
    "Q0k2eGZlVEpiTG0rRENLcwotLS0gdUJyYzhSSXNpdUtSczkydk4vU2liT3dUS3dnWVNWN21FQlVjR2k3c0pqOApk1SiPXdaXUa5RmX304pjr6EMo"
    "VlCNioU3ekcSytLTTk+v+pXbBjyWYUCVrNXXN6amIZ3zi6zr+fe6eEG9dML2YKNnAJlAtreaxVI+bMZN7llFuQoJYHYjSVryCA68E8IyGK+35fdu"
    "a77o"
)
"""That key under that code, with the least work that age knows: opening a real one takes seconds, on purpose."""
ABOUT = {KEY_FILE: SEALED_KEY, MARK_FILE: SEAL.mark, "README.md": README}
"""What lies at a remote that somebody has set up."""
DAY = date(2026, 11, 19)


class QuickDisk(Disk):
    """A disk that confirms nothing: what a kill leaves is the same, for no power is cut."""

    def sync(self, fd: int) -> None:
        """Do not wait."""

    def sync_folder(self, path: Path) -> None:
        """Do not wait."""


class World:
    """The time that passes for all devices."""

    def __init__(self) -> None:
        self.moment = NOON

    def tick(self) -> datetime:
        """Return the moment, a second after the last."""
        self.moment += timedelta(seconds=1)
        return self.moment


class Device:
    """A computer with a journal.

    Attributes:
        name: What it calls itself.
        home: Its folder.
        clock_is_off: By how much its clock is wrong.
        most_changed: How many records its base may hold itself.
    """

    def __init__(self, home: Path, world: World, remote: Remote, *, seal: Seal = SEAL, disk: Disk = DISK) -> None:
        self.name = home.name
        self.home = home
        self.world = world
        self.remote = remote
        self.seal = seal
        self.disk = disk
        self.clock_is_off = timedelta(0)
        self.has_forgotten = False
        self.most_changed = 1000
        home.mkdir(mode=0o700, exist_ok=True)

    @property
    def path(self) -> Path:
        """Its journal."""
        return self.home / "wins.json"

    def now(self) -> datetime:
        """Return the moment as its clock has it."""
        return self.world.tick() + self.clock_is_off

    @property
    def store(self) -> Store:
        """The journal, opened anew: a program of its own."""
        return Store(self.path, self.now, disk=self.disk)

    @property
    def folder(self) -> SyncFolder:
        """What sync keeps beside it."""
        return self._folder_on(self.disk)

    def _folder_on(self, disk: Disk) -> SyncFolder:
        return SyncFolder(self.path, disk, most_changed=self.most_changed)

    def pass_(self) -> SyncPass:
        """Return a pass that was not made yet."""
        return self.pass_on(self.disk)

    def pass_on(self, disk: Disk) -> SyncPass:
        """Return a pass that makes the changes of a disk."""
        return SyncPass(
            lambda: Store(self.path, self.now, disk=disk),
            self._folder_on(disk),
            remote=self.remote,
            seal=self.seal,
            now=self.now,
            device=self.name,
            pause=lambda _: None,
        )

    def sync(self) -> SyncReport:
        """Make a pass."""
        return self.pass_().run()

    def add(self, title: str, **fields: str) -> Win:
        """Write a win down."""
        win = edits.new_win(title, happened_on=DAY, now=self.now(), story=fields.get("story", ""))
        self.store.change("add a win", edits.add_win(win))
        return win

    def change(self, edit: Edit) -> Saved:
        """Make any change."""
        return self.store.change("change", edit)

    def wins(self) -> Mapping[str, Win]:
        """Return its wins, those in the trash too."""
        return self.store.journal.wins

    def lose_memory(self) -> None:
        """Lose what sync knew of the journal."""
        self.folder.sweep()
        self.has_forgotten = True

    def asides_told(self) -> Iterator[tuple[str, str]]:
        """Yield the titles that lost, with the ids of their wins, which only its history tells of once it forgot."""
        for entry in self.store.history if self.has_forgotten else ():
            for key, fields in touched_by(entry).changed.get("wins", {}).items():
                if "title" in fields.aside:
                    yield key, fields.aside["title"]

    def titles(self) -> list[str]:
        """Return the titles of wins that are not in the trash, sorted."""
        return sorted(win.title for win in self.store.journal.live())

    def copy_to(self, home: Path) -> "Device":
        """Return a clone: the whole disk, copied as it is."""
        shutil.copytree(self.home, home)
        clone = Device(home, self.world, self.remote, seal=self.seal, disk=self.disk)
        clone.clock_is_off, clone.most_changed = self.clock_is_off, self.most_changed
        clone.has_forgotten = self.has_forgotten
        return clone


def folder_between(path: Path) -> FolderRemote:
    """Return a synced folder."""
    path.mkdir(exist_ok=True)
    return FolderRemote(path)


def git_between(bare: Path, cache: Path) -> GitRemote:
    """Return a repository as one device sees it."""
    return GitRemote(os.fspath(bare), cache)
