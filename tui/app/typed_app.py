"""An app that does what is typed one key after another, however fast it comes."""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from textual.dom import DOMNode
from textual.events import Event, Key, Paste

from tui.app import themes
from tui.app.styled_app import StyledApp
from tui.app.too_small import has_effect

_MAX_PASSES: Final = 20
"""Ways up after which the next key is done whatever is still on its way; opening a form takes four."""


class TypedApp(StyledApp):
    """Begins with a key once the one before it has had its effect.

    Textual hands a key to what has the focus when it comes, at once. Of what is typed ahead of a busy app the letters
    would go to the page below a form that is still opening, and a key that saves or leaves would overtake them.

    Args:
        theme: The name of the theme.
    """

    def __init__(self, theme: str = themes.DARK_THEME.name) -> None:
        super().__init__(theme)
        self._ahead: deque[Key | Paste] = deque()
        self._receiver: DOMNode = self
        self._waits = False

    async def on_event(self, event: Event) -> None:
        """Put what is typed in line; hand everything else on."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._ahead.append(self._meant(event))
        if not self._waits:
            await self._take_up()

    def _meant(self, typed: Key | Paste) -> Key | Paste:
        """Return Enter for the line feed that a terminal makes of it until the app listens."""
        if isinstance(typed, Key) and typed.key == "ctrl+j" and "ctrl+j" not in self.active_bindings:
            return Key("enter", "\r")
        return typed

    async def _take_up(self, ways: int = 0) -> None:
        """Do the first key in line if nothing is on its way any more, and look again behind all that is."""
        if self._ahead and self.screen_stack and (ways >= _MAX_PASSES or self._is_still()):
            self._receiver = self._holder()
            letter = self._is_letter_next()
            await self._hand_on()
            while letter and self._is_letter_next():  # those for one field stay in order by themselves
                await self._hand_on()
            ways = 0
        self._waits = bool(self._ahead and self.screen_stack)
        if self._waits:
            self.pass_up(self._ways_up(), partial(self._take_up, ways + 1))

    async def _hand_on(self) -> None:
        typed = self._ahead.popleft()
        if isinstance(typed, Paste) or has_effect(self, typed):
            await super().on_event(typed)

    def _is_letter_next(self) -> bool:
        """Return whether the first in line is one that the field in focus takes in."""
        typed = self._ahead[0] if self._ahead else None
        field = self.focused
        return isinstance(typed, Key) and field is not None and field.check_consume_key(typed.key, typed.character)

    def _holder(self) -> DOMNode:
        """Return what a key goes to now."""
        return self.focused or self.screen

    def _ways_up(self) -> list[DOMNode]:
        """Return what the last key and what it led to come through: up from its receiver, and from that of the next."""
        return [*self._receiver.ancestors_with_self, *self._holder().ancestors_with_self]

    def _is_still(self) -> bool:
        return not any(node.message_queue_size for node in self._ways_up())

    def pass_up(self, nodes: Sequence[DOMNode], then: Callable[[], object]) -> None:
        """Call something behind the messages that each node, in turn, has now; one that is closing has none."""
        for place, node in enumerate(nodes):
            if node.call_later(self.pass_up, nodes[place + 1 :], then):
                return
        self.call_later(then)
