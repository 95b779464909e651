import pytest

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


CLAIMS = {
    "from 60 columns and 18 lines up": ("tests/tui/pages/board/test_board_screens.py", "(60, 18)"),
    "in 16 colours": ("tests/tui/test_newcomer.py", "def test_what_a_field_is_for_can_be_read_in_16_colours"),
    "in none": ("tests/tui/app/test_two_colours.py", "def test_nothing_has_a_colour_and_the_rest_stays"),
    "with the mouse alone": (
        "tests/tui/test_mouse_alone.py",
        "def test_each_action_of_the_key_table_is_reached_by_clicks_alone",
    ),
    "a made-up half-year": ("tests/tui/test_newcomer.py", "def test_a_newcomer_looks_around_and_comes_back"),
    "or drag the card with the mouse": (
        "tests/tui/pages/board/test_board_terminal.py",
        "def test_a_card_is_dragged_with_a_ghost_and_saved_where_it_is_dropped",
    ),
    "Ten wins are ten keys": ("tests/widgets/board/test_board.py", "def test_ten_wins_are_sorted_with_ten_keys"),
    "lists the keys of any screen": ("tests/tui/test_mouse_alone.py", "def _walk_help"),
}
"""What the README says a person can do, and the test that shows it."""


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_the_readme_claims_stands_beside_the_test_that_shows_it(claim: str) -> None:
    readme = " ".join(README.read_text(encoding="utf-8").split())
    path, test = CLAIMS[claim]
    assert claim in readme
    assert test in (README.parent / path).read_text(encoding="utf-8")
    linked = f"[{claim}]("
    assert linked not in readme or f"{linked}{path})" in readme
