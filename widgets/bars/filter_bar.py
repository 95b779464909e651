"""The line below the board: what is searched for, which filters are on, and how many wins that leaves."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.base.text import clean_line, fixed_width
from widgets.bars.chip import Chip
from widgets.base.cells import truncate

if TYPE_CHECKING:
    from widgets.bars.search_input import SearchInput

Asked = Literal["find", "jump"]
_LONGEST: Final = 24
"""Cells of a chip's text, at most."""


Part = tuple[str, str]
"""A filter that is on: its key, and how it is said."""


class FilterBar(Horizontal):
    """Hidden until something is asked for or filtered.

    Attributes:
        asked: What is typed now: a search, the start of a title to jump to, or None.
    """

    DEFAULT_CSS = """
    FilterBar { height: 1; padding: 0 3 0 4; }
    FilterBar > .asked { width: auto; color: $accent; text-style: bold; }
    FilterBar > .chips { width: 1fr; height: 1; }
    FilterBar Chip { color: $accent; }
    FilterBar > .count { width: auto; height: 1; color: $text-muted; }
    """

    class FilterRemoved(Message):
        """A filter was taken off.

        Attributes:
            key: The part's key.
        """

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self.display = False
        self.asked: Asked | None = None
        self._parts: tuple[Part, ...] = ()
        self._prompt = Static(classes="asked")
        self._words: SearchInput | None = None
        self._row = Horizontal(classes="chips")
        self._count = Static(classes="count")

    def _fill(self) -> "SearchInput":
        """Put the words on the left, the chips beside them, the count on the right, when they are first needed."""
        from widgets.bars.search_input import SearchInput  # noqa: PLC0415 - the first frame does without

        if self._words is None:
            self._words = SearchInput()
            self.mount(self._prompt, self._words, self._row, self._count)
        return self._words

    @property
    def text(self) -> str:
        """What is typed now."""
        return self._words.value if self._words is not None else ""

    def ask(self, what: Asked, text: str = "") -> None:
        """Let the person type."""
        words = self._fill()
        self.asked = what
        self._prompt.update(Content("/ " if what == "find" else "go to "))
        words.begin(text)
        self._dress()
        # At once: what is typed next is meant for the words, and may be waiting already.
        self.screen.set_focus(words, scroll_visible=False)

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
        if not parts and self._words is None:
            return
        self._fill()
        self._count.update(Content(count))
        if self._parts != tuple(parts):
            self._parts = tuple(parts)
            await self._row.remove_children()
            await self._row.mount_all(Chip(_say(text), id=key) for key, text in parts)
        self._dress()

    def _dress(self) -> None:
        # Not by classes: they come into force only after the next key, and what is not shown can't have the focus.
        for each in (self._prompt, self._words):
            if each is not None:
                each.display = self.asked is not None
        self.display = self.asked is not None or bool(self._parts)

    @on(Chip.ChipPressed)
    def _pressed(self, event: Chip.ChipPressed) -> None:
        event.stop()
        self.post_message(self.FilterRemoved(event.chip.id or ""))


def _say(text: str) -> str:
    return f"{truncate(fixed_width(clean_line(text)), _LONGEST)} ×"
