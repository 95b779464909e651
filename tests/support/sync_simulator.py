"""Random lives of devices that keep one journal: what may happen in years, in a second, repeatable by its seed."""

import random
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, structs

from data.base.errors import SmallWinsError
from data.model import doors, edits
from data.model.records import Answers, Verdict, Win
from data.sync.remote import RacedError, batch_names
from tests.support.devices import Device, QuickDisk, World

WORDS = ("talk", "coffee", "course", "mail", "call")
WRONG_CLOCKS = (
    timedelta(minutes=5),
    timedelta(hours=-7),
    timedelta(days=-3),
    timedelta(days=400),
    timedelta(days=-4000),
)


QUICK: Final = QuickDisk()


class KilledError(BaseException):
    """The program was killed."""


class _DeadlyDisk(QuickDisk):
    """A disk at whose nth change the program dies, before or after it is made."""

    def __init__(self, calls: int, *, after: bool) -> None:
        self._left = calls
        self._after = after

    def replace(self, source: Path, target: Path) -> None:
        """Die, or replace."""
        self._left -= 1
        if self._left == 0 and not self._after:
            raise KilledError
        super().replace(source, target)
        if self._left == 0:
            raise KilledError


class _Place:
    """What lies at the remote of a life, and how its kind treats it."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.is_folder = dice.random() < 0.5
        self.most_files = dice.choice((5, 12, 1000))
        self.files: dict[str, bytes] = {}
        self.before: list[dict[str, bytes]] = []
        self.calm = False
        """Whether all has arrived everywhere."""


class _MemoryRemote:
    """One device's sight of a place: compare-and-swap like a branch, or a folder whose files arrive one by one."""

    def __init__(self, place: _Place) -> None:
        self.place = place
        self.patience = timedelta(days=place.is_folder)
        self.keeps = timedelta(days=30 * place.is_folder)
        self.most_files = place.most_files
        self._arrived: set[str] = set()
        self._looked: dict[str, bytes] = {}

    def look(self, *meanwhile: Callable[[], object]) -> dict[str, str]:
        """Return what is there; of a folder, what has arrived."""
        place = self.place
        for step in () if place.is_folder else meanwhile:
            step()
        if place.is_folder and not place.calm:
            self._arrived |= {path for path in sorted(place.files) if place.dice.random() < 0.6}
            self._looked = {path: place.files[path] for path in self._arrived & place.files.keys()}
        else:
            self._looked = dict(place.files)
        return batch_names({path: len(data) for path, data in self._looked.items()})

    def holds(self, path: str, data: bytes) -> bool:
        """Return whether a file holds just this."""
        return self.read(path) == data

    def read(self, path: str) -> bytes:
        """Return a file."""
        return self.place.files.get(path, b"")

    def read_all(self, paths: Iterable[str]) -> Iterator[bytes]:
        """Yield files."""
        return map(self.read, paths)

    def send(self, files: Mapping[str, bytes], drop: Collection[str] = ()) -> None:
        """Put files there; of a branch only if nobody else did meanwhile."""
        place = self.place
        if not (place.is_folder or place.calm) and place.dice.random() < 0.1:
            raise RacedError
        place.before.append(dict(place.files))
        place.files = {path: data for path, data in {**place.files, **files}.items() if path not in drop}
        self._arrived |= files.keys()

    def send_instead(self, files: Mapping[str, bytes]) -> None:
        """Put files there, and nothing else."""
        self.place.files = dict(files)
        self._arrived |= files.keys()


class Title(Struct, frozen=True):
    """A title that was written and acknowledged: of which win, and what its writer may have seen of others.

    One that came back by an undo may be no write at all: nobody else need ever have heard of the one between.
    """

    number: int
    win: str
    text: str
    seen: frozenset[int]
    by_undo: bool = False


