"""Every importer is linear in its input: eight times as much takes about eight times as long, however hostile it is.

Measured in processor time of this thread, so that a busy machine does not matter; a quadratic reader takes 64 times.
"""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from timeit import timeit
from typing import Final

import pytest

from data.base.errors import SmallWinsError
from data.exchange.formats.markdown_escapes import escape
from tests.support.import_runner import planned

_SMALL: Final = 4_000
_TIMES: Final = 8
_MOST: Final = 2.5 * _TIMES
_NOTHING: Final = 0.02
"""Seconds below which nothing is to be learned."""

Make = Callable[[int], str]


def repeat(piece: str, before: str = "", after: str = "") -> Make:
    return lambda size: before + piece * (size // len(piece)) + after


def listed(value: object, wrap: str = "%s") -> Make:
    return lambda size: wrap % json.dumps([value] * (size // len(json.dumps(value))))


BULLET: Final = "- 2026-01-01 "
ENTRY: Final = {"title": "a", "date": "2026-01-01", "body": "", "creationDate": "2026-01-01", "text": "a"}
NOTES: Final[dict[str, Make]] = {
    "blanks in a heading": repeat(" ", "# a", "x\n- a\n"),
    "blanks in a bullet": repeat(" ", BULLET + "a", "x\n"),
    "stars": repeat("*", BULLET, "\n"),
    "strong": repeat("**a ", BULLET, "\n"),
    "brackets": repeat("[[a", BULLET, "\n"),
    "pictures": repeat("![a](", BULLET, "\n"),
    "fields": repeat("[a:: b ", BULLET, "\n"),
    "tags": repeat(" #a", BULLET, "\n"),
    "comments": repeat("%% ", BULLET, "\n"),
    "escapes": repeat("\\", BULLET, "\n"),
    "block ids": repeat(" ^a", BULLET, "!\n"),
    "bullets": repeat(BULLET + "a\n"),
    "bullets in bullets": repeat("- ", "", "a\n"),
    "deeper and deeper": lambda size: "".join(" " * at + "- a\n" for at in range(int((2 * size) ** 0.5))),
    "quotations": repeat(">", "", "a\n- b\n"),
    "lines of a quotation": repeat("b\n", "> a\n"),
    "paragraphs": repeat("a\n", "", "\n- b\n"),
    "fences": repeat("```\n\n- a\n"),
    "comments of HTML": repeat("<!--\n\n- a\n"),
    "tags of HTML": repeat("<div\n\n- a\n"),
    "headings": repeat("# a\n", "", "- b\n"),
    "dated headings": repeat("# 2026-01-01 09:00 a\n## b\n"),
    "rows of a table": repeat("|2026-01-01|b|\n", "|date|win|\n|-|-|\n"),
    "properties": repeat("a: b\n", "---\n", "- c\n"),
    "dates": repeat("2026-01-01 a\n"),
    "a long story": repeat("\n  b\n", BULLET + "a\n"),
    "empty lines": repeat("\n", BULLET + "a\n", "- b\n"),
    "digits": repeat("1", "- ", "\n"),
    "slashes": repeat("1/", "- ", "\n"),
    "signs": repeat("X a\n"),
    "blanks before a rule": repeat(" ", "|a|b|\n", "x\n- a\n"),
    "dones": repeat("@done(2026-01-01 ", BULLET, "\n"),
    "bold lines": repeat("**a:**\n\n", BULLET + "a\n"),
    "days of a month": repeat("## 5\n- a\n", "# May 2026\n"),
}
OTHERS: Final[dict[str, tuple[str, Make]]] = {
    "blanks in Org": ("x.org", repeat(" ", "* DONE a", "x\n")),
    "tags in Org": ("x.org", repeat(" :a", "* DONE a", "\n")),
    "headings of Org": ("x.org", repeat("* DONE a\nCLOSED: [2026-01-01 Thu]\n")),
    "states of Org": ("x.org", repeat("(a", "#+TODO: A | B", "\n* B a\n")),
    "links in Org": ("x.org", repeat("[[a][b", "* DONE ", "\n")),
    "times in Org": ("x.org", repeat("[2026-01-01 ", "* DONE ", "\n")),
    "todo.txt": ("todo.txt", repeat("x 2026-01-01 a +b @c k:v\n")),
    "marks in todo.txt": ("todo.txt", repeat("+a ", "x 2026-01-01 ", "\n")),
    "jrnl": ("j.txt", repeat("[2026-01-01 10:00] a\nb\n")),
    "brackets in jrnl": ("j.txt", repeat("[", "[2026-01-01 10:00] a\n", "\n")),
    "rows": ("x.csv", repeat("2026-01-01,a\n", "date,title\n")),
    "rows of one title": ("x.csv", repeat("2026-01-01,a,x\n2026-01-01,a,y\n", "date,title,story\n")),
    "an open quote": ("x.csv", repeat('a""', 'date,title\n2026-01-01,"')),
    "columns": ("x.csv", repeat(",a", "date,title", "\n2026-01-01,b\n")),
    "tags in a cell": ("x.csv", repeat("a,", 'date,title,tags\n2026-01-01,b,"', '"\n')),
    "quotes in a cell of tags": ("x.csv", repeat('""a', 'date,title,tags\n2026-01-01,b,"', '"\n')),
    "formulas": ("x.csv", repeat("'", "date,title\n2026-01-01,", "=\n")),
    "lines above the names": ("x.csv", repeat("\n", "", "date,title\n2026-01-01,b\n")),
    "what no delimiter parts": ("x.csv", repeat("a;b'c\"d\n")),
    "entries of jrnl": ("x.json", listed(ENTRY, '{"entries": %s}')),
    "cards": (
        "x.json",
        listed({"name": "a", "idList": "l", "dateLastActivity": "2026-01-01"},
               '{"lists": [{"id": "l", "name": "Done"}], "cards": %s}'),
    ),
    "objects": ("x.json", listed({"title": "a", "date": "2026-01-01"})),
    "pictures in Day One": (
        "x.json", lambda size: json.dumps({"entries": [{"creationDate": "2026-01-01", "text": "![a](" * (size // 5)}]})
    ),
    "tags of HTML in Day One": (
        "x.json", lambda size: json.dumps({"entries": [{"creationDate": "2026-01-01", "text": "<p " * (size // 3)}]})
    ),
}  # fmt: skip


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the processor time that some work takes."""

    def tried() -> None:
        with suppress(SmallWinsError):
            work(text)

    return timeit(tried, timer=time.thread_time, number=1)  # which collects no garbage meanwhile


def is_linear(work: Callable[[str], object], make: Make) -> bool:
    """Return whether it takes no longer than the law says at one of three times: only the machine makes it longer."""
    small, large = make(_SMALL), make(_SMALL * _TIMES)
    few = min(seconds(work, small) for _ in range(3))
    return any(seconds(work, large) <= _MOST * max(few, _NOTHING / _TIMES) for _ in range(3))


@pytest.mark.parametrize("name", NOTES)
def test_a_note_is_read_in_linear_time(name: str) -> None:
    assert is_linear(lambda text: planned(text, "note.md"), NOTES[name])


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_format_is_read_in_linear_time(name: str) -> None:
    file, make = OTHERS[name]
    assert is_linear(lambda text: planned(text, file), make)


@pytest.mark.parametrize("piece", ["\n", " ", "1", "a b", "*", "\\", ":"])
def test_text_is_escaped_in_linear_time(piece: str) -> None:
    assert is_linear(escape, repeat(piece))


def test_the_law_would_notice_a_quadratic_reader() -> None:
    assert not is_linear(lambda text: [text[:at].count("x") for at in range(0, len(text), 2)], repeat("a"))
