"""Proof in the shell: told by `edit`, shown by `show` and in JSON, exported for others."""

import pytest

from tests.support.cli_runner import Calls

PARTS = ("situation", "task", "action", "result", "learned", "link")


@pytest.fixture
def talk(calls: Calls) -> str:
    """Return the id of a real win."""
    talk = calls.add("Gave the talk")
    calls("sort", talk, "real")
    return talk


def test_parts_are_told_one_by_one_and_shown(calls: Calls, talk: str) -> None:
    calls("edit", "talk", "--action", " I  spoke ", "--link", "https://example.org")
    calls("edit", talk, "--result", "They clapped")
    (win,) = calls.data("list")
    assert win["proof"] == {
        **dict.fromkeys(PARTS, ""),
        "action": "I spoke",
        "result": "They clapped",
        "link": "https://example.org",
    }
    assert "action\tI spoke\nresult\tThey clapped\nlink\thttps://example.org" in calls("show", talk).stdout
    calls("edit", talk, "--action", "")
    assert "past\t2026-11-20 action was: “I spoke”" in calls("show", talk).stdout
    assert calls.data("show", talk)["proof"]["action"] == ""


def test_a_win_without_proof_has_all_its_parts_in_json(calls: Calls, talk: str) -> None:
    assert calls.data("show", talk)["proof"] == dict.fromkeys(PARTS, "")


def test_it_is_told_of_a_real_win_alone_and_within_its_limits(calls: Calls, talk: str) -> None:
    likes = calls.add("Likes")
    assert "Only a real win carries proof." in calls("edit", likes, "--action", "x", code=1).stderr
    assert "The action has 501 characters" in calls("edit", talk, "--action", "x" * 501, code=1).stderr


def test_it_is_exported_for_others_and_round_trips_through_json(calls: Calls, talk: str) -> None:
    calls("edit", talk, *(word for part in PARTS for word in (f"--{part}", f"the {part}")))
    for kind in ("html", "md", "stories", "bullets"):
        assert "the result" in calls("export", "--format", kind).stdout.lower()
    whole = calls("export", "--format", "json").stdout
    other = Calls(calls.path.with_name("other.json"))
    other("import", "-", stdin=whole)
    assert other.data("show", talk)["proof"] == {part: f"the {part}" for part in PARTS}
    assert other("export", "--format", "json").stdout == whole
