"""Fields of text that keep what is typed and pasted: the spaces and joiners of every script, and every line."""

import unicodedata
from typing import ClassVar, Final

from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea

from data.base.text import clean_text

_KEPT: Final = frozenset({"Zs", "Cf"})
"""Unicode's classes of spaces and of invisible signs, such as the joiner of two emoji; Python says "not printable"."""


def is_typed(character: str | None) -> bool:
    """Return whether a key means a character that Textual would drop, and that no terminal obeys."""
    if character is None or len(character) != 1 or character.isprintable():
        return False
    return unicodedata.category(character) in _KEPT and clean_text(character) != ""


class TextInput(Input):
    """A field of one line.

    Textual's own drops U+3000, no-break spaces and joiners, and all but the first line of what is pasted. Here several
    lines become one, or, in a field with `split_lines`, the first one, while the others are posted.
    """

    split_lines: ClassVar = False

    class MoreLinesPasted(Message):
        """More lines were pasted than the field takes.

        Attributes:
            lines: Those after the first one.
        """

        def __init__(self, lines: str) -> None:
            super().__init__()
            self.lines = lines

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether the field wants a key, so that nothing else does."""
        return is_typed(character) or super().check_consume_key(key, character)

    def on_key(self, event: events.Key) -> None:
        """Take a character that Textual drops."""
        if event.character is not None and is_typed(event.character):
            event.stop()
            event.prevent_default()
            self.insert_over_selection(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Take every line; empty ones at the ends are none."""
        event.stop()
        event.prevent_default()
        lines = [line.replace("\t", " ") for line in clean_text(event.text).strip("\n").split("\n")]
        if self.split_lines:
            self.insert_over_selection(lines[0])
            if rest := "\n".join(lines[1:]).strip("\n"):
                self.post_message(self.MoreLinesPasted(rest))
        else:
            self.insert_over_selection(" ".join(filter(str.strip, lines)) if len(lines) > 1 else lines[0])

    def insert_over_selection(self, text: str) -> None:
        """Put a text in place of what is selected; nothing is dropped, even where it makes the field too long."""
        start, end = sorted(self.selection)
        self.value = self.value[:start] + text + self.value[end:]
        self.cursor_position = start + len(text)


class TextBox(TextArea):
    """A field of several lines that keeps the characters Textual drops."""

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Return whether the field wants a key, so that nothing else does."""
        return is_typed(character) or super().check_consume_key(key, character)

    def on_key(self, event: events.Key) -> None:
        """Take a character that Textual drops."""
        if event.character is not None and is_typed(event.character) and not self.read_only:
            event.stop()
            event.prevent_default()
            self.replace(event.character, *self.selection, maintain_selection_offset=False)

    def on_paste(self, event: events.Paste) -> None:
        """Take the text without what a terminal would obey: the field draws it as it is."""
        event.stop()
        event.prevent_default()
        if not self.read_only:
            self.replace(clean_text(event.text), *self.selection, maintain_selection_offset=False)
