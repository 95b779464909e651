"""Three whole weeks lived in a real terminal, by keys alone and by mouse alone, each week killed in the middle.

Between two weeks the journal ages: every day and moment in it moves back by seven days.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any, Final

import msgspec
import pytest

from data.base.weeks import week_of
from data.files.locations import journal_path
from data.files.settings import Settings
from data.model.edits import add_win, new_win
from data.model.journal import Journal
from data.model.records import Changes, Record, StepState, Verdict, record_from, table_of
from data.storage.store import Store
from tests.support.terminal import SMALLWINS, Terminal
from tui.pages.review.key_gate import ARMED_AFTER
from tui.system.clock import local_clock, utc

WEEKS: Final = (
    ("Wrote to a recruiter", "Night course after work", "200 likes on a post"),
    ("A call with the recruiter", "Read a book on grids", "A badge for attendance"),
    ("Interview", "Coffee with a mentor", "Offer: the same work"),
)
"""Three wins of each week: one real by three questions, one real and one candy by their call alone."""
_SEVEN: Final = timedelta(days=7)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(?!\d|-)")


def now() -> datetime:
    return utc(local_clock())


def reviewed_week() -> date:
    today = local_clock().date()
    return week_of(today - timedelta(days=(today.weekday() - Settings().review_day) % 7))


def write_down(path: Path, titles: tuple[str, ...]) -> None:
    """Add wins of the reviewed week, each in a moment of its own."""
    day = min(local_clock().date(), reviewed_week() + timedelta(days=6))
    store = Store(path, now)
    for number, title in enumerate(titles):
        win = new_win(title, happened_on=day, now=now() - timedelta(minutes=9 - number))
        store.change("add", add_win(win))
    store.close()


def stored(path: Path) -> Journal:
    store = Store(path, now)
    store.close()
    return store.journal


def age(path: Path) -> None:
    """Move every day and moment of the journal back by seven days."""
    store = Store(path, now)
    journal = store.journal
    tables = (journal.wins, journal.goals, journal.steps, journal.reviews)
    aged = tuple(_aged(record) for table in tables for record in table.values())
    store.change("age", lambda _: Changes(put=aged))
    store.close()


def _aged(record: Record) -> Record:
    fields: dict[str, Any] = msgspec.to_builtins(record)
    return record_from(table_of(record), {name: _earlier(value) for name, value in fields.items()})


def _earlier(value: Any) -> Any:  # noqa: ANN401 - any value of JSON
    if isinstance(value, list):
        return [_earlier(one) for one in value]
    if isinstance(value, dict):
        return {name: _earlier(one) for name, one in value.items()}
    if isinstance(value, str) and (found := _DAY.match(value)):
        return f"{date.fromisoformat(found[0]) - _SEVEN}{value[found.end() :]}"
    return value


def read(app: Terminal, words: str) -> None:
    """Look at a question for as long as it takes to count."""
    app.wait(words)
    sleep(ARMED_AFTER + 0.05)


def by_keys(app: Terminal, week: int) -> None:
    """Answer the first question of the first win."""
    if week:
        read(app, "Last week you planned")
        app.keys("1")
        app.wait("as a win")
        app.keys("enter")
    app.wait("What went right?")
    app.keys("enter")
    read(app, WEEKS[week][0])
    app.keys("4")
    app.wait("Does it lead where you want to go?")


def on_by_keys(app: Terminal, week: int) -> None:
    """Go on at the second question, and to the end."""
    read(app, "Does it lead where you want to go?")
    app.keys("5", "4")
    app.wait("What's your call?")
    app.keys("R")
    for title, letter in zip(WEEKS[week][1:], "rc", strict=True):
        read(app, title)
        app.keys(letter)
    if week:
        read(app, "Sort 4 of 4")  # the win that last week's step became
        app.keys("R")
    app.wait("one slightly uncomfortable next step?")
    app.type("visit the fair")
    app.keys("enter")
    app.type("tue 9")
    app.keys("enter")
    app.wait("A note to your future self?")
    app.keys("ctrl+s")
    app.wait("Done. See you next week.")


def click(app: Terminal, words: str) -> None:
    x, y = app.find(words)
    app.click(x + 1, y)


def by_mouse(app: Terminal, week: int) -> None:
    """Answer the first question of the first win without a key."""
    if app.until(lambda text: "Recall" in text or "⏎" in text, "no review").count("⏎"):
        click(app, "⏎ ")
    app.wait("What went right?")
    click(app, "Sort")
    read(app, WEEKS[week][0])
    click(app, "my next step is different")
    app.wait("Does it lead where you want to go?")


def on_by_mouse(app: Terminal, week: int) -> None:
    """Go on at the second question, and to the end, without a key."""
    read(app, "Does it lead where you want to go?")
    click(app, "straight there")
    app.wait("Was it a little uncomfortable?")
    click(app, "it stretched me")
    app.wait("What's your call?")
    click(app, "surely real")
    for title, words in zip(WEEKS[week][1:], ("probably real", "probably candy"), strict=True):
        read(app, title)
        click(app, "v my call")
        read(app, "What's your call?")
        click(app, words)
    app.wait("one slightly uncomfortable next step?")
    click(app, "Close")
    click(app, "Finish")
    app.wait("Done. See you next week.")


@pytest.mark.terminal
@pytest.mark.parametrize(("first", "rest"), [(by_keys, on_by_keys), (by_mouse, on_by_mouse)], ids=["keys", "mouse"])
def test_three_weeks_each_killed_in_the_middle(
    home: Path, first: Callable[[Terminal, int], None], rest: Callable[[Terminal, int], None]
) -> None:
    path = journal_path()
    assert home in path.parents
    for week, titles in enumerate(WEEKS):
        if week:
            age(path)
        write_down(path, titles)
        with Terminal(*SMALLWINS, "review", cols=100, rows=30) as app:
            first(app, week)
            app.until(lambda _: ":direction" in positions(path), "the answer never reached the file")
            app.kill()
        with Terminal(*SMALLWINS, "review", cols=100, rows=30) as app:
            rest(app, week)
            app.until(lambda _: positions(path) == "", "the end never reached the file")
    check(stored(path), steps=2 if first is by_keys else 0)


def positions(path: Path) -> str:
    """Return where the running review stands in the file, "" when none is running."""
    return "".join(one.position for one in stored(path).reviews.values() if one.finished_at is None)


def check(journal: Journal, steps: int) -> None:
    """Every answer of three weeks is in the file."""
    by_title = {win.title: win for win in journal.live()}
    for real, surely, candy in WEEKS:
        assert by_title[real].answers.direction == 5
        assert [by_title[title].verdict for title in (real, surely, candy)] == [
            Verdict.REAL,
            Verdict.REAL,
            Verdict.CANDY,
        ]
    assert len(journal.reviews) == len(WEEKS)
    assert all(one.finished_at for one in journal.reviews.values())
    done = [one for one in journal.steps.values() if one.state is StepState.DONE]
    assert len(done) == steps
    assert all(journal.wins[one.done_win or ""].opened_by == one.from_win for one in done)
