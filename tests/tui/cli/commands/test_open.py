"""The command lines that open the app, at a real terminal: which journal it is, and what is said where it can't be."""

from pathlib import Path

import pytest

from data.model import edits
from data.storage.store import Store
from tests.support.terminal import SMALLWINS, Terminal
from tui.system.clock import local_clock

pytestmark = pytest.mark.terminal


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal with one win, where no journal is looked for."""
    store = Store(tmp_path / "mine.json", local_clock)
    store.change(
        "add", edits.add_win(edits.new_win("In this one", happened_on=local_clock().date(), now=local_clock()))
    )
    store.close()
    return tmp_path / "mine.json"


@pytest.mark.parametrize("how", ["option", "variable", "home"])
def test_the_app_opens_on_the_journal_that_is_meant(journal: Path, home: Path, how: str) -> None:
    """Named by an option, by the variable, or by nobody."""
    words, env = [], {}
    match how:
        case "option":
            words, env = ["--file", str(journal)], {"SMALLWINS_FILE": str(journal.with_name("other.json"))}
        case "variable":
            env = {"SMALLWINS_FILE": str(journal)}
        case "home":
            place = home / ".local" / "share" / "smallwins" / "wins.json"
            place.parent.mkdir(parents=True)
            journal.rename(place)
    with Terminal(*SMALLWINS, *words, env=env) as terminal:
        terminal.wait("In this one")
        terminal.keys("q")
        assert terminal.wait_end() == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--file", ""), 2, "The file name is empty."),
        (("--file", "."), 2, "'.' is a directory"),
        (("--file", "-x", "--fiel"), 2, "No such option"),
        (("--file",), 2, "requires an argument"),
        (("--file", "~nobody-of-that-name/wins.json"), 1, "no home folder"),
        (("--file", "n" * 300), 1, "smallwins: "),
        (("--file", "/dev/zero"), 1, "smallwins: "),
    ],
)
def test_a_journal_that_cannot_be_is_told_of_at_a_terminal_too(
    tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    with Terminal(*SMALLWINS, *words, cols=400, cwd=str(tmp_path), env={"PYTHONPATH": str(Path.cwd())}) as terminal:
        assert terminal.wait_end() == code
        assert said in terminal.text()
        assert "Traceback" not in terminal.text()


def test_a_damaged_journal_is_told_of_in_place_of_the_app(journal: Path) -> None:
    journal.write_text('{"wins": ')
    with Terminal(*SMALLWINS, "--file", str(journal), cols=200) as terminal:
        assert terminal.wait_end() == 1
        assert "smallwins: " in terminal.text()
        assert "Traceback" not in terminal.text()
    assert journal.read_text() == '{"wins": '
