"""Goals: where the person wants to go, and what their wins there add up to."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from data.base.formatting import plural
from data.figures.goal_figures import all_goal_figures, goals_in_order
from data.model import edits
from data.model.records import Goal
from data.search.filters import WITHOUT_GOAL, Filter, newest_first
from tui.dialogs.assign_goal import AssignGoal
from tui.dialogs.goal_form import GoalFields
from tui.pages.page import Page, goal_draft
from widgets.lists.goal_list import GoalList

_TEACHING = "No goals yet. A goal is where you want your work to lead. Press n to add the first one."


class GoalsPage(Page):
    """The goals, the keys that change them, and the wins that have none."""

    CSS_PATH = "goals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new_goal", "new goal", id="goals.new", tooltip="Add a goal"),
        Binding(
            "e", "edit_goal", "edit", id="goals.edit", tooltip="Edit this goal, or give a goal to wins without one"
        ),
        Binding("b", "show('board')", "its wins", id="goals.board", tooltip="Show this goal's wins on the board"),
        Binding("m", "show('momentum')", "its weeks", id="goals.momentum", tooltip="Show this goal's charts"),
        Binding("z", "archive", "archive", id="goals.archive", tooltip="Archive this goal, or reopen it"),
        Binding("K,shift+up", "move(-1)", "order", key_display="K J", id="goals.up", tooltip="Move this goal up"),
        Binding("J,shift+down", "move(1)", "down", show=False, id="goals.down", tooltip="Move this goal down"),
    ]

    _wanted = ""
    """The goal that gets the cursor once it is shown."""
    _on_goal = False
    """Whether the cursor is on a goal, and not on the wins without one."""

    def compose_page(self) -> ComposeResult:
        """Yield the heading and the list."""
        yield Static(id="heading")
        yield GoalList(id="goals")

    def on_mount(self) -> None:
        """Draw what was handed in before the page was there."""
        self.refresh_content()
        self.query_one(GoalList).focus()

    def on_resize(self) -> None:
        """Put the heading where the columns are now."""
        self.call_after_refresh(self._head)

    def watch_journal(self) -> None:
        """Count again."""
        self._refresh_if_mounted()

    def watch_today(self) -> None:
        """Count again: four weeks may be over."""
        self._refresh_if_mounted()

    def watch_settings(self) -> None:
        """Count again: weeks may start on another day."""
        self._refresh_if_mounted()

    def _refresh_if_mounted(self) -> None:
        if self.is_mounted:
            self.refresh_content()

    def refresh_content(self) -> None:
        """Bring the page up to date."""
        goals = self.query_one(GoalList)
        there = self.journal.goals or self.journal.days
        goals.show(all_goal_figures(self.journal, self.today, self.settings) if there else [], self.today)
        if self._wanted and goals.point_at(self._wanted):
            self._wanted = ""
        self._name_keys()
        self._head()

    def _head(self) -> None:
        columns = self.query_one(GoalList).heading()
        teaching = Content("" if self.journal.goals else _TEACHING)
        heading = Content("\n\n").join(part for part in (teaching, columns) if part)
        self.query_one("#heading", Static).update(heading)
        self.query_one("#heading").display = bool(heading)

    def _goal(self) -> Goal | None:
        under = self.query_one(GoalList).figures
        return under.goal if under else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what needs a goal, or a win, while there is none."""
        idle = (
            (action == "edit_goal" and not self.journal.goals)
            or (action in {"archive", "move"} and not self._on_goal)
            or (action == "show" and not self.journal.days)
        )
        return False if idle else super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted, "GoalList")
    def _name_keys(self) -> None:
        """Name the keys that do something on the line of the cursor."""
        self._on_goal = self._goal() is not None
        self.refresh_bindings()

    def action_new_goal(self) -> None:
        """Add a goal."""
        self.ask_goal(None, self._add)

    def _add(self, named: GoalFields) -> None:
        goal = edits.new_goal(named.name, self.now(), named.why)
        self._wanted = goal.id
        self.post_message(self.Edited("add a goal", edits.add_goal(goal), goal_draft(), done="Goal added"))

    @on(OptionList.OptionSelected, "GoalList")
    def action_edit_goal(self) -> None:
        """Change the goal under the cursor; on the wins without one, give them a goal."""
        goal = self._goal()
        if goal is None:
            self._give_goal()
            return

        def change(named: GoalFields) -> None:
            edit = edits.change_goal(goal.id, named.name, named.why, self.now())
            self.post_message(self.Edited("change a goal", edit, goal_draft(goal), done="Goal changed"))

        self.ask_goal(goal, change)

    def _give_goal(self) -> None:
        wins = [win for win in self.journal.live() if win.goal not in self.journal.goals]
        goals = goals_in_order(self.journal)
        if wins and goals:
            self.app.push_screen(AssignGoal(newest_first(wins), goals), self._given)
        else:
            self.say("Every win has a goal." if goals else "Add a goal first (press n).")

    def _given(self, chosen: tuple[tuple[str, ...], str] | None) -> None:
        if chosen is not None:
            wins, goal = chosen
            edit = edits.set_goal(wins, goal, self.now())
            done = f"{plural(len(wins), 'win')} now lead{'s' if len(wins) == 1 else ''} to a goal"
            self.post_message(self.Edited("give wins a goal", edit, done=done))

    def action_show(self, page: str) -> None:
        """Show only the wins of the goal under the cursor, on the board or in the charts."""
        under = self.query_one(GoalList).figures
        if under is not None:
            goal = under.goal.id if under.goal else WITHOUT_GOAL
            self.post_message(self.Navigate(page, chosen=Filter(goal=goal)))

    def action_archive(self) -> None:
        """Archive the goal under the cursor, or reopen it."""
        goal = self._goal()
        if goal is not None:
            away = goal.archived_at is None
            edit = edits.archive_goal(goal.id, archived=away, now=self.now())
            done = f"Goal {'archived' if away else 'reopened'}"
            self.post_message(self.Edited("archive a goal" if away else "reopen a goal", edit, done=done))

    def action_move(self, by: int) -> None:
        """Move the goal under the cursor up or down."""
        goal = self._goal()
        order = [one.id for one in goals_in_order(self.journal)]
        if goal is None or goal.id not in order:
            return
        place = order.index(goal.id)
        order.insert(min(max(0, place + by), len(order) - 1), order.pop(place))
        self.post_message(self.Edited("order goals", edits.order_goals(order, self.now()), done="Goal moved"))
