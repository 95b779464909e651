import random
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import edits
from data.model.records import Win
from data.search.filters import newest_first
from widgets.board.sorted_rows import BLOCK, SortedRows

START = datetime(2026, 1, 1, tzinfo=UTC)


def make(number: int, seed: int = 0) -> list[Win]:
    chance = random.Random(seed)  # noqa: S311 - a made-up journal, not a secret
    return [
        edits.new_win(
            "w" * chance.randint(1, 9),
            happened_on=date(2026, 1, 1) + timedelta(days=chance.randint(0, 9)),
            now=START + timedelta(minutes=chance.randint(0, 9)),
        )
        for _ in range(number)
    ]


def tall(win: Win) -> int:
    return len(win.title)


def filled(wins: list[Win]) -> SortedRows:
    rows = SortedRows(tall)
    rows.fill(newest_first(wins))
    return rows


@settings(max_examples=60)
@given(st.lists(st.integers(0, 399), max_size=40), st.integers(0, 400))
def test_rows_stay_in_order_whatever_comes_and_goes(picks: list[int], start: int) -> None:
    wins = make(400)
    rows = filled(wins[:start])
    held = {win.id: win for win in wins[:start]}
    for pick in picks:
        win = wins[pick]
        if win.id in held:
            place = rows.index(win)
            assert rows.remove(win) == place
            del held[win.id]
        else:
            assert rows.place(win) == rows.insert(win)
            held[win.id] = win
    order = [(win.happened_on, win.created_at) for win in rows]
    assert order == sorted(order, reverse=True)
    assert sorted(win.id for win in rows) == sorted(held)
    assert [rows[place].id for place in range(len(rows))] == [win.id for win in rows]


@settings(max_examples=40)
@given(st.lists(st.integers(0, 399), min_size=1, max_size=40))
def test_heights_stay_right_while_measured_wins_come_and_go(picks: list[int]) -> None:
    wins = make(400)
    rows = filled(wins[:200])
    rows.look(0, 399)
    held = {win.id for win in wins[:200]}
    for pick in picks:
        win = wins[pick]
        (rows.remove if win.id in held else rows.insert)(win)
        held ^= {win.id}
    rows.look(0, 399)
    assert [rows.top(place) for place in range(len(rows) + 1)] == [0, *accumulate(map(tall, rows))]


@settings(max_examples=60)
@given(st.integers(1, 3 * BLOCK), st.data())
def test_once_measured_every_line_belongs_to_the_win_drawn_there(number: int, data: st.DataObject) -> None:
    rows = filled(make(number))
    rows.look(0, number - 1)
    lines = [place for place, win in enumerate(rows) for _ in range(tall(win))]
    assert rows.height == len(lines)
    line = data.draw(st.integers(0, len(lines) - 1))
    place, inside = rows.at(line)
    assert place == lines[line]
    assert rows.top(place) + inside == line


def test_only_blocks_that_are_looked_at_are_measured() -> None:
    asked: list[Win] = []

    def count(win: Win) -> int:
        asked.append(win)
        return 4

    rows = SortedRows(count)
    rows.fill(newest_first(make(20 * BLOCK)))
    rows.look(5 * BLOCK, 5 * BLOCK + 3)
    assert len(asked) == BLOCK
    assert rows.height == 20 * BLOCK * 4


def test_a_removed_win_that_was_never_there_is_none() -> None:
    rows = filled(make(3))
    assert rows.remove(make(1, seed=9)[0]) is None
    assert len(rows) == 3


def test_two_wins_of_the_same_moment_are_told_apart_by_their_id() -> None:
    one, other = (edits.new_win("x", happened_on=START.date(), now=START) for _ in range(2))
    rows = filled([one, other])
    assert (rows.index(one), rows.index(other)) == (0, 1)
    rows.remove(one)
    assert list(rows) == [other]


def test_a_line_that_is_not_there_is_an_error() -> None:
    rows = filled(make(2))
    rows.look(0, 1)
    for line in (-1, rows.height):
        try:
            rows.at(line)
        except IndexError:
            continue
        raise AssertionError
