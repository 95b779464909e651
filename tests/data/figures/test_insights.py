"""Insights: told when the numbers support them, and not before."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from data.base.exact_tests import binomial_tail
from data.figures.insights import best_weekday, insights, stretch_and_doors, sweetest_group, time_to_door
from data.model import edits
from data.model.journal import Journal
from data.model.records import Answers, Goal, Verdict, Win

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = date(2026, 11, 20)
REAL, CANDY = Verdict.REAL, Verdict.CANDY


def win(verdict: Verdict | None = REAL, days_ago: int = 60, tags: tuple[str, ...] = (), **fields: object) -> Win:
    """A win so many days ago."""
    made = edits.new_win("A win", happened_on=TODAY - timedelta(days=days_ago), now=NOON, tags=tags)
    return structs.replace(made, verdict=verdict, **fields)


def journal_of(*wins: Win, goal: Goal | None = None) -> tuple[Journal, list[Win]]:
    """A journal, and its wins."""
    return Journal.of(*wins, *((goal,) if goal else ())), list(wins)


def test_the_tag_with_most_sugar_is_named_with_its_counts() -> None:
    money = [win(CANDY, tags=("money",)) for _ in range(9)] + [win(REAL, tags=("money",))]
    talks = [win(REAL, tags=("talk",)) for _ in range(20)] + [win(CANDY, tags=("talk",)) for _ in range(2)]
    got = sweetest_group(*journal_of(*money, *talks))
    assert got.conclusive
    assert got.text == "Most of your candy is #money."
    assert got.evidence == "9 of 10 (90 %) were candy, of the rest 2 of 22 (9 %)"
    assert got.n == 32


def test_a_goal_can_be_the_sweetest_too() -> None:
    goal = edits.new_goal("A better salary", NOON)
    sweet = [win(CANDY, goal=goal.id) for _ in range(9)]
    got = sweetest_group(*journal_of(*sweet, *(win(REAL) for _ in range(20)), goal=goal))
    assert got.text == "Most of your candy is A better salary."


def test_a_difference_that_chance_could_bring_is_not_told() -> None:
    some = [win(CANDY, tags=("money",)) for _ in range(4)] + [win(REAL, tags=("money",)) for _ in range(6)]
    rest = [win(CANDY) for _ in range(5)] + [win(REAL) for _ in range(15)]
    got = sweetest_group(*journal_of(*some, *rest))
    assert not got.conclusive
    assert got.text == "No tag or goal stands out for candy."


def test_many_tags_make_a_chance_finding_harder() -> None:
    odd = [win(CANDY, tags=("odd",)) for _ in range(6)] + [win(REAL, tags=("odd",)) for _ in range(4)]
    plain = [win(CANDY) for _ in range(4)] + [win(REAL) for _ in range(20)]
    assert sweetest_group(*journal_of(*odd, *plain)).conclusive
    many = [structs.replace(one, tags=tuple(f"t{n}" for n in range(i % 2, 19, 2))) for i, one in enumerate(plain)]
    assert not sweetest_group(*journal_of(*odd, *many)).conclusive


def test_a_real_tag_is_never_called_sweet() -> None:
    good = [win(REAL, tags=("course",)) for _ in range(20)]
    bad = [win(CANDY) for _ in range(15)]
    assert not sweetest_group(*journal_of(*good, *bad)).conclusive
    assert not sweetest_group(*journal_of(*group("course", 1, 19), *bad)).conclusive


@pytest.mark.parametrize("count", [0, 1, 19])
def test_under_twenty_sorted_wins_only_their_number_is_said(count: int) -> None:
    got = sweetest_group(*journal_of(*(win(CANDY, tags=("x",)) for _ in range(count)), win(None)))
    assert not got.conclusive
    assert got.text == "Too few wins to say which tag or goal is mostly candy."
    assert got.evidence == f"{count} of 20 sorted wins"


def scored(score: int, *, opened: bool, days_ago: int = 60) -> list[Win]:
    """A win with that answer on stretch, and the door it opened."""
    first = win(days_ago=days_ago, answers=Answers(stretch=score, growth=score))
    return [first, win(days_ago=1, opened_by=first.id)] if opened else [first]


def test_stretch_that_opens_more_doors_is_told() -> None:
    wins = [one for n in range(12) for one in scored(5, opened=n < 10)]
    wins += [one for n in range(12) for one in scored(1, opened=n < 2)]
    got = stretch_and_doors(*journal_of(*wins), TODAY)
    assert got.conclusive
    assert got.text == "Wins that stretched you opened more doors."
    assert got.evidence == "10 of 12 (83 %) that stretched you opened one, 2 of 12 (17 %) that did not"


def test_stretch_that_opens_fewer_doors_is_told_as_well() -> None:
    wins = [one for n in range(12) for one in scored(5, opened=n < 1)]
    wins += [one for n in range(12) for one in scored(1, opened=n < 10)]
    assert stretch_and_doors(*journal_of(*wins), TODAY).text == "Wins that stretched you opened fewer doors."


def test_stretch_is_not_judged_by_wins_too_young_for_a_door() -> None:
    wins = [one for _ in range(20) for one in scored(5, opened=False, days_ago=27)]
    got = stretch_and_doors(*journal_of(*wins, *(one for _ in range(20) for one in scored(1, opened=False))), TODAY)
    assert got.text == "Too few wins to say whether stretch predicts doors."
    assert got.evidence.startswith("0 of 8 answered wins")


def test_the_time_to_a_door_is_that_of_half_of_them() -> None:
    wins = [
        w for d in (3, 7, 7, 10, 14, 30) for f in [win(days_ago=80)] for w in (f, win(days_ago=80 - d, opened_by=f.id))
    ]
    got = time_to_door(*journal_of(*wins))
    assert got.text == "Doors usually open within two weeks."
    assert got.evidence == "half of 6 first doors came within 9 days"
    assert not time_to_door(*journal_of(*wins[1:])).conclusive


def test_a_weekday_far_above_a_seventh_is_told() -> None:
    fridays = [win(days_ago=7 * n) for n in range(15)]
    others = [win(days_ago=7 * (n // 6) + 1 + n % 6) for n in range(25)]
    got = best_weekday([*fridays, *others])
    assert got.text == "Friday is your day for real wins."
    assert got.evidence == "Friday: 15 of 40 (38 %); an even week would bring 6"


def test_a_weekday_is_not_told_for_being_the_luckiest_of_seven() -> None:
    fridays = [win(days_ago=7 * n) for n in range(11)]
    others = [win(days_ago=7 * (n // 6) + 1 + n % 6) for n in range(29)]
    assert binomial_tail(11, 40, 7) < 0.05 < 7 * binomial_tail(11, 40, 7)
    assert not best_weekday([*fridays, *others]).conclusive


@pytest.mark.parametrize(
    ("found", "count"), [(10, 30), (9, 30), (11, 35), (12, 40), (18, 69), (19, 74), (17, 64), (18, 70)]
)
def test_a_weekday_is_told_when_seven_times_its_chance_is_under_one_in_twenty(found: int, count: int) -> None:
    by_chance = sum(Fraction(comb(count, k) * 6 ** (count - k), 7**count) for k in range(found, count + 1))
    rest = [win(days_ago=7 * (n // 6) + 1 + n % 6) for n in range(count - found)]
    assert best_weekday([*(win(days_ago=7 * n) for n in range(found)), *rest]).conclusive is (
        7 * by_chance < Fraction(1, 20)
    )


def test_an_even_spread_over_weekdays_is_no_pattern() -> None:
    assert best_weekday([win(days_ago=n) for n in range(35)]).text == "Your real wins show no weekday pattern."
    assert best_weekday([win(days_ago=7 * n) for n in range(27)]).evidence == "27 of 28 real wins"


def test_a_persons_words_are_cleaned() -> None:
    wins = [win(CANDY, tags=("x\x1b]0;y",)) for _ in range(10)] + [win(REAL) for _ in range(20)]
    assert "\x1b" not in sweetest_group(*journal_of(*wins)).text


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from([REAL, CANDY, None]), st.integers(0, 5), st.integers(0, 90)), max_size=45))
def test_every_insight_has_evidence_and_none_is_told_below_its_minimum(
    made: list[tuple[Verdict | None, int, int]],
) -> None:
    journal, wins = journal_of(
        *(win(v, days, (f"t{tag}",), answers=Answers(stretch=tag or None)) for v, tag, days in made)
    )
    got = insights(journal, wins, TODAY)
    assert len(got) == 4
    assert all(one.evidence and one.text.endswith(".") for one in got)
    for one, least in zip(got, (20, 16, 6, 28), strict=True):
        assert not one.conclusive or one.n >= least


def test_tags_given_at_random_are_rarely_called_sweet() -> None:
    # Sixty journals without any pattern: one in twenty may look like one, not many more.
    told = 0
    for seed in range(60):
        wins = [
            win(CANDY if (n * 7919 + seed * 104729) % 10 < 4 else REAL, tags=(f"t{(n * n + seed * n) % 5}",))
            for n in range(60)
        ]
        told += sweetest_group(*journal_of(*wins)).conclusive
    assert told <= 6


def group(tag: str, candy: int, real: int) -> list[Win]:
    """Wins with a tag."""
    return [win(CANDY, tags=(tag,)) for _ in range(candy)] + [win(REAL, tags=(tag,)) for _ in range(real)]


def plain(candy: int, real: int) -> list[Win]:
    """Wins without one."""
    return [win(CANDY) for _ in range(candy)] + [win(REAL) for _ in range(real)]


@pytest.mark.parametrize(
    ("wins", "told"),
    [
        ([*group("a", 8, 0), *plain(0, 12)], True),
        ([*group("a", 7, 0), *plain(0, 13)], False),
        ([*group("a", 12, 0), *plain(0, 8)], True),
        ([*group("a", 13, 0), *plain(0, 7)], False),
        ([*group("a", 8, 0), *plain(0, 11)], False),
    ],
)
def test_eight_wins_on_both_sides_and_twenty_in_all_are_enough(wins: list[Win], *, told: bool) -> None:
    assert sweetest_group(*journal_of(*wins)).conclusive is told


def test_of_several_that_carry_much_sugar_the_sweetest_is_named() -> None:
    wins = [*group("some", 20, 4), *group("most", 10, 0), *plain(2, 60)]
    assert sweetest_group(*journal_of(*wins)).text == "#most was always candy."
    assert sweetest_group(*journal_of(*group("zero", 10, 0), *group("art", 9, 0), *plain(1, 60))).text.startswith(
        "#zero"
    )


def test_only_the_twenty_most_used_are_compared() -> None:
    rare = group("rare", 8, 0)
    often = [structs.replace(one, tags=tuple(f"t{n}" for n in range(20))) for one in plain(20, 20)]
    got = sweetest_group(*journal_of(*rare, *often, *plain(0, 20)))
    assert got.evidence.startswith("20 tags and goals with 8 sorted wins or more")


def test_a_tag_and_a_goal_that_is_gone_are_drawn_as_plain_text() -> None:
    wins = [structs.replace(one, tags=("mo\x1bney",), goal="gone") for one in plain(9, 0)]
    assert sweetest_group(*journal_of(*wins, *plain(0, 20))).text == "Most of your candy is #money."


@pytest.mark.parametrize(
    ("count", "days_ago", "score", "enough"), [(8, 28, 3, True), (7, 60, 5, False), (8, 27, 5, False)]
)
def test_eight_wins_of_four_weeks_that_stretched_halfway_are_enough(
    count: int, days_ago: int, score: int, *, enough: bool
) -> None:
    wins = [one for _ in range(count) for one in scored(score, opened=True, days_ago=days_ago)]
    wins += [one for _ in range(9) for one in scored(2, opened=False)]
    got = stretch_and_doors(*journal_of(*wins), TODAY)
    assert got.conclusive is enough
    assert enough or got.evidence.startswith(f"{count if days_ago == 60 else 0} of 8 answered wins")


def test_a_difference_in_doors_that_chance_could_bring_is_said_to_be_none() -> None:
    wins = [one for n in range(12) for one in scored(5, opened=n < 6)]
    wins += [one for n in range(12) for one in scored(1, opened=n < 5)]
    got = stretch_and_doors(*journal_of(*wins), TODAY)
    assert (got.conclusive, got.text, got.n) == (False, "So far, stretch doesn't predict doors for you.", 24)


def test_doors_that_open_at_once_are_told_as_such() -> None:
    pairs = [win(days_ago=60) for _ in range(6)]
    later = [win(days_ago=60 - wait, opened_by=one.id) for one, wait in zip(pairs, (0, 0, 0, 0, 20, 7), strict=True)]
    got = time_to_door(*journal_of(*pairs, *later))
    assert (got.conclusive, got.text) == (True, "Doors usually open the same day.")
    assert got.evidence == "half of 6 first doors came on the same day"


def on_weekdays(*counts: int, verdict: Verdict = REAL) -> list[Win]:
    """So many wins on each weekday, Monday first; TODAY is a Friday."""
    return [win(verdict, days_ago=4 - day + 7 * n) for day, count in enumerate(counts) for n in range(count)]


def test_a_weekday_is_told_from_28_real_wins_on_and_candy_does_not_count() -> None:
    assert best_weekday(on_weekdays(0, 0, 14, 14)).conclusive
    assert best_weekday(on_weekdays(0, 0, 14, 14)).text == "Wednesday is your day for real wins."
    assert not best_weekday([*on_weekdays(0, 0, 27), *on_weekdays(0, 9, verdict=CANDY)]).conclusive
    even = best_weekday([*on_weekdays(0, 5, 4, 4, 4, 4, 7), *on_weekdays(20, verdict=CANDY)])
    assert (even.conclusive, even.text) == (False, "Your real wins show no weekday pattern.")
    assert even.evidence == "Sunday: 7 of 28 (25 %); an even week would bring 4"


def test_stretch_that_changes_nothing_is_told_as_such_with_its_counts() -> None:
    wins = [win(answers=Answers(stretch=value)) for value in (5, 1) for _ in range(10)]
    opened = [win(days_ago=30, opened_by=wins[place].id) for place in (0, 1, 10, 11)]
    got = stretch_and_doors(*journal_of(*wins, *opened), TODAY)
    assert not got.conclusive
    assert got.text == "So far, stretch doesn't predict doors for you."
    assert got.evidence == "2 of 10 (20 %) that stretched you opened one, 2 of 10 (20 %) that did not"


@pytest.mark.parametrize(
    ("candy", "real", "text"),
    [
        (9, 1, "#most is mostly candy."),
        (10, 10, "#most is candy more often than the rest."),
        (10, 0, "#most was always"),
    ],
)
def test_a_tag_with_less_than_half_of_all_candy_is_told_by_its_own_share(candy: int, real: int, text: str) -> None:
    wins = [*group("most", candy, real), *plain(12, 200)]
    assert sweetest_group(*journal_of(*wins)).text.startswith(text)
