from datetime import UTC, date, datetime

import pytest
from textual.geometry import Size

from data.model.journal import Journal
from data.model.records import Step
from data.review import steps
from tests.support.widget_host import Host, text_of
from widgets.review.step_line import StepLine

FRIDAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
MONDAY = date(2026, 11, 23)


def step(words: str, cue: str | None = None) -> Step:
    return steps.new_step(words, due_week=MONDAY, now=NOW, cue=cue)


def line_of(*there: Step) -> StepLine:
    line = StepLine()
    line.set_reactive(StepLine.journal, Journal.of(*there))
    line.set_reactive(StepLine.today, FRIDAY)
    return line


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_the_next_step_stands_in_one_line_with_its_hour_and_how_many_more_there_are(width: int) -> None:
    app = Host(line_of(step("Write to Ana"), step("Call Priya about the pilot", "2026-11-22T09:00")))
    async with app.run_test(size=(width, 4)):
        line = text_of(app).splitlines()[0]
        assert line.split("   ")[0].strip() == "→ Sun 9:00  Call Priya about the pilot"
        assert line.rstrip().endswith("x done   1 more")


async def test_a_long_or_hostile_step_leaves_room_for_the_key_and_is_only_text() -> None:
    app = Host(line_of(step("[@click=app.quit]x[/] \x1b]52;c;eA==\x07 " + "日本語" * 60)))
    async with app.run_test(size=(60, 4)):
        (line,) = [line for line in text_of(app).splitlines() if line.strip()]
        assert "x done" in line
        assert "[@click=app.quit]x[/]" in line
        assert "\x1b" not in line


async def test_without_an_open_step_it_takes_no_room() -> None:
    app = Host(line_of())
    async with app.run_test(size=(60, 4)):
        line = app.query_one(StepLine)
        assert line.size == Size(0, 0)
        line.journal = Journal.of(step("Write"))
        await app.animator.wait_for_idle()
        assert line.display
