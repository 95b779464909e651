"""The records of a journal: frozen values, stored as they are.

The file holds each record as these fields in this order; `msgspec` checks types and bounds while it decodes. `id` is a
UUID as lower-case hex with dashes. Timestamps are UTC and end in Z; `happened_on` is a local date without a time.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, ValidationError, structs

from data.base.weeks import FIRST_DATE, LAST_DATE
from data.model.bounds import find_out_of_range

SCHEMA_VERSION: Final = 1
"""The version of the file's layout that this program writes."""

Id = Annotated[str, Meta(min_length=36, max_length=36)]
"""Its letters are looked at by `are_ids`, for all records at once: a pattern here would double the cost of decoding."""
OneLineText = Annotated[str, Meta(min_length=1, max_length=500)]
ShortText = Annotated[str, Meta(max_length=500)]
LinkText = Annotated[str, Meta(max_length=2_000)]
CueText = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$")]
"""A local date, or a local date and an hour, as `2026-11-24` or `2026-11-24T09:00`."""
LongText = Annotated[str, Meta(max_length=100_000)]
Tag = Annotated[str, Meta(min_length=1, max_length=50)]
AnswerValue = Annotated[int, Meta(ge=1, le=5)]
Moment = Annotated[datetime, Meta(tz=True)]
Probability = Annotated[float, Meta(ge=0, le=1)]


class Verdict(StrEnum):
    """The person's own decision; a win without one is unsorted."""

    REAL = "real"
    CANDY = "candy"


VERDICT_MARKS: Final[dict[Verdict | None, str]] = {Verdict.REAL: "◆", Verdict.CANDY: "◇", None: "·"}
"""How a verdict is drawn everywhere: a real win is solid, cotton candy hollow, so that it reads without colour."""


