"""What the answers add up to: a bar for each test, and the suggestion with its reasons as soon as there is one."""

from typing import ClassVar, Final

from msgspec import structs
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from data.base.formatting import percent
from data.model.assessment import REAL_FROM, test_scores
from data.model.records import NO_ANSWERS, Answers

_NAME_WIDTH: Final = 12
"""Columns of a test's name."""
_BAR_WIDTH: Final = 20
"""Cells of a full bar at most."""


class ScoreBars(Widget):
    """Three bars. They change at once with any answer, kept or tried.

    Attributes:
        answers: What counts.
        doors: Titles of the later wins it opened, a person's text.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"scores--name", "scores--real", "scores--candy", "scores--rest"}
    DEFAULT_CSS = """
    ScoreBars {
        height: 3;
        .scores--name { color: $text-muted; }
        .scores--real { color: $real; }
        .scores--candy { color: $candy; }
        .scores--rest { color: $panel; }
    }
    """

    answers: reactive[Answers] = reactive(NO_ANSWERS)
    doors: reactive[tuple[str, ...]] = reactive(())

    def render(self) -> Content:
        """Draw a line for each test."""
        weighed = structs.replace(self.answers, door=5) if self.doors else self.answers
        return Content("\n").join(self._row(test, score) for test, score in test_scores(weighed).items())

    def _row(self, test: str, score: float | None) -> Content:
        name = (test.ljust(_NAME_WIDTH), self._style("name"))
        if score is None:
            return Content.assemble(name, ("···", self._style("name")))
        full = round(score * _BAR_WIDTH)
        bar = ("█" * full, self._style("real")) if score >= REAL_FROM else ("█" * full, self._style("candy"))
        rest = ("░" * (_BAR_WIDTH - full), self._style("rest"))
        return Content.assemble(name, bar, rest, (f"  {percent(score):>6}", self._style("name")))

    def _style(self, name: str) -> str:
        return str(self.get_visual_style(f"scores--{name}"))
