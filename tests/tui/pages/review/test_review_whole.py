"""A whole review by keys alone in a real terminal, killed in the middle and resumed, and then read in the file."""

import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest

from data.base.weeks import week_of
from data.files.locations import journal_path
from data.files.settings import Settings
from data.model import assessment, edits
from data.model.journal import Journal
from data.model.records import Changes, StepState, Verdict, Win
from data.model.verdict_scale import judgement
from data.review import steps
from data.storage.store import Store
from tests.support.terminal import SMALLWINS, Terminal
from tui.pages.review.key_gate import ARMED_AFTER
from tui.system.clock import local_clock, utc

pytestmark = pytest.mark.terminal

CHAIN = ("Email to a recruiter", "A call with the recruiter", "Interview for the job chased for years")
REAL = {
    "Night course after long office days": "545555",
    "Coffee chat with a mentor": "555534",
    "A lateral move that builds the skills": "445543",
    "Applied without every requirement": "445555",
    "Said yes to a talk that scares me": "545455",
}
CANDY = {"A salary bump for the same work": "112211", "A recruiter responded to an email": "122211"}
TITLES = list(REAL)
BADGE = "Certificate with a badge"


def now() -> datetime:
    return utc(local_clock())


def win(title: str, weeks_ago: int, number: int, opened_by: str | None = None) -> Win:
    """Return a win of some weeks ago, or of the reviewed week with 0; numbers tell which was added first."""
    then = now() - timedelta(weeks=weeks_ago, minutes=9) + timedelta(seconds=number)
    day = local_clock().date()
    happened = day - timedelta(weeks=weeks_ago) if weeks_ago else min(day, reviewed_week() + timedelta(days=6))
    return edits.new_win(title, happened_on=happened, now=then, opened_by=opened_by)


def reviewed_week() -> date:
    """Return the week that a review is about today: that of the last review day, a Friday."""
    today = local_clock().date()
    return week_of(today - timedelta(days=(today.weekday() - Settings().review_day) % 7))


def begin(path: Path) -> None:
    """Write a journal: three wins decided weeks ago, a step for the reviewed week, and that week's wins, unsorted."""
    letter, badge = win(CHAIN[0], 6, 0), win(BADGE, 6, 1)
    call = win(CHAIN[1], 5, 0, letter.id)
    step = steps.new_step(
        "If she writes, then I ask for an interview", due_week=reviewed_week(), now=now(), from_win=call.id
    )
    this_week = [win(title, 0, number) for number, title in enumerate((*REAL, *CANDY))]
    store = Store(path, now)
    store.change("begin", lambda _: Changes(put=(letter, badge, call, step, *this_week)))
    for one, key in ((letter, 2), (badge, 4), (call, 4)):
        given, when = judgement(key), one.created_at
        store.change("decide", edits.set_verdict([one.id], given.verdict, when, given.p))
    store.close()


def stored(path: Path) -> Journal:
    store = Store(path, now)
    store.close()
    return store.journal


def by_title(journal: Journal, title: str) -> Win:
    return next(one for one in journal.live() if one.title == title)


def read(app: Terminal, title: str) -> None:
    """Look at a question as long as it takes to count: keys that come sooner were meant for the one before."""
    app.wait(title)
    sleep(ARMED_AFTER + 0.05)


def sort_win(app: Terminal, title: str, answers: str, call: str) -> None:
    """Answer the six questions of a win and make the call."""
    read(app, title)
    app.keys("f")
    app.wait(assessment.QUESTIONS[0].words)
    app.keys(*answers)
    app.wait("What's your call?")
    app.keys(call)


def first_sitting(app: Terminal) -> None:
    """Recall a step and a win, sort two wins, and answer half of the questions of the third."""
    read(app, "If she writes, then I ask for an interview")
    app.keys("1")
    app.wait("as a win")
    app.keys("ctrl+u")
    app.type(CHAIN[2])
    app.keys("enter")
    app.wait("What went right?")
    app.type("Slept well")
    app.keys("enter")
    app.wait("Slept well")
    app.keys("enter")
    for title in TITLES[:2]:
        sort_win(app, title, REAL[title], "R")
    read(app, TITLES[2])
    app.keys("f", *REAL[TITLES[2]][:3])
    app.wait("Was it meaningful, or just available?")
    app.until(lambda _: position(journal_path()).endswith(":motive:six"), "the third answer never reached the file")


def position(path: Path) -> str:
    """Return where the review stands in the file."""
    (review,) = stored(path).reviews.values()
    return review.position


def second_sitting(app: Terminal) -> None:
    """Go on at the very question, and to the end."""
    app.wait(TITLES[2])
    read(app, "Was it meaningful, or just available?")
    assert "Sort 3 of 7" in app.text()
    app.keys(*REAL[TITLES[2]][3:])
    app.wait("What's your call?")
    app.keys("r")
    for title in TITLES[3:]:
        sort_win(app, title, REAL[title], "R")
    for title, answers in CANDY.items():
        sort_win(app, title, answers, "c" if title.startswith("A salary") else "n")
    for _ in range(3):
        read(app, "Knowing what you know now?")
        screen = app.text()
        app.keys("C" if BADGE in screen else "R")
        app.wait("You had said")
        app.keys("enter")
    app.wait("one slightly uncomfortable next step?")
    app.type("write to the next one")
    app.keys("enter")
    app.type("if she answers")
    app.keys("enter")
    app.wait("A note to your future self?")
    app.type("Braver than I thought.")
    app.keys("ctrl+s")
    app.wait("Done. See you next week.")


def test_a_whole_review_by_keys_alone_killed_in_the_middle_and_resumed(home: Path) -> None:
    path = journal_path()
    assert home in path.parents
    begin(path)
    with Terminal(*SMALLWINS, "review", cols=100, rows=30) as app:
        app.wait("Review · week of")  # the board, which comes first, shows the step and the wins, too
        first_sitting(app)
        app.kill()
    with Terminal(*SMALLWINS, "review", cols=100, rows=30) as app:
        app.wait("Review · week of")
        second_sitting(app)
        app.keys("q")
        assert app.wait_end() == 0
    check(stored(path))
    due = subprocess.run([*SMALLWINS, "due"], capture_output=True, check=False)  # noqa: S603 - ourselves
    assert (due.returncode, due.stdout) == (1, b"")


def check(journal: Journal) -> None:
    """Everything that was answered is in the file."""
    for title, answers in (REAL | CANDY).items():
        kept = by_title(journal, title).answers
        assert "".join(str(assessment.answer_to(kept, question.id)) for question in assessment.QUESTIONS) == answers
    assert {by_title(journal, title).verdict for title in REAL} == {Verdict.REAL}
    assert [by_title(journal, title).verdict for title in CANDY] == [Verdict.CANDY, None]
    letter, call, interview = (by_title(journal, title) for title in CHAIN)
    assert (call.opened_by, interview.opened_by) == (letter.id, call.id)
    assert (letter.verdict, by_title(journal, BADGE).verdict) == (Verdict.REAL, Verdict.CANDY)
    assert [one.p for one in letter.lookbacks] == [0.95]
    done, planned = sorted(journal.steps.values(), key=lambda step: step.due_week)
    assert (done.state, done.done_win) == (StepState.DONE, interview.id)
    assert planned.text == "If she answers, then write to the next one"
    (review,) = journal.reviews.values()
    assert review.finished_at is not None
    assert review.note == "Braver than I thought."
