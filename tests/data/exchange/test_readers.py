"""What each importer makes of what the real programs wrote (`files/`), and of what people write by hand."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from data.base.errors import NotAllowedError
from data.exchange.formats.csv_table import columns_said
from data.exchange.importer import ImportFile, read_files
from data.exchange.importing.date_pattern import DatePattern
from data.exchange.importing.entry import ReadOptions
from data.exchange.importing.normalize import ImportContents
from data.exchange.importing.plan import plan_import
from data.exchange.importing.source import source_of
from data.exchange.registry import Export, write_format
from data.files.settings import Settings
from data.model.edits import new_win
from data.model.journal import Journal
from data.model.records import Changes, Verdict
from data.search.filters import Filter
from tests.support.import_runner import NOW, TODAY, gathered, imported, planned, utc_day, wins_of

FILES = Path(__file__).parent / "files"
JRNL = [
    ("2026-09-07", "Wrote to the recruiter."),
    ("2026-09-10", "The email led to a call."),
    ("2026-09-24", "Interview!"),
    ("2026-10-01", "Café with Zoë — 面接の話 👩\u200d🏫."),
]


@pytest.mark.parametrize("name", ["jrnl.json", "jrnl.txt"])
def test_what_jrnl_4_wrote(name: str) -> None:
    plan = planned((FILES / name).read_bytes(), name)
    wins = [win for _, win in plan.new_wins]
    assert wins_of(plan) == JRNL
    assert wins[0].tags == ("courage", "recruiters")
    assert wins[0].story.startswith("It took an hour")
    assert wins[2].tags == ("starred",)
    assert wins[3].tags == ("clarity",)
    assert "- [why wait]\n\nRoutes." in wins[3].story


@pytest.mark.parametrize("name", ["taskwarrior.json", "taskwarrior-lines.json"])
def test_what_taskwarrior_26_wrote(name: str) -> None:
    plan = planned((FILES / name).read_bytes(), name)
    wins = [win for _, win in plan.new_wins]
    assert wins_of(plan) == [
        ("2026-09-07", "Write to the recruiter"),
        ("2026-11-22", "Apply, although I miss three of nine"),
        ("2026-11-22", 'Say "yes" to the talk — ça fait peur 😬'),
    ]
    assert len(plan.skipped) == 2
    assert wins[0].story == "2026-11-22: Eleven sentences\n2026-11-22: Sent it!"
    assert wins[1].tags == ("brave", "jobs")
    journal = imported((FILES / name).read_bytes(), name)
    assert [journal.goals[win.goal or ""].name for win in journal.live() if win.goal] == ["Climate", "Climate"]


def test_a_taskwarrior_end_may_count_seconds() -> None:
    task = {"description": "Sent", "status": "completed", "uuid": "1", "end": 1_788_805_320}
    assert wins_of(planned(json.dumps([task]))) == [("2026-09-07", "Sent")]
    assert wins_of(planned(json.dumps(task | {"end": "1788805320"}))) == [("2026-09-07", "Sent")]


def test_what_todotxt_cli_wrote() -> None:
    plan = planned((FILES / "todo.txt").read_bytes(), "todo.txt")
    wins = [win for _, win in plan.new_wins]
    assert [win.title for win in wins] == ["Call Ada about routes", "Hand in module 4", "Café with Zoë"]
    assert wins[2].tags == ("people", "town")
    assert len(plan.skipped) == 1


def test_a_day_one_entry_is_dated_where_it_was_written() -> None:
    entry = {
        "uuid": "A1",
        "creationDate": "2026-06-28T22:30:00Z",
        "timeZone": "Europe/Stockholm",
        "text": "# Said yes\\. To a talk\n\nIt scares me\\!",
        "tags": ["brave"],
        "starred": True,
    }
    plan = planned(json.dumps({"metadata": {"version": "1.0"}, "entries": [entry, entry | {"timeZone": "No/Where"}]}))
    ((_, win),) = plan.new_wins
    assert win.happened_on.isoformat() == "2026-06-29"
    assert win.title == "Said yes. To a talk"
    assert win.story == "It scares me!"
    assert win.tags == ("brave", "starred")
    assert len(plan.duplicates) == 1


def test_bullets_take_their_dates_from_the_headings_above() -> None:
    text = """# Wins
## Week of 2026-11-16
- [x] Sent the email #mail #brave
  It took an hour.

  - and a walk
