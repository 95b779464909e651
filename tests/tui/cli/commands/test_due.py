import json
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from data.review import reviews
from data.storage.store import Store
from tests.support.cli_runner import NOW, Calls


def finish_the_review(calls: Calls) -> None:
    """Mark the week of the shells' Friday as reviewed."""
    week = date(2026, 11, 16)
    store = Store(calls.path, lambda: NOW)
    store.change("begin", reviews.start_review(reviews.new_review(week, NOW)))
    store.change("finish", reviews.finish_review(week, NOW))
    store.close()


def test_a_due_review_is_one_line_on_stdout_and_exit_code_0(calls: Calls) -> None:
    calls.add("Recruiter answered", "--on", "yesterday")
    calls.add("Coffee with a mentor", "--on", "2026-11-16")
    assert calls("due").stdout == "Review due: the week of 16 Nov; 2 wins to sort; about 2 minutes.\n"


def test_after_the_review_it_is_quiet_until_the_next(calls: Calls) -> None:
    calls.add("Recruiter answered")
    finish_the_review(calls)
    result = calls("due", code=1)
    assert result.stdout == ""
    assert result.stderr == "No review is due. The next review day is Fri 27 Nov; 1 win to sort.\n"


def test_an_empty_journal_has_nothing_due(calls: Calls) -> None:
    assert calls("due", code=1).stdout == ""


def test_other_programs_get_json(calls: Calls) -> None:
    calls.add("Recruiter answered")
    assert json.loads(calls("due", "--json").stdout) == {
        "week": "2026-11-16",
        "on": "2026-11-20",
        "due": True,
        "unsorted": 1,
        "older": 0,
        "lookbacks": 0,
        "steps": 0,
    }


def test_the_calendar_entry_comes_back_every_week_on_the_review_day(calls: Calls) -> None:
    printed = calls("due", "--ics", "--at", "17:30").stdout_bytes
    calendar = Calendar.from_ical(printed)
    assert isinstance(calendar, Calendar)
    (event,) = calendar.events
    assert event.start == datetime(2026, 11, 20, 17, 30)  # noqa: DTZ001 - floating: local wherever it is read
    assert event.duration == timedelta(minutes=15)
    assert event.rrules == [{"FREQ": ["WEEKLY"], "BYDAY": ["FR"]}]
    assert event.uid == "weekly-review@smallwins"
    assert printed.count(b"\r\n") == printed.count(b"\n")


def test_a_step_with_a_day_is_an_entry_of_its_own_and_one_without_is_none(calls: Calls) -> None:
    calls("step", "add", "call", "Priya", "--when", "tue 9:00")
    calls("step", "add", "write", "the talk", "--when", "2026-12-01")
    calls("step", "add", "rest")
    calendar = Calendar.from_ical(calls("due", "--ics").stdout_bytes)
    assert isinstance(calendar, Calendar)
    _review, *events = calendar.events
    assert [str(event.get("summary")) for event in events] == ["Call Priya", "Write the talk"]
    assert events[0].start == datetime(2026, 11, 24, 9, 0)  # noqa: DTZ001 - floating
    assert events[1].start == date(2026, 12, 1)
    assert len({event.uid for event in calendar.events}) == 3


def test_the_calendar_entry_says_after_what_the_review_is(calls: Calls) -> None:
    store = Store(calls.path, lambda: NOW)
    week = date(2026, 11, 16)
    store.change("begin", reviews.start_review(reviews.new_review(week, NOW)))
    store.change("cue", reviews.set_cue(week, "  lunch ", NOW))
    store.close()
    calendar = Calendar.from_ical(calls("due", "--ics").stdout_bytes)
    assert isinstance(calendar, Calendar)
    assert str(calendar.events[0].get("description")).startswith("After lunch. ")


def test_a_time_that_is_none_is_a_usage_error(calls: Calls) -> None:
    assert "17 o'clock" in calls("due", "--ics", "--at", "17 o'clock", code=2).stderr


@pytest.mark.terminal
def test_without_ics_no_calendar_library_is_loaded(tmp_path: Path) -> None:
    script = (
        "import sys; from tui.cli.main import cli",
        "try: cli.main(['due'])",
        "except SystemExit: print([name for name in ('icalendar', 'textual', 'rich') if name in sys.modules])",
    )
    run = subprocess.run([sys.executable, "-c", "\n".join(script)], capture_output=True, check=True, cwd=tmp_path)  # noqa: S603 - ourselves
    assert run.stdout.decode().splitlines()[-1] == "[]"
