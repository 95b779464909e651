from pathlib import Path

import pytest

from tests.support.cli_runner import Calls
from tui.cli.commands.write import STDIN_LIMIT


def test_add_prints_the_id_and_list_shows_the_win(calls: Calls) -> None:
    result = calls("add", "Wrote", "to", "the", "recruiter", "--on", "yesterday", "--tag", "#mail", "--tag", "brave")
    identity = result.stdout.strip()
    assert "Thu 19 Nov" in result.stderr
    (win,) = calls.data("list")
    assert win["id"] == identity
    assert win["title"] == "Wrote to the recruiter"
    assert win["happened_on"] == "2026-11-19"
    assert win["tags"] == ["brave", "mail"]
    assert win["verdict"] is None


def test_a_new_goal_is_made_once_and_said_aloud(calls: Calls) -> None:
    first = calls("add", "Read on", "--goal", "Climate work")
    again = calls("add", "Read more", "--goal", "climate WORK")
    assert "Created the goal Climate work" in first.stderr
    assert "Created" not in again.stderr
    assert {win["goal_name"] for win in calls.data("list")} == {"Climate work"}


def test_a_win_can_be_opened_by_an_earlier_one(calls: Calls) -> None:
    mail = calls.add("Mail")
    call = calls.add("Call", "--after", mail[:6])
    assert calls.data("show", mail)["opens"] == [call]
    assert calls.data("show", call)["opened_by"] == mail


def test_a_story_is_read_from_a_pipe_and_cleaned(calls: Calls) -> None:
    calls("add", "Talk", "--story", "-", stdin="\ufeffFirst\r\nsecond \x1b]52;c;eA==\x07end\n")
    assert calls.data("list")[0]["story"] == "First\nsecond ]52;c;eA==end"


def test_a_story_that_is_not_utf8_is_kept_as_far_as_it_can_be(calls: Calls) -> None:
    calls("add", "Talk", "--story", "-", stdin=b"caf\xe9")
    assert calls.data("list")[0]["story"] == "caf\ufffd"


def test_a_story_without_an_end_is_not_waited_for(calls: Calls) -> None:
    endless = b"x" * (STDIN_LIMIT + 1)
    assert "too long for a story" in calls("add", "Talk", "--story", "-", stdin=endless, code=1).stderr
    assert not calls.path.exists()


def test_hostile_titles_come_out_clean(calls: Calls) -> None:
    calls.add("see [/x] \x1b[31mred\x9b\u202eback")
    assert calls.data("list")[0]["title"] == "see [/x] [31mredback"


def test_add_json_prints_the_whole_win(calls: Calls) -> None:
    win = calls.data("add", "Applied anyway", "--goal", "Climate work")
    assert win == calls.data("show", win["id"])
    assert win["goal_name"] == "Climate work"
    assert win["opens"] == []


def test_the_editor_gives_title_and_story(calls: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "Coffee with Ada\\n\\nShe asked:\\nwhy wait?\\n# a comment\\n" > "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    calls.add("--edit")
    (win,) = calls.data("list")
    assert (win["title"], win["story"]) == ("Coffee with Ada", "She asked:\nwhy wait?")


def test_an_empty_text_in_the_editor_adds_nothing(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    result = calls("add", "--edit", code=1)
    assert "nothing was added" in result.stderr
    assert calls.data("list") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add",), "What was the win?"),
        (("add", "x", "--on", "someday"), "yesterday"),
        (("add", "x", "--on", "2027-01-01"), "still to come"),
        (("sort", "abcd", "sweet"), "candy"),
        (("ad", "x"), "Did you mean 'add'?"),
        (("add", "x", "--goa", "y"), "--goal"),
        (("add", "-5", "kg"), "add -- -5 kg"),
        (("stats", "--weeks", "many"), "a number of weeks, 1 or more"),
        (("stats", "--weeks", "0"), "a number of weeks, 1 or more"),
        (("list", "--week", "2026-W99"), "has no week 99"),
    ],
)
def test_what_is_not_understood_is_exit_code_2(calls: Calls, words: tuple[str, ...], said: str) -> None:
    result = calls(*words, code=2)
    assert said in result.stderr
    assert result.stdout == ""
    assert not calls.path.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", " \x1b "), "title is empty"),
        (("add", "x" * 501), "501 characters"),
        (("add", "x", "--tag", "y" * 51), "tag has 51"),
        (("add", "x", "--after", "beef"), "No win has an id"),
        (("show", "abc"), "4 characters"),
        (("sort", "beef", "real"), "No win has an id"),
        (("remove", "beef"), "No win has an id"),
        (("list", "--goal", "Nowhere"), "No goal has that name"),
    ],
)
def test_what_can_not_be_done_is_exit_code_1(calls: Calls, words: tuple[str, ...], said: str) -> None:
    result = calls(*words, code=1)
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


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
