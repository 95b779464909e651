"""The Goals screen, by key and by mouse."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec import structs
from textual.pilot import Pilot
from textual.widgets import Input

from data.figures.goal_figures import goals_in_order
from data.files.drafts import load_drafts
from data.model import edits
from data.model.journal import Journal
from data.model.records import Goal, Verdict, Win
from data.storage.store import Store
from tests.support.app_host import settled
from tests.support.page_host import NOON, app_on
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from widgets.lists.goal_list import GoalList

TODAY = date(2026, 11, 20)
CLIMATE = edits.new_goal("Climate", NOON, "Work I can explain to a child")
TEACHING = structs.replace(edits.new_goal("Teaching", NOON), order=1)


def win(title: str, days_ago: int, verdict: Verdict | None, goal: Goal | None) -> Win:
    """A win so many days ago."""
    made = edits.new_win(title, happened_on=TODAY - timedelta(days=days_ago), now=NOON)
    return structs.replace(made, verdict=verdict, goal=goal.id if goal else None)


JOURNAL = Journal.of(
    CLIMATE,
    TEACHING,
    win("Applied anyway", 3, Verdict.REAL, CLIMATE),
    win("Night course", 40, Verdict.REAL, CLIMATE),
    win("A badge", 2, Verdict.CANDY, TEACHING),
    win("Coffee", 4, Verdict.REAL, None),
    win("Recruiter answered", 1, None, None),
)


def row(app: SmallWins, name: str) -> list[str]:
    """The words of the line with that goal."""
    return next(line.split() for line in text_of(app).splitlines() if line.strip().startswith(name))


async def test_each_goal_shows_its_figures_in_columns(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        assert row(app, "Climate") == ["Climate", "2", "0", "0", "0", "of", "2", "0.1", "↘", "█▄▂▂▁▁", "0", "17", "Nov"]
        assert row(app, "Without") == ["Without", "a", "goal", "1", "0", "1", "0", "of", "1", "–", "0", "19", "Nov"]
        assert "Work I can explain to a child" in text_of(app)
        assert "Only candy here for four weeks: 1 candy, no real win." in text_of(app)


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_where_columns_do_not_fit_figures_stand_below(tmp_path: Path, size: tuple[int, int]) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert "Climate" in shown
        assert max(map(len, shown.splitlines())) <= size[0]
        assert ("◆ 2 real" in shown) == (size[0] < 84)


async def test_a_goal_is_named_changed_and_put_away(tmp_path: Path) -> None:
    app = app_on("goals", Journal.of(CLIMATE), tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*"Writing", "enter")
        await pilot.pause()
        assert "Writing" in text_of(app)
        await pilot.press("e")  # it is new, so it has the cursor
        await pilot.pause()
        await pilot.press("end", "space", *"more", "ctrl+s")
        await pilot.pause()
        assert "Writing more" in text_of(app)
        await pilot.press("z")
        await pilot.pause()
        assert "Writing more (archived)" in text_of(app)


async def test_a_name_that_is_taken_is_refused_in_the_form(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*"climate", "enter")
        await pilot.pause()
        assert "A goal with that name already exists." in text_of(app)


async def test_leaving_a_form_with_text_asks_first(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*"New", "escape")
        await pilot.pause()
        assert "Discard what you wrote?" in text_of(app)
        await pilot.press("y")
        await pilot.pause()
        assert len(app.journal.goals) == 2


async def test_goals_change_places_and_the_cursor_goes_along(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("J")
        await pilot.pause()
        assert [goal.name for goal in goals_in_order(app.journal)] == ["Teaching", "Climate"]
        assert "Goal moved · u undoes" in text_of(app)
        await pilot.press("u")
        await pilot.pause()
        assert [goal.name for goal in goals_in_order(app.journal)] == ["Climate", "Teaching"]
        assert "Undone: order goals" in text_of(app)
        await pilot.press("J", "shift+up")
        await pilot.pause()
        assert [goal.name for goal in goals_in_order(app.journal)] == ["Climate", "Teaching"]


async def test_wins_without_a_goal_are_given_one(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert "Recruiter answered" in text_of(app)
        assert "✓" not in text_of(app)
        await pilot.press("space", "down", "space", "space", "enter")
        await pilot.pause()
        assert text_of(app).count("✓") == 2
        await pilot.press("g")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert {win.title for win in app.journal.live() if win.goal == TEACHING.id} == {
            "A badge",
            "Coffee",
            "Recruiter answered",
        }


async def test_a_click_chooses_a_goal_and_a_second_opens_it(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        goals = app.page.query_one(GoalList)
        await pilot.click(goals, offset=(10, 3))
        await pilot.pause()
        assert goals.figures is not None
        assert goals.figures.goal == TEACHING
        assert len(app.screen_stack) == 1
        await pilot.click(goals, offset=(10, 3), times=2)
        await pilot.pause()
        assert "Edit goal" in text_of(app)


async def test_the_mouse_alone_puts_a_goal_away(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        foot = text_of(app).splitlines()[-1]
        await pilot.click(offset=(foot.index("archive"), 29))
        await pilot.pause()
        assert app.journal.goals[CLIMATE.id].archived_at is not None


async def test_the_wins_of_a_goal_are_shown_on_the_board_and_its_weeks_in_the_charts(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        assert app.page.name == "board"
        board = text_of(app)
        assert "Applied anyway" in board
        assert "A badge" not in board
        await pilot.press("5", "m")
        await pilot.pause()
        assert app.page.name == "momentum"
        charts = text_of(app)
        assert "Climate ×" in charts
        assert "2 real and 0 candy in" in charts
        await pilot.press("enter")
        await pilot.pause()
        assert "Applied anyway" in text_of(app)
        assert "Recruiter answered" not in text_of(app)


async def test_wins_without_a_goal_are_shown_on_the_board_too(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("end", "b")
        await pilot.pause()
        board = text_of(app)
        assert "Recruiter answered" in board
        assert "no goal" in board
        assert "Applied anyway" not in board


async def test_the_mouse_alone_gives_a_win_a_goal(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        lines = text_of(app).splitlines()
        row_of = next(y for y, line in enumerate(lines) if "Without a goal" in line)
        await pilot.click(offset=(10, row_of), times=2)
        await pilot.pause()
        await pilot.click("AssignGoal OptionList", offset=(6, 1))
        await pilot.click("AssignGoal Button")
        await pilot.pause()
        await pilot.click("Choose ChoiceList", offset=(4, 0))
        await pilot.pause()
        assert {win.title for win in app.journal.live() if win.goal == CLIMATE.id} == {
            "Applied anyway",
            "Night course",
            "Coffee",
        }


async def test_without_goals_the_screen_says_how_to_begin(tmp_path: Path) -> None:
    app = app_on("goals", Journal.of(win("Coffee", 4, Verdict.REAL, None)), tmp_path)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        assert "No goals yet." in text_of(app)
        assert "◆ real" in text_of(app)  # what the figures of the wins without a goal are
        await pilot.press("enter")
        await pilot.pause()
        assert "Add a goal first (press n)." in text_of(app)


async def test_a_hostile_name_is_only_text(tmp_path: Path) -> None:
    hostile = edits.new_goal("[@click=app.quit]x[/] see [/x] 日本語", NOON, "why [/x]")
    app = app_on("goals", Journal.of(hostile), tmp_path)
    async with app.run_test(size=(140, 30)) as pilot:
        await pilot.pause()
        assert "[@click=app.quit]x[/] see [/x] 日本語" in text_of(app)
        assert "why [/x]" in text_of(app)


async def test_of_very_many_wins_without_a_goal_the_newest_are_listed(tmp_path: Path) -> None:
    many = [win(f"Win {n}", n % 300, Verdict.REAL, None) for n in range(1000)]
    app = app_on("goals", Journal.of(CLIMATE, *many), tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("end", "enter")
        await pilot.pause()
        assert "Wins without a goal: the 200 newest of 1,000" in text_of(app)


async def typed_goal(pilot: Pilot[None], key: str, name: str) -> None:
    await pilot.press(key)
    await pilot.pause()
    pilot.app.screen.query_one(Input).value = name
    await pilot.pause()


@pytest.mark.parametrize(("key", "shown"), [("n", "Rivers"), ("e", "Climate and rivers")])
async def test_an_unfinished_goal_outlives_the_app(tmp_path: Path, key: str, shown: str) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        await typed_goal(pilot, key, shown)
        await pilot.press("ctrl+q")
        await pilot.pause()
    again = SmallWins(Store(app.path, lambda: NOON), lambda: NOON, start="goals")
    async with again.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        assert "Unfinished: a goal" in text_of(again)
        await pilot.press(key)
        await pilot.pause()
        assert again.screen.query_one(Input).value == shown
        await pilot.press("enter")
        await pilot.pause()
        await settled(again)
        await pilot.pause()
        await settled(again)
    assert shown in {goal.name for goal in Store(app.path, lambda: NOON).journal.goals.values()}
    assert load_drafts(app.path) == ()


async def test_a_goal_that_was_discarded_leaves_no_draft(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        await typed_goal(pilot, "n", "Rivers")
        await pilot.press("escape", "y")
        await pilot.pause()
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert load_drafts(app.path) == ()


async def test_a_new_goal_has_the_cursor(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await typed_goal(pilot, "n", "Rivers")
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.pause()
        assert "Goal added · u undoes" in text_of(app)
        under = app.page.query_one(GoalList).figures
        assert under is not None
        assert under.goal is not None
        assert under.goal.name == "Rivers"


async def test_keys_of_a_goal_are_hinted_at_on_a_goal_alone(tmp_path: Path) -> None:
    app = app_on("goals", JOURNAL, tmp_path)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        assert "z archive  K J order" in text_of(app).splitlines()[-1]
        await pilot.press("end")
        await pilot.pause()
        assert "n new goal  e edit  b its wins  m its weeks  a add" in text_of(app).splitlines()[-1]
