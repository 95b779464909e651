"""The recipes of docs/inbox.md, as far as a Linux machine can follow them: what is written, and what appears."""

import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from data.inbox.drain import drain
from data.model.edits import new_goal
from data.model.records import Changes
from data.storage.store import Store
from tests.support.syntax import ROOT

NOW: Final = datetime(2026, 11, 20, 18, tzinfo=UTC)
PAGE: Final = (ROOT / "docs" / "inbox.md").read_text(encoding="utf-8")
WRITTEN: Final = re.findall(r"```(text|mail)\n(.*?)```.*?```wins\n(.*?)```", PAGE, flags=re.DOTALL)
SCRIPTS: Final = re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL)
MAIL_RULE: Final = re.search(r"^\| (python3.*?) >> ", PAGE, flags=re.MULTILINE)


def drained(folder: Path, inbox: Path) -> list[str]:
    """Return what appears, a line a win."""
    store = Store(folder / "wins.json", lambda: NOW)
    goal = new_goal("Climate work", NOW)
    store.change("begin", lambda _: Changes(put=(goal,)))
    wins = drain(store, inbox, lambda: NOW).wins
    about = ((["Climate work"] if one.goal else []) + [f"#{tag}" for tag in one.tags] for one in wins)
    return [
        "\t".join(filter(None, (f"{one.happened_on}", one.title, " ".join(words))))
        for one, words in zip(wins, about, strict=True)
    ]


@pytest.mark.parametrize(("kind", "written", "appears"), WRITTEN, ids=[each[1][:30] for each in WRITTEN])
def test_what_is_written_appears_as_the_page_says(tmp_path: Path, kind: str, written: str, appears: str) -> None:
    inbox = tmp_path / "inbox.txt"
    if kind == "mail":
        assert MAIL_RULE
        done = subprocess.run(["sh", "-c", MAIL_RULE[1]], input=written.encode(), capture_output=True, check=True)  # noqa: S603, S607
        inbox.write_bytes(done.stdout)
    else:
        inbox.write_text(written.rstrip("\n"), encoding="utf-8")  # a phone ends no line
    os.utime(inbox, (NOW.timestamp() - 60, NOW.timestamp() - 60))
    assert drained(tmp_path, inbox) == appears.splitlines()


def test_every_recipe_that_shows_a_text_is_tried() -> None:
    assert [kind for kind, *_ in WRITTEN] == ["text", "text", "text", "mail"]
    assert len(SCRIPTS) == 2


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_appends_a_line_with_its_day(tmp_path: Path, script: str) -> None:
    tools = {
        "zenity": "echo 'said \"no\" %s #courage'",
        "termux-dialog": 'echo \'{"text": "said \\"no\\" %s #courage"}\'',
        "jq": "python3 -c \"import json, sys; print(json.load(sys.stdin)['text'])\"",
        "date": "echo 2026-11-20",
    }
    for name, line in tools.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o700)
    target = re.search(r">> ~/(\S+)", script)
    assert target
    inbox = tmp_path / target[1]
    inbox.parent.mkdir(parents=True)
    home = {"HOME": str(tmp_path), "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    subprocess.run(["sh", "-c", script], env=home, check=True)  # noqa: S603, S607
    assert drained(tmp_path, inbox) == ['2026-11-20\tsaid "no" %s\t#courage']
