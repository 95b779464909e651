from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.model import edits
from data.model.journal import Journal
from data.model.records import Decision, Lookback, Verdict, Win
from data.model.verdict_scale import describe_verdict, judgement
from data.review import lookbacks

DAY = date(2026, 8, 3)


def at(day: date) -> datetime:
    return datetime.combine(day, time(17), UTC)


def decided(key: int | None = 4, *, on: date = DAY, title: str = "A course at night") -> Journal:
    """A journal of one win, decided by a key of a review, or by a move to candy on the board with None."""
    win = edits.new_win(title, happened_on=on, now=at(on))
    verdict, p = (judgement(key).verdict, judgement(key).p) if key else (Verdict.CANDY, None)
    journal = Journal.of(win)
    return journal.apply(edits.set_verdict([win.id], verdict, at(on), p)(journal))


def only(journal: Journal) -> Win:
    return next(iter(journal.wins.values()))


def answer(journal: Journal, key: int, on: date) -> Journal:
    return journal.apply(lookbacks.record_lookback(only(journal).id, judgement(key), on, at(on))(journal))


def weeks_later(count: int) -> date:
    return DAY + timedelta(weeks=count)


def next_due(win: Win, *weeks: int) -> date | None:
    return lookbacks.next_due(win, [timedelta(weeks=count) for count in weeks or lookbacks.LOOKBACK_WEEKS])


def test_a_verdict_is_looked_back_at_after_four_and_after_twelve_weeks() -> None:
    journal = decided()
    assert lookbacks.due_lookbacks(journal, weeks_later(4) - timedelta(days=1)) == []
    assert lookbacks.due_lookbacks(journal, weeks_later(4)) == [only(journal)]
    journal = answer(journal, 4, weeks_later(4))
    assert next_due(only(journal)) == weeks_later(12)
    journal = answer(journal, 4, weeks_later(12))
    assert next_due(only(journal)) is None


def test_the_weeks_are_a_setting() -> None:
    assert next_due(only(decided()), 2) == weeks_later(2)


def test_someone_away_for_months_is_asked_once() -> None:
    journal = answer(decided(), 5, weeks_later(20))
    assert next_due(only(journal)) is None


def test_cant_tell_yet_asks_again_in_four_weeks_and_leaves_the_verdict() -> None:
    journal = answer(decided(), 3, weeks_later(4))
    assert only(journal).verdict is Verdict.REAL
    assert next_due(only(journal)) == weeks_later(8)
    assert "four weeks" in lookbacks.describe_reveal(only(journal))


def test_an_unsorted_win_and_one_in_the_trash_are_never_asked() -> None:
    journal = decided(3)
    assert next_due(only(journal)) is None
    assert next_due(structs.replace(only(decided()), deleted_at=at(DAY))) is None


def test_only_a_verdict_of_ones_own_starts_the_weeks_again() -> None:
    turned = answer(decided(5), 1, weeks_later(5))
    assert only(turned).verdict is Verdict.CANDY
    assert lookbacks.decided_on(only(turned)) == DAY
    assert next_due(only(turned)) == weeks_later(12)
    moved = turned.apply(edits.set_verdict([only(turned).id], Verdict.REAL, at(weeks_later(6)))(turned))
    assert next_due(only(moved)) == weeks_later(10)


def test_the_verdict_becomes_the_new_one_and_the_old_one_is_told_afterwards() -> None:
    journal = answer(decided(2), 5, weeks_later(4))
    win = only(journal)
    assert win.verdict is Verdict.REAL
    assert [(d.verdict, d.p) for d in win.decided] == [(Verdict.CANDY, 0.25), (Verdict.REAL, None)]
    assert lookbacks.describe_reveal(win) == "You had said probably candy. You've changed your mind."
    journal = answer(journal, 4, weeks_later(12))
    assert lookbacks.describe_reveal(only(journal)) == "You had said surely real. Your call held."


