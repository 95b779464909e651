"""Git as the remote: never forced, never merged, and nothing that a hostile one sends is run or believed."""

import itertools
import os
import resource
import socket
import subprocess
import threading
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

import pytest

from data.base.errors import SmallWinsError
from data.sync import batches, sync_pass
from data.sync.batches import FORMAT
from data.sync.git_remote import GitRemote
from data.sync.remote import OfflineError, RacedError, RefusedError
from tests.support.devices import Device, World, git_between

NAME = "2026/11/" + "a" * 40


def git(*words: str, stdin: bytes | None = None) -> bytes:
    done = subprocess.run(["git", *words], input=stdin, check=True, capture_output=True)  # noqa: S603, S607
    return done.stdout


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Return an empty repository that refuses to be forced."""
    path = tmp_path / "wins.git"
    git("init", "--quiet", "--bare", str(path))
    git("--git-dir", str(path), "config", "receive.denyNonFastForwards", "true")
    return path


def cache(tmp_path: Path, name: str) -> Path:
    return tmp_path / name / "repo.git"


def test_of_two_that_send_at_once_one_is_told_to_look_again(bare: Path, tmp_path: Path) -> None:
    one, other = (git_between(bare, cache(tmp_path, name)) for name in "ab")
    one.look()
    other.look()
    one.send({NAME: b"one"})
    with pytest.raises(RacedError):
        other.send({"2026/11/" + "b" * 40: b"other"})
    other.look()
    other.send({"2026/11/" + "b" * 40: b"other"})
    assert len(one.look()) == 2
    assert git("--git-dir", str(bare), "log", "--merges", "--format=%h", "smallwins") == b""
    git("--git-dir", str(bare), "fsck", "--strict")


def test_other_branches_and_files_are_left_alone(bare: Path, tmp_path: Path) -> None:
    remote = git_between(bare, cache(tmp_path, "a"))
    remote.look()
    remote.send({NAME: b"one"})
    git("--git-dir", str(bare), "branch", "main", "smallwins")
    before = git("--git-dir", str(bare), "rev-parse", "main")
    remote.look()
    remote.send({"2026/11/" + "b" * 40: b"two"})
    assert git("--git-dir", str(bare), "rev-parse", "main") == before


def hostile(bare: Path, lines: bytes) -> None:
    commit = b"commit refs/heads/smallwins\ncommitter x <x@x> 0 +0000\ndata 1\nx\n" + lines
    git("--git-dir", str(bare), "fast-import", "--quiet", "--force", stdin=commit)


def test_links_and_other_names_are_not_batches(bare: Path, tmp_path: Path) -> None:
    hostile(
        bare,
        b"M 120000 inline 2026/11/" + b"a" * 40 + b"\ndata 11\n/etc/passwd\n"
        b"M 100755 inline 2026/11/" + b"b" * 40 + b"\ndata 1\nx\n"
        b"M 100644 inline .gitattributes\ndata 1\nx\n"
        b"M 100644 inline 2026/11/short\ndata 1\nx\n",
    )
    assert git_between(bare, cache(tmp_path, "a")).look() == {}


def test_a_damaged_cache_is_thrown_away(bare: Path, tmp_path: Path) -> None:
    remote = git_between(bare, cache(tmp_path, "a"))
    remote.look()
    remote.send({NAME: b"one"})
    remote.look()
    for path in cache(tmp_path, "a").rglob("*"):
        if path.is_file() and ("objects" in path.parts):
            path.chmod(0o600)
            path.write_bytes(b"garbled")
    assert list(remote.look()) == ["a" * 40]
    assert remote.read(NAME) == b"one"


def test_a_file_that_the_cache_lost_is_fetched_again(bare: Path, tmp_path: Path) -> None:
    """As after a power cut: what git writes into the cache is not confirmed by the disk."""
    remote = git_between(bare, cache(tmp_path, "a"))
    remote.look()
    remote.send({NAME: b"one", "key.id": b"mark"})
    remote.look()
    lost = git("hash-object", "--stdin", stdin=b"one").decode().strip()
    path = cache(tmp_path, "a") / "objects" / lost[:2] / lost[2:]
    path.chmod(0o600)
    path.write_bytes(b"")
    assert list(remote.look()) == ["a" * 40]
    assert remote.read(NAME) == b"one"
    assert remote.holds("key.id", b"mark")
    assert not remote.holds("key.id", b"another")
    assert not remote.holds("key.age", b"")


def test_a_server_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        remote = GitRemote(f"https://127.0.0.1:{port}/x.git", cache(tmp_path, "a"), time_limit=0.5)
        with pytest.raises(OfflineError):
            remote.look()


def test_a_git_that_does_not_want_to_end_is_killed(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remote, deaf = git_between(bare, cache(tmp_path, "a")), tmp_path / "git"
    remote.look()
    deaf.write_text(f"#!/bin/sh\ntrap '' TERM\necho $$ >{tmp_path}/pid\nexec sleep 60\n")
    deaf.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(OfflineError):
        GitRemote(os.fspath(bare), cache(tmp_path, "a"), time_limit=0.5).look()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_a_server_that_is_not_there_is_offline(tmp_path: Path) -> None:
    remote = GitRemote("https://127.0.0.1:1/x.git", cache(tmp_path, "a"))
    with pytest.raises(SmallWinsError) as found:
        remote.look()
    assert "git" not in str(found.value).lower()


def test_without_git_it_is_said(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    with pytest.raises(RefusedError, match="no git"):
        git_between(bare, cache(tmp_path, "a")).look()


def test_settings_of_the_person_s_git_are_not_obeyed(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("pre-push", "post-checkout", "reference-transaction"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/hacked\n")
        (hooks / name).chmod(0o755)
    config = tmp_path / "gitconfig"
    config.write_text(f"[core]\n\thooksPath = {hooks}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    remote = git_between(bare, cache(tmp_path, "a"))
    remote.look()
    remote.send({NAME: b"one"})
    assert not (tmp_path / "hacked").exists()


def newer_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Update this program to one whose batches the version before can't read."""
    for module in (batches, sync_pass):
        monkeypatch.setattr(module, "FORMAT", FORMAT + 1)


