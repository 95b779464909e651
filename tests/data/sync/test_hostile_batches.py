"""What lies at the remote may be anything: with another key, damaged, huge, or sealed by somebody who has the key."""

import itertools
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from data.sync.batches import FORMAT, SEALED_LIMIT, BatchError, decode_batch, name_of
from data.sync.folder_remote import FolderRemote
from data.sync.remote import batch_names
from data.sync.sealing import new_seal
from tests.support.devices import SEAL, Device, World, folder_between

HEAD = b'{"format":1}'
STAMP = "01a214ad146" + "0000" + "a" * 8
WIN = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def device(tmp_path: Path) -> Device:
    """Return a device with one win, over an empty folder."""
    device = Device(tmp_path / "a", World(), folder_between(tmp_path / "between"))
    device.add("Said yes to the talk")
    return device


def put(device: Device, sealed: bytes, name: str = "") -> None:
    assert isinstance(device.remote, FolderRemote)
    device.remote.send({f"2026/11/{name or name_of(sealed)}": sealed})


def put_lines(device: Device, *lines: bytes) -> None:
    put(device, SEAL.seal(zlib.compress(b"\n".join((HEAD, *lines)))))


def line(fields: Mapping[str, Any], key: str = WIN, table: str = "wins") -> bytes:
    import json  # noqa: PLC0415 - of this helper alone

    registers = {name: {STAMP: value} for name, value in fields.items()}
    return json.dumps({"i": key, "t": table, "f": registers, "seen": {"a" * 8: STAMP}}).encode()


GOOD = {
    "id": WIN,
    "title": "Coffee",
    "happened_on": "2026-11-19",
    "created_at": "2026-11-20T12:00:00Z",
    "updated_at": "2026-11-20T12:00:00Z",
}


def test_a_good_one_comes_in(device: Device) -> None:
    put_lines(device, line(GOOD))
    device.sync()
    assert device.titles() == ["Coffee", "Said yes to the talk"]


@pytest.mark.parametrize(
    "sealed",
    [
        b"",
        b"no batch",
        new_seal().seal(zlib.compress(HEAD)),
        SEAL.seal(b"not compressed"),
        SEAL.seal(zlib.compress(b"")),
        SEAL.seal(zlib.compress(b"[" * 100_000)),
        SEAL.seal(zlib.compress(b'{"format":"x"}')),
        SEAL.seal(zlib.compress(HEAD + b"\n{}")),
        SEAL.seal(zlib.compress(HEAD + b'\n{"i":1,"t":2}')),
        SEAL.seal(zlib.compress(HEAD + b'\n{"i":"x","t":"wins","f":{"title":{"now":1}}}')),
        SEAL.seal(zlib.compress(HEAD + b'\n{"i":"x","t":"wins","seen":{"a":"b"}}')),
        SEAL.seal(zlib.compress(HEAD + b"\n\xff\xfe")),
    ],
    ids=range(12),
)
def test_what_is_no_batch_changes_nothing_and_the_rest_goes_on(device: Device, sealed: bytes) -> None:
    device.sync()
    before = device.path.read_bytes()
    put(device, sealed)
    put(device, SEAL.seal(zlib.compress(HEAD)), "c" * 40)
    assert device.sync().sent
    assert device.path.read_bytes() == before
    device.add("Coffee with Ada")
    assert device.sync().sent


def test_a_file_that_is_too_large_is_no_batch() -> None:
    name = "a" * 40
    assert batch_names({f"2026/11/{name}": SEALED_LIMIT}) == {name: f"2026/11/{name}"}
    assert batch_names({f"2026/11/{name}": SEALED_LIMIT + 1}) == {}


def test_one_that_was_cut_off_is_not_taken_in_by_half() -> None:
    with pytest.raises(BatchError, match="cut off"):
        decode_batch(zlib.compress(b"\n".join((HEAD, line(GOOD))))[:-4])


def test_a_bomb_is_not_inflated() -> None:
    with pytest.raises(BatchError, match="too large"):
        decode_batch(zlib.compress(HEAD + b"\n" * 100_000_000))


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "x" * 1_000_000},
        {"happened_on": "never"},
        {"answers/door": 99},
        {"id": "another"},
        {"created_at": None},
        {"happened_on": "9999-12-31"},
    ],
)
def test_a_record_that_is_none_is_carried_and_not_shown(device: Device, fields: dict[str, Any]) -> None:
    put_lines(device, line({**GOOD, **fields}))
    assert "1 win needs a newer smallwins; the rest is here." in device.sync().notes
    assert device.titles() == ["Said yes to the talk"]
    assert device.sync().notes == ()
    other = Device(device.home.parent / "b", device.world, device.remote)
    other.sync()
    assert other.titles() == ["Said yes to the talk"]


@pytest.mark.parametrize("odd", [7, "x", [], {}, None, True])
def test_parts_of_a_win_that_are_none_stop_nothing(device: Device, odd: object) -> None:
    names = ("tags/x", "decided/x", "lookbacks/x", "answers/door", "opened_by", "goal", "verdict", "tags", "~x")
    for number, name in enumerate(names):
        key = f"{number:08}-1111-4111-8111-111111111111"
        put_lines(device, line({**GOOD, "id": key, name: odd}, key))
        put_lines(device, line({"id": key, "~into": odd, "name": odd, "created_at": odd}, key, "goals"))
        put_lines(device, line({"id": key, "week": odd, "note": odd, "started_at": odd}, key, "reviews"))
        put_lines(device, line({"id": key, "progress/": odd, "from_win": odd}, key, "steps"))
    device.sync()
    device.sync()
    assert "Said yes to the talk" in device.titles()


def test_what_a_terminal_would_obey_never_gets_into_a_title(device: Device) -> None:
    put_lines(device, line({**GOOD, "title": "\x1b]52;c;x\x07Cof\u202efee\n[red]", "story": "\x9b31mred"}))
    device.sync()
    win = device.wins()[WIN]
    assert win.title == "]52;c;xCoffee [red]"
    assert win.story == "31mred"


def test_an_unknown_table_is_carried_and_not_shown(device: Device) -> None:
    put_lines(device, line({"x": 1}, table="moods"))
    device.sync()
    device.add("Coffee with Ada")
    device.sync()
    assert b"moods" not in device.path.read_bytes()
    base = device.folder.base(device.store.contents.base)
    assert base is not None
    assert ("moods", WIN) in base.states


def test_files_may_arrive_one_by_one_in_any_order(tmp_path: Path) -> None:
    world = World()
    one = Device(tmp_path / "one", world, folder_between(tmp_path / "full"))
    for number in range(4):
        one.add(f"win {number}")
        one.sync()
    assert isinstance(one.remote, FolderRemote)
    full = {path: one.remote.read(path) for path in one.remote.look().values()}
    for turn, order in enumerate(itertools.permutations(full)):
        between = folder_between(tmp_path / f"part{turn}")
        other = Device(tmp_path / f"other{turn}", world, between)
        for path in order:
            between.send({path: full[path]})
            other.sync()
        assert other.store.journal == one.store.journal


def test_formats_are_told_apart() -> None:
    assert decode_batch(zlib.compress(HEAD)).head.format == FORMAT