def test_a_second_answer_of_the_same_day_replaces_the_first() -> None:
    once = answer(decided(2), 4, weeks_later(4))
    twice = answer(answer(decided(2), 5, weeks_later(4)), 4, weeks_later(4))
    assert only(twice).lookbacks == only(once).lookbacks
    assert only(twice).decided == only(once).decided
    back = answer(answer(decided(2), 5, weeks_later(4)), 1, weeks_later(4))
    assert only(back).verdict is Verdict.CANDY
    assert lookbacks.describe_reveal(only(back)) == "You had said probably candy. Your call held."


def test_a_win_that_came_sorted_is_asked_too_and_keeps_what_it_came_with() -> None:
    imported = structs.replace(edits.new_win("A raise", happened_on=DAY, now=at(DAY)), verdict=Verdict.CANDY)
    journal = answer(Journal.of(imported), 5, weeks_later(4))
    assert lookbacks.describe_reveal(only(journal)) == "You had said candy. You've changed your mind."
    assert only(answer(journal, 2, weeks_later(4))).verdict is Verdict.CANDY


def test_the_longest_waiting_come_first_and_among_those_the_least_certain() -> None:
    surely, probably, moved = decided(5, title="surely"), decided(2, title="probably"), decided(None, title="moved")
    older = decided(5, on=DAY - timedelta(weeks=1), title="older")
    all_of_them = Journal.of(*(only(one) for one in (surely, probably, moved, older)))
    assert [win.title for win in lookbacks.due_lookbacks(all_of_them, weeks_later(4))] == [
        "older",
        "moved",
        "probably",
        "surely",
    ]


@given(st.lists(st.tuples(st.sampled_from([1, 2, 4, 5]), st.integers(0, 60)), max_size=12), st.integers(1, 6))
def test_the_first_few_are_the_first_of_all(given_keys: list[tuple[int, int]], most: int) -> None:
    journal = Journal.of(*(only(decided(key, on=DAY + timedelta(days=days))) for key, days in given_keys))
    today = DAY + timedelta(weeks=8)
    assert lookbacks.due_lookbacks(journal, today, most=most) == lookbacks.due_lookbacks(journal, today)[:most]


@given(st.lists(st.tuples(st.sampled_from([1, 2, 4, 5]), st.integers(0, 60)), max_size=8))
def test_the_order_of_asking_never_depends_on_the_side_that_was_taken(
    given_keys: list[tuple[int, int]],
) -> None:
    mirrored = {1: 5, 2: 4, 4: 2, 5: 1}
    wins = [only(decided(key, on=DAY + timedelta(days=days))) for key, days in given_keys]
    others = [
        structs.replace(only(decided(mirrored[key], on=DAY + timedelta(days=days))), id=win.id)
        for (key, days), win in zip(given_keys, wins, strict=True)
    ]
    today = DAY + timedelta(weeks=30)
    asked = [win.id for win in lookbacks.due_lookbacks(Journal.of(*wins), today)]
    assert asked == [win.id for win in lookbacks.due_lookbacks(Journal.of(*others), today)]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 120)), max_size=10))
def test_whatever_is_answered_the_next_date_is_later_and_the_forecast_is_kept(answers: list[tuple[int, int]]) -> None:
    journal = decided(4)
    for key, days in answers:
        day = weeks_later(4) + timedelta(days=days)
        before = next_due(only(journal))
        if before is None or before > day:
            continue
        journal = answer(journal, key, day)
        after = next_due(only(journal))
        assert after is None or after > day
        assert lookbacks.own_decisions(only(journal)) == list(only(decided(4)).decided)
    assert only(journal).verdict is not None


@pytest.mark.parametrize(("verdict", "p", "words"), [(Verdict.REAL, None, "real"), (Verdict.REAL, 0.4, "real")])
def test_a_verdict_without_one_of_the_keys_is_said_plainly(verdict: Verdict, p: float | None, words: str) -> None:
    assert describe_verdict(verdict, p) == words