class StepState(StrEnum):
    """What became of a step."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Answers(Struct, frozen=True, omit_defaults=True, gc=False):
    """Answers from 1 to 5, two questions a test; None where it was not asked or was skipped.

    The attribute names are the ids of the questions in `data.model.assessment`.
    """

    door: AnswerValue | None = None
    next_step: AnswerValue | None = None
    direction: AnswerValue | None = None
    motive: AnswerValue | None = None
    stretch: AnswerValue | None = None
    growth: AnswerValue | None = None


class Decision(Struct, frozen=True, kw_only=True, gc=False):
    """One decision in the life of a win; the newest is last in `Win.decided`.

    Attributes:
        when: The moment.
        verdict: What was decided; None is "not yet".
        p: The forecast that this will prove a real win, or None from a board move.
        suggestion: What the answers suggested at the time, or None without enough answers.
        substance: What the answers added up to at the time, 0 to 1, or None.
    """

    when: Moment
    verdict: Verdict | None
    p: Probability | None = None
    suggestion: Verdict | None = None
    substance: Probability | None = None


class Lookback(Struct, frozen=True, kw_only=True, gc=False):
    """One look-back: the day, the answer as a probability, and its verdict (None for "can't tell yet")."""

    on: date
    verdict: Verdict | None
    p: Probability | None = None


class Proof(Struct, frozen=True, omit_defaults=True, gc=False):
    """What makes a real win a story for an interview: one line each, "" until it was told.

    Attributes:
        situation: How things stood.
        task: What was to be done.
        action: What the person did.
        result: What came of it.
        learned: What they took from it.
        link: Where it can be seen, an address.
    """

    situation: ShortText = ""
    task: ShortText = ""
    action: ShortText = ""
    result: ShortText = ""
    learned: ShortText = ""
    link: LinkText = ""


NO_ANSWERS: Final = Answers()
NO_PROOF: Final = Proof()


class Win(Struct, frozen=True, kw_only=True, gc=False):
    """One thing that happened, on a date, that felt like a win.

    Attributes:
        title: One clean line.
        story: Text of several lines, or "".
        happened_on: The local date.
        goal: The id of a `Goal`, or None.
        tags: Sorted and unique.
        opened_by: The id of the win that led to this one, or None.
        decided: Every decision, oldest first; `verdict` is the newest one's.
        door_note: The door it opened, in a few words, or "".
        proof: What was told of it for others; unset, and not in the file, until a part was. Read it with `proof_of`.
        deleted_at: When it went to the trash, or None.
    """

    id: Id
    title: OneLineText
    story: LongText = ""
    happened_on: date
    goal: str | None = None
    tags: tuple[Tag, ...] = ()
    opened_by: str | None = None
    answers: Answers = NO_ANSWERS
    verdict: Verdict | None = None
    decided: tuple[Decision, ...] = ()
    lookbacks: tuple[Lookback, ...] = ()
    door_note: ShortText = ""
    proof: Proof | UnsetType = UNSET
    created_at: Moment
    updated_at: Moment
    deleted_at: Moment | None = None


class Goal(Struct, frozen=True, kw_only=True, gc=False):
    """Where the person wants to go. `order` is its place in the list; ties go by name."""

    id: Id
    name: OneLineText
    why: LongText = ""
    order: int = 0
    created_at: Moment
    updated_at: Moment
    archived_at: Moment | None = None


class Step(Struct, frozen=True, kw_only=True, gc=False):
    """An if-then plan.

    Attributes:
        due_week: The first day of the week it is for.
        cue: The local date, or the date and hour, it is planned for, as text; None without one.
        done_win: The id of the win it became when it was done.
    """

    id: Id
    text: OneLineText
    from_win: str | None = None
    due_week: date
    cue: CueText | None = None
    state: StepState = StepState.OPEN
    done_win: str | None = None
    created_at: Moment
    updated_at: Moment


class Review(Struct, frozen=True, kw_only=True, gc=False):
    """The session of one week.

    Attributes:
        week: Its first day.
        position: Where to resume, "" at the start.
        older: How many older unsorted wins the person asked for, beyond those that the review asks by itself.
        cue: After what the weekly review is to happen, in the person's words, or "".
    """

    id: Id
    week: date
    started_at: Moment
    finished_at: Moment | None = None
    note: LongText = ""
    position: str = ""
    older: Annotated[int, Meta(ge=0)] = 0
    cue: ShortText = ""
    updated_at: Moment


Record = Win | Goal | Step | Review
TableName = Literal["wins", "goals", "steps", "reviews"]
TABLES: Final[dict[TableName, type[Record]]] = {"wins": Win, "goals": Goal, "steps": Step, "reviews": Review}
_TABLE_OF: Final[dict[type, TableName]] = {kind: name for name, kind in TABLES.items()}


_AT_ONCE: Final = 512
"""Ids that are looked at together: of ten thousand, memory of their size would first have to be fetched."""


def are_ids(texts: Iterable[str]) -> bool:
    """Return whether texts of 36 characters are ids: UUIDs as lower-case hex with dashes."""
    rest = iter(texts)
    while some := tuple(islice(rest, _AT_ONCE)):
        joined = "".join(some).encode(errors="surrogatepass")
        dashes = joined[8::36] + joined[13::36] + joined[18::36] + joined[23::36]
        if not dashes == joined.translate(None, b"0123456789abcdef") == b"-" * 4 * (len(joined) // 36):
            return False
    return True


def record_from(name: TableName, fields: Mapping[str, Any]) -> Record:
    """Return a record from its fields as JSON has them.

    Raises:
        ValidationError: A field has a wrong value; the message ends in its path.
    """
    told = fields if fields.get("proof", True) else {key: fields[key] for key in fields if key != "proof"}
    record: Record = msgspec.convert(told, TABLES[name])
    if isinstance(record, Win) and record.proof:
        record = with_proof(record, record.proof)
    if not are_ids([record.id]):
        raise ValidationError("Expected a UUID in lower case with dashes - at `$.id`")
    if (path := find_out_of_range(record)) is not None:
        raise ValidationError(f"Expected a date from {FIRST_DATE.year} to {LAST_DATE.year} - at `$.{path}`")
    return record


def proof_of(win: Win) -> Proof:
    """Return what was told of a win, each part "" until it was."""
    return win.proof or NO_PROOF


def with_proof(win: Win, proof: Proof) -> Win:
    """Return a win with this proof; without a part of it, there is none."""
    wanted = proof if proof != NO_PROOF else UNSET
    return win if win.proof == wanted else structs.replace(win, proof=wanted)


def table_of(record: Record) -> TableName:
    """Return the name of the table a record belongs to."""
    return _TABLE_OF[type(record)]


IMPORT_ID: Final = "5"
"""The version of the ids that an import makes, from what its entries say; a record by hand has random ones."""
INBOX_ID: Final = "8"
"""The version of the ids that the inbox makes, from what its lines say."""


def id_version(identity: str) -> str:
    """Return the version of a UUID, which tells where a record came from: `IMPORT_ID`, `INBOX_ID`, or another."""
    return identity[14]


def doc_id(identity: str) -> int:
    """Return the TinyDB document id of a record: its UUID as a number, so that ids never clash between programs."""
    return UUID(identity).int


class Superseded(Struct, frozen=True):
    """What a person wrote that gave way to something newer: kept in the history of the record.

    Attributes:
        record: The record as they wanted it.
        fields: The names of the fields that gave way.
    """

    record: Record
    fields: tuple[str, ...]


class Changes(Struct, frozen=True):
    """What an edit does to a journal.

    Attributes:
        put: Records that are new or replace the one with the same id.
        drop: Records that go for good (emptying the trash); everything else is a `deleted_at`.
        notes: Sentences for the person, such as what a merge did; they never hold the text of a win.
        superseded: What gave way in a merge.
    """

    put: tuple[Record, ...] = ()
    drop: tuple[Record, ...] = ()
    notes: tuple[str, ...] = ()
    superseded: tuple[Superseded, ...] = ()
