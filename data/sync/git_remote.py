"""A git repository as the remote: the branch `smallwins` of it, by the system's own `git`.

Git gives transport, the person's own keys, history, and compare-and-swap on one branch; it never merges, for batches
have names of their own. Against hostile remotes: no hooks, no prompts, no other protocol than https, ssh and file, no
work tree, a time limit, and git's own words are never shown.
"""

import os
import re
import resource
import signal
import subprocess
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cached_property
from hashlib import sha1
from itertools import chain
from pathlib import Path
from threading import Timer
from typing import Final, NamedTuple

from data.files.disk import make_folders
from data.sync.batches import SEALED_LIMIT
from data.sync.git_troubles import ANOTHER_PLACE, TOO_MUCH, trouble_of
from data.sync.processes import finish, stop
from data.sync.remote import OfflineError, RacedError, RefusedError, batch_names

_BRANCH: Final = "refs/heads/smallwins"
_SEEN: Final = "refs/remote/smallwins"
_TIME_LIMIT: Final = 60.0
"""Seconds that one call of git may take."""
_CACHE_LIMIT: Final = 512_000_000
"""Bytes of packs that the cache may hold: a hostile host must not fill the disk."""
_LISTING_LIMIT: Final = 10_000_000
"""Bytes of a listing, some 90,000 files: a few folders that hold each other may list without end."""
_LOOSE: Final = 4
"""Loose objects under one of git's 256 prefixes, some 1,000 in all, above which the cache is packed."""
_PACKS: Final = 50
"""Packs, one for each fetch that brought something, above which it is packed, too."""
_WHO: Final = "smallwins <smallwins@localhost>"
_SETTINGS: Final = (
    "protocol.allow=never",
    "protocol.https.allow=always",
    "protocol.ssh.allow=always",
    "protocol.file.allow=always",
    f"core.hooksPath={os.devnull}",
    "core.fsmonitor=false",
    "fetch.fsckObjects=true",
    "fetch.unpackLimit=1",  # into one file, so that the limit of files is one of the whole
    "gc.auto=0",
    "maintenance.auto=false",
    "submodule.recurse=false",
    "http.followRedirects=initial",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=20",
    "transfer.bundleURI=false",
    "push.gpgSign=false",
)
_SILENCE: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "false",
    "SSH_ASKPASS": "false",
    "SSH_ASKPASS_REQUIRE": "never",
    "GCM_INTERACTIVE": "never",
    "LC_ALL": "C",
}
_CACHED: Final = ("-c", "core.fsync=none")
"""For what git writes into the cache alone: it is made again where a power cut damaged it."""
_NO_SIZE: Final = rb"blob [0-9a-f]+ +BAD\t"
"""What a listing says of a file that the cache lost."""
_RACED: Final = rb"\[rejected\]|cannot lock ref|failed to update ref|incorrect old value"


