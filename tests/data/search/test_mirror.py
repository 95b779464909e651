"""What leaves the board, and what brings it back."""

from datetime import UTC, date, datetime, timedelta

from msgspec import structs

from data.model import edits
from data.model.records import Decision, Lookback, Verdict, Win
from data.search.mirror import is_in_mirror, is_older_than, on_the_board

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def candy(weeks_ago: int, decided_weeks_ago: int | None = None) -> Win:
    """Return candy of so many weeks ago, decided then unless it was later."""
    when = NOW - timedelta(weeks=weeks_ago if decided_weeks_ago is None else decided_weeks_ago)
    made = edits.new_win("Likes", happened_on=TODAY - timedelta(weeks=weeks_ago), now=NOW)
    return structs.replace(made, verdict=Verdict.CANDY, decided=(Decision(when=when, verdict=Verdict.CANDY),))


def mirrored(win: Win, *, opened: bool = False) -> bool:
    return is_in_mirror(win, opened=opened, weeks=8, today=TODAY)


def test_candy_leaves_after_its_weeks_and_not_a_day_before() -> None:
    assert not mirrored(candy(8))
    assert mirrored(candy(9))


def test_only_candy_leaves() -> None:
    old = candy(30)
    assert not mirrored(structs.replace(old, verdict=Verdict.REAL))
    assert not mirrored(structs.replace(old, verdict=None))


def test_a_door_a_look_back_and_a_move_bring_it_back() -> None:
    old = candy(30)
    assert mirrored(old)
    assert not mirrored(old, opened=True)
    looked_back = structs.replace(old, lookbacks=(Lookback(on=TODAY, verdict=Verdict.CANDY, p=0.05),))
    assert not mirrored(looked_back)
    assert not mirrored(candy(30, decided_weeks_ago=1))


def test_it_fades_before_it_goes() -> None:
    assert is_older_than(candy(5), 4, TODAY)
    assert not is_older_than(candy(3), 4, TODAY)


def test_what_is_on_the_board_is_all_that_has_not_left_it() -> None:
    wins = [candy(weeks) for weeks in range(20)]
    wins += [structs.replace(candy(30), verdict=verdict) for verdict in (None, Verdict.REAL)]
    opens = {wins[12].id}
    kept = on_the_board(wins, opens=opens, weeks=8, today=TODAY)
    assert kept == [win for win in wins if not is_in_mirror(win, opened=win.id in opens, weeks=8, today=TODAY)]
    assert 0 < len(kept) < len(wins)
