from pathlib import Path

import pytest

from data.files.drafts import load_drafts
from tests.support.cli_runner import Calls


def test_sort_decides_and_keeps_the_decision(calls: Calls) -> None:
    identity = calls.add("Certificate with a badge")
    assert "cotton candy" in calls("sort", identity[:8], "candy").stderr
    calls("sort", identity, "real")
    calls("sort", identity, "unsorted")
    win = calls.data("show", identity)
    assert win["verdict"] is None
    assert [one["verdict"] for one in win["decided"]] == ["candy", "real", None]


def test_remove_moves_to_the_trash_where_show_still_finds_it(calls: Calls) -> None:
    identity = calls.add("Certificate with a badge")
    calls("remove", identity)
    assert calls.data("list") == []
    assert calls.data("show", identity)["deleted_at"] is not None
    assert "in the trash" in calls("sort", identity, "real", code=1).stderr


def test_sort_needs_a_verdict(calls: Calls) -> None:
    calls.add("Coffee")
    assert "candy" in calls("sort", "coffee", "sweet", code=2).stderr


@pytest.mark.parametrize("words", [("show",), ("remove",), ("unlink",), ("edit", "--tag", "x")])
def test_words_of_a_title_stand_for_an_id(calls: Calls, words: tuple[str, ...]) -> None:
    calls.add("Other")
    calls.add("Coffee with Ada")
    assert "Coffee with Ada" in calls(words[0], "ada", "coffee", *words[1:]).output


def test_several_wins_with_those_words_are_listed(calls: Calls) -> None:
    first, second = calls.add("Coffee with Ada"), calls.add("Coffee with Ben")
    said = calls("sort", "coffee", "with", "real", code=1).stderr
    assert f"{first[:8]} 2026-11-20 Coffee with Ada\n" in said
    assert f"{second[:8]} 2026-11-20 Coffee with Ben\n" in said


@pytest.mark.parametrize("words", [("show",), ("remove",), ("unlink",), ("edit", "--tag", "x")])
def test_what_fits_no_win_is_said(calls: Calls, words: tuple[str, ...]) -> None:
    said = calls(words[0], "beef", *words[1:], code=1).stderr
    assert "No win has that id or those words" in said
    assert "4 characters" in said


def test_edit_changes_only_what_the_options_say(calls: Calls) -> None:
    win = calls.add("Coffee", "--goal", "Climate", "--tag", "people", "--tag", "brave", "--story", "Long")
    before = calls.data("show", win)
    calls("edit", win, "--title", "Tea", "--untag", "#People", "--tag", "calm", "--on", "yesterday")
    after = calls.data("show", win)
    assert (after["title"], after["tags"], after["happened_on"]) == ("Tea", ["brave", "calm"], "2026-11-19")
    same = ("id", "goal", "story", "created_at", "verdict")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def test_edit_gives_and_takes_the_goal(calls: Calls) -> None:
    win = calls.add("Coffee")
    assert "Created the goal Climate" in calls("edit", win, "--goal", "Climate").stderr
    assert calls.data("edit", win, "--goal", "climate", "--tag", "x")["goal_name"] == "Climate"
    calls("edit", win, "--goal", "")
    assert calls.data("show", win)["goal"] is None


def test_edit_opens_the_editor_with_what_there_is(
    calls: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nsed -i "s/Coffee/Tea/; s/long/longer/" "$1"\n')
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))
    win = calls.add("Coffee", "--story", "A long\nstory")
    calls("edit", win, "--edit")
    after = calls.data("show", win)
    assert (after["title"], after["story"]) == ("Tea", "A longer\nstory")


def test_edit_that_says_nothing_new_is_refused(calls: Calls) -> None:
    calls.add("Coffee")
    assert "Nothing to change" in calls("edit", "coffee", code=1).stderr
    assert "Nothing to change" in calls("edit", "coffee", "--title", "Coffee", code=1).stderr


def test_link_and_unlink(calls: Calls) -> None:
    mail, call = calls.add("Wrote a mail"), calls.add("They called")
    assert "“Wrote a mail” opened “They called”" in calls("link", "they called", "wrote").stderr
    assert calls.data("show", mail)["opens"] == [call]
    assert "loop" in calls("link", mail, call, code=1).stderr
    calls("unlink", "they", "called")
    assert calls.data("show", call)["opened_by"] is None
    assert "isn't linked" in calls("unlink", call).stderr


def test_what_edit_refuses_is_the_draft_of_that_win_and_is_continued(
    calls: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nprintf "%0600d\\n\\nits story" 7 > "$1"\n')
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))
    win = calls.add("Coffee")
    said = calls("edit", win, "--edit", code=1).stderr
    assert f"`smallwins edit {win[:8]} --edit` continues it" in said
    (draft,) = load_drafts(calls.path)
    assert (draft.win, draft.fields["story"]) == (win, "its story")
    script.write_text('#!/bin/sh\nsed -i "1s/^0\\{200\\}/Coffee with /" "$1"\n')
    calls("edit", win, "--edit")
    after = calls.data("show", win)
    assert (after["title"][:12], after["story"]) == ("Coffee with ", "its story")
    assert load_drafts(calls.path) == ()


def test_title_and_story_can_come_from_stdin(calls: Calls) -> None:
    win = calls.add("Coffee", "--story", "with milk")
    calls("edit", win, "--title", "-", stdin="Tea\n")
    after = calls.data("show", win)
    assert (after["title"], after["story"]) == ("Tea", "with milk")
    calls("edit", win, "--title", "-", "--story", "-", stdin="Cocoa\n\nwith cream\n")
    after = calls.data("show", win)
    assert (after["title"], after["story"]) == ("Cocoa", "with cream")
    calls("edit", win, "--story", "-", stdin="with nothing")
    assert calls.data("show", win)["story"] == "with nothing"
