import os
from datetime import date
from pathlib import Path

import pytest

from data.search.board_state import BoardState, load_board_state, save_board_state

STATE = BoardState(period="12 weeks", goal="g1", tag="people")
TODAY = date(2026, 11, 20)


def test_the_state_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "state" / "board.json"
    save_board_state(path, STATE)
    assert load_board_state(path) == STATE


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "state" / "board.json"
    save_board_state(path, STATE)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_where_it_can_not_be_written_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    save_board_state(tmp_path / "state" / "board.json", STATE)
    assert load_board_state(tmp_path / "state" / "board.json") == BoardState()


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"period": "for ever"}', b"[]", b"\xff\xfe", b'{"tag": "\xff"}', b'{"since": "yesterday"}']
)
def test_a_file_that_can_not_be_understood_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "board.json"
    path.write_bytes(content)
    assert load_board_state(path) == BoardState()


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / "board.json").symlink_to(precious)
    save_board_state(tmp_path / "board.json", STATE)
    assert precious.read_text() == "mine"


def test_a_period_of_its_own_beats_the_one_up_to_today() -> None:
    week = BoardState(period="week").filter(TODAY, 0)
    assert (week.since, week.until) == (date(2026, 11, 16), None)
    own = BoardState(since=date(2026, 9, 7), until=date(2026, 9, 13)).filter(TODAY, 0)
    assert (own.since, own.until) == (date(2026, 9, 7), date(2026, 9, 13))


def test_the_goal_and_the_tag_are_asked_for_again() -> None:
    wanted = STATE.filter(TODAY, 0)
    assert (wanted.goal, wanted.tag, wanted.until) == ("g1", "people", None)


def test_it_is_kept_where_no_folder_is_yet_and_where_one_is(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "board.json"
    for state in (STATE, BoardState(tag="work")):
        save_board_state(path, state)
        assert load_board_state(path) == state


def test_a_pipe_in_its_place_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "board.json")
    assert load_board_state(tmp_path / "board.json") == BoardState()


@pytest.mark.parametrize("umask", [0o000, 0o777], ids=oct)
def test_its_folders_are_private_under_any_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        save_board_state(tmp_path / "state" / "smallwins" / "board.json", STATE)
    finally:
        os.umask(before)
    for folder in (tmp_path / "state", tmp_path / "state" / "smallwins"):
        assert folder.stat().st_mode & 0o777 == 0o700
