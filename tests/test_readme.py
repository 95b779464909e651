from data.exchange.registry import READ_FORMATS, WRITE_FORMATS
from tests.support.readme_tables import README, with_tables


def test_the_tables_in_the_readme_are_what_the_bindings_and_the_commands_say() -> None:
    """`python -m tests.support.readme_tables` brings it up to date."""
    readme = README.read_text(encoding="utf-8")
    assert with_tables(readme) == readme
    assert "| `r` | Move to Real wins | `board.real` |" in readme
    assert "| `due` | `--ics` `--at` `--json` |" in readme


def test_the_readme_counts_the_formats_there_are() -> None:
    assert f"| {len(READ_FORMATS)} formats → {len(WRITE_FORMATS)} |" in README.read_text(encoding="utf-8")
