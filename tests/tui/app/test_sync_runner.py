"""The app keeps a journal with other devices by itself, without waiting for it."""

import asyncio
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from data.model.edits import add_win, change_win
from data.model.records import Changes
from data.sync.folder_remote import FolderRemote
from data.sync.sealing import new_seal
from data.sync.setup import sync_pass
from data.sync.sync_folder import SyncConfig, SyncFolder, SyncStatus
from tests.support.app_host import app_on, clock, store_with, titles, win
from tests.support.terminal import SMALLWINS, Terminal
from tui.app.sync_runner import label_of

SEAL = new_seal()
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def journals(tmp_path: Path) -> tuple[Path, Path]:
    """Return the journals of two computers that are kept in one folder."""
    between = tmp_path / "between"
    between.mkdir()
    paths = tmp_path / "one" / "wins.json", tmp_path / "other" / "wins.json"
    for path in paths:
        store_with(path, [win(f"of the {path.parent.name}")])
        SyncFolder(path).set_up(SyncConfig(str(between), path.parent.name), SEAL.key)
    return paths


async def until(happened: Callable[[], bool], tries: int = 1000) -> None:
    """Wait until something is true."""
    for _ in range(tries):
        if happened():
            return
        await asyncio.sleep(0.02)
    pytest.fail("it never happened")


async def test_what_another_computer_sent_is_on_the_screen(journals: tuple[Path, Path]) -> None:
    one, other = journals
    sync_pass(lambda: store_with(other), SyncFolder(other), clock).run()
    app = app_on(store_with(one))
    async with app.run_test(size=(120, 30)):
        await until(lambda: len(app.journal.wins) == 2)
        await until(lambda: app.session.sync.label.startswith("synced"))
        app.show_state()
        assert "synced" in app.page.headline
    assert titles(one) == ["of the one", "of the other"]


async def test_where_sync_is_not_set_up_nothing_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr(subprocess, "Popen", lambda *words, **_: started.append(words))
    app = app_on(store_with(tmp_path / "wins.json", [win("talk")]))
    async with app.run_test() as pilot:
        app.change("nothing", lambda _: Changes())
        await pilot.pause()
        assert app.session.sync.label == ""
    assert started == []


def test_a_synced_folder_that_is_not_there_is_said_calmly(journals: tuple[Path, Path], tmp_path: Path) -> None:
    one, _ = journals
    (tmp_path / "between").rmdir()
    with pytest.raises(Exception, match="not there"):
        sync_pass(lambda: store_with(one), SyncFolder(one), clock).run()
    assert label_of(SyncFolder(one).status) == "offline · 1 to send"
    assert FolderRemote(tmp_path).look() == {}


@pytest.mark.parametrize(
    ("status", "changes", "label"),
    [
        (None, 0, ""),
        (None, 1, "1 to send"),
        (SyncStatus(NOON, NOON), 0, f"synced {NOON.astimezone():%H:%M}"),
        (SyncStatus(NOON, NOON), 2, "2 to send"),
        (SyncStatus(NOON, None, 2, "The server does not answer.", offline=True), 0, "offline · 2 to send"),
        (SyncStatus(NOON, None, 2, "The server does not answer.", offline=True), 1, "offline · 3 to send"),
        (SyncStatus(NOON, None, 1, "The server does not know this computer's key."), 0, "sync needs you · !"),
    ],
)
def test_the_bar_says_where_sync_stands(status: SyncStatus | None, changes: int, label: str) -> None:
    assert label_of(status, changes) == label


async def test_a_key_says_what_sync_needs(journals: tuple[Path, Path]) -> None:
    one, _ = journals
    app = app_on(store_with(one))
    async with app.run_test(size=(120, 30)) as pilot:
        await until(lambda: app.session.sync.label.startswith("synced"))
        folder = SyncFolder(one)
        folder.set_status(SyncStatus(NOON, None, 0, "The server does not know this computer's key."))
        await pilot.press("exclamation_mark")
        assert any("does not know this computer" in toast.title + toast.words for toast in app.unread)
        folder.turn_off()
        app.change("add", add_win(win("Coffee")))
        await until(lambda: "sync" not in f"{app.page.headline}{app.page.notice}")
        await pilot.press("exclamation_mark")
        assert "not set up" in app.page.key_bar.status.words


