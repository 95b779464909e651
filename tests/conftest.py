"""Every test has a home of its own; nothing of the person's is read or written."""

import gc
import os
import signal
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

# A law holds or not; how long an example took says how busy the machine was. This profile is the only one.
settings.register_profile("smallwins", deadline=None)
settings.load_profile("smallwins")

# A run in the background of a shell ignores Ctrl-C, and so would the programs that it starts and interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# How often Textual draws, which it reads when it is imported; a program that a test starts draws as it does at home.
os.environ["TEXTUAL_FPS"] = "500"


_WHOLE: Final = (
    *("tui/app/", "tui/pages/", "tui/dialogs/", "tui/test_", "widgets/board/", "widgets/bars/test_top_bar"),
    *("tui/cli/test_process", "tui/cli/shared/test_completion", "tui/cli/commands/test_open"),
    *("tui/cli/commands/test_review_plain", "tui/cli/commands/test_sync", "data/inbox/test_kills"),
    *("data/sync/test_simulator", "data/sync/test_sync_pass", "data/sync/test_two_journals"),
    "data/sync/test_copies_and_losses",
    *("data/sync/test_git_remote", "data/exchange/evidence/test_sheet", "data/model/test_journal"),
    *("data/storage/test_processes", "data/storage/test_crash", "data/storage/test_growth"),
    *("data/base/test_linear", "data/exchange/test_linear", "data/exchange/test_laws", "data/exchange/test_accounting"),
)
"""Tests that start the whole app or whole programs, or try very many inputs: what a quick loop does without."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave all of these out of the quick loop, too; elsewhere only those with a real terminal have the mark."""
    for item in items if _is_quick(config) else ():
        if item.path.relative_to(Path(__file__).parent).as_posix().startswith(_WHOLE):
            item.add_marker(pytest.mark.terminal)


def pytest_collection_finish() -> None:
    """Leave what is imported by now out of every later collection, and have fewer: an app makes much in little time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return how many workers `-n logical` means: two for each core where there are terminals, which mostly wait."""
    return (os.cpu_count() or 1) * (1 if _is_quick(config) else 2)


def _is_quick(config: pytest.Config) -> bool:
    return "not terminal" in config.option.markexpr


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
