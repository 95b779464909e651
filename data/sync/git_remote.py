"""A git repository as the remote: the branch `smallwins` of it, by the system's own `git`.

Git gives transport, the person's own keys, history, and compare-and-swap on one branch; it never merges, for batches
have names of their own. Against hostile remotes: no hooks, no prompts, no other protocol than https, ssh and file, no
work tree, a time limit, and git's own words are never shown.
"""

import os
import re
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from data.sync.remote import KEY_FILE, OfflineError, RacedError, RefusedError, batch_names

_BRANCH: Final = "refs/heads/smallwins"
_SEEN: Final = "refs/remote/smallwins"
_TIME_LIMIT: Final = 60.0
"""Seconds that one call of git may take."""
_WHO: Final = "smallwins <smallwins@localhost>"
_SETTINGS: Final = (
    "protocol.allow=never",
    "protocol.https.allow=always",
    "protocol.ssh.allow=always",
    "protocol.file.allow=always",
    f"core.hooksPath={os.devnull}",
    "core.fsmonitor=false",
    "fetch.fsckObjects=true",
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
_CAUSES: Final = (
    (r"host key verification failed|authenticity of host", "The server's key is not known on this computer."),
    (
        r"permission denied|authentication failed|could not read username|terminal prompts disabled|401|403|publickey",
        "The server does not know this computer's key.",
    ),
    (r"not found|does not exist|not appear to be a git repository|no such file", "There is no such repository."),
    (r"protocol .* (is )?not allowed|transport .* not allowed", "That is no address that sync can use."),
)
_BY_HAND: Final = "Run `smallwins sync` in a terminal: it may ask there."


class GitRemote:
    """Batches on a branch of a repository.

    Attributes:
        patience: How long a batch may be missing before its content is sent again: what a branch lacks is gone.
    """

    patience = timedelta(0)

    def __init__(self, address: str, cache: Path, *, may_ask: bool = False, time_limit: float = _TIME_LIMIT) -> None:
        """Name the repository.

        Args:
            address: Its address, as `git clone` takes it.
            cache: Where its bare copy is kept; thrown away where it is damaged.
            may_ask: Whether git and ssh may ask the person, on the terminal that this runs in.
            time_limit: The longest that one call of git may take, in seconds.
        """
        self._address = address
        self._cache = cache
        self._may_ask = may_ask
        self._time_limit = time_limit
        self._paths: dict[str, int] = {}

    def look(self) -> Mapping[str, str]:
        """Return the batches of the remote.

        Raises:
            OfflineError: It can't be reached.
            RefusedError: It does not let us in.
        """
        if not (self._cache / "HEAD").exists():
            self._begin()
        found = self._listed() or self._listed_anew()
        self._paths = dict(_blobs(found.stdout.split(b"\0")))
        return batch_names(self._paths)

    def _listed(self) -> subprocess.CompletedProcess[bytes] | None:
        """Fetch the branch and return the listing of its files; None where the cache can't give it."""
        fetched = self._git("fetch", "--no-tags", "--no-write-fetch-head", "--", self._address, f"+{_BRANCH}:{_SEEN}")
        if fetched.returncode and b"couldn't find remote ref" in fetched.stderr.lower():
            self._git("update-ref", "-d", _SEEN)  # a new repository, or its branch was deleted
            return subprocess.CompletedProcess([], 0, b"", b"")
        if fetched.returncode and not self._git("fsck", "--connectivity-only").returncode:
            raise _trouble(fetched)
        listed = self._git("ls-tree", "-r", "-z", "-l", "--full-tree", _SEEN)
        return None if fetched.returncode or listed.returncode else listed

    def _listed_anew(self) -> subprocess.CompletedProcess[bytes]:
        """Throw a damaged cache away and try once more."""
        self._begin()
        found = self._listed()
        if found is None:
            raise OfflineError("Git can't read what it fetched.", "Everything is kept, and sent later.")
        return found

    def _begin(self) -> None:
        import shutil  # noqa: PLC0415 - once in the life of a cache

        shutil.rmtree(self._cache, ignore_errors=True)
        self._cache.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._git("init", "--quiet", "--bare", "--template=", "--", str(self._cache), bare=False)

    def read(self, path: str) -> bytes:
        """Return a file of the branch as it was in the last look."""
        found = self._git("cat-file", "blob", f"{_SEEN}:{path}") if path in self._paths else None
        return found.stdout if found is not None and not found.returncode else b""

    def key(self) -> bytes:
        """Return the key file, or nothing."""
        return self.read(KEY_FILE)

    def send(self, files: Mapping[str, bytes]) -> None:
        """Add files in one commit on the tip that was seen, and push it, never by force.

        Raises:
            RacedError: The branch moved meanwhile.
            OfflineError: The remote can't be reached.
            RefusedError: It takes nothing from us.
        """
        self._send(files, self._tip())

    def send_instead(self, files: Mapping[str, bytes]) -> None:
        """Put files there in a commit without a past, if the branch is still as it was seen.

        Raises:
            RacedError: The branch moved meanwhile.
            OfflineError: The remote can't be reached.
            RefusedError: It takes nothing from us, or never lets a branch be replaced.
        """
        self._send(files, b"", f"--force-with-lease={_BRANCH}:{self._tip().decode()}")

    def _tip(self) -> bytes:
        return self._git("rev-parse", "--verify", "--quiet", _SEEN).stdout.strip()

    def _send(self, files: Mapping[str, bytes], parent: bytes, *options: str) -> None:
        made = self._git("fast-import", "--quiet", "--force", "--date-format=now", stdin=_commit(files, parent))
        if made.returncode:
            raise OfflineError("Git could not keep what is to be sent.", "It is kept, and sent later.")
        refs = f"{_SEEN}-new:{_BRANCH}"
        pushed = self._git("push", "--quiet", "--porcelain", *options, "--", self._address, refs)
        if pushed.returncode:
            if b"rejected" in pushed.stdout + pushed.stderr or b"fetch first" in pushed.stderr:
                raise RacedError
            raise _trouble(pushed)

    def _git(self, *words: str, stdin: bytes | None = None, bare: bool = True) -> subprocess.CompletedProcess[bytes]:
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        where = ["--git-dir", str(self._cache)] if bare else []
        command = ["git", *settings, *where, *words]
        try:
            # In a session of its own there is no terminal that git or ssh could ask on.
            process = subprocess.Popen(  # noqa: S603 - a list, no shell; the address stands behind --
                command,
                stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._environment(),
                start_new_session=not self._may_ask,
            )
        except FileNotFoundError as error:
            raise RefusedError("There is no git on this computer.", "Install git, or sync by a folder.") from error
        return _finished(process, stdin, self._time_limit)

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        ssh = os.environ.get("GIT_SSH_COMMAND", "ssh")
        if self._may_ask:
            return {**kept, "LC_ALL": "C", "GIT_SSH_COMMAND": f"{ssh} -o ConnectTimeout=10"}
        return {**kept, **_SILENCE, "GIT_SSH_COMMAND": f"{ssh} -o BatchMode=yes -o ConnectTimeout=10"}


def _finished(
    process: subprocess.Popen[bytes], stdin: bytes | None, time_limit: float
) -> subprocess.CompletedProcess[bytes]:
    try:
        out, err = process.communicate(stdin, timeout=time_limit)
    except subprocess.TimeoutExpired as error:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.communicate()
        raise OfflineError("The server does not answer.", "Everything is kept, and sent later.") from error
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def _blobs(lines: list[bytes]) -> list[tuple[str, int]]:
    """Return path and size of the plain files of a listing; links and folders of other projects are none."""
    found = (re.fullmatch(rb"100644 blob [0-9a-f]+ +(\d+)\t(.+)", line) for line in lines)
    return [(os.fsdecode(match[2]), int(match[1])) for match in found if match]


def _commit(files: Mapping[str, bytes], tip: bytes) -> bytes:
    """Return one commit for `git fast-import`, on a branch of the cache that nobody else uses."""
    lines = [
        f"commit {_SEEN}-new\ncommitter {_WHO} now\ndata 4\nsync\n".encode(),
        b"from %b\n" % tip if tip else b"",
    ]
    for path, data in files.items():
        lines.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    return (b"" if tip else f"reset {_SEEN}-new\n\n".encode()) + b"".join(lines)


def _trouble(done: subprocess.CompletedProcess[bytes]) -> OfflineError | RefusedError:
    """Return the sentence for what git said; its own words are never shown."""
    said = done.stderr.decode(errors="replace").lower()
    for pattern, sentence in _CAUSES:
        if re.search(pattern, said):
            return RefusedError(sentence, _BY_HAND)
    return OfflineError("The server can't be reached.", "Everything is kept, and sent later.")
