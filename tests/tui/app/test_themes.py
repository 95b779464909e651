"""A theme is read once, and no page is left in the colours of another."""

from pathlib import Path
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from data.files.settings import Settings
from tests.support.app_host import app_on, store_with, win


async def test_a_page_that_was_away_comes_back_in_the_new_theme(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("5")
        dark = app.page.styles.background
        await pilot.press("1")
        app.theme = "smallwins-light"
        await pilot.pause()
        light = app.page.styles.background
        assert light != dark
        await pilot.press("5")
        await pilot.pause()
        assert app.page.styles.background == light
        await pilot.press("4")
        await pilot.pause()
        assert app.page.styles.background == light


async def test_the_app_begins_in_the_theme_that_is_set(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]), Settings(theme="smallwins-light"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert app.page.styles.background.hex == "#FBFAF7"
        assert app.has_class("-light-mode")
        assert app.has_class("-theme-smallwins-light")
        assert not app.has_class("-dark-mode")


async def test_the_styles_are_not_read_again_for_the_theme_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    reparse = Stylesheet.reparse

    def counted(sheet: Stylesheet) -> None:
        read.append(1)
        reparse(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", counted)
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert read == []
        await pilot.press("a")  # whose styles were read ahead
        await pilot.press("escape")
        await pilot.pause()
        assert read == []
        for key in "5151":
            await pilot.press(key)
            await pilot.pause()
        assert len(read) <= 1  # for the styles of the page itself
        app.theme = "smallwins-light"
        await pilot.pause()
        assert len(read) > 1


async def test_a_page_that_is_back_is_not_styled_again_in_the_colours_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: list[DOMNode] = []
    apply = Stylesheet.apply

    def noted(sheet: Stylesheet, node: DOMNode, **how: Any) -> None:  # noqa: ANN401 - Textual's, handed through
        styled.append(node)
        apply(sheet, node, **how)

    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("5", "1")
        await pilot.pause()
        monkeypatch.setattr(Stylesheet, "apply", noted)
        for key in "51":
            await pilot.press(key)
            await pilot.pause()
            assert app.page not in styled
        app.theme = "smallwins-light"
        await pilot.press("5")
        await pilot.pause()
        assert app.page in styled


async def test_a_theme_is_tried_on_while_one_looks_at_it_and_kept_when_chosen(tmp_path: Path) -> None:
    app = app_on(store_with(tmp_path / "wins.json", [win("one")]))
    async with app.run_test(size=(100, 30)) as pilot:
        for last, kept in (("escape", "smallwins-dark"), ("enter", "smallwins-light")):
            await app.run_action("change_theme")
            await pilot.pause()
            await pilot.press("down")
            await pilot.pause()
            assert (app.theme, app.settings.theme) == ("smallwins-light", "smallwins-dark")
            await pilot.press(last)
            await pilot.pause()
            assert app.theme == app.settings.theme == kept
