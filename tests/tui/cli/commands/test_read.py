import base64
from pathlib import Path

import pytest

from tests.support.cli_runner import Calls
from tests.support.terminal import SMALLWINS, Terminal
from tui.cli.shared.output import (
    ASIDE_COLUMN,
    MARK_COLUMN,
    NUMBER_COLUMN,
    TEXT_COLUMN,
    WORD_COLUMN,
    cell_width,
    clip_cells,
    format_table,
)


@pytest.fixture
def full(calls: Calls) -> Calls:
    """Return a caller on a journal of four wins."""
    calls("add", "Café with a mentor", "--on", "2026-11-03", "--goal", "Climate work", "--tag", "people")
    calls("sort", calls.add("Certificate with a badge", "--on", "2026-11-11", "--story", "Long afternoon"), "candy")
    calls("sort", calls.add("Applied anyway", "--on", "mon", "--tag", "People"), "real")
    calls("add", "Recruiter answered my note")
    return calls


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ((), ["Recruiter answered my note", "Applied anyway", "Certificate with a badge", "Café with a mentor"]),
        (("--week", "this"), ["Recruiter answered my note", "Applied anyway"]),
        (("--week", "2026-W46"), ["Certificate with a badge"]),
        (("--week", "this", "--since", "tue"), ["Recruiter answered my note"]),
        (("--until", "2026-11-10"), ["Café with a mentor"]),
        (("--verdict", "real"), ["Applied anyway"]),
        (("--verdict", "unsorted", "--since", "yesterday"), ["Recruiter answered my note"]),
        (("--goal", "climate work"), ["Café with a mentor"]),
        (("--tag", "#people"), ["Applied anyway", "Café with a mentor"]),
        (("--search", "AFTERNOON"), ["Certificate with a badge"]),
        (("--search", "cafe mentor"), ["Café with a mentor"]),
    ],
)
def test_list_shows_what_is_asked_for_newest_first(full: Calls, words: tuple[str, ...], titles: list[str]) -> None:
    assert [win["title"] for win in full.data("list", *words)] == titles


def test_a_piped_list_has_whole_ids_and_tabs(full: Calls) -> None:
    lines = full("list", "--tag", "people").stdout.splitlines()
    identity = full.data("list", "--search", "anyway")[0]["id"]
    assert lines[0].split("\t") == [identity, "2026-11-16", "real", "Applied anyway", "", "people", "0"]
    assert lines[1].split("\t")[4] == "Climate work"


def test_an_empty_list_is_said_beside_the_data(calls: Calls) -> None:
    result = calls("list")
    assert result.stdout == ""
    assert "Add one with `smallwins add`" in result.stderr
    assert calls("list", "--json").stdout.strip() == "[]"
    calls.add("First", "--on", "2026-11-02")
    assert "No matching wins." in calls("list", "--week", "this").stderr


def test_a_wrong_goal_is_told_the_near_ones(full: Calls) -> None:
    assert "Did you mean Climate work?" in full("list", "--goal", "climte work", code=1).stderr
    assert "Your goals: Climate work." in full("list", "--goal", "zzz", code=1).stderr


def test_show_tells_the_whole_of_a_win(full: Calls) -> None:
    identity = full.data("list", "--search", "badge")[0]["id"]
    text = full("show", identity[:5]).stdout
    assert "title\tCertificate with a badge" in text
    assert "verdict\tcandy" in text
    assert text.endswith("\nLong afternoon\n")


def test_list_json_has_the_fields_of_the_file_and_what_follows_from_them(full: Calls) -> None:
    assert list(full.data("list")[0]) == [
        "id", "title", "story", "happened_on", "goal", "tags", "opened_by", "answers", "verdict", "decided",
        "lookbacks", "door_note", "created_at", "updated_at", "deleted_at", "proof", "goal_name", "substance",
        "suggestion", "opens",
    ]  # fmt: skip


