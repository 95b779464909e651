"""Files that can't be understood: never overwritten, never a traceback, and the message says where and what to do."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from data.base.errors import JournalFileError, ReadOnlyError, SaveError, SmallWinsError
from data.model import edits
from data.model.records import SCHEMA_VERSION, TABLES, Changes, TableName, Verdict, Win
from data.storage import encoder as encoding
from data.storage.contents import Contents
from data.storage.encoder import FileEncoder
from data.storage.store import Store
from tests.support.fake_disk import NOON, Clock, a_win

KEY = "26147096414677841362316727897539455307"
ID = str(UUID(int=int(KEY)))
RECORD = {"id": ID, "title": "Coffee", "happened_on": "2026-11-19", "created_at": "2026-11-19T10:00:00Z"}


def the_file(**fields: object) -> bytes:
    """Return a file of one win with these fields."""
    return json.dumps({"meta": {"1": {"schema": 1}}, "wins": {KEY: {**RECORD, **fields}}}).encode()


def written() -> bytes:
    """Return a file as this program writes it."""
    win = structs.replace(a_win("A title of words", "and a story\nof two lines"), id=ID)
    journal = Contents().journal.apply(edits.add_win(win)(Contents().journal))
    return b"".join(FileEncoder(Contents(journal=journal)))


def refused(path: Path, data: bytes) -> JournalFileError:
    """Open a bad file, see that it is left as it is, and return the error."""
    path.write_bytes(data)
    with pytest.raises(JournalFileError) as caught:
        Store(path, Clock())
    assert path.read_bytes() == data
    assert str(path) in caught.value.message
    return caught.value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wins.json"


DEEP = b'{"meta":{},"x":' + b"[" * 1100 + b"]" * 1100 + b"}"
BAD = {
    "empty": (b"", "is empty"),
    "white space": (b" \n ", "ends too early"),
    "zero bytes": (bytes(4096), "zero byte in line 1"),
    "a zero byte after an empty line": (b"\n\0", "zero byte in line 2 (byte 2)"),
    "a zero byte": (written().replace(b"words", b"wor\0s"), "zero byte in line 3 (byte"),
    "null": (b"null", "no tables"),
    "a list": (b"[]", "no tables"),
    "text": (b'"wins"', "no tables"),
    "a number": (b"7", "no tables"),
    "a number of 5,000 digits": (b'{"meta":' + b"9" * 5000 + b"}", "thousands of digits"),
    "a byte order mark": (b"\xef\xbb\xbf" + written(), "byte order mark"),
    "UTF-16": (written().decode().encode("utf-16"), "UTF-16"),
    "UTF-16 without a mark": (written().decode().encode("utf-16-le"), "zero byte"),
    "Latin-1": (the_file(title="Café").decode("unicode_escape").encode("latin-1"), "not UTF-8 in line 1 (byte"),
    "no UTF-8 after an empty line": (b"\n\xff", "not UTF-8 in line 2 (byte 2)"),
    "cut in a text, and a line break after it": (b'{"meta":{},"wi\n', "ends too early, in line 1"),
    "1,100 levels": (DEEP, "levels deep"),
    "60 levels": (b'{"meta":{},"x":' + b"[" * 60 + b"]" * 60 + b"}", "levels deep in x"),
    "100,000 levels": (b"[" * 100_000, "levels deep"),
    "another program's file": (b'{"name": "web", "version": "1.0"}', "not a smallwins journal"),
    "a key twice": (b'{"meta":{},"wins":{},"wins":{}}', '"wins" twice.'),
    "a record twice": (f'{{"wins":{{"{KEY}":{{}},"{KEY}":{{}}}}}}'.encode(), f'"{KEY}" twice in wins.'),
    "a field twice": (the_file().replace(b'"title"', b'"title": "", "title"'), f'"title" twice in wins, record {ID}.'),
    "NaN": (the_file(decided=[{"when": "2026-11-19T10:00:00Z", "p": float("nan")}]), f"record {ID}, field decided.0.p"),
    "infinity": (the_file(mood=float("inf")), f"record {ID}, field mood"),
    "1e999": (the_file(mood=1).replace(b'"mood": 1', b'"mood": 1e999'), f"record {ID}, field mood"),
    "a lone surrogate": (the_file(title="\ud83d"), f"record {ID}, field title"),
    "a lone surrogate in a name": (the_file(**{"\ud83d": 1}), f"record {ID}"),
    "a lone surrogate in the name of a table": (b'{"meta":{},"\\ud83d":1}', "half a character"),
    "a table that is a list": (b'{"meta":{},"wins":[]}', "something other than records in wins"),
    "a table that is null": (b'{"meta":{},"wins":null}', "something other than records in wins"),
    "a record that is text": (b'{"wins":{"1":"x"}}', "something other than a record in wins, record 0000"),
    "a key that is no number": (b'{"wins":{"one":{}}}', "isn't a number"),
    "a negative key": (b'{"wins":{"-1":{}}}', "isn't a number"),
    "a key with a fraction": (b'{"wins":{"1.5":{}}}', "isn't a number"),
    "a key of other digits": ('{"wins":{"\u0661":{}}}'.encode(), "isn't a number"),
    "a key past 2^128": (f'{{"wins":{{"{1 << 128}":{{}}}}}}'.encode(), "isn't a number"),
    "two records of one id": (
        json.dumps({"wins": {KEY: RECORD, "5": RECORD}}).encode(),
        f"two records with the id {ID} in wins",
    ),
    "a schema of text": (b'{"meta":{"1":{"schema":"new"}}}', "which version"),
    "a schema of null": (b'{"meta":{"1":{"schema":null}}}', "which version"),
    "a schema of zero": (b'{"meta":{"1":{"schema":0}}}', "which version"),
    "a schema that is true": (b'{"meta":{"1":{"schema":true}}}', "which version"),
    "a win without a title": (b'{"wins":{"1":{}}}', "0001: object missing required field `title`."),
    "a broken history": (b'{"meta":{},"history":{"1":{"label":3}}}', "in history, record"),
}


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD)
def test_a_bad_file_is_left_alone_and_the_message_says_where(path: Path, data: bytes, said: str) -> None:
    assert said in refused(path, data).message


ROW = re.compile(rb'\n"[0-9]+":{"id":[^\n]*?null}')


def twice(data: bytes) -> bytes:
    """Return a file with its first record once more."""
    row = ROW.search(data)
    assert row is not None
    return data.replace(row[0], row[0] + b"," + row[0], 1)


OWN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a field twice": (lambda data: data.replace(b'"title":', b'"title":"x","title":', 1), '"title" twice'),
    "a record twice": (twice, "twice in wins"),
    "a record under two keys": (lambda data: twice(data).replace(b'\n"26', b'\n"126', 1), "two records with the id"),
    "a table twice": (lambda data: data.replace(b'"goals":{}', b'"goals":{},"goals":{}'), '"goals" twice'),
    "something after the end": (lambda data: data + b"{}", "is not JSON in line"),
    "a moment of no zone": (lambda data: data.replace(b'Z","updated', b'","updated', 1), "field created_at"),
}


@pytest.mark.parametrize(("spoil", "said"), OWN.values(), ids=OWN)
def test_a_file_of_our_own_form_is_looked_at_as_closely(path: Path, spoil: Callable[[bytes], bytes], said: str) -> None:
    data = spoil(written())
    assert data != written()
    assert said in refused(path, data).message


def test_an_unknown_field_in_a_file_of_our_own_form_survives(path: Path) -> None:
    path.write_bytes(written().replace(b'"title":', b'"mood":"calm","title":', 1))
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    assert path.read_bytes().count(b'"mood":"calm"') == 1


def sealed(data: bytes, form: int) -> bytes:
    """Return a file under a seal that is right, whatever is in it."""
    inside = data[: data.rindex(encoding._SEAL)]
    return inside + encoding._seal(form, crc32(inside))


@pytest.mark.parametrize("wrong", [b"3A", b" 3", b"-3", b"zz"])
def test_a_right_seal_is_no_pass_for_an_id_that_is_none(path: Path, wrong: bytes) -> None:
    data = written()
    place = data.index(b'"id":"') + len(b'"id":"')
    forged = sealed(data[:place] + wrong + data[place + 2 :], encoding.FORM)
    assert encoding.form_of(forged) == encoding.FORM
    assert "field id" in refused(path, forged).message


@pytest.mark.parametrize("form", [encoding.MIXED, encoding.FORM ^ 1], ids=["mixed", "of a version with other fields"])
def test_what_is_unknown_under_a_seal_survives_a_change(path: Path, form: int) -> None:
    path.write_bytes(sealed(written().replace(b'"title":', b'"mood":"calm","title":', 1), form))
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    assert path.read_bytes().count(b'"mood":"calm"') == 1


MOMENT = "2026-11-19T10:00:00Z"
STAMPED = {"id": ID, "created_at": MOMENT, "updated_at": MOMENT}
PLAIN: dict[TableName, dict[str, object]] = {
    "wins": {**RECORD},
    "goals": {**STAMPED, "name": "Climate work"},
    "steps": {**STAMPED, "text": "If it is Monday, then I write", "due_week": "2026-11-16"},
    "reviews": {
        "id": ID,
        "week": "2026-11-16",
        "started_at": STAMPED["created_at"],
        "updated_at": STAMPED["updated_at"],
    },
}
FIELDS = [(name, field) for name, kind in TABLES.items() for field in kind.__struct_fields__]


@pytest.mark.parametrize(("table", "field"), FIELDS)
@pytest.mark.parametrize("value", [7, -1, 1 << 70, 1.5, True, [3], {"x": 1}, "", "\n", None], ids=repr)
def test_a_wrong_type_in_any_field_names_the_record_and_the_field(
    path: Path, table: TableName, field: str, value: object
) -> None:
    path.write_text(json.dumps({"meta": {}, table: {KEY: {**PLAIN[table], field: value}}}))
    try:
        store = Store(path, Clock())
    except JournalFileError as error:
        # Some of these values are allowed.
        assert re.search(rf"in {table}, record {ID}, field {field}[\[.\w\]]*: (expected|invalid)", error.message)  # noqa: PT017
    else:
        store.change("add a win", edits.add_win(a_win()))
        after = Store(path, Clock()).journal
        assert sum(len(getattr(after, name)) for name in TABLES) == 2


def test_a_file_that_is_half_written_is_read_once_it_is_whole(path: Path) -> None:
    store = Store(path, Clock())
    store.change("add a win", edits.add_win(a_win()))
    whole = written()
    path.write_bytes(whole[:300])
    with pytest.raises(JournalFileError):
        store.refresh()
    path.write_bytes(whole)
    journal = store.refresh()
    assert journal is not None
    assert list(journal.wins) == [ID]


def test_a_file_cut_at_every_97th_byte(path: Path) -> None:
    journal = Contents().journal.apply(Changes(put=tuple(a_win(f"Win {number}") for number in range(20))))
    data = b"".join(FileEncoder(Contents(journal=journal)))
    cuts = range(1, len(data) - 1, 97)
    assert len(cuts) > 50
    for cut in cuts:
        assert "in line" in refused(path, data[:cut]).message


@pytest.mark.parametrize("schema", [SCHEMA_VERSION + 1, 99])
def test_a_newer_schema_opens_for_reading_only(path: Path, schema: int) -> None:
    data = the_file(mood="new").replace(b'"schema": 1', b'"schema": %d' % schema)
    path.write_bytes(data)
    store = Store(path, Clock())
    assert [win.title for win in store.journal.wins.values()] == ["Coffee"]
    assert "newer version" in store.read_only
    with pytest.raises(ReadOnlyError, match=r"read-only\. Use the newer version that wrote it"):
        store.change("add a win", edits.add_win(a_win()))
    assert path.read_bytes() == data


def test_what_this_version_does_not_know_survives_a_change(path: Path) -> None:
    tree = json.loads(
        the_file(
            mood={"deep": [1.5, None, 1 << 70]},
            answers={"door": 3, "wonder": 4},
            decided=[{"when": "2026-11-19T10:00:00Z", "verdict": "real", "where": "on a bench"}],
            lookbacks=[{"on": "2026-11-20", "verdict": None, "felt": "odd"}],
        )
    )
    tree["meta"] = {"1": {"schema": 1, "theme": "dark"}, "7": {"device": "phone"}}
    tree["moods"] = {"1": {"name": "calm é"}}
    tree["_default"] = {}
    path.write_text(json.dumps(tree))
    store = Store(path, Clock())
    store.change("edit", edits.set_verdict([ID], Verdict.CANDY, NOON))
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    after = json.loads(path.read_bytes())
    assert after["meta"] == tree["meta"]
    assert after["moods"] == tree["moods"]
    assert after["_default"] == {}
    win = after["wins"][KEY]
    assert win["mood"] == {"deep": [1.5, None, 1 << 70]}
    assert win["answers"] == {"door": 3, "wonder": 4}
    assert win["decided"][0]["where"] == "on a bench"
    assert len(win["decided"]) == 2
    assert win["lookbacks"][0]["felt"] == "odd"


def test_two_entries_of_one_id_in_the_history_are_not_written_under_one_key(path: Path) -> None:
    entry = {"id": ID, "label": "add a win", "when": "2026-11-19T10:00:00Z"}
    path.write_text(json.dumps({"meta": {}, "history": {"5": entry, "6": entry}}))
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    assert len(Store(path, Clock()).history) == 3


def test_a_file_damaged_while_it_is_open_is_not_written_over(path: Path) -> None:
    store = Store(path, Clock())
    store.change("add a win", edits.add_win(a_win()))
    path.write_bytes(b"{")
    for _ in range(2):
        with pytest.raises(JournalFileError):
            store.refresh()
        with pytest.raises(SaveError, match=r"not saved\. The file ends too early"):
            store.change("add a win", edits.add_win(a_win()))
    assert path.read_bytes() == b"{"
    assert len(store.journal.wins) == 1


def test_a_file_that_vanishes_is_not_made_anew_in_silence(path: Path) -> None:
    store = Store(path, Clock())
    store.change("add a win", edits.add_win(a_win()))
    path.unlink()
    with pytest.raises(SaveError, match=r"not saved\. The journal is gone"):
        store.change("add a win", edits.add_win(a_win()))
    assert not path.exists()


def test_no_message_tells_what_a_win_says(path: Path) -> None:
    for fields in ({"verdict": "Said yes to the talk"}, {"title": 3, "story": "Said yes"}, {"tags": "Said yes"}):
        assert "Said" not in str(refused(path, the_file(**fields)))


def opens_or_refuses(path: Path, data: bytes) -> None:
    """Open any bytes: either they are refused and left alone, or they can be changed, saved and read again."""
    path.write_bytes(data)
    try:
        store = Store(path, Clock())
        wins = len(store.journal.wins)
        store.change("add a win", edits.add_win(a_win()))
    except SmallWinsError:
        assert path.read_bytes() == data
    else:
        assert len(Store(path, Clock()).journal.wins) == wins + 1


RELAXED = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@RELAXED
@given(data=st.binary(max_size=200))
def test_any_bytes(path: Path, data: bytes) -> None:
    opens_or_refuses(path, data)


@RELAXED
@given(place=st.integers(min_value=0), new=st.binary(min_size=1, max_size=3))
def test_any_few_bytes_changed(path: Path, place: int, new: bytes) -> None:
    data = written()
    at = place % len(data)
    opens_or_refuses(path, data[:at] + new + data[at + len(new) :])


@RELAXED
@given(field=st.sampled_from(Win.__struct_fields__), value=JSON)
def test_any_value_in_any_field(path: Path, field: str, value: object) -> None:
    opens_or_refuses(path, the_file(**{field: value}))


@RELAXED
@given(table=st.sampled_from(["meta", "wins", "goals", "steps", "reviews", "history", "new"]), value=JSON)
def test_any_value_for_any_table(path: Path, table: str, value: object) -> None:
    opens_or_refuses(path, json.dumps({"meta": {}, "wins": {KEY: RECORD}, table: value}).encode())


def test_tables_that_count_from_one_keep_their_unknown_fields_apart(path: Path) -> None:
    """As stock TinyDB counts: the first win, the first goal and the first step are all of the id 1."""
    tree = {
        "meta": {"1": {"device": "phone"}},
        "wins": {"1": {"title": "Said yes", "Stimmung": "fröhlich"}},
        "goals": {"1": {"name": "Climate work", "colour": "green"}},
    }
    path.write_text(json.dumps(tree))
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    after = json.loads(path.read_bytes())
    assert after["meta"] == {"1": {"schema": 1, "device": "phone"}}
    assert after["wins"]["1"].keys() - set(TABLES["wins"].__struct_fields__) == {"Stimmung"}
    assert after["goals"]["1"].keys() - set(TABLES["goals"].__struct_fields__) == {"colour"}
    assert "fröhlich" in path.read_text(encoding="utf-8"), "it is no less easy to read than before"
