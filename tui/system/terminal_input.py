"""What a terminal sends, taken apart: whole sequences, and pastes however they come."""

import re
import sys
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

# What is needed at some keys alone is a pattern here, compiled at the first of them: the first frame comes sooner.
_SEQUENCE: Final = re.compile(
    r"\x1b(?:"
    r"\[M[^\x00-\x1f]{3}"  # a mouse of old
    r"|\[\[[^\x00-\x1f]"  # a function key of the Linux console
    r"|\[\d+\$"  # a key of rxvt with shift
    r"|\[[0-?]*[ -/]*[@-~]"
    r"|O[^\x00-\x1f]"
    r"|[\]P_^X][^\x00-\x1f]*(?:\x07|\x1b\\)"  # an answer to a question that nobody here asked
    r"|[^\x11\x1b\[O]"  # a key with alt, but for ctrl+q
    r")"
)
_UNFINISHED: Final = re.compile(r"\x1b(?:\[(?:M[^\x00-\x1f]{0,2}|\[|[0-?]*[ -/]*)|O)?\Z")
_ABORTED: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)?")
_LONGEST: Final = 64
"""Characters after which an unfinished sequence is given up."""
_TEXT: Final = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
"""A run of what can be pasted: letters, tabs and ends of lines."""
_PASTE_BEGINS: Final = "\x1b[200~"
_PASTE_ENDS: Final = "\x1b[201~"
_END_BEGINS: Final = r"\x1b(?:\[(?:2(?:0(?:1)?)?)?)?\Z"
_QUITS: Final = r"(?:\x11|\x1b\[113;5u|\x1b\[27;5;113~)\Z"
"""ctrl+q, in each way of saying it."""
_OTHER_KEY: Final = r"\x1b\[27;(\d{1,3});(\d{1,7})~"
_SHIFTED: Final = r"\x1b\[(\d{1,7});2u"
_FUNCTIONAL: Final = range(0xE000, 0xF900)
"""Where kitty puts keys that are no letters."""
_FUNCTION_KEY: Final = r"\x1b\[(\d{1,9})(?:;\d*)*~"
_LAST_FUNCTION_KEY: Final = 34
_SIDE_BUTTON: Final = r"\x1b\[<(\d{1,9});"
_UNASKED: Final = r"(?s:\x1b(?:\[48;[\d:;]*t|\[\?2048;\d+\$y|[\]P_^X].))"
"""Reports of the window's size, which the system knows better, and strings."""

_QUIET: Final = 0.5
"""Seconds after which what came of a paste is handed on, though its end did not."""
_LATE: Final = 2.0
"""Seconds in which the rest of a sequence may come over a slow line, once it can be no key."""
_HAND: Final = 0.05
"""Seconds within which no hand strikes the next key after a burst."""
_BURST, _VARIETY = 8, 4
"""Letters that come in one piece, and how many different ones, that no hand types; a key that is held repeats one."""


class PastedText(Struct, frozen=True):
    """A text that was pasted, whole or as much of it as came.

    Attributes:
        marked: Whether the terminal said so; else it came too fast for a hand.
    """

    text: str
    marked: bool = True


Token = str | PastedText
"""A key or a sequence as the terminal sent it, or a paste."""


