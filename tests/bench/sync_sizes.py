"""`python -m tests.bench.sync_sizes`: what sync costs: times of passes, and what lies at the remote after five years.

Processor times are of this process and of the git that it starts; wall times are of a machine that may be busy.
"""

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from msgspec import structs

from data.model import edits
from data.model.records import Answers, Changes, Lookback, Verdict, Win
from data.sync.folder_remote import FolderRemote
from data.sync.git_remote import GitRemote
from data.sync.remote import Remote
from tests.support.devices import ABOUT, Device, QuickDisk, World, folder_between

WEEKS: Final = 260
_WORDS: Final = [
    "said",
    "yes",
    "to",
    "a",
    "talk",
    "coffee",
    "with",
    "someone",
    "in",
    "the",
    "field",
    "wrote",
    "the",
    "first",
    "page",
    "sent",
    "the",
    "letter",
    "asked",
    "for",
    "help",
    "finished",
    "the",
    "course",
    "called",
    "an",
    "old",
    "friend",
    "applied",
    "for",
    "the",
    "job",
    "read",
    "the",
    "report",
    "met",
    "the",
    "team",
    "showed",
    "a",
    "draft",
    "learned",
    "a",
    "tool",
]


def _text(dice: random.Random, words: int) -> str:
    return " ".join(dice.choice(_WORDS) for _ in range(words))


def _processor() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def timed(work: Callable[[], object]) -> str:
    """Return how long something took: wall and processor."""
    wall, processor = time.perf_counter(), _processor()
    work()
    return f"{time.perf_counter() - wall:6.3f} s, CPU {_processor() - processor:6.3f} s"


def _remote(kind: str, home: Path, name: str) -> Remote:
    if kind == "folder":
        return folder_between(home / "between")
    address = kind if "://" in kind else f"file://{home / 'wins.git'}"
    if "://" not in kind and not (home / "wins.git").exists():
        subprocess.run(["git", "init", "--quiet", "--bare", str(home / "wins.git")], check=True)  # noqa: S603, S607
    return GitRemote(address, home / f"{name}.git")


def passes(count: int, kind: str) -> Iterator[str]:
    """Yield what passes of a journal of so many wins take."""
    with TemporaryDirectory() as folder:
        home, world, dice = Path(folder), World(), random.Random(1)  # noqa: S311 - dice
        one, other = (Device(home / name, world, _remote(kind, home, name)) for name in "ab")
        wins = [
            edits.new_win(
                f"{_text(dice, 5)} {number}",
                happened_on=date(2022, 1, 3) + timedelta(days=number % 1600),
                now=world.tick(),
                story=_text(dice, 40),
            )
            for number in range(count)
        ]
        one.change(lambda _: Changes(put=tuple(wins)))
        yield f"first send             {timed(one.sync)}"
        yield f"new device             {timed(other.sync)}"
        one.sync()
        other.sync()
        for _ in range(3):
            one.add(_text(dice, 5))
            yield f"one win, send          {timed(one.sync)}"
            yield f"one win, take in       {timed(other.sync)}"
        one.sync()
        yield f"nothing new            {timed(one.sync)}"


class _Recorder(FolderRemote):
    """A folder that remembers what was sent, pass by pass: so many pushes would take an hour."""

    patience = timedelta(0)
    most_files = 1_000_000
    sent: Final[list[dict[str, bytes]]] = []

    def send(self, files: Mapping[str, bytes], drop: Collection[str] = ()) -> None:
        """Put files there, and remember them."""
        super().send(files, drop)
        self.sent.append(dict(files))


