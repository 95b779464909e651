"""The form in which a win is written down or changed."""

import re
from datetime import date
from typing import ClassVar, Final

import click
from msgspec import Struct
from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Grid, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Label, TextArea

from data.base import text
from data.base.dates import parse_past
from data.base.errors import SmallWinsError
from data.base.formatting import WEEKDAY_NAMES, month_year
from data.model.edits import WinContent
from data.model.journal import Journal
from data.model.records import Win
from tui.dialogs.confirm import confirm_discard
from tui.dialogs.dialog import Dialog
from tui.dialogs.win_picker import WinPicker
from widgets.bars.hints import Hints
from widgets.base.text_input import TextInput

_BETWEEN_TAGS: Final = re.compile(r"[,\s]+")


class WinFields(Struct, frozen=True):
    """The form as it is typed, before anything is understood; also what a draft keeps.

    Attributes:
        when: The date in words.
        goal: The name of a goal, or "".
        tags: Tags between commas or spaces.
        opened_by: The id of the win that led to it, or "".
    """

    title: str = ""
    when: str = "today"
    goal: str = ""
    tags: str = ""
    story: str = ""
    opened_by: str = ""


class WinFormResult(Struct, frozen=True):
    """What the form says once it is understood.

    Attributes:
        fields: As it was typed, to show it again should saving fail.
        content: What it means.
    """

    fields: WinFields
    content: WinContent


def parse_fields(fields: WinFields, today: date) -> WinFormResult:
    """Return what was typed, cleaned and within its limits.

    Raises:
        SmallWinsError: A field can't be understood; the message says which and why.
    """
    content = WinContent(
        title=text.accept_line(fields.title),
        happened_on=parse_past(fields.when or "today", today),
        goal_name=text.accept_line(fields.goal, "goal") if text.clean_line(fields.goal) else "",
        tags=text.accept_tags(_BETWEEN_TAGS.split(text.clean_line(fields.tags))),
        story=text.accept_story(fields.story),
        opened_by=fields.opened_by or None,
    )
    return WinFormResult(fields, content)


def edit_in_editor(story: str) -> tuple[str | None, str]:
    """Open a story in $VISUAL or $EDITOR; return it, or None when it was not saved, and what went wrong, or "".

    Nothing is raised: the app must come back to the screen whatever the editor does.
    """
    try:
        return click.edit(story, extension=".md"), ""
    except (click.ClickException, OSError) as error:
        return None, f"The editor could not be used: {text.clean_line(str(error))}"


def win_fields(win: Win, journal: Journal) -> WinFields:
    """Return a win as the form shows it."""
    return WinFields(
        title=text.clean_line(win.title),
        when=win.happened_on.isoformat(),
        goal=text.clean_line(journal.goal_name(win)),
        tags=", ".join(text.clean_line(tag) for tag in win.tags),
        story=text.clean_text(win.story),
        opened_by=win.opened_by or "",
    )


class FormOpening(Struct, frozen=True):
    """How the form opens.

    Attributes:
        win: The win to change, or None for a new one.
        fields: What stands in it, when that is not the win as it is.
        problem: What went wrong before, or "".
    """

    win: Win | None = None
    fields: WinFields | None = None
    problem: str = ""


