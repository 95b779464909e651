"""Two devices that keep one journal, over each kind of remote, and what tests say of them."""

import subprocess

import pytest
from msgspec import structs

from data.model import edits
from data.model.records import Win
from tests.support.devices import Device

Pair = tuple[Device, Device]
Met = tuple[Device, Device, Win]
EACH_REMOTE = pytest.mark.parametrize("pair", ["folder", "git"], indirect=True)
"""For what depends on the kind of remote; git takes a second for each."""


def run_git(*words: str) -> None:
    """Let git do something."""
    subprocess.run(["git", *words], check=True, capture_output=True)  # noqa: S603, S607


def settle(*devices: Device) -> None:
    """Sync until everybody has everything."""
    for device in (*devices, *devices):
        device.sync()


def same(*devices: Device) -> bool:
    """Return whether all have the same journal."""
    journals = [device.store.journal for device in devices]
    return all(journal == journals[0] for journal in journals)


def set_fields(device: Device, win: Win, **fields: object) -> None:
    """Edit a win as its device has it now."""
    old = device.wins()[win.id]
    device.change(edits.change_win(old, structs.replace(old, **fields), device.now()))
