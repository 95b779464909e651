"""A queue of keys: each starts once the one before it has had its effect, however fast they come."""

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, Paste

from tui.app.too_small import has_effect, quits
from tui.system.key_layouts import in_place, key_name, place_of

_MAX_PASSES: Final = 20
"""Ways up after which the next key is done whatever is still on its way; opening a form takes four."""
_PATIENCE: Final = 3.0
"""Seconds that a key which quits waits for those before it."""
_NO_FIELD: Final = "Pasted text runs no keys. Paste it into a field; a opens the form for a new win."


class Burst(Paste):
    """Letters that came faster than a hand types; the terminal did not say that they were pasted."""


class KeyQueue:
    """What was typed and not handled yet.

    Textual hands each key to whatever has the focus when it arrives. When someone types ahead of a busy app, letters
    would go to the page below a form that is still opening, and a key that saves or quits would overtake them.

    Args:
        app: Whose keys they are.
        deliver: Handles one of them, as Textual does.
        tell: Says why one of them does nothing.
    """

    def __init__(
        self, app: App[None], deliver: Callable[[Event], Awaitable[None]], tell: Callable[[str], None]
    ) -> None:
        self._app = app
        self._deliver = deliver
        self._tell = tell
        self._ahead: deque[Key | Paste] = deque()
        self._receiver: DOMNode = app
        self._waits = False

    @property
    def idle(self) -> bool:
        """Whether everything typed, and all it led to, is done."""
        return not self._ahead and not self._waits and self._is_still()

    @property
    def has_more(self) -> bool:
        """Whether something typed has not been started."""
        return bool(self._ahead)

    async def put(self, typed: Key | Paste) -> None:
        """Add a key or a paste."""
        meant = self._normalized(typed)
        self._ahead.append(meant)
        if not self._waits:
            await self._run_next()
        elif isinstance(meant, Key) and quits(self._app, meant):
            self._app.set_timer(_PATIENCE, partial(self._overtake, meant))

    async def _overtake(self, key: Key) -> None:
        """Handle a key that quits although the ones before it never finish."""
        if key in self._ahead:
            self._ahead.clear()
            await self._deliver(key)

    def when_done(self, then: Callable[[], object]) -> None:
        """Call something behind the messages that the last key and what it led to have on their way."""
        self._call_behind(self._paths(), then)

    def _normalized(self, typed: Key | Paste) -> Key | Paste:
        """Return Enter for the line feed that a terminal makes of it until the app listens, ctrl+q for ctrl+й."""
        if isinstance(typed, Key) and typed.key == "ctrl+j" and "ctrl+j" not in self._app.active_bindings:
            return Key("enter", "\r")
        if isinstance(typed, Key) and (place := in_place(typed.key)) != typed.key:
            return Key(place, None)
        return typed

    async def _run_next(self, passes: int = 0) -> None:
        """Handle the first key once nothing is pending, then look again behind whatever is."""
        if self._ahead and self._app.screen_stack and (passes >= _MAX_PASSES or self._is_still()):
            self._receiver = self._target()
            letter = self._is_letter_next()
            await self._dispatch()
            while letter and self._is_letter_next():  # those for one field stay in order by themselves
                await self._dispatch()
            passes = 0
        self._waits = bool(self._ahead and self._app.screen_stack)
        if self._waits:
            self._call_behind(self._paths(), partial(self._run_next, passes + 1))

    async def _dispatch(self) -> None:
        typed = self._ahead.popleft()
        if isinstance(typed, Key):
            key = self._by_place(typed)
            if key is not None and has_effect(self._app, key):
                await self._deliver(key)
        elif self._takes_text():
            await self._deliver(self._as_paste(typed))
        elif typed.text.strip():
            self._tell(_NO_FIELD)

    def _takes_text(self) -> bool:
        from textual.widgets import Input, TextArea  # noqa: PLC0415 - the first frame does without

        return isinstance(self._app.focused, Input | TextArea)

    def _as_paste(self, paste: Paste) -> Paste:
        """Return a paste as Textual has it; of a burst for a line, the end of the line is Enter."""
        from textual.widgets import Input  # noqa: PLC0415 - as above

        if type(paste) is Paste:
            return paste
        line, end, more = paste.text.partition("\n")
        if not end or more or not isinstance(self._app.focused, Input):
            return Paste(paste.text)
        self._ahead.appendleft(Key("enter", "\r"))
        return Paste(line)

    def _by_place(self, key: Key) -> Key | None:
        """Return the key with a letter of another alphabet as the one in its place, unless the letter has a meaning.

        None for one without a place: it is said to be no key, and the next key takes that line away.
        """
        letter = key.character or ""
        if letter.isascii() or not letter.isalpha() or key.key in self._app.active_bindings:
            return key
        field = self._app.focused
        if field is not None and field.check_consume_key(key.key, letter):
            return key
        place = place_of(letter)
        if place is None:
            self._tell(f"{letter} is no key here: keys are Latin letters, or as config.toml says.")
            return None
        return Key(key_name(place), place)

    def _is_letter_next(self) -> bool:
        """Return whether the first in line is one that the field in focus takes in."""
        typed = self._ahead[0] if self._ahead else None
        field = self._app.focused
        return isinstance(typed, Key) and field is not None and field.check_consume_key(typed.key, typed.character)

    def _target(self) -> DOMNode:
        """Return what a key goes to now."""
        return self._app.focused or self._app.screen

    def _paths(self) -> list[DOMNode]:
        """Return what the last key and what it led to come through: up from its receiver, and from that of the next."""
        return [*self._receiver.ancestors_with_self, *self._target().ancestors_with_self]

    def _is_still(self) -> bool:
        return not any(node.message_queue_size for node in self._paths())

    def _call_behind(self, nodes: Sequence[DOMNode], then: Callable[[], object]) -> None:
        """Call something behind the messages that each node, in turn, has now; one that is closing has none."""
        for place, node in enumerate(nodes):
            if node.call_later(self._call_behind, nodes[place + 1 :], then):
                return
        self._app.call_later(then)
