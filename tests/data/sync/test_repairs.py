"""Repairs: what only all records together can say is mended by rules that every device computes alike."""

from datetime import UTC, datetime, timedelta
from typing import Any

from data.sync.record_state import NOTHING, RecordState, write
from data.sync.repairs import INTO, Key, States, is_shown, repair
from data.sync.stamps import stamp_after

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def record(hours: int = 0, **fields: Any) -> RecordState:  # noqa: ANN401 - any field
    return write(NOTHING, {"id": "x", **fields}, stamp_after(NOON + timedelta(hours=hours), "a" * 8))


def mended(states: States) -> dict[Key, dict[str, Any]]:
    found, _ = repair(states, NOON, "b" * 8)
    assert repair({**states, **found}, NOON, "c" * 8)[0] == {}
    return {key: state.values() for key, state in {**states, **found}.items()}


def test_a_goal_that_was_renamed_to_the_name_of_another_stays_one_of_its_own() -> None:
    first = record(name="Climate", created_at="2026-01-01T00:00:00Z", why="")
    second = record(name="Design", created_at="2026-02-01T00:00:00Z", why="")
    second = write(second, {"name": "climate"}, stamp_after(NOON, "d" * 8, second.newest))
    third = record(name="Climate (2)", created_at="2026-03-01T00:00:00Z", why="")
    after = mended({("goals", "1"): first, ("goals", "2"): second, ("goals", "3"): third})
    assert [after["goals", key]["name"] for key in "123"] == ["Climate", "climate (3)", "Climate (2)"]


def test_a_why_that_the_other_holds_is_not_doubled() -> None:
    one = record(name="Climate", created_at="2026-01-01T00:00:00Z", why="I want to.")
    other = record(name="Climate", created_at="2026-02-01T00:00:00Z", why="I want to. It matters.")
    after = mended({("goals", "1"): one, ("goals", "2"): other})
    assert after["goals", "1"]["why"] == "I want to. It matters."
    assert after["goals", "2"][INTO] == "1"


def test_reviews_near_one_week_become_one_and_odd_weeks_are_left_alone() -> None:
    def review(week: str, note: str, hours: int, finished: str | None = None) -> RecordState:
        moment = f"2026-11-{20 + hours:02}T12:00:00Z"
        return record(
            hours,
            week=week,
            note=note,
            started_at=moment,
            updated_at=moment,
            finished_at=finished,
            position={"page": note},
        )

    after = mended(
        {
            ("reviews", "1"): review("2026-11-16", "One.", 0),
            ("reviews", "2"): review("2026-11-15", "Two.", 1, "2026-11-21T12:00:00Z"),
            ("reviews", "3"): review("never", "Odd.", 2),
        }
    )
    assert after["reviews", "1"]["note"] == "One.\n\nTwo."
    assert after["reviews", "1"]["finished_at"] == "2026-11-21T12:00:00Z"
    assert after["reviews", "1"]["position"] == {"page": "Two."}  # where the person was last
    assert after["reviews", "2"][INTO] == "1"
    assert INTO not in after["reviews", "3"]


def test_links_follow_what_became_part_of_another_and_end_at_what_was_removed() -> None:
    removed = RecordState({}, {"a" * 8: stamp_after(NOON, "a" * 8)}, {"a" * 8: stamp_after(NOON, "a" * 8)})
    after = mended(
        {
            ("goals", "1"): record(name="Climate"),
            ("goals", "2"): record(0, **{"name": "Old", INTO: "1"}),
            ("wins", "gone"): removed,
            ("wins", "w"): record(goal="2", opened_by="gone"),
            ("wins", "v"): record(goal="not here yet", opened_by=None),
            ("steps", "s"): record(from_win="gone"),
        }
    )
    assert after["wins", "w"]["goal"] == "1"
    assert after["wins", "w"]["opened_by"] is None
    assert after["steps", "s"]["from_win"] is None
    assert after["wins", "v"]["goal"] == "not here yet"
    assert not is_shown(removed)


def test_goals_archived_in_both_stay_archived() -> None:
    fields: dict[str, Any] = {"name": "Climate", "why": "", "archived_at": "2026-11-01T00:00:00Z"}
    one = record(created_at="2026-01-01T00:00:00Z", **fields)
    other = record(created_at="2026-02-01T00:00:00Z", **fields)
    after = mended({("goals", "1"): one, ("goals", "2"): other})
    assert after["goals", "1"]["archived_at"] == "2026-11-01T00:00:00Z"
