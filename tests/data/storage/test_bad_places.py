"""The message about a bad file names the very place, so that a person can go there in an editor."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.errors import JournalFileError
from data.storage import validating_decoder

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEY = "7"
ID = "00000000-0000-0000-0000-000000000007"
WIN = {"title": "Coffee", "happened_on": "2026-11-19", "created_at": "2026-11-19T10:00:00Z"}


def said(data: bytes) -> str:
    """Return what is said of a bad file."""
    with pytest.raises(JournalFileError) as caught:
        validating_decoder.decode_validating(data, NOW)
    return caught.value.message


def journal(**more: Any) -> bytes:  # noqa: ANN401 - JSON of any kind
    """A file of one win with these fields."""
    return json.dumps({"wins": {KEY: WIN | more}}).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\0", "The file has a zero byte in line 1 (byte 1)."),
        (b'{\n\n"a\0', "The file has a zero byte in line 3 (byte 6)."),
        (b"\xe9", "The file is not UTF-8 in line 1 (byte 1)."),
        (b'{\n\n"\xe9', "The file is not UTF-8 in line 3 (byte 5)."),
        (b"{", "The file ends too early, in line 1 (character 2)."),
        (b'{"wins":\n\n ', "The file ends too early, in line 3 (character 12)."),
        (b'{"wins":\n  x}', "The file is not JSON in line 2, column 3 (character 12)."),
        (b"{} x ", "The file is not JSON in line 1, column 4 (character 4)."),
        (b'{"x":[1]}', "The file is JSON, but not a smallwins journal."),
        (b'{"meta":{},"wins":{"1":NaN}}', "The file contains NaN or infinity in wins, record "),
    ],
)
def test_a_file_that_is_broken_is_broken_at_a_line_and_a_byte(data: bytes, message: str) -> None:
    assert said(data).startswith(message)


@pytest.mark.parametrize(
    ("fields", "place", "reason"),
    [
        ({"title": 3}, f"record {ID}, field title", "expected `str`, got `int`."),
        ({"answers": {"door": "x"}}, f"record {ID}, field answers.door", "expected `int | null`, got `str`."),
        ({"verdict": "great"}, f"record {ID}, field verdict", "invalid value."),
        ({"verdict": "great - at `$.x`"}, f"record {ID}", "invalid value."),
    ],
)
def test_a_wrong_value_is_told_by_its_place_and_what_was_expected(
    fields: dict[str, Any], place: str, reason: str
) -> None:
    message = said(journal(**fields))
    assert message.startswith(f"The file has a wrong value in wins, {place}")
    assert message.endswith(f": {reason}")
    assert "great" not in message


def nested(levels: int) -> list[Any]:
    """Lists in lists."""
    found: list[Any] = []
    for _ in range(levels - 1):
        found = [found]
    return found


def test_a_file_may_be_nested_so_deep_and_no_deeper() -> None:
    deepest = validating_decoder._DEEPEST
    assert validating_decoder.decode_validating(
        json.dumps({"meta": {}, "x": nested(deepest)}).encode(), NOW
    ).extras.tables
    message, nil = said(json.dumps({"meta": {}, "x": nested(deepest + 1)}).encode()), str(UUID(int=0))
    assert message == f"The file is nested more than {deepest} levels deep in x, record {nil}, field 0."


def test_a_name_out_of_the_file_is_shown_clean_and_short() -> None:
    assert said(json.dumps({"meta": {}, "x": {"a\x1bb" * 40: [float("nan")]}}).encode()).endswith(
        f" in x, record {('ab' * 40)[:60]}, field 0."
    )


def test_keys_go_up_to_128_bits() -> None:
    largest = (1 << 128) - 1
    found = validating_decoder.decode_validating(json.dumps({"wins": {str(largest): WIN}}).encode(), NOW)
    assert list(found.journal.wins) == ["ffffffff-ffff-ffff-ffff-ffffffffffff"]
    for key in (str(largest + 1), "0" * 40, "9" * 6000):
        assert "isn't a number below 2^128" in said(json.dumps({"wins": {key: WIN}}).encode())


def test_an_empty_object_is_an_empty_journal() -> None:
    assert validating_decoder.decode_validating(b"{}", NOW).journal.wins == {}


def test_what_another_program_left_out_is_filled_in_and_no_more() -> None:
    tree = {
        "wins": {KEY: {"title": "A"}},
        "goals": {KEY: {"name": "G"}},
        "history": {KEY: {"label": "ä", "when": "2026-11-19T10:00:00Z", "touched": {"added": {"wins": ["ä"]}}}},
    }
    found = validating_decoder.decode_validating(json.dumps(tree).encode(), NOW)
    win, goal = found.journal.wins[ID], found.journal.goals[ID]
    assert (win.happened_on, win.created_at, win.updated_at, goal.created_at) == (NOW.date(), NOW, NOW, NOW)
    assert found.extras.records == {}
    assert not found.own
    assert bytes(found.history[0].touched) == '{"added":{"wins":["ä"]}}'.encode()


PIECES = st.sampled_from(["a", "\\\\", '\\"', "\\ud83d", "\\uDe00", "\\u0041", "é", "😀"])
"""What a string may be made of, as it is written in JSON."""


@given(st.lists(PIECES, max_size=6).map("".join))
def test_half_a_character_is_found_however_it_is_written(text: str) -> None:
    data = f'{{"wins":{{"{KEY}":{json.dumps(WIN)[:-1]},"mood":"{text}"}}}}}}'.encode()
    if json.loads(f'"{text}"').encode(errors="replace") == json.loads(f'"{text}"').encode(errors="surrogatepass"):
        assert validating_decoder.decode_validating(data, NOW).extras.records
    else:
        assert said(data) == f"The file contains half a character (a lone surrogate) in wins, record {ID}, field mood."
