"""What the form of a win holds while it is typed in, and what it means: no widget stands here."""

import re
from datetime import date
from typing import Final

from msgspec import Struct, structs

from data.base import text
from data.base.dates import parse_past
from data.base.errors import SmallWinsError
from data.model.doors import possible_openers
from data.model.journal import Journal
from data.model.one_line import OneLine, escape_line, goal_names, parse_line
from data.model.proof import accept_proof
from data.model.records import Proof, Win, proof_of
from data.model.win_content import WinContent

_BETWEEN_TAGS: Final = re.compile(r"[,\s]+")
_TODAY: Final = "today"


class WinFields(Struct, frozen=True):
    """The form as it is typed, before it is parsed; also what a draft keeps.

    Attributes:
        title: One line, which may hold a date, tags and a goal; see `data.model.one_line`.
        when: The date in words.
        goal: The name of a goal, or "".
        tags: Tags between commas or spaces.
        opened_by: The id of the win that led to it, or "".
        plain: Not "" when the title is taken as it is.
        situation: A part of its proof, as the ones below it.
    """

    title: str = ""
    when: str = _TODAY
    goal: str = ""
    tags: str = ""
    story: str = ""
    opened_by: str = ""
    plain: str = ""
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    learned: str = ""
    link: str = ""

    @property
    def proof(self) -> Proof:
        """Its proof as it stands."""
        return Proof(**{name: getattr(self, name) for name in Proof.__struct_fields__})


class WinFormResult(Struct, frozen=True):
    """What the form says once it is parsed.

    Attributes:
        fields: As it was typed, to show it again should saving fail.
        content: What it means.
    """

    fields: WinFields
    content: WinContent


def win_fields(win: Win, journal: Journal) -> WinFields:
    """Return a win as the form shows it; its title is taken as it is."""
    return WinFields(
        title=text.clean_line(win.title),
        when=win.happened_on.isoformat(),
        goal=text.clean_line(journal.goal_name(win)),
        tags=", ".join(text.clean_line(tag) for tag in win.tags),
        story=text.clean_text(win.story),
        opened_by=win.opened_by or "",
        plain="yes",
        **{name: text.clean_line(words) for name, words in structs.asdict(proof_of(win)).items()},
    )


def read_title(fields: WinFields, journal: Journal, today: date) -> OneLine:
    """Return what the title says; no more than a title where it is taken as it is."""
    if fields.plain:
        return OneLine(text.clean_line(fields.title))
    return parse_line(fields.title, goal_names(journal), today)


def fill_fields(fields: WinFields, journal: Journal, today: date) -> WinFields:
    """Return the form with its date, goal and tags taken out of its title; what was typed into a field goes first."""
    line = read_title(fields, journal, today)
    if not line.understood:
        return fields
    when = line.on.isoformat() if line.on and fields.when.strip() in ("", _TODAY) else fields.when
    return structs.replace(
        fields,
        title=escape_line(line.title, goal_names(journal), today),
        when=when,
        goal=fields.goal or text.clean_line(line.goal),
        tags=", ".join(filter(None, (fields.tags, *line.tags))),
    )


def openers_of(fields: WinFields, journal: Journal, today: date, win: str) -> list[Win]:
    """Return the wins that may have led to the one of the form: none later than its date, where that can be read.

    Args:
        fields: The form as it is typed.
        journal: Every win.
        today: The local date.
        win: The id of the win that is edited, or "".
    """
    try:
        day = parse_past(fill_fields(fields, journal, today).when or _TODAY, today)
    except SmallWinsError:
        day = today
    return possible_openers(journal, day, win)


def parse_fields(fields: WinFields, journal: Journal, today: date) -> WinFormResult:
    """Return what was typed, cleaned and within its limits.

    Raises:
        SmallWinsError: A field can't be parsed; the message says which and why.
    """
    filled = fill_fields(fields, journal, today)
    content = WinContent(
        title=text.accept_line(read_title(filled, journal, today).title),
        happened_on=parse_past(filled.when or _TODAY, today),
        goal_name=text.accept_line(filled.goal, "goal") if text.clean_line(filled.goal) else "",
        tags=text.accept_tags(_BETWEEN_TAGS.split(text.clean_line(filled.tags))),
        story=text.accept_story(filled.story),
        opened_by=filled.opened_by or None,
        proof=accept_proof(filled.proof),
    )
    return WinFormResult(fields, content)
