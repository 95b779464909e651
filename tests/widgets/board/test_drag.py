from textual.events import AppBlur
from textual.pilot import Pilot
from textual.screen import ModalScreen

from data.model.records import Verdict
from tests.support.board_host import ALL, CALL, EMAIL, LIKES, TALK, Desk, desk, win
from tests.support.mouse import NONE, RIGHT, Mouse
from tests.support.widget_host import text_of
from widgets.board.board import Board
from widgets.board.drag_ghost import DragGhost

UNSORTED = (10, 2)
"""A cell of the first card of the first column, at 120 columns."""
REAL = (60, 4)
CANDY = (100, 4)


def ghost(app: Desk) -> str:
    return "".join(str(shown.visual) for shown in app.query(DragGhost) if shown.display)


async def test_a_card_dragged_to_another_column_is_moved_there_and_the_focus_goes_along() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).drag(UNSORTED, REAL)
        assert app.column("real") == [EMAIL.title, TALK.title, "Coffee with a mentor"]
        assert app.here == EMAIL.title


async def test_a_dragged_card_shows_a_ghost_a_target_and_a_line() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).drag(UNSORTED, CANDY, release=False)
        assert EMAIL.title in ghost(app)
        assert "◇" in ghost(app)
        assert [column.cards.target for column in app.board.columns] == [False, False, True]
        assert "┄┄┄┄" in text_of(app).splitlines()[1]
        assert app.column("candy") == [LIKES.title]


async def test_the_landing_line_is_where_the_date_puts_the_card_not_where_the_pointer_is() -> None:
    late = win("Night course", Verdict.CANDY, 0)
    async with desk(EMAIL, late) as (app, pilot):
        await Mouse(pilot).drag((10, 2), (100, 20), release=False)
        assert "┄┄┄┄" in text_of(app).splitlines()[4]
        await Mouse(pilot).release(100, 20)
        assert app.column("candy") == [late.title, EMAIL.title]


async def test_a_wobbly_click_only_selects() -> None:
    async with desk(*ALL) as (app, pilot):
        mouse = Mouse(pilot)
        await mouse.press(100, 2)
        await mouse.pull((101, 3), (100, 2), (99, 1))
        assert not ghost(app)
        await mouse.release(99, 1)
        assert app.here == LIKES.title
        assert not app.of(Board.CardsMoved)


async def test_two_cells_are_enough_for_a_drag() -> None:
    async with desk(*ALL) as (app, pilot):
        mouse = Mouse(pilot)
        await mouse.press(*UNSORTED)
        await mouse.pull((12, 2))
        assert EMAIL.title in ghost(app)


async def test_marked_cards_are_dragged_together_with_their_count() -> None:
    async with desk(*ALL) as (app, pilot):
        await pilot.press("space", "space")
        await Mouse(pilot).drag(UNSORTED, CANDY, release=False)
        assert "+1" in ghost(app)
        await Mouse(pilot).release(*CANDY)
        assert app.column("candy") == [EMAIL.title, CALL.title, LIKES.title]


async def test_ctrl_and_a_click_mark_a_card_and_unmark_it() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).press(*REAL, ctrl=True)
        assert text_of(app).count("✓") == 1
        await Mouse(pilot).press(*REAL, ctrl=True)
        assert "✓" not in text_of(app)


async def test_a_card_that_is_not_marked_is_dragged_alone() -> None:
    async with desk(*ALL) as (app, pilot):
        await pilot.press("space")
        await Mouse(pilot).drag((10, 5), CANDY)
        assert app.column("candy") == [CALL.title, LIKES.title]


async def test_escape_puts_the_card_back() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).drag(UNSORTED, REAL, release=False)
        await pilot.press("escape")
        await is_back(app, pilot)


async def test_the_right_button_puts_the_card_back() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).drag(UNSORTED, REAL, release=False)
        await Mouse(pilot).press(*REAL, button=RIGHT)
        await Mouse(pilot).release(*REAL, button=RIGHT)
        await is_back(app, pilot)


async def test_a_resize_puts_the_card_back() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).drag(UNSORTED, REAL, release=False)
        await pilot.resize_terminal(110, 28)
        await pilot.pause()
        await is_back(app, pilot)


async def test_a_dialog_puts_the_card_back() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).drag(UNSORTED, REAL, release=False)
        app.push_screen(ModalScreen())
        await pilot.pause()
        app.pop_screen()
        await pilot.pause()
        await is_back(app, pilot)


async def test_losing_the_terminal_puts_the_card_back() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).drag(UNSORTED, REAL, release=False)
        app.post_message(AppBlur())
        await pilot.pause()
        await is_back(app, pilot)


