"""Feed every importer nonsense for a while: `python -m tests.soak.importers --minutes 2 [--seed N]`.

Files that the real programs wrote, and exports of ours, are cut, spliced, bent and turned into other encodings. What
comes of it must be wins or a sentence, within a few seconds, and the wins must be such that a journal can hold them.
"""

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import gettempdir
from typing import Final
from zlib import crc32

import msgspec

from data.base.errors import SmallWinsError
from data.demo.half_year import demo_records
from data.exchange.evidence.markdown import write_markdown_sheet
from data.exchange.evidence.sheet import make_sheet
from data.exchange.formats.csv_table import write_csv
from data.exchange.formats.smallwins_json import write_json
from data.exchange.importer import ReaderFailedError
from data.exchange.registry import READ_FORMATS
from data.files.settings import Settings
from data.model.journal import Journal
from data.model.records import TABLES, table_of
from data.search.filters import Filter
from tests.soak.rounds import Tally
from tests.support.import_runner import NOW, TODAY, planned

FILES: Final = Path(__file__).parents[1] / "data" / "exchange" / "files"
PIECES: Final = (
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\x1b]52;c;eA==\x07", b"{", b"[", b'"', b"\\ud800", b"null", b"1e999", b"-"),
    *(b"\n", b"\r\n", b",", b";", b"\t", b"'", b"=1+1", b"# ", b"- [x] ", b"2026-11-20", b"9999-99-99", b"0" * 400),
    *("\u202e\u2028\x85".encode(), b"\xef\xbb\xbf", b"\x1f\x8b", b"../../../etc/passwd", b"x" * 3_000, b"[" * 200),
    *(
        b"x 2026-11-20 ",
        b"20261120T000000Z",
        b"## 2026-11-20 ",
        b"> ",
        b"```\n",
        b"---\n",
        b"sep=;\n",
        b"| a |\n|---|\n",
    ),
    *(
        b"03/04/2026",
        "✅ 2026-11-20".encode(),
        b"[[2026-11-20]]",
        b"* DONE ",
        b"CLOSED: [2026-11-20]",
        b"DONE ",
        b"id:: 1\n",
    ),
)
ENCODINGS: Final = ("utf-8", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "cp1251", "shift_jis")
SLOW: Final = 5.0
"""Seconds that one small file may take."""


def starts() -> list[bytes]:
    """Return whole files to begin with."""
    journal = Journal.of(*demo_records(TODAY, NOW))
    sheet = write_markdown_sheet(make_sheet(journal, Filter(), TODAY, Settings(), private=True))
    texts = [write_json(journal), write_csv(journal, journal.live()), sheet]
    day_one = {
        "entries": [{"uuid": "1", "creationDate": "2026-06-28T22:30:00Z", "timeZone": "Asia/Tokyo", "text": "a"}]
    }
    return [path.read_bytes() for path in FILES.iterdir()] + [text.encode() for text in (*texts, json.dumps(day_one))]


def bent(data: bytes, other: bytes, chance: Random) -> bytes:
    """Return a file to which a few bad things have happened."""
    for _ in range(chance.randint(1, 6)):
        at, to = sorted(chance.randint(0, len(data)) for _ in range(2))
        data = chance.choice(
            (
                data[:at] + chance.choice(PIECES) + data[at:],
                data[:at] + data[to:],
                data[:at] + chance.choice(PIECES) + data[to:],
                data[:at] + other[at:to] + data[at:],
                data[:at] + data[at:to] * chance.randint(1, 4) + data[to:],
            )
        )[:300_000]
    return recoded(data, chance) if chance.random() < 0.2 else data


def recoded(data: bytes, chance: Random) -> bytes:
    """Return a text in another encoding."""
    return data.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


def attempt(data: bytes, kind: str | None, name: str) -> str:
    """Import a file into nothing, and say what came of it."""
    start = time.perf_counter()
    try:
        plan = planned(data, name, kind=kind)
    except ReaderFailedError:
        raise  # the net holds, but something fell into it
    except SmallWinsError:
        outcome = "a sentence"
    else:
        for record in plan.new:  # as the file will be read again
            msgspec.convert(msgspec.to_builtins(record), TABLES[table_of(record)])
        outcome = "wins" if plan.new_wins else "nothing new"
        places = [place for place, _ in (*plan.new_wins, *plan.duplicates)]
        places += [one.place for one in plan.refused] + [one.place for one in plan.skipped]
        if any(place.line < 1 for place in places):
            raise AssertionError("something has no line")
    if time.perf_counter() - start > SLOW:
        raise AssertionError(f"{len(data)} bytes took {time.perf_counter() - start:.1f} s as {kind}")
    return outcome


def nonsense(_folder: Path, chance: Random, tries: int = 100) -> Tally:
    """Feed so many bent files to the importers; one that is neither wins nor a sentence is kept."""
    whole, lost = starts(), 0
    for _ in range(tries):
        try:
            _attempt_any(whole, chance)
        except Exception as error:  # noqa: BLE001 - any at all is what is looked for
            lost += 1
            print(f"not a sentence: {error!r}")  # noqa: T201 - a script speaks
    return Tally(tries, lost)


def _attempt_any(whole: list[bytes], chance: Random) -> str:
    data = bent(chance.choice(whole), chance.choice(whole), chance)
    kind = chance.choice((None, *[one.name for one in READ_FORMATS]))
    try:
        return attempt(data, kind, chance.choice(("", "x.csv", "x.md", "x.json", "todo.txt")))
    except BaseException:
        kept = Path(gettempdir()) / f"fuzz-{crc32(data):08x}.bin"
        kept.write_bytes(data)
        print(f"as {kind}: kept in {kept}")  # noqa: T201 - a script speaks
        raise


def main() -> None:
    """Go on until the time is up, then say what came of it all."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.importers", description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000, help="the same nonsense again")
    options = parser.parse_args()
    chance = Random(options.seed)  # noqa: S311 - nonsense, no secret
    whole = starts()
    found: Counter[str] = Counter()
    until = time.monotonic() + 60 * options.minutes
    while time.monotonic() < until:
        found[_attempt_any(whole, chance)] += 1
    print(f"seed {options.seed}: " + ", ".join(f"{count:,} {name}" for name, count in found.items()))  # noqa: T201


if __name__ == "__main__":
    main()
