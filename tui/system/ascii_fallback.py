"""Stand-ins for what a terminal has no letter for: legible, and as wide as what they stand for.

Outside of UTF-8 a terminal would get a question mark for every line of a frame and every mark of a verdict, and a table
would go out of line wherever a letter is two cells wide.
"""

import unicodedata
from typing import Final

_MARKS: Final = {
    "*": "◆●",
    "o": "◇○",
    "+": "◈",
    ".": "·•◦∙…▂▃",
    ">": "▸→⇢‣",
    "<": "◂←⇠⏎⌫",
    "^": "▲↑",
    "v": "▼▾↓✓✔",
    "/": "↗",
    "\\": "↘",
    "x": "×",
    "-": "–—▔▄▅",
    '"': "“”„",
    "'": "\u2018\u2019",
    "8": "∞",
    "_": "▁",
    "=": "▆▇≡",
    "#": "█❶❷❸❹❺",
    ":": "░▒▓",
    "|": "▏▎▍▌▐▊",
}
_SAME: Final = {char: plain for plain, chars in _MARKS.items() for char in chars}
_FRAMES: Final = range(0x2500, 0x2580)
_LEVEL: Final = frozenset("─━┄┅┈┉╌╍═╴╶╸╺")
_UPRIGHT: Final = frozenset("│┃┆┇┊┋╎╏║╵╷╹╻")


def stand_in(error: UnicodeError) -> tuple[str, int]:
    """Return plain ASCII for the characters that an encoding has not, and where to go on; for `codecs`.

    Raises:
        UnicodeError: It came from reading, not from writing.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(char: str) -> str:
    if ord(char) in _FRAMES:
        return "-" if char in _LEVEL else "|" if char in _UPRIGHT else "+"
    if char in _SAME:
        return _SAME[char]
    if unicodedata.combining(char):
        return ""
    if unicodedata.east_asian_width(char) in "WF":
        return "??"
    first = unicodedata.normalize("NFKD", char)[0]
    return first if first.isascii() else "?"
