import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from data.files.settings import Settings
from data.model.records import Verdict
from data.review import reviews
from data.storage.store import Store
from tests.support.app_host import TODAY, clock, settled, win
from tests.support.board_page_host import CALL, EMAIL, PANEL, board, found, page
from tests.support.widget_host import text_of


async def test_a_move_by_key_is_saved_and_can_be_undone(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("r")
        await settled(app)
        assert Store(tmp_path / "wins.json", clock).journal.wins[EMAIL.id].verdict is Verdict.REAL
        await pilot.press("u")
        await settled(app)
        assert Store(tmp_path / "wins.json", clock).journal.wins[EMAIL.id].verdict is None


async def test_a_card_in_the_trash_comes_back_with_u(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("d")
        assert EMAIL.title not in text_of(app)
        await pilot.press("u")
        await pilot.pause()
        assert EMAIL.title in text_of(app)


@pytest.mark.parametrize(("follow", "title"), [(False, CALL.title), (True, EMAIL.title)])
async def test_the_cursor_stays_to_sort_the_next_card_unless_the_setting_follows(
    tmp_path: Path, *, follow: bool, title: str
) -> None:
    async with page(tmp_path, settings=Settings(follow=follow)) as (app, pilot):
        await pilot.press("r")
        await pilot.pause()
        here = board(app).board.win
        assert here is not None
        assert here.title == title


async def test_f_jumps_to_the_next_card_with_a_word_that_begins_so(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("f", *"pan")
        here = board(app).board.win
        assert here is not None
        assert here.title == PANEL.title
        await pilot.press("enter", "c")
        await settled(app)
        assert app.journal.wins[PANEL.id].verdict is Verdict.CANDY


async def test_in_a_jump_up_and_down_go_to_the_other_matches(tmp_path: Path) -> None:
    async with page(tmp_path, win("Call one"), win("Letter"), win("Call two", verdict=Verdict.REAL)) as (app, pilot):
        seen = []
        await pilot.press("f", *"call")
        for key in ("", "down", "down", "up"):
            await pilot.press(*([key] if key else []))
            await pilot.pause()
            here = board(app).board.win
            seen.append(here.title if here is not None else "")
        assert seen == ["Call one", "Call two", "Call one", "Call two"]


async def test_an_opened_card_shows_the_whole_win(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("right", "enter")
        await pilot.pause()
        screen = text_of(app)
        assert "They asked twice." in screen
        assert "Alignment   ████████████████████  100 %" in screen
        assert "It looks like a real win." in screen


async def test_from_an_opened_card_one_walks_along_the_doors_and_stays_where_one_went(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        assert "opened     · First call" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "opened by  · Email to the recruiter" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        here = board(app).board.win
        assert here is not None
        assert here.title == CALL.title


async def test_a_long_story_leaves_the_buttons_of_an_opened_card_in_sight(tmp_path: Path) -> None:
    first = structs.replace(win("Letter"), story="One line.\n" * 40)
    doors = [structs.replace(win(f"Door {number}"), opened_by=first.id) for number in range(12)]
    async with page(tmp_path, first, *doors) as (app, pilot):
        board(app).select(first.id)
        await pilot.press("enter")
        for size in ((60, 18), (80, 24), (60, 18)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            shown = text_of(app)
            assert "Follow (enter)   Close (esc)" in shown
            assert "e edit  r real" in shown
            assert "One line." in shown
            assert "Door" in shown


async def test_backspace_goes_back_along_the_doors(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("enter", "enter", "backspace")
        await pilot.pause()
        assert "opened     · First call" in text_of(app)


@pytest.mark.parametrize(("key", "verdict"), [("r", Verdict.REAL), ("c", Verdict.CANDY)])
async def test_an_opened_card_can_be_sorted(tmp_path: Path, key: str, verdict: Verdict) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("enter", key)
        await settled(app)
        await pilot.pause()
        assert app.journal.wins[EMAIL.id].verdict is verdict


async def test_an_opened_card_can_be_edited_and_thrown_away(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("enter", "e")
        await pilot.pause()
        await pilot.pause()
        assert app.screen.focused is not None
        assert EMAIL.title in text_of(app)
        assert "Story" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("enter", "d")
        await settled(app)
        assert app.journal.wins[EMAIL.id].deleted_at is not None


async def test_the_history_of_verdicts_is_told(tmp_path: Path) -> None:
    async with page(tmp_path, settings=Settings(follow=True)) as (app, pilot):
        await pilot.press("c", "r")
        await settled(app)
        await pilot.press("enter")
        await pilot.pause()
        screen = text_of(app)
        assert screen.count("Fri 20 Nov       candy") == 1
        assert screen.count("Fri 20 Nov       real") == 1


async def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    nasty = structs.replace(
        win("[@click=app.quit]x[/] \x1b]52;c;eA==\x07"), story="see [/x] done\x1b[2J", tags=("[b]",)
    )
    async with page(tmp_path, nasty) as (app, pilot):
        assert "[@click=app.quit]x[/]" in text_of(app)
        await pilot.press("slash", *"[@cl", "enter")
        assert "“[@cl” ×" in await found(app, pilot)
        await pilot.press("escape", "enter")
        await pilot.pause()
        screen = text_of(app)
        assert "see [/x] done" in screen
        assert "#[b]" in screen
        assert "\x1b" not in screen


async def test_o_and_capital_o_link_a_card_to_earlier_and_later_wins_only(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("down", "o")
        await pilot.pause()
        assert f"Which win opened “{CALL.title}”?" in text_of(app)
        await pilot.press(*"panel", "enter")
        await settled(app)
        assert app.journal.wins[CALL.id].opened_by == PANEL.id
        await pilot.press("O")
        await pilot.pause()
        assert f"Which win did “{CALL.title}” open?" in text_of(app)
        await pilot.press(*"email", "enter")
        await settled(app)
        assert app.journal.wins[EMAIL.id].opened_by == CALL.id


async def test_an_opened_card_is_linked_to_what_opened_it_and_to_what_it_opened(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "o opened by  O opened" in text_of(app)
        await pilot.press("o", *"panel", "enter")
        await settled(app)
        assert app.journal.wins[CALL.id].opened_by == PANEL.id
        await pilot.press("enter", "O", *"email", "enter")
        await settled(app)
        assert app.journal.wins[EMAIL.id].opened_by == CALL.id


async def test_what_was_done_is_said_above_the_keys_until_the_next_key_and_moves_nothing(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("space", "space", "r")
        await pilot.pause()
        shown = text_of(app).splitlines()
        assert shown[-2].strip() == "2 moved to Real wins · u undoes"
        await pilot.press("left")
        await pilot.pause()
        assert "undoes" not in text_of(app)
        assert text_of(app).splitlines()[:-2] == shown[:-2]
        await pilot.press("l", "d")
        await pilot.pause()
        assert "1 moved to the trash · u undoes" in text_of(app)


async def test_column_tab_and_due_say_one_number_for_what_waits(tmp_path: Path) -> None:
    nine = [win(f"Win {number}", TODAY - timedelta(days=number % 3)) for number in range(9)]
    async with page(tmp_path, *nine) as (app, pilot):
        async with asyncio.timeout(20):
            while "Review ·7" not in text_of(app):
                await pilot.pause(0.02)
        await pilot.pause()
        assert "· Unsorted 7 of 9 ◆ Real wins 0" in " ".join(text_of(app).split())
        assert reviews.what_is_due(app.journal, Settings(), TODAY).unsorted == 7
        await pilot.press("slash", *"Win 8", "enter")
        assert "· Unsorted 1 ◆ Real wins 0" in " ".join((await found(app, pilot)).split())
