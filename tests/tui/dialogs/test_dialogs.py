from pathlib import Path

import pytest
from textual.widgets import Input, Select

from data.base.errors import SaveError
from data.files.settings import Settings, read_settings
from data.model import edits
from data.storage.store import Store
from tests.support.app_host import NOW, app_on, clock, settled, store_with, win
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from tui.dialogs.dialog import DialogButtons

SIZE = (100, 30)


def trashed(path: Path) -> Store:
    store = store_with(path, [gone := win("thrown away"), win("kept")])
    store.change("trash", edits.trash_wins([gone.id], NOW))
    return store


async def test_a_win_is_taken_back_from_the_trash(tmp_path: Path) -> None:
    app = app_on(trashed(tmp_path / "wins.json"))
    async with app.run_test(size=SIZE) as pilot:
        assert "thrown away" not in text_of(app)
        await pilot.press("T")
        await pilot.pause()
        assert "thrown away" in text_of(app)
        await pilot.press("enter")
        await settled(app)
    titles = {each.title for each in Store(tmp_path / "wins.json", clock).journal.live()}
    assert titles == {"thrown away", "kept"}


async def test_the_trash_is_emptied_for_good_only_after_asking(tmp_path: Path) -> None:
    app = app_on(trashed(tmp_path / "wins.json"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("T", "x")
        await pilot.pause()
        assert "Permanently delete 1 win?" in text_of(app)
        await pilot.press("n", "x", "y")
        await settled(app)
    assert b"thrown away" not in (tmp_path / "wins.json").read_bytes()


async def test_an_empty_trash_says_how_things_get_there(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("kept")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("T")
        await pilot.pause()
        assert "Trash is empty." in text_of(app)
        await pilot.press("x", "escape")
        assert len(app.screen_stack) == 1


def with_config(path: Path, text: str) -> SmallWins:
    config = path / "config.toml"
    config.write_text(text)
    settings, problems = read_settings(config)
    store = store_with(path / "wins.json", [win("one")])
    return SmallWins(store, clock, settings, config=config, problems=problems)


async def test_settings_are_changed_on_a_screen_and_comments_in_the_file_stay(tmp_path: Path) -> None:
    app = with_config(tmp_path, "# my own words\nhalf_life = 4 # weeks\n")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        app.screen.query_one("#half_life", Input).value = "6"
        app.screen.query_one("#lookback_weeks", Input).value = "2, 8"
        app.screen.query_one("#week_start", Select).value = "sunday"
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Settings saved" in text_of(app)
        assert app.page.settings.half_life == 6
    text = (tmp_path / "config.toml").read_text()
    assert "# my own words" in text
    assert "# weeks" in text
    settings, problems = read_settings(tmp_path / "config.toml")
    assert (settings.half_life, settings.lookback_weeks, settings.week_start, problems) == (6, (2, 8), 6, ())


async def test_a_setting_that_can_not_be_understood_is_said_and_not_saved(tmp_path: Path) -> None:
    app = with_config(tmp_path, "")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        app.screen.query_one("#half_life", Input).value = "forever"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "weeks, from 0.5 to 52" in text_of(app)
        await pilot.press("escape")
    assert (tmp_path / "config.toml").read_text() == ""


async def test_a_theme_chosen_from_the_palette_is_kept_and_nothing_else_changes(tmp_path: Path) -> None:
    app = with_config(tmp_path, "")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down")
        app.theme = "smallwins-light"
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert "one" in text_of(app)
    assert read_settings(tmp_path / "config.toml")[0] == Settings(theme="smallwins-light")


async def test_the_palette_finds_every_action_by_what_it_does(tmp_path: Path) -> None:
    app = with_config(tmp_path, "")
    async with app.run_test(size=SIZE) as pilot:
        found = {command.title for command in app.get_system_commands(app.screen)}
        assert {"Add a win", "Open the trash", "Open the settings", "Go to Doors"} <= found
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"add a win", "enter")
        await pilot.pause()
        await pilot.pause()
        assert "What went right?" in text_of(app)


async def test_a_mistake_in_the_settings_is_told_with_its_line(tmp_path: Path) -> None:
    app = with_config(tmp_path, 'theme = "nord"\n\nhalf_life = "long"\n')
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "line 3" in text_of(app)
        assert app.theme == "nord"


async def test_a_setting_that_can_not_be_saved_is_said_and_holds_for_this_run(tmp_path: Path) -> None:
    app = with_config(tmp_path, "half_life = 4\n")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        (tmp_path / "config.toml").write_text("half_life = = 4\n")  # a slip in another window
        app.screen.query_one("#half_life", Input).value = "6"
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "The setting could not be saved" in text_of(app)
        assert app.page.settings.half_life == 6
    assert (tmp_path / "config.toml").read_text() == "half_life = = 4\n"


async def test_a_theme_is_tried_on_while_one_looks_and_taken_off_again(tmp_path: Path) -> None:
    app = with_config(tmp_path, "")
    async with app.run_test(size=SIZE) as pilot:
        before = app.theme
        await pilot.press("comma")
        await pilot.pause()
        assert app.focused is app.screen.query_one("#theme")
        await pilot.press("enter", "down")
        await pilot.pause()
        assert app.theme != before
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert app.theme == before
        await app.workers.wait_for_complete()
    assert read_settings(tmp_path / "config.toml")[0] == Settings()


async def test_numbers_in_the_settings_have_their_units(tmp_path: Path) -> None:
    app = with_config(tmp_path, "")
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        text = " ".join(text_of(app).split())
        assert "Momentum fades by half in 4 weeks" in text
        assert "7 wins" in text


async def test_a_click_on_a_row_of_the_help_presses_its_key(tmp_path: Path) -> None:
    app = with_config(tmp_path, "")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        lines = text_of(app).splitlines()
        row = next(y for y, line in enumerate(lines) if "Open the trash" in line)
        await pilot.click(offset=(lines[row].index("Open the trash"), row))
        await pilot.pause()
        await pilot.pause()
        assert "Trash is empty." in text_of(app)


async def test_the_help_has_two_columns_where_there_is_room_and_one_where_not(tmp_path: Path) -> None:
    app = with_config(tmp_path, "")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        row = next(line for line in text_of(app).splitlines() if "The card above" in line)
        assert row.partition("The card above")[2].split("│")[0].strip()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        row = next(line for line in text_of(app).splitlines() if "The card above" in line)
        assert not row.partition("The card above")[2].split("│")[0].strip(" ▁▂▃▄▅▆▇█")


async def test_the_help_says_each_key_alone_and_begins_a_second_line_below_the_words(tmp_path: Path) -> None:
    app = with_config(tmp_path, "")
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("5", "n", *"Climate", "ctrl+s", "question_mark")
        await pilot.pause()
        lines = text_of(app).splitlines()
        long = next(y for y, line in enumerate(lines) if "give a goal to wins" in line)
        assert lines[long + 1].index("without one") == lines[long].index("Edit this goal")
        assert {"K shift+↑  Move this goal up", "J shift+↓  Move this goal down"} <= {
            line.strip(" │▃▇▆") for line in lines
        }


@pytest.mark.parametrize("keys", ["comma", "a", "E"])
async def test_the_buttons_of_a_form_are_in_sight_above_an_error(tmp_path: Path, keys: str) -> None:
    app = with_config(tmp_path, "")
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.press(keys)
        await pilot.pause()
        app.complain(SaveError("The change could not be saved: no space left on device", "It is kept here."))
        await pilot.pause()
        await pilot.pause()
        assert "(ctrl+s)" in text_of(app)
        assert "(esc)" in text_of(app)


async def test_an_open_card_copies_itself(tmp_path: Path) -> None:
    app = with_config(tmp_path, "")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert app.clipboard.startswith("one\n· unsorted · Fri 20 Nov")


@pytest.mark.parametrize("keys", ["a", "comma", "T", "enter", "question_mark", "g", "5 n", "4 o"])
async def test_every_dialog_has_one_frame_and_one_width(tmp_path: Path, keys: str) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one"), win("two")]))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in keys.split():
            await pilot.press(key)
            await pilot.pause()
        frame = app.screen.query_one(".dialog")
        assert frame.outer_size.width == 60
        assert frame.outer_size.height <= 24
        assert app.screen.query(DialogButtons)


async def test_a_theme_that_is_not_known_leaves_the_settings_usable(tmp_path: Path) -> None:
    app = with_config(tmp_path, 'theme = "no-such-theme"\n')
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        await pilot.press("enter", "down", "enter")
        await pilot.pause()
        chosen = app.screen.query_one("#theme", Select).value
        assert app.theme == chosen
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
    assert read_settings(tmp_path / "config.toml")[0].theme == chosen
