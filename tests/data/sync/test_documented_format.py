"""The format of what travels is written down: the reader in docs/sync.md, run as it stands, reads it all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import structs

from data.model import edits
from tests.support.devices import SEAL, Device, World, folder_between

DOCS = Path(__file__).parents[3] / "docs" / "sync.md"
AGE = (
    f"#!{sys.executable}\n"
    "import sys, pathlib, pyrage\n"
    "key, sealed = (pathlib.Path(name) for name in sys.argv[3:5])\n"
    "identity = pyrage.x25519.Identity.from_str(key.read_text().strip())\n"
    "sys.stdout.buffer.write(pyrage.decrypt(sealed.read_bytes(), [identity]))\n"
)
"""What stands for the command `age` where it is not installed: the same library."""


def test_another_program_reads_the_journal_by_what_is_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, between = World(), folder_between(tmp_path / "between")
    one, other = (Device(tmp_path / name, world, between) for name in "ab")
    talk, gone = one.add("Said yes to the talk"), one.add("Gone for good")
    for device in (one, other):
        device.sync()
    for device, title in ((one, "Talk in Rome"), (other, "Talk in Bonn")):
        win = device.wins()[talk.id]
        device.change(edits.change_win(win, structs.replace(win, title=title), device.now()))
    other.change(edits.trash_wins([gone.id], other.now()))
    other.change(edits.empty_trash())
    for device in (one, other, one, other):
        device.sync()
    (tmp_path / "age").write_text(AGE)
    (tmp_path / "age").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "key").write_text(f"{SEAL.key}\n")
    script = DOCS.read_text().partition("```python\n")[2].partition("```")[0]
    words = [sys.executable, "-c", script, str(tmp_path / "between" / "smallwins"), str(tmp_path / "key")]
    done = subprocess.run(words, capture_output=True, check=True, text=True)  # noqa: S603 - what is written down
    assert done.stdout == "2026-11-19 Talk in Bonn\n"
