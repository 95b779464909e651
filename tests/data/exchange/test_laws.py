"""Laws of import and export: round trips, limits, and that nothing but a sentence ever comes of nonsense."""

import json
import re
from contextlib import suppress
from io import BytesIO

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from data.base.errors import NotAllowedError, SmallWinsError
from data.base.progress import OnProgress, ProgressCounter
from data.base.text import fold
from data.demo.half_year import demo_records
from data.exchange.formats import jrnl
from data.exchange.formats.csv_table import write_csv
from data.exchange.formats.smallwins_json import write_json
from data.exchange.importer import ReaderFailedError
from data.exchange.importing.entry import ReadOptions
from data.exchange.importing.source import MAX_FILE_BYTES, read_stream, source_of
from data.exchange.registry import READ_FORMATS, WRITE_FORMATS, Export, WriteFormat, read_format
from data.files.settings import Settings
from data.model.edits import new_win
from data.model.journal import Journal
from data.model.records import Win
from data.search.filters import Filter
from data.storage.contents import Contents
from data.storage.encoder import FileEncoder
from tests.support.import_runner import (
    NOW,
    TODAY,
    days,
    gathered,
    imported,
    journals,
    planned,
    stories,
    tags,
    titles,
    utc_day,
)

CYRILLIC = "Поговорил с рекрутером о климате"  # noqa: RUF001 - Russian it is
DEMO = Journal.of(*demo_records(TODAY, NOW))


def told(journal: Journal, *, links: bool) -> list[tuple[object, ...]]:
    """Return what a format that is not ours can carry of each win; tags that differ by case or accents are one."""
    name = {goal.id: goal.name for goal in journal.goals.values()}
    return sorted(
        (
            win.happened_on,
            win.title,
            win.story,
            sorted(map(fold, win.tags)),
            win.verdict or "",
            name.get(win.goal or "", ""),
            *((win.id, win.opened_by or "") if links else ()),
        )
        for win in journal.live()
    )


@settings(max_examples=40)
@given(journals())
def test_our_json_comes_back_byte_for_byte(journal: Journal) -> None:
    text = write_json(journal)
    assert write_json(imported(text)) == text


def test_a_whole_half_year_comes_back_byte_for_byte() -> None:
    text = write_json(DEMO)
    assert write_json(imported(text)) == text
    assert len(imported(text).reviews) > 20
    assert planned(text, journal=imported(text)).new == ()


def export(progress: OnProgress | None = None) -> Export:
    return Export(journal=DEMO, wanted=Filter(), today=TODAY, settings=Settings(), progress=progress)


@pytest.mark.parametrize("kind", WRITE_FORMATS, ids=lambda kind: str(kind.name))
def test_whoever_waits_is_told_how_much_is_written_and_can_end_it(kind: WriteFormat) -> None:
    def end(share: float) -> None:
        if share > 0.5:
            raise InterruptedError

    shares: list[float] = []
    text = kind.write(export(shares.append))
    assert text == kind.write(export())
    assert shares == sorted(set(shares))
    assert len(shares) > 20
    assert 0.9 < shares[-1] < 1
    with pytest.raises(InterruptedError):
        kind.write(export(end))


@pytest.mark.parametrize(("count", "least", "most"), [(7, 7, 7), (100, 100, 100), (150, 75, 150), (10_000, 100, 100)])
def test_whoever_waits_is_told_about_a_hundred_times_however_much_there_is(count: int, least: int, most: int) -> None:
    shares: list[float] = []
    assert list(ProgressCounter(count, shares.append).over(range(count))) == list(range(count))
    assert least <= len(shares) <= most


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1_000])
def test_json_is_the_same_however_much_of_it_is_written_at_once(count: int) -> None:
    wins = [new_win(f"Win {index}", happened_on=TODAY, now=NOW) for index in range(count)]
    text = write_json(Journal.of(*wins))
    assert text == msgspec.json.format(text, indent=1) + "\n"
    assert len(json.loads(text)["wins"]) == count


