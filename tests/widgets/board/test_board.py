from datetime import timedelta

from msgspec import structs

from data.model import edits
from tests.support.board_host import ALL, CALL, COFFEE, EMAIL, LIKES, NOW, TALK, desk, win
from tests.support.widget_host import text_of
from widgets.board.board import Board


async def test_three_columns_show_their_cards_newest_first_with_their_counts() -> None:
    async with desk(*ALL) as (app, _):
        assert app.column("unsorted") == [EMAIL.title, CALL.title]
        assert app.column("real") == [TALK.title, COFFEE.title]
        screen = text_of(app)
        assert "◆ Real wins" in screen
        assert screen.splitlines()[0].split()[-1] == "1"


async def test_arrows_and_letters_move_the_cursor() -> None:
    async with desk(*ALL) as (app, pilot):
        assert app.here == EMAIL.title
        await pilot.press("j", "l")
        assert app.here == TALK.title
        await pilot.press("down", "right")
        assert app.here == LIKES.title
        await pilot.press("h", "k")
        assert app.here == TALK.title


async def test_r_c_and_n_move_the_card_and_the_focus_goes_with_it() -> None:
    async with desk(*ALL) as (app, pilot):
        await pilot.press("r")
        assert app.column("real") == [EMAIL.title, TALK.title, COFFEE.title]
        assert app.here == EMAIL.title
        await pilot.press("c")
        assert app.column("candy") == [EMAIL.title, LIKES.title]
        await pilot.press("n")
        assert app.column("unsorted") == [EMAIL.title, CALL.title]
        assert app.here == EMAIL.title


async def test_the_focus_stays_to_sort_the_next_one_where_the_person_wants_that() -> None:
    async with desk(*ALL) as (app, pilot):
        app.board.follow = False
        await pilot.press("r")
        assert app.here == CALL.title


async def test_shift_and_arrows_move_a_card_one_column() -> None:
    async with desk(*ALL) as (app, pilot):
        await pilot.press("shift+right", "L")
        assert app.column("candy") == [EMAIL.title, LIKES.title]
        await pilot.press("H")
        assert app.column("real") == [EMAIL.title, TALK.title, COFFEE.title]


async def test_beyond_the_first_and_the_last_column_a_card_stays() -> None:
    async with desk(*ALL) as (app, pilot):
        await pilot.press("H")
        assert app.here == EMAIL.title
        assert app.column("unsorted") == [EMAIL.title, CALL.title]
        await pilot.press("L", "H")
        assert app.column("unsorted") == [EMAIL.title, CALL.title]
        await pilot.press("c", "L")
        assert app.column("candy") == [EMAIL.title, LIKES.title]


async def test_marked_cards_move_also_from_an_empty_column() -> None:
    async with desk(EMAIL, CALL) as (app, pilot):
        await pilot.press("space", "space", "l")
        assert app.here == ""
        await pilot.press("c")
        assert app.column("candy") == [EMAIL.title, CALL.title]


async def test_marked_cards_move_together() -> None:
    async with desk(*ALL) as (app, pilot):
        await pilot.press("space", "space")
        assert text_of(app).count("✓") == 2
        await pilot.press("c")
        assert app.column("candy") == [EMAIL.title, CALL.title, LIKES.title]
        assert "✓" not in text_of(app)


async def test_star_marks_all_of_a_column_and_again_none() -> None:
    async with desk(*ALL) as (app, pilot):
        await pilot.press("asterisk")
        assert text_of(app).count("✓") == 2
        await pilot.press("asterisk")
        assert "✓" not in text_of(app)


async def test_d_throws_a_card_away_and_the_cursor_goes_on_to_the_next() -> None:
    async with desk(*ALL) as (app, pilot):
        await pilot.press("d")
        assert app.column("unsorted") == [CALL.title]
        assert app.here == CALL.title


async def test_a_card_that_goes_leaves_the_cursor_to_the_one_below_it_and_the_last_to_the_one_above() -> None:
    three = [win(f"number {day}", None, day) for day in range(3)]
    async with desk(*three) as (app, pilot):
        await pilot.press("j", "d")
        assert app.here == "number 2"
        await pilot.press("d")
        assert app.here == "number 0"


