"""A tiny application to show widgets in, with the themes the real one has."""

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from tui.app.theming import Themed


class Host(Themed):
    """Shows the widgets it is given and keeps the messages they post.

    Attributes:
        posted: Every message of ours that reached the app, in order.
    """

    def __init__(self, *widgets: Widget, css: str = "", theme: str = "smallwins-dark") -> None:
        super().__init__(theme)
        self._shown = widgets
        self.posted: list[Message] = []
        self.stylesheet.add_source(css, read_from=("host", ""))

    def compose(self) -> ComposeResult:
        """Yield the widgets."""
        yield from self._shown

    async def _dispatch_message(self, message: Message) -> None:
        if type(message).__module__.startswith(("widgets.", "tui.")):
            self.posted.append(message)
        await super()._dispatch_message(message)

    def of(self, kind: type[Message]) -> list[Message]:
        """Return the posted messages of one kind."""
        return [message for message in self.posted if isinstance(message, kind)]


def text_of(app: App[None]) -> str:
    """Return what is on the screen as lines of text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
