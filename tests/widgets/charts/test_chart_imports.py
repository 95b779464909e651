"""plotext is paid for when the first chart is drawn, and by no one else."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.terminal

CODE = """
import asyncio, sys
from tests.support.widget_host import Host
import tui.app.app, tui.pages.momentum.page, tui.pages.board
from widgets.charts.week_chart import WeekBars
assert "plotext" not in sys.modules
async def draw():
    async with Host(WeekBars()).run_test(size=(60, 12)) as pilot:
        await pilot.pause()
asyncio.run(draw())
assert "plotext" in sys.modules
"""


def test_plotext_is_imported_by_the_first_chart_that_is_drawn() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], check=False, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 0, done.stderr
