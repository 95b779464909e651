from collections.abc import Callable
from pathlib import Path

import pytest

from data.files.drafts import Draft
from tests.support.cli_runner import Calls
from tests.support.one_draft import load_draft, save_draft
from tui.cli.shared.given_text import STDIN_LIMIT


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
    editor.write_text('#!/bin/sh\nprintf "Coffee with Ada\\n\\nShe asked:\\nwhy wait?\\n# a heading\\n" > "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    calls.add("--edit")
    (win,) = calls.data("list")
    assert (win["title"], win["story"]) == ("Coffee with Ada", "She asked:\nwhy wait?\n# a heading")


def test_an_empty_text_in_the_editor_adds_nothing(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    result = calls("add", "--edit", code=1)
    assert "nothing was saved" in result.stderr
    assert calls.data("list") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add",), "What was the win?"),
        (("add", "x", "--on", "someday"), "yesterday"),
        (("add", "x", "--on", "2027-01-01"), "still to come"),
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
        (("add", "x", "--after", "beef"), "No win has that id"),
        (("list", "--goal", "Nowhere"), "No goal has that name"),
    ],
)
def test_what_can_not_be_done_is_exit_code_1(calls: Calls, words: tuple[str, ...], said: str) -> None:
    result = calls(*words, code=1)
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_one_line_says_it_all_and_what_was_understood_is_said(calls: Calls) -> None:
    calls("goal", "add", "Climate work")
    said = calls("add", "yesterday:", "coffee", "with", "a", "mentor", "#people", "@Climate").stderr
    assert "Understood: Thu 19 Nov · Climate work · #people." in said
    (win,) = calls.data("list")
    assert (win["title"], win["happened_on"]) == ("coffee with a mentor", "2026-11-19")
    assert (win["goal_name"], win["tags"]) == ("Climate work", ["people"])


def test_plain_keeps_the_words_as_they_were_typed(calls: Calls) -> None:
    said = calls("add", "--plain", "yesterday: coffee #people").stderr
    assert "Understood" not in said
    (win,) = calls.data("list")
    assert (win["title"], win["tags"], win["happened_on"]) == ("yesterday: coffee #people", [], "2026-11-20")


def test_options_come_before_what_the_title_says(calls: Calls) -> None:
    calls("add", "yesterday: coffee #people", "--on", "2026-11-01", "--tag", "brave")
    (win,) = calls.data("list")
    assert (win["happened_on"], win["tags"]) == ("2026-11-01", ["brave", "people"])


def test_the_same_win_twice_is_said_and_both_are_kept(calls: Calls) -> None:
    first = calls.add("Coffee with a mentor", "--on", "2026-11-17")
    said = calls("add", "coffee with a mentor!").stderr
    assert f"You wrote this on Tue 17 Nov too ({first[:8]})" in said
    assert len(calls.data("list")) == 2
    assert "You wrote" not in calls("add", "Something else").stderr


def test_title_and_story_come_from_stdin(calls: Calls) -> None:
    calls("add", "-", stdin="\n\nCoffee with Ada\n\nShe asked:\nwhy wait?\n")
    (win,) = calls.data("list")
    assert (win["title"], win["story"]) == ("Coffee with Ada", "She asked:\nwhy wait?")


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what makes a line of shell the editor; the file is its first argument."""

    def use(line: str) -> None:
        script = tmp_path / "editor.sh"
        script.write_text(f"#!/bin/sh\n{line}\n")
        script.chmod(0o700)
        monkeypatch.setenv("EDITOR", str(script))

    return use


WRITES = 'printf "An hour of writing\\n\\nand its story\\n" > "$1"'


@pytest.mark.parametrize(
    ("line", "words", "said"),
    [
        ('printf "word %.0s" $(seq 150) > "$1"', (), "title has"),
        ('printf "An hour\\n\\n%s" "$(head -c 120000 /dev/zero | tr "\\0" x)" > "$1"', (), "story has"),
    ],
)
def test_what_the_editor_wrote_and_is_refused_is_kept(
    calls: Calls, editor: Callable[[str], None], line: str, words: tuple[str, ...], said: str
) -> None:
    editor(line)
    result = calls("add", "--edit", *words, code=1)
    assert said in result.stderr
    assert "kept as a draft" in result.stderr
    draft = load_draft(calls.path)
    assert draft is not None
    assert "word word" in draft.fields["title"] or len(draft.fields["story"]) == 120_000
    editor("true")
    calls("add", "--edit", code=1)
    assert load_draft(calls.path) == draft


def test_a_kept_text_is_continued_and_then_dropped(calls: Calls, editor: Callable[[str], None]) -> None:
    save_draft(calls.path, Draft({"title": "An hour of writing", "story": "and its story"}))
    editor('sed -i "1s/hour/evening/" "$1"')
    calls("add", "--edit")
    (win,) = calls.data("list")
    assert (win["title"], win["story"]) == ("An evening of writing", "and its story")
    assert load_draft(calls.path) is None


def test_a_draft_that_something_else_is_written_over_is_kept(calls: Calls, editor: Callable[[str], None]) -> None:
    draft = Draft({"title": "An hour of writing", "story": "and its story"})
    save_draft(calls.path, draft)
    editor('printf "Quick lunch\\n" > "$1"')
    calls("add", "--edit")
    assert calls.data("list")[0]["title"] == "Quick lunch"
    assert load_draft(calls.path) == draft
    editor('printf "%0600d" 7 > "$1"')
    calls("add", "--edit", code=1)
    kept = load_draft(calls.path)
    assert kept is not None
    assert kept.fields["title"] == "An hour of writing"
    assert "and its story\n\n0000" in kept.fields["story"]


def test_text_of_an_editor_that_was_killed_after_saving_is_taken(calls: Calls, editor: Callable[[str], None]) -> None:
    editor(f"{WRITES}; kill -9 $$")
    assert "killed by signal 9. What it saved is used." in calls("add", "--edit").stderr
    assert calls.data("list")[0]["title"] == "An hour of writing"


def test_wrong_options_are_said_before_the_editor_opens(
    calls: Calls, editor: Callable[[str], None], tmp_path: Path
) -> None:
    editor(f'touch "{tmp_path}/opened"; {WRITES}')
    for wrong in (("--after", "zzzz"), ("--tag", "t" * 60), ("--goal", "g" * 600)):
        calls("add", "--edit", *wrong, code=1)
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize("command", ['vi "', "no-such-editor", "/dev/null"])
def test_a_broken_editor_is_a_sentence(calls: Calls, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("EDITOR", command)
    said = calls("add", "--edit", "Coffee", code=1).stderr
    assert said.startswith(("smallwins: The editor", "smallwins: Can't open"))
    assert "Set EDITOR to" in said


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "utf-8-sig"])
def test_the_editor_may_save_in_any_encoding(
    calls: Calls, editor: Callable[[str], None], tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "saved").write_bytes("Café, crème\nstory\n".encode(encoding))
    editor(f'cat "{tmp_path}/saved" > "$1"')
    calls("add", "--edit")
    (win,) = calls.data("list")
    assert (win["title"], win["story"]) == ("Café, crème", "story")
