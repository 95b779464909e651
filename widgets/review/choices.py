"""A few answers in words, each with its key, that flow over as many lines as they need."""

from typing import ClassVar, Final

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

_GAP: Final = 3


class Choice(Struct, frozen=True):
    """One answer: the key that gives it, and its words, which are ours and never a person's."""

    key: str
    words: str

    @property
    def label(self) -> str:
        """The answer as it is drawn."""
        return f"{self.key} {self.words}"


class Choices(Widget):
    """Answers to choose from.

    Attributes:
        choices: The answers.
        chosen: The key of the one that was given before, or None.
        pointed: The key of the one under the mouse, or None.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--key", "choices--words", "choices--chosen"}
    DEFAULT_CSS = """
    Choices {
        height: auto;
        .choices--key { color: $accent; text-style: bold; }
        .choices--words { color: $foreground; }
        .choices--chosen { color: $accent; text-style: bold underline; }
    }
    """
    ALLOW_SELECT = False

    choices: reactive[tuple[Choice, ...]] = reactive((), layout=True)
    chosen: reactive[str | None] = reactive(None)
    pointed: reactive[str | None] = reactive(None)

    class ChoiceClicked(Message):
        """An answer was clicked.

        Attributes:
            key: Its key.
        """

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *choices: Choice) -> None:
        super().__init__()
        self.set_reactive(Choices.choices, choices)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as Textual has it
        """Return the lines that the answers need."""
        return max(1, len(self._rows(width)))

    def _rows(self, width: int) -> list[list[tuple[int, Choice]]]:
        """Return the answers of each line with the column they start in: all on one line, or in even columns."""
        widths = [cell_len(choice.label) for choice in self.choices]
        for gap in (_GAP, _GAP - 1):
            if sum(widths) + gap * (len(widths) - 1) <= width:
                return [[(sum(widths[:at]) + gap * at, choice) for at, choice in enumerate(self.choices)]]
        step = max(widths) + _GAP
        count = max(1, (width + _GAP) // step)
        rows = [self.choices[start : start + count] for start in range(0, len(widths), count)]
        return [[(column * step, choice) for column, choice in enumerate(row)] for row in rows]

    def render(self) -> Content:
        """Draw the answers."""
        return Content("\n").join(self._line(row) for row in self._rows(self.content_size.width))

    def _line(self, row: list[tuple[int, Choice]]) -> Content:
        line = Content("")
        for column, choice in row:
            line = Content.assemble(line, " " * (column - line.cell_length), self._drawn(choice))
        return line

    def _drawn(self, choice: Choice) -> Content:
        lit = choice.key in (self.chosen, self.pointed)
        key, words = self._style("key"), self._style("chosen" if lit else "words")
        return Content.assemble((f"{choice.key} ", key), (choice.words, words))

    def _style(self, name: str) -> str:
        return str(self.get_visual_style(f"choices--{name}"))

    def _under(self, event: events.MouseEvent) -> str | None:
        offset = event.get_content_offset(self)
        rows = self._rows(self.content_size.width)
        if offset is None or offset.y >= len(rows):
            return None
        row = rows[offset.y]
        return next((one.key for left, one in row if left <= offset.x < left + cell_len(one.label)), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light up what the mouse points at."""
        self.pointed = self._under(event)

    def on_leave(self) -> None:
        """Look away."""
        self.pointed = None

    def on_click(self, event: events.Click) -> None:
        """Tell which was clicked."""
        event.stop()
        if (key := self._under(event)) is not None:
            self.post_message(self.ChoiceClicked(key))
