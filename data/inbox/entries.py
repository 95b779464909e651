"""What an inbox says: one line is one win, an indented line is its story.

The id of a win comes from its words, its day and all that stands above it. So a text that is read again, after a crash,
by two programs at once or as the conflict copy of a synced folder, gives the same wins; and one that came back with a
line more, as when a phone was offline, brings in that line alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from textwrap import dedent
from typing import Final
from uuid import UUID, uuid5

from msgspec import Struct, structs

from data.base.errors import NotAllowedError
from data.base.text import clean_line, clean_text
from data.model.edits import find_goal, new_win
from data.model.journal import Journal
from data.model.one_line import goal_names, parse_line
from data.model.records import INBOX_ID, Win

_NAMESPACE: Final = UUID("6f0f2c52-5d3e-5c0b-9a86-3a8a0b8f7a11")
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ROOT: Final = 12
"""The last characters of an id, which all wins of one text share: those of the id of its first win."""
_MANY: Final = 1_000
"""How often the same text may be written down, before one more is taken for the last one."""

Memory = Mapping[str, datetime]
"""The ids of wins that came from an inbox, also where that was undone, and when each was brought in."""


class InboxEntry(Struct, frozen=True):
    """One win as it was written.

    Attributes:
        line: The number of its line, from 1.
        words: Its line, cleaned.
        story: The indented lines below it, cleaned, or "".
    """

    line: int
    words: str
    story: str = ""

    def text(self) -> str:
        """Return it as an inbox has it."""
        return "\n".join((self.words, *(f"  {line}".rstrip() for line in self.story.split("\n") if self.story)))


class InboxText(Struct, frozen=True):
    """What one file of an inbox said.

    Attributes:
        name: The name of the file.
        source: The name it has while it is brought in.
        day: The day it was written: that of lines that name none.
        written: The moment it was last written.
        entries: What it says.
        key: What tells the files of a folder apart; "" where there is one file.
        is_copy: Whether its name says that a synced folder made it in a conflict.
        grew: Whether it was brought in a moment ago, and grew since.
    """

    name: str
    source: str
    day: date
    written: datetime
    entries: tuple[InboxEntry, ...]
    key: str = ""
    is_copy: bool = False
    grew: bool = False


class RefusedEntry(Struct, frozen=True):
    """What can't be a win, and why; `source` is that of its text."""

    name: str
    source: str
    entry: InboxEntry
    why: str

    def describe(self) -> str:
        """Return it in a sentence, without its words."""
        return f"Line {self.entry.line} of {self.name}: {self.why}"


class InboxPlan(Struct, frozen=True):
    """What texts bring to a journal.

    Attributes:
        wins: The new ones.
        known: The ids of those that were brought in before.
        refused: What can't be a win.
    """

    wins: tuple[Win, ...] = ()
    known: tuple[str, ...] = ()
    refused: tuple[RefusedEntry, ...] = ()


def read_entries(text: str) -> tuple[InboxEntry, ...]:
    """Return what a text says; blank lines part nothing but the paragraphs of a story."""
    return tuple(_closed(*found) for found in _grouped(text))


def _grouped(text: str) -> Iterator[tuple[int, str, list[str]]]:
    found: tuple[int, str, list[str]] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        words = clean_line(line)
        if found is not None and (not words or line[:1].isspace()):
            found[2].append(line.rstrip() if words else "")
        elif words:
            if found is not None:
                yield found
            found = number, words, []
    if found is not None:
        yield found


def _closed(number: int, words: str, below: list[str]) -> InboxEntry:
    return InboxEntry(number, words, clean_text(dedent("\n".join(below))).strip())


def plan_inbox(journal: Journal, texts: Iterable[InboxText], memory: Memory, now: datetime) -> InboxPlan:
    """Return what texts bring to a journal.

    Args:
        journal: The journal; its goals give `@word` its meaning.
        texts: The texts, in order.
        memory: What was brought in before.
        now: The moment, UTC.
    """
    seen = _Seen(memory)
    known, wins, refused = list[str](), dict[str, Win](), list[RefusedEntry]()
    for text in texts:
        good: list[tuple[InboxEntry, Win]] = []
        for entry in text.entries:
            try:
                good.append((entry, _win(journal, entry, text.day, now)))
            except NotAllowedError as error:
                refused.append(RefusedEntry(text.name, text.source, entry, str(error)))
        for win in _named(good, text, seen):
            if win.id in seen.times:
                known.append(win.id)
            else:
                wins[win.id] = win
        seen.add(wins)
    return InboxPlan(tuple(wins.values()), tuple(known), tuple(refused))


class _Seen:
    """What was brought in, by the texts it came from.

    Attributes:
        times: When, by id; long ago for what comes in now.
    """

    def __init__(self, memory: Memory) -> None:
        self.times = dict(memory)
        self._roots: defaultdict[str, set[str]] = defaultdict(set)
        self.add(memory)

    def add(self, ids: Iterable[str]) -> None:
        """Take ids in."""
        for key in ids:
            self.times.setdefault(key, _LONG_AGO)
            self._roots[key[-_ROOT:]].add(key)

    def beginning_like(self, key: str) -> set[str]:
        """Return the ids of the texts that begin as the one does which an id is of."""
        return self._roots[key[-_ROOT:]]


def _win(journal: Journal, entry: InboxEntry, day: date, now: datetime) -> Win:
    line = parse_line(entry.words, goal_names(journal), day)
    goal = find_goal(journal, line.goal) if line.goal else None
    return new_win(
        line.title,
        happened_on=line.on or day,
        now=now,
        story=entry.story,
        goal=goal.id if goal is not None else None,
        tags=line.tags,
    )


def _named(good: Sequence[tuple[InboxEntry, Win]], text: InboxText, seen: _Seen) -> list[Win]:
    """Return the wins under their ids.

    A text that begins as an earlier one did, but does not go on as that, is another one: somebody had the same win
    again. So is one in which everything was brought in before it was last written. A conflict copy is none; what it
    alone says has ids that the text it is a copy of never has.
    """
    found = _under_ids(good, text.key, 0)
    if text.is_copy:
        return [win if win.id in seen.times else _apart(win) for win in found]
    for again in range(1, _MANY):
        if not found or not _is_other(found, text, seen):
            break
        found = _under_ids(good, text.key, again)
    return found


def _apart(win: Win) -> Win:
    root = win.id[-_ROOT:]
    return structs.replace(win, id=win.id.removesuffix(root) + str(uuid5(_NAMESPACE, root))[-_ROOT:])


def _is_other(found: Sequence[Win], text: InboxText, seen: _Seen) -> bool:
    ids = {win.id for win in found}
    if not seen.beginning_like(found[0].id) <= ids:
        return True
    times = [seen.times[key] for key in ids if key in seen.times]
    return len(times) == len(ids) and not text.grew and text.written > max(times)


def _under_ids(good: Sequence[tuple[InboxEntry, Win]], key: str, again: int) -> list[Win]:
    """Return the wins under ids that are made of all that was said so far; they end alike."""
    made: list[Win] = []
    so_far = uuid5(_NAMESPACE, f"{key}\n{again}")
    for entry, win in good:
        so_far = uuid5(so_far, "\n".join((f"{win.happened_on}", entry.words, entry.story)))
        root = made[0].id if made else str(so_far)
        made.append(structs.replace(win, id=_as_written(f"{so_far}"[:-_ROOT] + root[-_ROOT:])))
    return made


def _as_written(identity: str) -> str:
    """Return an id as one of the inbox: made of what it names as an import's, yet written down by the person."""
    return f"{identity[:14]}{INBOX_ID}{identity[15:]}"
