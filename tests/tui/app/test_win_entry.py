"""A form on its way into the journal."""

from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from data.storage.store import Store
from tests.support.app_host import NOW, clock, settled, store_with, win
from tui.app.app import SmallWins

SIZE = (100, 30)


async def test_a_saved_form_is_shown_once(tmp_path: Path) -> None:
    """The file gets what the screen got, to the microsecond, so that nothing is drawn anew when it is saved."""
    ticks = count()

    def ticking() -> datetime:
        return NOW + timedelta(microseconds=next(ticks))

    store_with(tmp_path / "wins.json", [win("Email to a recruiter")])
    app = SmallWins(Store(tmp_path / "wins.json", ticking), ticking)
    async with app.run_test(size=SIZE) as pilot:
        for keys, titles in (("ex", {"x"}), ("ay", {"x", "y"})):
            await pilot.pause()
            await pilot.press(*keys, "enter")
            shown = app.session.journal
            assert {each.title for each in shown.live()} == titles
            await settled(app)
            await pilot.pause()
            assert app.session.journal is shown
    assert {each.title for each in Store(tmp_path / "wins.json", clock).journal.live()} == {"x", "y"}
