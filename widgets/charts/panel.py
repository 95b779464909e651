"""A chart with its title and legend above, and what it says in words below."""

from collections.abc import Callable

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from data.figures.chart_data import ChartData


def _nothing(_data: ChartData) -> Content:
    return Content("")


def _always(_data: ChartData) -> bool:
    return True


class PanelSpec(Struct, frozen=True):
    """One panel of the Momentum page; to add a chart is to add one of these.

    Attributes:
        id: The panel's id.
        title: What it is about.
        legend: What its marks mean.
        chart: Makes the widget, which has a method `show(data)` that draws other figures.
        sentence: What the figures say; may hold a person's text, and is never read as markup.
        figure: What stands beside the title, such as today's figure.
        visible: Whether there is something to show.
    """

    id: str
    title: str
    legend: Content
    chart: Callable[[], Widget]
    sentence: Callable[[ChartData], str]
    figure: Callable[[ChartData], Content] = _nothing
    visible: Callable[[ChartData], bool] = _always


class Panel(Vertical):
    """Title, legend, chart and one sentence."""

    DEFAULT_CSS = """
    Panel {
        height: auto;
        padding: 0 1;
        & > .panel--head { height: 1; }
        & > .panel--head > .panel--title { width: auto; padding-right: 3; }
        & > .panel--head > .panel--legend { width: 1fr; color: $text-muted; }
        & > .panel--sentence { height: auto; color: $text-muted; padding-left: 1; }
    }
    """

    def __init__(self, spec: PanelSpec) -> None:
        super().__init__(id=spec.id)
        self._spec = spec
        self._title = Static(Content(spec.title).stylize("bold"), classes="panel--title")
        self._chart = spec.chart()
        self._sentence = Static(classes="panel--sentence")

    def compose(self) -> ComposeResult:
        """Yield the three rows."""
        with Horizontal(classes="panel--head"):
            yield self._title
            yield Static(self._spec.legend, classes="panel--legend")
        yield self._chart
        yield self._sentence

    def show(self, data: ChartData) -> None:
        """Show other figures, or nothing where there are none."""
        spec = self._spec
        self.display = spec.visible(data)
        if not self.display:
            return
        figure = spec.figure(data)
        self._title.update(Content.assemble((spec.title, "bold"), "   " if figure else "", figure))
        self._chart.show(data)  # type: ignore[attr-defined]
        sentence = spec.sentence(data)
        self._sentence.update(Content(sentence))
        self._sentence.display = bool(sentence)
