"""Our own JSON, imported, is joined with the journal as another copy of it is."""

import shutil
from pathlib import Path

from tests.support.cli_runner import Calls


def test_an_export_of_another_computer_brings_its_verdicts_and_edits(calls: Calls, tmp_path: Path) -> None:
    identity = calls.add("Said yes to the talk", "--tag", "people")
    laptop = Calls(tmp_path / "laptop" / "wins.json")
    laptop.path.parent.mkdir()
    shutil.copy(calls.path, laptop.path)
    laptop("sort", identity, "real")
    laptop.add("Coffee with Ada")
    calls("edit", identity, "--story", "It scared me.")
    (tmp_path / "laptop.json").write_text(laptop("export").stdout)
    assert "changed\t" in calls("import", str(tmp_path / "laptop.json"), "--dry-run").stdout
    assert "1 new, 1 changed, 0 duplicates." in calls("import", str(tmp_path / "laptop.json")).stderr
    (win,) = calls.data("list", "--search", "talk")
    assert (win["verdict"], win["story"], win["tags"]) == ("real", "It scared me.", ["people"])
    assert "0 new, 2 duplicates." in calls("import", str(tmp_path / "laptop.json")).stderr
    calls("undo")
    (win,) = calls.data("list")
    assert win["verdict"] is None
