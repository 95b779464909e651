"""Digests: what tells the records of a journal from what they were at the last pass."""

from collections.abc import Mapping
from hashlib import sha256

from data.model.records import TABLES, Record, TableName
from data.storage.contents import Contents, UnknownFields
from data.storage.encoder import document_of_record, encode_record
from data.sync.repairs import Key

Digests = Mapping[TableName, Mapping[str, str]]
"""What tells each record from a changed one, by table and id; "" for one that the journal does not show."""


def digests_of(contents: Contents) -> dict[TableName, dict[str, str]]:
    """Return what tells each record of a journal from a changed one, by table and id."""
    found = {
        name: {key: digest_of(record) for key, record in getattr(contents.journal, name).items()} for name in TABLES
    }
    for (name, key), overlay in contents.extras.records.items():
        if key in found[name]:  # it may have been removed
            found[name][key] = digest_of(getattr(contents.journal, name)[key], overlay)
    return found


def digest_of(record: Record, overlay: UnknownFields | None = None) -> str:
    """Return what tells a record, with its unknown fields, from a changed one."""
    data = encode_record(record) if not overlay else repr(document_of_record(record, overlay)).encode()
    return sha256(data).hexdigest()[:16]


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