def test_a_decision_in_another_zone_near_a_lookback_is_told_apart_by_its_forecast() -> None:
    win = structs.replace(
        only(decided(4)),
        decided=(Decision(when=at(weeks_later(4)), verdict=Verdict.REAL, p=0.75),),
        lookbacks=(Lookback(on=weeks_later(4), verdict=Verdict.REAL, p=0.95),),
    )
    assert len(lookbacks.own_decisions(win)) == 1


def board(journal: Journal, verdict: Verdict | None, on: date) -> Journal:
    """Move the only win on the board."""
    return journal.apply(edits.set_verdict([only(journal).id], verdict, at(on))(journal))


def test_weeks_that_are_set_in_any_order_come_due_in_theirs() -> None:
    assert lookbacks.due_lookbacks(decided(), weeks_later(4), (12, 4)) != []


def test_after_cant_tell_yet_a_new_verdict_starts_the_weeks_again() -> None:
    moved = board(answer(decided(5), 3, weeks_later(4)), Verdict.CANDY, weeks_later(5))
    assert next_due(only(moved)) == weeks_later(9)
    same_day = board(answer(decided(5), 3, weeks_later(4)), Verdict.CANDY, weeks_later(4))
    assert next_due(only(same_day), 2) == weeks_later(6)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_decision_within_a_day_of_a_lookback_that_says_the_same_is_made_by_it(days: int) -> None:
    looked = structs.replace(only(decided(4)), lookbacks=(Lookback(on=weeks_later(4), verdict=Verdict.CANDY, p=0.05),))
    near = Decision(when=at(weeks_later(4) + timedelta(days=days)), verdict=Verdict.CANDY)
    assert lookbacks.own_decisions(structs.replace(looked, decided=(*looked.decided, near))) == list(looked.decided)


@pytest.mark.parametrize(
    ("on", "verdict"),
    [(weeks_later(5), Verdict.CANDY), (weeks_later(3), Verdict.CANDY), (weeks_later(4), Verdict.REAL)],
)
def test_any_other_decision_is_the_persons_own(on: date, verdict: Verdict) -> None:
    looked = structs.replace(only(decided(4)), lookbacks=(Lookback(on=weeks_later(4), verdict=Verdict.CANDY, p=0.05),))
    own = (*looked.decided, Decision(when=at(on), verdict=verdict))
    assert lookbacks.own_decisions(structs.replace(looked, decided=own)) == list(own)


def test_taking_a_verdict_back_is_a_decision_of_ones_own() -> None:
    undone = board(answer(decided(4), 3, weeks_later(4)), None, weeks_later(4))
    assert len(lookbacks.own_decisions(only(undone))) == 2


def test_waiting_is_counted_in_whole_weeks_and_then_in_days() -> None:
    titles = {6: "surely", 0: "probably"}
    keys = {6: 5, 0: 4}
    wins = [only(decided(keys[days], on=DAY - timedelta(days=days), title=titles[days])) for days in (6, 0)]
    assert [win.title for win in lookbacks.due_lookbacks(Journal.of(*wins), weeks_later(4))] == ["probably", "surely"]
    alike = [only(decided(4, on=DAY - timedelta(days=days), title=str(days))) for days in (2, 5, 0, 4, 1, 3)]
    assert [win.title for win in lookbacks.due_lookbacks(Journal.of(*alike), weeks_later(4))] == [
        "5",
        "4",
        "3",
        "2",
        "1",
        "0",
    ]


def test_the_last_forecast_says_how_certain_a_person_is() -> None:
    sure = only(decided(5, title="sure"))
    journal = Journal.of(sure)
    eased = only(journal.apply(edits.set_verdict([sure.id], Verdict.REAL, at(DAY), 0.75)(journal)))
    other = only(decided(5, title="other"))
    for first in (structs.replace(eased, id="f" * 36), structs.replace(eased, id="0" * 36)):
        assert lookbacks.due_lookbacks(Journal.of(other, first), weeks_later(4))[0] == first


def test_a_lookback_that_says_the_same_is_no_new_decision() -> None:
    assert only(answer(decided(4), 4, weeks_later(4))).decided == only(decided(4)).decided


