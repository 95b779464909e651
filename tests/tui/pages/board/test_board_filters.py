from datetime import timedelta
from pathlib import Path

from msgspec import structs

from data.files.locations import DEMO_FOLDER, board_state_path
from data.files.settings import Settings
from data.model import edits
from data.model.records import Changes, Verdict
from data.storage.store import Store
from tests.support.app_host import NOW, TODAY, app_on, clock, store_with, win
from tests.support.board_page_host import ALL, CALL, EMAIL, OFFER, PANEL, SIZE, at, board, found, page
from tests.support.mouse import Mouse
from tests.support.widget_host import text_of
from tui.pages.board import BoardPage
from tui.pages.board_words import HIDDEN


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


async def test_a_search_that_is_left_is_gone_though_a_filter_stays(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("w", "w", "w", "slash", *"offer")
        assert "/ offer" in await found(app, pilot)
        await pilot.press("escape")
        screen = await found(app, pilot)
        assert "12 weeks ×" in screen
        assert "3 of 4 wins" in screen
        assert "offer" not in screen


async def test_a_search_puts_the_cursor_of_every_column_on_its_best_match(tmp_path: Path) -> None:
    sorted_ = (Verdict.REAL, Verdict.CANDY)
    wins = [win(f"Number {day}", TODAY - timedelta(day), verdict) for day in range(40) for verdict in sorted_]
    async with page(tmp_path, *wins) as (app, pilot):
        await pilot.press("end", "l", "end", "slash", *"number")
        await found(app, pilot)
        await pilot.press("enter")
        for key in ("h", "l", "l"):
            await pilot.press(key)
            here = board(app).board.win
            assert here is None or here.title == "Number 0"


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


async def test_when_nothing_is_left_it_says_what_would_show_something(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("w")
        await found(app, pilot)
        await pilot.press("slash", *"offer")
        screen = await found(app, pilot)
        assert "No matches." in screen
        assert "Without this week: 1 win" in screen
        assert "Without “offer”: 2 wins" in screen
        assert "Esc shows all 4 wins." in screen


async def test_escape_takes_every_filter_off(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("w", "t", "down", "enter", "slash", *"email", "enter")
        assert "1 of 4 wins" in await found(app, pilot)
        await pilot.press("escape")
        screen = await found(app, pilot)
        assert "×" not in screen
        assert all(each.title in screen for each in ALL)


async def test_no_period_outlives_the_program_and_no_search_but_a_tag_does(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("t", "down", "enter", "w", "slash", *"email", "enter")
        assert "this week ×" in await found(app, pilot)
        await app.workers.wait_for_complete()
    async with page(tmp_path) as (app, pilot):
        screen = text_of(app)
        assert "#people ×" in screen
        assert "this week" not in screen
        assert "“email”" not in screen


async def test_what_one_journal_was_filtered_by_hides_nothing_of_another(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("t", "down", "enter")
        await found(app, pilot)
        await app.workers.wait_for_complete()
    (tmp_path / "other").mkdir()
    async with page(tmp_path / "other") as (app, _):
        assert "×" not in text_of(app)


async def test_the_demo_keeps_nothing(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / f"{DEMO_FOLDER}x"
    folder.mkdir()
    async with page(folder) as (app, pilot):
        await pilot.press("t", "down", "enter")
        await found(app, pilot)
        await app.workers.wait_for_complete()
    assert not (home / ".local/state/smallwins/boards").exists()


async def test_a_new_win_that_a_filter_hides_is_said(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("t", "down", "enter")
        await found(app, pilot)
        app.change("add", edits.add_win(win("A letter")))
        await found(app, pilot)
        assert HIDDEN.words in text_of(app)
        await pilot.press("down")
        assert HIDDEN.words not in text_of(app)
        app.change("add", edits.add_win(structs.replace(win("Tagged"), tags=("people",))))
        assert HIDDEN.words not in await found(app, pilot)


async def test_a_search_says_that_the_best_match_comes_first(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("slash", *"email")
        assert "1 of 4 wins · best first" in await found(app, pilot)
        await pilot.press("escape", "w")
        assert "best match" not in await found(app, pilot)


async def test_what_a_search_found_is_underlined_and_nothing_after_it(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("slash", *"email", "enter")
        await found(app, pilot)
        cards = board(app).board.columns[0].cards
        assert [part.text for part in cards.render_line(1) if part.style and part.style.underline] == ["Email"]
        await pilot.press("escape")
        await found(app, pilot)
        assert not [part for part in cards.render_line(1) if part.style and part.style.underline]


async def test_a_state_file_that_is_damaged_is_as_good_as_none(tmp_path: Path, home: Path) -> None:
    state = board_state_path(tmp_path / "wins.json")
    assert state is not None
    assert home in state.parents
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
        await found(app, pilot)
        await pilot.press("down")
        screen = await found(app, pilot)
        assert "Another call" in screen
        assert "A letter" not in screen
        assert "2 of 6 wins" in screen


async def test_another_page_can_ask_for_a_period_and_a_win(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        day = PANEL.happened_on
        board(app).navigate_to(BoardPage.Navigate("board", win=PANEL.id, period=(day, day)))
        screen = await found(app, pilot)
        assert "1 of 4 wins" in screen
        here = board(app).board.win
        assert here is not None
        assert here.id == PANEL.id


async def test_a_win_that_the_filters_hide_is_shown_all_the_same_when_asked_for(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("w")
        assert OFFER.title not in await found(app, pilot)
        board(app).navigate_to(BoardPage.Navigate("board", win=OFFER.id))
        assert OFFER.title in await found(app, pilot)
        here = board(app).board.win
        assert here is not None
        assert here.id == OFFER.id


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


async def test_a_goal_that_is_gone_since_the_last_time_hides_nothing(tmp_path: Path) -> None:
    state = board_state_path(tmp_path / "wins.json")
    assert state is not None
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


async def test_escape_goes_back_to_momentum_from_a_week_that_was_opened_there(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, pilot):
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("left", "enter")
        await pilot.pause()
        assert "Mon 9 Nov – Sun 15 Nov ×" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.page.name == "momentum"
        assert "Week of 9 Nov 2026" in text_of(app)
        await pilot.press("1")
        await pilot.pause()
        assert "9 Nov – " not in text_of(app)
        await pilot.press("w", "escape")
        await pilot.pause()
        assert app.page.name == "board"
