"""Proof that two devices told of one win."""

from pathlib import Path

from data.history.history import revisions_of
from data.history.revisions import describe_revisions
from data.model import proof
from data.model.records import Proof, proof_of
from tests.support.devices import Device, World, folder_between


def test_parts_of_proof_are_joined_and_one_that_gave_way_is_in_the_past(tmp_path: Path) -> None:
    world, remote = World(), folder_between(tmp_path / "between")
    one, other = (Device(tmp_path / name, world, remote) for name in "ab")
    win = one.add("Said yes to the talk")
    one.sync()
    other.sync()
    one.change(proof.tell_part(win.id, "task", "Speak", one.now()))
    one.change(proof.tell_part(win.id, "action", "I spoke", one.now()))
    other.change(proof.tell_part(win.id, "action", "I sang", other.now()))
    for device in (one, other, one):
        device.sync()
    assert [proof_of(device.wins()[win.id]) for device in (one, other)] == [Proof(task="Speak", action="I sang")] * 2
    past = describe_revisions(revisions_of(one.store.history, win.id), one.store.journal)
    assert "action gave way to a newer one: “I spoke”" in [line for _, line in past]