class Life:
    """One random life.

    Attributes:
        devices: The devices, clones among them.
        titles: Every title that was acknowledged, in order.
        removed: For each win that was removed for good, what its removers may have seen of it.
    """

    def __init__(self, seed: int, home: Path, *, steps: int = 40, hostile: bool = True) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - dice
        self.home = home
        self.world = World()
        self.place = _Place(self.dice)
        self.devices = [self._device(name) for name in "abc"]
        self.titles: list[Title] = []
        self._known: dict[str, set[int]] = {device.name: set() for device in self.devices}
        self._sent: set[int] = set()
        self.removed: dict[str, set[int]] = {}
        for _ in range(steps):
            self._step(hostile=hostile)

    def _device(self, name: str) -> Device:
        device = Device(self.home / name, self.world, _MemoryRemote(self.place), disk=QUICK)
        device.most_changed = self.dice.choice((0, 3, 1000))
        return device

    def _step(self, *, hostile: bool) -> None:
        self.world.moment += timedelta(minutes=self.dice.randrange(1, 600))
        device = self.dice.choice(self.devices)
        kinds = [*_DAILY, *(_HOSTILE if hostile else ())]
        (chosen,) = self.dice.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])
        with suppress(SmallWinsError):  # what the program refuses, it refuses
            chosen(self, device)

    def _add(self, device: Device) -> None:
        self._acknowledged(device, device.add(f"{self.dice.choice(WORDS)} {self.dice.randrange(1000)}"))

    def _acknowledged(self, device: Device, win: Win, *, by_undo: bool = False) -> None:
        known = self._known[device.name]
        self.titles.append(Title(len(self.titles), win.id, win.title, frozenset(known), by_undo))
        known.add(len(self.titles) - 1)

    def _win(self, device: Device) -> Win | None:
        wins = list(device.wins().values())
        return self.dice.choice(wins) if wins else None

    def _edit(self, device: Device) -> None:
        win = self._win(device)
        if win is None:
            return
        dice, now = self.dice, device.now()
        fields: dict[str, Any] = dice.choice(
            [
                {"title": f"{dice.choice(WORDS)} {dice.randrange(1000)}"},
                {"story": f"story {dice.randrange(1000)}"},
                {"tags": tuple(sorted(dice.sample(WORDS, 2)))},
                {"answers": Answers(stretch=dice.randrange(1, 6))},
                {"verdict": None},
            ]
        )
        if "verdict" in fields:
            device.change(edits.set_verdict([win.id], dice.choice([Verdict.REAL, Verdict.CANDY, None]), now))
        else:
            device.change(edits.change_win(win, structs.replace(win, **fields), now))
            if "title" in fields:
                self._acknowledged(device, device.wins()[win.id])

    def _link(self, device: Device) -> None:
        few = list(device.wins())[:2]  # circles close among few
        if few:
            one = self.dice.choice(few)
            other = self.dice.choice([None, *(key for key in few if key != one)])
            device.change(edits.link_win(one, other, device.now()))

    def _goal(self, device: Device) -> None:
        names = ("Climate", "Design", "climate")
        goals = list(device.store.journal.goals.values())
        if goals and self.dice.random() < 0.5:
            win = self._win(device)
            goal = self.dice.choice(goals)
            if win is not None:
                device.change(edits.set_goal([win.id], goal.id, device.now()))
            device.change(
                edits.change_goal(goal.id, self.dice.choice(names), f"why {self.dice.randrange(9)}", device.now())
            )
        else:
            device.change(edits.add_goal(edits.new_goal(self.dice.choice(names), device.now())))

    def _trash(self, device: Device) -> None:
        win = self._win(device)
        if win is not None:
            device.change(edits.trash_wins([win.id], device.now()))
        if self.dice.random() < 0.4:
            gone = {each.id for each in device.store.journal.trash()}
            device.change(edits.empty_trash())
            self._remove(device, gone)

    def _remove(self, device: Device, gone: set[str]) -> None:
        for key in gone:
            self.removed.setdefault(key, set()).update(self._known[device.name])

    def _undo(self, device: Device) -> None:
        before, store = dict(device.wins()), device.store
        (store.undo if self.dice.random() < 0.7 else store.redo)()
        after = device.wins()
        self._remove(device, before.keys() - after.keys())
        for win in after.values():
            if win.id not in before or before[win.id].title != win.title:
                self._acknowledged(device, win, by_undo=True)

    def _sync(self, device: Device) -> None:
        device.sync()
        self._met(device)

    def _met(self, device: Device) -> None:
        """Take it that a device may have seen all that was sent, and sent all it had."""
        self._sent |= self._known[device.name]
        self._known[device.name] |= self._sent

    def _killed_sync(self, device: Device) -> None:
        disk = _DeadlyDisk(self.dice.randrange(1, 7), after=self.dice.random() < 0.5)
        with suppress(KilledError):
            device.pass_on(disk).run()
        self._met(device)

    def _clone(self, device: Device) -> None:
        if len(self.devices) < 5:
            clone = device.copy_to(self.home / f"clone{len(self.devices)}")
            clone.remote = _MemoryRemote(self.place)
            self.devices.append(clone)
            self._known[clone.name] = set(self._known[device.name])

    def _go_back(self, device: Device) -> None:
        """Set a disk back to an earlier day, once others have what it had: a remote may lose its only other copy."""
        saved = self.home / f"{device.name}-old"
        if saved.exists():
            self._meet()
            shutil.rmtree(device.home)
            shutil.copytree(saved, device.home)
            shutil.rmtree(saved)
        elif device.path.exists():
            shutil.copytree(device.home, saved)

    def _meet(self) -> None:
        """Let everybody have everything: what was sent is in more than one place then."""
        self.settle(rounds=2)
        for device in (*self.devices, *self.devices):
            self._met(device)
        self.place.calm = False

    def _restore(self, device: Device) -> None:
        """Put a backup of the journal back, once others have what it had."""
        saved = self.home / f"{device.name}.json-old"
        if saved.exists():
            self._meet()
            saved.replace(device.path)
        elif device.path.exists():
            shutil.copy(device.path, saved)

    def _carry(self, device: Device) -> None:
        """Put another computer's journal in the place of this one's, by hand."""
        other = self.dice.choice(self.devices)
        if other is not device and other.path.exists():
            self._meet()
            self._edit(other)
            shutil.copy(other.path, device.path)
            self._known[device.name] |= self._known[other.name]

    def _lose_memory(self, device: Device) -> None:
        """Lose what sync knew of the journal."""
        device.lose_memory()

    def _clock(self, device: Device) -> None:
        device.clock_is_off = self.dice.choice((timedelta(0), *WRONG_CLOCKS))

    def _damage(self, _: Device) -> None:
        place, files = self.place, self.place.files
        how = self.dice.randrange(4)
        if how == 0 and place.before:
            place.files = dict(self.dice.choice(place.before))
        elif how == 1:
            place.files = {}
        elif how == 2 and files:
            path = self.dice.choice(sorted(files))
            files[path] = files[path][:-1] + b"x"
        else:
            files["2026/11/somebody else's"] = b"litter"

    def settle(self, rounds: int = 4) -> None:
        """Sync until everybody has everything."""
        self.place.calm = True
        for _ in range(rounds):
            self.world.moment += timedelta(days=2)  # a folder is given time
            for device in self.devices:
                self.world.tick()
                device.sync()

    def faults(self) -> Iterator[str]:
        """Yield what is wrong after everybody has everything."""
        journals = [device.store.journal for device in self.devices]
        if any(journal != journals[0] for journal in journals):
            yield "the journals differ"
        journal = journals[0]
        if doors.forest(journal).loops:
            yield "a win opened itself"
        names = [goal.name.casefold() for goal in journal.goals.values()]
        if len(names) != len(set(names)):
            yield "two goals have one name"
        for win in journal.wins.values():
            if win.goal is not None and win.goal not in journal.goals:
                yield "a win points at a goal that is gone"
            if win.opened_by is not None and win.opened_by not in journal.wins:
                yield "a win was opened by one that is gone"
        yield from self._lost_titles()
        if any(device.sync().sent for device in self.devices):
            yield "a pass with nothing new sent something"

    def _lost_titles(self) -> Iterator[str]:
        """Yield titles that are neither shown, nor replaced by somebody who had seen them, nor kept as an aside.

        One may be in the history alone of a device that lost its memory, where the remote lost its batch before.
        """
        device = self.devices[0]
        base = device.folder.base(device.store.contents.base)
        states = base.states if base is not None else {}
        replaced = {(title.win, number) for title in self.titles for number in title.seen}
        told = {aside for each in self.devices for aside in each.asides_told()}
        for title in self.titles:
            if title.by_undo or title.number in self.removed.get(title.win, set()):
                continue
            win = device.wins().get(title.win)
            if win is None:
                yield "a win is lost"
            elif (
                title.win not in self.removed and win.title != title.text and (title.win, title.number) not in replaced
            ):
                asides = states["wins", title.win].asides().get("title", {})
                if title.text not in asides.values() and (title.win, title.text) not in told:
                    yield "a title is lost"


_DAILY: Final = (
    (6, Life._add),
    (12, Life._edit),
    (8, Life._link),
    (2, Life._goal),
    (2, Life._trash),
    (2, Life._undo),
    (14, Life._sync),
)
_HOSTILE: Final = (
    (4, Life._killed_sync),
    (1, Life._clone),
    (1, Life._go_back),
    (1, Life._restore),
    (1, Life._carry),
    (1, Life._lose_memory),
    (1, Life._clock),
    (2, Life._damage),
)


def lives(seeds: range, home: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the faults of each life, none for a good one."""
    for seed in seeds:
        place = home / str(seed)
        place.mkdir()
        life = Life(seed, place)
        life.settle()
        yield seed, list(life.faults())
        shutil.rmtree(place)
