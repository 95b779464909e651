from tests.support.cli_runner import Calls


def test_goals_are_added_and_listed_with_their_wins(calls: Calls) -> None:
    calls("goal", "add", "Climate", "work", "--why", "It matters")
    calls("goal", "add", "Teaching")
    calls.add("Coffee", "--goal", "Climate work")
    assert calls("goal", "list").stdout == "Climate work\t1\t\nTeaching\t0\t\n"
    first = calls.data("goal", "list")[0]
    assert (first["name"], first["why"], first["wins"]) == ("Climate work", "It matters", 1)


def test_two_goals_never_share_a_name(calls: Calls) -> None:
    calls("goal", "add", "Climate")
    assert "goal" in calls("goal", "add", "CLIMATE", code=1).stderr
    assert len(calls.data("goal", "list")) == 1


def test_a_goal_gets_another_name_or_why(calls: Calls) -> None:
    made = calls.data("goal", "add", "Climate", "--why", "Because")
    calls("goal", "edit", "climate", "--name", "Climate work")
    calls("goal", "edit", "Climate", "work", "--why", "-", stdin="It matters\n")
    (goal,) = calls.data("goal", "list")
    assert (goal["id"], goal["name"], goal["why"]) == (made["id"], "Climate work", "It matters")
    assert "--name or --why" in calls("goal", "edit", "Climate work", code=2).stderr


def test_an_archived_goal_is_listed_when_asked_and_taken_up_again(calls: Calls) -> None:
    calls("goal", "add", "Climate")
    calls("goal", "archive", "climate")
    assert "No goals yet" in calls("goal", "list").stderr
    assert calls("goal", "list", "--all").stdout == "Climate\t0\tarchived\n"
    calls("goal", "archive", "--undo", "climate")
    assert calls("goal", "list").stdout == "Climate\t0\t\n"


def test_a_wrong_name_is_told_the_near_ones(calls: Calls) -> None:
    calls("goal", "add", "Climate")
    assert "Did you mean Climate?" in calls("goal", "archive", "Climat", code=1).stderr
