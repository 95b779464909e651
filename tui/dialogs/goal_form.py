"""The form for a goal's name and why."""

from collections.abc import Mapping
from typing import ClassVar, Final

from msgspec import Struct, convert, structs
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, TextArea

from data.base import text
from data.base.errors import NotAllowedError
from data.model.edits import find_goal
from data.model.goal_values import write_why
from data.model.journal import Journal
from data.model.records import Goal
from tui.dialogs.confirm import confirm_discard
from tui.dialogs.dialog import Dialog, DialogButtons
from tui.dialogs.draft import DraftChanged
from widgets.base.text_input import TextBox, TextInput
from widgets.lists.value_picker import ValuePicker


class GoalFields(Struct, frozen=True):
    """A goal as it was typed, cleaned."""

    name: str
    why: str


_WHERE: Final = "Where do you want to go?"


class GoalForm(Dialog[GoalFields | None]):
    """Asks where the person wants to go, and why; returns None when they cancel.

    A goal without a why, and the first one, are asked about with values to choose from.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="goal.save", priority=True, tooltip="Save the goal"),
        Binding("escape", "leave", "cancel", id="goal.leave", tooltip="Cancel; asks before text is discarded"),
    ]

    def __init__(
        self,
        journal: Journal,
        goal: Goal | None = None,
        draft: Mapping[str, str] | None = None,
        *,
        asks_why: bool = False,
    ) -> None:
        """Make the form.

        Args:
            journal: For the names that are taken.
            goal: The goal to edit, or None for a new one.
            draft: What was typed before and not saved.
            asks_why: Whether it begins at the why: the name is known already.
        """
        super().__init__()
        self._journal = journal
        self._goal = goal
        self._asks_why = asks_why
        self._has_values = not goal.why if goal is not None else not journal.goals
        self._before = GoalFields(text.clean_line(goal.name), text.clean_text(goal.why)) if goal else GoalFields("", "")
        self._shown = convert({**structs.asdict(self._before), **(draft or {})}, GoalFields)

    def compose(self) -> ComposeResult:
        """Yield the name and the reason."""
        title = "Why do you want to go there?" if self._asks_why else "Edit goal" if self._goal else _WHERE
        with Vertical(classes="dialog form goal"):
            yield Label(title, classes="dialog--title")
            yield TextInput(self._shown.name, placeholder="A job, a field, a way of working", id="name", compact=True)
            if self._has_values:
                yield Label("What matters to you? Two or three; space chooses.", classes="form--aside values")
                yield ValuePicker()
            yield Label("Why? It helps to read it on a slow week.", classes="form--aside")
            yield TextBox(self._shown.why, compact=True, tab_behavior="focus")
            yield Label(id="problem", classes="form--problem", markup=False)
            yield DialogButtons(("Save (ctrl+s)", "save"), (f"{'Skip' if self._asks_why else 'Cancel'} (esc)", "leave"))

    def on_mount(self) -> None:
        """Begin at the name, or at what matters."""
        self.query_one("#problem").display = False
        self.query_one("ValuePicker, TextBox" if self._asks_why else "#name").focus()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Return the goal, or say what is wrong with it."""
        try:
            named = GoalFields(text.accept_line(self.query_one(Input).value, "goal"), text.accept_story(self._why()))
            self._check_free(named.name)
        except NotAllowedError as error:
            problem = self.query_one("#problem", Label)
            problem.update(str(error))
            problem.display = True
            return
        self.dismiss(named)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        typed = self._fields()
        key = ("goal", self._goal.id if self._goal else None)
        self.post_message(DraftChanged(key, structs.asdict(typed) if typed != self._before else None))

    def _fields(self) -> GoalFields:
        return GoalFields(self.query_one(Input).value, self._why())

    def _why(self) -> str:
        values = [one for picker in self.query(ValuePicker) for one in picker.chosen]
        return write_why(values, self.query_one(TextBox).text)

    def _check_free(self, name: str) -> None:
        other = find_goal(self._journal, name)
        if other is not None and (self._goal is None or other.id != self._goal.id):
            raise NotAllowedError("A goal with that name already exists.", "Choose another name.")

    def action_leave(self) -> None:
        """Close the form, after asking when it holds text."""
        confirm_discard(self, text=self._fields() != self._before)