def _as_commits(sent: Iterable[Mapping[str, bytes]]) -> bytes:
    """Return a branch with a commit for each pass, as `GitRemote` makes them."""
    lines = []
    for number, files in enumerate(sent):
        lines.append(f"commit refs/heads/smallwins\ncommitter x <x@x> {number} +0000\ndata 4\nsync\n".encode())
        lines += [f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n" for path, data in files.items()]
    return b"".join(lines)


def five_years(every: int) -> Iterator[str]:
    """Yield what lies at a git remote after five years of two devices, with a pass after so many of 30 edits a week."""
    with TemporaryDirectory() as folder:
        home, world, dice = Path(folder), World(), random.Random(1)  # noqa: S311 - dice
        (home / "between").mkdir()
        recorder = _Recorder(home / "between")
        recorder.sent[:] = [ABOUT]
        devices = [Device(home / name, world, recorder, disk=QuickDisk()) for name in "ab"]
        done = 0
        for week in range(WEEKS):
            for kind in _week(dice):
                device = devices[done // every % 2]
                if done % every == 0:
                    device.sync()
                _edit(device, kind, dice, date(2021, 1, 4) + timedelta(weeks=week))
                done += 1
                if done % every == 0:
                    device.sync()
            world.moment += timedelta(days=7)
        sizes = sorted(len(data) for files in recorder.sent[1:] for data in files.values())
        median = sizes[len(sizes) // 2]
        yield f"{done:,} edits, {len(sizes):,} batches, median {median:,} B, {sum(sizes) / 1e6:.2f} MB in all"
        yield f"{len(devices[0].wins()):,} wins"
        subprocess.run(["git", "init", "--quiet", "--bare", str(home / "wins.git")], check=True)  # noqa: S603, S607
        imported = ["git", "-C", str(home / "wins.git"), "fast-import", "--quiet"]
        subprocess.run(imported, input=_as_commits(recorder.sent), check=True)  # noqa: S603
        journal, base = devices[0].path.stat().st_size, _size(devices[0].folder.path)
        yield f"journal {journal / 1e6:.2f} MB, base {base / 1e6:.2f} MB"
        git = ["git", "-C", str(home / "wins.git")]
        yield f"remote as it grew {_size(home / 'wins.git') / 1e6:.2f} MB"
        subprocess.run([*git, "gc", "--quiet", "--prune=now"], check=True)  # noqa: S603
        yield f"remote after gc {_size(home / 'wins.git') / 1e6:.2f} MB"
        fresh = Device(home / "fresh", world, _remote("git", home, "fresh"))
        yield f"new device             {timed(fresh.sync)}"
        fresh.add("one more")
        yield f"one win, send          {timed(fresh.sync)}"
        devices[0].sync()
        same = devices[0].store.journal.wins.items() <= fresh.store.journal.wins.items()
        yield "the new device has every win as the others have it" if same else "THE NEW DEVICE DIFFERS"


def _week(dice: random.Random) -> list[str]:
    kinds = ["add"] * 8 + ["verdict"] * 8 + ["answer"] * 6 + ["look back"] * 3 + ["story"] * 2 + ["note"] * 3
    return dice.sample(kinds, len(kinds))


def _edit(device: Device, kind: str, dice: random.Random, day: date) -> None:
    wins = list(device.wins().values())
    now = device.now()
    if kind == "add" or not wins:
        win = edits.new_win(_text(dice, 5), happened_on=day, now=now, story=_text(dice, 30))
        device.change(edits.add_win(win))
        return
    win = dice.choice(wins[-40:])
    if kind == "verdict":
        device.change(edits.set_verdict([win.id], dice.choice([Verdict.REAL, Verdict.CANDY]), now))
        return
    device.change(edits.change_win(win, _changed(win, kind, dice, day), now))


def _changed(win: Win, kind: str, dice: random.Random, day: date) -> Win:
    if kind == "answer":
        return structs.replace(win, answers=Answers(stretch=dice.randrange(1, 6)))
    if kind == "look back":
        others = (known for known in win.lookbacks if known.on != day)
        return structs.replace(win, lookbacks=(*others, Lookback(on=day, verdict=Verdict.REAL)))
    if kind == "story":
        return structs.replace(win, story=_text(dice, 30))
    return structs.replace(win, door_note=_text(dice, 4))


def _size(path: Path) -> int:
    return sum(found.stat().st_size for found in path.rglob("*") if found.is_file())


def main(*addresses: str) -> None:
    """Print the figures.

    Args:
        addresses: Empty git repositories, as by ssh, that are measured, too, one for each size of journal.
    """
    os.environ["XDG_STATE_HOME"] = os.devnull
    for place, count in enumerate((1_000, 10_000)):
        for kind in ("folder", "git", *addresses[place : place + 1]):
            for line in passes(count, kind):
                print(f"{count:6,} {kind.partition(':')[0]:8} {line}", flush=True)  # noqa: T201 - what it is for
    for every in (6, 1):
        for line in five_years(every):
            print(f"a pass after {every} edits: {line}", flush=True)  # noqa: T201 - the same


if __name__ == "__main__":
    main(*sys.argv[1:])
