"""Two copies of a journal: what comes in, what holds, and what is kept of the rest."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.history import history
from data.model import doors, edits
from data.model.journal import Journal
from data.model.records import (
    Answers,
    Changes,
    Decision,
    Goal,
    Lookback,
    Proof,
    Record,
    Review,
    StepState,
    Verdict,
    Win,
    proof_of,
)
from data.review import steps
from data.sync.two_journals import Copy, merge_copies
from data.sync.writes import field_times

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = date(2026, 11, 19)
TALK = edits.new_win("Said yes to the talk", happened_on=DAY, now=NOON, tags=("people",))


def later(win: Win, hours: float = 1, **fields: Any) -> Win:  # noqa: ANN401 - any field
    return structs.replace(win, updated_at=NOON + timedelta(hours=hours), **fields)


def merged(mine: Journal, other: Journal) -> Journal:
    return mine.apply(merge_copies(Copy(mine), Copy(other)).changes)


def the_win(mine: Record, other: Record) -> Win:
    (win,) = merged(Journal.of(mine), Journal.of(other)).wins.values()
    return win


def test_what_only_the_other_copy_has_comes_in() -> None:
    coffee = edits.new_win("Coffee with a mentor", happened_on=DAY, now=NOON)
    found = merge_copies(Copy(Journal.of(TALK)), Copy(Journal.of(TALK, coffee)))
    assert found.changes.put == (coffee,)
    assert found.changes.notes == ()
    assert found.added == {"wins": 1}


def test_a_copy_that_holds_nothing_new_changes_nothing() -> None:
    assert merge_copies(Copy(Journal.of(TALK)), Copy(Journal())).is_empty
    assert merge_copies(Copy(Journal.of(TALK)), Copy(Journal.of(TALK))).is_empty


def test_a_verdict_given_on_another_computer_is_not_dropped() -> None:
    decided = (Decision(when=NOON, verdict=Verdict.REAL, p=0.95),)
    there = later(TALK, verdict=Verdict.REAL, decided=decided)
    assert the_win(later(TALK, 2, title="Said yes to the panel talk"), there).verdict is Verdict.REAL


def test_different_fields_of_one_win_both_stay() -> None:
    mine = later(TALK, 1, story="It scared me.")
    there = later(TALK, 2, answers=Answers(stretch=5), tags=("people", "talk"), goal="x")
    win = the_win(mine, there)
    assert (win.story, win.answers.stretch, win.tags, win.goal) == ("It scared me.", 5, ("people", "talk"), "x")


def test_parts_of_proof_told_on_two_computers_are_one_story() -> None:
    mine, there = later(TALK, 1, proof=Proof(action="I spoke")), later(TALK, 2, proof=Proof(result="They clapped"))
    assert proof_of(the_win(mine, there)) == Proof(action="I spoke", result="They clapped")


def test_of_one_field_the_newer_value_holds_and_the_other_is_kept() -> None:
    mine, there = later(TALK, 2, title="Talk in Rome"), later(TALK, 1, title="Talk in Bonn")
    for one, other in ((mine, there), (there, mine)):
        found = merge_copies(Copy(Journal.of(one)), Copy(Journal.of(other)))
        after = Journal.of(one).apply(found.changes).wins[TALK.id]
        assert after.title == "Talk in Rome"
        assert [
            (aside.record.title, aside.fields) for aside in found.changes.superseded if isinstance(aside.record, Win)
        ] == [("Talk in Bonn", ("title",))]
        assert found.changes.notes


def test_the_history_tells_which_value_is_the_newer_one() -> None:
    mine = later(TALK, 1, title="Talk in Rome")
    there = later(TALK, 9, title="Talk in Bonn", story="Edited last.")
    entry = history.make_entry(Journal.of(TALK), Changes(put=(mine,)), "edit", NOON + timedelta(hours=1))
    old = history.make_entry(
        Journal.of(TALK), Changes(put=(structs.replace(TALK, title="Talk in Bonn"),)), "edit", NOON
    )
    assert entry is not None
    assert old is not None
    one = Copy(Journal.of(mine), field_times([entry], Journal.of(mine)))
    other = Copy(Journal.of(there), field_times([old], Journal.of(there)))
    after = one.journal.apply(merge_copies(one, other).changes).wins[TALK.id]
    assert (after.title, after.story) == ("Talk in Rome", "Edited last.")


def test_what_was_cleared_on_purpose_stays_cleared() -> None:
    told = structs.replace(TALK, story="Too much said.")
    mine = later(told, 5, story="")
    entry = history.make_entry(Journal.of(told), Changes(put=(mine,)), "edit", mine.updated_at)
    assert entry is not None
    one = Copy(Journal.of(mine), field_times([entry], Journal.of(mine)))
    assert merge_copies(one, Copy(Journal.of(told))).changes.put == ()


def test_a_win_edited_here_and_trashed_there_is_trashed_with_the_edit() -> None:
    win = the_win(later(TALK, 2, story="Edited."), later(TALK, 1, deleted_at=NOON))
    assert win.deleted_at is not None
    assert win.story == "Edited."


def test_decisions_and_look_backs_of_both_are_kept() -> None:
    def decided(second: int, verdict: Verdict) -> tuple[Decision, ...]:
        return (Decision(when=NOON.replace(second=second), verdict=verdict),)

    mine = later(TALK, verdict=Verdict.CANDY, decided=decided(1, Verdict.CANDY), lookbacks=(look(20),))
    there = later(TALK, verdict=Verdict.REAL, decided=decided(2, Verdict.REAL), lookbacks=(look(21),))
    win = the_win(mine, there)
    assert [one.verdict for one in win.decided] == [Verdict.CANDY, Verdict.REAL]
    assert win.verdict is Verdict.REAL
    assert len(win.lookbacks) == 2


def look(day: int) -> Lookback:
    return Lookback(on=date(2026, 11, day), verdict=Verdict.REAL)


def test_goals_of_one_name_become_one_and_no_why_is_lost() -> None:
    mine, there = edits.new_goal("Climate", NOON, "I want to."), edits.new_goal("climate", NOON, "It matters.")
    win = edits.new_win("Coffee", happened_on=DAY, now=NOON, goal=there.id)
    after = merged(Journal.of(mine), Journal.of(there, win))
    (goal,) = after.goals.values()
    assert after.wins[win.id].goal == goal.id == mine.id
    assert sorted(goal.why.split("\n\n")) == ["I want to.", "It matters."]


def test_a_goal_is_archived_only_if_it_is_in_both() -> None:
    mine, there = edits.new_goal("Climate", NOON), structs.replace(edits.new_goal("Climate", NOON), archived_at=NOON)
    assert merge_copies(Copy(Journal.of(mine)), Copy(Journal.of(there))).is_empty
    (goal,) = merged(Journal.of(there), Journal.of(mine)).goals.values()
    assert isinstance(goal, Goal)


def test_reviews_of_one_week_become_one_and_no_note_is_lost() -> None:
    def review(note: str, week: date, hours: int) -> Review:
        moment = NOON + timedelta(hours=hours)
        return Review(id=edits.new_id(), week=week, started_at=moment, note=note, updated_at=moment)

    mine, there = review("Mine.", date(2026, 11, 16), 0), review("Theirs.", date(2026, 11, 15), 1)
    (after,) = merged(Journal.of(mine), Journal.of(there)).reviews.values()
    assert after.id == mine.id
    assert after.note == "Mine.\n\nTheirs."


def test_a_step_done_there_is_done_here_whatever_was_edited_since() -> None:
    step = steps.new_step("Call Priya", due_week=date(2026, 11, 16), now=NOON)
    done = structs.replace(step, state=StepState.DONE, done_win="w", updated_at=NOON + timedelta(hours=1))
    mine = structs.replace(step, text="Call Priya again", updated_at=NOON + timedelta(hours=2))
    (after,) = merged(Journal.of(mine), Journal.of(done)).steps.values()
    assert (after.state, after.done_win, after.text) == (StepState.DONE, "w", "Call Priya again")


def test_links_that_made_a_circle_are_cut() -> None:
    coffee = edits.new_win("Coffee", happened_on=DAY, now=NOON)
    mine = Journal.of(later(TALK, opened_by=coffee.id), coffee)
    there = Journal.of(TALK, later(coffee, opened_by=TALK.id))
    found = merge_copies(Copy(mine), Copy(there))
    after = mine.apply(found.changes)
    assert doors.forest(after).loops == ()
    assert found.changes.notes


titles = st.sampled_from(["a", "b", "c"])


@st.composite
def copies(draw: st.DrawFn) -> tuple[Journal, Journal]:
    """Two copies of a journal of four wins, each edited apart from the other."""
    base = [structs.replace(TALK, id=f"{n:08x}-0000-4000-8000-000000000000", title=f"win {n}") for n in range(4)]
    return Journal.of(*draw(edited(base))), Journal.of(*draw(edited(base)))


@st.composite
def edited(draw: st.DrawFn, base: list[Win]) -> list[Win]:
    return [draw(changed(win, base)) for win in base if draw(st.integers(0, 4))]


def changed(win: Win, base: list[Win]) -> st.SearchStrategy[Win]:
    others = [each.id for each in base if each.id != win.id]
    decisions = st.lists(st.integers(0, 5), max_size=2, unique=True).map(
        lambda seconds: tuple(Decision(when=NOON.replace(second=s), verdict=Verdict.REAL) for s in sorted(seconds))
    )
    return st.builds(
        lambda hours, title, tags, opener, decided, trashed: later(
            win,
            hours,
            title=title,
            tags=tuple(sorted(tags)),
            opened_by=opener,
            decided=decided,
            verdict=Verdict.REAL if decided else None,
            deleted_at=NOON if trashed else None,
        ),
        st.integers(0, 5),
        titles,
        st.sets(titles),
        st.one_of(st.none(), st.sampled_from(others)),
        decisions,
        st.booleans(),
    )


@given(copies())
def test_either_copy_taken_into_the_other_gives_the_same_wins(pair: tuple[Journal, Journal]) -> None:
    one, other = pair
    there, here = merged(one, other), merged(other, one)
    loops = doors.forest(there).loops + doors.forest(here).loops
    assert {key: unlinked(win) for key, win in there.wins.items()} == {
        key: unlinked(win) for key, win in here.wins.items()
    }
    assert not [loop for loop in loops if loop not in doors.forest(one).loops + doors.forest(other).loops]


def unlinked(win: Win) -> Win:
    return structs.replace(win, opened_by=None)


@given(copies())
def test_a_copy_taken_in_twice_changes_nothing_more(pair: tuple[Journal, Journal]) -> None:
    changes = merge_copies(Copy(pair[0]), Copy(pair[1])).changes
    once = pair[0].apply(changes)
    entry = history.make_entry(pair[0], changes, "merge", NOON + timedelta(days=1))
    times = field_times([entry], once) if entry else {}
    assert not merge_copies(Copy(once, times), Copy(pair[1])).changes.put


@given(copies())
def test_all_that_either_copy_said_is_shown_or_kept(pair: tuple[Journal, Journal]) -> None:
    one, other = pair
    found = merge_copies(Copy(one), Copy(other))
    after = one.apply(found.changes)
    kept = {(a.record.id, a.record.title) for a in found.changes.superseded if isinstance(a.record, Win)}
    for win in (*one.wins.values(), *other.wins.values()):
        now = after.wins[win.id]
        assert now.title == win.title or (win.id, win.title) in kept
        assert set(win.tags) <= set(now.tags)
        assert set(win.decided) <= set(now.decided)
