"""What the shell reads on the review day instead of starting the program."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec import structs

from data.files.settings import Settings
from data.model.journal import Journal
from data.review import reviews
from data.review.shell_line import describe_shell_line, describe_stamp, write_stamp

WEEK = date(2026, 11, 16)
NOW = datetime(2026, 11, 19, 17, tzinfo=UTC)
BEGUN = reviews.new_review(WEEK, NOW)
DONE = Journal.of(structs.replace(BEGUN, finished_at=NOW, cue="lunch"))
THURSDAY, FRIDAY, SATURDAY = date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 21)


@pytest.mark.parametrize("today", [THURSDAY, FRIDAY])
def test_a_reviewed_week_silences_its_review_day_also_from_the_day_before(today: date) -> None:
    stamp = describe_stamp(DONE, Settings(), today)
    assert stamp == f"5 2026-11-20\n{describe_shell_line(DONE, Settings())}\n"


@pytest.mark.parametrize(
    ("journal", "today"),
    [(Journal(), FRIDAY), (Journal.of(BEGUN), FRIDAY), (DONE, SATURDAY), (DONE, date(2026, 11, 27))],
)
def test_a_week_without_a_review_silences_nothing(journal: Journal, today: date) -> None:
    assert describe_stamp(journal, Settings(), today) == ""


def test_the_line_names_the_day_that_is_set_and_the_cue() -> None:
    assert describe_shell_line(DONE, Settings(review_day=6)).startswith(
        "It's Sunday: your week in small wins, after lunch, about"
    )


def test_where_the_stamp_cannot_be_written_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    write_stamp(tmp_path / "file" / "stamp", "5 2026-11-20\n")
    assert (tmp_path / "file").read_text() == "x"


def test_the_stamp_is_written_where_its_folder_is_not_there_yet(tmp_path: Path) -> None:
    write_stamp(tmp_path / "reviews" / "stamp", "5 2026-11-20\n")
    assert (tmp_path / "reviews" / "stamp").read_text() == "5 2026-11-20\n"
