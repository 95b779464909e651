"""What the review keeps on a win, a step and a review outlives the file and an export."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec import ValidationError, structs

from data.exchange.formats.smallwins_json import write_json
from data.model import edits
from data.model.journal import Journal
from data.model.records import Changes, Review, Step, record_from
from data.storage.store import Store
from tests.support.import_runner import imported

NOW = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
WIN = structs.replace(edits.new_win("Coffee", happened_on=date(2026, 11, 20), now=NOW), door_note="a second call")
STEP = Step(id=edits.new_id(), text="Call", due_week=MONDAY, cue="2026-11-24T09:00", created_at=NOW, updated_at=NOW)
REVIEW = Review(id=edits.new_id(), week=MONDAY, older=7, cue="after lunch", started_at=NOW, updated_at=NOW)


def test_the_file_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    Store(path, lambda: NOW).change("begin", lambda _: Changes(put=(WIN, STEP, REVIEW)))
    assert Store(path, lambda: NOW).journal == Journal.of(WIN, STEP, REVIEW)


def test_an_export_takes_them_along_and_an_import_brings_them_back() -> None:
    assert imported(write_json(Journal.of(WIN, STEP, REVIEW)), "x.json") == Journal.of(WIN, STEP, REVIEW)


@pytest.mark.parametrize("cue", ["Tuesday", "2026-11-24T9", "", 9])
def test_a_cue_is_a_date_or_a_date_and_an_hour(cue: object) -> None:
    fields = {"id": STEP.id, "text": "x", "due_week": "2026-11-23", "created_at": NOW, "updated_at": NOW}
    with pytest.raises(ValidationError):
        record_from("steps", {**fields, "cue": cue})
