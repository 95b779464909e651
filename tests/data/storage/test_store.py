import errno
import gc
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from data.base.errors import BusyError, JournalFileError, NotAllowedError, NotFoundError, ReadOnlyError, SaveError
from data.model import edits
from data.model.journal import Journal
from data.model.records import Changes, Review, Step, Verdict
from data.storage import backups
from data.storage.store import Store
from tests.support.fake_disk import NOON, Calls, Clock, a_win

MONDAY = date(2026, 11, 16)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "wins.json"


@pytest.fixture
def store(path: Path) -> Store:
    return Store(path, Clock())


def test_a_win_is_still_there_when_the_journal_is_opened_again(store: Store, path: Path) -> None:
    win = a_win()
    saved = store.change("add a win", edits.add_win(win))
    assert saved.journal.wins == {win.id: win}
    assert Store(path, Clock()).journal.wins == {win.id: win}


def test_every_kind_of_record_is_still_there(store: Store, path: Path) -> None:
    identity = edits.new_id()
    step = Step(id=identity, text="I write", due_week=MONDAY, created_at=NOON, updated_at=NOON)
    review = Review(id=identity, week=MONDAY, started_at=NOON, updated_at=NOON)
    records = (a_win(), edits.new_goal("Climate work", NOON), step, review)
    store.change("import", lambda _: Changes(put=records))
    assert Store(path, Clock()).journal == Journal.of(*records)


def test_a_win_added_elsewhere_appears(store: Store, path: Path) -> None:
    assert store.refresh() is None
    win = a_win()
    Store(path, Clock()).change("add a win", edits.add_win(win))
    journal = store.refresh()
    assert journal is not None
    assert list(journal.wins) == [win.id]
    assert store.refresh() is None


def test_two_programs_lose_nothing(store: Store, path: Path) -> None:
    other = Store(path, Clock())
    for turn in range(10):
        (store, other)[turn % 2].change("add a win", edits.add_win(a_win()))
    assert len(Store(path, Clock()).journal.wins) == 10


def test_a_refused_edit_changes_neither_memory_nor_the_file(store: Store, path: Path) -> None:
    store.change("add a win", edits.add_win(a_win()))
    before, data = store.journal, path.read_bytes()
    with pytest.raises(NotFoundError):
        store.change("move", edits.set_verdict(["gone"], Verdict.REAL, NOON))
    assert store.journal is before
    assert path.read_bytes() == data


def test_undo_takes_back_a_win_and_redo_brings_it_again(store: Store, path: Path) -> None:
    win = a_win()
    store.change("add a win", edits.add_win(win))
    assert store.undo().journal.wins == {}
    assert Store(path, Clock()).redo().journal.wins == {win.id: win}


def test_undo_takes_back_a_move(store: Store) -> None:
    win = a_win()
    store.change("add a win", edits.add_win(win))
    store.change("move to real", edits.set_verdict([win.id], Verdict.REAL, NOON))
    saved = store.undo()
    assert saved.label == "move to real"
    assert saved.journal.wins[win.id].verdict is None
    assert saved.journal.wins[win.id].decided == ()
    assert store.redo().journal.wins[win.id].verdict is Verdict.REAL


def test_a_new_change_ends_redo(store: Store) -> None:
    store.change("add a win", edits.add_win(a_win()))
    store.undo()
    store.change("add a win", edits.add_win(a_win()))
    with pytest.raises(NotAllowedError):
        store.redo()


def test_emptying_the_trash_leaves_no_trace(store: Store, path: Path) -> None:
    win = a_win("A secret that nobody may read")
    store.change("add a win", edits.add_win(win))
    store.change("edit", edits.change_win(win, structs.replace(win, title="A secret too"), NOON))
    store.change("remove", edits.trash_wins([win.id], NOON))
    store.change("empty the trash", edits.empty_trash())
    assert b"secret" not in path.read_bytes()
    with pytest.raises(NotAllowedError, match="can't be undone"):
        store.undo()


def test_two_programs_in_the_same_instant_are_told_apart(store: Store, path: Path) -> None:
    """A file system gives the inode of a removed file to the next one; with equal sizes and moments they look alike."""
    first, second = a_win("Aaaa"), a_win("Bbbb")
    store.change("add a win", edits.add_win(first))
    known = path.stat()
    copies = []
    for number in range(20):
        other = path.with_name(f"copy{number}")
        other.write_bytes(path.read_bytes().replace(b"Aaaa", b"Cccc"))
        other.chmod(0o600)
        other.replace(path)
        copies.append(path.stat().st_ino)
        os.utime(path, ns=(known.st_mtime_ns, known.st_mtime_ns))
    assert known.st_ino not in copies
    store.change("add a win", edits.add_win(second))
    assert [win.title for win in store.journal.wins.values()] == ["Cccc", "Bbbb"]


def test_what_another_program_did_not_change_stays_the_same_object(store: Store, path: Path) -> None:
    wins = [a_win(f"Win {number}") for number in range(3)]
    for win in wins:
        store.change("add a win", edits.add_win(win))
    before = dict(store.journal.wins)
    other = Store(path, Clock())
    other.change("move", edits.set_verdict([wins[1].id], Verdict.REAL, NOON))
    other.change("add a win", edits.add_win(a_win()))
    journal = store.refresh()
    assert journal is not None
    assert journal.wins == other.journal.wins
    assert [journal.wins[key] is win for key, win in before.items()] == [True, False, True]