async def test_the_cursor_stays_on_its_card_when_others_come_and_go_above_it() -> None:
    others = [win(f"Number {day}", None, 10 + day) for day in range(3)]
    async with desk(CALL, *others) as (app, pilot):
        app.change(edits.add_win(EMAIL))
        assert app.here == CALL.title
        app.change(edits.trash_wins([EMAIL.id], NOW))
        assert app.here == CALL.title
        app.change(edits.trash_wins([CALL.id, *(one.id for one in others)], NOW))
        app.change(edits.add_win(EMAIL))
        assert app.here == EMAIL.title
        await pilot.press("r")
        assert app.column("real") == [EMAIL.title]


async def test_a_card_that_is_changed_says_so_wherever_the_cursor_is() -> None:
    async with desk(*ALL) as (app, pilot):
        await pilot.pause()
        app.change(edits.change_win(CALL, structs.replace(CALL, title="A second call"), NOW))
        await pilot.pause()
        assert "A second call" in text_of(app)
        app.change(edits.change_win(EMAIL, structs.replace(EMAIL, title="Wrote again"), NOW))
        await pilot.pause()
        assert "Wrote again" in text_of(app)


async def test_the_card_under_the_cursor_has_paper_of_its_own_and_its_sign_once() -> None:
    async with desk(*ALL) as (app, pilot):
        await pilot.press("down", "up")
        column = app.board.columns[0].cards
        papers = [{part.style.bgcolor for part in column.render_line(y) if part.style} for y in range(8)]
        assert [y for y, paper in enumerate(papers) if paper - papers[0]] == [1, 2]
        assert [y for y in range(8) if "▸" in column.render_line(y).text] == [1]


async def test_enter_opens_and_e_edits_the_card_under_the_cursor() -> None:
    async with desk(*ALL) as (app, pilot):
        await pilot.press("enter", "e")
        (opened,) = app.of(Board.CardOpened)
        (edited,) = app.of(Board.CardEditRequested)
        assert isinstance(opened, Board.CardOpened)
        assert isinstance(edited, Board.CardEditRequested)
        assert opened.id == edited.id == EMAIL.id


async def test_an_opened_door_shows_on_the_card() -> None:
    async with desk(EMAIL, CALL) as (app, _):
        assert "⇢1" in text_of(app)
        app.change(edits.trash_wins([CALL.id], NOW))
        await app.workers.wait_for_complete()
        assert "⇢1" not in text_of(app)


async def test_the_cursor_stays_on_a_card_whose_date_is_changed() -> None:
    async with desk(*ALL) as (app, pilot):
        moved = structs.replace(EMAIL, happened_on=EMAIL.happened_on - timedelta(days=9))
        app.change(edits.change_win(EMAIL, moved, NOW))
        await pilot.pause()
        assert app.column("unsorted") == [CALL.title, EMAIL.title]
        assert app.here == EMAIL.title


async def test_a_lane_that_was_folded_from_the_start_unfolds_whole() -> None:
    async with desk(TALK, COFFEE, size=(70, 20)) as (app, pilot):
        app.change(edits.add_win(EMAIL))
        await pilot.press("h")
        await pilot.pause()
        assert "Wrote to the" in text_of(app)


async def test_an_empty_column_teaches() -> None:
    async with desk(size=(150, 30)) as (app, _):
        screen = text_of(app)
        assert "a writes down what went right" in screen
        assert "A real win opens a door" in screen


async def test_under_ninety_columns_unsorted_folds_until_it_has_the_focus() -> None:
    async with desk(*ALL, size=(80, 24)) as (app, pilot):
        assert "· Unsorted" in text_of(app)
        await pilot.press("l")
        assert "· Unsorted" not in text_of(app)
        assert "·2" in text_of(app)
        await pilot.press("h")
        assert "· Unsorted" in text_of(app)


async def test_unsorted_unfolds_for_a_card_that_comes_back_to_it() -> None:
    async with desk(*ALL, size=(80, 24)) as (app, pilot):
        await pilot.press("l", "n")
        await pilot.pause()
        assert app.here == TALK.title
        assert "· Unsorted" in text_of(app)
