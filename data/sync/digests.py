"""Digests: what tells the records of a journal from what they were at the last pass."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from hashlib import sha256

from data.model.records import TABLES, Record, TableName, table_of
from data.storage.contents import Contents, UnknownFields
from data.storage.encoder import document_of_record, encode_record
from data.sync.repairs import Key

Digests = Mapping[TableName, Mapping[str, str]]
"""What tells each record from a changed one, by table and id; "" for one that the journal does not show."""


Pieces = Mapping[str, tuple[Record, ...]]
"""Records that stand one after the other in the file, by the digest of their bytes there."""


def pieces_without(pieces: Pieces, touched: AbstractSet[str]) -> frozenset[str]:
    """Return the digests of the pieces in which no record of these ids is."""
    if not touched:
        return frozenset(pieces)
    return frozenset(piece for piece, records in pieces.items() if touched.isdisjoint(one.id for one in records))


def digests_of(contents: Contents) -> dict[TableName, dict[str, str]]:
    """Return what tells each record of a journal from a changed one, by table and id."""
    found = {
        name: {key: digest_of(record) for key, record in getattr(contents.journal, name).items()} for name in TABLES
    }
    for (name, key), overlay in contents.extras.records.items():
        if key in found[name]:  # it may have been removed
            found[name][key] = digest_of(getattr(contents.journal, name)[key], overlay)
    return found


def digests_again(
    contents: Contents, pieces: Pieces, known: Digests, known_pieces: AbstractSet[str]
) -> dict[TableName, dict[str, str]]:
    """Return the same, encoding no record of a piece that is as it was.

    Args:
        contents: What the journal holds.
        pieces: The pieces of its file, with all of its records; none where it is another program's.
        known: What told its records at the last pass.
        known_pieces: The digests of the pieces that it had then.
    """
    tables: dict[TableName, Mapping[str, Record]] = {name: getattr(contents.journal, name) for name in TABLES}
    found = {
        name: {key: digest for key, digest in known.get(name, {}).items() if digest and key in records}
        for name, records in tables.items()
    }
    for piece in pieces.keys() - known_pieces:
        for record in pieces[piece]:
            found[table_of(record)][record.id] = digest_of(record)
    is_whole = pieces and all(len(found[name]) == len(records) for name, records in tables.items())
    return found if is_whole else digests_of(contents)


def digest_of(record: Record, overlay: UnknownFields | None = None) -> str:
    """Return what tells a record, with its unknown fields, from a changed one."""
    data = encode_record(record) if not overlay else repr(document_of_record(record, overlay)).encode()
    return short_digest(data)


def short_digest(data: bytes) -> str:
    """Return the first 16 hex digits of the SHA-256 of some bytes."""
    return sha256(data).hexdigest()[:16]


def unsent_records(contents: Contents, known: Digests) -> set[Key]:
    """Return the records that were written or removed here since the last pass.

    Args:
        contents: What the journal holds.
        known: What told its records at the end of that pass.
    """
    digests = digests_of(contents)
    return {*changed_keys(digests, known), *gone_keys(digests, known)}


def changed_keys(digests: Digests, known: Digests) -> list[Key]:
    """Return the records that a journal has and that were not just so when it was last seen."""
    return [
        (name, key)
        for name, records in digests.items()
        for key, digest in records.items()
        if known.get(name, {}).get(key) != digest
    ]


def gone_keys(digests: Digests, known: Digests) -> list[Key]:
    """Return the records that a journal showed and has no longer."""
    return [
        (name, key)
        for name, records in digests.items()
        for key, digest in known.get(name, {}).items()
        if digest and key not in records
    ]


def digest_in(digests: Digests, key: Key) -> str:
    """Return the digest of a record, "" where the journal does not show it."""
    return digests.get(key[0], {}).get(key[1], "")
