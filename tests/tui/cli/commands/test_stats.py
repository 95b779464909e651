from math import isclose

from tests.support.cli_runner import Calls


def fill(calls: Calls) -> None:
    """Add real wins in three weeks and candy in one: counts of real 1, 0, 2 and, this week, 1."""
    mail = calls.add("Mail", "--on", "2026-10-27", "--goal", "Climate work")
    call = calls.add("Call", "--on", "2026-11-10", "--after", mail, "--goal", "Climate work")
    other = calls.add("Course", "--on", "2026-11-12")
    now = calls.add("Talk", "--on", "2026-11-17")
    for identity in (mail, call, other, now):
        calls("sort", identity, "real")
    calls("sort", calls.add("Badge", "--on", "2026-11-11"), "candy")
    calls("add", "Not sorted", "--on", "2026-11-17")


def test_stats_json_has_what_is_promised(calls: Calls) -> None:
    fill(calls)
    stats = calls.data("stats")
    assert list(stats) == ["half_life_weeks", "weeks", "momentum", "sugar_ratio", "doors", "calibration", "steps"]
    assert [(week["week"], week["real"], week["candy"], week["unsorted"]) for week in stats["weeks"]] == [
        ("2026-W44", 1, 0, 0),
        ("2026-W45", 0, 0, 0),
        ("2026-W46", 2, 1, 0),
        ("2026-W47", 1, 0, 1),
    ]
    assert [week["complete"] for week in stats["weeks"]] == [True, True, True, False]
    decay = 0.5**0.25
    assert isclose(stats["momentum"]["value"], (2 + decay**2) / (1 + decay + decay**2), rel_tol=1e-12)
    assert isclose(stats["weeks"][2]["sugar"], 1 / (1 + decay + decay**2), rel_tol=1e-12)
    assert stats["momentum"]["trend"] == "too early"
    assert stats["sugar_ratio"] == 1 / 5
    assert stats["doors"] == {"opened": 1, "rate": None, "median_days": 14.0, "longest_chain": 2}
    assert stats["calibration"]["brier"] is None
    assert stats["calibration"]["enough"] is False
    assert stats["steps"] == {"done": 0, "dropped": 0, "rate": None}


def test_fewer_weeks_change_the_period_and_not_momentum(calls: Calls) -> None:
    fill(calls)
    whole, part = calls.data("stats"), calls.data("stats", "--weeks", "1")
    assert part["weeks"] == whole["weeks"][-1:]
    assert part["momentum"] == whole["momentum"]
    assert part["sugar_ratio"] == 0


def test_stats_of_a_goal_count_its_wins_alone(calls: Calls) -> None:
    fill(calls)
    stats = calls.data("stats", "--goal", "climate work")
    assert [week["real"] for week in stats["weeks"]] == [1, 0, 1, 0]
    assert "No goal has that name" in calls("stats", "--goal", "Nowhere", code=1).stderr


def test_an_empty_journal_has_no_figures_to_say(calls: Calls) -> None:
    stats = calls.data("stats")
    assert stats["weeks"] == []
    assert stats["momentum"] == {"value": None, "trend": "too early"}
    assert stats["sugar_ratio"] is None
    assert stats["doors"]["median_days"] is None


def test_piped_stats_are_tabs(calls: Calls) -> None:
    fill(calls)
    lines = calls("stats").stdout.splitlines()
    assert lines[0].split("\t")[:5] == ["2026-W44", "2026-10-26", "1", "0", "0"]
    assert "doors.longest_chain\t2" in lines
    assert "calibration.brier\t" in lines


def test_the_demo_is_summed_up_without_a_terminal_and_leaves_nothing_behind(calls: Calls) -> None:
    lines = calls("demo").stdout.splitlines()
    assert lines[0].startswith("week")
    assert any(line.startswith("momentum") and "up from" in line for line in lines)
    assert not calls.path.exists()
