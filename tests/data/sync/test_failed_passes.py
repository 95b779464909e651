"""Passes that come to no end: what is said of them, and that nothing is lost."""

from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

from data.base.errors import SmallWinsError
from data.sync.folder_remote import FolderRemote
from data.sync.remote import RacedError
from tests.support.devices import Device, World, folder_between


def test_a_pass_that_fails_says_how_much_waits(tmp_path: Path) -> None:
    one = Device(tmp_path / "a", World(), folder_between(tmp_path / "between"))
    one.add("Said yes to the talk")
    one.sync()
    one.add("Coffee with Ada")
    (tmp_path / "between").rename(tmp_path / "elsewhere")
    with pytest.raises(SmallWinsError, match="not there"):
        one.sync()
    status = one.folder.status
    assert status is not None
    assert status.offline
    assert status.synced is not None
    (tmp_path / "elsewhere").rename(tmp_path / "between")
    assert one.sync().sent == 1


def between(tmp_path: Path) -> Path:
    path = tmp_path / "between"
    path.mkdir(exist_ok=True)
    return path


class _Raced(FolderRemote):
    """A remote at which somebody else is always quicker."""

    def send(self, files: Mapping[str, bytes], drop: Collection[str] = ()) -> None:  # noqa: ARG002 - they never get there
        raise RacedError

    def send_instead(self, files: Mapping[str, bytes]) -> None:  # noqa: ARG002 - the same
        raise RacedError


def test_who_is_never_quick_enough_gives_up_and_keeps_what_is_to_be_sent(tmp_path: Path) -> None:
    one = Device(tmp_path / "a", World(), _Raced(between(tmp_path)))
    one.add("Said yes to the talk")
    with pytest.raises(SmallWinsError, match="same moment"):
        one.sync()
    assert len(one.folder.outbox()) == 1


def test_forgetting_is_refused_where_another_is_quicker(tmp_path: Path) -> None:
    one = Device(tmp_path / "a", World(), folder_between(tmp_path / "between"))
    one.add("Said yes to the talk")
    one.sync()
    one.remote = _Raced(between(tmp_path))
    with pytest.raises(SmallWinsError, match="Try again"):
        one.pass_().forget()
