"""What must not be missed, in as many lines as it needs at the foot of a screen."""

from textual.content import Content
from textual.widgets import Static


class Alert(Static):
    """Says something until it is taken away; what else is on the screen makes room, so it covers nothing.

    Args:
        title: What went wrong, or "".
        words: What to do about it, or what there is to say.
        more: How many wait to be said after this one.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Alert {
        dock: bottom;
        height: auto;
        max-height: 50%;
        padding: 0 1;
        background: $footer-background;
        color: $accent;
    }
    Alert.-problem { color: $error; }
    """

    def __init__(self, title: str, words: str, more: int = 0) -> None:
        mark = "! " if title else ""
        waiting = f" ({more} more)" if more else ""
        said = Content.assemble((mark + title, "bold"), " " if title and words else "", words, (waiting, "dim"))
        super().__init__(said, classes="-problem" if title else "")
