"""The terminal driver, told not to make up where a dragged card was let go."""

from threading import Event

from textual.driver import Driver
from textual.events import MouseMove
from textual.message import Message

from widgets.drag import DragArea


def honest(driver: type[Driver]) -> type[Driver]:
    """Return a driver that leaves a release that no terminal reported to a drag itself.

    When the pointer is back without a button held, Textual supposes that it was let go at the last cell it was seen on,
    and says so. That would drop a card that was let go beyond the terminal; the area it is dragged in sees for itself
    that the button is up, and lets the card go back.
    """

    class Honest(driver):  # type: ignore[misc, valid-type]  # which driver it is depends on the system
        def process_message(self, message: Message) -> None:
            """Forget the button that went up unseen while a card was dragged."""
            unseen = isinstance(message, MouseMove) and not message.button
            if unseen and isinstance(self._app.mouse_captured, DragArea):
                self._down_buttons.clear()
            super().process_message(message)

        def start_application_mode(self) -> None:
            """Look for keys, after a pause as well."""
            self._end(over=False)
            super().start_application_mode()

        def close(self) -> None:
            """End the thread that waits for keys; where a terminal is gone for good it would look for some for ever."""
            super().close()
            self._end(over=True)

        def _end(self, *, over: bool) -> None:
            ended = getattr(self, "exit_event", None)
            if isinstance(ended, Event):
                ended.set() if over else ended.clear()

    return Honest
