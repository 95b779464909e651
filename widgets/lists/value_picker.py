"""A few values to choose from, beside each other."""

from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from data.model.goal_values import GOAL_VALUES, MOST_VALUES

_COLUMN: Final = max(map(len, GOAL_VALUES)) + 5
"""Cells from one value to the next: its sign, its name and a gap."""
_SIGNS: Final = {True: "● ", False: "○ "}


class ValuePicker(Widget, can_focus=True):
    """Values that are chosen with the arrows and space, or with a click; at most `MOST_VALUES`, the first one goes.

    Attributes:
        at: The place of the cursor.
        chosen: The chosen values, in the order of choosing.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"valuepicker--chosen", "valuepicker--cursor"}
    DEFAULT_CSS = """
    ValuePicker {
        height: auto;
        .valuepicker--chosen { color: $accent; text-style: bold; }
        .valuepicker--cursor { background: $primary 30%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", "next", id="values.next", show=False, tooltip="The next value"),
        Binding("left", "step(-1)", "before", id="values.before", show=False, tooltip="The value before"),
        Binding("down", "row(1)", "row below", id="values.down", show=False, tooltip="The row below"),
        Binding("up", "row(-1)", "row above", id="values.up", show=False, tooltip="The row above"),
        Binding("space,enter", "choose", "choose", id="values.choose", key_display="space", tooltip="Choose a value"),
    ]

    at: reactive[int] = reactive(0)
    chosen: reactive[tuple[str, ...]] = reactive(())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as Textual has it
        """Return the lines that the values need."""
        return -(-len(GOAL_VALUES) // self._columns(width))

    @staticmethod
    def _columns(width: int) -> int:
        return max(1, width // _COLUMN)

    def render(self) -> Content:
        """Draw the values in even columns."""
        columns = self._columns(self.content_size.width)
        drawn = [self._drawn(index) for index in range(len(GOAL_VALUES))]
        rows = [drawn[start : start + columns] for start in range(0, len(drawn), columns)]
        return Content("\n").join(Content("").join(row) for row in rows)

    def _drawn(self, index: int) -> Content:
        value = GOAL_VALUES[index]
        styles = [self._style("chosen")] if value in self.chosen else []
        if self.has_focus and index == self.at:
            styles.append(self._style("cursor"))
        name = f"{_SIGNS[value in self.chosen]}{value}"
        return Content.assemble(Content.styled(name, " ".join(styles)), " " * (_COLUMN - len(name)))

    def _style(self, name: str) -> str:
        return str(self.get_visual_style(f"valuepicker--{name}"))

    def action_step(self, by: int) -> None:
        """Go to the next value, or the one before."""
        self.at = (self.at + by) % len(GOAL_VALUES)

    def action_row(self, by: int) -> None:
        """Go to the row below or above; from the last one leave."""
        at = self.at + by * self._columns(self.content_size.width)
        if 0 <= at < len(GOAL_VALUES):
            self.at = at
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_choose(self) -> None:
        """Choose the value under the cursor, or no longer."""
        value = GOAL_VALUES[self.at]
        without = tuple(one for one in self.chosen if one != value)
        self.chosen = without if value in self.chosen else (*without, value)[-MOST_VALUES:]

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        event.stop()
        offset = event.get_content_offset(self)
        columns = self._columns(self.content_size.width)
        if offset is not None and offset.x < columns * _COLUMN:
            index = offset.y * columns + offset.x // _COLUMN
            if index < len(GOAL_VALUES):
                self.at = index
                self.action_choose()
