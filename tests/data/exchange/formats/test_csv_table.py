"""Tables as people's spreadsheets write them, cell by cell."""

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from data.base.errors import NotAllowedError
from data.base.text import accept_story, clean_line
from data.exchange.formats.csv_table import CSV, columns_said, write_csv
from data.exchange.importing.source import Source, source_of
from data.model.edits import new_win
from data.model.journal import Journal
from data.model.records import Verdict, Win
from tests.support.import_runner import NOW, TODAY, planned, wins_of


def only(text: str, name: str = "x.csv", **more: object) -> Win:
    ((_, win),) = planned(text, name, **more).new_wins  # type: ignore[arg-type]
    return win


def test_known_columns_tell_the_delimiter() -> None:
    assert only("date;title\n2026-11-20;a, b, c | d, e\n").title == "a, b, c | d, e"
    assert only("date|title\n2026-11-20|a, b; c, d; e\n").title == "a, b; c, d; e"
    assert only("date\ttitle\n2026-11-20\ta, b\n", "x.tsv").title == "a, b"
    assert only("date;title\n2026-11-20;Asked, 'again', and got it\n").title == "Asked, 'again', and got it"


def test_a_table_of_a_single_column_is_one() -> None:
    plan = planned("title\nAsked, and got it\n", "x.csv")
    assert [(one.line, one.reason[:15]) for one in plan.refused] == [(2, "It has no date;")]


@pytest.mark.parametrize(
    ("text", "name", "table"),
    [
        ("a note", "x.csv", True),
        ("a note", "x.tsv", True),
        ("a note", "WINS.CSV", True),
        ("date,title\n", "", True),
        ("title\n", "", False),
        ("one, two\n", "", False),
        ('"\0', "", False),
    ],
)
def test_a_table_is_known_by_its_name_or_by_two_columns_of_known_names(text: str, name: str, *, table: bool) -> None:
    source = source_of(text.encode(), name) if "\0" not in text else Source(name, text, "utf-8")
    assert CSV.detects(source, None) is table
    assert not CSV.detects(source, {})


def test_names_of_columns_may_have_spaces_around_and_of_two_alike_the_first_counts() -> None:
    assert only(" Date , Title ,title\n2026-11-20,first,second\n").title == "first"


def test_one_column_is_never_two_fields() -> None:
    win = only("When,What\n2026-11-20,Sent it\n", columns={"title": "What", "story": "What"})
    assert (win.title, win.story) == ("Sent it", "")


@pytest.mark.parametrize(
    ("cell", "verdict"),
    [("real", Verdict.REAL), (" Candy ", Verdict.CANDY), ("UNSORTED", None), ("  ", None)],
)
def test_a_verdict_is_read_whatever_its_case(cell: str, verdict: Verdict | None) -> None:
    win = only(f"date,title,verdict\n2026-11-20,x,{cell}\n")
    assert win.verdict is verdict
    assert [one.verdict for one in win.decided] == ([verdict] if verdict else [])


@pytest.mark.parametrize("name", ["Kind", "Sorted"])
def test_a_column_that_may_be_the_verdict_is_it_only_where_it_has_verdicts(name: str) -> None:
    assert only(f"date,title,{name}\n2026-11-20,x,Real\n").verdict is Verdict.REAL
    plan = planned(f"date,title,{name}\n2026-11-20,x,email\n2026-11-20,y,call\n", "x.csv")
    assert [(win.title, win.verdict) for _, win in plan.new_wins] == [("x", None), ("y", None)]


def test_a_row_with_another_verdict_is_refused_and_one_that_is_too_short_is_read() -> None:
    plan = planned("date,title,verdict\n2026-11-20,x,great\n2026-11-20,y\n", "x.csv")
    assert [(one.line, one.reason) for one in plan.refused] == [
        (2, "Its verdict is not real, candy, unsorted or nothing.")
    ]
    assert [win.title for _, win in plan.new_wins] == ["y"]


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ('"a, b"', ("a", "b")),
        ("a; b", ("a", "b")),
        ("#a #b", ("a", "b")),
        ("a b", ("a b",)),
        ('"""a;b"""', ("a;b",)),
        ('"""c,d"", e"', ("c,d", "e")),
    ],
)
def test_tags_are_parted_as_people_part_them(cell: str, tags: tuple[str, ...]) -> None:
    assert only(f"date,title,tags\n2026-11-20,x,{cell}\n").tags == tags


