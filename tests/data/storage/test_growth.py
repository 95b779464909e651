"""Twice the file takes twice as long to read, whatever is in it."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

import pytest

from data.base.errors import JournalFileError
from data.storage.decoder import decode_journal
from tests.support.fake_disk import NOON
from tests.support.growth import per_doubling

WHEN: Final = "2026-01-01T00:00:00Z"
SIZE: Final = 50_000


def journal(count: int, win: Callable[[int], dict[str, Any]]) -> str:
    """Return a file with so many wins."""
    return json.dumps({"meta": {}, "wins": {str(number): {"title": "x", **win(number)} for number in range(1, count)}})


def identity(number: int) -> str:
    """Return an id."""
    return f"{number:08d}-0000-4000-8000-000000000000"


SHAPES: Final[dict[str, Callable[[int], str]]] = {
    "wins": lambda size: journal(size // 30, lambda number: {"tags": [str(number)]}),
    "a chain": lambda size: journal(size // 110, lambda n: {"id": identity(n), "opened_by": identity(n - 1)}),
    "unknown fields": lambda size: journal(2, lambda _: {f"x{number}": 1 for number in range(size // 10)}),
    "decisions": lambda size: journal(2, lambda _: {"decided": [{"when": WHEN, "verdict": "real"}] * (size // 50)}),
    "history": lambda size: json.dumps(
        {"wins": {}, "history": {str(number): {"label": "x", "when": WHEN} for number in range(size // 60)}}
    ),
    "other tables": lambda size: json.dumps({"wins": {}, **{f"t{number}": {} for number in range(size // 10)}}),
    "nesting": lambda size: '{"wins":{},"x":[' + ",".join(["[" * 40 + "]" * 40] * (size // 81)) + "]}",
    "deep nesting": lambda size: '{"wins":{},"x":' + "[" * size,
    "keys that stand twice": lambda size: '{"wins":{},"x":[' + ",".join(['{"a":1,"a":1}'] * (size // 14)) + "]}",
    "a long key": lambda size: json.dumps({"wins": {"k" * size: {}}}),
    "a key of accents": lambda size: json.dumps({"wins": {"a" + "\u0301\u0323" * (size // 12): {}}}),
    "a title of accents": lambda size: json.dumps({"wins": {"1": {"title": "a" + "\u0301\u0323" * (size // 12)}}}),
    "digits": lambda size: '{"wins":{"1":{"title":' + "1" * size + "}}}",
    "cut in a title": lambda size: '{"wins":{"1":{"title":"' + "x" * size,
    "empty lines": lambda size: "\n" * size + "{",
}


@pytest.mark.parametrize("name", SHAPES)
def test_twice_the_file_takes_no_more_than_two_and_a_half_times_as_long(name: str) -> None:
    def read(data: bytes) -> None:
        with suppress(JournalFileError):
            decode_journal(data, NOON)

    small, large = (SHAPES[name](size).encode() for size in (SIZE, 4 * SIZE))
    assert per_doubling(lambda: read(small), lambda: read(large)) <= 2.5