async def test_a_release_beyond_the_terminal_puts_the_card_back() -> None:
    for x, y in ((119, 10), (0, 10), (60, 29), (119, 29), (300, 10)):
        async with desk(*ALL) as (app, pilot):
            await Mouse(pilot).drag(UNSORTED, (x, y))
            await is_back(app, pilot)


async def test_a_release_that_nobody_told_us_of_puts_the_card_back() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).drag(UNSORTED, REAL, release=False)
        await Mouse(pilot).pull(CANDY, button=NONE)
        await is_back(app, pilot)


async def is_back(app: Desk, pilot: Pilot[None]) -> None:
    mouse = Mouse(pilot)
    assert not ghost(app)
    assert not any(column.cards.target or column.cards.landing is not None for column in app.board.columns)
    assert app.mouse_captured is None
    await mouse.release(*REAL)
    assert not app.of(Board.CardsMoved)
    assert app.column("unsorted") == [EMAIL.title, CALL.title]


async def test_dropped_on_its_own_column_nothing_happens() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).drag(UNSORTED, (10, 20))
        assert not app.of(Board.CardsMoved)


async def test_a_card_dropped_on_the_folded_strip_is_unsorted_again() -> None:
    async with desk(*ALL, size=(80, 24)) as (app, pilot):
        await pilot.press("l", "l", "h")
        await Mouse(pilot).drag((20, 2), (3, 10))
        assert app.column("unsorted") == [EMAIL.title, CALL.title, TALK.title]


async def test_a_click_on_the_folded_strip_unfolds_it() -> None:
    async with desk(*ALL, size=(80, 24)) as (app, pilot):
        await pilot.press("l", "l")
        await Mouse(pilot).click(3, 10)
        assert "· Unsorted" in text_of(app)


async def test_a_double_click_opens_the_card_and_a_click_only_selects_it() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).click(*REAL)
        assert app.here == TALK.title
        assert not app.of(Board.CardOpened)
        await Mouse(pilot).click(*REAL)
        (opened,) = app.of(Board.CardOpened)
        assert isinstance(opened, Board.CardOpened)
        assert opened.id == TALK.id


async def test_a_click_on_the_head_of_a_column_goes_to_it() -> None:
    async with desk(*ALL) as (app, pilot):
        for column, title in zip(app.board.columns, (EMAIL.title, TALK.title, LIKES.title), strict=True):
            await Mouse(pilot).click(column.region.x + 5, column.region.y)
            assert app.here == title


async def test_a_click_on_empty_space_goes_to_the_column_and_moves_nothing() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).drag((100, 20), REAL)
        assert app.here == LIKES.title
        assert not app.of(Board.CardsMoved)
        await Mouse(pilot).click(100, 20)
        await Mouse(pilot).click(100, 20)
        assert not app.of(Board.CardOpened)


async def test_the_edge_of_a_column_scrolls_it_while_a_card_is_held_there() -> None:
    many = [win(f"Real {day}", Verdict.REAL, day) for day in range(40)]
    async with desk(EMAIL, *many) as (app, pilot):
        real = app.board.columns[1].cards
        await Mouse(pilot).drag(UNSORTED, (60, 28), release=False)
        while real.scroll_y < 3:
            await pilot.pause(0.02)
        await Mouse(pilot).pull((60, 15))
        before = real.scroll_y
        await Mouse(pilot).wheel(60, 15)
        assert real.scroll_y > before


async def test_the_landing_line_out_of_sight_shows_at_the_edge_where_it_is() -> None:
    many = [win(f"Real {day}", Verdict.REAL, day) for day in range(2, 40)]
    async with desk(EMAIL, *many) as (app, pilot):
        app.board.columns[1].cards.scroll_by(30)
        await pilot.pause()
        await Mouse(pilot).drag(UNSORTED, (60, 15), release=False)
        assert "↑┄┄┄┄" in text_of(app).splitlines()[1]


async def test_text_is_never_selected() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).drag(UNSORTED, REAL, release=False)
        assert not app.screen.selections
        assert not app.screen._selecting


async def test_a_card_that_changes_elsewhere_while_it_is_dragged_is_let_go() -> None:
    async with desk(*ALL) as (app, pilot):
        await Mouse(pilot).drag(UNSORTED, REAL, release=False)
        app.board.update([(EMAIL, None)], opens={}, goals={}, today=EMAIL.happened_on)
        await pilot.pause()
        assert not ghost(app)
        await Mouse(pilot).release(*REAL)
        assert not app.of(Board.CardsMoved)
