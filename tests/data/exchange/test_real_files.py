"""What each importer makes of files as programs and people write them (`files/`)."""

from pathlib import Path

import pytest

from data.exchange.importing.source import source_of
from data.exchange.registry import detect_format
from tests.support.import_runner import imported, planned, reasons

FILES = Path(__file__).parent / "files"

WINS = {
    "obsidian.md": [
        ("2026-01-02", "Sent the CV"),
        ("2026-01-03", "Passed the exam"),
        ("2026-01-04", "Ada wrote back"),
        ("2026-01-03", "Said it in the meeting"),
        ("2026-01-06", "A row of a table"),
        ("2026-01-03", "Wrote to Carol"),
    ],
    "2023_02_02 logseq.md": [
        ("2023-02-02", "Sent the essay"),
        ("2023-02-02", "Spoke up"),
        ("2026-01-25", "Of another day"),
    ],
    "headings.md": [
        ("2026-01-01", "Applied"),
        ("2026-03-03", "Passed"),
        ("2026-05-01", "Month"),
        ("2026-05-11", "Week"),
        ("2026-05-20", "First entry."),
        ("2026-05-21", "Second entry"),
        ("2026-05-22", "Sent the form."),
        ("2026-05-22", "Got a reply."),
        ("2026-11-20", "Auf Deutsch"),
    ],
    "plain.txt": [("2025-11-20", "Sent it"), ("2025-11-21", "Got an answer"), ("2025-11-21", "Called Ada")],
    "org.org": [("2026-01-05", "Sent the letter"), ("2026-01-06", "Spoke up")],
    "jrnl-formats.txt": [("2019-07-21", "Old format"), ("2019-07-22", "New format, back to @C#")],
    "trello.json": [("2025-11-20", "Call Ada"), ("2025-11-22", "Ticked")],
    "keep.json": [("2025-11-20", "Win"), ("2025-11-21", "Sent it")],
    "bragfile.json": [("2025-11-20", "Call Ada")],
    "kanban-tui.json": [("2025-11-21", "Call Ada")],
    "dayone.json": [("2026-03-24", "First call"), ("2026-03-27", "Rich title"), ("2026-03-28", "Tea & talk")],
    "jira.csv": [("2025-11-20", "Fix the form")],
    "linear.csv": [("2025-11-20", "Ship it")],
    "linkedin.csv": [("2025-11-20", "Ada Lovelace")],
    "daylio.csv": [("2025-11-20", "Passed"), ("2025-11-21", "Only a note")],
    "notion.csv": [("2025-11-20", "Sent it"), ("2025-11-21", "A week away")],
    "todoist.csv": [("2025-11-20", "Call Ada")],
    "toggl.csv": [("2025-11-20", "Wrote the essay")],
    "trello.csv": [("2025-11-21", "Call Ada")],
    "google-forms.csv": [("2026-01-13", "Sent it"), ("2026-02-03", "Got an answer")],
    "sheet.csv": [("2025-11-20", "Geschickt"), ("2025-11-20", "Angerufen"), ("2025-11-21", "Zwei")],
}
SKIPPED = {
    "obsidian.md": [
        (13, "not done"), (14, "cancelled"), (15, "in progress"), (16, "moved to another day"), (17, "a question"),
        (18, "important, not done"), (24, "a quotation"), (26, "code"), (36, "text outside of bullets"),
        (39, "in a section of plans"),
    ],
    "2023_02_02 logseq.md": [(6, "not done"), (7, "not done"), (8, "not done"), (14, "a query")],
    "org.org": [(8, "not done"), (9, "cancelled"), (14, "text outside of wins")],
    "trello.json": [(2, "not done")],
    "keep.json": [(2, "not done"), (3, "in the trash")],
    "kanban-tui.json": [(2, "not done")],
    "dayone.json": [(2, "only photos or other media"), (3, "only photos or other media")],
    "jira.csv": [(3, "not done")],
    "linear.csv": [(3, "not done")],
    "linkedin.csv": [(1, "above the column names"), (2, "above the column names")],
    "daylio.csv": [(4, "no title")],
    "notion.csv": [(4, "not done")],
    "todoist.csv": [(2, "not a task")],
    "trello.csv": [(3, "not done")],
    "sheet.csv": [(2, "above the column names")],
}  # fmt: skip
KINDS = {
    "trello.json": "trello",
    "keep.json": "keep",
    "bragfile.json": "json-table",
    "kanban-tui.json": "json-table",
    "dayone.json": "dayone",
    "org.org": "org",
    "jrnl-formats.txt": "jrnl",
    "plain.txt": "markdown",
    "sheet.csv": "csv",
}


def data_of(name: str) -> bytes:
    return (FILES / name.rpartition(" ")[2]).read_bytes()


@pytest.mark.parametrize("name", WINS)
def test_wins_are_found_and_the_rest_is_counted_with_its_line(name: str) -> None:
    plan = planned(data_of(name), name)
    assert [(win.happened_on.isoformat(), win.title) for _, win in plan.new_wins] == WINS[name]
    assert reasons(plan) == [(line, f"skipped: {why}") for line, why in SKIPPED.get(name, [])]
    assert plan.duplicates == ()


@pytest.mark.parametrize("name", WINS)
def test_the_same_file_again_is_all_duplicates(name: str) -> None:
    journal = imported(data_of(name), name)
    again = planned(data_of(name), name, journal)
    assert (len(again.new_wins), len(again.duplicates)) == (0, len(WINS[name]))


@pytest.mark.parametrize("name", KINDS)
def test_the_format_is_found(name: str) -> None:
    assert detect_format(source_of(data_of(name), name)).name == KINDS[name]


def test_what_belongs_to_a_win_comes_with_it() -> None:
    found = {name: [win for _, win in planned(data_of(name), name).new_wins] for name in WINS}
    assert found["obsidian.md"][0].tags == ("apply",)
    assert found["obsidian.md"][1].story == "It took three tries."
    assert found["2023_02_02 logseq.md"][0].story == ""
    assert [win.story for win in found["headings.md"]][4:6] == ["A line.", "- a detail"]
    assert found["plain.txt"][1].story == "It was short."
    assert (found["org.org"][0].tags, found["org.org"][0].story) == (("work",), "It was long.")
    assert found["org.org"][1].story == "- a detail"
    assert (found["jrnl-formats.txt"][1].tags, found["jrnl-formats.txt"][1].story) == (("C#",), "[x] is no entry")
    assert (found["trello.json"][0].tags, found["trello.json"][0].story) == (("people",), "d")
    assert (found["keep.json"][0].tags, found["keep.json"][0].story) == (("wins",), "Called the clinic")
    assert (found["bragfile.json"][0].tags, found["bragfile.json"][0].story) == (("a", "b"), "d\n\ni")
    assert [win.story for win in found["dayone.json"]] == ["They asked for more.", "and its words", "with Bob"]
    assert (found["jira.csv"][0].tags, found["jira.csv"][0].story) == (("forms", "web"), "It was hard")
    assert found["linkedin.csv"][0].story == "Engineer\n\nAcme"
    assert [win.tags for win in found["daylio.csv"]] == [("study", "walk")] * 2
    assert (found["todoist.csv"][0].story, found["toggl.csv"][0].tags) == ("details", ("a", "b"))
    assert found["sheet.csv"][0].tags == ("Arbeit", "Mut")
    assert found["sheet.csv"][2].story == "Zeilen"
    journal = imported(data_of("linear.csv"), "linear.csv")
    assert [goal.name for goal in journal.goals.values()] == ["Nursing"]
