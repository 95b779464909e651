"""Completion, in real shells where the machine has them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli_runner import Calls
from tests.support.terminal import Terminal

pytestmark = pytest.mark.terminal


@pytest.fixture
def path(calls: Calls) -> Path:
    """Return a journal of two wins toward a goal of two words."""
    calls("add", "Wrote the email", "--goal", "Climate work, part two", "--tag", "courage")
    calls("add", "Had the call", "--tag", "courage", "--tag", "clarity")
    return calls.path


def environment(path: Path) -> dict[str, str]:
    scripts = Path(sys.executable).parent
    return os.environ | {"PATH": f"{scripts}:{os.environ['PATH']}", "SMALLWINS_FILE": str(path), "PS1": "> "}


def offered(path: Path, words: str, at: int, shell: str = "zsh") -> list[str]:
    """Return what the program itself offers for the word of that index."""
    env = environment(path) | {"_SMALLWINS_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": str(at)}
    done = subprocess.run(
        [sys.executable, "-m", "tui"], check=False, capture_output=True, encoding="utf-8", env=env, timeout=30
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_commands_options_goals_tags_and_ids_are_offered(path: Path) -> None:
    assert "export" in offered(path, "smallwins ex", 1)
    assert "--since" in offered(path, "smallwins list --si", 2)
    assert "Climate work, part two" in offered(path, "smallwins list --goal cli", 3)
    assert [line for line in offered(path, "smallwins list --tag c", 3) if line[0] == "c"] == ["courage", "clarity"]
    assert "Had the call" in offered(path, "smallwins show ", 2)


def test_a_word_of_the_title_finds_the_id(path: Path) -> None:
    kind, identity, title = offered(path, "smallwins sort email", 2)
    assert (kind, title) == ("plain", "Wrote the email")
    assert len(identity) == 8


def test_what_the_newer_commands_take_is_offered(path: Path) -> None:
    assert "archive" in offered(path, "smallwins goal ar", 2)
    assert "Climate work, part two" in offered(path, "smallwins goal edit cli", 3)
    assert "Wrote the email" in offered(path, "smallwins link email", 2)
    assert [line for line in offered(path, "smallwins sort email re", 3) if line.startswith("re")] == ["real"]
    assert any(line.endswith(".json") for line in offered(path, "smallwins restore ", 2))


def test_a_journal_that_can_not_be_read_offers_nothing_and_says_nothing(path: Path) -> None:
    path.write_text("{")
    assert "".join(offered(path, "smallwins show ", 2)) == ""


def test_another_journal_is_looked_into_when_it_is_named(path: Path, tmp_path: Path) -> None:
    words = f"smallwins --file {path} list --tag c"
    assert "courage" in offered(tmp_path / "none.json", words, 5)


INTERACTIVE = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-f", "-i"),
}


def pressed(shell: str, path: Path) -> str:
    """Return the screen of a shell after Tab behind the beginning of a goal, without the quotes of the shell."""
    before = "autoload -U compinit; compinit -u -D; " if shell == "zsh" else ""
    with Terminal(*INTERACTIVE[shell], env=environment(path), cols=200) as terminal:
        terminal.keys(f"{before}eval \"$(smallwins completion {shell} 2>/dev/null)\"; echo re'ady'", "enter")
        terminal.wait("\nready")
        terminal.keys("smallwins list --goal Cli", "tab")
        return terminal.wait("two").replace("\\", "")


def asked(path: Path) -> str:
    """Return what fish says it would complete."""
    script = 'smallwins completion fish 2>/dev/null | source; complete -C "smallwins list --goal Cli"'
    done = subprocess.run(  # noqa: S603 - the shell that was found
        ["fish", "-c", script],  # noqa: S607 - as above
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=environment(path),
        timeout=60,
    )
    return done.stdout


@pytest.mark.parametrize("shell", [name for name in (*INTERACTIVE, "fish") if shutil.which(name)])
def test_a_real_shell_completes_a_goal_of_several_words_and_a_comma(path: Path, shell: str) -> None:
    assert "Climate work, part two" in (asked(path) if shell == "fish" else pressed(shell, path))
