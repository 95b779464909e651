"""A folder that another program syncs: Syncthing, Dropbox, iCloud, Nextcloud. Files may arrive in any order."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from data.files.disk import PRIVATE_FILE, PRIVATE_FOLDER, Disk, explain, make_folders, replace_file, shell_name
from data.files.plain_file import open_plain_file
from data.sync.batches import SEALED_LIMIT
from data.sync.remote import OfflineError, RefusedError, batch_names

_FOLDER: Final = "smallwins"


class _SharedDisk(Disk):
    """A disk whose new files may be read by whoever may read the folder above: all of them are sealed.

    The program that syncs may run as another account, and two accounts of one computer may share a folder.
    """

    def __init__(self, mode: int) -> None:
        self._mode = mode

    def protect(self, fd: int) -> None:
        """Give a file the rights of the folder above."""
        with suppress(PermissionError):
            os.fchmod(fd, PRIVATE_FILE | self._mode & 0o666)

    def make_folder(self, path: Path) -> None:
        """Create a folder with the rights of the one above."""
        path.mkdir()
        with suppress(PermissionError):
            path.chmod(PRIVATE_FOLDER | self._mode & 0o2777)


class FolderRemote:
    """Batches in `<folder>/smallwins/`.

    Attributes:
        patience: How long a batch may be missing before its content is sent again: it may only be on its way.
        most_files: How many batches may lie there before one takes their place.
        keeps: How long a batch stays whose content another one holds: that one may still be on its way to somebody.
    """

    patience = timedelta(days=1)
    most_files = 1000
    keeps = timedelta(days=30)

    def __init__(self, folder: Path) -> None:
        """Name the folder that is synced."""
        self._above = folder
        self._path = folder / _FOLDER

    def look(self, *_meanwhile: Callable[[], object]) -> Mapping[str, str]:
        """Return the batches that have arrived; that takes no time worth using.

        Raises:
            OfflineError: The folder is not there.
        """
        if not self._above.is_dir():
            raise OfflineError("The synced folder is not there.", f"Is its disk mounted? {self._above}")
        try:
            return batch_names(dict(self._sizes()))
        except OSError as error:
            raise OfflineError(explain(error, "The synced folder can't be read").message) from error

    def _sizes(self) -> Iterator[tuple[str, int]]:
        for path in self._path.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]/*"):
            found = path.lstat()
            if os.path.isfile(path) and not path.is_symlink():  # noqa: PTH113 - False where the system can't say
                yield path.relative_to(self._path).as_posix(), found.st_size

    def read_all(self, paths: Iterable[str]) -> Iterator[bytes]:
        """Yield batches, nothing for one that can't be read now."""
        return map(self.read, paths)

    def holds(self, path: str, data: bytes) -> bool:
        """Return whether a file is there and holds just this."""
        return self.read(path) == data

    def read(self, path: str) -> bytes:
        """Return a file, or nothing where it can't be read now.

        Raises:
            RefusedError: This account may not read it.
        """
        try:
            with os.fdopen(open_plain_file(self._path / path), "rb") as file:
                return file.read(SEALED_LIMIT + 1)
        except PermissionError as error:
            raise self._refused("What lies in the synced folder can't be read by this account.") from error
        except OSError:
            return b""  # not here yet, or being written: later

    def _refused(self, sentence: str) -> RefusedError:
        return RefusedError(sentence, f"Give it the right to read and write {shell_name(self._above)}.")

    def send_instead(self, files: Mapping[str, bytes]) -> None:
        """Put files there and remove the other batches; the program that syncs may keep versions of them.

        Raises:
            OfflineError: They can't be written.
        """
        self.send(files, self.look().values() - files.keys())

    def send(self, files: Mapping[str, bytes], drop: Collection[str] = ()) -> None:
        """Put files there, each whole or not at all, and then remove others.

        Args:
            files: What is put there.
            drop: Paths of batches that are removed.

        Raises:
            OfflineError: They can't be written.
            RefusedError: This account may not write there.
        """
        try:
            disk = _SharedDisk(self._above.stat().st_mode)
            for path, data in files.items():
                target = self._path / path
                make_folders(target.parent, disk)
                replace_file(target, [data], disk)
            for path in drop:
                (self._path / path).unlink(missing_ok=True)
        except PermissionError as error:
            raise self._refused("The synced folder can't be written by this account.") from error
        except OSError as error:
            raise OfflineError(explain(error, "The synced folder can't be written").message) from error
