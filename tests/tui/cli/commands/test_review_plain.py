"""The review a line at a time: the same questions, the same journal, no drawing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from data.model.journal import Journal
from data.model.records import Changes, Proof, Record, Step, Verdict, Win, proof_of
from data.storage.store import Store
from tests.support.cli_runner import Calls
from tests.support.review_host import (
    BADGE,
    COFFEE,
    FRIDAY,
    GOAL,
    LETTER,
    OFFER,
    PANEL,
    STEP,
    WEEK,
    at,
    made,
    whole_table,
)
from tests.tui.pages.review.test_way_back import AWAY

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
RECORDS: tuple[Record, ...] = (structs.replace(GOAL, why="It matters."), BADGE, LETTER, COFFEE, PANEL, OFFER, STEP)
ALL = (
    "2",  # the step is still on
    "yesterday: Applied without every requirement #brave @Climate",
    "",
    *("4", "3", "5", "R"),  # the panel talk
    *("f", "5", "5", "1", "1", "1", "1", "c"),  # the offer, all six questions
    "n",  # the new win, by its call alone
    *("C", "", "R", "I called all twelve customers"),  # two look-backs; the one that held is told more of
    *("call Priya about the pilot", "tue 9:00"),
    *("Braver than I thought.", "lunch"),
)


def fill(path: Path) -> Store:
    store = Store(path, lambda: at(FRIDAY))
    store.change("fill", lambda _: Changes(put=RECORDS))
    return store


@pytest.fixture
def filled(calls: Calls) -> Calls:
    fill(calls.path).close()
    return calls


def run(calls: Calls, *lines: str) -> str:
    return calls("review", "--plain", stdin="".join(f"{line}\n" for line in lines)).stdout


def journal_of(path: Path) -> Journal:
    store = Store(path, lambda: NOW)
    store.close()
    return store.journal


def told(journal: Journal) -> tuple[object, ...]:
    """Return what a journal says, without ids and moments, which differ from run to run."""
    names = {win.id: win.title for win in journal.wins.values()}

    def of_win(win: Win) -> tuple[object, ...]:
        decided = [(one.verdict, one.p, one.suggestion, one.substance) for one in win.decided]
        answered = (win.answers, win.verdict, decided, win.lookbacks, win.proof)
        return win.title, win.happened_on, win.goal, win.tags, *answered

    def of_step(step: Step) -> tuple[object, ...]:
        return step.text, step.cue, step.due_week, step.state, names.get(step.from_win or "")

    (review,) = journal.reviews.values()
    return (
        sorted(map(of_win, journal.live()), key=str),
        sorted(map(of_step, journal.steps.values()), key=str),
        (review.week, review.note, review.cue, review.position, review.finished_at is not None),
    )


def test_a_whole_review_by_lines(filled: Calls) -> None:
    said = run(filled, *ALL)
    assert "How did it go? 1 done, 2 still on, 3 let it go." in said
    assert said.count("Already written down: Said yes to the panel talk; Offer: +9 %, same work.") == 1
    assert "That is Tue 24 Nov, 9:00." in said
    assert "Win 1 of 3: Said yes to the panel talk (Wed 18 Nov, Climate work)" in said
    assert "You had said probably candy. Your call held." in said
    assert "The win of your week: Said yes to the panel talk. It took courage (5 of 5)" in said
    assert said.endswith("Done. See you next week.\n")
    journal = journal_of(filled.path)
    new = next(win for win in journal.live() if win.title == "Applied without every requirement")
    assert (new.tags, new.goal, new.verdict) == (("brave",), GOAL.id, None)
    assert journal.wins[OFFER.id].verdict is Verdict.CANDY
    assert proof_of(journal.wins[LETTER.id]) == Proof(action="I called all twelve customers")
    (planned,) = [step for step in journal.steps.values() if step.id != STEP.id]
    assert (planned.cue, planned.from_win) == ("2026-11-24T09:00", PANEL.id)


def test_nothing_is_drawn(filled: Calls) -> None:
    assert run(filled, *ALL).isascii()


async def test_the_same_week_on_the_screen_gives_the_same_journal(filled: Calls, tmp_path: Path) -> None:
    run(filled, *ALL)
    async with whole_table(tmp_path / "screen", Journal.of(*RECORDS)) as desk:
        await desk.press("enter", "2")
        await desk.type(ALL[1])
        await desk.press("enter", "enter", *"435R", *"f551111c", "n", "C", "enter", "R")
        await desk.type("I called all twelve customers")
        await desk.press("enter")
        await desk.type("call Priya about the pilot")
        await desk.press("enter")
        await desk.type("tue 9:00")
        await desk.press("enter")
        await desk.type("Braver than I thought.")
        await desk.press("tab")
        await desk.type("lunch")
        await desk.press("ctrl+s")
        shown = await desk.stored()
    assert told(journal_of(filled.path)) == told(shown)


HALVES = {ALL.index("tue 9:00"), ALL.index("lunch")}
"""Second lines of a question that takes two, as a form does on the screen: with the first alone it is asked again."""


@pytest.mark.parametrize("count", [count for count in range(len(ALL)) if count not in HALVES][::2])
def test_one_that_ends_anywhere_goes_on_at_the_same_question(calls: Calls, tmp_path: Path, count: int) -> None:
    fill(calls.path).close()
    other = Calls(tmp_path / "whole.json")
    fill(other.path).close()
    run(other, *ALL)
    asked = run(calls, *ALL[:count]).splitlines()
    assert asked[-1] == "Everything is kept. `smallwins review` continues here."
    run(calls, *ALL[count:])
    assert told(journal_of(calls.path)) == told(journal_of(other.path))


async def test_it_goes_on_on_the_screen_at_the_same_question(filled: Calls, tmp_path: Path) -> None:
    run(filled, *ALL[:4])
    async with whole_table(tmp_path / "screen", journal_of(filled.path)) as desk:
        await desk.press("enter")
        assert "Does it lead where you want to go?" in desk.text


def test_going_back_and_leaving(filled: Calls) -> None:
    said = run(filled, "2", "", "4", "/b", "5", "/q")
    assert said.count("Did it change what you do next?") == 2
    assert journal_of(filled.path).wins[PANEL.id].answers.next_step == 5
    (review,) = journal_of(filled.path).reviews.values()
    assert review.finished_at is None
    assert review.week == WEEK


def test_a_win_is_changed_in_place(filled: Calls) -> None:
    said = run(filled, "2", "", "o a second call", "g Grids", "e The panel", f"e {'x' * 501}", "v", "d", "/q")
    win = journal_of(filled.path).wins[PANEL.id]
    assert (win.title, win.door_note, win.answers.door) == ("The panel", "a second call", 5)
    assert journal_of(filled.path).goal_name(win) == "Grids"
    assert win.deleted_at is not None
    assert "501 characters" in said
    assert "Win 1 of 1: Offer" in said


def test_alignment_tells_the_goal_and_why(filled: Calls) -> None:
    assert "Climate work: It matters." in run(filled, "2", "", "4", "/q")


def test_older_wins_are_taken_where_the_person_asks_for_them(calls: Calls) -> None:
    store = Store(calls.path, lambda: at(FRIDAY))
    old = [made(number, f"Old {number}", FRIDAY - timedelta(weeks=9)) for number in range(40, 49)]
    moment = at(FRIDAY - timedelta(weeks=1))
    put = tuple(structs.replace(win, created_at=moment, goal=None) for win in old)
    store.change("fill", lambda _: Changes(put=put))
    store.close()
    said = run(calls, "/o", "c", "/q")
    assert "9 older wins unsorted: /o takes the next few." in said
    assert "Win 1 of 7: Old" in said
    assert sum(win.verdict is Verdict.CANDY for win in journal_of(calls.path).live()) == 1


def test_after_missed_weeks_the_short_way_comes_first(calls: Calls) -> None:
    store = Store(calls.path, lambda: at(FRIDAY))
    store.change("fill", lambda _: Changes(put=(*AWAY.wins.values(), *AWAY.goals.values(), *AWAY.reviews.values())))
    store.close()
    said = run(calls, "", "Wrote again", "R", "call Ana", "tue 9:00", "", "")
    assert said.startswith("Welcome back. Enter: one win, one step, done. w: the whole review.")
    assert said.endswith("Done. See you next week.\n")
    journal = journal_of(calls.path)
    assert [win.verdict for win in journal.live() if win.title == "Wrote again"] == [Verdict.REAL]
    assert journal.wins[PANEL.id].verdict is None
