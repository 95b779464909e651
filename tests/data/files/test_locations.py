"""Where things are kept when nobody names a place."""

from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from data.base.errors import NotFoundError
from data.files.locations import APP, config_path, inbox_path, journal_path, state_path

PLACES = [
    (journal_path, "wins.json", "data"),
    (config_path, "config.toml", "config"),
    (state_path, "board.json", "state"),
]
Place = tuple[Callable[[], Path], str, str]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("set_to", [None, "", "relative/folder", "/elsewhere", "~/not-expanded"])
def test_everything_is_kept_where_platformdirs_says(
    home: Path, monkeypatch: pytest.MonkeyPatch, place: Place, set_to: str | None
) -> None:
    find, name, kind = place
    monkeypatch.delenv(f"XDG_{kind.upper()}_HOME", raising=False)
    if set_to is not None:
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", set_to)
    assert find() == getattr(platformdirs, f"user_{kind}_path")(APP, appauthor=False) / name
    assert home in find().parents or set_to == "/elsewhere"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("variable", "value"), [("HOME", "relative"), ("ANDROID_ROOT", "/system")])
def test_where_that_is_not_plain_platformdirs_is_asked(
    monkeypatch: pytest.MonkeyPatch, place: Place, variable: str, value: str
) -> None:
    find, name, kind = place
    monkeypatch.delenv(f"XDG_{kind.upper()}_HOME", raising=False)
    monkeypatch.setenv(variable, value)
    assert find() == getattr(platformdirs, f"user_{kind}_path")(APP, appauthor=False) / name


def test_the_inbox_lies_beside_the_journal_or_where_the_setting_says(home: Path) -> None:
    own, other = journal_path(), home / "other.json"
    assert inbox_path(own, "") == own.with_name("inbox.txt")
    assert inbox_path(own, "Sync/in") == home / "Sync" / "in"
    assert inbox_path(own, "~/in.txt") == home / "in.txt"
    assert inbox_path(own, "/mnt/in.txt") == Path("/mnt/in.txt")
    assert inbox_path(other, "/mnt/in.txt") == home / "inbox.txt"


def test_a_setting_of_a_user_who_is_not_there_is_a_sentence() -> None:
    with pytest.raises(NotFoundError, match="no home folder"):
        inbox_path(journal_path(), "~nobody-of-that-name/in.txt")
