"""The keys that work on every page, and what the palette finds."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.app import App, SystemCommand
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import Screen

from tui.app.page_registry import PAGES

if TYPE_CHECKING:
    from tui.app.palette import OrderedCommands

APP_BINDINGS: Final[list[BindingType]] = [
    Binding("a", "add_win", "add", id="app.add", tooltip="Add a win"),
    Binding("u", "undo", "undo", id="app.undo", tooltip="Undo the last change"),
    Binding("ctrl+r", "redo", "redo", id="app.redo", show=False, tooltip="Redo"),
    Binding("question_mark", "help", "keys", id="app.help", key_display="?", tooltip="Show the keys of this screen"),
    *(
        Binding(key, f"go('{name}')", title, id=f"app.{name}", show=False, tooltip=f"Go to {title}")
        for key, name, title in PAGES
    ),
    Binding("T", "trash", "trash", id="app.trash", show=False, tooltip="Open the trash"),
    Binding("I", "import_wins", "import", id="app.import", show=False, tooltip="Import wins from a file"),
    Binding("E", "export", "export", id="app.export", show=False, tooltip="Export wins to a file"),
    Binding("comma", "settings", "settings", id="app.settings", show=False, tooltip="Open the settings"),
    Binding("ctrl+s", "save_again", "retry", id="app.save", show=False, tooltip="Retry unsaved changes"),
    Binding(
        "exclamation_mark",
        "sync_state",
        "sync",
        id="app.sync",
        key_display="!",
        show=False,
        tooltip="Say where sync stands",
    ),
    Binding("ctrl+z", "suspend_process", "pause", id="app.pause", show=False, tooltip="Suspend (fg resumes)"),
    Binding("q", "quit", "quit", id="app.quit", show=False, tooltip="Quit"),
    Binding(
        "ctrl+q",
        "quit",
        "quit",
        id="app.quit-anywhere",
        show=False,
        priority=True,
        tooltip="Quit, even from a form",
    ),
]


def palette_provider() -> "type[OrderedCommands]":
    """Return what the palette asks for commands; imported when it opens."""
    from tui.app.palette import OrderedCommands  # noqa: PLC0415 - the first frame does without

    return OrderedCommands


def palette_commands(app: App[None], screen: Screen[object]) -> Iterator[SystemCommand]:
    """Yield what the palette finds on a screen: everything that has a key now, verbs first, and the themes."""
    found: dict[str, ActiveBinding] = {}
    for active in screen.active_bindings.values():
        words = active.tooltip or active.binding.tooltip
        if words and active.enabled:
            found.setdefault(words, active)
    for words in sorted(found, key=lambda words: (_is_a_place(words), not found[words].binding.show)):
        binding = found[words].binding
        run = partial(app.run_action, binding.action, default_namespace=found[words].node)
        yield SystemCommand(words, f"Key: {app.get_key_display(binding)}", run)
    yield SystemCommand("Change the theme", "Choose other colours", app.action_change_theme)


def _is_a_place(words: str) -> bool:
    """Return whether words name where to go, such as "The card above", and begin with no verb."""
    return words.startswith(("The ", "A ", "Another ", "One ", "It "))
