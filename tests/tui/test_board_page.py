from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs
from textual.pilot import Pilot

from data import edits
from data.models import Answers, Changes, Verdict, Win
from data.settings import Settings
from data.store import Store
from tests.apps import NOW, TODAY, app_on, clock, settled, store_with, win
from tests.hosts import text_of
from tests.mouse import Mouse
from tui.app import SmallWins
from tui.screens.board import BoardPage

EMAIL = structs.replace(win("Email to the recruiter"), tags=("people",))
CALL = win("First call", TODAY - timedelta(days=1), opened_by=EMAIL.id)
PANEL = structs.replace(
    win("Said yes to the Café panel", TODAY - timedelta(days=40), Verdict.REAL),
    answers=Answers(door=1, direction=5, stretch=5),
    story="They asked twice.",
)
OFFER = win("Offer: +9 %", TODAY - timedelta(days=200), Verdict.CANDY)
ALL = (EMAIL, CALL, PANEL, OFFER)
SIZE = (130, 30)


@asynccontextmanager
async def page(
    path: Path, *wins: Win, settings: Settings | None = None
) -> AsyncIterator[tuple[SmallWins, Pilot[None]]]:
    app = app_on(store_with(path / "wins.json", wins or ALL), settings)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        yield app, pilot


async def found(app: SmallWins, pilot: Pilot[None]) -> str:
    """Return the screen once the search is over."""
    await app.workers.wait_for_complete([each for each in app.workers if each.group == "seek"])
    await pilot.pause()
    await pilot.pause()
    return text_of(app)


def board(app: SmallWins) -> BoardPage:
    shown = app.page
    assert isinstance(shown, BoardPage)
    return shown


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


async def test_the_setting_lets_the_focus_stay(tmp_path: Path) -> None:
    async with page(tmp_path, settings=Settings(follow=False)) as (app, pilot):
        await pilot.press("r")
        await pilot.pause()
        here = board(app).board.win
        assert here is not None
        assert here.title == CALL.title


