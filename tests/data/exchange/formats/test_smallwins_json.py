"""Our own export, and what is there already: nothing comes in twice, and what is new is tied to it."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from data.base.errors import NotAllowedError
from data.base.written_dates.parts import AmbiguousDate
from data.base.written_dates.reader import read_day
from data.exchange.formats.smallwins_json import SMALLWINS_JSON, write_json
from data.exchange.importing.foreign_dates import moment_day
from data.exchange.importing.plan import describe_plan
from data.model.edits import new_goal, new_win
from data.model.journal import Journal
from data.model.records import Goal, Review, Win
from data.review.steps import new_step
from tests.support.import_runner import NOW, TODAY, imported, planned, reasons, utc_day, wins_of

GOAL = new_goal("Climate", NOW)


def win(title: str, **fields: object) -> Win:
    return replace(new_win(title, happened_on=TODAY - timedelta(days=3), now=NOW), **fields)


def test_a_goal_of_the_same_name_is_the_one_that_is_there() -> None:
    theirs = replace(new_goal("CLIMATE", NOW), id=new_goal("x", NOW).id)
    text = write_json(Journal.of(theirs, win("A", goal=theirs.id), win("B", goal="gone"), win("C")))
    after = imported(text, "x.json", Journal.of(GOAL))
    assert list(after.goals) == [GOAL.id]
    assert {one.title: one.goal for one in after.wins.values()} == {"A": GOAL.id, "B": None, "C": None}


def test_what_is_there_by_its_id_is_a_duplicate_and_the_rest_is_new() -> None:
    there, new = win("There"), win("New")
    step = new_step("If, then", due_week=TODAY, now=NOW)
    review = Review(id=win("x").id, week=TODAY, started_at=NOW, updated_at=NOW)
    text = write_json(Journal.of(there, new, step, review, GOAL))
    plan = planned(text, "x.json", Journal.of(there, step))
    assert [one.title for _, one in plan.duplicates] == ["There"]
    assert {record.id for record in plan.new} == {new.id, review.id, GOAL.id}
    assert describe_plan(plan) == "1 new, 1 duplicate, 1 new goal, 1 new review."
    whole = imported(text, "x.json")
    assert planned(text, "x.json", whole).new == ()


def test_a_win_that_a_file_holds_twice_comes_in_once() -> None:
    tree: dict[str, Any] = json.loads(write_json(Journal.of(win("A"))))
    tree["wins"].append(tree["wins"][0] | {"title": "B"})
    plan = planned(json.dumps(tree), "x.json")
    assert [one.title for _, one in plan.new_wins] == ["A"]
    assert reasons(plan) == [(2, "refused: Another win of the file has its id.")]
    tree["wins"][1] = tree["wins"][0]
    assert [str(place) for place, _ in planned(json.dumps(tree), "x.json").duplicates] == ["2"]


def test_a_link_to_a_duplicate_leads_to_the_win_that_is_there() -> None:
    there = win("Asked")
    head = "id,opened_by,date,title\n"
    text = f"{head}1,,{there.happened_on},ASKED\n2,1,2026-11-30,Call\n3,2,2026-11-30,Met\n4,3,2026-11-30,Offer\n"
    after = imported(text, "x.csv", Journal.of(there))
    found = {one.title: one for one in after.wins.values()}
    assert len(after.wins) == 4
    assert found["Call"].opened_by == there.id
    assert found["Met"].opened_by == found["Call"].id


def test_new_goals_come_after_those_that_are_there() -> None:
    text = "date,title,goal\n2026-11-20,a,Teach\n2026-11-20,b,Write\n2026-11-20,c,TEACH\n"
    after = imported(text, "x.csv", Journal.of(GOAL))
    assert [(goal.name, goal.order) for goal in after.goals.values()] == [("Climate", 0), ("Teach", 1), ("Write", 2)]


def test_only_the_goals_of_some_wins_go_with_them_and_all_are_in_order_of_age() -> None:
    other = replace(new_goal("Other", NOW), created_at=NOW - timedelta(days=9))
    late, soon = win("late", goal=GOAL.id), win("soon", created_at=NOW - timedelta(days=1))
    journal = Journal.of(GOAL, other, late, soon)
    some = json.loads(write_json(journal, [late, soon]))
    assert [one["name"] for one in some["goals"]] == ["Climate"]
    assert [one["title"] for one in some["wins"]] == ["soon", "late"]
    both = replace(soon, goal=other.id)
    assert [one["name"] for one in json.loads(write_json(journal, [late, both]))["goals"]] == ["Other", "Climate"]
    assert [one["title"] for one in json.loads(write_json(journal))["wins"]] == ["soon", "late"]


def test_a_record_that_is_none_is_refused_by_its_place() -> None:
    tree: dict[str, Any] = json.loads(write_json(Journal.of(GOAL, win("A"), win("B"))))
    tree["wins"][0]["title"] = 3
    tree["wins"].append({"id": "x", "happened_on": "2026-11-20"})
    plan = planned(json.dumps(tree), "x.json")
    assert len(plan.new_wins) == 1
    first = plan.new_wins[0][0].line
    assert sorted([first, *(one.line for one in plan.refused)]) == [2, 3, 4]


@pytest.mark.parametrize("change", [{"smallwins": 2}, {"smallwins": "1"}, {"schema": 99}])
def test_an_export_of_a_later_version_is_refused(change: dict[str, object]) -> None:
    tree = json.loads(write_json(Journal.of(win("A")))) | change
    with pytest.raises(NotAllowedError, match="later version"):
        planned(json.dumps(tree), "x.json")


def test_a_file_that_only_has_wins_is_no_journal() -> None:
    assert not SMALLWINS_JSON.detects(None, {"wins": {}})  # type: ignore[arg-type]
    assert not SMALLWINS_JSON.detects(None, {"meta": {}})  # type: ignore[arg-type]
    assert SMALLWINS_JSON.detects(None, {"wins": {}, "meta": {}})  # type: ignore[arg-type]
    assert SMALLWINS_JSON.detects(None, {"wins": {}, "meta": {}, "goals": {}})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("20261120T233000Z", "2026-11-20"),
        ("20261120", "2026-11-20"),
        (" 20261120T233000 ", "2026-11-20"),
        (1_790_000_000, "2026-09-21"),
        (1_790_000_000.5, "2026-09-21"),
        (1_790_000_000_000, "2026-09-21"),
        ("1790000000000", "2026-09-21"),
        (-1_000_000_000_000, "1938-04-24"),
        (True, None),
        ([], None),
        (["2026-11-20"], None),
        ("2026", None),
        ("a-b", None),
        (float("nan"), None),
        (1e300, None),
        ("20269920T000000Z", None),
    ],
)
def test_a_moment_is_read_as_programs_write_it(value: object, day: str | None) -> None:
    found = moment_day(value, utc_day)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("20261120T233000Z", date(2026, 11, 21)),
        ("20261120T233000", date(2026, 11, 20)),
        ("2026-11-20T23:30:00Z", date(2026, 11, 21)),
        ("2026-11-20T23:30:00", date(2026, 11, 20)),
        (1_795_217_400, date(2026, 11, 21)),
    ],
)
def test_a_moment_belongs_to_the_local_day(value: object, day: date) -> None:
    def in_stockholm(moment: datetime) -> date:
        return moment.astimezone(ZoneInfo("Europe/Stockholm")).date() if moment.tzinfo is not None else moment.date()

    assert moment_day(value, in_stockholm) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11/12/2026", None),
        ("12/12/2026", date(2026, 12, 12)),
        ("12/11/2026", None),
        ("13/12/2026", date(2026, 12, 13)),
        ("12/13/2026", date(2026, 12, 13)),
        ("13/13/2026", None),
        ("31/02/2026", None),
        ("20 November", None),
    ],
)
def test_a_date_with_slashes_is_read_where_it_can_be_read_in_one_way(text: str, day: date | None) -> None:
    found = read_day(text)
    assert (None if isinstance(found, AmbiguousDate) else found) == day


def test_a_goal_in_an_export_stays_what_it_is() -> None:
    after = imported(write_json(Journal.of(GOAL)), "x.json")
    assert [type(one) for one in after.goals.values()] == [Goal]
    assert wins_of(planned(write_json(Journal.of(GOAL)), "x.json")) == []