def test_ids_and_days_may_have_spaces_around() -> None:
    text = "id,opened_by,date,title\n 1 ,, 2026-11-01 ,a\n2, 1 ,2026-11-02,b\n"
    (_, first), (_, second) = planned(text, "x.csv").new_wins
    assert second.opened_by == first.id
    assert planned("date,title\n  ,a\n", "x.csv").refused[0].reason.startswith("It has no date;")


def test_a_quote_that_never_ends_is_refused_with_its_line() -> None:
    plan = planned('date,title\n2026-11-20,a\n2026-11-20,"b\n2026-11-20,c\n', "x.csv")
    assert wins_of(plan) == [("2026-11-20", "a")]
    assert [one.line for one in plan.refused] == [3]


@pytest.mark.parametrize("said", [" title = What , date = When ", "title=What,date=When"])
def test_columns_are_said_with_or_without_spaces(said: str) -> None:
    assert columns_said(said) == {"title": "What", "date": "When"}
    assert columns_said("title=a=b") == {"title": "a=b"}
    with pytest.raises(NotAllowedError):
        columns_said("title= ")


def test_a_column_of_quoted_cells_is_a_table_although_each_line_is_json() -> None:
    assert [one.line for one in planned('"title"\n"Asked"\n', "x.csv").refused] == [2]


def test_a_cell_that_begins_as_a_formula_is_whole_where_no_quote_is_before_it() -> None:
    for cell in ("-5 kg", "@Ada: sent", "=1+1", "+1"):
        assert only(f"date,title\n2026-11-20,{cell}\n").title == cell


def test_the_form_that_is_said_for_dates_holds_for_cells_with_blanks_around() -> None:
    assert only("date,title\n 03/04/2026 ,x\n", dates="%d/%m/%Y").happened_on == date(2026, 4, 3)


def test_tags_are_written_as_people_write_them_and_quoted_only_where_they_must() -> None:
    win = replace(new_win("x", happened_on=TODAY, now=NOW), tags=("a b", "c,d", "e"))
    (row,) = csv.DictReader(io.StringIO(write_csv(Journal.of(win), [win]).removeprefix("\ufeff")))
    assert row["tags"] == 'a b, "c,d", e'


cells = st.text(st.sampled_from("a=+-@;,\t \n'\"|1"), max_size=12)
FORMULA = re.compile(r"[ ]*[=+@-]")


@settings(max_examples=300, deadline=None)
@given(cells.filter(lambda text: clean_line(text) != ""), cells)
def test_no_cell_is_a_formula_wherever_a_spreadsheet_parts_it_and_all_come_back(title: str, story: str) -> None:
    win = replace(new_win(title, happened_on=TODAY, now=NOW), story=accept_story(story))
    text = write_csv(Journal.of(win), [win])
    parts = [part for row in csv.reader(io.StringIO(text)) for part in row]
    for mark in ";\t":  # there a quote in the middle of a row means nothing, and each line is a row
        parts += [part for line in text.split("\n") for part in line.split(mark)]
    assert [part for part in parts if FORMULA.match(part)] == []
    back = only(text, "wins.csv")
    assert (back.title, back.story) == (win.title, win.story)


def test_the_case_of_the_issue_is_no_formula_in_either_kind_of_table() -> None:
    win = new_win("a;=1+1;b", happened_on=TODAY, now=NOW)
    text = write_csv(Journal.of(win), [win])
    assert "a;'=1+1;b" in text
    assert only(text, "wins.csv").title == "a;=1+1;b"


def test_a_table_begins_with_the_mark_by_which_spreadsheets_know_its_encoding() -> None:
    win = new_win("Café", happened_on=TODAY, now=NOW)
    assert write_csv(Journal.of(win), [win]).encode().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Timestamp,What went right?,Which goal?\n11/20/2025 14:05:33,Sent it,Climate\n", ("2025-11-20", "Sent it")),
        ("Horodateur,Qu'avez-vous réussi ?\n20/11/2025 14:05:33,Envoyé\n", ("2025-11-20", "Envoyé")),
        ("Company Name,Title,Started On,Finished On\nAcme,Engineer,Jan 2024,Mar 2025\n", ("2025-03-01", "Engineer")),
    ],
)
def test_columns_of_forms_and_months_of_linkedin_are_known(text: str, expected: tuple[str, str]) -> None:
    assert wins_of(planned(text, "x.csv")) == [expected]