def test_where_prints_the_journal_alone(calls: Calls) -> None:
    result = calls("where")
    assert result.stdout == f"{calls.path}\n"
    assert "doesn't exist yet" in result.stderr


def test_without_a_terminal_the_week_is_summed_up(full: Calls) -> None:
    lines = dict(line.split(maxsplit=1) for line in full().stdout.splitlines())
    assert lines["week"] == "2026-11-16 (2026-W47)"
    assert (lines["wins"], lines["real"], lines["candy"]) == ("2", "1", "0")
    assert "momentum" in lines
    assert lines["due"] == "the review of the week of 2026-11-16, 1 win to sort"  # the older ones came at one moment


def test_a_table_keeps_its_columns_under_each_other_whatever_the_script() -> None:
    rows = [("a", "·", "日本語のタイトル", "7"), ("bcd", "◆", "👩\u200d👩\u200d👧 kin", "12"), ("e", "◇", "plain", "")]
    lines = format_table((WORD_COLUMN, MARK_COLUMN, TEXT_COLUMN, NUMBER_COLUMN), rows, 80)
    assert lines[0].startswith("a    ·  日本語のタイトル")
    assert {cell_width(line) for line in lines[:2]} == {len("bcd") + 2 + 1 + 2 + 16 + 2 + 2}
    assert lines[2] == "e    ◇  plain"


def test_a_title_gives_way_where_the_terminal_is_narrow() -> None:
    (line,) = format_table(
        (WORD_COLUMN, TEXT_COLUMN, WORD_COLUMN), [("2026-11-20", "A long title that says too much", "goal")], 40
    )
    assert cell_width(line) == 40
    assert line.endswith("…  goal")


def test_goals_and_tags_give_way_before_titles_do() -> None:
    row = ("1a2b3c4d", "2026-11-20", "Applied without every requirement", "Climate work", "#courage #jobs")
    (line,) = format_table((WORD_COLUMN, WORD_COLUMN, TEXT_COLUMN, ASIDE_COLUMN, ASIDE_COLUMN), [row], 80)
    assert cell_width(line) <= 80
    assert "Applied without every requirement" in line
    assert "#courage…" in line


def test_a_table_never_prints_what_a_terminal_obeys() -> None:
    (line,) = format_table((TEXT_COLUMN,), [("a\x1b[2Jb\nc\td",)], 80)
    assert line == "a[2Jb c d"


def test_a_wide_character_is_not_cut_in_half() -> None:
    assert clip_cells("日本語", 4) == "日…"
    assert clip_cells("日本語", 6) == "日本語"


def test_weeks_begin_when_the_settings_say(calls: Calls, home: Path) -> None:
    calls("add", "On a Sunday", "--on", "2026-11-15")
    assert calls.data("list", "--week", "this") == []
    config = home / ".config" / "smallwins" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("week_start = 'sunday'\n")
    assert len(calls.data("list", "--week", "this")) == 1


def test_settings_that_can_not_be_understood_are_told_and_the_rest_goes_on(calls: Calls, home: Path) -> None:
    config = home / ".config" / "smallwins" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("half_life = \n")
    result = calls("stats")
    assert "config.toml" in result.stderr
    assert "momentum\t" in result.stdout


def test_a_copy_needs_a_terminal_and_says_so(full: Calls) -> None:
    for words in (("list", "--copy"), ("show", "badge", "-y")):
        result = full(*words)
        assert "no terminal to copy through" in result.stderr
        assert result.stdout


@pytest.mark.terminal
def test_list_and_show_copy_themselves(full: Calls) -> None:
    for words, copied in (
        (("list", "--copy"), "Certificate with a badge"),
        (("show", "-y", "badge"), "Long afternoon"),
    ):
        with Terminal(*SMALLWINS, "--file", str(full.path), *words) as terminal:
            terminal.wait_end()
        encoded = bytes(terminal.raw).partition(b"]52;c;")[2].partition(b"\x07")[0]
        assert copied in base64.b64decode(encoded).decode()
