"""The form in which a win is written down or changed."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Final

from msgspec import Struct, structs
from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.events import DescendantBlur
from textual.style import Style
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Button, Input, Label, TextArea

from data.base import text
from data.base.dates import parse_past
from data.base.errors import SmallWinsError
from data.base.formatting import weekday_date
from data.model.edits import find_goal
from data.model.journal import Journal
from data.model.one_line import goal_names
from data.model.proof import told_parts
from data.model.records import NO_PROOF, Proof, Verdict, Win
from data.search.duplicates import WITHIN_DAYS, find_duplicate
from tui.dialogs.dialog import Dialog, DialogButtons
from tui.dialogs.draft import DraftChanged
from tui.dialogs.win_fields import (
    WinFields,
    WinFormResult,
    fill_fields,
    openers_of,
    parse_fields,
    read_title,
    win_fields,
)
from tui.dialogs.win_picker import WinPicker
from widgets.bars.hints import Hints
from widgets.base.text_input import TextBox, TextInput

_MAX_RECENT: Final = 500
"""The most wins that a title is compared with at each key."""


class _TitleInput(TextInput):
    """Takes the first line that is pasted; the others are the story."""

    split_lines = True


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


class WinForm(Dialog[WinFormResult | WinFields | None]):
    """Asks for a title and what goes with it.

    Returns what was parsed; or the form as it stands, to be kept as a draft; or None, where there is nothing to keep.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="form.save", priority=True, tooltip="Save the win"),
        Binding("ctrl+e", "outside", "editor", id="form.editor", priority=True, tooltip="Write the story in an editor"),
        Binding("ctrl+t", "plain", "as typed", id="form.plain", priority=True, tooltip="Keep the title as typed"),
        Binding("escape", "leave", "close", id="form.leave", tooltip="Close; what you wrote is kept as a draft"),
    ]

    def __init__(self, journal: Journal, today: date, opening: FormOpening) -> None:
        super().__init__()
        self._journal = journal
        self._today = today
        self._win = opening.win
        self._clean = win_fields(opening.win, journal) if opening.win else WinFields()
        self._fields = opening.fields or self._clean
        self._opened_by = self._fields.opened_by
        self._proof = self._fields.proof
        self._plain = "yes" if opening.win else self._fields.plain
        self._filled: tuple[WinFields, WinFields] | None = None
        others = (win for win in journal.live() if opening.win is None or win.id != opening.win.id)
        self._recent = [win for win in others if abs((win.happened_on - today).days) <= WITHIN_DAYS][-_MAX_RECENT:]
        self._problem = opening.problem
        self._has_answered = False

    def compose(self) -> ComposeResult:
        """Yield one line per field, and the story below."""
        with VerticalScroll(classes="dialog form", can_focus=False):
            yield Label("Edit win" if self._win else "Add a win", classes="dialog--title")
            yield _TitleInput(self._fields.title, placeholder="What went right?", id="title", compact=True)
            yield Label(id="understood", classes="form--aside", markup=False)
            with Grid(classes="form--fields"):
                yield from self._small_fields()
            yield Hints(("ctrl+e", "Story (ctrl+e opens your editor)"))
            yield TextBox(
                self._fields.story,
                id="story",
                compact=True,
                tab_behavior="focus",
                placeholder="What happened, and how did it feel?",
            )
            yield Label(id="problem", classes="form--problem", markup=False)
            yield DialogButtons(("Save (ctrl+s)", "save"), ("Discard", "discard"), ("Close (esc)", "leave"))

    def _small_fields(self) -> Iterator[Widget]:
        given = self._fields
        goals = [text.clean_line(name) for name in goal_names(self._journal)]
        yield Label("When")
        yield TextInput(given.when, id="when", compact=True)
        yield Label(id="day", classes="form--aside", markup=False)
        yield Label("Goal")
        yield TextInput(
            given.goal,
            placeholder="Where does it lead?",
            suggester=SuggestFromList(goals, case_sensitive=False),
            id="goal",
            compact=True,
        )
        yield Label(id="new-goal", classes="form--aside", markup=False)
        yield Label("Tags")
        yield TextInput(given.tags, placeholder="talk, course", id="tags", compact=True)
        yield Label()
        yield Label("Opened by")
        yield Button(self._opener(), id="opened-by", compact=True)
        if self._carries_proof:
            yield Label("Proof")
            yield Button(self._told(), id="proof", compact=True)

    def on_mount(self) -> None:
        """Begin at the title."""
        self._say(self._problem)
        self._comment()
        self.query_one("#title", Input).focus()

    def _opener(self) -> Content:
        win = self._journal.wins.get(self._opened_by)
        return Content(f"⇠ {text.clean_line(win.title)}" if win else "Nothing yet (enter to choose)")

    @property
    def _carries_proof(self) -> bool:
        """Whether the win is a real one, or was when something was told of it."""
        return self._win is not None and (self._win.verdict is Verdict.REAL or self._fields.proof != NO_PROOF)

    def _told(self) -> Content:
        told = told_parts(self._proof)
        return Content(f"{told} of 5 parts told" if self._proof != NO_PROOF else "Nothing yet (enter to tell)")

    @on(Button.Pressed, "#proof")
    def _tell_proof(self) -> None:
        from tui.dialogs.proof_form import ProofForm  # noqa: PLC0415 - few forms open it

        before = self._proof
        self.app.push_screen(
            ProofForm(self._fields.title, before, lambda typed: self._take_proof(typed or before)),
            lambda proof: self._take_proof(before if proof is None else proof),
        )

    def _take_proof(self, proof: Proof) -> None:
        self._proof = proof
        self.query_one("#proof", Button).label = self._told()
        self._typed()

    def fields(self) -> WinFields:
        """Return the form as it stands."""
        typed = {name: self.query_one(f"#{name}", Input).value for name in ("title", "when", "goal", "tags")}
        story = self.query_one("#story", TextArea).text
        parts = structs.asdict(self._proof)
        return WinFields(story=story, opened_by=self._opened_by, plain=self._plain, **typed, **parts)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        fields = self.fields()
        if fields != self._fields:
            self._fields = fields
            self._say("")
        self._comment()
        if not self._has_answered:
            key = ("win", self._win.id if self._win else None)
            self.post_message(DraftChanged(key, structs.asdict(fields) if self._says_something(fields) else None))

    def _says_something(self, fields: WinFields) -> bool:
        return structs.replace(fields, plain=self._clean.plain) != self._clean

    def _comment(self) -> None:
        """Say beside each field what it is understood as, before anything is saved."""
        filled = fill_fields(self._fields, self._journal, self._today)
        self._show("#understood", self._understood(self._fields))
        self._show("#day", self._day(filled.when))
        is_new = text.clean_line(filled.goal) and find_goal(self._journal, filled.goal) is None
        self._show("#new-goal", "new goal" if is_new else "")

    def _show(self, label: str, words: str | Content) -> None:
        self.query_one(label, Label).update(words)

    def _understood(self, fields: WinFields) -> Content:
        """Return what the title says beside a title, or that it was written before."""
        line = read_title(fields, self._journal, self._today)
        if line.understood:
            return _toggle(f"{line.describe(self._today)}  ", "ctrl+t as typed")
        if self._filled is not None and fields.title == self._filled[1].title:
            return _toggle("Filled in below  ", "ctrl+t as typed")
        plain = structs.replace(fields, plain="")
        if not self._win and read_title(plain, self._journal, self._today).understood:
            return _toggle("As typed  ", "ctrl+t reads date, #tag and @goal")
        twin = find_duplicate(self._recent, line.title, self._today) if line.title else None
        return Content(f"You wrote this on {weekday_date(twin.happened_on, self._today)} too." if twin else "")

    def _day(self, words: str) -> str:
        try:
            day = parse_past(words or "today", self._today)
        except SmallWinsError:
            return "not a past day"  # there is room for no more; saving it says why
        return f"{weekday_date(day)} {day.year}"

    @on(TextInput.MoreLinesPasted)
    def _more_pasted(self, message: TextInput.MoreLinesPasted) -> None:
        """Put the lines after a title into the story."""
        story = self.query_one("#story", TextArea)
        story.text = "\n".join(filter(None, (story.text.rstrip(), message.lines)))

    @on(DescendantBlur)
    def _left_title(self, event: DescendantBlur) -> None:
        """Fill the fields that the title names, once it is written."""
        if event.widget.id == "title" and self.is_on_top:
            typed = self.fields()
            filled = fill_fields(typed, self._journal, self._today)
            if filled != typed:
                self._filled = (typed, filled)
                self._fill(filled)

    def _fill(self, fields: WinFields) -> None:
        for name in ("title", "when", "goal", "tags"):
            self.query_one(f"#{name}", Input).value = getattr(fields, name)

    def action_plain(self) -> None:
        """Take the title as it was typed, also where its date, tags and goal were filled in; or read it again."""
        if self._win is not None:
            return
        self._plain = "" if self._plain else "yes"
        if self._filled is not None:
            typed, self._filled = self._filled[0], None
            self._fill(typed)
        self._typed()

    @on(Button.Pressed, "#opened-by")
    def _choose_opener(self) -> None:
        win = self._win.id if self._win else ""
        wins = openers_of(self.fields(), self._journal, self._today, win)
        self.app.push_screen(
            WinPicker(wins, title="Which win led to it?"),
            self._opener_chosen,
        )

    def _opener_chosen(self, chosen: str | None) -> None:
        if chosen is not None:
            self._opened_by = chosen
            self.query_one("#opened-by", Button).label = self._opener()
            self._typed()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Return what the form says, or say what can't be parsed."""
        try:
            parsed = parse_fields(self.fields(), self._journal, self._today)
        except SmallWinsError as error:
            self._say(str(error))
            return
        self._answer(parsed)

    def _answer(self, result: WinFormResult | WinFields | None) -> None:
        self._has_answered = True
        self.dismiss(result)

    def action_outside(self) -> None:
        """Open the story in the person's own editor ($VISUAL or $EDITOR), and take over what they saved."""
        from tui.system.editor import EditorResult, edit_text  # noqa: PLC0415 - only this key pays for it

        story = self.query_one("#story", TextArea)
        try:
            with self.app.suspend():
                edited = edit_text(story.text)
        except SuspendNotSupported:
            edited = EditorResult(problem="No editor can be opened from here.")
        if edited.text is not None:
            story.text = text.clean_text(edited.text).strip()
            self._fields = self.fields()  # so that what the editor's text changes doesn't take the problem off
        self._say(edited.problem)

    def _say(self, problem: str) -> None:
        label = self.query_one("#problem", Label)
        label.update(problem)
        label.display = bool(problem)

    def action_discard(self) -> None:
        """Close without keeping anything."""
        self._answer(None)

    def action_leave(self) -> None:
        """Close at once; what was written is kept as a draft."""
        fields = self.fields()
        self._answer(fields if self._says_something(fields) else None)


def _toggle(words: str, key: str) -> Content:
    """Return words, and a key that a click presses, too."""
    return Content.assemble(words, Content(key).stylize(Style.from_meta({"@click": "screen.plain"})))
