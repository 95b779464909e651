from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from data.model.records import TableName
from data.sync.record_state import NOTHING, join, write
from data.sync.registers import absent, document_of, field_of, registers_of, words_of
from data.sync.stamps import stamp_after

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
plain = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5))
names = st.text(st.sampled_from("ab/~."), min_size=1, max_size=6)
verdicts = st.sampled_from([None, "real", "candy"])


def decision(second: int, verdict: str | None) -> dict[str, Any]:
    return {"when": f"2026-11-20T12:00:{second:02}Z", "verdict": verdict}


wins = st.fixed_dictionaries(
    {
        "title": st.text(max_size=5),
        "answers": st.dictionaries(st.sampled_from(["door", "growth", "future"]), st.integers(1, 5)),
        "tags": st.lists(st.text("abc/", min_size=1, max_size=3), unique=True).map(sorted),
        "decided": st.lists(st.tuples(st.integers(0, 59), verdicts), unique_by=lambda pair: pair[0]).map(
            lambda pairs: [decision(*pair) for pair in sorted(pairs, key=lambda pair: pair[0])]
        ),
        "lookbacks": st.lists(st.dates(), unique=True).map(lambda days: [{"on": f"{day}"} for day in sorted(days)]),
        "verdict": verdicts,
    },
    optional={"proof": st.dictionaries(st.sampled_from(["action", "future"]), st.text(min_size=1), min_size=1)},
)


def written(table: TableName, document: dict[str, Any]) -> dict[str, Any]:
    """Return the record of a state into which each register was written in turn, decisions by their order."""
    state = NOTHING
    for name, value in registers_of(table, document).items():
        if name != "verdict":
            state = write(state, {name: value}, stamp_after(NOON, "a" * 8, state.newest))
    if "verdict" in registers_of(table, document):  # set by hand, after the last decision
        state = write(state, {"verdict": document["verdict"]}, stamp_after(NOON, "a" * 8, state.newest))
    return document_of(table, state)


@given(wins, st.dictionaries(names, plain))
def test_a_win_goes_through_its_registers_unchanged(win: dict[str, Any], unknown: dict[str, Any]) -> None:
    assert written("wins", {**unknown, **win}) == {**unknown, **win}


@given(st.dictionaries(names, plain))
def test_other_records_go_through_theirs_unchanged(document: dict[str, Any]) -> None:
    assert written("goals", document) == document
    step = {**document, "state": "done", "due_week": "2026-11-16", "done_win": "x"}
    assert written("steps", step) == step


@given(names)
def test_a_strange_name_is_never_taken_for_a_part_of_a_field(name: str) -> None:
    (register,) = registers_of("goals", {name: 1})
    assert field_of(register) == name


def test_decisions_of_two_copies_are_all_kept_and_the_last_is_the_verdict() -> None:
    start = write(NOTHING, {"title": "talk"}, stamp_after(NOON, "a" * 8))
    copies = []
    for actor, second, verdict in (("b", 1, "candy"), ("c", 2, "real")):
        document = {"title": "talk", "decided": [decision(second, verdict)], "verdict": verdict}
        stamp = stamp_after(NOON.replace(second=second), actor * 8, start.newest)
        new = {name: value for name, value in registers_of("wins", document).items() if name != "title"}
        copies.append(write(start, new, stamp))
    both = document_of("wins", join(*copies))
    assert [each["verdict"] for each in both["decided"]] == ["candy", "real"]
    assert both["verdict"] == "real"


def test_a_decision_is_the_same_in_whatever_order_a_tool_wrote_its_fields() -> None:
    found = decision(1, "real")
    other = dict(reversed(found.items()))
    assert registers_of("wins", {"decided": [found]}).keys() == registers_of("wins", {"decided": [other]}).keys()


def test_words_of_a_person_are_those_of_fields_and_of_proof() -> None:
    registers = {"title": "Talk", "tags/people": True, "answers/door": 3, "proof/action": "I spoke", "~1x": 1}
    assert words_of(registers) == {"title": "Talk", "/x": 1, "proof": {"action": "I spoke"}}


def test_a_tag_taken_off_is_not_there() -> None:
    start = write(NOTHING, {"tags/people": True, "tags/talk": True}, stamp_after(NOON, "a" * 8))
    after = write(start, {"tags/talk": absent("tags/talk")}, stamp_after(NOON, "b" * 8, start.newest))
    assert document_of("wins", after)["tags"] == ["people"]
