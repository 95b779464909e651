"""What of a record is one register: the pieces that two people may change without being in each other's way.

A field is one register, but for these: each answer, tag, decision, look-back and part of proof has its own, the three
fields of what became of a step share one, and a win's verdict has none as long as it is its last decision's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

import msgspec

from data.model.records import TableName
from data.sync.record_state import RecordState

Document = Mapping[str, Any]
"""A record as the file has it, with fields that this version does not know."""

PROGRESS: Final = ("state", "due_week", "done_win")
"""The fields of a step that belong together: whoever finishes it sets all three."""
_ANSWERS, _TAGS, _DECIDED, _LOOKBACKS, _PROGRESS = "answers/", "tags/", "decided/", "lookbacks/", "progress/"
_PROOF: Final = "proof/"


def registers_of(table: TableName, document: Document) -> dict[str, Any]:
    """Return a record's registers: values as JSON by name."""
    return dict(_parted(table, document))


def _parted(table: TableName, document: Document) -> Iterator[tuple[str, Any]]:
    parts = _PARTS.get(table, {})
    for name, value in document.items():
        if name in parts:
            yield from parts[name](value)
        elif table == "steps" and name in PROGRESS:
            yield _PROGRESS, [document.get(each) for each in PROGRESS]
        elif table != "wins" or name != "verdict" or value != _last_verdict(document):
            yield _escaped(name), value


def _last_verdict(document: Document) -> Any:  # noqa: ANN401 - JSON is of any type
    decided = document.get("decided") or [{}]
    return decided[-1].get("verdict")


def _answers(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((_ANSWERS + question, answer) for question, answer in value.items() if answer is not None)


def _tags(value: Iterable[str]) -> Iterator[tuple[str, Any]]:
    return ((_TAGS + tag, True) for tag in value)


def _decided(value: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    return ((_DECIDED + _digest(decision), decision) for decision in value)


def _lookbacks(value: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    return ((f"{_LOOKBACKS}{lookback['on']}", lookback) for lookback in value)


def _proof(value: Mapping[str, Any] | None) -> Iterator[tuple[str, Any]]:
    return ((_PROOF + part, words) for part, words in (value or {}).items() if words)


_PARTS: Final[dict[TableName, dict[str, Callable[[Any], Iterator[tuple[str, Any]]]]]] = {
    "wins": {"answers": _answers, "tags": _tags, "decided": _decided, "lookbacks": _lookbacks, "proof": _proof}
}


def _digest(decision: Mapping[str, Any]) -> str:
    return sha256(msgspec.json.encode(decision, order="sorted")).hexdigest()[:12]


def _escaped(name: str) -> str:
    """Return the register of a field; a strange name never looks like a part of another field."""
    return name.replace("~", "~0").replace("/", "~1")


def field_of(register: str) -> str:
    """Return the field that a register is of; of a step's three the first."""
    name, part, _ = register.partition("/")
    return "state" if register == _PROGRESS else name if part else name.replace("~1", "/").replace("~0", "~")


def words_of(registers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that some registers are of, without those parts of fields that hold no words of a person."""
    whole = {field_of(name): value for name, value in registers.items() if "/" not in name}
    proof = _under(_PROOF, registers)
    return {**whole, "proof": proof} if proof else whole


def absent(register: str) -> Any:  # noqa: ANN401 - JSON is of any type
    """Return what is written into a register whose value is gone: a tag that was taken off is not there."""
    return False if register.startswith(_TAGS) else None


def document_of(table: TableName, state: RecordState) -> dict[str, Any]:
    """Return the record of a state; one that lacks needed fields is no record, which whoever validates it finds."""
    values = state.values()
    document = {field_of(name): value for name, value in values.items() if "/" not in name}
    if isinstance(progress := values.get(_PROGRESS), list):
        document |= dict(zip(PROGRESS, progress, strict=False))
    if table == "wins":
        document |= _win_parts(state, values)
    return document


def _win_parts(state: RecordState, values: Mapping[str, Any]) -> dict[str, Any]:
    decided = _objects(_DECIDED, values)
    order = sorted(decided, key=lambda key: (state.stamp(_DECIDED + key), key))
    return {
        "answers": _under(_ANSWERS, values),
        "tags": sorted(_under(_TAGS, values)),
        "decided": [decided[key] for key in order],
        "lookbacks": [value for _, value in sorted(_objects(_LOOKBACKS, values).items())],
        "verdict": _verdict(state, values, _DECIDED + order[-1] if order else ""),
        **({"proof": proof} if (proof := _under(_PROOF, values)) else {}),
    }


def _verdict(state: RecordState, values: Mapping[str, Any], last: str) -> Any:  # noqa: ANN401 - JSON is of any type
    """Return the verdict of the last decision, or one that was set by hand since."""
    by_hand = state.stamp("verdict") > state.stamp(last)
    return values["verdict"] if by_hand else values[last].get("verdict") if last else None


def _objects(prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of a field that are objects; whoever has the key may have put anything there."""
    return {name: value for name, value in _under(prefix, values).items() if isinstance(value, dict)}


def _under(prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name[len(prefix) :]: value for name, value in values.items() if name.startswith(prefix) and value}
