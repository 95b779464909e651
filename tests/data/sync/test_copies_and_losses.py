"""Journals that were carried, cloned and restored, and remotes that lose what they had: nothing is lost on any."""

import zlib
from datetime import timedelta
from pathlib import Path

from data.model import edits
from data.sync.batches import decode_batch, encode_batches
from data.sync.remote import Remote
from tests.support.device_pairs import EACH_REMOTE, Met, Pair, run_git, same, set_fields, settle
from tests.support.devices import Device, git_between


def test_two_journals_with_wins_in_each_become_their_union(pair: Pair) -> None:
    one, other = pair
    one.add("one")
    one.sync()
    other.add("other")
    settle(other, one)
    assert one.titles() == other.titles() == ["one", "other"]


def test_a_journal_carried_by_hand_and_edited_on_both_is_one_again(pair: Pair) -> None:
    one, other = pair
    win = one.add("Said yes to the talk")
    other.path.write_bytes(one.path.read_bytes())
    set_fields(one, win, story="Edited here.")
    set_fields(other, win, title="Edited there")
    settle(one, other)
    assert one.wins()[win.id].title == "Edited there"
    assert one.wins()[win.id].story == "Edited here."
    assert same(one, other)


@EACH_REMOTE
def test_a_cloned_disk_goes_on_as_a_device_of_its_own(met: Met, tmp_path: Path) -> None:
    one, other, _ = met
    clone = one.copy_to(tmp_path / "clone")
    one.add("on the one")
    clone.add("on the clone")
    settle(one, clone, other)
    assert len(other.titles()) == 3
    assert same(one, other, clone)


def test_a_disk_that_was_set_back_loses_nothing(met: Met, tmp_path: Path) -> None:
    one, other, win = met
    old = one.copy_to(tmp_path / "old")
    set_fields(one, win, title="Edited since")
    one.add("Coffee with Ada")
    settle(one, other)
    settle(old, other)
    assert old.titles() == ["Coffee with Ada", "Edited since"]
    assert same(old, other)


@EACH_REMOTE
def test_a_restored_backup_gets_back_what_was_sent_since(met: Met) -> None:
    one, other, _ = met
    before = one.path.read_bytes()
    one.add("Coffee with Ada")
    settle(one, other)
    one.path.write_bytes(before)
    settle(one, other)
    assert one.titles() == ["Coffee with Ada", "Said yes to the talk"]
    assert same(one, other)


@EACH_REMOTE
def test_what_a_remote_lost_is_sent_again(met: Met, tmp_path: Path) -> None:
    one, other, _ = met
    empty_remote(tmp_path)
    one.world.moment += timedelta(days=2)
    one.sync()
    one.world.moment += timedelta(days=2)
    one.sync()
    fresh = Device(tmp_path / "fresh", one.world, remote_for(one, tmp_path))
    fresh.sync()
    assert fresh.titles() == ["Said yes to the talk"]
    settle(one, other, fresh)
    assert same(one, other, fresh)


def test_a_damaged_batch_is_asked_for_and_sent_again(met: Met, tmp_path: Path) -> None:
    one, other, _ = met
    one.add("Coffee with Ada")
    one.sync()
    newest = max((tmp_path / "between").glob("smallwins/*/*/*"), key=lambda path: path.stat().st_mtime_ns)
    newest.write_bytes(newest.read_bytes()[:-1] + b"x")
    assert other.sync().missing == 1
    settle(one, other)
    assert other.titles() == ["Coffee with Ada", "Said yes to the talk"]
    assert other.sync().sent == 0
    assert one.sync().sent == 0


def empty_remote(tmp_path: Path) -> None:
    bare = tmp_path / "remote.git"
    if bare.exists():
        run_git("--git-dir", str(bare), "update-ref", "-d", "refs/heads/smallwins")
    else:
        for path in (tmp_path / "between").glob("smallwins/*/*/*"):
            path.unlink()


def remote_for(device: Device, tmp_path: Path) -> Remote:
    bare = tmp_path / "remote.git"
    if bare.exists():
        return git_between(bare, tmp_path / "fresh" / "wins.json.sync" / "repo.git")
    return device.remote


@EACH_REMOTE
def test_forgetting_leaves_one_batch_at_the_remote_and_everybody_goes_on(met: Met) -> None:
    one, other, win = met
    set_fields(one, win, story="A secret.")
    settle(one, other)
    one.change(edits.trash_wins([win.id], one.now()))
    one.change(edits.empty_trash())
    one.pass_().forget()
    listing = one.remote.look()
    assert len(listing) == 1
    batch = decode_batch(one.seal.open(one.remote.read(next(iter(listing.values())))) or b"")
    assert b"A secret." not in b"".join(map(zlib.decompress, encode_batches(batch)))
    other.add("Coffee with Ada")
    settle(one, other)
    assert one.titles() == other.titles() == ["Coffee with Ada"]
    assert other.sync().sent == 0
