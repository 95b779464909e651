"""Motion: on, off by a setting, and never over a line that may be slow."""

from pathlib import Path

import pytest

from data.files.settings import Settings
from tests.support.app_host import app_on, store_with, win
from tui.app.motion import animation_level
from widgets.board.card_list import CardList


@pytest.mark.parametrize(
    ("wanted", "environ", "level"),
    [
        (True, {}, "full"),
        (False, {}, "none"),
        (True, {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}, "none"),
        (True, {"SSH_TTY": ""}, "full"),
    ],
)
def test_motion_is_for_who_wants_it_and_sits_at_the_terminal(
    *, wanted: bool, environ: dict[str, str], level: str
) -> None:
    assert animation_level(wanted=wanted, environ=environ) == level


async def test_keys_wait_for_no_motion(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one"), win("two"), win("three")]), Settings(motion=False))
    assert app.animation_level == "none"
    app.animation_level = "full"
    async with app.run_test(size=(120, 30)) as pilot:
        app.screen.query_one("#real", CardList).flash_seconds = 3600
        await pilot.press("r", "r", "c")  # each while the card before it is lit up
        assert sorted(str(each.verdict) for each in app.journal.live()) == ["candy", "real", "real"]