def test_looking_for_other_programs_changes_waits_for_no_save(path: Path) -> None:
    began, go_on = threading.Event(), threading.Event()

    def tell(name: str) -> None:
        if name == "replace":
            began.set()
            assert go_on.wait(5)

    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    store = Store(path, Clock(), disk=Calls(tell))
    saver = threading.Thread(target=lambda: store.change("add a win", edits.add_win(a_win())))
    saver.start()
    assert began.wait(5)
    assert store.refresh() is None
    assert len(store.journal.wins) == 1, "memory is what the file holds, until the new file is there"
    go_on.set()
    saver.join()
    assert len(store.journal.wins) == 2


def test_a_journal_that_is_gone_while_it_has_backups_is_not_begun_anew_in_silence(path: Path) -> None:
    store = Store(path, Clock())
    store.change("add a win", edits.add_win(a_win()))
    made = store.back_up("asked")
    assert made is not None
    path.unlink()
    with pytest.raises(JournalFileError, match="is gone") as caught:
        Store(path, Clock())
    assert f"restore {made.path.name}" in caught.value.hint
    backups.backup_folder(path).rename(path.with_name("away"))
    assert Store(path, Clock()).journal.wins == {}


def test_a_journal_that_a_newer_version_wrote_meanwhile_is_not_written_over(store: Store, path: Path) -> None:
    store.change("add a win", edits.add_win(a_win()))
    newer = path.read_bytes().replace(b'"schema":1', b'"schema":2')
    assert newer != path.read_bytes()
    path.write_bytes(newer)
    with pytest.raises(ReadOnlyError, match="newer version"):
        store.change("add a win", edits.add_win(a_win()))
    assert path.read_bytes() == newer


def test_looking_for_changes_keeps_nobody_from_making_one(store: Store, path: Path) -> None:
    Store(path, Clock()).change("add a win", edits.add_win(a_win()))
    assert store.refresh() is not None
    assert store.refresh() is None
    with ThreadPoolExecutor(1) as other:
        other.submit(store.change, "add a win", edits.add_win(a_win())).result(timeout=10)
    assert len(store.journal.wins) == 2


def test_another_thread_that_holds_the_journal_is_waited_for_only_so_long(path: Path) -> None:
    first, second = Store(path, Clock()), Store(path, Clock(), timeout=0.05)
    first.change("add a win", edits.add_win(a_win()))

    def meanwhile(journal: Journal) -> Changes:
        with ThreadPoolExecutor(1) as other, pytest.raises(BusyError, match=r"for 0\.05 seconds"):
            other.submit(second.change, "add a win", edits.add_win(a_win())).result(timeout=10)
        return edits.add_win(a_win())(journal)

    assert len(first.change("add a win", meanwhile).journal.wins) == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"title": 3}, r"a value is not allowed \(expected `str`, got `int`\)\."), ({"tags": ["a"]}, "can't be written")],
)
def test_what_could_not_be_read_again_is_not_saved(
    store: Store, path: Path, fields: dict[str, object], said: str
) -> None:
    store.change("add a win", edits.add_win(a_win()))
    before = path.read_bytes()
    with pytest.raises(SaveError, match=said):
        store.change("add", lambda _: Changes(put=(structs.replace(a_win(), **fields),)))
    assert path.read_bytes() == before


@pytest.mark.parametrize("on", [True, False])
def test_opening_a_journal_leaves_the_garbage_collector_as_it_was(store: Store, path: Path, *, on: bool) -> None:
    store.change("add a win", edits.add_win(a_win()))
    try:
        (gc.enable if on else gc.disable)()
        Store(path, Clock())
        assert gc.isenabled() == on
    finally:
        gc.enable()


def test_a_closed_store_holds_no_file_open(store: Store, path: Path) -> None:
    store.change("add a win", edits.add_win(a_win()))
    assert is_open(path)
    store.close()
    assert not is_open(path)


def is_open(path: Path) -> bool:
    """Return whether this process has a file open."""
    for entry in list(Path("/dev/fd").iterdir()):
        with suppress(OSError):
            if os.path.samestat(os.fstat(int(entry.name)), path.stat()):
                return True
    return False


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.EACCES, "You don't have permission to read the journal. Check who owns "),
        (errno.EPERM, "You don't have permission to read the journal. Check who owns "),
        (errno.EIO, "The journal could not be read: the disk reports an error. "),
    ],
)
def test_a_journal_that_can_t_be_opened_is_said_in_plain_words(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    store.change("add a win", edits.add_win(a_win()))
    real = os.open

    def refuse(name: Path | str, flags: int, mode: int = 0o777) -> int:
        if name == path:
            raise OSError(code, os.strerror(code), str(name))
        return real(name, flags, mode)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(JournalFileError) as caught:
        Store(path, Clock())
    assert str(caught.value).startswith(said)


def test_a_journal_of_long_stories_may_be_half_history_and_no_more(store: Store) -> None:
    wins = [a_win(f"Win {number}", story="a" * 100_000) for number in range(120)]
    store.change("import", lambda _: Changes(put=tuple(wins)))
    for letter in "bcd":
        edited = tuple(structs.replace(win, story=letter * 100_000) for win in wins[:18])
        store.change(letter, lambda _, edited=edited: Changes(put=edited))  # type: ignore[misc]  # mypy sees no default
        if letter == "c":
            assert [entry.label for entry in store.history][-2:] == ["b", "c"]  # 7.2 MB of 16
    assert [entry.label for entry in store.history] == ["c", "d"]
