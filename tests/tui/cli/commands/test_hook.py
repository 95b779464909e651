"""The line of a shell: once on the review day, silent otherwise, in a real shell of each kind there is."""

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest

from data.review import reviews
from data.storage.store import Store
from tests.support.cli_runner import Calls
from tests.support.terminal import Terminal

SHELLS: Final = [
    (name, flags)
    for name, flags in (
        ("bash", ("--rcfile", "{script}", "-i")),
        ("zsh", ("-f", "-i", "-c", ". {script}; echo ready; exec cat")),
        ("fish", ("--no-config", "--init-command", "source {script}", "-i")),
    )
    if shutil.which(name)
]
NOW: Final = datetime(2026, 11, 20, 18, tzinfo=UTC)


def hooked(calls: Calls, shell: str, folder: Path, day: str) -> dict[str, str]:
    """Write the script and a `date` that says this day; return the environment in which a shell finds both."""
    script, fake = folder / "hook", folder / "bin" / "date"
    script.write_text(calls("hook", shell).stdout + "echo ready\n")
    fake.parent.mkdir(exist_ok=True)
    fake.write_text(f"#!/bin/sh\necho '{day}'\n")
    fake.chmod(0o755)
    return {"PATH": f"{fake.parent}{os.pathsep}{os.environ['PATH']}"}


def first_words(shell: str, flags: tuple[str, ...], folder: Path, env: dict[str, str]) -> str:
    """Return what an interactive shell says until it is ready."""
    argv = [flag.format(script=folder / "hook") for flag in flags]
    with Terminal(shell, *argv, env=env) as terminal:
        return terminal.wait("ready")


@pytest.mark.terminal
@pytest.mark.parametrize(("shell", "flags"), SHELLS)
def test_the_first_shell_of_a_friday_says_one_line_and_the_second_none(
    calls: Calls, tmp_path: Path, shell: str, flags: tuple[str, ...]
) -> None:
    env = hooked(calls, shell, tmp_path, "5 2026-11-20")
    assert "It's Friday: your week in small wins" in first_words(shell, flags, tmp_path, env)
    assert "small wins" not in first_words(shell, flags, tmp_path, env)


@pytest.mark.terminal
@pytest.mark.parametrize(("shell", "flags"), SHELLS)
def test_on_another_day_it_says_nothing(calls: Calls, tmp_path: Path, shell: str, flags: tuple[str, ...]) -> None:
    env = hooked(calls, shell, tmp_path, "4 2026-11-19")
    assert "small wins" not in first_words(shell, flags, tmp_path, env)


@pytest.mark.terminal
@pytest.mark.parametrize(("shell", "flags"), SHELLS)
def test_a_cue_with_quotes_and_commands_is_only_text(
    calls: Calls, tmp_path: Path, shell: str, flags: tuple[str, ...]
) -> None:
    store = Store(calls.path, lambda: NOW)
    week = date(2026, 11, 16)
    store.change("begin", reviews.start_review(reviews.new_review(week, NOW)))
    store.change("cue", reviews.set_cue(week, "it's \\'$(touch pwned) `id` \"done\"", NOW))
    store.close()
    env = hooked(calls, shell, tmp_path, "5 2026-11-20")
    said = first_words(shell, flags, tmp_path, env)
    assert "after it's \\'$(touch pwned) `id` \"done\", about four minutes" in said.replace("\n", "")
    assert not Path("pwned").exists()


def reviewed(calls: Calls, cue: str) -> None:
    """Review the week of `NOW` a line at a time."""
    calls("review", "--plain", stdin=f"\n\n\n{cue}\n")


@pytest.mark.terminal
@pytest.mark.parametrize(("shell", "flags"), SHELLS)
def test_once_the_week_is_reviewed_it_says_nothing_and_on_the_next_friday_the_cue(
    calls: Calls, tmp_path: Path, shell: str, flags: tuple[str, ...]
) -> None:
    env = hooked(calls, shell, tmp_path, "5 2026-11-20")
    reviewed(calls, "$(touch pwned) lunch\\'s")
    assert "small wins" not in first_words(shell, flags, tmp_path, env)
    env = hooked(calls, shell, tmp_path, "5 2026-11-27")
    said = first_words(shell, flags, tmp_path, env).replace("\n", "")
    assert "It's Friday: your week in small wins, after $(touch pwned) lunch\\'s, about four minutes." in said
    assert not Path("pwned").exists()


def test_another_journals_review_does_not_silence_it(calls: Calls, tmp_path: Path) -> None:
    mine, other = (
        calls("--file", str(tmp_path / name), "hook", "bash").stdout.splitlines()[3] for name in ("a.json", "b.json")
    )
    assert "_smallwins_stamp=" in mine
    assert mine != other


def test_it_names_the_review_day_that_is_set(calls: Calls) -> None:
    assert "one line on Friday" in calls("hook", "bash").stdout
    assert "usage" in calls("hook", "tcsh", code=2).stderr.lower()
