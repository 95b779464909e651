"""Where a review stands: its week, its parts, and how much of the current one is done."""

from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

_GAP: Final = 3
_DONE: Final = " ✓"


class Stage(Struct, frozen=True):
    """One part of a review.

    Attributes:
        key: Its id.
        name: Its name.
        count: Such as "3 of 8", or "".
        done: Whether nothing in it waits for an answer.
        here: Whether it is the current one.
    """

    key: str
    name: str
    count: str = ""
    done: bool = False
    here: bool = False

    @property
    def label(self) -> str:
        """The part as it is drawn."""
        if self.here:
            return f"{self.name} {self.count}".rstrip()
        return f"{self.name}{_DONE if self.done else ''}"


class Progress(Widget):
    """The title on the left and the parts on the right; in a narrow terminal the current part alone.

    Attributes:
        title: What is reviewed.
        stages: The parts.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"progress--title", "progress--stage", "progress--here"}
    DEFAULT_CSS = """
    Progress {
        height: 1;
        .progress--title { color: $text-muted; }
        .progress--stage { color: $text-muted; }
        .progress--here { color: $accent; text-style: bold; }
    }
    """
    ALLOW_SELECT = False

    title: reactive[str] = reactive("")
    stages: reactive[Sequence[Stage]] = reactive(())

    class StageClicked(Message):
        """A part was clicked.

        Attributes:
            key: Its id.
        """

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def render(self) -> Content:
        """Draw the title and the parts."""
        width = self.content_size.width
        title = Content.styled(self.title, self._style("title"))
        right = Content(" " * _GAP).join(self._drawn(stage) for stage in self._shown())
        return Content.assemble(title, " " * max(_GAP, width - title.cell_length - right.cell_length), right)

    def _shown(self) -> Sequence[Stage]:
        """Return the parts there is room for: all, or the current one with its place among them."""
        if cell_len(self.title) + _GAP + self._width() <= self.content_size.width:
            return self.stages
        count = len(self.stages)
        return [
            Stage(stage.key, f"{index} of {count} · {stage.name}", stage.count, stage.done, here=True)
            for index, stage in enumerate(self.stages, 1)
            if stage.here
        ]

    def _width(self) -> int:
        return sum(cell_len(stage.label) + _GAP for stage in self.stages) - _GAP

    def _drawn(self, stage: Stage) -> Content:
        return Content.styled(stage.label, self._style("here" if stage.here else "stage"))

    def _style(self, name: str) -> str:
        return str(self.get_visual_style(f"progress--{name}"))

    def on_click(self, event: events.Click) -> None:
        """Tell which part was clicked."""
        event.stop()
        offset = event.get_content_offset(self)
        right = self.content_size.width
        for stage in reversed(self._shown()):
            left = right - cell_len(stage.label)
            if offset is not None and left <= offset.x < right:
                self.post_message(self.StageClicked(stage.key))
            right = left - _GAP
