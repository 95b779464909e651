"""What a stranger's file holds is cleaned, kept within its limits and told in its order."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from data.base import text
from data.base.errors import NotAllowedError
from data.exchange.importing.entry import ImportEntry, OwnRecord, Refused, Skipped
from data.exchange.importing.normalize import ImportContents, Normalizer, fit_title
from data.exchange.importing.source import MAX_IMPORT_ENTRIES
from data.model.edits import new_goal, new_win
from data.model.records import Record, Review, Verdict, Win
from data.review.steps import new_step
from tests.support.import_runner import NOW, TODAY

DAY = TODAY - timedelta(days=3)


def gathered(
    *items: ImportEntry | OwnRecord | Refused | Skipped, kind: str = "x", undated: date | None = None
) -> ImportContents:
    work = Normalizer(TODAY, NOW, undated)
    work.begin_file(kind)
    for item in items:
        work.take(item)
    return work.done()


def a_win(**fields: object) -> Win:
    return replace(new_win("A win", happened_on=DAY, now=NOW), **fields)


@pytest.mark.parametrize(
    ("dirty", "field", "clean"),
    [
        (a_win(title=" A\x1b win "), "title", "A win"),
        (a_win(story="\n It\x07 went well. \n"), "story", "It went well."),
        (a_win(tags=("#b", "a\x1b")), "tags", ("a", "b")),
        (replace(new_goal("A goal", NOW), name="A\x1b goal"), "name", "A goal"),
        (replace(new_goal("A goal", NOW), why="Why\x1b "), "why", "Why"),
        (replace(new_step("A step", due_week=DAY, now=NOW), text="A\x1b step"), "text", "A step"),
        (Review(id=a_win().id, week=DAY, started_at=NOW, updated_at=NOW, note="A\x1b note"), "note", "A note"),
    ],
)
def test_a_record_of_our_own_is_cleaned_too(dirty: Record, field: str, clean: object) -> None:
    ((_, record),) = gathered(OwnRecord(1, dirty)).own
    assert getattr(record, field) == clean
    assert replace(record, **{field: getattr(dirty, field)}) == dirty


def test_what_is_refused_is_told_in_the_order_of_the_file() -> None:
    found = gathered(Refused(9, "z"), ImportEntry(line=2, title="x", day=None), Refused(4, "a"), Skipped(5, "b"))
    assert sorted(one.line for one in found.refused) == [2, 4, 9]
    assert [one.reason for one in found.skipped] == ["b"]


def test_the_earliest_day_is_a_day_and_the_one_before_is_too_long_ago() -> None:
    found = gathered(
        ImportEntry(line=1, title="x", day=date(1900, 1, 1)), ImportEntry(line=2, title="x", day=date(1899, 12, 31))
    )
    assert [one.win.happened_on for one in found.candidates] == [date(1900, 1, 1)]
    assert [one.reason for one in found.refused] == ["1899-12-31 is too long ago."]


def test_a_day_for_those_without_one_is_theirs_alone() -> None:
    found = gathered(ImportEntry(line=1, title="x", day=None), ImportEntry(line=2, title="y", day=TODAY), undated=DAY)
    assert [one.win.happened_on for one in found.candidates] == [DAY, TODAY]


def test_tags_and_goals_that_are_too_long_are_cut_and_goals_of_one_name_are_one() -> None:
    tag, goal = "t" * 60, "g" * 600
    entries = [ImportEntry(line=n, title="x", day=DAY, tags=(tag,), goal=goal) for n in (1, 2)]
    found = gathered(*entries, ImportEntry(line=3, title="y", day=DAY, goal=f"{' ' * 500}Climate\x1b "))
    assert found.candidates[0].win.tags == ("t" * text.TAG_LIMIT,)
    assert [one.name for one in found.goals.values()] == ["g" * text.TITLE_LIMIT, "Climate"]
    assert found.candidates[0].goal == found.candidates[1].goal


def test_a_verdict_comes_with_the_decision_that_it_is() -> None:
    found = gathered(
        ImportEntry(line=1, title="x", day=DAY, verdict=Verdict.REAL), ImportEntry(line=2, title="y", day=DAY)
    )
    assert [[one.verdict for one in candidate.win.decided] for candidate in found.candidates] == [[Verdict.REAL], []]


def test_only_a_table_may_bring_an_id_of_ours() -> None:
    ours = a_win().id
    entry = ImportEntry(line=1, title="x", day=DAY, source=ours)
    assert gathered(entry, kind="csv").candidates[0].win.id == ours
    assert gathered(entry, kind="taskwarrior").candidates[0].win.id != ours
    for foreign in ("17", ours.upper()):
        assert gathered(replace(entry, source=foreign), kind="csv").candidates[0].win.id not in {ours, foreign}


def test_as_many_entries_as_may_be_are_read_and_one_more_is_not() -> None:
    many = [Skipped(n, "x") for n in range(MAX_IMPORT_ENTRIES)]
    assert len(gathered(*many).skipped) == MAX_IMPORT_ENTRIES
    with pytest.raises(NotAllowedError, match="More than 100,000 entries"):
        gathered(*many, Skipped(0, "x"))


@pytest.mark.parametrize(
    ("title", "story", "expected"),
    [
        ("One", "", ("One", "")),
        (" One\x1b ", "two", ("One", "two")),
        ("One\n\n two \n", "three", ("One", "two\n\nthree")),
        ("\n\x1b\nOne\n", "", ("One", "")),
        ("One\u2028two", "", ("One", "two")),
        ("word  " * 90, "", (("word " * 90).strip(), "")),
        ("x" * 500, "", ("x" * 500, "")),
        ("x" * 501, "", ("x" * 499 + "…", "x" * 501)),
        ("a b " + "x" * 501 + "\nmore ", "s", ("a b…", "a b " + "x" * 501 + "\nmore\n\ns")),
        ("x" * 498 + " yy z", "", ("x" * 498 + "…", "x" * 498 + " yy z")),
    ],
)
def test_what_does_not_fit_a_title_is_in_the_story(title: str, story: str, expected: tuple[str, str]) -> None:
    assert fit_title(title, story) == expected
