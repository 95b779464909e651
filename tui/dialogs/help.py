"""The keys of a screen, read from its bindings, so that they are never out of date."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Label

from tui.dialogs.dialog import Dialog
from widgets.bars.hints import Hints

KeyGroup = list[tuple[str, str]]


def keys_of(screen: Screen[object]) -> list[KeyGroup]:
    """Return the keys that work now with what they do: those of the focused widget first, those of the app last.

    Keys that do the same stand together; a binding without a tooltip is the toolkit's own, and left out.
    """
    groups: dict[object, dict[str, list[str]]] = {}
    for active in screen.active_bindings.values():
        words = active.tooltip or active.binding.tooltip
        if words and active.enabled:
            keys = groups.setdefault(active.node, {}).setdefault(words, [])
            keys.append(screen.app.get_key_display(active.binding))
    return [[(" ".join(dict.fromkeys(keys)), words) for words, keys in group.items()] for group in groups.values()]


class Help(Dialog[None]):
    """Lists the keys of the screen below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "close", "close", id="help.close", tooltip="Close the list of keys"),
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._groups = keys_of(about)

    def compose(self) -> ComposeResult:
        """Yield one line a key."""
        with VerticalScroll(classes="dialog help"):
            yield Label("KeyGroup", classes="dialog--title")
            yield Hints(("escape", "esc close"), classes="help--group")
            width = max((len(keys) for group in self._groups for keys, _ in group), default=0)
            for group in self._groups:
                lines = [Content.assemble((keys.ljust(width + 3), "bold $accent"), words) for keys, words in group]
                yield Label(Content("\n").join(lines), classes="help--group")

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)