async def test_typing_after_slash_leaves_what_matches_whatever_case_and_accents(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("slash", *"CAFE")
        screen = await found(app, pilot)
        assert PANEL.title in screen
        assert EMAIL.title not in screen
        assert "1 of 4 wins" in screen


async def test_a_slip_of_the_finger_still_finds_the_card(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("slash", *"recuiter")
        assert EMAIL.title in await found(app, pilot)


async def test_the_story_and_the_tags_are_searched_too(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("slash", *"twice")
        assert PANEL.title in await found(app, pilot)
        await pilot.press("escape", "slash", *"people")
        screen = await found(app, pilot)
        assert EMAIL.title in screen
        assert PANEL.title not in screen


async def test_letters_typed_into_the_search_do_nothing_else(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("slash", *"rcndqu12wgt")
        await found(app, pilot)
        assert {each.verdict for each in app.journal.live()} == {each.verdict for each in ALL}
        assert app.is_running
        assert board(app).bar.text == "rcndqu12wgt"


async def test_enter_goes_to_the_best_match_and_keeps_the_search_as_a_chip(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("slash", *"offer")
        await found(app, pilot)
        await pilot.press("enter")
        screen = await found(app, pilot)
        assert "“offer” ×" in screen
        here = board(app).board.win
        assert here is not None
        assert here.title == OFFER.title
        await pilot.press("escape")
        assert EMAIL.title in await found(app, pilot)


async def test_filters_combine_and_each_chip_comes_off_by_itself(tmp_path: Path) -> None:
    goal = edits.new_goal("climate", NOW)
    aimed = structs.replace(PANEL, goal=goal.id)
    store = store_with(tmp_path / "wins.json", (EMAIL, CALL, aimed, OFFER))
    store.change("goal", lambda _: Changes(put=(goal,)))
    app = app_on(store)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("w", "w", "w")
        screen = await found(app, pilot)
        assert "12 weeks ×" in screen
        assert "3 of 4 wins" in screen
        await pilot.press("g")
        await pilot.pause()
        await pilot.press("down", "enter")
        screen = await found(app, pilot)
        assert "climate ×" in screen
        assert "1 of 4 wins" in screen
        x, y = at(screen, "12 weeks")
        await Mouse(pilot).click(x + 2, y)
        screen = await found(app, pilot)
        assert "12 weeks ×" not in screen
        assert "climate ×" in screen
        await pilot.press("backspace")
        assert "×" not in await found(app, pilot)


async def test_a_tag_is_chosen_from_those_there_are(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("t")
        await pilot.pause()
        assert "#people · 1" in text_of(app)
        await pilot.press("down", "enter")
        screen = await found(app, pilot)
        assert "#people ×" in screen
        assert CALL.title not in screen


async def test_when_nothing_is_left_it_says_what_to_ease(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("w")
        await found(app, pilot)
        await pilot.press("slash", *"offer")
        screen = await found(app, pilot)
        assert "Nothing here." in screen
        assert "Without this week: 1 win" in screen
        assert "Without “offer”: 2 wins" in screen


async def test_filters_survive_a_restart_and_a_search_does_not(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("w", "slash", *"email", "enter")
        await found(app, pilot)
        await app.workers.wait_for_complete()
    async with page(tmp_path) as (app, pilot):
        screen = text_of(app)
        assert "this week ×" in screen
        assert "“email”" not in screen
        assert OFFER.title not in screen


async def test_a_state_file_that_is_damaged_is_as_good_as_none(tmp_path: Path, home: Path) -> None:
    state = home / ".local/state/smallwins/board.json"
    state.parent.mkdir(parents=True)
    state.write_bytes(b'{"period": "for ever", "go')
    async with page(tmp_path) as (app, _):
        assert OFFER.title in text_of(app)


async def test_a_win_added_elsewhere_shows_only_if_it_is_sought(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("slash", *"call", "enter")
        await found(app, pilot)
        app.change("add", edits.add_win(win("Another call")))
        app.change("add", edits.add_win(win("A letter")))
        screen = await found(app, pilot)
        assert "Another call" in screen
        assert "A letter" not in screen
        assert "2 of 6 wins" in screen


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
    async with page(tmp_path) as (app, pilot):
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


async def test_another_page_can_ask_for_a_period_and_a_win(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        day = PANEL.happened_on
        board(app).arrive(BoardPage.Wanted("board", win=PANEL.id, period=(day, day)))
        screen = await found(app, pilot)
        assert "1 of 4 wins" in screen
        here = board(app).board.win
        assert here is not None
        assert here.id == PANEL.id


async def test_a_win_that_the_filters_hide_is_shown_all_the_same_when_asked_for(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("w")
        assert OFFER.title not in await found(app, pilot)
        board(app).arrive(BoardPage.Wanted("board", win=OFFER.id))
        assert OFFER.title in await found(app, pilot)
        here = board(app).board.win
        assert here is not None
        assert here.id == OFFER.id


def at(screen: str, needle: str) -> tuple[int, int]:
    y = next(number for number, line in enumerate(screen.splitlines()) if needle in line)
    return screen.splitlines()[y].index(needle), y


async def test_in_a_search_up_and_down_go_through_what_it_found(tmp_path: Path) -> None:
    async with page(tmp_path, win("Call one"), win("Call two"), win("Letter")) as (app, pilot):
        await pilot.press("slash", *"call")
        await found(app, pilot)
        first = board(app).board.win
        await pilot.press("down")
        second = board(app).board.win
        assert first is not None
        assert second is not None
        assert {first.title, second.title} == {"Call one", "Call two"}
        await pilot.press("up")
        assert board(app).board.win == first


async def test_a_tag_comes_off_with_backspace(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("t", "down", "enter")
        assert CALL.title not in await found(app, pilot)
        await pilot.press("backspace")
        screen = await found(app, pilot)
        assert "#people ×" not in screen
        assert CALL.title in screen


async def test_weeks_that_start_on_another_day_make_another_this_week(tmp_path: Path) -> None:
    sunday = TODAY - timedelta(days=5)
    async with page(tmp_path, EMAIL, win("On Sunday", sunday)) as (app, pilot):
        await pilot.press("w")
        assert "On Sunday" not in await found(app, pilot)
        board(app).settings = Settings(week_start=6)
        assert "On Sunday" in await found(app, pilot)


async def test_a_goal_that_is_gone_since_the_last_time_hides_nothing(tmp_path: Path, home: Path) -> None:
    state = home / ".local/state/smallwins/board.json"
    state.parent.mkdir(parents=True)
    state.write_text('{"goal": "00000000-0000-4000-8000-000000000001"}')
    async with page(tmp_path) as (app, _):
        assert "×" not in text_of(app)
        assert OFFER.title in text_of(app)


async def test_a_goal_that_was_shown_is_shown_again_after_a_restart(tmp_path: Path) -> None:
    goal = edits.new_goal("climate", NOW)
    aimed = structs.replace(PANEL, goal=goal.id)
    store_with(tmp_path / "wins.json", (EMAIL, aimed)).change("goal", lambda _: Changes(put=(goal,)))
    for keys in (("g", "down", "enter"), ()):
        app = app_on(Store(tmp_path / "wins.json", clock))
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press(*keys)
            screen = await found(app, pilot)
            await app.workers.wait_for_complete()
        assert "climate ×" in screen
        assert EMAIL.title not in screen
