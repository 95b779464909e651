"""The line below the board: what is searched for, which filters are on, and how many wins that leaves."""

from collections.abc import Sequence
from typing import ClassVar, Final, Literal

from msgspec import Struct
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from data.text import clean_line, steady
from widgets.card import cut
from widgets.chip import Chip

Asked = Literal["find", "jump"]
LONGEST: Final = 24
"""Cells of a chip's text, at most."""


class Part(Struct, frozen=True):
    """A filter that is on: its key, and how it is said."""

    key: str
    text: str


class Words(Input):
    """Where words are typed; up and down, enter and escape leave the typing to the cards."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave(True)", "to the cards", id="find.enter", tooltip="Go to the best match"),
        Binding("escape", "leave(False)", "leave", id="find.leave", tooltip="Forget what was typed"),
        Binding("down", "step(1)", "next", show=False, id="find.next", tooltip="The next match"),
        Binding("up", "step(-1)", "previous", show=False, id="find.previous", tooltip="The match before"),
    ]

    class Left(Message):
        """The person has typed enough.

        Attributes:
            keep: Whether what was typed stays in force.
        """

        def __init__(self, *, keep: bool) -> None:
            super().__init__()
            self.keep = keep

    class Stepped(Message):
        """The person wants another match.

        Attributes:
            direction: 1 for the next, -1 for the one before.
        """

        def __init__(self, direction: int) -> None:
            super().__init__()
            self.direction = direction

    def action_leave(self, keep: bool) -> None:  # noqa: FBT001 - a binding gives values
        """Stop typing."""
        self.post_message(self.Left(keep=keep))

    def action_step(self, direction: int) -> None:
        """Go to another match, and go on typing."""
        self.post_message(self.Stepped(direction))


class FindBar(Horizontal):
    """Hidden until something is asked for or filtered.

    Attributes:
        asked: What is typed now: a search, the start of a title to jump to, or None.
    """

    DEFAULT_CSS = """
    FindBar { height: 1; padding: 0 3 0 4; }
    FindBar > .asked { width: auto; color: $accent; text-style: bold; }
    FindBar > Words { width: 24; margin-right: 2; background: $panel; }
    FindBar > .chips { width: 1fr; height: 1; }
    FindBar Chip { color: $accent; }
    FindBar > .count { width: auto; height: 1; color: $text-muted; }
    """

    class Removed(Message):
        """A filter was taken off.

        Attributes:
            key: The part's key.
        """

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Typed(Message):
        """What is asked for has changed.

        Attributes:
            text: As it was typed.
            asked: What it is typed for.
        """

        def __init__(self, text: str, asked: Asked) -> None:
            super().__init__()
            self.text = text
            self.asked = asked

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self.asked: Asked | None = None
        self._parts: tuple[Part, ...] = ()
        self._prompt = Static(classes="asked")
        self._words = Words(compact=True, select_on_focus=False)
        self._row = Horizontal(classes="chips")
        self._count = Static(classes="count")

    def on_mount(self) -> None:
        """Stay hidden until there is something to say."""
        self.display = False

    def _fill(self) -> None:
        """Put the words on the left, the chips beside them, the count on the right, when they are first needed."""
        if not self._words.is_attached:
            self.mount(self._prompt, self._words, self._row, self._count)

    @property
    def text(self) -> str:
        """What is typed now."""
        return self._words.value

    def ask(self, what: Asked, text: str = "") -> None:
        """Let the person type."""
        self._fill()
        self.asked = what
        self._prompt.update(Content("/ " if what == "find" else "go to "))
        with self._words.prevent(Input.Changed):
            self._words.value = text
        self._words.cursor_position = len(text)
        self._dress()
        # At once: what is typed next is meant for the words, and may be waiting already.
        self.screen.set_focus(self._words, scroll_visible=False)

    def close(self) -> None:
        """Stop asking."""
        self.asked = None
        self._dress()

    async def show(self, parts: Sequence[Part], count: str) -> None:
        """Show the filters that are on, and how many wins they leave.

        Args:
            parts: The filters.
            count: In words.
        """
        if parts:
            self._fill()
        self._count.update(Content(count))
        if self._parts != tuple(parts):
            self._parts = tuple(parts)
            await self._row.remove_children()
            await self._row.mount_all(Chip(_say(part), id=part.key) for part in parts)
        self._dress()

    def _dress(self) -> None:
        # Not by classes: they come into force only after the next key, and what is not shown can't have the focus.
        self._prompt.display = self._words.display = self.asked is not None
        self.display = self.asked is not None or bool(self._parts)

    @on(Chip.Pressed)
    def _pressed(self, event: Chip.Pressed) -> None:
        event.stop()
        self.post_message(self.Removed(event.chip.id or ""))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.asked is not None:
            self.post_message(self.Typed(event.value, self.asked))


def _say(part: Part) -> str:
    return f"{cut(steady(clean_line(part.text)), LONGEST)} ×"
