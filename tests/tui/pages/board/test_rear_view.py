"""The rear-view mirror on the board: aged candy leaves, is counted, and everything still finds it."""

from datetime import timedelta
from pathlib import Path

from msgspec import structs

from data.figures.momentum import week_series
from data.model import edits
from data.model.records import Verdict
from tests.support.app_host import NOW, TODAY, win
from tests.support.board_page_host import at, board, found, page
from tests.support.mouse import Mouse
from tests.support.widget_host import text_of
from tui.pages.board import BoardPage

FRESH = win("Fresh likes", TODAY - timedelta(weeks=2), Verdict.CANDY)
OLD = win("Old badge", TODAY - timedelta(weeks=20), Verdict.CANDY)
OLDER = win("Older applause", TODAY - timedelta(weeks=30), Verdict.CANDY)
REAL = win("Old but real", TODAY - timedelta(weeks=30), Verdict.REAL)
WINS = (FRESH, OLD, OLDER, REAL)


async def test_aged_candy_leaves_into_one_line_and_m_opens_it(tmp_path: Path) -> None:
    async with page(tmp_path, *WINS) as (app, pilot):
        await pilot.pause()
        screen = text_of(app)
        assert "◇ in the mirror: 2" in screen
        assert OLD.title not in screen
        assert FRESH.title in screen
        assert REAL.title in screen
        await pilot.press("m")
        await pilot.pause()
        opened = text_of(app)
        assert OLD.title in opened
        assert "m closes the mirror" in opened
        await pilot.press("m")
        await pilot.pause()
        closed = text_of(app)
        assert "◇ in the mirror: 2" in closed
        assert OLD.title not in closed


async def test_a_click_on_the_line_opens_the_mirror(tmp_path: Path) -> None:
    async with page(tmp_path, *WINS) as (app, pilot):
        await pilot.pause()
        await Mouse(pilot).click(*at(text_of(app), "in the mirror"))
        await pilot.pause()
        assert OLD.title in text_of(app)


async def test_where_candy_is_a_strip_the_mirror_has_the_whole_line_and_m_unfolds_it(tmp_path: Path) -> None:
    async with page(tmp_path, *WINS, win("To be sorted")) as (app, pilot):
        await pilot.resize_terminal(60, 18)
        await pilot.pause()
        assert "Cotton candy" not in text_of(app)
        line = next(line for line in text_of(app).splitlines() if "mirror" in line)
        assert line.strip() == "◇ in the mirror: 2   m"
        assert line.index("◇") > 30  # at the right, below the strip
        await pilot.press("m")
        await pilot.pause()
        assert OLD.title in text_of(app)


async def test_a_search_and_a_filter_find_what_is_in_the_mirror(tmp_path: Path) -> None:
    tagged = structs.replace(OLDER, tags=("praise",))
    async with page(tmp_path, FRESH, OLD, tagged) as (app, pilot):
        await pilot.press("slash", *"badge")
        assert OLD.title in await found(app, pilot)
        await pilot.press("escape", "escape", "t")
        await pilot.pause()
        await pilot.press(*"praise", "enter")
        assert OLDER.title in await found(app, pilot)


async def test_candy_fades_before_it_leaves(tmp_path: Path) -> None:
    aging = win("Six weeks old", TODAY - timedelta(weeks=6), Verdict.CANDY)
    async with page(tmp_path, FRESH, aging) as (app, pilot):
        await pilot.pause()
        cards = board(app).board.column_of(Verdict.CANDY).cards
        parts = [part for y in range(12) for part in cards.render_line(y)]
        inks = {
            win: {part.style and part.style.color for part in parts if win.title in part.text} for win in (FRESH, aging)
        }
        assert all(inks.values())
        assert inks[FRESH] != inks[aging]


async def test_every_figure_still_counts_it(tmp_path: Path) -> None:
    async with page(tmp_path, *WINS) as (app, _):
        assert week_series(app.journal.days, TODAY).tally.candy == 3


async def test_a_door_brings_one_back_and_its_end_sends_it_away(tmp_path: Path) -> None:
    later = win("It led to a call", TODAY)
    async with page(tmp_path, *WINS, later) as (app, pilot):
        app.change("link", edits.link_win(later.id, OLD.id, NOW))
        await pilot.pause()
        await pilot.pause()
        assert OLD.title in text_of(app)
        assert "in the mirror: 1" in text_of(app)
        app.change("unlink", edits.link_win(later.id, None, NOW))
        await pilot.pause()
        await pilot.pause()
        assert OLD.title not in text_of(app)
        assert "in the mirror: 2" in text_of(app)


async def test_a_win_that_is_asked_for_is_shown_though_it_is_in_the_mirror(tmp_path: Path) -> None:
    async with page(tmp_path, *WINS) as (app, pilot):
        board(app).navigate_to(BoardPage.Navigate("board", win=OLDER.id))
        await pilot.pause()
        here = board(app).board.win
        assert here is not None
        assert here.id == OLDER.id


async def test_an_old_win_sorted_as_candy_now_stays_in_sight(tmp_path: Path) -> None:
    async with page(tmp_path, *WINS) as (app, pilot):
        app.change("move", edits.set_verdict([REAL.id], Verdict.CANDY, NOW))
        await pilot.pause()
        await pilot.pause()
        assert REAL.title in text_of(app)
        assert "in the mirror: 2" in text_of(app)


async def test_without_aged_candy_there_is_no_line(tmp_path: Path) -> None:
    async with page(tmp_path, FRESH, REAL) as (app, pilot):
        await pilot.press("m")
        await pilot.pause()
        assert "mirror" not in text_of(app)