class TerminalInput:
    """The bytes of a terminal as whole tokens.

    Args:
        patience: Seconds in which the rest of a sequence comes after Escape.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._held = ""
        self._paste: list[str] | None = None
        self._is_late = False
        self._at = 0.0
        self._burst_at = -1.0

    @property
    def is_waiting(self) -> bool:
        """Whether something is held back until more comes, or `tick` says that it does not."""
        return bool(self._held) or self._paste is not None

    def feed(self, sent: str, now: float, *, ahead: bool = False) -> list[Token]:
        """Return what is whole by now.

        Args:
            sent: What the terminal sent in one piece.
            now: Seconds, of a clock that never goes back.
            ahead: Whether it was typed before anybody listened, and so came in one piece for that.
        """
        self._at = now
        return list(self._take(sent, ahead=ahead))

    def tick(self, now: float) -> list[Token]:
        """Return what nothing more comes of."""
        quiet = now - self._at
        if self._paste is not None:
            return list(self._flush()) if quiet >= _QUIET else []
        alone = self._held in ("\x1b", "\x1b[", "\x1bO")
        if not self._held or quiet < (self._patience if alone else max(self._patience, _LATE)):
            return []
        held, self._held = self._held, ""
        return [held] if alone else []

    def _take(self, sent: str, *, ahead: bool) -> Iterator[Token]:
        if self._paste is not None:
            yield from self._take_paste(sent, ahead=ahead)
        elif self._is_late:
            yield from self._take_late(sent, ahead=ahead)
        else:
            held, self._held = self._held, ""
            yield from self._take_keys(held + sent, ahead=ahead)

    def _take_paste(self, sent: str, *, ahead: bool) -> Iterator[Token]:
        """Take in what belongs to a paste; its end may come in pieces."""
        assert self._paste is not None  # noqa: S101 - asked before
        text = self._held + sent
        self._held = ""
        inside, end, rest = text.partition(_PASTE_ENDS)
        if not end and (begun := re.search(_END_BEGINS, inside)):
            inside, self._held = inside[: begun.start()], begun[0]
        self._paste.append(inside)
        if end:
            yield PastedText("".join(self._paste))
            self._paste = None
            yield from self._take_keys(rest, ahead=ahead)
        elif re.search(_QUITS, inside):
            yield from self._flush()

    def _flush(self) -> Iterator[Token]:
        """Hand on what came of a paste that has not ended; what comes late is still known for a part of it."""
        text = "".join(self._paste or ())
        self._paste, self._is_late = None, True
        quits = re.search(_QUITS, text)
        if text := text[: quits.start()] if quits else text:
            yield PastedText(text)
        if quits:
            yield "\x11"

    def _take_late(self, sent: str, *, ahead: bool) -> Iterator[Token]:
        """Take in the rest of a paste that was handed on, or what is typed because it never comes."""
        held, self._held = self._held, ""
        inside, end, rest = (held + sent).partition(_PASTE_ENDS)
        if not end:
            yield from self._take_keys(sent, ahead=ahead)
            return
        self._is_late = False
        if inside:
            yield PastedText(inside)
        yield from self._take_keys(rest, ahead=ahead)

    def _take_keys(self, text: str, *, ahead: bool) -> Iterator[Token]:
        place = 0
        while place < len(text):
            if text[place] == "\x1b":
                found = _SEQUENCE.match(text, place)
                if found and found[0] == _PASTE_BEGINS:
                    self._paste, self._is_late = [], False
                    yield from self._take_paste(text[found.end() :], ahead=ahead)
                    return
                if not found and _UNFINISHED.match(text, place) and len(text) - place <= _LONGEST:
                    self._held = text[place:]
                    return
                if found:
                    yield from _translate(found[0])
                place = found.end() if found else _end_of_aborted(text, place)
            elif run := _TEXT.match(text, place):
                yield from self._letters(run[0], ahead=ahead)
                place = run.end()
            else:
                yield text[place]
                place += 1

    def _letters(self, run: str, *, ahead: bool) -> Iterator[Token]:
        """Tell letters that were typed from those of a paste that the terminal does not mark."""
        goes_on = self._at - self._burst_at < _HAND
        if not ahead and (goes_on or (len(run) >= _BURST and len(set(run)) >= _VARIETY)):
            self._burst_at = self._at
            yield PastedText(run, marked=False)
        else:
            yield run


def _end_of_aborted(text: str, place: int) -> int:
    """Return where to go on after the beginning of a sequence that another character has ended."""
    aborted = _ABORTED.match(text, place)
    return aborted.end() if aborted else place + 1


def _translate(sequence: str) -> Iterator[str]:
    """Return a sequence in the words that the parser knows; nothing for what means nothing here."""
    if other := re.fullmatch(_OTHER_KEY, sequence):
        sequence = _as_kitty(int(other[1]), int(other[2]))
    if (shifted := re.fullmatch(_SHIFTED, sequence)) and _is_letter(int(shifted[1])):
        sequence = chr(int(shifted[1]))
    side, function = re.match(_SIDE_BUTTON, sequence), re.fullmatch(_FUNCTION_KEY, sequence)
    is_side_button = side is not None and int(side[1]) & 128
    is_no_key = function is not None and int(function[1]) > _LAST_FUNCTION_KEY
    if not (re.match(_UNASKED, sequence) or is_side_button or is_no_key):
        yield sequence


def _as_kitty(modifiers: int, code: int) -> str:
    """Return a key of xterm's modifyOtherKeys as kitty says it: the letter without shift."""
    if modifiers > 2 and _is_letter(code):  # noqa: PLR2004 - 1 is none, 2 is shift alone
        code = ord(chr(code).lower()[0])
    return f"\x1b[{code};{modifiers}u" if modifiers > 1 else f"\x1b[{code};;{code}u"


def _is_letter(code: int) -> bool:
    return ord(" ") < code <= sys.maxunicode and code not in _FUNCTIONAL and chr(code).isprintable()
