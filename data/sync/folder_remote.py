"""A folder that another program syncs: Syncthing, Dropbox, iCloud, Nextcloud. Files may arrive in any order."""

import os
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

from data.files.disk import DISK, explain, replace_file
from data.sync.batches import SEALED_LIMIT
from data.sync.remote import KEY_FILE, OfflineError, batch_names

_FOLDER: Final = "smallwins"


class FolderRemote:
    """Batches in `<folder>/smallwins/`.

    Attributes:
        patience: How long a batch may be missing before its content is sent again: it may only be on its way.
    """

    patience = timedelta(days=1)

    def __init__(self, folder: Path) -> None:
        """Name the folder that is synced."""
        self._above = folder
        self._path = folder / _FOLDER

    def look(self) -> Mapping[str, str]:
        """Return the batches that have arrived.

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

    def read(self, path: str) -> bytes:
        """Return a batch, or nothing where it can't be read now."""
        return self._bytes(self._path / path)

    def key(self) -> bytes:
        """Return the key file, or nothing."""
        return self._bytes(self._path / KEY_FILE)

    def _bytes(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(SEALED_LIMIT + 1)
        except OSError:
            return b""  # not here yet, or being written: later

    def send_instead(self, files: Mapping[str, bytes]) -> None:
        """Put files there and remove the other batches; the program that syncs may keep versions of them.

        Raises:
            OfflineError: They can't be written.
        """
        before = self.look().values()
        self.send(files)
        for path in before:
            if path not in files:
                (self._path / path).unlink(missing_ok=True)

    def send(self, files: Mapping[str, bytes]) -> None:
        """Put files there; each appears whole or not at all.

        Raises:
            OfflineError: They can't be written.
        """
        try:
            for path, data in files.items():
                target = self._path / path
                target.parent.mkdir(parents=True, exist_ok=True)
                replace_file(target, [data], DISK)
        except OSError as error:
            raise OfflineError(explain(error, "The synced folder can't be written").message) from error
