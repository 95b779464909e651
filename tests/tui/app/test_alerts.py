"""What went wrong is said at the foot of the screen: it covers nothing, and stays until it was read."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from data.base.errors import SmallWinsError
from tests.support.app_host import app_on, store_with, win
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from widgets.bars.alert import Alert

LOST = SmallWinsError("The file is gone", "Press ctrl+s to write it again.")
SAID = "! The file is gone. Press ctrl+s to write it again."
LONG = SmallWinsError(f"The folder {'/folder' * 20} can't be opened: permission denied.", "Choose another one.")


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallWins:
    monkeypatch.setattr(SmallWins, "READING_SECONDS", 0.0)
    return app_on(store_with(tmp_path / "wins.json", [win("one")]))


def said(app: SmallWins) -> str:
    lines = text_of(app).splitlines()
    region = app.screen.query_one(Alert).region
    return " ".join(line.strip() for line in lines[region.y : region.bottom])


async def complain(app: SmallWins, pilot: Pilot[None], *errors: SmallWinsError) -> None:
    for error in errors:
        app.complain(error)
    await pilot.pause()
    await pilot.pause()


def covered(app: SmallWins) -> list[Widget]:
    """Return what is drawn where the alert is."""
    alert = app.screen.query_one(Alert)
    drawn = app.screen._compositor.visible_widgets
    others = [each for each in drawn if not each.children and not isinstance(each, Alert)]
    return [each for each in others if drawn[each][0].intersection(drawn[each][1]).overlaps(alert.region)]


async def test_an_error_is_said_above_the_keys_until_the_next_key(app: SmallWins) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await complain(app, pilot, LOST)
        assert said(app) == SAID
        assert text_of(app).splitlines()[-3].strip() == SAID
        await pilot.press("j")
        await pilot.pause()
        assert SAID not in text_of(app)


async def test_a_key_typed_before_an_error_could_be_read_leaves_it(app: SmallWins) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        type(app).READING_SECONDS = 1000.0
        await complain(app, pilot, LOST)
        await pilot.press("r", "j", "2")
        await pilot.pause()
        assert said(app) == SAID
        assert app.page.name == "review"


async def test_several_errors_are_said_one_after_the_other_and_each_once(app: SmallWins) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await complain(app, pilot, LOST, LONG, LOST)
        assert said(app) == f"{SAID} (1 more)"
        await pilot.press("j")
        await pilot.pause()
        assert "permission denied" in said(app)
        await pilot.press("j")
        await pilot.pause()
        assert not app.screen.query(Alert)


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_an_error_covers_nothing_and_is_said_whole(app: SmallWins, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        for keys in ([], ["a"], ["enter"], ["E"], ["2"]):
            await pilot.press(*keys)
            await pilot.pause()
            await complain(app, pilot, LONG)
            assert "Choose another one." in said(app), keys
            assert not covered(app), keys
            await pilot.press("escape")
            await pilot.pause()


async def test_an_error_below_a_dialog_that_opens_or_goes_stays_in_sight(app: SmallWins) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        type(app).READING_SECONDS = 1000.0
        await complain(app, pilot, LOST)
        await pilot.press("question_mark")
        await pilot.pause()
        assert said(app) == SAID
        await pilot.press("escape")
        await pilot.pause()
        assert said(app) == SAID


async def test_an_error_while_the_palette_lies_over_everything_is_said_when_it_closes(app: SmallWins) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await complain(app, pilot, LOST)
        await pilot.press("x", "escape")
        await pilot.pause()
        await pilot.pause()
        assert said(app) == SAID


async def test_a_press_takes_an_error_away(app: SmallWins) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await complain(app, pilot, LOST)
        await pilot.click(Alert)
        await pilot.pause()
        assert not app.screen.query(Alert)


async def test_who_quits_before_an_error_could_be_read_is_told_at_the_end(
    app: SmallWins, capsys: pytest.CaptureFixture[str]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        type(app).READING_SECONDS = 1000.0
        app.notify("Press it again.", title="Not everything is saved.", severity="warning")
        app.complain(LOST)
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert capsys.readouterr().err == "The file is gone. Press ctrl+s to write it again.\n"
