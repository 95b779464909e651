"""The line of keys below every page: the few that matter now, drawn as one line.

Textual's own footer is a widget for each key, made again whenever the focus moves; that cost more than all else that
happens when a card is moved.
"""

from typing import ClassVar, Final

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from data.base.text import clean_line, fixed_width
from widgets.base.cells import cells

_GAP: Final = 2


class Hint(Struct, frozen=True):
    """One key: what to press, as it is shown, and what it does."""

    key: str
    shown: str
    words: str

    @property
    def width(self) -> int:
        """Cells it takes."""
        return cells(self.shown) + 1 + cells(self.words)


class KeyBar(Widget):
    """Shows the bindings with `show`, in order, while there is room, and always the last; a click presses the key."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key", "keybar--words"}
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $footer-background;
        .keybar--key { color: $footer-key-foreground; text-style: bold; }
        .keybar--words { color: $footer-description-foreground; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[Hint, ...] = ()

    def on_mount(self) -> None:
        """Listen for changes of the keys that work."""
        self.screen.bindings_updated_signal.subscribe(self, self._read)

    def _read(self, screen: Screen[object]) -> None:
        """Take the keys that work now; the same action twice is shown by its first key."""
        active = [each for each in screen.active_bindings.values() if each.binding.show and each.enabled]
        by_action = {each.binding.action: each.binding for each in reversed(active)}
        order = dict.fromkeys(each.binding.action for each in active)
        hints = tuple(
            Hint(
                binding.key,
                fixed_width(self.app.get_key_display(binding)),
                fixed_width(clean_line(binding.description)),
            )
            for binding in (by_action[action] for action in order)
        )
        if hints != self._hints:
            self._hints = hints
            self.refresh()

    def _fitting(self) -> list[tuple[int, Hint]]:
        """Return the cell where each whole hint begins; the last one, help, lists what had no room."""
        placed: list[tuple[int, Hint]] = []
        at = 0
        reserved = _GAP + self._hints[-1].width if self._hints else 0
        for hint in self._hints:
            if hint is self._hints[-1]:
                reserved = 0
            if at + hint.width + reserved <= self.size.width:
                placed.append((at, hint))
                at += hint.width + _GAP
        return placed

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        del y  # there is only one
        key, words = self._ink("key"), self._ink("words")
        parts: list[Segment] = []
        for at, hint in self._fitting():
            gap = " " * _GAP if at else ""
            parts += [Segment(f"{gap}{hint.shown}", key), Segment(f" {hint.words}", words)]
        return Strip(parts).adjust_cell_length(self.size.width, self.rich_style)

    def _ink(self, part: str) -> Style:
        return self.rich_style + self.get_component_rich_style(f"keybar--{part}")

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        at = event.get_content_offset(self)
        for start, hint in self._fitting():
            if at is not None and start <= at.x < start + hint.width:
                self.app.simulate_key(hint.key)