class WinForm(Dialog[WinFormResult | None]):
    """Asks for a title and what goes with it; returns what was understood, or None when the person leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="form.save", priority=True, tooltip="Save the win"),
        Binding(
            "ctrl+e", "outside", "editor", id="form.editor", priority=True, tooltip="Write the story in your editor"
        ),
        Binding("escape", "leave", "leave", id="form.leave", tooltip="Leave; asks before text is dropped"),
    ]

    class TextChanged(Message):
        """The text changed; who keeps drafts wants to know.

        Attributes:
            fields: The form as it stands, or None while it says nothing new.
            win: The id of the win that is changed, or None for a new one.
        """

        def __init__(self, fields: WinFields | None, win: str | None) -> None:
            super().__init__()
            self.fields = fields
            self.win = win

    def __init__(self, journal: Journal, today: date, opening: FormOpening) -> None:
        super().__init__()
        self._journal = journal
        self._today = today
        self._win = opening.win
        self._clean = win_fields(opening.win, journal) if opening.win else WinFields()
        self._fields = opening.fields or self._clean
        self._opened_by = self._fields.opened_by
        self._problem = opening.problem

    def compose(self) -> ComposeResult:
        """Yield one line a field, and the story below."""
        given = self._fields
        goals = [text.clean_line(goal.name) for goal in self._journal.goals.values() if goal.archived_at is None]
        with VerticalScroll(classes="dialog form"):
            yield Label("Change the win" if self._win else "Write down a win", classes="dialog--title")
            with Grid(classes="form--fields"):
                yield Label("What")
                yield TextInput(given.title, placeholder="What went right?", id="title", compact=True)
                yield Label("When")
                with Grid(classes="form--when"):
                    yield TextInput(given.when, id="when", compact=True)
                    yield Label(id="day", classes="form--aside", markup=False)
                yield Label("Goal")
                yield TextInput(
                    given.goal,
                    placeholder="Where does it lead? A new name makes a goal",
                    suggester=SuggestFromList(goals, case_sensitive=False),
                    id="goal",
                    compact=True,
                )
                yield Label("Tags")
                yield TextInput(given.tags, placeholder="talk, course, people", id="tags", compact=True)
                yield Label("Opened by")
                yield Button(self._opener(), id="opened-by", compact=True)
                yield Label("Story")
                yield TextArea(
                    given.story,
                    id="story",
                    compact=True,
                    tab_behavior="focus",
                    placeholder="What happened, and how did it feel?",
                )
            yield Label(id="problem", classes="form--problem", markup=False)
            with Vertical(classes="dialog--keys"):
                yield Hints(
                    ("ctrl+s", "enter or ctrl+s save"),
                    ("ctrl+e", "ctrl+e story in your editor"),
                    ("escape", "esc leave"),
                )

    def on_mount(self) -> None:
        """Begin at the title."""
        self._say(self._problem)
        self._show_day()
        self.query_one("#title", Input).focus()

    def _opener(self) -> Content:
        win = self._journal.wins.get(self._opened_by)
        return Content(f"⇠ {text.clean_line(win.title)}" if win else "nothing yet · press to choose")

    def fields(self) -> WinFields:
        """Return the form as it stands."""
        typed = {name: self.query_one(f"#{name}", Input).value for name in ("title", "when", "goal", "tags")}
        return WinFields(story=self.query_one("#story", TextArea).text, opened_by=self._opened_by, **typed)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        fields = self.fields()
        if fields != self._fields:
            self._fields = fields
            self._say("")
        self.post_message(
            self.TextChanged(None if fields == self._clean else fields, self._win.id if self._win else None)
        )

    @on(Input.Changed, "#when")
    def _show_day(self) -> None:
        words = self.query_one("#when", Input).value
        try:
            day = parse_past(words or "today", self._today)
        except SmallWinsError as error:
            self.query_one("#day", Label).update(error.message)
        else:
            self.query_one("#day", Label).update(f"{WEEKDAY_NAMES[day.weekday()]} {day.day} {month_year(day)}")

    @on(Button.Pressed, "#opened-by")
    def _choose_opener(self) -> None:
        self.app.push_screen(
            WinPicker(self._journal, without=self._win.id if self._win else "", title="Which win led to it?"),
            self._opener_chosen,
        )

    def _opener_chosen(self, chosen: str | None) -> None:
        if chosen is not None:
            self._opened_by = chosen
            self.query_one("#opened-by", Button).label = self._opener()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Return what the form says, or say what can't be understood."""
        try:
            written = parse_fields(self.fields(), self._today)
        except SmallWinsError as error:
            self._say(str(error))
            return
        self.dismiss(written)

    def action_outside(self) -> None:
        """Open the story in the person's own editor ($VISUAL or $EDITOR), and take over what they saved."""
        story = self.query_one("#story", TextArea)
        try:
            with self.app.suspend():
                edited, problem = edit_in_editor(story.text)
        except SuspendNotSupported:
            edited, problem = None, "No editor can be opened from here."
        self._say(problem)
        if edited is not None:
            story.text = text.clean_text(edited).strip()

    def _say(self, problem: str) -> None:
        label = self.query_one("#problem", Label)
        label.update(problem)
        label.display = bool(problem)

    def action_leave(self) -> None:
        """Leave, after asking when text would be dropped."""
        confirm_discard(self, text=self.fields() != self._clean)
