import json

import pytest

from data.model.records import StepState
from tests.support.cli_runner import Calls


def listed(calls: Calls) -> list[list[str]]:
    return [line.split("\t") for line in calls("step", "list").stdout.splitlines()]


def test_a_step_is_planned_with_a_day_and_an_hour_and_listed_with_them(calls: Calls) -> None:
    identity = calls("step", "add", "call", "Priya", "--when", "tue 9:00").stdout.strip()
    assert listed(calls) == [[identity, "2026-11-24T09:00", "Call Priya"]]


def test_any_other_moment_is_kept_in_words(calls: Calls) -> None:
    calls("step", "add", "call", "Priya", "--when", "lunch is over")
    assert listed(calls)[0][1:] == ["", "If lunch is over, then call Priya"]


def test_steps_are_listed_next_one_first(calls: Calls) -> None:
    calls("step", "add", "later", "--when", "2026-12-24")
    calls("step", "add", "sooner", "--when", "tomorrow")
    assert [row[2] for row in listed(calls)] == ["Sooner", "Later"]


def test_a_step_that_is_done_becomes_a_win_linked_to_the_one_it_came_from(calls: Calls) -> None:
    origin = calls.add("Coffee with Ada")
    calls("step", "add", "call", "Priya", "--after", origin)
    win = calls("step", "done", "priya", "--as", "Called Priya").stdout.strip()
    made = json.loads(calls("show", win, "--json").stdout)
    assert made["title"] == "Called Priya"
    assert made["opened_by"] is not None
    assert listed(calls) == []
    calls("undo")
    assert len(listed(calls)) == 1


def test_without_a_name_the_next_step_is_meant(calls: Calls) -> None:
    calls("step", "add", "later", "--when", "2026-12-24")
    calls("step", "add", "sooner", "--when", "tomorrow")
    calls("step", "drop")
    assert [row[2] for row in listed(calls)] == ["Later"]


def test_json_has_every_field(calls: Calls) -> None:
    calls("step", "add", "call", "--when", "tomorrow")
    (found,) = json.loads(calls("step", "list", "--json").stdout)
    assert (found["cue"], found["state"]) == ("2026-11-21", StepState.OPEN)


@pytest.mark.parametrize(("words", "said"), [(("done",), "No step is open"), (("drop", "xyz"), "No step is open")])
def test_where_there_is_none_it_is_said(calls: Calls, words: tuple[str, ...], said: str) -> None:
    assert said in calls("step", *words, code=1).stderr


def test_words_that_name_several_or_none_change_nothing(calls: Calls) -> None:
    calls("step", "add", "call", "Ana")
    calls("step", "add", "call", "Ben")
    assert "Several" in calls("step", "done", "call", code=1).stderr
    assert "No open step" in calls("step", "done", "zzz", code=1).stderr
    assert len(listed(calls)) == 2
