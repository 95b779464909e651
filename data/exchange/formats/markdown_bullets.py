"""What one bullet says: whether it is done, when, its title without signs, and its tags.

It knows the boxes and signs of CommonMark's task lists, Obsidian's Tasks, Dataview and Logseq.
"""

import re
from typing import Final

from msgspec import Struct

from data.exchange.formats.markdown_escapes import unescape
from data.model.records import Verdict

_BOX: Final = re.compile(r"\[(.)\](?:\s+|\Z)")
_BOXES: Final = {
    " ": "not done", "-": "cancelled", "/": "in progress", ">": "moved to another day", "<": "scheduled",
    "?": "a question", "!": "important, not done",
}  # fmt: skip
"""What the boxes say that are not ticked."""
_TICKS: Final = frozenset("xX✓✔✅*wW")
"""A cross, a tick, a star, and the w of a win."""
_STATES: Final = {
    "DONE": "", "TODO": "not done", "LATER": "not done", "NOW": "not done", "DOING": "in progress",
    "WAITING": "waiting", "WAIT": "waiting", "IN-PROGRESS": "in progress", "CANCELED": "cancelled",
    "CANCELLED": "cancelled",
}  # fmt: skip
_STATE: Final = re.compile(
    rf"(?:({'|'.join(_STATES)})|\{{\{{(?:\[\[)?(DONE|TODO)(?:\]\])?\}}\}})(?:\s+|\Z)(?:\[#[A-C]\]\s+)?"
)
"""As Logseq writes it, and in the braces of Roam."""
_MARK: Final = re.compile(r"([◆◇·])\s+")
_VERDICTS: Final = {"◆": Verdict.REAL, "◇": Verdict.CANDY}
_DONE_ON: Final = re.compile(
    r"✅\ufe0f?\s*(\d{4}-\d\d-\d\d)|[\[(](?:completion|completed|done)::\s*([^\])\n]{4,40})[\])]"
    r"|@(?:done|completed)\(([^()\n]{4,40})\)",
    re.ASCII,
)
"""When it was done, as Obsidian's Tasks, Dataview and TaskPaper say it."""
_DATES: Final = re.compile(r"[📅⏳🛫\u2795❌✅⌛🗓]\ufe0f?\s*\d{4}-\d\d-\d\d", re.ASCII)
_SIGNS: Final = re.compile(
    r"[🔺⏫🔼🔽⏬]\ufe0f?|🔁 ?every[^#\n📅⏳🛫\u2795✅]{0,60}|[\[(][a-zA-Z-]{1,40}::[^\])\n]{0,80}[\])]"
)
_BLOCK_ID: Final = re.compile(r"\s\^[A-Za-z0-9-]+\s*\Z")
_COMMENT: Final = re.compile(r"%%[^%\n]{0,500}%%|<!--[^>\n]{0,500}-->")
_LINK: Final = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\]")
_IMAGE: Final = re.compile(r"!\[([^\[\]\n]{0,300})\]\([^()\n]{0,2000}\)")
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1")
_LONG_TAG: Final = re.compile(r"#\[\[([^\[\]\n]{1,100})\]\]")
_TAG: Final = re.compile(r"#[^\s#]+\Z")
_PROPERTY: Final = re.compile(r"\s*(?:[\w-]{1,40}:: ?.*|(?:SCHEDULED|DEADLINE|CLOSED|CLOCK): *[<\[].*|:[A-Z]{3,20}:.*)")
_DRAWER: Final = re.compile(r"\s*:(?:LOGBOOK|PROPERTIES):\s*")
_MAX_TAGS: Final = 50
_LONGEST: Final = 2_000
"""A longer line is taken as it is: its end is no tag of a title."""


class BulletText(Struct, frozen=True):
    """What a bullet says.

    Attributes:
        words: Its text without box, state and signs; its date may still begin it.
        open_: Why it is not a win, such as "not done"; "" for one that may be.
        ticked: Whether a box or a state says that it is done.
        done_on: The day it was done, as it is written, or "".
        tags: The tags at its end.
        verdict: What our own evidence sheet says of it.
    """

    words: str
    open_: str
    ticked: bool
    done_on: str
    tags: tuple[str, ...]
    verdict: Verdict | None


def read_bullet(text: str) -> BulletText:
    """Return what the line of a bullet says."""
    boxed = _BOX.match(text) is not None
    why, ticked, text = _state(text)
    if len(text) > _LONGEST:
        return BulletText(text, why, ticked, "", (), None)
    verdict = None
    if (mark := _MARK.match(text)) is not None:
        text, verdict = text[mark.end() :], _VERDICTS.get(mark[1])
    done_on = _DONE_ON.search(text)
    day = next(filter(None, done_on.groups())) if done_on is not None else ""
    for pattern in (_DONE_ON, _DATES, *((_SIGNS,) if boxed else ()), _COMMENT):
        text = pattern.sub("", text)
    words, tags = _split_tags(_BLOCK_ID.sub("", text.rstrip()))
    return BulletText(words, why, ticked or bool(day), day, tags, verdict)


def _state(text: str) -> tuple[str, bool, str]:
    """Return why a bullet is not a win or "", whether it says that it is done, and its text without box and state."""
    if (box := _BOX.match(text)) is not None:
        done = box[1] in _TICKS
        return "" if done else _BOXES.get(box[1], "not done"), done, text[box.end() :]
    if (state := _STATE.match(text)) is not None:
        why = _STATES[state[1] or state[2]]
        return why, not why, text[state.end() :]
    return "", False, text


def _split_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the tags at its end, and these."""
    text = _LONG_TAG.sub(lambda found: "#" + found[1].replace(" ", "-"), text)
    words = text.split()
    count = len(words)
    while count and len(words) - count < _MAX_TAGS and _TAG.fullmatch(words[count - 1]):
        count -= 1
    tags = tuple(word.removeprefix("#") for word in words[count:])
    return (" ".join(words[:count]) if tags else text.strip()), tags


def is_property(line: str) -> bool:
    """Return whether a line is a property or a log of Logseq or Org, such as "id:: 63db"."""
    return _PROPERTY.fullmatch(line) is not None


def plain_line(text: str) -> str:
    """Return a line as it reads: without marks of strong text, links to notes, pictures and escapes."""
    if len(text) > _LONGEST:
        return text.strip()
    text = _IMAGE.sub(r"\1", _LINK.sub(lambda found: "" if found[1] else found[3] or found[2], text))
    return unescape(_STRONG.sub(r"\2", text)).strip()


def plain_story(lines: list[str]) -> list[str]:
    """Return the lines below a bullet without properties and logs of other programs."""
    kept: list[str] = []
    inside = False
    for line in lines:
        if _DRAWER.fullmatch(line):
            inside = True
        elif inside:
            inside = line.strip() != ":END:"
        elif not is_property(line):
            kept.append(unescape(line))
    return kept
