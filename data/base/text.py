"""Cleaning of strangers' text: at the door, and once more before it is drawn.

A terminal obeys what it is sent. So control characters (C0 but newline and tab, DEL, C1), bidirectional overrides,
lone surrogates and byte order marks never get in, and never get out.

The patterns are texts, which `re` compiles once, when they are first needed: plain ASCII, which most titles are, needs
none of them, and compiling them took longer than importing all of `data`'s records.
"""

import json
import re
import unicodedata
from typing import Final, Literal

from data.base.errors import NotAllowedError

TITLE_LIMIT: Final = 500
"""Characters in a title, a goal's name or a step."""
TAG_LIMIT: Final = 50
"""Characters in a tag."""
STORY_LIMIT: Final = 100_000
"""Bytes of UTF-8 in a story or a note."""

_UNSAFE: Final = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks, embeddings, overrides and isolates of direction
    r"\ufeff\ufff9-\ufffb\ud800-\udfff"  # byte order mark, interlinear marks, surrogates
    r"\U000e0000-\U000e001f]"  # the tag characters that no emoji uses
)
_SEEN: Final = (
    r"[^\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"  # with those of Unicode that are drawn as nothing
    r"\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"  # the blank of Braille and of notes
)
"""A character that a person can see."""
_BLANK_LETTERS: Final = "\u115f\u1160\u3164\uffa0"
"""Letters that hold the place of one, and are drawn as nothing."""
_BREAKS: Final = r"\r\n?|[\x0b\x0c\x85\u2028\u2029]"
_UNSEEN: Final = frozenset("\u00ad\u034f\u200b\u200c\u200d\u2060\ufe0e\ufe0f")
"""What joins, parts or styles the letters beside it; whoever searches does not type it."""
_BLANKS: Final = r"\s+"
_OWN_BLANKS: Final = frozenset("\u00a0\u2007\u2009\u202f\u3000")
"""Blanks that say something by being what they are: no line breaks here, a word of Japanese ends there."""
_PILE: Final = r"[^\w\s]{31,}"
_MOST_MARKS: Final = 30
"""Marks on one letter; Unicode's own bound for streams (UAX #15), beyond which normalising takes quadratic time."""
_JOINER: Final = "\u034f"
"""Parts a pile of marks without being seen."""


def clean_text(text: str) -> str:
    """Return text of several lines in NFC, with nothing in it that a terminal would obey."""
    if text.isprintable():  # for Python nothing is that a terminal obeys, or that breaks a line
        return text if text.isascii() else _normalize("NFC", text)
    return _normalize("NFC", re.sub(_UNSAFE, "", re.sub(_BREAKS, "\n", text)))


def _normalize(form: Literal["NFC", "NFKD"], text: str) -> str:
    """Return text in a normal form, in linear time: a pile of marks is parted as Unicode's stream-safe format does."""
    return unicodedata.normalize(form, re.sub(_PILE, _parted, text))


def _parted(pile: "re.Match[str]") -> str:
    parts: list[str] = []
    marks = 0
    for character in pile[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MOST_MARKS:
            parts.append(_JOINER)
            marks = 1
        parts.append(character)
    return "".join(parts)


def clean_line(text: str) -> str:
    """Return `clean_text` as one line: every run of white space is one space, none at the ends.

    Where a person can see nothing in it there is nothing; between what can be seen, what joins and parts it stays: a
    no-break or full-width space that stands alone, joiners, soft hyphens.
    """
    line = clean_text(text).strip()
    if not line.isprintable() or "  " in line:
        line = re.sub(_BLANKS, lambda run: run[0] if run[0] in _OWN_BLANKS else " ", line)
    seen = line.isascii() or (line[0].isalnum() and line[0] not in _BLANK_LETTERS)
    return line if seen or re.search(_SEEN, line) else ""


def accept_line(text: str, what: str = "title", limit: int = TITLE_LIMIT) -> str:
    """Clean a line a person gave and hold it to its limit.

    Args:
        text: What was typed.
        what: The word for it in the message, such as "title".
        limit: The most characters it may have once cleaned.

    Raises:
        NotAllowedError: Nothing is left of it, or it is too long.
    """
    line = clean_line(text)
    if not line:
        raise NotAllowedError(f"The {what} is empty.", f"Give the {what} a few words.")
    if len(line) > limit:
        raise NotAllowedError(
            f"The {what} has {len(line):,} characters, and {limit:,} is the most.",
            "Shorten it, or move it to the story.",
        )
    return line


def accept_story(text: str) -> str:
    """Clean a text of several lines and hold it to `STORY_LIMIT` bytes.

    Raises:
        NotAllowedError: It is too long.
    """
    story = clean_text(text).strip()
    size = len(story.encode())
    if size > STORY_LIMIT:
        raise NotAllowedError(f"The story has {size:,} bytes, and {STORY_LIMIT:,} is the most.", "Shorten it.")
    return story


def accept_tags(tags: "list[str] | tuple[str, ...]") -> tuple[str, ...]:
    """Clean tags: a leading # is dropped, empty ones go, the rest is sorted and unique, whatever its case.

    Raises:
        NotAllowedError: A tag is too long.
    """
    lines = (clean_line(clean_line(tag).removeprefix("#")) for tag in tags)
    found: dict[str, str] = {}
    for line in lines:
        if line:
            found.setdefault(fold(line), accept_line(line, "tag", TAG_LIMIT))
    return tuple(sorted(found.values()))


def fold(text: str) -> str:
    """Return text as search compares it: without case and accents, and without what is not seen."""
    if text.isascii():
        return text.lower()
    parts = _normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part) and part not in _UNSEEN)


_JOINED: Final = "\u200d[\\U0001f000-\\U0001faff\\u2190-\\u2bff](?:[\ufe00-\ufe0f\\U0001f3fb-\\U0001f3ff])*"
_UNSTEADY: Final = (
    "[\ufe00-\ufe0f\u20e3\\U0001f3fb-\\U0001f3ff\\U000e0020-\\U000e007f"  # how an emoji is to be drawn
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u206f\u3164\uffa0]"  # drawn as nothing
)
_PILED: Final = "([\u0300-\u036f]{3})[\u0300-\u036f]+"
_ODD: Final = frozenset(
    "\u20e3\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    + "".join(
        map(chr, (*range(0x300, 0x370), *range(0xFE00, 0xFE10), *range(0x1F1E6, 0x1F200), *range(0x1F3FB, 0x1F400)))
    )
)
"""The printable characters that any of the above is about, and the flags: in a text without them all is steady."""
_FLAGS: Final = {0x1F1E6 + index: 65 + index for index in range(26)}


def fixed_width(text: str) -> str:
    """Return text in which every terminal agrees on the width of each character, to be drawn in columns.

    Terminals differ on joined emoji, skin tones, variation selectors, flags and invisible letters, and one that differs
    from us shifts the rest of the line. So of a family its first member is drawn, of a flag its two letters, and of a
    pile of accents the first three.
    """
    if text.isascii() or (text.isprintable() and _ODD.isdisjoint(text)):
        return text
    return re.sub(_PILED, r"\1", re.sub(_UNSTEADY, "", re.sub(_JOINED, "", text))).translate(_FLAGS)


def escape_json(text: str) -> str:
    """Return JSON that says the same, with everything a terminal would obey written as an escape."""
    return re.sub(_UNSAFE, lambda found: json.dumps(found[0])[1:-1], text)
