"""Whatever is drawn can be read, in both themes: computed from what reaches the terminal."""

from pathlib import Path

import pytest
from rich.color import Color
from textual.theme import Theme

from data.demo.half_year import demo_records
from data.files.settings import Settings
from data.model.records import Changes
from data.storage.store import Store
from tests.support.app_host import NOW, TODAY, app_on, clock
from tests.support.contrast import READABLE, contrast, faint_texts
from tui.app.themes import OWN_THEMES

PAGES = {
    "1 space": "board",
    "2 enter": "review",
    "escape 3": "momentum",
    "4": "doors",
    "5": "goals",
    "1 slash o f f escape": "board",
}
DIALOGS = ("enter", "a", "question_mark", "comma", "T", "I", "E", "g", "5 n")


@pytest.mark.parametrize("theme", [theme.name for theme in OWN_THEMES])
async def test_every_text_on_every_screen_stands_out(tmp_path: Path, theme: str) -> None:
    store = Store(tmp_path / "wins.json", clock)
    store.change("begin", lambda _: Changes(put=tuple(demo_records(TODAY, NOW))))
    app = app_on(store, Settings(theme=theme))
    async with app.run_test(size=(120, 40)) as pilot:
        for keys in (*PAGES, *DIALOGS):
            await pilot.press(*keys.split())
            await pilot.pause()
            assert app.page.name == PAGES.get(keys, app.page.name)
            shown = next((each.region for each in app.screen.query(".dialog")), app.screen.region)
            assert faint_texts(app, shown) == {}, keys
            if keys in DIALOGS:
                await pilot.press("escape")


@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
def test_the_tracks_of_bars_and_scrollbars_can_be_seen(theme: Theme) -> None:
    grounds = [theme.background, theme.surface]
    for name in ("scrollbar", "scrollbar-hover", "scrollbar-active"):
        for ground in grounds:
            assert contrast(Color.parse(theme.variables[name]), Color.parse(ground or "")) >= READABLE