- [ ] Call back
* ◇ **Badge**
## 17 November 2026
1. Read on
2. 2026-11-18: Asked, and
got an answer
## Ideas
- Without a date
"""
    plan = planned(text, "notes.md")
    wins = [win for _, win in plan.new_wins]
    assert wins_of(plan) == [
        ("2026-11-16", "Sent the email"),
        ("2026-11-16", "Badge"),
        ("2026-11-17", "Read on"),
        ("2026-11-18", "Asked, and got an answer"),
    ]
    assert wins[0].tags == ("brave", "mail")
    assert wins[0].story == "It took an hour.\n\n- and a walk"
    assert wins[1].verdict is Verdict.CANDY
    assert len(plan.skipped) == 1
    assert [(one.line, one.reason) for one in plan.refused] == [
        (14, "It has no date; give one for entries without a date (--on).")
    ]


def test_bullets_of_plain_text_stand_below_a_line_that_is_a_date() -> None:
    text = "2026-11-16\n• First\n• Second\n\nTuesday 17 November 2026:\n- Third\n- 2026-11-18\n  - Fourth\n  - Fifth\n"
    assert wins_of(planned(text, "notes.txt")) == [
        ("2026-11-16", "First"),
        ("2026-11-16", "Second"),
        ("2026-11-17", "Third"),
        ("2026-11-18", "Fourth"),
        ("2026-11-18", "Fifth"),
    ]


def test_a_note_of_a_day_has_its_date_in_its_name() -> None:
    text = "# Today\n- First\n## 2026-11-18\n- Second\n"
    assert wins_of(planned(text, "2026-11-20.md")) == [("2026-11-20", "First"), ("2026-11-18", "Second")]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_parts_its_cells(mark: str) -> None:
    rows = [["When", "What", "Notes", "Project", "Tags"], ["2026-11-20", "Sent it", "at last", "Climate", "a b"]]
    text = "\r\n".join(mark.join(row) for row in rows)
    plan = planned(text)
    ((place, win),) = plan.new_wins
    assert (place.line, win.title, win.story, win.tags) == (2, "Sent it", "at last", ("a b",))


def test_columns_can_be_named() -> None:
    text = "Bezeichnung,Tag der Tat\nGespräch,20.11.2026\n"
    plan = planned(text, "x.csv", columns={"title": "bezeichnung", "date": "Tag der Tat"})
    assert wins_of(plan) == [("2026-11-20", "Gespräch")]
    with pytest.raises(NotAllowedError, match="no column 'Nirgends'"):
        planned(text, "x.csv", columns={"title": "Nirgends"})
    with pytest.raises(NotAllowedError, match="known to be the title"):
        planned(text, "x.csv")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20T23:30:00+02:00", "2026-11-20"),
        ("20/11/2026", "2026-11-20"),
        ("11/20/2026", "2026-11-20"),
        ("20.11.2026", "2026-11-20"),
        ("Nov 20, 2026", "2026-11-20"),
        ("20 November 2026", "2026-11-20"),
        ("November 20, 2026 9:00 AM", "2026-11-20"),
        ("20/11/2026 09:00", "2026-11-20"),
        ("2026/11/20", "2026-11-20"),
        ("1790000000", "2026-09-21"),
    ],
)
def test_a_table_may_write_dates_in_many_ways(cell: str, expected: str) -> None:
    assert wins_of(planned(f'date,title\n"{cell}",x\n', "x.csv")) == [(expected, "x")]


def test_a_date_that_can_be_read_in_two_ways_is_refused_until_the_person_says_how() -> None:
    text = "date,title\n03/04/2026,x\n"
    assert "two ways" in planned(text, "x.csv").refused[0].reason
    assert wins_of(planned(text, "x.csv", dates="%d/%m/%Y")) == [("2026-04-03", "x")]


def test_formulas_come_back_without_the_quote_that_kept_them_still() -> None:
    plan = planned("date,title\n2026-11-20,'=1+1\n2026-11-20,'tis\n2026-11-20,''-x\n", "x.csv")
    assert [title for _, title in wins_of(plan)] == ["=1+1", "'tis", "'-x"]


def test_the_name_of_a_goal_that_is_there_is_used_whatever_its_case() -> None:
    first = imported("date,title,goal\n2026-11-20,a,Climate\n", "x.csv")
    second = imported("date,title,goal\n2026-11-20,b,CLIMATE\n", "x.csv", journal=first)
    assert len(second.goals) == 1
    assert len({win.goal for win in second.live()}) == 1


def test_a_goal_that_was_cut_is_the_one_that_is_there_when_its_name_comes_again() -> None:
    name = "g" * 499 + " and more"
    first = imported(f"date,title,goal\n2026-11-20,a,{name}\n", "x.csv")
    assert len(imported(f"date,title,goal\n2026-11-20,b,{name}\n", "x.csv", journal=first).goals) == 1


def test_a_title_that_is_too_long_keeps_all_its_words_in_the_story() -> None:
    long = "word " * 200
    ((_, win),) = planned(f"date,title,story\n2026-11-20,{long},more\n", "x.csv").new_wins
    assert len(win.title) <= 500
    assert win.title.endswith("…")
    assert win.story.startswith("word word")
    assert win.story.endswith("\n\nmore")


def test_links_between_rows_are_kept_and_loops_refused() -> None:
    head = "id,opened_by,date,title\n"
    plan = planned(head + "1,,2026-11-01,a\n2,1,2026-11-02,b\n3,nowhere,2026-11-03,c\n", "x.csv")
    wins = [win for _, win in plan.new_wins]
    assert wins[1].opened_by == wins[0].id
    assert wins[2].opened_by is None
    looped = planned(head + "1,3,2026-11-01,a\n2,1,2026-11-02,b\n3,2,2026-11-03,c\n4,3,2026-11-04,d\n", "x.csv")
    assert [one.line for one in looped.refused] == [2, 3, 4]
    ((place, alone),) = looped.new_wins
    assert (place.line, alone.title, alone.opened_by) == (5, "d", None)
    assert looped.new == (alone,)


def test_the_same_file_twice_adds_nothing() -> None:
    for name in ("jrnl.json", "taskwarrior.json", "todo.txt", "jrnl.txt"):
        data = (FILES / name).read_bytes()
        journal = imported(data, name)
        again = planned(data, name, journal=journal)
        assert again.new == ()
        assert len(again.duplicates) == len(journal.wins)


def test_a_win_that_was_renamed_here_is_still_the_same_task() -> None:
    data = (FILES / "taskwarrior.json").read_bytes()
    journal = imported(data)
    renames = tuple(replace(win, title=f"My {win.title}") for win in journal.wins.values())
    renamed = journal.apply(Changes(put=renames))
    assert planned(data, journal=renamed).new == ()


def test_the_same_win_from_two_programs_is_one() -> None:
    journal = imported("date,title\n2026-09-07,WROTE to the recruiter.\n", "x.csv")
    plan = planned((FILES / "jrnl.json").read_bytes(), journal=journal)
    assert len(plan.duplicates) == 1
    assert len(plan.new_wins) == 3


def test_ids_of_two_programs_are_never_mixed_up() -> None:
    tasks = gathered((FILES / "taskwarrior.json").read_bytes())
    uuids = json.loads((FILES / "taskwarrior.json").read_text())
    assert not {task["uuid"] for task in uuids} & {one.win.id for one in tasks.candidates}


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("d/m/y", "3/4/2026"),
        ("d/m/y", "03/04/2026 09:15"),
        ("DD.MM.YYYY", "03.04.2026"),
        ("m-d-yy", "04-03-26"),
        ("%d %b %y", "3 Apr 26"),
        ("%-d/%-m/%Y", "3/4/2026"),
        ("M/D/YYYY H:mm:ss", "4/3/2026 9:15:02"),
        ("dd.mm.yy HH:mm", "03.04.26 09:15"),
        ("ddd, d mmm yyyy", "Fri, 3 Apr 2026"),
        ("yyyymmdd", "20260403"),
        ("yyyy-MM-dd'T'HH:mm:ssZ", "2026-04-03T09:15:02+0200"),
        ("d de mmmm de y", "3 de abril de 2026"),
        ("mm/dd/yyyy hh:mm a", "04/03/2026 09:15 PM"),
    ],
)
def test_a_pattern_of_dates_reads_what_is_written_so(said: str, text: str) -> None:
    assert DatePattern(said).read(text) == date(2026, 4, 3)


@pytest.mark.parametrize("said", ["d.d.y", "%d/%d", "m/d", "y", "x" * 41, "(((", "%", "%Q", "d/m/y/y", "\\d"])
def test_a_pattern_without_one_day_month_and_year_is_refused_in_a_sentence(said: str) -> None:
    with pytest.raises(NotAllowedError, match="one day, one month and one year"):
        DatePattern(said)


@given(st.text(st.sampled_from("dmyhsaDMYHz%/.: -'[]()*+?{}\\|^$é"), max_size=20), st.text(max_size=20))
def test_any_letters_are_a_pattern_or_a_sentence(said: str, text: str) -> None:
    with suppress(NotAllowedError):
        DatePattern(said).read(text)


def test_columns_are_said_in_one_line_even_those_with_a_comma_in_their_name() -> None:
    assert columns_said("title=What, and why, date = When") == {"title": "What, and why", "date": "When"}
    assert columns_said(" ") == {}
    for wrong in ("What", "colour=What", "title="):
        with pytest.raises(NotAllowedError):
            columns_said(wrong)


def test_a_row_whose_verdict_is_no_verdict_is_refused_and_an_empty_row_is_none() -> None:
    plan = planned("date,title,verdict\n2026-11-20,a,Candy\n,,\n2026-11-20,b,perhaps\n2026-11-20,c,\n", "x.csv")
    assert [(win.title, win.verdict) for _, win in plan.new_wins] == [("a", Verdict.CANDY), ("c", None)]
    assert [(one.line, one.reason) for one in plan.refused] == [
        (4, "Its verdict is not real, candy, unsorted or nothing.")
    ]


@pytest.mark.parametrize("cell", ["talk;people", '"talk, people"', "#talk #people"])
def test_the_tags_of_a_cell_stand_between_commas_or_semicolons_or_behind_signs(cell: str) -> None:
    ((_, win),) = planned(f"date,title,tags\n2026-11-20,a,{cell}\n", "x.csv").new_wins
    assert win.tags == ("people", "talk")


@pytest.mark.parametrize(
    "data",
    [
        {"entries": [{"title": "Sent it", "body": "", "date": "2026-06-28", "time": "18:22"}, "Called"]},
        {"entries": [{"creationDate": "2026-06-28T12:00:00Z", "text": "Sent it"}, 7]},
        {"entries": [{"creationDate": "2026-06-28T12:00:00Z", "text": "Sent it"}, {"creationDate": True, "text": "x"}]},
    ],
)
def test_an_entry_that_is_none_is_refused_beside_those_that_are(data: object) -> None:
    plan = planned(json.dumps(data))
    assert wins_of(plan) == [("2026-06-28", "Sent it")]
    assert [one.line for one in plan.refused] == [2]


def test_the_notes_of_a_task_become_its_story_and_what_is_no_note_is_left_out() -> None:
    task = {
        "uuid": "00000000-0000-4000-8000-000000000001",
        "status": "completed",
        "description": "Sent it",
        "end": "20260628T120000Z",
        "annotations": ["lost", {"entry": "20260628T120000Z", "description": "It was hard"}],
    }
    plan = planned(json.dumps([task, 7]))
    ((_, win),) = plan.new_wins
    assert win.story == "2026-06-28: It was hard"
    assert [(one.line, one.reason) for one in plan.refused] == [(2, "It is not an entry.")]


def read_together(*files: tuple[str, str]) -> ImportContents:
    texts = [ImportFile(Path(name), name, source_of(text.encode(), name)) for name, text in files]
    return read_files(texts, ReadOptions(local=utc_day), TODAY, NOW)


def test_a_file_among_others_is_the_same_file_as_alone() -> None:
    rows = ("x.csv", "id,date,title\nab,2026-09-07,Wrote to the recruiter\nab,2026-09-07,Called\n")
    alone = gathered(rows[1], rows[0])
    together = read_together(("a.md", "- 2026-09-01: Coffee\n"), rows)
    assert {one.win.id for one in alone.candidates} < {one.win.id for one in together.candidates}


def test_what_is_refused_or_skipped_of_several_files_says_in_which() -> None:
    found = read_together(("a.csv", "date,title\n2026-09-07,\n31.2.2026,Called\n"), ("b.md", "- [ ] Call back\n"))
    assert [(one.file, one.line) for one in found.refused] == [("a.csv", 3)]
    assert [(one.file, one.line) for one in found.skipped] == [("a.csv", 2), ("b.md", 1)]


def test_a_win_of_our_own_journal_and_one_of_a_note_beside_it_are_one() -> None:
    win = new_win("Wrote to the recruiter", happened_on=TODAY, now=NOW)
    ours = write_format("json").write(
        Export(journal=Journal.of(win), wanted=Filter(), today=TODAY, settings=Settings())
    )
    note = f"- {TODAY}: Wrote to the recruiter\n"
    plan = plan_import(read_together(("wins.json", ours), ("note.md", note)), Journal())
    assert [one.id for _, one in plan.new_wins] == [win.id]


def test_what_stands_below_a_log_is_still_the_story() -> None:
    (win,) = imported(
        "- 2026-09-07: Sent it\n  :LOGBOOK:\n  CLOCK: [2026-09-07]\n  :END:\n  It went well.\n", "x.md"
    ).live()
    assert win.story == "It went well."
