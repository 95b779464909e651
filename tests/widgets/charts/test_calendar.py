"""A year of days: marks, cursor, mouse."""

from datetime import date, timedelta

import pytest

from data.model.journal import Tally
from tests.support.widget_host import Host, text_of
from widgets.charts.calendar import Calendar

TODAY = date(2026, 11, 20)


def calendar(**days: Tally) -> Calendar:
    """A calendar with these days, named like d20261118."""
    made = Calendar()
    made.set_reactive(Calendar.days, {date.fromisoformat(f"{n[1:5]}-{n[5:7]}-{n[7:]}"): t for n, t in days.items()})
    made.set_reactive(Calendar.today, TODAY)
    return made


def at(shown: Calendar, day: date) -> tuple[int, int]:
    """The cell of a day."""
    column, row = divmod((day - shown.begin).days, 7)
    return shown.label_cells + column * shown.pitch, row + 1


def mark(shown: Calendar, day: date) -> str:
    """What is drawn at a day."""
    x, y = at(shown, day)
    return shown.render_line(y).text[x]


@pytest.mark.parametrize("width", [40, 57, 58, 59, 60, 112, 140])
async def test_today_is_always_in_sight(width: int) -> None:
    shown = calendar(d20261120=Tally(real=1))
    async with Host(shown).run_test(size=(width, 10)):
        x, _ = at(shown, TODAY)
        assert x < width
        assert mark(shown, TODAY) == "◆"
        assert shown.weeks == (53 if width >= 57 else 36)


@pytest.mark.parametrize("width", [60, 140])
async def test_each_day_has_the_mark_of_its_wins(width: int) -> None:
    shown = calendar(
        d20261118=Tally(real=2), d20261117=Tally(candy=1), d20261116=Tally(real=1, candy=1), d20251201=Tally(unsorted=1)
    )
    async with Host(shown).run_test(size=(width, 10)):
        days = (date(2026, 11, 18), date(2026, 11, 17), date(2026, 11, 16), date(2025, 12, 1), date(2026, 11, 19))
        assert [mark(shown, day) for day in days] == ["◆", "◇", "◈", "·", "∙"]


async def test_days_to_come_are_empty() -> None:
    shown = calendar(d20261121=Tally(real=1))
    async with Host(shown).run_test(size=(60, 10)):
        assert mark(shown, TODAY + timedelta(days=1)) == " "


async def test_the_months_stand_above_their_first_week() -> None:
    shown = calendar()
    async with Host(shown).run_test(size=(140, 10)) as pilot:
        top = text_of(pilot.app).splitlines()[0]
        assert " ".join(top.split()) == "Nov Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov"
        x, _ = at(shown, date(2026, 6, 1))
        assert top[x : x + 3] == "Jun"


async def test_weeks_start_on_the_day_of_the_setting() -> None:
    shown = calendar()
    shown.set_reactive(Calendar.first, 6)
    async with Host(shown).run_test(size=(60, 10)) as pilot:
        labels = [line[: shown.label_cells].strip() for line in text_of(pilot.app).splitlines()[1:8]]
        assert labels == ["Sun", "", "Tue", "", "Thu", "", "Sat"]


async def test_arrows_ask_for_other_days_and_never_for_tomorrow() -> None:
    shown = calendar()
    app = Host(shown)
    async with app.run_test(size=(60, 10)) as pilot:
        shown.focus()
        await pilot.press("up", "left", "down")
        asked = [message.day for message in app.of(Calendar.DayPointed) if isinstance(message, Calendar.DayPointed)]
        assert asked == [date(2026, 11, 19), date(2026, 11, 13), TODAY]


async def test_a_click_points_at_a_day_and_a_second_opens_it() -> None:
    shown = calendar()
    app = Host(shown)
    async with app.run_test(size=(60, 10)) as pilot:
        spot = at(shown, date(2026, 11, 4))
        await pilot.click(shown, offset=spot)
        (pointed,) = app.of(Calendar.DayPointed)
        assert isinstance(pointed, Calendar.DayPointed)
        shown.cursor = pointed.day
        await pilot.click(shown, offset=spot)
        (opened,) = app.of(Calendar.DayOpened)
        assert isinstance(opened, Calendar.DayOpened)
        assert pointed.day == opened.day == date(2026, 11, 4)


async def test_a_cursor_of_years_ago_brings_its_year() -> None:
    shown = calendar(d20200301=Tally(real=1))
    async with Host(shown).run_test(size=(60, 10)) as pilot:
        shown.cursor = date(2020, 3, 1)
        await pilot.pause()
        assert mark(shown, date(2020, 3, 1)) == "◆"


async def test_the_first_days_of_the_calendar_have_a_year_too() -> None:
    shown = calendar()
    shown.set_reactive(Calendar.today, date(1, 1, 3))
    async with Host(shown).run_test(size=(60, 10)) as pilot:
        shown.cursor = date(1, 1, 1)
        await pilot.pause()
        assert "Jan" in text_of(pilot.app)


async def test_the_day_under_the_cursor_stands_out_only_with_the_focus() -> None:
    here, beside = date(2026, 11, 18), date(2026, 11, 17)
    shown = calendar(d20261118=Tally(real=1), d20261117=Tally(real=1))
    async with Host(shown).run_test(size=(60, 10)) as pilot:
        shown.cursor = here

        def looks(day: date) -> str:
            x, y = at(shown, day)
            return str(shown.render_line(y).crop(x, x + 1)._segments[0].style)

        shown.blur()
        await pilot.pause()
        assert looks(here) == looks(beside)
        shown.focus()
        await pilot.pause()
        assert looks(here) == str(shown.get_component_rich_style("calendar--cursor")) != looks(beside)


async def test_a_click_beside_the_days_is_for_none_of_them() -> None:
    shown = calendar()
    app = Host(shown)
    async with app.run_test(size=(60, 10)) as pilot:
        right = shown.label_cells + shown.weeks * shown.pitch
        for spot in ((0, 3), (shown.label_cells - 1, 3), (shown.label_cells, 0), (right, 3)):
            await pilot.click(shown, offset=spot)
        assert not app.of(Calendar.DayPointed)
        await pilot.click(shown, offset=(shown.label_cells, 3))
        assert len(app.of(Calendar.DayPointed)) == 1
