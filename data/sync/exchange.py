"""One pass over a journal, as a pure function: what is known, what arrived and what the journal holds become one.

The journal stays the truth: it is compared with what it held at the last pass, so nobody who writes to it need know of
sync. Whoever has no such memory (a first pass, a restored backup, a copied file) meets the others as a stranger.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

from msgspec import Struct, structs

from data.base import text
from data.base.errors import JournalFileError
from data.base.formatting import plural
from data.history.entry import SYNC_LABEL, HistoryEntry
from data.history.history import forget_records, make_entry
from data.model.records import TABLES, Changes, Proof, Record, Superseded, TableName, Win, doc_id
from data.storage.contents import Contents
from data.storage.encoder import document_of_record
from data.sync.batches import Batch, Head
from data.sync.clocks import NO_CLOCKS, Clocks, look_at_clocks
from data.sync.digests import Digests, Pieces, changed_keys, digest_of, digests_again, gone_keys, pieces_without
from data.sync.known_states import KnownStates
from data.sync.record_state import NOTHING, RecordState, join, mark_gone
from data.sync.registers import Document, document_of, words_of
from data.sync.repairs import Key, States, is_shown, repair
from data.sync.writes import FieldTimes, field_times, filled_writes, write_all, write_differences

SILENT: Final = frozenset({"updated_at", "created_at", "started_at", "week", "order", "position"})
"""Fields whose older value nobody misses."""
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""For records without timestamps, which a state always has."""
_LINES: Final = frozenset({"title", "name", "text", "door_note", "tags", *Proof.__struct_fields__})
_NEEDED: Final[Mapping[TableName, frozenset[str]]] = {
    "wins": frozenset({"id", "title", "happened_on", "created_at", "updated_at"}),
    "goals": frozenset({"id", "name", "created_at", "updated_at"}),
    "steps": frozenset({"id", "text", "progress/", "created_at", "updated_at"}),
    "reviews": frozenset({"id", "week", "started_at", "updated_at"}),
}


class Base(Struct, frozen=True):
    """What a device knew at the end of its last pass.

    Attributes:
        taken: The names of batches whose content is in `states`.
        replaced: The names of batches that others hold the content of, with the moment this was heard of.
        reported: The names of batches that could not be opened, and of which the others were told.
        absent: The names of batches that were taken in and are no longer there, with the first look that missed them.
        clocks: What is known of the clocks of other devices.
        states: Every record that was ever heard of.
        digests: What tells each record that the journal showed from a changed one.
        pieces: What tells the pieces of its file, whose records were just as `digests` has them.
    """

    taken: frozenset[str] = frozenset()
    replaced: Mapping[str, datetime] = {}
    reported: frozenset[str] = frozenset()
    absent: Mapping[str, datetime] = {}
    clocks: Clocks = NO_CLOCKS
    states: KnownStates = KnownStates()
    digests: Digests = {}
    pieces: frozenset[str] = frozenset()


class Exchange(Struct, frozen=True):
    """What a pass comes to.

    Attributes:
        contents: What the journal shall hold; the same object where nothing changed.
        base: What is known now; its `taken` lacks the batch that is sent yet.
        outgoing: The states of records to send.
        added: How many records came in, by table.
        changed: How many became another by what came in.
        removed: How many were removed by it.
        notes: Sentences for the person.
    """

    contents: Contents
    base: Base
    outgoing: States
    added: Mapping[TableName, int] = {}
    changed: Mapping[TableName, int] = {}
    removed: Mapping[TableName, int] = {}
    notes: tuple[str, ...] = ()


