from datetime import timedelta

import pytest
from msgspec import structs

from data.model import edits
from data.model.records import Verdict
from tests.support.board_host import ALL, CALL, COFFEE, EMAIL, LIKES, NOW, TALK, Desk, desk, win
from tests.support.widget_host import Host, text_of
from widgets.board.board import Board
from widgets.board.board_column import COLUMN_SPECS
from widgets.board.card_list import CardList


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


async def test_r_c_and_n_move_the_card_and_the_cursor_follows_where_the_person_wants_that() -> None:
    async with desk(*ALL) as (app, pilot):
        app.board.follow = True
        await pilot.press("r")
        assert app.column("real") == [EMAIL.title, TALK.title, COFFEE.title]
        assert app.here == EMAIL.title
        await pilot.press("c")
        assert app.column("candy") == [EMAIL.title, LIKES.title]
        await pilot.press("n")
        assert app.column("unsorted") == [EMAIL.title, CALL.title]
        assert app.here == EMAIL.title


async def test_the_cursor_stays_so_that_ten_wins_are_sorted_with_ten_keys() -> None:
    ten = [win(f"number {day}", None, day) for day in range(10)]
    async with desk(*ten) as (app, pilot):
        await pilot.press(*"rcrcrcrcrc")
        assert app.column("real") == [one.title for one in ten[::2]]
        assert app.column("candy") == [one.title for one in ten[1::2]]
        assert app.column("unsorted") == []


async def test_undo_puts_the_cursor_back_on_the_card_that_was_moved() -> None:
    async with desk(*ALL) as (app, pilot):
        await pilot.press("r")
        assert app.here == CALL.title
        app.change(edits.set_verdict([EMAIL.id], None, NOW))
        assert app.here == EMAIL.title


async def test_a_moved_card_flashes_where_it_landed_and_then_looks_like_the_others() -> None:
    async with desk(*ALL) as (app, pilot):
        real, candy = (column.cards for column in app.board.columns[1:])
        plain = backgrounds(real)
        real.flash_seconds, candy.flash_seconds = 3600, 0.001
        await pilot.press("r", "c")
        assert len(backgrounds(real)) == len(plain) + 1
        while backgrounds(candy) != plain:
            await pilot.pause(0.01)


async def test_nothing_flashes_without_animations() -> None:
    async with desk(*ALL) as (app, pilot):
        app.animation_level = "none"
        real = app.board.columns[1].cards
        plain = backgrounds(real)
        await pilot.press("r")
        assert backgrounds(real) == plain


async def test_a_column_scrolls_to_the_card_that_lands_in_it() -> None:
    many = [win(f"Real {day}", Verdict.REAL, day) for day in range(10, 60)]
    async with desk(EMAIL, CALL, *many) as (app, pilot):
        app.board.columns[1].cards.scroll_by(40)
        await pilot.pause()
        await pilot.press("r")
        await pilot.pause()
        real = app.board.columns[1].region
        assert any(EMAIL.title in line[real.x :] for line in text_of(app).splitlines())


def backgrounds(cards: CardList) -> set[object]:
    """Return the backgrounds of the first lines of a column."""
    return {part.style.bgcolor for y in range(8) for part in cards.render_line(y) if part.style}


async def test_shift_and_arrows_move_a_card_one_column() -> None:
    async with desk(*ALL) as (app, pilot):
        app.board.follow = True
        await pilot.press("shift+right", "L")
        assert app.column("candy") == [EMAIL.title, LIKES.title]
        await pilot.press("H")
        assert app.column("real") == [EMAIL.title, TALK.title, COFFEE.title]


async def test_beyond_the_first_and_the_last_column_a_card_stays() -> None:
    async with desk(*ALL) as (app, pilot):
        app.board.follow = True
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


async def test_a_card_that_goes_leaves_the_cursor_to_its_neighbour() -> None:
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


async def test_a_column_that_was_folded_from_the_start_unfolds_whole() -> None:
    async with desk(LIKES, size=(70, 20)) as (app, pilot):
        app.change(edits.add_win(EMAIL))
        await pilot.press("h", "h")
        await pilot.pause()
        assert "Wrote to the" in text_of(app)


async def test_an_empty_column_teaches() -> None:
    async with desk(size=(150, 30)) as (app, _):
        screen = text_of(app)
        assert "Press a to add a win." in screen
        assert "A real win opens a door" in screen


async def test_under_ninety_columns_the_column_farthest_from_the_cursor_folds() -> None:
    async with desk(*ALL, size=(80, 24)) as (app, pilot):
        assert folded(app) == ["candy"]
        await pilot.press("l")
        assert folded(app) == ["candy"]
        await pilot.press("l")
        assert folded(app) == ["unsorted"]
        assert "·2" in text_of(app)
        await pilot.press("h")
        assert folded(app) == ["unsorted"]
        await pilot.press("h")
        assert folded(app) == ["candy"]


async def test_the_column_that_is_sorted_stays_open_whatever_is_moved_out_of_it() -> None:
    async with desk(*ALL, size=(80, 24)) as (app, pilot):
        await pilot.press("c", "r")
        assert "unsorted" not in folded(app)


async def test_a_folded_column_unfolds_for_the_card_that_the_cursor_follows_into_it() -> None:
    async with desk(*ALL, size=(80, 24)) as (app, pilot):
        app.board.follow = True
        await pilot.press("c")
        await pilot.pause()
        assert app.here == EMAIL.title
        assert folded(app) == ["unsorted"]


def folded(app: Desk) -> list[str]:
    return [column.spec.id for column in app.board.columns if column.cards.folded]


@pytest.mark.parametrize("width", [60, 80, 130])
async def test_the_number_that_waits_fits_into_every_head(width: int) -> None:
    board = Board()
    async with Host(board).run_test(size=(width, 10)) as pilot:
        ones = [win(str(number)) for number in range(1200)]
        board.show(ones, opens={}, goals={}, today=NOW.date())
        board.waiting = 7
        await pilot.pause()
        head = text_of(pilot.app).splitlines()[0]
        assert "· Unsorted" in head
        assert "7 of 1,200" in head
        assert len(head.rstrip()) <= width


async def test_ten_wins_are_sorted_with_ten_keys() -> None:
    ten = [win(f"Win {number}", None, number) for number in range(10)]
    async with desk(*ten) as (app, pilot):
        await pilot.press(*"rccrrcrrcr")
        assert app.column("unsorted") == []
        assert (len(app.column("real")), len(app.column("candy"))) == (6, 4)


async def test_the_card_under_the_pointer_lights_up() -> None:
    async with desk(*ALL) as (app, pilot):
        real = app.board.columns[1].cards
        plain = backgrounds(real)
        await pilot.hover(real, offset=(5, 2))
        await pilot.pause()
        assert len(backgrounds(real)) == len(plain) + 1
        await pilot.hover(app.board.columns[0].cards, offset=(5, 20))
        await pilot.pause()
        assert backgrounds(real) == plain


def test_columns_are_told_apart_without_a_colour_by_mark_name_and_edge() -> None:
    looks = [(spec.mark, spec.name, spec.edge) for spec in COLUMN_SPECS]
    assert all(len(set(each)) == len(COLUMN_SPECS) for each in zip(*looks, strict=True))
