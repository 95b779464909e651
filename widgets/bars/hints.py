"""The keys of a dialog, in words: a click on one presses it, so that the mouse alone is enough."""

from textual.content import Content
from textual.style import Style
from textual.widgets import Label


class Hints(Label):
    """Says what some keys do; each is pressed by a click."""

    DEFAULT_CSS = """
    Hints {
        width: 1fr;
        color: $text-muted;
        link-color: $text-muted;
        link-style: none;
        link-color-hover: $text;
        link-background-hover: $panel;
        link-style-hover: none;
    }
    """

    def __init__(self, *hints: tuple[str, str], gap: str = "   ", classes: str = "") -> None:
        """Make the line.

        Args:
            hints: The name of each key, and the words that say what it does.
            gap: What stands between two of them.
            classes: Of the widget.
        """
        said = Content(gap).join(Content(words).stylize(_pressing(key)) for key, words in hints)
        super().__init__(said, classes=classes)


def _pressing(key: str) -> Style:
    return Style.from_meta({"@click": f"app.simulate_key('{key}')"})