def exchange(  # noqa: PLR0913 - what is known, what arrived, and when
    contents: Contents,
    base: Base | None,
    batches: Mapping[str, Batch],
    now: datetime,
    actor: str,
    *,
    pieces: Pieces = {},  # noqa: B006 - it is not changed
) -> Exchange:
    """Return what a pass comes to.

    Args:
        contents: What the journal holds.
        base: What was known at the end of the last pass, or None where this journal has no such memory.
        batches: What arrived, by name.
        now: The moment, UTC.
        actor: The writer of this pass.
        pieces: The pieces of the journal's file, where it is as this program writes it.
    """
    known = base or Base()
    digests = digests_again(contents, pieces, known.digests, known.pieces)
    parts = [batch.states for batch in batches.values()]
    arrived = _joined(parts)
    mine = _own_writes(contents, known, digests, arrived, actor)
    before = known.states.with_changes(mine)
    taken = _taken_in(before, arrived, [before, *parts], now, actor)
    mended, told = repair({**before, **taken}, now, actor) if arrived else ({}, ())
    after = before.with_changes({**taken, **mended})
    new = {key for key in {*mine, *taken, *mended} if after[key] != _heard(known, arrived, key)}
    journal = _Journal(contents, digests, after, {*taken, *mended})
    asides = list(_asides(before, taken, journal))
    heads = [batch.head for batch in batches.values()]
    clocks, skew = look_at_clocks(known.clocks, heads, now)
    return Exchange(
        contents=journal.contents((*asides, *_cut_links(mended, journal)), now),
        base=structs.replace(_after_hearing(known, batches, now), clocks=clocks, **journal.known(pieces)),
        outgoing={key: after[key] for key in new},
        **journal.counts(),
        notes=(*told, *_notes(asides, _came_back(before, taken), heads), *journal.notes(), *skew),
    )


def _after_hearing(known: Base, batches: Mapping[str, Batch], now: datetime) -> Base:
    """Return what is known of batches after these arrived."""
    replaced = {name: now for batch in batches.values() for name in batch.head.replaces}
    return structs.replace(known, taken=known.taken | batches.keys(), replaced=replaced | dict(known.replaced))


def _heard(known: Base, arrived: States, key: Key) -> RecordState:
    return join(known.states.get(key, NOTHING), arrived.get(key, NOTHING))


def _joined(parts: Iterable[States]) -> States:
    found: States = {}
    for states in parts:
        for key, state in states.items():
            found[key] = join(found[key], state) if key in found else state
    return found


def _document(contents: Contents, key: Key) -> dict[str, Any]:
    return document_of_record(getattr(contents.journal, key[0])[key[1]], contents.extras.records.get(key))


def _own_writes(contents: Contents, known: Base, digests: Digests, arrived: States, actor: str) -> States:
    """Return the states of what was written or removed here since the last pass."""
    changed = changed_keys(digests, known.digests)
    times = field_times(contents.history, contents.journal) if changed else {}
    found: States = {}
    for key in changed:
        document = _document(contents, key)
        if key in known.states:
            found[key] = write_differences(key[0], document, known.states[key], times, actor)
        elif key in arrived:
            found[key] = _first_writes(key[0], document, arrived[key], times, actor)
        else:
            found[key] = write_differences(key[0], document, NOTHING, times, actor)
    gone = {key: mark_gone(known.states[key]) for key in sorted(gone_keys(digests, known.digests))}
    return {**found, **gone}


def _first_writes(
    table: TableName, document: Document, theirs: RecordState, times: FieldTimes, actor: str
) -> RecordState:
    """Return the state of a record that meets another copy of it first: what both hold alike is no write."""
    known = theirs.values()
    own = filled_writes(table, document, times).items()
    return write_all(
        NOTHING, {name: write for name, write in own if name not in known or known[name] != write[0]}, actor
    )


def _taken_in(
    before: KnownStates, arrived: States, parts: Sequence[Mapping[Key, RecordState]], now: datetime, actor: str
) -> States:
    """Return what this device knows of the records that arrived, joined with what it knew."""
    taken: States = {}
    for key, state in arrived.items():
        joined = join(before.get(key, NOTHING), state)
        taken[key] = _rescued(key, joined, parts, now, actor)
    return taken


