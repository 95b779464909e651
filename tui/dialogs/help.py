"""The keys of a screen, read from its bindings, so that they are never out of date."""

from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Label

from tui.dialogs.dialog import Dialog, DialogButtons


class KeyRow(Struct, frozen=True):
    """What keys do.

    Attributes:
        keys: As they are shown; those that do the same stand together.
        words: What they do.
        press: The name of one of them.
        often: Whether it is one of the keys that the screen itself names.
    """

    keys: str
    words: str
    press: str
    often: bool


def keys_of(screen: Screen[object]) -> list[list[KeyRow]]:
    """Return the keys that work now: those of the focused widget first, those of the app last; most used ones first.

    A binding without a tooltip is Textual's own and left out.
    """
    groups: dict[object, dict[str, list[Binding]]] = {}
    for active in screen.active_bindings.values():
        words = active.tooltip or active.binding.tooltip
        if words and active.enabled:
            groups.setdefault(active.node, {}).setdefault(words, []).append(active.binding)
    return [sorted((_row(screen, *one) for one in group.items()), key=_rank) for group in groups.values()]


def _row(screen: Screen[object], words: str, bindings: list[Binding]) -> KeyRow:
    keys = dict.fromkeys(map(screen.app.get_key_display, bindings))
    return KeyRow(" ".join(keys), words, bindings[0].key, any(binding.show for binding in bindings))


def _rank(row: KeyRow) -> bool:
    return not row.often


class Help(Dialog[None]):
    """Lists the keys of the screen below; a click on a row presses its key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "close", "close", id="help.close", tooltip="Close the list of keys"),
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._groups = keys_of(about)

    def compose(self) -> ComposeResult:
        """Yield one line per key: where there is room, those of the page beside those that work everywhere."""
        width = max((len(row.keys) for group in self._groups for row in group), default=0)
        first, *others = [Label(_lines(group, width), classes="help--group") for group in self._groups] or [Label()]
        with Vertical(classes="dialog help"):
            yield Label("Keys", classes="dialog--title")
            with VerticalScroll(), Horizontal(classes="help--columns"):
                yield Vertical(first)
                yield Vertical(*others)
            yield DialogButtons(("Close (esc)", "close"))

    def action_press(self, key: str) -> None:
        """Close the list, and press a key of the screen below."""
        self.dismiss(None)
        self.app.call_later(self.app.simulate_key, key)

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)


def _lines(rows: list[KeyRow], width: int) -> Content:
    """Return rows of keys and words; each presses its key when it is clicked."""
    lines = []
    for row in rows:
        pressing = Style.from_meta({"@click": f"screen.press({row.press!r})"})
        words = row.words
        lines.append(Content.assemble((row.keys.ljust(width + 2), "bold $accent"), words).stylize(pressing))
    return Content("\n").join(lines)