async def test_a_change_that_was_undone_is_sent_too(journals: tuple[Path, Path]) -> None:
    one, _ = journals
    app = app_on(store_with(one))
    async with app.run_test(size=(120, 30)) as pilot:
        await until(lambda: app.session.sync.label.startswith("synced"))
        app.change("add", add_win(win("Coffee")))
        await until(lambda: app.session.sync.label == "1 to send")
        await pilot.press("u")
        await until(lambda: app.session.sync.label == "2 to send")
        app.session.sync.run()
        await until(lambda: app.session.sync.label.startswith("synced"))


async def test_changes_are_sent_together_and_a_pass_that_failed_is_tried_again(
    journals: tuple[Path, Path], tmp_path: Path
) -> None:
    one, _ = journals
    (tmp_path / "between").rmdir()
    app = app_on(store_with(one))
    async with app.run_test(size=(120, 30)) as pilot:
        await until(lambda: app.session.sync.label == "offline · 1 to send")
        for title in ("Coffee", "Call"):
            app.change("add", add_win(win(title)))
        app.session.sync.run()
        app.session.sync.run()
        await pilot.pause()
        (tmp_path / "between").mkdir()
        await until(lambda: not app.session.sync.is_running)
        app.session.sync.run()
        await until(lambda: app.session.sync.label.startswith("synced"))


async def test_a_pass_in_a_shell_is_seen_and_so_is_a_setup(journals: tuple[Path, Path]) -> None:
    one, _ = journals
    folder = SyncFolder(one)
    config = folder.config
    folder.turn_off()
    app = app_on(store_with(one))
    async with app.run_test(size=(120, 30)):
        assert config is not None
        folder.set_up(config, folder.key)
        await asyncio.to_thread(sync_pass(lambda: store_with(one), folder, clock).run)
        app.session.look()
        await until(lambda: "synced" in app.page.headline)
        app.change("add", add_win(win("Coffee")))
        await until(lambda: "1 to send" in app.page.headline)
        await asyncio.to_thread(sync_pass(lambda: store_with(one), folder, clock).run)
        app.session.look()
        await until(lambda: "synced" in app.page.headline)


async def test_what_a_pass_has_to_tell_is_said_in_the_app(journals: tuple[Path, Path]) -> None:
    one, other = journals
    for path in (one, other, one):
        sync_pass(lambda path=path: store_with(path), SyncFolder(path), clock).run()  # type: ignore[misc]
    store = store_with(other)
    talk = next(iter(store.journal.wins.values()))
    store.change("edit", change_win(talk, structs.replace(talk, title="Talk in Bonn"), clock()))
    sync_pass(lambda: store, SyncFolder(other), clock).run()
    mine = store_with(one)
    mine.change("edit", change_win(talk, structs.replace(talk, title="Talk in Rome"), clock()))
    app = app_on(mine)
    async with app.run_test(size=(160, 30)):
        await until(lambda: "A win was changed on other too" in app.page.key_bar.status.words)


def test_a_server_that_asks_is_never_heard_on_the_terminal(tmp_path: Path) -> None:
    """What ssh would ask, for a passphrase or a host's key, it has no terminal to ask on; keys work meanwhile."""
    journal = tmp_path / "wins.json"
    store_with(journal, [win("talk"), win("coffee")])
    SyncFolder(journal).set_up(SyncConfig("ssh://me@localhost/wins.git"), SEAL.key)
    ssh = tmp_path / "ssh"
    ssh.write_text("#!/bin/sh\nprintf 'Enter passphrase: ' > /dev/tty && read answer < /dev/tty\nexit 255\n")
    ssh.chmod(0o755)
    with Terminal(*SMALLWINS, "--file", str(journal), env={"GIT_SSH_COMMAND": str(ssh)}) as terminal:
        terminal.wait("coffee")
        terminal.keys("?")
        terminal.wait("Undo the last change")
        terminal.keys("escape")
        terminal.wait("offline · 2 to send")
        assert b"passphrase" not in terminal.raw
        terminal.keys("ctrl+q")
        assert terminal.wait_end() == 0
