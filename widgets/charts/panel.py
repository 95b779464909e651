"""A chart with its title and legend above, and what it says in words below."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static


class Panel(Vertical):
    """Title, legend, chart and one sentence.

    Attributes:
        sentence: What the figures say; may hold a person's text, and is never read as markup.
    """

    DEFAULT_CSS = """
    Panel {
        height: auto;
        padding: 0 1;
        & > .panel--head { height: 1; }
        & > .panel--head > .panel--title { width: auto; text-style: bold; padding-right: 3; }
        & > .panel--head > .panel--legend { width: 1fr; color: $text-muted; }
        & > .panel--sentence { height: auto; color: $text-muted; padding-left: 1; }
    }
    """

    sentence: reactive[str] = reactive("", init=False)

    def __init__(self, title: str, legend: Content, chart: Widget, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title = title
        self._legend = legend
        self._chart = chart

    def compose(self) -> ComposeResult:
        """Yield the three rows."""
        with Horizontal(classes="panel--head"):
            yield Static(Content(self._title), classes="panel--title")
            yield Static(self._legend, classes="panel--legend")
        yield self._chart
        yield Static(Content(self.sentence), classes="panel--sentence")

    def watch_sentence(self, sentence: str) -> None:
        """Say something else."""
        for static in self.query(".panel--sentence").results(Static):
            static.update(Content(sentence))
