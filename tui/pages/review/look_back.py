"""The part Look back: asked blind, revealed afterwards.

Nothing here may tell the old verdict before it is answered: no mark, no colour, no place, and the same words for every
win. What it opened since is a fact, and shown.
"""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, Static

from data.base.formatting import capitalise, number_word, weekday_date
from data.base.text import clean_line
from data.model.proof import LINK_LIMIT, PartName, ProofPart, next_proof_question
from data.review import lookbacks
from data.review.agenda import ReviewState
from data.review.reviews import REVEALED
from tui.pages.review.sort import CALLS
from tui.pages.review.view import View, door_in_words, doors_of, story_of
from widgets.base.line_input import LineInput
from widgets.review.choices import Choices
from widgets.review.click_line import ClickLine

_CALL_KEYS: Final = frozenset("12345").union(call.key for call in CALLS)


class _ProofField(LineInput):
    """The field that takes the focus after a call; the second press of a key that was pressed twice is no text."""

    def on_key(self, event: Key) -> None:
        """Leave a call out that was made before the question could be read."""
        if event.character in _CALL_KEYS and not self.screen.gate.is_read:  # type: ignore[attr-defined]
            event.stop()
            event.prevent_default()


class LookView(View):
    """One look-back: the question, or what had been said."""

    KEYS: ClassVar[frozenset[str]] = frozenset({"answer", "call letter", "skip", "edit", "trash", "goal"})

    class ProofTold(Message):
        """One part of the story of a win was told.

        Attributes:
            part: The name of the part.
            words: As typed.
        """

        def __init__(self, part: PartName, words: str) -> None:
            super().__init__()
            self.part = part
            self.words = words

    def __init__(self) -> None:
        super().__init__()
        self._part: ProofPart | None = None
        self._win = ""

    def compose(self) -> ComposeResult:
        """Yield the win, what it opened, the question, what had been said, and room to tell more of it."""
        yield Static(classes="lead")
        yield Static(classes="title")
        yield Static(classes="about")
        yield Static(classes="story")
        yield Static(classes="since")
        yield Static(classes="ask")
        yield Choices(*CALLS)
        yield Static(classes="told")
        yield Static(classes="proof")
        with Horizontal(classes="field"):
            yield _ProofField(max_length=LINK_LIMIT)
        yield Static(classes="problem")
        yield ClickLine(classes="aside")

    def alive(self) -> frozenset[str]:
        """Once it is revealed, there is nothing to answer."""
        return frozenset() if self.has_class("-told") else self.KEYS

    def show(self, state: ReviewState) -> None:
        """Show the look-back at this position."""
        win = state.journal.wins[state.position.item]
        told = state.position.question == REVEALED
        day = lookbacks.decided_on(win) or win.happened_on
        self.set_class(told, "-told")
        self.say(".lead", f"{_ago((state.today - day).days)} ago")
        self.say(".title", clean_line(win.title))
        self.say(".about", weekday_date(win.happened_on))
        self.say(".story", story_of(win))
        self.say(".since", since(doors_of(state.journal, win), door_in_words(win)))
        self.say(".ask", "" if told else "Knowing what you know now?")
        self.say(".told", lookbacks.describe_reveal(win) if told else "")
        part = next_proof_question(win) if told else None
        with_field = ", with or without an answer" if part is not None else ""
        self.say(".aside", f"enter continues{with_field}" if told else "")
        if part is None or (win.id, part) != (self._win, self._part):  # else it may hold what is being typed
            self._win = win.id
            self._ask_proof(part)

    def _ask_proof(self, part: ProofPart | None) -> None:
        """Ask for one part of the story of a win that survived; an empty line skips it."""
        self._part = part
        self.set_class(part is not None, "-proof")
        self.say(".proof", f"This one is worth telling. {part.question}" if part is not None else "")
        self.say(".problem", "")
        field = self.query_one(LineInput)
        field.value, field.placeholder = "", part.hint if part is not None else ""
        self.screen.set_focus(field if part is not None else None)

    def complain(self, problem: str) -> None:
        """Say what is wrong with what was told."""
        self.say(".problem", problem)

    @on(Input.Submitted)
    def take_proof(self, event: Input.Submitted) -> None:
        """Pass on what was told, or continue from an empty line."""
        event.stop()
        self._continue()

    def _continue(self) -> None:
        told = self.query_one(LineInput).value
        if self._part is None or not clean_line(told):
            self.post_message(self.QuestionSkipped())
        else:
            self.post_message(self.ProofTold(self._part.name, told))

    @on(ClickLine.LineClicked)
    def go_on(self, event: ClickLine.LineClicked) -> None:
        """Continue by mouse, with what was told."""
        event.stop()
        self._continue()


def since(doors: tuple[str, ...], note: str) -> str:
    """Return what a win opened since, and what the person had said it would: facts, and no verdict."""
    linked = f"Since then it opened: {', '.join(doors)}." if doors else "No doors linked since."
    return f"{linked} {note} Did it?" if note else linked


def _ago(days: int) -> str:
    weeks = round(days / 7)
    plain = number_word(weeks) + (" week" if weeks == 1 else " weeks")
    return capitalise(plain)
