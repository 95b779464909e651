"""A review is bounded: a few wins, never imported history unless it is asked for."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.files.settings import Settings
from data.inbox.entries import InboxText, plan_inbox, read_entries
from data.model import assessment, edits
from data.model.journal import Edit, Journal
from data.model.records import Review, Verdict, Win
from data.model.verdict_scale import judgement
from data.review import lookbacks, moves, reviews, steps
from data.review.agenda import build_agenda, review_state
from data.review.reviews import Position
from data.review.sorting import wins_to_sort
from tests.support.import_runner import imported as import_of

WEEK = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
MOST = 7
KEYS_A_WIN = len(assessment.QUICK_QUESTIONS) + 1


def at(day: date, second: int = 0) -> datetime:
    return datetime.combine(day, time(9), UTC) + timedelta(seconds=second)


def win(happened_on: date, added: datetime, verdict: Verdict | None = None) -> Win:
    made = edits.new_win("A win", happened_on=happened_on, now=added)
    return structs.replace(made, verdict=verdict)


def by_hand(count: int, day: date) -> list[Win]:
    """Return wins of a day, each written down in a moment of its own."""
    return [win(day, at(day, second)) for second in range(count)]


def imported(count: int, newest: date = FRIDAY - timedelta(weeks=1)) -> list[Win]:
    """Return wins of many days, all added at one moment."""
    return [win(newest - timedelta(days=index), at(FRIDAY)) for index in range(count)]


def reviewed(week: date) -> Review:
    day = week + timedelta(days=4)
    return Review(id=edits.new_id(), week=week, started_at=at(day), finished_at=at(day, 900), updated_at=at(day, 900))


def test_at_most_seven_wins_are_asked_and_those_of_the_newest_week_first() -> None:
    late, soon = by_hand(5, WEEK), by_hand(5, WEEK - timedelta(weeks=1))
    found = wins_to_sort(Journal.of(*soon, *late), WEEK, MOST)
    assert [one.happened_on for one in found.asked] == [WEEK] * 5 + [WEEK - timedelta(weeks=1)] * 2
    assert found.rest == 3


def test_imported_history_never_asks_by_itself() -> None:
    found = wins_to_sort(Journal.of(*imported(293), *by_hand(2, FRIDAY)), WEEK, MOST)
    assert [one.happened_on for one in found.asked] == [FRIDAY, FRIDAY]
    assert found.rest == 293


def test_one_line_of_imported_history_does_not_ask_either() -> None:
    by_id = import_of(
        "- 2026-09-01 Wrote to a recruiter\n", "notes.md", Journal.of(reviewed(WEEK - timedelta(weeks=1)))
    )
    assert len(list(by_id.live())) == 1
    found = wins_to_sort(by_id, date(2026, 11, 30), MOST)
    assert (found.asked, found.rest) == ((), 1)


def test_what_came_in_from_a_phone_is_asked_as_what_was_written_by_hand() -> None:
    lines = "1 nov: Coffee\n2 nov: First call\n3 nov: Said yes\n"
    text = InboxText("inbox.txt", "", FRIDAY, NOW, read_entries(lines), "", is_copy=False, grew=False)
    wins = plan_inbox(Journal(), [text], {}, NOW).wins
    assert {one.happened_on for one in wins} == {date(2026, 11, day) for day in (1, 2, 3)}
    found = wins_to_sort(Journal.of(*wins, reviewed(WEEK - timedelta(weeks=1))), WEEK, MOST)
    assert (len(found.asked), found.rest) == (3, 0)


def test_an_imported_win_of_the_week_is_asked_as_any_other() -> None:
    journal = import_of("- 2026-12-01 Wrote to a recruiter\n", "notes.md")
    assert len(wins_to_sort(journal, date(2026, 11, 30), MOST).asked) == 1


def test_the_person_may_ask_for_older_ones_seven_at_a_time() -> None:
    begun = reviews.new_review(WEEK, NOW)
    journal = Journal.of(*imported(20), *by_hand(2, FRIDAY), begun)
    for asked, rest in ((9, 13), (16, 6), (22, 0)):
        journal = journal.apply(reviews.ask_for_older(WEEK, MOST, NOW)(journal))
        found = wins_to_sort(journal, WEEK, MOST, journal.reviews[begun.id])
        assert (len(found.asked), found.rest) == (asked, rest)


def test_a_win_written_since_the_last_review_is_asked_whatever_its_week() -> None:
    last = reviewed(WEEK - timedelta(weeks=2))
    since = win(WEEK - timedelta(weeks=8), at(WEEK))
    before = win(WEEK - timedelta(weeks=2), at(WEEK - timedelta(weeks=2)))
    found = wins_to_sort(Journal.of(last, since, before), WEEK, MOST)
    assert found.asked == (since,)


def test_a_few_imported_lines_are_asked_about_but_not_their_history() -> None:
    last = reviewed(WEEK - timedelta(weeks=1))
    fresh = imported(3, newest=WEEK - timedelta(days=1))
    history = imported(5, newest=WEEK - timedelta(weeks=3))
    found = wins_to_sort(Journal.of(last, *fresh, *history), WEEK, MOST)
    assert {one.id for one in found.asked} == {one.id for one in fresh}


def test_a_win_called_in_the_review_keeps_its_place() -> None:
    begun = reviews.new_review(WEEK, NOW)
    journal = Journal.of(*by_hand(9, FRIDAY), begun)
    before = wins_to_sort(journal, WEEK, MOST, begun)
    given_call = judgement(5)
    for one in before.asked[:3]:
        journal = journal.apply(edits.set_verdict([one.id], given_call.verdict, NOW, given_call.p)(journal))
    after = wins_to_sort(journal, WEEK, MOST, begun)
    assert [one.id for one in after.asked] == [one.id for one in before.asked]
    assert (set(after.called), after.rest) == ({one.id for one in before.asked[:3]}, 2)


def test_a_move_on_the_board_during_the_review_is_no_call() -> None:
    begun = reviews.new_review(WEEK, NOW)
    journal = Journal.of(*by_hand(2, FRIDAY), begun)
    moved = next(journal.live())
    journal = journal.apply(edits.set_verdict([moved.id], Verdict.REAL, NOW)(journal))
    found = wins_to_sort(journal, WEEK, MOST, begun)
    assert moved.id not in {one.id for one in found.asked}
    assert (len(found.asked), found.called) == (1, frozenset())


def test_the_number_that_waits_is_what_the_review_asks() -> None:
    journal = Journal.of(*imported(300), *by_hand(9, FRIDAY))
    due = reviews.what_is_due(journal, Settings(), FRIDAY)
    assert (due.unsorted, due.older) == (MOST, 302)


def test_after_a_review_of_seven_calls_a_new_win_waits_again() -> None:
    given_call = judgement(5)
    done = structs.replace(reviews.new_review(WEEK, NOW), finished_at=NOW)
    wins = by_hand(MOST, FRIDAY)
    journal = Journal.of(*wins, done)
    journal = _applied(journal, edits.set_verdict([one.id for one in wins], given_call.verdict, NOW, given_call.p))
    journal = _applied(journal, edits.add_win(win(FRIDAY, NOW)))
    assert reviews.what_is_due(journal, Settings(), FRIDAY).unsorted == 1
    asked = build_agenda(journal, journal.reviews[done.id], FRIDAY, Settings()).sort
    assert len(asked.asked) - len(asked.called) == 1


@st.composite
def journals(draw: st.DrawFn) -> Journal:
    """Return a journal with wins by hand and imported, sorted and not, open steps, and reviews before."""
    weeks = st.integers(0, 30)
    wins = [
        win(
            FRIDAY - timedelta(weeks=draw(weeks), days=draw(st.integers(0, 4))),
            at(FRIDAY - timedelta(weeks=draw(weeks)), second),
            draw(st.sampled_from([None, Verdict.REAL, Verdict.CANDY])),
        )
        for second in range(draw(st.integers(0, 25)))
    ]
    made = [
        steps.new_step("A step", due_week=WEEK, now=NOW - timedelta(days=index))
        for index in range(draw(st.integers(0, 4)))
    ]
    earlier = [reviewed(WEEK - timedelta(weeks=count)) for count in draw(st.lists(st.integers(1, 9), unique=True))]
    history = imported(draw(st.integers(0, 60)), newest=FRIDAY - timedelta(weeks=draw(st.integers(0, 3))))
    return Journal.of(*wins, *made, *earlier, *history)


@given(journals())
def test_a_review_is_bounded_whatever_there_is(journal: Journal) -> None:
    """Law: at most 7 × the keys of a win + 5 look-backs + the open steps + 4."""
    begun = reviews.new_review(WEEK, NOW)
    found = build_agenda(journal.apply(reviews.start_review(begun)(journal)), begun, FRIDAY, Settings())
    bound = MOST * KEYS_A_WIN + lookbacks.MAX_LOOKBACKS + len(steps.open_steps(journal)) + 4
    assert len(found.positions) <= bound


def test_eight_hundred_imported_entries_leave_a_short_review() -> None:
    for count in (300, 800):
        begun = reviews.new_review(WEEK, NOW)
        journal = Journal.of(*imported(count), *by_hand(7, FRIDAY), begun)
        assert len(build_agenda(journal, begun, FRIDAY, Settings()).positions) < 40


def sort_all(keys: str, count: int) -> int:
    """Return how many keys it takes to sort so many wins, each by these keys."""
    settings = Settings(most_sorted=count)
    begun = reviews.new_review(WEEK, NOW)
    journal = Journal.of(*by_hand(count, FRIDAY), structs.replace(begun, position="sort"))
    pressed = 0
    while True:
        state = review_state(journal, journal.reviews[begun.id], FRIDAY, settings)
        if state.position.part != "sort":
            return pressed
        for key in keys:
            state = review_state(journal, journal.reviews[begun.id], FRIDAY, settings)
            move = moves.answer(state, int(key), NOW) if key.isdigit() else moves.call(state, judgement(4), NOW)
            assert move is not None
            journal = _applied(journal, move.edit)
            pressed += 1


def _applied(journal: Journal, edit: Edit) -> Journal:
    return journal.apply(edit(journal))


def test_ten_wins_take_forty_keys_by_questions_and_ten_by_call_alone() -> None:
    assert sort_all("435r", 10) == 40
    assert sort_all("r", 10) == 10


def test_a_position_in_a_part_without_items_is_its_first_open_one() -> None:
    begun = structs.replace(reviews.new_review(WEEK, NOW), position="sort")
    journal = Journal.of(*by_hand(1, FRIDAY), begun)
    state = review_state(journal, begun, FRIDAY, Settings())
    assert state.position == Position("sort", next(journal.live()).id, "next_step")
