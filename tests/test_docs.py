"""What the documents show works: links lead somewhere, commands exist, the example of the file opens."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tinydb import TinyDB

from data.exchange.registry import READ_FORMATS, WRITE_FORMATS
from data.files.settings import read_settings
from data.model.records import TABLES, TableName
from data.storage.store import Store
from tests.support.app_host import clock
from tests.support.cli_runner import Calls
from tui.app.keymap import check_keymap
from tui.cli.main import cli
from tui.cli.registry import COMMANDS

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_shown_exists(document: Path) -> None:
    shown = set(re.findall(r"smallwins (?:--file \S+ )?([a-z]+)\b(?=[ `\n])", code(document)))
    assert shown - set(COMMANDS) <= {"demo"}


def code(document: Path) -> str:
    """Return what stands in code blocks and between backticks."""
    text = document.read_text(encoding="utf-8")
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL))


def test_every_page_of_the_documents_can_be_reached_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"docs/{page.name}" not in readme] == []


def test_the_example_of_the_file_is_a_journal_that_opens(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "file-format.md").read_text(encoding="utf-8")
    found = re.search(r"```json\n(.*?)```", text, flags=re.DOTALL)
    assert found
    path = tmp_path / "wins.json"
    path.write_text(found[1], encoding="utf-8")
    path.chmod(0o600)
    (win,) = Store(path, clock).journal.live()
    assert win.title == "Email to a recruiter"
    with TinyDB(path, encoding="utf-8") as stock:
        assert len(stock.table("wins")) == 1


@pytest.mark.parametrize("table", TABLES)
def test_the_page_of_the_file_names_every_field(table: TableName) -> None:
    page = (ROOT / "docs" / "file-format.md").read_text(encoding="utf-8")
    (row,) = re.findall(rf"^\| `{table}` \| (.*) \|$", page, flags=re.MULTILINE)
    assert [name for name in TABLES[table].__struct_fields__ if f"`{name}`" not in row] == []


def test_the_settings_that_the_readme_shows_are_understood(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", readme, flags=re.DOTALL)
    config = tmp_path / "config.toml"
    config.write_text(shown, encoding="utf-8")
    settings, problems = read_settings(config)
    assert problems == ()
    assert (settings.half_life, settings.theme) == (4, "smallwins-light")
    assert check_keymap(settings.keys, config) == ({"app.add": "ctrl+n"}, [])


def test_the_page_for_scripts_names_every_command_that_speaks_json() -> None:
    page = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
    shown = {name.split(" ID")[0] for name in re.findall(r"`([a-z ]+?(?: ID)?) (?:--list )?--json`", page)}
    assert shown == set(_speaking_json(cli, click.Context(cli)))


def _speaking_json(group: click.Group, ctx: click.Context, before: str = "") -> Iterator[str]:
    """Yield the names of the commands that have --json."""
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if command is not None and any("--json" in parameter.opts for parameter in command.params):
            yield f"{before}{name}"
        if isinstance(command, click.Group):
            yield from _speaking_json(command, ctx, f"{name} ")


def test_every_field_of_json_is_on_the_page_of_the_command_line(tmp_path: Path) -> None:
    calls = Calls(tmp_path / "wins.json")
    calls("add", "Coffee", "--goal", "Climate")
    calls("sort", "Coffee", "real")
    calls("step", "add", "Call Ada")
    calls("backup")
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    for command in ("list", "due", "stats", "goal list", "step list", "backup --list", "sync status", "doctor"):
        shown = calls(*command.split(), "--json").stdout
        keys = set(re.findall(r'"([a-z]\w*)":', shown))
        assert {key for key in keys if f"`{key}`" not in page} == set(), command
        assert keys


def test_every_format_is_on_the_page_of_the_command_line() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    _, imports, exports = re.split(r"^## (?:Import|Export)$", page, flags=re.MULTILINE)
    assert [one.name for one in READ_FORMATS if f"`{one.name}`" not in imports] == []
    assert [
        one.name for one in WRITE_FORMATS if f"`{one.name}`" not in exports and f"`.{one.name}`" not in exports
    ] == []


def test_the_python_that_scripts_are_shown_adds_a_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(shown, "scripts.md", "exec"), {})  # noqa: S102 - our own page
    (win,) = Store(tmp_path / "wins.json", clock).journal.live()
    assert (win.title, str(win.happened_on)) == ("Coffee with a mentor", "2026-11-20")
