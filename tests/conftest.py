"""Every test has a home of its own; nothing of the person's is read or written."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# A law holds or not; how long an example took says how busy the machine was. This profile is the only one.
settings.register_profile("smallwins", deadline=None)
settings.load_profile("smallwins")

# A run in the background of a shell ignores Ctrl-C, and so would the programs that it starts and interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# How often Textual draws, which it reads when it is imported; a program that a test starts draws as it does at home.
os.environ["TEXTUAL_FPS"] = "500"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many workers `-n logical` means: two for each core, since a test in a terminal mostly waits."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point every folder a program may write to into an empty temporary home."""
    place = tmp_path / "home"
    place.mkdir(mode=0o700)
    monkeypatch.setenv("HOME", str(place))
    for name, folder in (
        ("DATA", ".local/share"),
        ("CONFIG", ".config"),
        ("STATE", ".local/state"),
        ("CACHE", ".cache"),
    ):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(place / folder))
    # Programs that tests start are compiled once, not at each start, and write to their streams as they do at home.
    for name in (
        "TEXTUAL_FPS",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONUNBUFFERED",
        "SMALLWINS_FILE",
        "NO_COLOR",
        "EDITOR",
        "VISUAL",
    ):
        monkeypatch.delenv(name, raising=False)
    return place
