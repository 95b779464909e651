"""Proof told in the app: from an opened card, and in the form of a win."""

import asyncio
from pathlib import Path

from msgspec import structs
from textual.pilot import Pilot
from textual.widgets import Input

from data.model.records import Proof, Verdict, Win, proof_of, with_proof
from data.storage.store import Store
from tests.support.app_host import app_on, clock, settled, store_with, win
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from tui.dialogs.proof_form import ProofForm

TALK = win("Gave the talk", verdict=Verdict.REAL)
TOLD = Proof(situation="Nobody knew us", result="They clapped")


async def opened(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait until the form of the proof is there."""
    await pilot.press(*keys)
    for _ in range(500):
        if isinstance(pilot.app.screen, ProofForm):
            break
        await asyncio.sleep(0.01)
    await pilot.pause()


def saved(path: Path, of: Win = TALK) -> Proof:
    return proof_of(Store(path, clock).journal.wins[of.id])


async def type_words(pilot: Pilot[None], words: str) -> None:
    for letter in words:
        await pilot.press("space" if letter == " " else letter)


async def test_the_first_missing_part_is_typed_on_the_card_and_undone(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [with_proof(TALK, TOLD)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "They clapped" in text_of(app)
        await opened(pilot, "p")
        await type_words(pilot, "speak up")
        await pilot.press("ctrl+s")
        await settled(app)
        assert saved(path) == structs.replace(TOLD, task="speak up")
        await pilot.press("u")
        await settled(app)
    assert saved(path) == TOLD


async def test_only_a_real_win_is_asked_for_proof(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("Likes")]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "p")
        await pilot.pause()
        assert not isinstance(app.screen, ProofForm)
        assert "Proof is told of real wins" in text_of(app)


async def test_the_form_of_a_win_tells_it_and_saves_it_with_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [TALK]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        await pilot.pause()
        app.screen.query_one("#proof").focus()
        await opened(pilot, "enter")
        app.screen.query_one("#link", Input).value = "https://example.org"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "0 of 5 parts told" in text_of(app)
        await pilot.press("ctrl+s")
        await settled(app)
    assert saved(path) == Proof(link="https://example.org")


async def test_a_new_win_and_candy_have_no_row_for_it(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("Likes", verdict=Verdict.CANDY)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert not app.screen.query("#proof")


async def test_a_part_that_is_too_long_is_said_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"
    app = app_on(store_with(path, [TALK]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await opened(pilot, "p")
        app.screen.query_one("#action", Input).value = "x" * 501
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "The action has 501 characters" in text_of(app)
        await pilot.press("escape", "y")
        await pilot.pause()
        assert "What makes it a story" not in text_of(app)
    assert saved(path) == Proof()


async def test_what_was_typed_outlives_the_app(tmp_path: Path) -> None:
    path = tmp_path / "wins.json"

    async def begin(app: SmallWins, words: str) -> str:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("enter")
            await opened(pilot, "p")
            shown = app.screen.query_one("#situation", Input).value
            await type_words(pilot, words)
            app.session.finish(5)
        return shown

    assert await begin(app_on(store_with(path, [TALK])), "half a") == ""
    assert await begin(app_on(Store(path, clock)), "") == "half a"