class GitRemote:
    """Batches on a branch of a repository.

    Attributes:
        patience: How long a batch may be missing before its content is sent again: what a branch lacks is gone.
        most_files: How many batches may lie there before one takes their place.
        keeps: How long a batch stays whose content another one holds: the commit that brings that one removes it.
    """

    patience = timedelta(0)
    most_files = 5000
    keeps = timedelta(0)

    def __init__(
        self,
        address: str,
        cache: Path,
        *,
        may_ask: bool = False,
        time_limit: float = _TIME_LIMIT,
        cache_limit: int = _CACHE_LIMIT,
    ) -> None:
        """Name the repository.

        Args:
            address: Its address, as `git clone` takes it.
            cache: Where its bare copy is kept; thrown away where it is damaged.
            may_ask: Whether git and ssh may ask the person, on the terminal that this runs in.
            time_limit: The longest that one call of git may take, in seconds.
            cache_limit: Bytes of packs that the cache may hold.
        """
        self._address = address
        self._cache = cache
        self._may_ask = may_ask
        self._time_limit = time_limit
        self._files: dict[str, _File] = {}
        self._has_tip = False
        self._cache_limit = self._room = cache_limit

    def look(self, *meanwhile: Callable[[], object]) -> Mapping[str, str]:
        """Return the batches of the remote.

        Args:
            *meanwhile: Called one after the other: the first while git fetches, others while it lists what there is.

        Raises:
            OfflineError: It can't be reached.
            RefusedError: It does not let us in.
        """
        self._tidy()
        if not (self._cache / "HEAD").exists():
            self._begin()
        listing = self._listed(*meanwhile) or self._listed_anew()
        self._files = dict(_blobs(listing.split(b"\0")))
        return batch_names({path: file.size for path, file in self._files.items()})

    def _listed(self, *meanwhile: Callable[[], object]) -> bytes | None:
        """Fetch the branch and return the listing of its files; None where the cache can't give it."""
        refs = f"+{_BRANCH}:{_SEEN}"
        words = (*_CACHED, "fetch", "--no-tags", "--no-write-fetch-head", "--", self._address, refs)
        fetched = self._git(*words, meanwhile=meanwhile[:1])
        self._has_tip = not fetched.returncode
        if fetched.returncode and b"couldn't find remote ref" in fetched.stderr.lower():
            self._git("update-ref", "-d", _SEEN)  # a new repository, or its branch was deleted
            return b"\0"
        if fetched.returncode and self._drop_partial() >= self._room:
            raise RefusedError(TOO_MUCH, ANOTHER_PLACE)
        if fetched.returncode and not self._git("fsck", "--connectivity-only").returncode:
            raise trouble_of(fetched)
        listing = self._listing(*meanwhile[1:]) if not fetched.returncode else None
        return listing + b"\0" if listing is not None and not re.search(_NO_SIZE, listing) else None

    def _listing(self, *meanwhile: Callable[[], object]) -> bytes | None:
        """Return how git lists the files of the branch; None where the cache can't give it."""
        process = self._started("ls-tree", "-r", "-z", "-l", "--full-tree", _SEEN, stdin=subprocess.DEVNULL)
        late = Timer(self._time_limit, process.kill)
        late.start()
        try:
            with process:  # which ends as nobody reads on
                for step in meanwhile:
                    step()
                listing = process.stdout.read(_LISTING_LIMIT + 1) if process.stdout else b""
        finally:
            late.cancel()
        if len(listing) > _LISTING_LIMIT or process.returncode == -signal.SIGKILL:
            raise RefusedError(TOO_MUCH, ANOTHER_PLACE)
        return None if process.returncode else listing

    def _listed_anew(self) -> bytes:
        """Throw a damaged cache away and try once more."""
        self._begin()
        found = self._listed()
        if found is None:
            raise OfflineError("Git can't read what it fetched.", "Everything is kept, and sent later.")
        return found

    def _tidy(self) -> None:
        """Drop what a fetch that was cut off left, and a cache without room; pack one of many files."""
        self._drop_partial()
        size = sum(path.stat().st_size for path in self._packs("*"))
        if size > self._cache_limit * 7 // 8:
            self._begin()
            size = 0
        self._room = self._cache_limit - size
        self._pack()

    def _packs(self, names: str) -> Iterator[Path]:
        return (self._cache / "objects" / "pack").glob(names)

    def _drop_partial(self) -> int:
        """Remove what a fetch that was cut off left; return how many bytes that were."""
        size = 0
        for path in self._packs("tmp_*"):
            size += path.stat().st_size
            path.unlink(missing_ok=True)
        return size

    def _begin(self) -> None:
        import shutil  # noqa: PLC0415 - once in the life of a cache

        shutil.rmtree(self._cache, ignore_errors=True)
        make_folders(self._cache)
        self._git("init", "--quiet", "--bare", "--template=", "--", str(self._cache), bare=False)

    def holds(self, path: str, data: bytes) -> bool:
        """Return whether a file held just this in the last look: its name in git tells, without another process."""
        return path in self._files and self._files[path].blob == _blob_name(data)

    def read(self, path: str) -> bytes:
        """Return a file of the branch as it was in the last look."""
        is_there = path in self._files and self._files[path].size <= SEALED_LIMIT
        return next(self.read_all([path] if is_there else []), b"")

    def read_all(self, paths: Iterable[str]) -> Iterator[bytes]:
        """Yield files of the branch as it was in the last look: one process of git, one file at a time."""
        first = next(iter(paths := iter(paths)), None)
        if first is None:
            return
        with self._started("cat-file", "--batch", stdin=subprocess.PIPE) as process:
            for path in chain([first], paths):
                # By the name of its content: by its path, git would read the folder anew for each.
                yield _asked(process, f"{self._files[path].blob}\n".encode())

    def send(self, files: Mapping[str, bytes], drop: Collection[str] = ()) -> None:
        """Add files in one commit on the tip that was seen, and push it, never by force.

        Args:
            files: What is put there.
            drop: Paths of batches that the same commit removes.

        Raises:
            RacedError: The branch moved meanwhile.
            OfflineError: The remote can't be reached.
            RefusedError: It takes nothing from us.
        """
        self._send(files, drop, f"{_SEEN}^0" if self._has_tip else "")

    def send_instead(self, files: Mapping[str, bytes]) -> None:
        """Put files there in a commit without a past, if the branch is still as it was seen.

        Raises:
            RacedError: The branch moved meanwhile.
            OfflineError: The remote can't be reached.
            RefusedError: It takes nothing from us, or never lets a branch be replaced.
        """
        tip = self._git("rev-parse", "--verify", "--quiet", _SEEN).stdout.decode().strip()
        self._send(files, (), "", f"--force-with-lease={_BRANCH}:{tip}")

    def _pack(self) -> None:
        """Pack the cache once it holds many loose objects or packs: git's own way, which comes as it likes, is off."""
        loose = (self._cache / "objects" / "17").glob("*")
        if _count(loose) > _LOOSE or _count(self._packs("*.pack")) > _PACKS:
            self._git("gc", "--quiet", "--prune=now")

    def _send(self, files: Mapping[str, bytes], drop: Collection[str], parent: str, *options: str) -> None:
        words = (*_CACHED, "fast-import", "--quiet", "--force", "--date-format=now")
        made = self._git(*words, stdin=_commit(files, drop, parent))
        if made.returncode:
            raise OfflineError("Git could not keep what is to be sent.", "It is kept, and sent later.")
        refs = f"{_SEEN}-new:{_BRANCH}"
        pushed = self._git("push", "--quiet", "--porcelain", *options, "--", self._address, refs)
        if pushed.returncode:
            if re.search(_RACED, pushed.stdout + pushed.stderr):
                raise RacedError
            raise trouble_of(pushed)

    def _git(
        self, *words: str, stdin: bytes | None = None, bare: bool = True, meanwhile: Iterable[Callable[[], object]] = ()
    ) -> subprocess.CompletedProcess[bytes]:
        process = self._started(
            *words,
            stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
            bare=bare,
            errors=subprocess.PIPE,
        )
        try:
            for step in meanwhile:
                step()
        except BaseException:
            stop(process)
            raise
        return finish(process, stdin, self._time_limit)

    def _started(
        self, *words: str, stdin: int, bare: bool = True, errors: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        where = ["--git-dir", str(self._cache)] if bare else []
        try:
            with _files_limited(self._room):
                # In a session of its own there is no terminal that git or ssh could ask on.
                return subprocess.Popen(  # noqa: S603 - a list, no shell; the address stands behind --
                    ["git", *settings, *where, *words],  # noqa: S607 - the person's own
                    stdin=stdin,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    env=self._environment,
                    start_new_session=not self._may_ask,
                )
        except FileNotFoundError as error:
            raise RefusedError("There is no git on this computer.", "Install git, or sync by a folder.") from error

    @cached_property
    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        is_here = self._address.startswith(("file://", "/"))
        ssh = os.environ.get("GIT_SSH_COMMAND") or ("" if is_here else _ssh_of_settings()) or "ssh"
        if self._may_ask:
            return {**kept, "LC_ALL": "C", "GIT_SSH_COMMAND": f"{ssh} -o ConnectTimeout=10"}
        return {**kept, **_SILENCE, "GIT_SSH_COMMAND": f"{ssh} -o BatchMode=yes -o ConnectTimeout=10"}


@contextmanager
def _files_limited(size: int) -> Iterator[None]:
    """Limit the files that a process which is started now may write: set in that one, it would cost a copy of this."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


def _ssh_of_settings() -> str:
    """Return the ssh command of the person's own settings of git; the variable for it would hide that."""
    with suppress(OSError):
        command = ["git", "config", "--global", "--includes", "--get", "core.sshCommand"]
        found = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603
        return found.stdout.decode(errors="replace").strip()
    return ""


def _asked(process: subprocess.Popen[bytes], name: bytes) -> bytes:
    """Return an object that `git cat-file --batch` is asked for, or nothing where it has none."""
    if process.stdin is None or process.stdout is None:
        return b""
    with suppress(BrokenPipeError):
        process.stdin.write(name)
        process.stdin.flush()
    head = process.stdout.readline().split()
    if len(head) != 3 or head[1] != b"blob":  # noqa: PLR2004 - "NAME blob SIZE"
        return b""
    data = process.stdout.read(int(head[2]))
    process.stdout.read(1)
    return data


class _File(NamedTuple):
    """A file of the branch: what git calls its content, and how many bytes it has."""

    blob: str
    size: int


def _count(paths: Iterable[Path]) -> int:
    return sum(1 for _ in paths)


def _blob_name(data: bytes) -> str:
    return sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()


def _blobs(lines: list[bytes]) -> Iterator[tuple[str, _File]]:
    """Yield the plain files of a listing by path; links and folders of other projects are none."""
    found = (re.fullmatch(rb"100644 blob ([0-9a-f]+) +(\d+)\t(.+)", line) for line in lines)
    return ((os.fsdecode(match[3]), _File(match[1].decode(), int(match[2]))) for match in found if match)


def _commit(files: Mapping[str, bytes], drop: Iterable[str], parent: str) -> bytes:
    """Return one commit for `git fast-import`, on a branch of the cache that nobody else uses."""
    lines = [
        f"commit {_SEEN}-new\ncommitter {_WHO} now\ndata 4\nsync\n".encode(),
        f"from {parent}\n".encode() if parent else b"",
        *(f"D {path}\n".encode() for path in drop),
    ]
    for path, data in files.items():
        lines.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    return (b"" if parent else f"reset {_SEEN}-new\n\n".encode()) + b"".join(lines)
