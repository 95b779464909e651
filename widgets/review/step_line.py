"""The open steps in one line, so that a plan stays in sight until it is done."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive, var
from textual.widget import Widget

from data.base.text import fixed_width
from data.model.journal import Journal
from data.model.records import Step

_DONE: Final = "x done"
_GAP: Final = 3


class StepLine(Widget):
    """The next open step with its day and hour, how to get it done, and how many more are open.

    Attributes:
        journal: Whose open steps are shown.
        steps: The open steps, the next one first.
        today: The local date.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"stepline--step", "stepline--key", "stepline--more"}
    DEFAULT_CSS = """
    StepLine {
        height: 1;
        padding: 0 1;
        .stepline--step { color: $foreground; }
        .stepline--key { color: $accent; }
        .stepline--more { color: $text-muted; }
    }
    """
    ALLOW_SELECT = False

    journal: var[Journal] = var(Journal, init=False, always_update=True)
    steps: reactive[Sequence[Step]] = reactive(())
    today: reactive[date] = reactive(date.min)

    def on_mount(self) -> None:
        """Show what there is."""
        self.watch_journal()

    def watch_journal(self) -> None:
        """Show the steps that are open now; without any the line takes no room."""
        self.steps = _open_steps(self.journal)
        self.display = bool(self.steps)

    def render(self) -> Content:
        """Draw the first step on the left, the rest on the right."""
        if not self.steps:
            return Content("")
        from data.review.steps import describe_step  # noqa: PLC0415 - as below

        more = f"{len(self.steps) - 1} more" if len(self.steps) > 1 else ""
        right = f"{_DONE}{' ' * _GAP}{more}" if more else _DONE
        room = self.content_size.width - cell_len(right) - _GAP
        step = Content(f"→ {fixed_width(describe_step(self.steps[0], self.today))}").truncate(room, ellipsis=True)
        return Content.assemble(
            step.stylize(self._style("step")),
            " " * (room - step.cell_length + _GAP),
            (_DONE, self._style("key")),
            (f"{' ' * _GAP}{more}" if more else "", self._style("more")),
        )

    def _style(self, name: str) -> str:
        return str(self.get_visual_style(f"stepline--{name}"))

    async def on_click(self, event: events.Click) -> None:
        """Do by mouse what the key does."""
        event.stop()
        offset = event.get_content_offset(self)
        start = self.render().plain.rfind(_DONE)
        column = cell_len(self.render().plain[:start])
        if offset is not None and column <= offset.x < column + len(_DONE):
            await self.run_action("screen.finish_step")


def _open_steps(journal: Journal) -> tuple[Step, ...]:
    if not journal.steps:
        return ()
    from data.review.steps import open_steps  # noqa: PLC0415 - a journal without steps is shown a bit sooner

    return tuple(open_steps(journal))