def test_a_batch_of_a_newer_version_stops_sending_until_the_update(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    old, new = (Device(tmp_path / name, world, git_between(bare, cache(tmp_path, name))) for name in "ab")
    old.add("Before the other's update")
    old.sync()
    new.sync()
    with monkeypatch.context() as updated:
        newer_version(updated)
        new.add("From a later version")
        new.sync()
    old.add("Said yes to the talk")
    for _ in range(2):
        with pytest.raises(SmallWinsError, match="newer smallwins") as said:
            old.sync()
        assert "Update this one" in said.value.hint
    assert len(old.remote.look()) == 2
    assert old.titles() == ["Before the other's update", "Said yes to the talk"]
    newer_version(monkeypatch)
    for device in (old, new):
        device.sync()
    assert old.titles() == new.titles() == ["Before the other's update", "From a later version", "Said yes to the talk"]


def test_a_branch_that_was_set_back_garbled_replaced_or_deleted_is_mended(bare: Path, tmp_path: Path) -> None:
    world = World()
    one, other = (Device(tmp_path / name, world, git_between(bare, cache(tmp_path, name))) for name in "ab")
    one.add("first")
    one.sync()
    early = git("--git-dir", str(bare), "rev-parse", "smallwins").decode().strip()
    other.add("second")
    other.sync()
    (path, *_) = one.remote.look().values()
    harms: tuple[Callable[[], object], ...] = (
        lambda: git("--git-dir", str(bare), "update-ref", "refs/heads/smallwins", early),
        lambda: hostile(bare, b"from refs/heads/smallwins^0\nM 100644 inline %b\ndata 1\nx\n" % path.encode()),
        lambda: hostile(bare, b"M 100644 inline README\ndata 1\nx\n"),
        lambda: git("--git-dir", str(bare), "update-ref", "-d", "refs/heads/smallwins"),
    )
    for harm in harms:
        harm()
        for device in (one, other, one):
            device.sync()
    fresh = Device(tmp_path / "fresh", world, git_between(bare, cache(tmp_path, "fresh")))
    for device in (fresh, one, other, fresh):  # it asks for what it can't open, and is answered
        device.sync()
    assert fresh.titles() == one.titles() == other.titles() == ["first", "second"]
    assert one.sync().sent == 0


def test_a_server_that_takes_nothing_or_replaces_nothing_is_said(bare: Path, tmp_path: Path) -> None:
    remote = git_between(bare, cache(tmp_path, "a"))
    remote.look()
    remote.send({NAME: b"one"})
    remote.look()
    with pytest.raises(RefusedError, match="never lets a branch be replaced"):
        remote.send_instead({NAME: b"two"})
    hook = bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(RefusedError, match="takes nothing from this computer"):
        remote.send({"2026/11/" + "b" * 40: b"two"})


def test_folders_that_hold_each_other_without_end_are_refused(bare: Path, tmp_path: Path) -> None:
    remote = git_between(bare, cache(tmp_path, "a"))
    remote.look()
    remote.send({NAME: b"one"})
    remote.look()
    timers = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
    assert all(timer.finished.is_set() for timer in timers)  # or the program would wait for one as it ends
    kind, found = b"100644 blob", git("--git-dir", str(bare), "hash-object", "-w", "--stdin", stdin=b"x").strip()
    for _ in range(10):
        lines = b"".join(b"%b %b\t%d\n" % (kind, found, number) for number in range(10))
        kind, found = b"040000 tree", git("--git-dir", str(bare), "mktree", stdin=lines).strip()
    hostile(bare, b"M 040000 %b 2026\n" % found)
    with pytest.raises(RefusedError, match="too much for a journal"):
        remote.look()


def test_a_host_can_t_fill_the_disk(bare: Path, tmp_path: Path) -> None:
    remote = git_between(bare, cache(tmp_path, "a"))
    remote.look()
    remote.send({NAME: b"one"})
    packs = cache(tmp_path, "a") / "objects" / "pack"
    cut_off, large = packs / "tmp_pack_17", packs / "pack-17.pack"
    small = GitRemote(os.fspath(bare), cache(tmp_path, "b"), cache_limit=100_000)
    assert list(small.look()) == ["a" * 40]
    hostile(bare, b"from refs/heads/smallwins^0\nM 100644 inline junk\ndata 200000\n%b\n" % os.urandom(200_000))
    with pytest.raises(RefusedError, match="too much for a journal"):
        small.look()
    assert not list(cache(tmp_path, "b").rglob("tmp_*"))
    cut_off.write_bytes(b"what came until the limit of files")
    assert list(remote.look()) == ["a" * 40]
    assert not cut_off.exists()
    large.touch()
    os.truncate(large, 600_000_000)
    assert list(remote.look()) == ["a" * 40]
    assert not large.exists()


def test_a_cache_of_many_packs_is_packed(bare: Path, tmp_path: Path) -> None:
    remote = git_between(bare, cache(tmp_path, "a"))
    remote.look()
    remote.send({NAME: b"one"})
    here = ("--git-dir", str(cache(tmp_path, "a")))
    for number in range(51):
        blob = git(*here, "hash-object", "-w", "--stdin", stdin=b"%d" % number)
        git(*here, "pack-objects", "--quiet", str(cache(tmp_path, "a") / "objects/pack/pack"), stdin=blob)
    assert list(remote.look()) == ["a" * 40]
    assert len(list(cache(tmp_path, "a").glob("objects/pack/*.pack"))) < 3
    assert remote.read(NAME) == b"one"


def test_something_else_is_done_while_git_fetches(bare: Path, tmp_path: Path) -> None:
    remote, done = git_between(bare, cache(tmp_path, "a")), list[str]()
    steps = (lambda: done.append("journal"), lambda: done.append("base"))
    assert remote.look(*steps) == {}
    remote.send({NAME: b"one"})
    done.clear()
    assert list(remote.look(*steps)) == ["a" * 40]
    assert done == ["journal", "base"]


@pytest.mark.parametrize("well", [0, 1])
def test_what_fails_meanwhile_ends_git_too(bare: Path, tmp_path: Path, well: int) -> None:
    remote = git_between(bare, cache(tmp_path, "a"))
    remote.look()
    remote.send({NAME: b"one"})
    with pytest.raises(ZeroDivisionError):
        remote.look(*[lambda: None] * well, lambda: 1 // 0)
    assert list(remote.look()) == ["a" * 40]


def test_a_cache_of_many_loose_objects_is_packed(bare: Path, tmp_path: Path) -> None:
    remote = git_between(bare, cache(tmp_path, "a"))
    remote.look()
    blobs = (b"%d" % number for number in itertools.count())
    alike = (blob for blob in blobs if sha1(b"blob %d\0%b" % (len(blob), blob)).hexdigest().startswith("17"))  # noqa: S324
    for blob in itertools.islice(alike, 5):
        git("--git-dir", str(cache(tmp_path, "a")), "hash-object", "-w", "--stdin", stdin=blob)
    remote.send({NAME: b"one"})
    assert list(remote.look()) == ["a" * 40]
    assert not list(cache(tmp_path, "a").glob("objects/17/*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("fatal: detected dubious ownership in repository at /x", "belongs to another account"),
        ("fatal: unable to access /x: The requested URL returned error: 403", "does not know this computer"),
        ("/x/pytest-401/ssh: 1: cannot create /dev/tty: No such device", "can't be reached"),
    ],
)
def test_git_s_words_choose_one_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, said: str) -> None:
    says = tmp_path / "git"
    says.write_text(f'#!/bin/sh\ncase "$*" in *" fetch "*) echo "{words}" >&2; exit 128; esac\n')
    says.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(SmallWinsError, match=said):
        GitRemote("file:///x", cache(tmp_path, "a")).look()


@pytest.mark.parametrize("may_ask", [False, True])
def test_ssh_is_the_person_s_own_and_asks_only_where_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, may_ask: bool
) -> None:
    ssh = tmp_path / "ssh"
    ssh.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\nulimit -f > {tmp_path}/limit\nexit 255\n')
    ssh.chmod(0o755)
    (tmp_path / "gitconfig").write_text(f"[core]\n\tsshCommand = {ssh} -4\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.delenv("GIT_SSH_COMMAND", raising=False)
    with pytest.raises(OfflineError):
        GitRemote("ssh://me@localhost/wins.git", cache(tmp_path, "a"), may_ask=may_ask).look()
    words = (tmp_path / "words").read_text()
    assert words.startswith("-4 ")
    assert ("BatchMode=yes" in words) is not may_ask
    assert (tmp_path / "limit").read_text() == "1000000\n"  # blocks of 512 bytes: nobody fills the disk
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