TASK = '{"description": "x", "status": "%s", "uuid": "1", "end": "20261120T100000Z"}'
ENTRY = '{"creationDate": "2026-11-20", "title": "x", "text": "x", "body": "", "date": "2026-11-20"}'


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("json", write_json(DEMO)),
        ("json", b"".join(FileEncoder(Contents(DEMO))).decode()),
        ("taskwarrior", f"[{TASK % 'completed'}, {TASK % 'pending'}]"),
        ("dayone", f'{{"entries": [{ENTRY}, 7]}}'),
        ("jrnl-json", f'{{"entries": [{ENTRY}, 7]}}'),
        ("jrnl", "[2026-11-20] x\n[2026-11-21] y"),
        ("todotxt", "x 2026-11-20 x\n(A) y"),
        ("csv", "date,title\n2026-11-20,x"),
        ("markdown", "- x"),
    ],
)
def test_how_far_a_reading_is_goes_up_to_the_whole_and_no_further(kind: str, text: str) -> None:
    reading = read_format(kind).read(source_of(text.encode()), ReadOptions(local=utc_day))
    lines = [item.line for item in reading.items]
    assert lines == sorted(lines)
    assert lines[0] >= 1
    assert lines[-1] == reading.total


@settings(max_examples=40)
@given(journals())
def test_a_table_comes_back_with_everything_it_holds(journal: Journal) -> None:
    back = imported(write_csv(journal, journal.live()), "wins.csv")
    seen = {(win.happened_on, fold(win.title)) for win in journal.live()}
    if len(seen) == len(journal.wins):  # two of a day and title are one to a table
        assert told(back, links=True) == told(journal, links=True)


@settings(max_examples=40)
@given(st.lists(st.tuples(days, titles, stories, tags), max_size=5, unique_by=lambda one: one[:2]))
def test_jrnl_json_comes_back(entries: list[tuple[object, str, str, tuple[str, ...]]]) -> None:
    text = json.dumps(
        {
            "tags": {},
            "entries": [
                {
                    "title": t,
                    "body": s,
                    "date": str(d),
                    "time": "09:00",
                    "tags": [f"@{g}" for g in gs],
                    "starred": False,
                }
                for d, t, s, gs in entries
            ],
        }
    )
    wins = [one.win for one in gathered(text, kind="jrnl-json").candidates]
    assert [(win.happened_on, win.title, win.story) for win in wins] == [entry[:3] for entry in entries]


@settings(max_examples=40)
@given(st.lists(st.tuples(days, titles, tags), max_size=5))
def test_taskwarrior_comes_back(tasks: list[tuple[object, str, tuple[str, ...]]]) -> None:
    made = [
        {"uuid": str(i), "status": "completed", "description": t, "end": f"{d:%Y%m%d}T120000Z", "tags": list(gs)}
        for i, (d, t, gs) in enumerate(tasks)
    ]
    for text in (json.dumps(made), "\n".join(map(json.dumps, made))):
        wins = [one.win for one in gathered(text, kind="taskwarrior").candidates] if made else []
        assert [(win.happened_on, win.title) for win in wins] == [task[:2] for task in tasks]


@settings(max_examples=40)
@given(st.lists(st.tuples(days, titles, stories, tags), max_size=5))
def test_day_one_comes_back(entries: list[tuple[object, str, str, tuple[str, ...]]]) -> None:
    made = [
        {
            "uuid": str(i),
            "creationDate": f"{d}T12:00:00Z",
            "timeZone": "UTC",
            "text": f"{_shielded(t)}\n\n{_shielded(s)}",
        }
        for i, (d, t, s, _) in enumerate(entries)
    ]
    wins = [one.win for one in gathered(json.dumps({"entries": made}), kind="dayone").candidates]
    assert [(win.happened_on, win.title, win.story) for win in wins] == [entry[:3] for entry in entries]


