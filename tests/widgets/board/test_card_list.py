import pytest
from msgspec import structs
from rich.cells import cell_len

from data.model import edits
from data.model.journal import Journal
from data.model.records import Verdict
from tests.support.board_host import EMAIL, NOW, TODAY, Desk, desk, win
from tests.support.widget_host import text_of
from widgets.board.sorted_rows import by_score

MANY = [win(f"Win number {day:04} with a title that wraps at some widths", Verdict.REAL, day) for day in range(2000)]


def real(app: Desk) -> list[str]:
    """Return the lines of the second column as they are seen, without its scrollbar."""
    region = app.board.columns[1].cards.region
    lines = text_of(app).split("\n")[region.y : region.bottom]
    return [line[region.x : region.right - 1].rstrip() for line in lines]


async def test_end_shows_the_oldest_card_whole_and_home_the_newest() -> None:
    async with desk(*MANY) as (app, pilot):
        await pilot.press("end")
        await pilot.pause()
        assert app.here == MANY[-1].title
        assert any("number 1999" in line for line in real(app)[-5:])
        await pilot.press("home")
        await pilot.pause()
        assert app.here == MANY[0].title
        assert "number 0000" in real(app)[1]


async def test_a_page_down_and_up_come_back_to_the_same_card() -> None:
    async with desk(*MANY) as (app, pilot):
        await pilot.press("pagedown", "pagedown")
        assert int(app.here.split()[2]) >= 10
        await pilot.press("pageup", "pageup")
        assert app.here == MANY[0].title


async def test_what_is_seen_stays_where_it_is_when_a_card_comes_in_above() -> None:
    async with desk(*MANY) as (app, pilot):
        app.board.columns[1].cards.scroll_by(900)
        await pilot.pause()
        seen = real(app)
        app.change(edits.add_win(win("Brand new", None, 0)))
        app.change(edits.add_win(structs.replace(win("Newest of all", Verdict.REAL, 0), created_at=NOW)))
        await pilot.pause()
        assert real(app) == seen
        assert app.here == MANY[0].title


async def test_the_wheel_moves_by_its_lines_through_cards_never_measured() -> None:
    uneven = [
        win(f"Win {day} {'with a long title ' * (day % 7 * (day // 500))}", Verdict.REAL, day) for day in range(2000)
    ]
    async with desk(*uneven) as (app, pilot):
        await pilot.press("end")
        await pilot.pause()
        for _ in range(120):
            before = real(app)
            app.board.columns[1].cards.scroll_by(-9)
            await pilot.pause()
            assert real(app)[9:] == before[:-9]


async def test_at_the_top_a_new_card_is_seen_at_once() -> None:
    async with desk(*MANY[1:]) as (app, pilot):
        app.change(edits.add_win(MANY[0]))
        await pilot.pause()
        assert "number 0000" in real(app)[1]


async def test_the_cursor_stays_in_sight_on_its_way_up_through_new_cards() -> None:
    async with desk(*MANY) as (app, pilot):
        await pilot.press("end")
        for _ in range(60):
            await pilot.press("up")
            assert any(app.here[:15] in line and "▸" in line for line in real(app))


async def test_a_resize_wraps_the_titles_anew_and_keeps_the_cursor_in_sight() -> None:
    async with desk(*MANY, size=(140, 30)) as (app, pilot):
        await pilot.press(*["down"] * 30)
        await pilot.resize_terminal(92, 24)
        await pilot.pause()
        (line,) = [line for line in real(app) if "▸" in line]
        assert line.split("▸┃")[1].strip() == "Win number 0030 with a"
        await pilot.resize_terminal(200, 24)
        await pilot.pause()
        (line,) = [line for line in real(app) if "▸" in line]
        assert app.here in line


@pytest.mark.parametrize("width", [60, 91, 120, 250])
async def test_hostile_titles_never_break_a_column(width: int) -> None:
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    titles = ("東京" * 60, "w" * 500, f"{family} \u2764\ufe0f \U0001f1e9\U0001f1ea", "e" + "\u0301" * 90, "[red]x[/]")
    nasty = [structs.replace(win("x", Verdict.REAL, day), title=title) for day, title in enumerate(titles)]
    async with desk(*nasty, size=(width, 60)) as (app, _):
        strips = app.screen._compositor.render_strips()
        assert {sum(cell_len(segment.text) for segment in strip) for strip in strips} == {width}
        assert "[red]x[/]" in text_of(app)


async def test_another_theme_keeps_cursor_marks_and_place_and_draws_in_its_colours() -> None:
    async with desk(*MANY) as (app, pilot):
        await pilot.press(*["down"] * 20, "space")
        await pilot.pause()
        seen, here = text_of(app), app.here
        colours = {segment.style for strip in app.screen._compositor.render_strips() for segment in strip}
        app.theme = "smallwins-light"
        await pilot.pause()
        await pilot.pause()
        assert text_of(app) == seen
        assert app.here == here
        assert not colours & {segment.style for strip in app.screen._compositor.render_strips() for segment in strip}


async def test_many_changes_at_once_end_where_one_by_one_would() -> None:
    async with desk(EMAIL, *MANY[:300]) as (app, pilot):
        app.board.follow = True
        await pilot.press("l", "asterisk", "c")
        await pilot.pause()
        assert app.column("real") == []
        assert app.column("candy") == [one.title for one in MANY[:300]]
        assert app.here == MANY[0].title


async def test_the_cursor_follows_many_marked_cards_to_their_column_though_its_own_stays() -> None:
    async with desk(*MANY[:300]) as (app, pilot):
        app.board.follow = True
        await pilot.press("asterisk", "space", "up", "c")
        await pilot.pause()
        assert app.column("real") == [MANY[0].title]
        assert app.here == MANY[1].title


async def test_many_changes_at_once_keep_the_order_of_a_search() -> None:
    async with desk() as (app, pilot):
        some = MANY[:120]
        best = by_score({win.id: place for place, win in enumerate(some, 1)})
        app.journal = Journal.of(*some)
        app.board.show(sorted(some, key=best), opens={}, goals={}, today=TODAY, order=best)
        app.change(edits.set_verdict([win.id for win in some], Verdict.CANDY, NOW))
        await pilot.pause()
        assert app.column("candy") == [win.title for win in reversed(some)]


async def test_the_scrollbar_is_dragged_and_pressed_with_the_mouse() -> None:
    async with desk(*MANY) as (app, pilot):
        column = app.board.columns[1].cards
        bar = column.vertical_scrollbar
        await pilot.mouse_down(bar, offset=(0, 0))
        await pilot.hover(bar, offset=(0, 20))
        await pilot.mouse_up(bar, offset=(0, 20))
        await pilot.pause()
        dragged = column.scroll_y
        assert dragged > 1000
        await pilot.click(bar, offset=(0, 0))
        await pilot.pause()
        await pilot.wait_for_animation()
        assert 0 < column.scroll_y < dragged


class FarDown(Desk):
    """A desk that has its cards before it is first drawn, and the cursor far down, as a page that is led to."""

    def on_mount(self) -> None:
        """Show them."""
        self.show()
        self.board.point_at(MANY[1_500])


async def test_a_cursor_that_is_far_down_before_the_first_frame_is_in_sight() -> None:
    app = FarDown(*MANY)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        assert any("number 1500" in line for line in real(app))
        assert app.board.columns[1].cards.vertical_scrollbar.position > 1_000
