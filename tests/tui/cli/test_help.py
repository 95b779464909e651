import click
import pytest

from tests.support.cli_runner import Calls
from tui.cli.main import cli
from tui.cli.registry import COMMANDS, SECTIONS


def test_every_command_has_its_place_in_the_help() -> None:
    grouped = [name for names in SECTIONS.values() for name in names]
    assert sorted(grouped) == sorted(COMMANDS)
    assert len(grouped) == len(set(grouped))


@pytest.mark.parametrize("name", COMMANDS)
def test_help_explains_every_command_option_and_argument(name: str, calls: Calls) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help
    for parameter in command.params:
        assert isinstance(parameter, click.Argument) or (isinstance(parameter, click.Option) and parameter.help)
    assert calls(name, "--help").stdout == calls(name, "-h").stdout
    assert not calls.path.exists()


def test_help_names_dates_ids_exit_codes_and_examples(calls: Calls) -> None:
    text = calls("-h").stdout
    for words in ("yesterday", "4 characters", "SMALLWINS_FILE", "a message says why", "smallwins add", "export"):
        assert words in text
    assert "..." not in text.replace("[ARGS]...", "")


def test_a_command_that_is_none_is_told_the_nearest(calls: Calls) -> None:
    assert "Did you mean 'export'?" in calls("exprot", code=2).stderr
    assert "Unknown command 'zzz'" in calls("zzz", code=2).stderr