def _rescued(
    key: Key, state: RecordState, parts: Iterable[Mapping[Key, RecordState]], now: datetime, actor: str
) -> RecordState:
    """Return a state; a record removed by somebody who had not seen its last edit comes back whole.

    Args:
        key: The record.
        state: All that is known of it.
        parts: What was known and each batch, on their own: joined, the removal takes away what is needed here.
        now: The moment, UTC.
        actor: The writer of this pass.
    """
    if not state.fields or _NEEDED.get(key[0], frozenset()) <= state.fields.keys():
        return state
    lost = {name: value for known in parts if key in known for name, value in known[key].values().items()}
    return write_all(state, {name: (value, now) for name, value in lost.items() if name not in state.fields}, actor)


class _Journal:
    """A journal that takes over what the states of records say.

    Attributes:
        added: The records that it did not have.
        changed: Those that became another.
        removed: Those that are gone.
        strange: Those that this version can't show; they are carried.
    """

    def __init__(self, before: Contents, digests: Digests, states: KnownStates, keys: set[Key]) -> None:
        self._before = before
        self._digests = digests
        self._states = states
        self._keys = keys
        self.added: dict[Key, Record] = {}
        self.changed: dict[Key, Record] = {}
        self.removed: dict[Key, Record] = {}
        self.strange: set[Key] = set()
        self._unknown = dict(before.extras.records)
        for key in sorted(keys):
            if key[0] in TABLES:
                self._take(key, states[key])

    def record(self, key: Key) -> Record | None:
        """Return a record as the journal had it."""
        found: Record | None = getattr(self._before.journal, key[0]).get(key[1])
        return found

    def holds(self, key: Key) -> bool:
        """Return whether the journal has a record now."""
        return key in self.added or (self.record(key) is not None and key not in self.removed)

    def _take(self, key: Key, state: RecordState) -> None:
        old = self.record(key)
        found = _shown(key, state) if is_shown(state) else None
        if found is None:
            if is_shown(state):
                self.strange.add(key)
            elif old is not None:
                self.removed[key] = old
                self._unknown.pop(key, None)
            return
        record, overlay = found
        if record == old and overlay == self._before.extras.records.get(key, {}):
            return
        (self.changed if old is not None else self.added)[key] = record
        self._unknown.pop(key, None)
        if overlay:
            self._unknown[key] = overlay

    def contents(self, asides: Iterable[Superseded], now: datetime) -> Contents:
        """Return what the file shall hold."""
        put = (*self.added.values(), *self.changed.values())
        entry = make_entry(self._before.journal, Changes(superseded=tuple(asides)), SYNC_LABEL, now)
        if self.removed:
            entry = structs.replace(entry or HistoryEntry(id=str(uuid4()), label=SYNC_LABEL, when=now), final=True)
        if not (put or self.removed or entry):
            return self._before
        history = forget_records(self._before.history, {key for _, key in self.removed})
        return structs.replace(
            self._before,
            journal=self._before.journal.apply(Changes(put=put, drop=tuple(self.removed.values()))),
            # At its far end: undo is of what was done here, and what gave way is only remembered.
            history=(entry, *history) if entry else history,
            extras=structs.replace(self._before.extras, records=self._unknown),
        )

    def notes(self) -> Iterator[str]:
        """Yield what to tell the person of the records that can't be shown."""
        wins = sum(table == "wins" for table, _ in self.strange)
        if wins:
            yield f"{plural(wins, 'win')} {'needs' if wins == 1 else 'need'} a newer smallwins; the rest is here."

    def counts(self) -> dict[str, dict[TableName, int]]:
        """Return how many records of each table were added, changed and removed."""
        return {"added": _counts(self.added), "changed": _counts(self.changed), "removed": _counts(self.removed)}

    def known(self, pieces: Pieces) -> dict[str, Any]:
        """Return what a base keeps of the journal."""
        touched = {key for _, key in self._keys}
        return {"states": self._states, "digests": self._new_digests(), "pieces": pieces_without(pieces, touched)}

    def _new_digests(self) -> Digests:
        after = {name: dict(records) for name, records in self._digests.items()}
        for (name, key), record in {**self.added, **self.changed}.items():
            after[name][key] = digest_of(record, self._unknown.get((name, key)))
        for name, key in self.removed:
            del after[name][key]
        return after


