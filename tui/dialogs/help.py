"""The keys of a screen, read from its bindings, so that they are never out of date."""

from dataclasses import replace
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Label

from tui.dialogs.dialog import Dialog, DialogButtons
from widgets.base.cells import wrap


class KeyRow(Struct, frozen=True):
    """What keys do.

    Attributes:
        keys: As they are shown; those that do the same stand together.
        words: What they do.
        press: The name of one of them.
    """

    keys: str
    words: str
    press: str


def keys_of(screen: Screen[object]) -> list[list[KeyRow]]:
    """Return the keys that work now: those of the focused widget first, those of the app last; most used ones first.

    A binding without a tooltip is Textual's own and left out.
    """
    groups: dict[object, dict[str, list[Binding]]] = {}
    for active in screen.active_bindings.values():
        words = active.tooltip or active.binding.tooltip
        if words and active.enabled:
            groups.setdefault(active.node, {}).setdefault(words, []).append(active.binding)
    return [_rows(screen, group) for group in groups.values()]


def _rows(screen: Screen[object], group: dict[str, list[Binding]]) -> list[KeyRow]:
    """Return a group's rows, most used ones first; what does the same another way, such as back, comes with it."""
    often = {_verb(binding) for bindings in group.values() for binding in bindings if binding.show}
    ranked = sorted(group.items(), key=lambda one: _verb(one[1][0]) not in often)
    return [_row(screen, words, bindings) for words, bindings in ranked]


def _verb(binding: Binding) -> str:
    """Return the action without its parameters: "move" of `move(-1)`."""
    return binding.action.partition("(")[0]


def _row(screen: Screen[object], words: str, bindings: list[Binding]) -> KeyRow:
    keys = dict.fromkeys(map(screen.app.get_key_display, map(_alone, bindings)))
    return KeyRow(" ".join(keys), words, bindings[0].key)


def _alone(binding: Binding) -> Binding:
    """Return a binding that is shown as a pair, such as "K J", with its own key: the other one has its own row."""
    is_pair = len((binding.key_display or "").replace(" ", "")) == 2  # noqa: PLR2004 - two signs
    return replace(binding, key_display=None) if is_pair else binding


class _KeyTable(Label):
    """Rows of keys and words; a click on one presses its key, and the second line of one begins below its words."""

    def __init__(self, rows: list[KeyRow], width: int) -> None:
        super().__init__(classes="help--group")
        self._rows = rows
        self._words_from = width + 2

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return the lines there are at that width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the rows as wide as there is room."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        lines = []
        for row in self._rows:
            pressing = Style.from_meta({"@click": f"screen.press({row.press!r})"})
            keys = row.keys
            for words in wrap(row.words, max(2, width - self._words_from)):
                shown = Content.assemble((keys.ljust(self._words_from), "bold $accent"), words)
                lines.append(shown.stylize(pressing))
                keys = ""
        return lines


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
        first, *others = [_KeyTable(group, width) for group in self._groups or [[]]]
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