def _shielded(text: str) -> str:
    """Return a text as Day One writes it, with what would be Markdown escaped."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!~|>])", r"\\\1", text)


plain = (
    st.text(st.sampled_from("abc äß日7'\"=-.,"), min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda text: text[:1].isalnum())
)


@settings(max_examples=40)
@given(st.lists(st.tuples(days, plain), min_size=1, max_size=5))
def test_plain_lines_come_back(entries: list[tuple[object, str]]) -> None:
    expected = [(d, " ".join(t.split())) for d, t in entries]
    for kind, line in (("jrnl", "[{} 09:00] {}"), ("todotxt", "x {} 2000-01-01 {}"), ("markdown", "- {}: {}")):
        text = "\n".join(line.format(d, t) for d, t in entries)
        wins = [one.win for one in gathered(text, kind=kind).candidates]
        assert [(win.happened_on, win.title) for win in wins] == expected, kind


@settings(max_examples=40)
@given(
    st.binary(max_size=300), st.sampled_from([one.name for one in READ_FORMATS]), st.sampled_from(["", "x.csv", "x.md"])
)
def test_any_bytes_are_wins_or_a_sentence(data: bytes, kind: str, name: str) -> None:
    attempt(data, name)
    attempt(data, name, kind=kind)


def attempt(data: bytes | str, name: str = "", **said: object) -> None:
    """Import something; a sentence is fine, but not that of the net below all readers."""
    try:
        planned(data, name, **said)  # type: ignore[arg-type]
    except ReaderFailedError:
        raise
    except SmallWinsError:
        return


def test_whatever_a_reader_raises_is_a_sentence_without_a_word_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise re.error("secret words")

    monkeypatch.setattr("markdown_it.MarkdownIt.parse", fail)
    with pytest.raises(ReaderFailedError, match="can't be read") as caught:
        planned("- secret words\n", "notes.md")
    assert "secret" not in str(caught.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
        ["entries", "title", "body", "date", "time", "tags", "uuid", "status", "description", "end", "annotations",
         "project", "creationDate", "text", "timeZone", "wins", "goals", "smallwins", "schema", "meta",
         "cards", "lists", "idList", "actions", "listContent", "isTrashed", "isChecked", "fields", "richText", "id"]
    ), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=40)
@given(json_values, st.sampled_from(["json", "taskwarrior", "dayone", "jrnl-json", "trello", "keep", "json-table"]))
def test_any_json_is_wins_or_a_sentence(value: object, kind: str) -> None:
    attempt(json.dumps(value), kind=kind)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x1f\x8b\x08\x00junk", "gzip"),
        (b"PK\x03\x04../../etc/passwd", "zip"),
        (b"\x7fELF\x00\x00\x01\x02\x00", "not a text file"),
        (b" " * (MAX_FILE_BYTES + 1), "20 MB"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"entries": ' * 100_000, "nested too deep"),
        (b'{"a": 1}', "Unknown kind of JSON"),
        (b"", "file is empty"),
        (b"Dear diary", "Unknown file format"),
        (b'{"smallwins": 99, "schema": 1}', "later version"),
        (b"\xff\xfea", "goes on as something else"),
    ],
)
def test_what_is_no_file_of_wins_is_refused_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(SmallWinsError, match=said):
        planned(read_stream(BytesIO(data)).text)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("9999-99-99", "date"),
        ("2027-01-01", "still to come"),
        ("0001-01-01", "too long ago"),
        ("99999999999999999999", "date"),
        ("-1e308", "date"),
    ],
)
def test_a_bad_date_is_refused_with_its_line(cell: str, said: str) -> None:
    plan = planned(f"date,title\n2026-11-20,fine\n{cell},x\n", "x.csv")
    assert [one.line for one in plan.refused] == [3]
    assert said in plan.refused[0].reason


def test_a_huge_number_in_json_is_no_trouble() -> None:
    task = '{"description": "x", "status": "completed", "uuid": "1", "end": %s}'
    for end in ("1e400", "1" * 5000, "-1e300"):
        with suppress(SmallWinsError):
            assert planned(task % end, kind="taskwarrior").new == ()


@pytest.mark.parametrize(
    "data",
    [
        "date;title\r\n2026-11-20;Café mit Jörg\r\n".encode("utf-8-sig"),
        "date;title\r2026-11-20;Café mit Jörg\r".encode("utf-16"),
        "date;title\n2026-11-20;Café mit Jörg\n".encode("utf-16-le"),
        "date;title\r\n2026-11-20;Café mit Jörg\n".encode("latin-1"),
        "date;title\n2026-11-20;Café mit Jörg\n".encode("cp1252"),
    ],
)
def test_the_encoding_and_the_line_ends_do_not_matter(data: bytes) -> None:
    ((place, win),) = planned(data, "x.csv").new_wins
    assert (place.line, win.title) == (2, "Café mit Jörg")


def test_cyrillic_of_windows_is_told_from_latin() -> None:
    text = f"date;title\n2026-11-20;{CYRILLIC}\n"
    ((_, win),) = planned(text.encode("cp1251"), "x.csv").new_wins
    assert win.title == CYRILLIC


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "title",
    [
        CYRILLIC,
        "Έγραψα σε μια εταιρεία",
        "כתבתי למגייסת",
        "मैंने लिखा",
        "Café mit Jörg",
        "Called Acme Tokyo, 日本語",
    ],
)
def test_utf_16_without_a_mark_is_read_in_every_alphabet(title: str, encoding: str) -> None:
    source = read_stream(BytesIO(f"{title}\n{title}\n".encode(encoding)))
    assert (source.text, source.encoding) == (f"{title}\n{title}\n", encoding)


@pytest.mark.parametrize("data", [b"hello\0world!\n", "Ünïcode\0text\n".encode(), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"])
def test_a_zero_alone_makes_no_utf_16_of_other_bytes(data: bytes) -> None:
    with pytest.raises(NotAllowedError, match="not a text file"):
        read_stream(BytesIO(data))


def test_what_a_terminal_obeys_is_cleaned_away() -> None:
    task = {"uuid": "1", "status": "completed", "end": "20261120T120000Z", "description": "a\x1b]52;c;eA==\x07\u202eb"}
    ((_, win),) = planned(json.dumps([task])).new_wins
    assert win.title == "a]52;c;eA==b"


def test_more_entries_than_a_journal_needs_are_refused() -> None:
    entry = '{"title":"x","body":"","date":"2026-11-20"}'
    with pytest.raises(SmallWinsError, match="100,000"):
        planned(f'{{"entries":[{",".join([entry] * 100_001)}]}}')
    with pytest.raises(SmallWinsError, match="100,000"):
        planned("x a\n" * 100_001, "todo.txt")


def test_a_story_without_end_is_refused() -> None:
    plan = planned("date,title,story\n2026-11-20,x," + "y" * 200_000, "x.csv")
    assert "100,000" in plan.refused[0].reason


def test_a_name_that_leads_elsewhere_is_a_name() -> None:
    assert source_of(b"- x", "../../etc/passwd.csv").name == "passwd.csv"


def test_a_future_win_in_our_own_file_is_refused() -> None:
    win = next(DEMO.live())
    late = Journal.of(replace(win, happened_on=TODAY.replace(year=2027), opened_by=None, goal=None))
    assert "still to come" in planned(write_json(late)).refused[0].reason


def test_a_star_in_jrnl_is_a_tag() -> None:
    ((_, win),) = planned("[2026-11-20 09:00] Sent it *\n").new_wins
    assert isinstance(win, Win)
    assert win.tags == (jrnl.STARRED,)
