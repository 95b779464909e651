"""The local date of a moment, at the ends of the calendar too."""

import time
from datetime import UTC, date, datetime

import pytest

from tui.system.clock import local_day


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Asia/Tokyo", datetime(2026, 11, 20, 20, tzinfo=UTC), date(2026, 11, 21)),
        ("Asia/Tokyo", datetime(9999, 12, 31, 23, 59, tzinfo=UTC), date(9999, 12, 31)),
        ("America/New_York", datetime(1, 1, 1, tzinfo=UTC), date(1, 1, 1)),
        ("Asia/Tokyo", datetime(2026, 11, 20, 20), date(2026, 11, 20)),  # noqa: DTZ001 - local as it is
    ],
)
def test_every_moment_has_a_local_day(monkeypatch: pytest.MonkeyPatch, zone: str, moment: datetime, day: date) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert local_day(moment) == day
    finally:
        monkeypatch.undo()
        time.tzset()