def _cleaned(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document whose texts hold nothing that a terminal would obey, however it came here."""
    return {
        name: _clean(value, text.clean_line if name in _LINES else text.clean_text) for name, value in document.items()
    }


def _clean(value: Any, clean: Callable[[str], str]) -> Any:  # noqa: ANN401 - JSON is of any type
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_clean(item, clean) for item in value]
    return _cleaned(value) if isinstance(value, dict) else value


def _shown(key: Key, state: RecordState) -> tuple[Record, dict[str, Any]] | None:
    """Return the record of a state and its unknown fields, or None where this version can't show it."""
    from data.storage.validating_decoder import contents_of_tables  # noqa: PLC0415 - for what arrives alone

    name, identity = key
    document = _cleaned(document_of(name, state))
    try:
        found = contents_of_tables({name: {str(doc_id(identity)): document}}, _NEVER)
        record = getattr(found.journal, name)[identity]
    except (JournalFileError, KeyError, ValueError, RecursionError):
        return None
    return record, found.extras.records.get(key, {})


def _asides(before: KnownStates, taken: States, journal: _Journal) -> Iterator[Superseded]:
    """Yield what a person wrote into a win and what gave way to something newer, on either side."""
    for key, state in taken.items():
        record = (journal.changed.get(key) or journal.record(key)) if key[0] == "wins" else None
        if record is None or key in journal.added:
            continue
        known, now = before.get(key, NOTHING).asides(), state.values()
        given_way = {
            name: value
            for name, values in state.asides().items()
            for stamp, value in values.items()
            if name not in SILENT and stamp not in known.get(name, {}) and value != now[name]
        }
        lost = words_of(given_way)
        if lost and (loser := _with(record, lost)) is not None:
            yield Superseded(record=loser, fields=tuple(sorted(lost)))


def _with(record: Record, fields: Mapping[str, Any]) -> Record | None:
    """Return a record with other values, or None where they can't be shown."""
    from data.storage.validating_decoder import contents_of_tables  # noqa: PLC0415 - as above

    document = {**document_of_record(record, None), **_cleaned(fields)}
    key: Key = ("wins", record.id)
    try:
        found = contents_of_tables({key[0]: {str(doc_id(record.id)): document}}, _NEVER)
    except JournalFileError:
        return None
    return found.journal.wins.get(record.id)


def _counts(records: Mapping[Key, Record]) -> dict[TableName, int]:
    names = [name for name, _ in records]
    return {name: names.count(name) for name in TABLES if name in names}


def _cut_links(mended: States, journal: _Journal) -> Iterator[Superseded]:
    """Yield wins with the link that a repair took from them: no person did, so it is remembered."""
    for key, state in mended.items():
        record = journal.changed.get(key) or journal.record(key)
        past = [value for _, value in sorted(state.asides().get("opened_by", {}).items()) if value]
        if isinstance(record, Win) and record.opened_by is None and past and journal.holds(("wins", past[-1])):
            yield Superseded(record=structs.replace(record, opened_by=past[-1]), fields=("opened_by",))


def _came_back(before: KnownStates, taken: States) -> int:
    """Return how many wins had been removed here, and are there again: they were changed elsewhere meanwhile."""
    removed = [key for key in taken if key[0] == "wins" and (own := before.get(key)) and own.gone and not own.fields]
    return sum(is_shown(taken[key]) for key in removed)


def _notes(asides: Iterable[Superseded], came_back: int, heads: Iterable[Head]) -> Iterator[str]:
    device = " and ".join(sorted({head.device for head in heads if head.device})) or "another device"
    wins = [aside for aside in asides if isinstance(aside.record, Win)]
    if wins:
        what = "A win was" if len(wins) == 1 else f"{len(wins)} wins were"
        yield f"{what} changed on {device} too; the newer value is kept, the other is in the win's history."
    if came_back == 1:
        yield f"A win removed here was changed on {device} meanwhile, so it came back."
    elif came_back:
        yield f"{came_back} wins removed here were changed on {device} meanwhile, so they came back."
