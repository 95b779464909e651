"""The two lines below every page: what was just done, and the few keys that matter now.

One widget drawn by lines. Textual's own footer is a widget for each key, made again whenever the focus moves; that cost
more than all else that happens when a card is moved.
"""

from typing import ClassVar, Final

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.events import Click, Leave, MouseEvent, MouseMove
from textual.geometry import Region
from textual.reactive import reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from data.base.text import clean_line, fixed_width
from widgets.base.cells import cells, truncate

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


class Status(Struct, frozen=True):
    """What is said above the keys.

    Attributes:
        words: What was done, or what waits; a person's text is cleaned when it is drawn.
        action: The action of the key that answers it, such as "undo", or "".
        does: What that key does, such as "undoes".
        short: The words where there is less room; "" cuts them.
    """

    words: str
    action: str = ""
    does: str = ""
    short: str = ""


_NOTHING: Final = Status("")


class KeyBar(Widget):
    """Shows what was done in its first line and, in its last, the bindings with `show` while there is room for them.

    The line of what was done is always there, so nothing moves when something is said. A click presses the key under
    it; the last key, help, always has room.

    Attributes:
        status: What was just done.
        resting: What is said while nothing was just done, such as that a review waits.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key", "keybar--words", "keybar--status", "keybar--resting"}
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 2;
        padding: 0 1;
        background: $footer-background;
        .keybar--key { color: $footer-key-foreground; text-style: bold; }
        .keybar--words { color: $footer-description-foreground; }
        .keybar--status { color: $accent; }
        .keybar--resting { color: $foreground; text-style: bold; }
    }
    """

    status: reactive[Status] = reactive(_NOTHING, init=False, repaint=False)
    resting: reactive[Status] = reactive(_NOTHING, init=False, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[Hint, ...] = ()
        self._by_action: dict[str, Binding] = {}
        self._under: str | None = None
        self._is_drawn = False

    def on_mount(self) -> None:
        """Listen for changes of the keys that work."""
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)

    def _keys_changed(self, _screen: Screen[object]) -> None:
        """Draw the keys again if others work now; they change three times before they are first drawn."""
        if self._is_drawn and self._read():
            self.refresh()

    def _read(self) -> bool:
        """Take the keys that work now, an action by its first, and return whether others are shown."""
        active = [each.binding for each in self.screen.active_bindings.values() if each.enabled]
        self._by_action = {binding.action: binding for binding in reversed(active)}
        shown: dict[str, Binding] = {}
        for binding in active:
            if binding.show:
                shown.setdefault(binding.action, binding)
        hints = tuple(map(self._hint, shown.values()))
        changed, self._hints = hints != self._hints, hints
        return changed

    def _hint(self, binding: Binding) -> Hint:
        shown = fixed_width(self.app.get_key_display(binding))
        return Hint(binding.key, shown, fixed_width(clean_line(binding.description)))

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

    def watch_status(self) -> None:
        """Say something else, and draw no more than that."""
        self.refresh(Region(0, 0, self.size.width, 1))

    watch_resting = watch_status

    def render_line(self, y: int) -> Strip:
        """Draw one of the two lines; the keys alone where there is room for one."""
        if not self._is_drawn:
            self._is_drawn = True
            self._read()
        if y < self.size.height - 1:
            return self._status_line()
        base, key, words = self._base, self._ink("key"), self._ink("words")
        parts: list[Segment] = []
        for at, hint in self._fitting():
            lit = self._lit(hint.key)
            parts += [
                Segment(" " * _GAP if at else "", base),
                Segment(hint.shown, key + lit),
                Segment(f" {hint.words}", words + lit),
            ]
        return Strip(parts).adjust_cell_length(self.size.width, base)

    def _status_line(self) -> Strip:
        ink = self._ink("status" if self.status.words else "resting")
        words, answer = self._said()
        parts = [Segment(words, ink)]
        if answer is not None:
            parts += [Segment(_joint(words), ink), Segment(answer, self._ink("key") + self._lit(self._answer))]
        return Strip(parts).adjust_cell_length(self.size.width, self._base)

    @property
    def _base(self) -> Style:
        """The style below everything; Textual keeps this one, and works `rich_style` out anew each time."""
        return self.visual_style.rich_style

    @property
    def _shown(self) -> Status:
        return next((said for said in (self.status, self.resting) if said.words), _NOTHING)

    @property
    def _answer(self) -> str | None:
        """The key that answers what is said, if it works now."""
        binding = self._by_action.get(self._shown.action)
        return binding.key if binding is not None else None

    def _said(self) -> tuple[str, str | None]:
        """Return the words that there is room for, and the key that answers them with what it does."""
        said = self._shown
        binding = self._by_action.get(said.action)
        answer = f"{self._hint(binding).shown} {said.does}" if binding is not None else None
        words, short = (fixed_width(clean_line(text)) for text in (said.words, said.short))
        room = self.size.width - (cells(answer) + len(_joint(words)) if answer else 0)
        return truncate(words if cells(words) <= room or not short else short, max(0, room)), answer

    def _lit(self, key: str | None) -> Style:
        return Style(underline=True) if key and self._under == key else Style.null()

    def _ink(self, part: str) -> Style:
        return self._base + self.get_component_rich_style(f"keybar--{part}")

    def _key_at(self, event: MouseEvent) -> str | None:
        """Return the key that a click there presses."""
        at = event.get_content_offset(self)
        if at is None:
            return None
        if at.y < self.size.height - 1:
            return self._answer
        return next((hint.key for start, hint in self._fitting() if start <= at.x < start + hint.width), None)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Underline the key under the pointer."""
        self._light(self._key_at(event))

    def on_leave(self, _event: Leave) -> None:
        """Underline none."""
        self._light(None)

    def _light(self, key: str | None) -> None:
        if key != self._under:
            self._under = key
            self.refresh()

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        if key := self._key_at(event):
            self.app.simulate_key(key)


def _joint(words: str) -> str:
    """Return what stands between words and the key that answers them."""
    return " " if words.endswith(".") else " · "
