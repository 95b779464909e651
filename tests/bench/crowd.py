"""Made-up journals of any size, and the apps that the board is measured beside.

`python -m tests.bench.crowd KIND NUMBER` runs one of those apps.
"""

import random
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from msgspec import structs
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Label, OptionList, Static
from tinydb import TinyDB
from tinydb.table import Document

from data.model import edits
from data.model.records import Answers, Changes, Verdict, Win, doc_id
from data.storage.store import Store

TODAY: Final = date(2026, 11, 20)
NOW: Final = datetime(2026, 11, 20, 17, tzinfo=UTC)
SIZES: Final = (100, 1_000, 10_000, 100_000)
"""The sizes of journals that are measured."""
DAYS: Final = 3650
"""Ten years, however many wins."""
TITLES: Final = (
    "Coffee with a mentor",
    "Applied without every requirement, sent it anyway",
    "Recruiter answered my note",
    "Said yes to the panel talk, though it scares me more than I would like to say",
    "東京のチームと話した、次の面接が決まった",
    "Night course, module 3",
)


def wins(number: int) -> list[Win]:
    """Return that many wins over ten years, the same ones every time."""
    chance = random.Random(number)  # noqa: S311 - a made-up journal, not a secret
    return [_win(chance, index * DAYS // number, index) for index in range(number)]


def _win(chance: random.Random, days: int, index: int) -> Win:
    made = edits.new_win(
        f"{chance.choice(TITLES)} {index}",
        happened_on=TODAY - timedelta(days=days),
        now=NOW - timedelta(days=days, seconds=index),
        tags=("people",) if index % 5 == 0 else (),
    )
    answers = Answers(door=chance.randint(1, 5), direction=chance.randint(1, 5), stretch=chance.randint(1, 5))
    return structs.replace(made, verdict=chance.choice([None, Verdict.REAL, Verdict.CANDY]), answers=answers)


def write_journal(path: Path, number: int) -> None:
    """Write a journal of that many wins."""
    store = Store(path, lambda: NOW)
    made = tuple(wins(number))
    store.change("begin", lambda _: Changes(put=made))
    store.close()


def write_stock(path: Path, number: int) -> None:
    """Write the same wins as TinyDB writes them, without this program."""
    with TinyDB(path, encoding="utf-8") as made:
        documents = (Document(msgspec.to_builtins(win), doc_id(win.id)) for win in wins(number))
        made.table("wins").insert_multiple(documents)


class Crowd(App[None]):
    """Shows so many titles in an OptionList, or with a widget for each."""

    def __init__(self, kind: str, number: int) -> None:
        super().__init__()
        self._kind = kind
        self._number = number

    def compose(self) -> ComposeResult:
        """Yield the titles, and a word to wait for."""
        titles = [f"{TITLES[index % len(TITLES)]} {index}" for index in range(self._number)]
        if self._kind == "options":
            yield OptionList(*titles, markup=False)
        else:
            with VerticalScroll():
                yield from (Static(title, markup=False) for title in titles)
        yield Label("ready", id="ready")

    CSS = "#ready { dock: bottom; }"


if __name__ == "__main__":
    Crowd(sys.argv[1], int(sys.argv[2])).run()
