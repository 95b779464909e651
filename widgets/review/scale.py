"""One question of a test: its words, and a scale from 1 to 5 between its two poles, for keys and mouse."""

from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from data.model.assessment import QUESTIONS, Question

_KEPT: Final = "❶❷❸❹❺"
"""An answer that is kept is solid."""
_TRIED: Final = "①②③④⑤"
"""One that is only tried is hollow."""
_LOW_WIDTH: Final = max(len(question.low) for question in QUESTIONS)
_HIGH_WIDTH: Final = max(len(question.high) for question in QUESTIONS)
BESIDE: Final = _LOW_WIDTH + _HIGH_WIDTH + 23
"""Columns from which the poles stand beside the scale; in fewer they stand under its ends."""


class Scale(Widget, can_focus=True):
    """A question and its scale. Every question's numbers stand in the same columns, so that the eye can rest.

    Attributes:
        question: What is asked.
        answer: The answer that is kept, 1 to 5, or None.
        trial: An answer that is only tried by the arrows or the mouse, or None.
        alone: Whether it is the only question asked of its test, as in quick mode.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "scale--words",
        "scale--test",
        "scale--pole",
        "scale--line",
        "scale--chosen",
    }
    DEFAULT_CSS = """
    Scale {
        height: 4;
        .scale--words { text-style: bold; }
        .scale--test { color: $text-muted; }
        .scale--pole { color: $text-muted; }
        .scale--line { color: $text-muted; }
        .scale--chosen { color: $accent; text-style: bold; }
    }
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "answer(1)", "answer", key_display="1-5", id="scale.1", tooltip="Answer the question"),
        *(Binding(str(n), f"answer({n})", "answer", id=f"scale.{n}", show=False) for n in range(2, 6)),
        Binding("left", "try_next(-1)", "less", id="scale.less", show=False, tooltip="See what a lower answer changes"),
        Binding(
            "right", "try_next(1)", "more", id="scale.more", show=False, tooltip="See what a higher answer changes"
        ),
        Binding("enter", "keep", "keep", id="scale.keep", show=False, tooltip="Keep this answer"),
    ]

    question: reactive[Question] = reactive(QUESTIONS[0])
    answer: reactive[int | None] = reactive(None)
    trial: reactive[int | None] = reactive(None)
    alone: reactive[bool] = reactive(False)

    class Rated(Message):
        """The person answered.

        Attributes:
            answer: 1 to 5.
        """

        def __init__(self, answer: int) -> None:
            super().__init__()
            self.answer = answer

    class Tried(Message):
        """The person looks at what an answer would change.

        Attributes:
            answer: 1 to 5, or None when they look away.
        """

        def __init__(self, answer: int | None) -> None:
            super().__init__()
            self.answer = answer

    class ScaleSkipped(Message):
        """The person skips the question."""

    def ask(self, question: Question, answer: int | None, *, alone: bool = False) -> None:
        """Ask a question, with the answer it has."""
        self.set_reactive(Scale.trial, None)
        self.question, self.answer, self.alone = question, answer, alone
        self.refresh()

    def render(self) -> Content:
        """Draw the words, the scale and, where there is no room beside it, the poles under it."""
        beside = self.content_size.width >= BESIDE
        return Content("\n").join([self._words(), Content(""), *(self._wide() if beside else self._narrow())])

    def _words(self) -> Content:
        of_test = [question for question in QUESTIONS if question.test == self.question.test]
        count = "" if self.alone else f", {of_test.index(self.question) + 1} of {len(of_test)}"
        place = f"{self.question.test}{count}"
        words = Content.styled(self.question.words, self._style("words"))
        room = self.content_size.width - words.cell_length - len(place)
        if room < 1:
            return words
        return Content.assemble(words, " " * room, (place, self._style("test")))

    def _wide(self) -> list[Content]:
        low = (self.question.low.rjust(_LOW_WIDTH), self._style("pole"))
        high = (self.question.high, self._style("pole"))
        return [Content.assemble(low, " " * 3, self._line(), " " * 3, high)]

    def _narrow(self) -> list[Content]:
        low, high = self.question.low, self.question.high
        poles = f"{low}{high.rjust(self._numbers()[-1] + 1 - len(low))}"
        return [self._line(), Content.styled(poles, self._style("pole"))]

    def _dash(self) -> int:
        """Return the columns between two numbers: under it both poles must fit, with a gap between them."""
        width = self.content_size.width
        return min(7, (width - _LOW_WIDTH - _HIGH_WIDTH - 11) // 4) if width >= BESIDE else min(9, (width - 5) // 4)

    def _numbers(self) -> list[int]:
        """Return the column of each number, from the left edge of the content."""
        start = _LOW_WIDTH + 3 if self.content_size.width >= BESIDE else 0
        return [start + index * (self._dash() + 1) for index in range(5)]

    def _line(self) -> Content:
        dash = (f" {'─' * (self._dash() - 2)} ", self._style("line"))
        parts: list[Content | tuple[str, str]] = []
        for number in range(1, 6):
            parts += [dash] if number > 1 else []
            parts.append((self._mark(number), self._style("chosen") if number in (self.answer, self.trial) else ""))
        return Content.assemble(*parts)

    def _mark(self, number: int) -> str:
        if number == self.trial and number != self.answer:
            return _TRIED[number - 1]
        return _KEPT[number - 1] if number == self.answer else str(number)

    def _style(self, name: str) -> str:
        return str(self.get_visual_style(f"scale--{name}"))

    def action_answer(self, answer: int) -> None:
        """Answer; what is kept is drawn once it is."""
        self.trial = None
        self.post_message(self.Rated(answer))

    def action_try_next(self, by: int) -> None:
        """Try the answer beside the one that is tried or kept; from none begin in the middle."""
        current = self.trial or self.answer
        self._try(3 if current is None else min(max(current + by, 1), 5))

    def action_keep(self) -> None:
        """Keep the answer that is tried; without one the question stays as it is."""
        if self.trial is not None:
            self.action_answer(self.trial)
        else:
            self.post_message(self.ScaleSkipped())

    def _try(self, answer: int | None) -> None:
        if answer != self.trial:
            self.trial = answer
            self.post_message(self.Tried(answer))

    def _under(self, event: events.MouseEvent) -> int | None:
        """Return the number under the mouse, with the dashes beside it; the poles stand for 1 and 5."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < 2:  # noqa: PLR2004 - words and a blank line come first
            return None
        near = [abs(offset.x - column) for column in self._numbers()]
        return near.index(min(near)) + 1

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Try what the mouse points at."""
        self._try(self._under(event))

    def on_leave(self) -> None:
        """Look away."""
        self._try(None)

    def on_click(self, event: events.Click) -> None:
        """Answer what was clicked."""
        event.stop()
        if (answer := self._under(event)) is not None:
            self.action_answer(answer)
