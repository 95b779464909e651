from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data import edits, lookback
from data.journal import Journal
from data.judgement import judgement, said
from data.models import Decision, Lookback, Verdict, Win

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
    return journal.apply(lookback.record_lookback(only(journal).id, judgement(key), on, at(on))(journal))


def weeks_later(count: int) -> date:
    return DAY + timedelta(weeks=count)


def next_due(win: Win, *weeks: int) -> date | None:
    return lookback.next_due(win, [timedelta(weeks=count) for count in weeks or lookback.WEEKS])


def test_a_verdict_is_looked_back_at_after_four_and_after_twelve_weeks() -> None:
    journal = decided()
    assert lookback.due(journal, weeks_later(4) - timedelta(days=1)) == []
    assert lookback.due(journal, weeks_later(4)) == [only(journal)]
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
    assert "four weeks" in lookback.revealed(only(journal))


def test_an_unsorted_win_and_one_in_the_trash_are_never_asked() -> None:
    journal = decided(3)
    assert next_due(only(journal)) is None
    assert next_due(structs.replace(only(decided()), deleted_at=at(DAY))) is None


def test_a_new_verdict_of_the_persons_own_starts_the_weeks_again_and_one_from_a_lookback_does_not() -> None:
    turned = answer(decided(5), 1, weeks_later(5))
    assert only(turned).verdict is Verdict.CANDY
    assert lookback.decided_on(only(turned)) == DAY
    assert next_due(only(turned)) == weeks_later(12)
    moved = turned.apply(edits.set_verdict([only(turned).id], Verdict.REAL, at(weeks_later(6)))(turned))
    assert next_due(only(moved)) == weeks_later(10)


def test_the_verdict_becomes_the_new_one_and_the_old_one_is_told_afterwards() -> None:
    journal = answer(decided(2), 5, weeks_later(4))
    win = only(journal)
    assert win.verdict is Verdict.REAL
    assert [(d.verdict, d.p) for d in win.decided] == [(Verdict.CANDY, 0.25), (Verdict.REAL, None)]
    assert lookback.revealed(win) == "You had said probably candy. You see it otherwise now."
    journal = answer(journal, 4, weeks_later(12))
    assert lookback.revealed(only(journal)) == "You had said surely real. It held."


def test_a_second_answer_of_the_same_day_replaces_the_first() -> None:
    once = answer(decided(2), 4, weeks_later(4))
    twice = answer(answer(decided(2), 5, weeks_later(4)), 4, weeks_later(4))
    assert only(twice).lookbacks == only(once).lookbacks
    assert only(twice).decided == only(once).decided
    back = answer(answer(decided(2), 5, weeks_later(4)), 1, weeks_later(4))
    assert only(back).verdict is Verdict.CANDY
    assert lookback.revealed(only(back)) == "You had said probably candy. It held."


def test_a_win_that_came_sorted_is_asked_too_and_keeps_what_it_came_with() -> None:
    imported = structs.replace(edits.new_win("A raise", happened_on=DAY, now=at(DAY)), verdict=Verdict.CANDY)
    journal = answer(Journal.of(imported), 5, weeks_later(4))
    assert lookback.revealed(only(journal)) == "You had said candy. You see it otherwise now."
    assert only(answer(journal, 2, weeks_later(4))).verdict is Verdict.CANDY


def test_the_longest_waiting_come_first_and_among_those_the_least_certain() -> None:
    surely, probably, moved = decided(5, title="surely"), decided(2, title="probably"), decided(None, title="moved")
    older = decided(5, on=DAY - timedelta(weeks=1), title="older")
    all_of_them = Journal.of(*(only(one) for one in (surely, probably, moved, older)))
    assert [win.title for win in lookback.due(all_of_them, weeks_later(4))] == ["older", "moved", "probably", "surely"]


@given(st.lists(st.tuples(st.sampled_from([1, 2, 4, 5]), st.integers(0, 60)), max_size=12), st.integers(1, 6))
def test_the_first_few_are_the_first_of_all(given_keys: list[tuple[int, int]], most: int) -> None:
    journal = Journal.of(*(only(decided(key, on=DAY + timedelta(days=days))) for key, days in given_keys))
    today = DAY + timedelta(weeks=8)
    assert lookback.due(journal, today, most=most) == lookback.due(journal, today)[:most]


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
    asked = [win.id for win in lookback.due(Journal.of(*wins), today)]
    assert asked == [win.id for win in lookback.due(Journal.of(*others), today)]


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
        assert lookback.own_decisions(only(journal)) == list(only(decided(4)).decided)
    assert only(journal).verdict is not None


@pytest.mark.parametrize(("verdict", "p", "words"), [(Verdict.REAL, None, "real"), (Verdict.REAL, 0.4, "real")])
def test_a_verdict_without_one_of_the_keys_is_said_plainly(verdict: Verdict, p: float | None, words: str) -> None:
    assert said(verdict, p) == words


def test_a_decision_in_another_zone_near_a_lookback_is_told_apart_by_its_forecast() -> None:
    win = structs.replace(
        only(decided(4)),
        decided=(Decision(when=at(weeks_later(4)), verdict=Verdict.REAL, p=0.75),),
        lookbacks=(Lookback(on=weeks_later(4), verdict=Verdict.REAL, p=0.95),),
    )
    assert len(lookback.own_decisions(win)) == 1