def test_correcting_todays_answer_leaves_what_earlier_lookbacks_decided() -> None:
    journal = answer(answer(decided(2), 5, weeks_later(4)), 1, weeks_later(12))
    corrected = only(answer(journal, 3, weeks_later(12)))
    assert corrected.verdict is Verdict.REAL
    assert [one.verdict for one in corrected.decided] == [Verdict.CANDY, Verdict.REAL]
    assert [one.verdict for one in corrected.lookbacks] == [Verdict.REAL, None]


@pytest.mark.parametrize(
    ("keys", "revealed"),
    [
        ((5, 1, 4), "surely candy. You've changed your mind."),
        ((4, 3, 2), "probably real. You've changed your mind."),
        ((1, 4), "surely candy. You've changed your mind."),
        ((1, 4, 5), "probably real. Your call held."),
        ((3, 4), "surely real. Your call held."),
    ],
)
def test_what_one_had_said_is_the_latest_that_took_a_side(keys: tuple[int, ...], revealed: str) -> None:
    journal = decided(5)
    for count, key in enumerate(keys):
        journal = answer(journal, key, weeks_later(4 * count + 4))
    assert lookbacks.describe_reveal(only(journal)) == f"You had said {revealed}"


def test_a_verdict_given_after_a_lookback_is_what_one_had_said() -> None:
    moved = board(answer(decided(2), 5, weeks_later(4)), Verdict.CANDY, weeks_later(6))
    assert lookbacks.describe_reveal(only(answer(moved, 4, weeks_later(10)))) == (
        "You had said candy. You've changed your mind."
    )
    twice = board(decided(2), Verdict.REAL, DAY + timedelta(days=2))
    assert lookbacks.describe_reveal(only(answer(twice, 4, weeks_later(8)))) == "You had said real. Your call held."
    assert lookbacks.verdict_before(only(answer(moved, 4, weeks_later(10))))[1] is None


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_verdict_given_beside_a_look_back_is_the_one_that_stood(days: int) -> None:
    looked = answer(decided(5), 1, weeks_later(4))
    moved = board(looked, Verdict.REAL, weeks_later(4) + timedelta(days=days))
    assert lookbacks.describe_reveal(only(answer(moved, 4, weeks_later(10)))) == "You had said real. Your call held."


def test_a_look_back_after_a_verdict_of_ones_own_is_what_one_had_said() -> None:
    moved = board(answer(decided(2), 5, weeks_later(4)), Verdict.CANDY, weeks_later(6))
    twice = answer(answer(moved, 4, weeks_later(10)), 5, weeks_later(18))
    assert lookbacks.describe_reveal(only(twice)) == "You had said probably real. Your call held."


def test_look_backs_of_a_win_without_decisions_tell_what_the_last_one_said() -> None:
    looked = answer(answer(decided(2), 5, weeks_later(4)), 1, weeks_later(12))
    assert lookbacks.verdict_before(structs.replace(only(looked), decided=())) == (Verdict.REAL, 0.95)


def test_an_answer_for_a_win_that_was_never_sorted_makes_up_no_decision() -> None:
    asked = Journal.of(edits.new_win("Unsorted in another window", happened_on=DAY, now=at(DAY)))
    answered = only(answer(asked, 4, weeks_later(4)))
    assert answered.decided == (Decision(when=at(weeks_later(4)), verdict=Verdict.REAL),)
    assert only(answer(asked, 3, weeks_later(4))).decided == ()


def test_cant_tell_yet_leaves_a_verdict_without_a_decision() -> None:
    given_elsewhere = structs.replace(only(decided(2)), verdict=Verdict.REAL)
    assert only(answer(Journal.of(given_elsewhere), 3, weeks_later(4))).verdict is Verdict.REAL


def test_a_verdict_taken_back_meanwhile_is_nothing_one_had_said() -> None:
    undone = board(decided(4), None, weeks_later(4))
    assert (
        lookbacks.describe_reveal(only(answer(undone, 4, weeks_later(4))))
        == "You had said probably real. Your call held."
    )
