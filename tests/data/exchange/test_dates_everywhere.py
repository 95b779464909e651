"""A date is read the same wherever it stands: in a bullet, a heading, a line, a cell, an export, the name of a file."""

import json

import pytest

from tests.support.import_runner import planned, reasons, wins_of

FORMS = {
    "2026-01-05": "2026-01-05",
    "5 Jan 2026": "2026-01-05",
    "5. Januar 2026": "2026-01-05",
    "5 janvier 2026": "2026-01-05",
    "5 de enero de 2026": "2026-01-05",
    "5 gennaio 2026": "2026-01-05",
    "5 januari 2026": "2026-01-05",
    "5 de janeiro de 2026": "2026-01-05",
    "January 5th, 2026": "2026-01-05",
    "Mon, 5 Jan 2026": "2026-01-05",
    "05.01.2026": "2026-01-05",
    "5.1.26": "2026-01-05",
    "13/01/2026": "2026-01-13",
    "01/13/2026": "2026-01-13",
    "2026/01/05": "2026-01-05",
    "20260105": "2026-01-05",
    "2026-W02": "2026-01-05",
    "5 Jan 2026 09:15": "2026-01-05",
    "2026-01-05 10:00:00 +0000": "2026-01-05",
}
PLACES = {
    "a bullet": ("n.md", "- {}: Sent it\n"),
    "a heading": ("n.md", "# Log\n\n## {}\n\n- Sent it\n"),
    "a line above bullets": ("n.txt", "{}\n• Sent it\n"),
    "a bullet above bullets": ("n.md", "- {}\n  - Sent it\n"),
    "the top of a note": ("n.md", "---\ndate: {}\n---\n- Sent it\n"),
    "a cell": ("x.csv", 'date,title\n"{}",Sent it\n'),
    "a row of a note's table": ("n.md", "| Date | Win |\n|---|---|\n| {} | Sent it |\n"),
    "jrnl's text": ("j.txt", "[{}] Sent it\n"),
    "Org": ("n.org", "* {}\n** Sent it\n"),
}
NOT = ("2026-13-45", "31.02.2026", "01/13/20266", "13/01/2026abc", "Fri, 5 Jan 2026")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", PLACES)
def test_every_form_is_read_in_every_place(place: str, form: str) -> None:
    name, text = PLACES[place]
    assert wins_of(planned(text.format(form), name)) == [(FORMS[form], "Sent it")]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read_in_json(form: str) -> None:
    text = json.dumps({"entries": [{"title": "Sent it", "body": "", "date": form, "time": ""}]})
    assert wins_of(planned(text)) == [(FORMS[form], "Sent it")]


@pytest.mark.parametrize("form", [form for form in FORMS if "/" not in form and ":" not in form])
def test_every_form_is_read_in_the_name_of_a_file(form: str) -> None:
    assert wins_of(planned("- Sent it\n", f"{form}.md")) == [(FORMS[form], "Sent it")]


@pytest.mark.parametrize("form", NOT)
@pytest.mark.parametrize("place", ["a bullet", "a cell", "a row of a note's table"])
def test_what_is_no_date_is_refused_and_never_given_that_of_its_neighbour(place: str, form: str) -> None:
    name, text = PLACES[place]
    before = "# 2026-01-05\n\n" if name == "n.md" else ""
    plan = planned(before + text.format(form), name)
    assert plan.new_wins == ()
    assert [why.partition(";")[0] for _, why in reasons(plan)] == ["refused: Its date can't be understood"]


@pytest.mark.parametrize("place", ["a bullet", "a cell", "a heading", "jrnl's text"])
def test_the_order_of_day_and_month_is_taken_from_the_whole_file_or_asked_for(place: str) -> None:
    name, text = PLACES[place]
    once = text.format("03/04/2026")
    refused = planned(once, name)
    assert ["--dates d/m/y" in one.reason for one in refused.refused] in ([True], [])
    assert refused.new_wins == () or place == "jrnl's text"
    assert wins_of(planned(once, name, dates="d/m/y")) == [("2026-04-03", "Sent it")]
    row = text.rpartition("\n\n")[2] if place == "a heading" else text.split("\n")[-2] + "\n"
    more = text.format("03/04/2026") + (text if place == "a heading" else row).format("13/01/2026")
    assert ("2026-04-03", "Sent it") in wins_of(planned(more, name))


def test_tags_that_differ_by_case_are_one_with_those_that_are_there() -> None:
    first = planned("date,title,tags\n2026-01-05,a,Study\n2026-01-05,b,STUDY\n", "x.csv")
    assert [win.tags for _, win in first.new_wins] == [("Study",), ("Study",)]


@pytest.mark.parametrize(
    "form",
    ["Mon Jan 05 2026 10:00:00 GMT+0000 (GMT)", "2026-01-05 10:00:00 +0000 UTC", "2026年1月5日", "2026년 1월 5일"],
)
def test_programs_have_ways_of_their_own_in_tables(form: str) -> None:
    assert wins_of(planned(f'date,title\n"{form}",Sent it\n', "x.csv")) == [("2026-01-05", "Sent it")]


def test_a_quotation_in_a_story_stays_one_and_a_single_object_is_an_entry() -> None:
    ((_, win),) = planned("- 2026-01-05 a\n  > quoted\n  ```\n  code\n  ```\n", "n.md").new_wins
    assert win.story == "> quoted\n```\ncode\n```"
    assert wins_of(planned('{"title": "Sent it", "date": "2026-01-05", "tags": ["a"]}')) == [("2026-01-05", "Sent it")]
