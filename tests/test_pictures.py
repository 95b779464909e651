"""The scripts that draw the README's pictures: shapes that close up, and a film that shows what was there, and when."""

import importlib
import re
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
from textual.widgets import Static

from tests.support.widget_host import Host

DOCS = Path(__file__).parents[1] / "docs"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def film(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(DOCS))
    return importlib.import_module("terminal_film")


async def exports(*texts: str) -> list[str]:
    """Return what Textual exports while each of these texts is shown."""
    shown = Static()
    found = []
    async with Host(shown).run_test(size=(12, 3)) as pilot:
        for text in texts:
            shown.update(text)
            await pilot.pause()
            found.append(pilot.app.export_screenshot())
    return found


def texts_at(svg: str, percent: float) -> set[str]:
    """Return the texts that are visible when so much of a film is over."""
    steps = {
        name: [(float(at), state) for at, state in re.findall(r"([\d.]+)%\{visibility:(\w+)\}", body)]
        for name, body in re.findall(r"@keyframes (k\d+)\{((?:[^{}]*\{[^}]*\})*)\}", svg)
    }
    found = set()
    for group in ET.fromstring(svg).iter(f"{SVG}g"):  # noqa: S314 - made a moment ago
        name = (group.get("class") or "").split(" ")[0]
        state = [state for at, state in steps[name] if at <= percent][-1] if name else "visible"
        if state == "visible":
            found |= {text.text or "" for text in group.findall(f"{SVG}text")}
    return found


async def test_a_film_shows_each_moment_in_its_time_and_the_first_to_who_wants_no_motion(film: ModuleType) -> None:
    one, two = await exports("one\nsame", "two\nsame")
    reel = film.Film((12, 3))
    for export, seconds in ((one, 1), (two, 2), (one, 1)):
        reel.take(export, "said", seconds)
    svg = reel.svg("#000000", "#ffffff")
    assert [texts_at(svg, percent) & {"one", "two", "same"} for percent in (0, 24, 26, 74, 76, 99)] == [
        {"one", "same"},
        {"one", "same"},
        {"two", "same"},
        {"two", "same"},
        {"one", "same"},
        {"one", "same"},
    ]
    assert svg.count(">same<") == 1
    first = re.findall(r'<g class="k\d+ p"[^>]*>(.*?)</g>', svg)
    assert any(">one<" in markup for markup in first)
    assert not any(">two<" in markup for markup in first)


async def test_blocks_are_shapes_that_meet_and_no_letters(film: ModuleType) -> None:
    (export,) = await exports("a ██▄\n  ███")
    above, below, _ = film.rows_of(export, film.Palette())
    assert ">a<" in above
    assert not set(above + below) & set("█▄")
    assert re.findall(r'd="M24 0h24v24h-24zM48 12h12v12h-12z"', above)
    assert re.findall(r'd="M24 0h36v24h-36z"', below)


def test_every_picture_is_shown_on_a_page_and_the_film_is_light() -> None:
    pages = [DOCS.parent / "README.md", *DOCS.glob("*.md")]
    shown = {name for page in pages for name in re.findall(r"[\w-]+\.svg", page.read_text())}
    assert shown == {picture.name for picture in DOCS.glob("*.svg")}
    assert (DOCS / "minute.svg").stat().st_size < 300_000
