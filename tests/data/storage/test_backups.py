"""Copies of the journal: when they are made, and which are kept."""

import os
import re
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from data.base.errors import NotFoundError
from data.model import edits
from data.storage import backups
from data.storage.store import Store
from tests.support.fake_disk import NOON, Calls, Clock, a_win, add_a_win, broken
from tests.support.power_cut_model import Name, Recorder


def test_the_first_change_of_a_day_keeps_what_was_before(store: Store, clock: Clock) -> None:
    assert backups.list_backups(store.path) == []
    clock.pass_days(1)
    before = store.path.read_bytes()
    add_a_win(store)
    add_a_win(store)
    (backup,) = backups.list_backups(store.path)
    assert backup.path.read_bytes() == before
    assert backup.reason == "day"
    assert backup.path.stat().st_mode & 0o777 == 0o600
    assert backup.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_day_has_one_backup_however_often_the_journal_is_opened(store: Store, clock: Clock) -> None:
    clock.pass_days(1)
    for _ in range(3):
        add_a_win(Store(store.path, clock))
    assert len(backups.list_backups(store.path)) == 1


def test_a_backup_is_not_even_tried_twice_a_day(store: Store, clock: Clock) -> None:
    clock.pass_days(1)
    add_a_win(store)
    calls: list[str] = []
    add_a_win(Store(store.path, clock, disk=Calls(calls.append)))
    assert calls.count("create") == 1


def test_a_file_of_another_form_is_backed_up_before_it_is_written_in_ours(store: Store) -> None:
    add_a_win(store)
    with TinyDB(store.path, encoding="utf-8") as stock:
        stock.table("wins").insert({"title": "By hand"})
    before = store.path.read_bytes()
    add_a_win(store)
    add_a_win(store)
    assert [backup.reason for backup in backups.list_backups(store.path)] == ["form"]
    assert backups.list_backups(store.path)[0].path.read_bytes() == before


def test_half_a_year_of_days_leaves_seven_days_and_eight_weeks(quick: Path, clock: Clock) -> None:
    store = Store(quick, clock)
    add_a_win(store)
    for _ in range(180):
        clock.pass_days(1)
        add_a_win(store)
    days = [backup.made.date() for backup in backups.list_backups(store.path)]
    last = clock.moment.date()
    assert days[:7] == [last - timedelta(days=back) for back in range(7)]
    weeks = {day.isocalendar()[:2] for day in days}
    assert len(weeks) == 8
    assert max(days) - min(days) >= timedelta(weeks=7)
    assert len(days) <= 15


def test_the_names_sort_by_time(store: Store, clock: Clock) -> None:
    for _ in range(5):
        clock.pass_days(3)
        add_a_win(store)
    found = backups.list_backups(store.path)
    assert sorted(found, key=lambda backup: backup.made) == sorted(found, key=lambda backup: backup.path.name)


