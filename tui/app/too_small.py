"""Which keys still count in a window that is too small to show what they do."""

from typing import Final

from textual.app import App
from textual.events import Key

from tui.pages.page import UNSEEN

_LEAVING: Final = frozenset({"quit", "app.quit", "suspend_process", "help_quit"})
"""Actions that need no sight of the screen."""


def has_effect(app: App[None], key: Key) -> bool:
    """Return whether a key may have its effect: it can be seen, it quits, or it writes on in an open field."""
    if UNSEEN.isdisjoint(app.screen.classes) or quits(app, key):
        return True
    from textual.widgets import Input, TextArea  # noqa: PLC0415 - the first frame does without

    field = app.focused
    if isinstance(field, Input | TextArea) and field.check_consume_key(key.key, key.character):
        return True
    bound = app.active_bindings.get(key.key)
    if bound is None:
        return False
    writes = isinstance(bound.node, Input | TextArea) and bound.binding.action != "submit"
    return writes or bound.binding.action in _LEAVING


def quits(app: App[None], key: Key) -> bool:
    """Return whether a key quits from anywhere; a dialog hides that from the bindings it lists as active."""
    bound = app.screen_stack[0].active_bindings.get(key.key)
    return bound is not None and bound.binding.priority and bound.binding.action in _LEAVING
