"""What is for somebody else's eyes tells nothing that is the person's own, unless it is asked to."""

import json
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from data.exchange.registry import WRITE_FORMATS, Export, write_format
from data.files.settings import Settings
from data.model.edits import new_goal, new_win
from data.model.journal import Journal
from data.model.records import TABLES, Decision, Lookback, Review, TableName, Verdict, Win
from data.review.steps import new_step
from data.search.filters import Filter
from tests.support.import_runner import NOW, TODAY

CANARY = "canary"
OTHERS = [one.name for one in WRITE_FORMATS if one.is_for_others]
GOAL = new_goal("Climate work", NOW, f"{CANARY} of a reason")


def win(title: str, days: int, by: Win | None = None) -> Win:
    made = new_win(title, happened_on=TODAY - timedelta(days=days), now=NOW, story=f"{CANARY} of {title}")
    return replace(
        made,
        goal=GOAL.id,
        tags=(f"{CANARY} tag",),
        opened_by=by.id if by is not None else None,
        verdict=Verdict.REAL,
        decided=(Decision(when=NOW, verdict=Verdict.REAL),),
        lookbacks=(Lookback(on=TODAY, verdict=Verdict.REAL),),
        door_note=f"{CANARY} door_note",
    )


EMAIL = win("Wrote the email", 40)
CALL = win("Got the call", 20, EMAIL)
GONE = replace(win(f"{CANARY} in the trash", 3), deleted_at=NOW)
JOURNAL = Journal.of(
    GOAL,
    new_goal(f"{CANARY} of a goal without wins", NOW),
    EMAIL,
    CALL,
    GONE,
    new_step(f"{CANARY} of a step", due_week=TODAY, now=NOW),
    Review(
        id=win("x", 0).id,
        week=TODAY,
        started_at=NOW,
        updated_at=NOW,
        note=f"{CANARY} of a note",
        cue=f"{CANARY} of a cue",
    ),
)


def text_of(kind: str, journal: Journal = JOURNAL, *, private: bool = False) -> str:
    export = Export(journal=journal, wanted=Filter(verdict="real"), today=TODAY, settings=Settings(), private=private)
    return write_format(kind).write(export)


@pytest.mark.parametrize("kind", OTHERS)
def test_no_word_of_the_persons_own_is_told_to_others(kind: str) -> None:
    text = text_of(kind)
    assert CANARY not in text
    assert "Wrote the email" in text
    assert "Got the call" in text
    assert "Climate work" in text


SHOWN = {"wins": {"title", "happened_on", "goal", "opened_by", "proof"}, "goals": {"name", "order"}}
"""What others may see, or what decides on where it stands."""
FIGURES = {"wins": {"answers", "verdict", "decided", "lookbacks"}}
"""What decides on which wins are told, and in which order; no word of it is shown."""
PRIVATE = {
    "wins": {"story", "tags", "door_note"},
    "goals": {"why"},
    "steps": {"text", "from_win", "due_week", "cue", "state", "done_win"},
    "reviews": {"week", "note", "position", "older", "cue"},
}
MOMENTS = {"id", "created_at", "updated_at", "deleted_at", "archived_at", "started_at", "finished_at"}


@pytest.mark.parametrize("name", TABLES)
def test_of_every_field_it_is_decided_whether_others_may_see_it(name: TableName) -> None:
    """A new field stands in one of these lists; a private one with a canary in it."""
    decided = [part.get(name, set()) for part in (SHOWN, FIGURES, PRIVATE)]
    fields = set(TABLES[name].__struct_fields__) - MOMENTS
    assert fields == set().union(*decided)
    assert len(fields) == sum(map(len, decided))


def test_four_formats_are_for_others_and_two_are_the_persons_own() -> None:
    assert OTHERS == ["html", "md", "stories", "bullets"]
    assert CANARY in text_of("json")
    assert CANARY in text_of("csv")


@pytest.mark.parametrize("kind", ["html", "md", "stories"])
def test_stories_are_told_where_that_is_asked_for_but_never_notes_and_steps(kind: str) -> None:
    text = text_of(kind, private=True)
    assert f"{CANARY} of Wrote the email" in text
    assert (f"{CANARY} of a reason" in text) == (kind != "stories")
    for never in ("of a step", "of a note", "of a cue", "in the trash", "tag", "of a goal without wins", "door"):
        assert f"{CANARY} {never}" not in text


def test_everything_without_a_filter_is_in_json_alone() -> None:
    export = Export(journal=JOURNAL, wanted=Filter(), today=TODAY, settings=Settings())
    whole = json.loads(write_format("json").write(export))
    assert [len(whole[name]) for name in ("goals", "wins", "steps", "reviews")] == [2, 3, 1, 1]


def falling() -> Journal:
    wins = [new_win(f"Win {n}", happened_on=TODAY - timedelta(weeks=20 - n // 3), now=NOW) for n in range(30)]
    return Journal.of(*(replace(one, verdict=Verdict.REAL) for one in wins))


@pytest.mark.parametrize("kind", ["html", "md"])
def test_a_figure_that_falls_is_told_to_the_person_alone(kind: str) -> None:
    assert "omentum" in text_of(kind, falling(), private=True)
    shown = text_of(kind, falling())
    assert "Momentum" not in shown
    assert "<svg" not in shown


def test_a_chain_stands_below_the_goal_of_its_first_win() -> None:
    other = new_goal("Teaching", NOW)
    text = text_of("md", Journal.of(GOAL, other, EMAIL, replace(CALL, goal=other.id)))
    assert "## Climate work" in text
    assert "## Teaching" not in text


def test_stories_are_few_and_those_that_opened_doors_come_first() -> None:
    many = [replace(win(f"Alone {n}", n + 1), opened_by=None) for n in range(20)]
    text = text_of("stories", Journal.of(GOAL, EMAIL, CALL, *many))
    headings = [line for line in text.split("\n") if line.startswith("## ")]
    assert len(headings) == 12
    assert headings[0] == "## Wrote the email"
    assert "- What it opened: Got the call" in text


def test_a_win_of_a_resume_is_one_line_with_its_month() -> None:
    day = date(2026, 11, 3)
    later = day + timedelta(days=1)
    call = replace(CALL, happened_on=later)
    assert text_of("bullets", Journal.of(GOAL, replace(EMAIL, happened_on=day), call)) == (
        "## Climate work\n\n- Got the call (Nov 2026)\n- Wrote the email, which opened 1 door (Nov 2026)\n"
    )