def test_a_backup_that_fails_does_not_stop_the_change_and_says_so(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "wins.json"
    add_a_win(Store(path, clock))
    clock.pass_days(1)
    folder = backups.backup_folder(path)
    folder.write_text("a file where the folder should be")
    saved = Store(path, clock).change("add a win", edits.add_win(a_win()))
    assert len(saved.journal.wins) == 2
    assert "No backup could be made" in saved.notes[0]


def test_the_last_room_on_a_disk_goes_to_the_change_not_to_its_backup(store: Store, clock: Clock) -> None:
    clock.pass_days(1)
    full = broken("make_folder")
    saved = Store(store.path, clock, disk=full).change("add a win", edits.add_win(a_win()))
    assert len(Store(store.path, clock).journal.wins) == 2
    assert "the disk is full" in saved.notes[0]


def test_the_new_file_is_on_the_disk_before_its_backup_takes_any_room(store: Store, clock: Clock) -> None:
    clock.pass_days(1)
    disk = Recorder()
    add_a_win(Store(store.path, clock, disk=disk))
    made = [event.path.parent for event in disk.events if isinstance(event, Name) and event.path.suffix == ".tmp"]
    assert made[0] == store.path.parent
    assert made[1] == backups.backup_folder(store.path)


@pytest.mark.parametrize("name", ["nothing", "", "../..", "a\0b", "x" * 300])
def test_a_name_that_no_backup_has_is_said_so(store: Store, name: str) -> None:
    with pytest.raises(NotFoundError):
        backups.find_backup(store.path, name)


def test_backups_of_one_moment_do_not_replace_each_other(store: Store) -> None:
    made = [backups.make_backup(store.path, "import", NOON) for _ in range(3)]
    assert len({backup.path for backup in made if backup}) == 3
    assert len(backups.list_backups(store.path)) == 3


def test_other_files_in_the_folder_are_left_alone(store: Store, clock: Clock) -> None:
    store.back_up("import")
    own = backups.backup_folder(store.path) / "notes.txt"
    own.write_text("mine")
    odd = backups.backup_folder(store.path) / "2026-13-40T120000.000000Z-day.json"
    odd.write_text("mine too")
    for _ in range(30):
        clock.pass_days(1)
        add_a_win(store)
    assert own.read_text() == "mine"
    assert odd.read_text() == "mine too"


@pytest.fixture
def auckland(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be in New Zealand, half a day ahead of UTC."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Pacific/Auckland")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("auckland")
def test_a_local_day_decides_not_the_utc_one(tmp_path: Path) -> None:
    noon_in_utc = datetime(2026, 11, 20, 10, 59, tzinfo=NOON.tzinfo)  # 23:59 in Auckland
    path = tmp_path / "wins.json"
    backup = backups.Backup(path, noon_in_utc, "day")
    assert backup.made.astimezone().date() == date(2026, 11, 20)
    add_a_win(Store(path, Clock(noon_in_utc)))
    backups.make_backup(path, "day", noon_in_utc)
    assert backups.has_daily_backup(path, noon_in_utc)
    assert not backups.has_daily_backup(path, noon_in_utc + timedelta(minutes=2))


def test_a_backup_that_can_t_be_opened_is_passed_over(store: Store) -> None:
    good = store.back_up("import")
    assert good is not None
    folder = backups.backup_folder(store.path)
    (folder / good.path.name.replace("2026", "2027")).mkdir()
    newest, older = backups.list_backups(store.path)
    assert (newest.path.is_dir(), older.path) == (True, good.path)
    found = backups.check_backup(newest)
    assert (found.size, found.wins) == (0, 0)
    assert found.trouble.startswith("It can't be read: ")
    assert "with 1 win. To restore it" in backups.restore_advice(store.path)
    (folder / newest.path.name).rmdir()
    add_a_win(store)
    store.back_up("import")
    assert "with 2 wins. To restore it" in backups.restore_advice(store.path)


def test_where_no_backup_can_be_read_the_advice_says_so(tmp_path: Path) -> None:
    assert backups.restore_advice(tmp_path / "wins.json").startswith(
        "If it belongs to another program, name a file of your own"
    )


def test_ten_backups_that_no_day_asked_for_are_kept_the_newest(store: Store, clock: Clock) -> None:
    made = []
    for _ in range(13):
        clock.pass_days(0.1)
        made.append(store.back_up("import"))
    kept = [backup.path for backup in backups.list_backups(store.path) if backup.reason != "day"]
    assert kept == [backup.path for backup in reversed(made[-10:]) if backup is not None]


def test_the_list_is_the_newest_first_in_whatever_order_the_disk_has_them(store: Store) -> None:
    moments = [NOON + timedelta(hours=number) for number in range(12)]
    for moment in moments:
        assert backups.make_backup(store.path, "day" if moment == NOON else "asked", moment) is not None
    listed = [backup.made for backup in backups.list_backups(store.path)]
    assert len(listed) == 11
    assert listed == sorted(listed, reverse=True)


def test_backups_of_a_version_that_did_not_count_them_are_older(store: Store) -> None:
    made = [backups.make_backup(store.path, "asked", NOON + timedelta(days=day)) for day in range(12)]
    for backup in made[2:]:
        assert backup is not None
        backup.path.rename(backup.path.with_name(re.sub(r"Z-[0-9]+-", "Z-", backup.path.name)))
    new = backups.make_backup(store.path, "asked", NOON)
    listed = backups.list_backups(store.path)
    assert listed[0] == new
    assert [backup.made for backup in listed[1:]] == [NOON + timedelta(days=day) for day in range(11, 2, -1)]


@pytest.mark.parametrize("years", [30, -30])
def test_a_clock_that_was_wrong_for_eight_days_costs_no_backup(store: Store, clock: Clock, years: int) -> None:
    for _ in range(3):
        clock.pass_days(1)
        add_a_win(store)
    right = clock.moment
    clock.moment = right.replace(year=right.year + years)
    for _ in range(8):
        clock.pass_days(1)
        add_a_win(Store(store.path, clock))
    clock.moment = right
    for _ in range(2):
        clock.pass_days(1)
        before = store.path.read_bytes()
        add_a_win(Store(store.path, clock))
        newest = backups.list_backups(store.path)[0]
        assert newest.made.date() == clock.moment.date()
        assert newest.path.read_bytes() == before
    kept = backups.list_backups(store.path)
    assert {backup.made.date() for backup in kept} >= {right.date() + timedelta(days=day) for day in (1, 2)}


@given(days=st.lists(st.integers(-4000, 4000), max_size=60))
def test_the_last_seven_days_are_kept_whatever_the_clock_said(days: list[int]) -> None:
    made = [
        backups.Backup(Path(str(number)), NOON + timedelta(days=day), "day", number) for number, day in enumerate(days)
    ]
    kept = backups.backups_to_keep(made[::-1])
    assert len(kept) <= 15
    assert {backup.made.date() for backup in kept} >= {backup.made.date() for backup in made[-7:]}
    assert backups.backups_to_keep(kept) == kept


def test_a_moment_at_the_end_of_the_calendar_is_no_backup(store: Store) -> None:
    good = store.back_up("asked")
    assert good is not None
    for year in ("0001-01-01T000000", "9999-12-31T235959"):
        good.path.with_name(f"{year}.000000Z-day.json").write_bytes(b"")
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        os.environ["TZ"] = zone
        time.tzset()
        assert good in backups.list_backups(store.path)
        assert len(backups.list_backups(store.path)) <= 2
    os.environ.pop("TZ")
    time.tzset()


def test_whoever_empties_the_trash_hears_what_still_holds_it(store: Store) -> None:
    assert backups.describe_retention(store.path) == ""
    store.back_up("asked")
    said = backups.describe_retention(store.path)
    assert said.startswith("1 backup may still hold it, for about 8 weeks; those of other changes stay until")
    assert said.endswith(str(backups.backup_folder(store.path)))
