"""The charts of the Momentum screen, by key and by mouse."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs
from textual.app import App
from textual.pilot import Pilot

from data.demo.half_year import demo_records
from data.figures import sentences as words
from data.files.settings import Settings
from data.model import edits
from data.model.journal import Journal
from data.model.records import Changes, Verdict, Win
from data.search.filters import Filter
from tests.support.bare_page_host import BareMomentum
from tests.support.widget_host import Host, text_of
from tui.pages.momentum.page import MomentumPage
from widgets.charts.chart import PLOT_LEFT
from widgets.charts.week_chart import Horizon, WeekBars, WeekChart

FRIDAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
CLIMATE = edits.new_goal("Climate", NOON)


def win(title: str, weeks_ago: int, verdict: Verdict | None = Verdict.REAL, **fields: object) -> Win:
    """A win on the Monday so many weeks ago."""
    made = edits.new_win(title, happened_on=MONDAY - timedelta(weeks=weeks_ago), now=NOON)
    return structs.replace(made, verdict=verdict, **fields)


JOURNAL = Journal.of(
    CLIMATE,
    win("Applied anyway", 1),
    win("Coffee with a mentor", 1, goal=CLIMATE.id, tags=("talk",)),
    win("Offer: +9 %", 1, Verdict.CANDY),
    win("Night course", 2, goal=CLIMATE.id),
    win("Recruiter answered", 0, None),
    win("Old certificate", 40, Verdict.CANDY),
)


async def show(pilot: Pilot[None], journal: Journal = JOURNAL) -> BareMomentum:
    """Put the page on the screen, as the app does."""
    page = BareMomentum()
    page.today, page.journal = FRIDAY, journal
    await pilot.app.push_screen(page)
    await pilot.pause()
    return page


def pointer(page: MomentumPage) -> int:
    """Return the cell of the cursor in the horizon."""
    horizon = page.query_one(Horizon)
    return horizon.render_line(horizon.axis_row).text.index("▲")


async def test_the_current_week_is_spelled_out_first() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        await show(pilot)
        assert "Week of 16 Nov 2026, so far: 1 not sorted yet (Recruiter answered)." in text_of(pilot.app)


async def test_the_cursor_goes_back_a_week_and_names_its_wins() -> None:
    async with Host().run_test(size=(120, 30)) as pilot:
        page = await show(pilot)
        before = pointer(page)
        await pilot.press("left")
        assert pointer(page) < before
        said = "Week of 9 Nov 2026: 2 real (Applied anyway; Coffee with a mentor), 1 candy (Offer: +9 %)."
        assert said in text_of(pilot.app)
        assert {chart.cursor for chart in page.query(WeekChart)} == {MONDAY - timedelta(weeks=1)}


async def test_the_cursor_stops_at_both_ends() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        page = await show(pilot)
        await pilot.press("right")
        assert page.cursor == MONDAY
        await pilot.press("home", "left")
        assert page.cursor == MONDAY - timedelta(weeks=25)
        await pilot.press("end")
        assert page.cursor == MONDAY


async def test_enter_asks_for_that_week_on_the_board() -> None:
    app = Host()
    async with app.run_test(size=(100, 30)) as pilot:
        await show(pilot)
        await pilot.press("left", "enter")
        (wanted,) = app.of(MomentumPage.Navigate)
        assert isinstance(wanted, MomentumPage.Navigate)
        assert wanted.page == "board"
        assert wanted.period == (date(2026, 11, 9), date(2026, 11, 15))


async def test_the_range_goes_from_eight_weeks_to_all() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        page = await show(pilot)
        bars = page.query_one(WeekBars)
        seen = []
        for key in ("left_square_bracket", "right_square_bracket", "right_square_bracket", "right_square_bracket"):
            await pilot.press(key)
            seen.append(len(bars.weeks))
        assert seen == [8, 26, 41, 41]
        assert "all 41 weeks" in text_of(pilot.app)


async def test_the_keys_of_the_range_are_named_where_there_is_more_than_one() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        page = await show(pilot, Journal.of(win("Real", 0)))
        assert "left_square_bracket" not in page.active_bindings
        page.set_journal(Journal.of(*(win("Real", n) for n in range(12))), Changes())
        await pilot.pause()
        await pilot.pause()
        assert "left_square_bracket" in page.active_bindings


async def test_a_click_on_a_bar_moves_the_cursor_and_a_second_opens_the_week() -> None:
    app = Host()
    async with app.run_test(size=(100, 30)) as pilot:
        page = await show(pilot)
        bars = page.query_one(WeekBars)
        spot = (PLOT_LEFT + bars.columns.slot(24).start, 2)
        await pilot.click(bars, offset=spot)
        assert page.cursor == date(2026, 11, 9)
        await pilot.click(bars, offset=spot)
        assert len(app.of(MomentumPage.Navigate)) == 1


def rows_of_first_weeks(app: App[None]) -> list[str]:
    """Return the weeks that are shown as rows of marks."""
    return [found[0] for line in text_of(app).splitlines() if (found := re.search(r"Week of \d+ \w+(?=  )", line))]


async def test_only_the_wins_of_a_goal_are_counted() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        page = await show(pilot)
        await pilot.press("g")
        await pilot.pause()
        assert "Climate" in text_of(pilot.app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert rows_of_first_weeks(pilot.app) == ["Week of 2 Nov", "Week of 9 Nov", "Week of 16 Nov"]
        await pilot.click("#goal")
        await pilot.pause()
        assert page.query_one(WeekBars).weeks[-2].tally.real == 2


async def test_only_the_wins_of_a_tag_are_counted() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        await show(pilot)
        await pilot.click("#tag")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert rows_of_first_weeks(pilot.app) == ["Week of 9 Nov", "Week of 16 Nov"]
        assert "#talk ×" in text_of(pilot.app)


async def test_leaving_the_choice_changes_nothing() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        page = await show(pilot)
        before = page.query_one(WeekBars).weeks
        await pilot.press("g", "escape")
        await pilot.pause()
        assert page.query_one(WeekBars).weeks == before


async def test_a_win_that_arrives_is_drawn_and_the_cursor_stays() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        page = await show(pilot)
        await pilot.press("left")
        page.journal = Journal.of(*JOURNAL.wins.values(), win("Said yes to the panel", 1))
        await pilot.pause()
        assert page.cursor == date(2026, 11, 9)
        assert "3 real (Applied anyway" in text_of(pilot.app)
        assert page.query_one(WeekBars).weeks[-2].tally.real == 3


async def test_an_empty_journal_says_how_to_begin() -> None:
    async with Host().run_test(size=(60, 18)) as pilot:
        await show(pilot, Journal())
        shown = text_of(pilot.app)
        assert "No wins yet. Press a to add the first." in shown
        assert not any(words in shown for words in ("└", "0 weeks", "all goals", "its wins", "range", "goal", "tag"))
        await pilot.press("left", "right", "enter", "home", "g")
        assert text_of(pilot.app) == shown


async def test_a_hostile_title_is_shown_as_it_is_and_does_nothing() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        await show(pilot, Journal.of(win("[@click=app.quit]x[/] [red]y", 0), win("see [/x] done \x1b]0;z", 0)))
        assert "[@click=app.quit]x[/] [red]y; see [/x] done ]0;z" in text_of(pilot.app)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (140, 45), (250, 80)])
async def test_ten_years_of_wins_fit_every_size(size: tuple[int, int]) -> None:
    many = Journal.of(*(win("Small", n) for n in range(520)))
    async with Host().run_test(size=size) as pilot:
        page = await show(pilot, many)
        page.week_range = None
        await pilot.pause()
        shown = text_of(pilot.app)
        assert "all 520 weeks" in shown
        assert "a column is" in shown
        assert max(map(len, shown.splitlines())) <= size[0]


async def test_tab_goes_to_the_calendar_and_enter_opens_the_day() -> None:
    app = Host()
    async with app.run_test(size=(140, 60)) as pilot:
        page = await show(pilot)
        await pilot.press("tab", "left", "up")
        assert "Sun 8 Nov 2026: no wins." in text_of(app)
        await pilot.press("down", "enter")
        (wanted,) = app.of(MomentumPage.Navigate)
        assert isinstance(wanted, MomentumPage.Navigate)
        assert wanted.period is not None
        assert wanted.period[0] == wanted.period[1]
        assert page.cursor == wanted.period[0] - timedelta(days=wanted.period[0].weekday())
        await pilot.press("escape", "left", "enter")
        weeks = [message for message in app.of(MomentumPage.Navigate) if isinstance(message, MomentumPage.Navigate)]
        assert weeks[-1].period is not None
        assert weeks[-1].period[1] - weeks[-1].period[0] == timedelta(days=6)


async def test_every_chart_has_a_sentence_and_what_tells_nothing_is_left_out() -> None:
    async with Host().run_test(size=(140, 80)) as pilot:
        await show(pilot)
        shown = text_of(pilot.app)
        for said in (
            "3 real and 1 candy in 26 weeks; 1 not sorted yet.",
            "1 of 4 sorted wins in 26 weeks was candy.",
            words.describe_tests({}, 26),
            "4 days with a win.",
        ):
            assert said in shown
        assert "What your wins tell" not in shown


@pytest.mark.parametrize("rows", [33, 36])
async def test_what_the_wins_tell_stands_beside_the_horizon_without_scrolling(rows: int) -> None:
    async with Host().run_test(size=(120, rows)) as pilot:
        await show(pilot, Journal.of(*demo_records(FRIDAY, NOON)))
        shown = text_of(pilot.app).splitlines()
        head = next(line for line in shown if "What your wins tell" in line)
        assert "Momentum   2.5 real wins a week" in head
        for told in ("#praise was always candy.", "Wins that stretched you", "Doors usually open within a week."):
            assert any(told in line for line in shown)
        assert not any("So far, stretch" in line or "Too few" in line for line in shown)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
@pytest.mark.parametrize("weeks", [1, 2, 3, 4])
async def test_the_first_month_is_rows_of_marks_and_no_chart(weeks: int, size: tuple[int, int]) -> None:
    wins = [win("Real", n) for n in range(weeks) for _ in range(2)] + [
        win("Sweet", n, Verdict.CANDY) for n in range(weeks)
    ]
    async with Host().run_test(size=size) as pilot:
        page = await show(pilot, Journal.of(*wins))
        shown = text_of(pilot.app)
        assert shown.count("◆◆◇") == weeks
        assert "3 wins so far" in shown
        assert f"The line starts after 4 weeks. This is week {weeks}." in shown
        assert "A year of days" not in shown
        assert "[" not in shown.splitlines()[0]
        assert not any(chart.is_on_screen for chart in page.query(WeekChart))


@pytest.mark.parametrize("weeks", [5, 9])
async def test_from_four_complete_weeks_the_horizon_shows_the_range_there_is(weeks: int) -> None:
    async with Host().run_test(size=(80, 24)) as pilot:
        page = await show(pilot, Journal.of(*(win("Real", n) for n in range(weeks))))
        shown = text_of(pilot.app)
        assert f"all {weeks} weeks" in shown
        assert "The line starts" not in shown
        assert len(page.query_one(Horizon).weeks) == weeks


async def test_the_change_in_four_weeks_stands_in_the_title() -> None:
    rising = [win("Real", n) for n in range(12) for _ in range(3 if n < 4 else 1)]
    async with Host().run_test(size=(100, 30)) as pilot:
        await show(pilot, Journal.of(*rising))
        assert re.search(r"Momentum   \d(\.\d)? real wins a week  ▲ \d(\.\d)? in four weeks", text_of(pilot.app))


async def test_a_month_without_real_wins_is_a_flat_line_and_no_reproach() -> None:
    async with Host().run_test(size=(140, 60)) as pilot:
        page = await show(pilot, Journal.of(*(win("A badge", n, Verdict.CANDY) for n in range(1, 8))))
        shown = text_of(pilot.app)
        assert "0 real and 7 candy in 8 weeks." in shown
        assert "Momentum   0 real wins a week" in shown
        assert {week.momentum for week in page.query_one(WeekBars).weeks} == {0}


async def test_a_first_week_that_still_runs_is_shown_so_far() -> None:
    async with Host().run_test(size=(140, 60)) as pilot:
        await show(pilot, Journal.of(win("Applied anyway", 0)))
        shown = text_of(pilot.app)
        assert "1 win so far" in shown
        assert "Week of 16 Nov 2026, so far: 1 real (Applied anyway)." in shown


async def test_a_shorter_range_does_not_count_the_journal_again() -> None:
    async with Host().run_test(size=(140, 60)) as pilot:
        page = await show(pilot)
        before = page._counted
        await pilot.press("left_square_bracket")
        assert page._counted is before
        assert len(page.query_one(WeekBars).weeks) == 8


async def test_the_mouse_changes_range_and_goal_and_the_wheel_scrolls() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        page = await show(pilot)
        await pilot.click("#fewer")
        seen = [page.week_range]
        for chip in ("#more", "#range", "#range"):
            await pilot.click(chip)
            seen.append(page.week_range)
        assert seen == [8, 26, None, 8]
        await pilot.click("#goal")
        await pilot.pause()
        assert "Wins without a goal" in text_of(pilot.app)
        await pilot.press(*"without", "enter")
        await pilot.pause()
        assert "no goal ×" in text_of(pilot.app)
        assert "2 real and 1 candy in" not in text_of(pilot.app)
        await pilot.press("pagedown", "down", "up")
        assert page.query_one("#charts").scroll_offset.y > 0


async def test_weeks_start_on_another_day_when_the_setting_changes() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        page = await show(pilot)
        page.settings = Settings(week_start=6)
        await pilot.pause()
        assert {week.start.weekday() for week in page.query_one(WeekBars).weeks} == {6}


async def test_the_week_that_ran_is_over_on_the_next_monday() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        page = await show(pilot)
        page.today = date(2026, 11, 23)
        await pilot.pause()
        weeks = page.query_one(WeekBars).weeks
        assert weeks[-2].start == MONDAY
        assert weeks[-2].complete


async def test_a_goal_that_is_gone_no_longer_holds_anything_back() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        page = await show(pilot)
        page.chosen = Filter(goal=CLIMATE.id)
        await pilot.pause()
        page.journal = Journal.of(*JOURNAL.wins.values())
        await pilot.pause()
        assert "all goals" in text_of(pilot.app)
        assert page.query_one(WeekBars).weeks[-2].tally.real == 2


async def test_wins_that_are_all_still_to_come_are_not_called_none() -> None:
    async with Host().run_test(size=(100, 30)) as pilot:
        page = await show(pilot, Journal.of(win("Panel talk", -2)))
        assert "No win is dated up to this week yet." in text_of(pilot.app)
        page.chosen = Filter(tag="talk")
        await pilot.pause()
        assert "No wins here up to this week." in text_of(pilot.app)
