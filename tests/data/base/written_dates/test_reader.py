"""Whole texts as days: every form that people and programs write, and what only looks like one."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.dates import parse_date
from data.base.formatting import MONTH_NAMES, MONTHS, WEEKDAY_NAMES, WEEKDAYS
from data.base.weeks import week_of
from data.base.written_dates.in_text import find_day, split_day
from data.base.written_dates.parts import AmbiguousDate, DateOrder, HeadingPeriod
from data.base.written_dates.reader import read_day

FRIDAY = date(2026, 11, 20)
NAMES: Final = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
)
Form = Callable[[date], str]
FORMS: Final[tuple[Form, ...]] = (
    lambda d: d.isoformat(),
    lambda d: f"{d:%Y/%m/%d}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d:%Y_%m_%d}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d.day:02}.{d.month:02}.{d.year % 100:02}",
    lambda d: f"{d.day}. {d.month}. {d.year}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d.day}-{MONTHS[d.month - 1]}-{d.year % 100:02}",
    lambda d: f"{d.day}/{MONTHS[d.month - 1]}/{d.year}",
    lambda d: f"{MONTHS[d.month - 1]} {d.day}{ordinal(d.day)}, {d.year}",
    lambda d: f"{MONTH_NAMES[d.month - 1].upper()} {d.day} {d.year}",
    lambda d: f"{d.year} {MONTHS[d.month - 1]} {d.day}",
    lambda d: f"{WEEKDAY_NAMES[d.weekday()]}, {d.day}{ordinal(d.day)} of {MONTH_NAMES[d.month - 1]} {d.year}",
    lambda d: f"{WEEKDAYS[d.weekday()]} {MONTHS[d.month - 1]}. {d.day}, {d.year}",
    lambda d: f"Week of {d}",
    lambda d: f"[[{d}]]",
    lambda d: f"<{d} {WEEKDAYS[d.weekday()]}>",
    lambda d: f"{d} - {d + timedelta(days=3)}",
    lambda d: f"{d}/{d + timedelta(days=40)}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year} – {d + timedelta(days=3)}",
)
ALONE: Final = FORMS[:17]
"""Those without brackets or a range, which a time may follow."""
PLACES: Final[dict[str, Callable[[str], object]]] = {
    "a cell": read_day,
    "a heading": find_day,
    "a longer heading": lambda text: find_day(f"{text}: a good day"),
    "the end of a heading": lambda text: find_day(f"Standup {text}"),
    "a bullet": lambda text: begin(f"{text} Passed 3 exams"),
    "a bullet with a dash": lambda text: begin(f"{text} – Passed"),
    "an option": lambda text: parse_date(text, date(2100, 1, 1)),
}
CLOCKS: Final = (
    " 09:15",
    "T09:15:00",
    " 09:15:33.123",
    ", 9:15 PM",
    " at 21:15",
    " 09:15 UTC",
    " 09:15+02:00",
    " 9h15",
)
DAYS: Final = st.dates(date(1970, 1, 1), date(2069, 12, 31))


def ordinal(day: int) -> str:
    return "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def begin(line: str) -> date | AmbiguousDate | None:
    found = split_day(line)
    assert found is not None
    assert found.rest.startswith("Passed")
    return found.day


@pytest.mark.parametrize("place", PLACES)
@given(day=DAYS, form=st.sampled_from(FORMS))
def test_every_form_is_the_same_day_in_every_place(place: str, day: date, form: Form) -> None:
    assert PLACES[place](form(day)) == day


@given(day=DAYS, form=st.sampled_from(ALONE), clock=st.sampled_from(CLOCKS))
def test_a_time_and_a_zone_may_stand_behind_a_date(day: date, form: Form, clock: str) -> None:
    assert read_day(form(day) + clock) == day


@given(day=DAYS, names=st.sampled_from(NAMES), letters=st.integers(3, 9))
def test_months_are_understood_in_seven_languages(day: date, names: str, letters: int) -> None:
    name = names.split()[day.month - 1]
    assert read_day(f"{day.day}. {name} {day.year}") == day
    assert read_day(f"{day.day} de {name} de {day.year}") == day
    short = read_day(f"{day.day} {name[:letters]}. {day.year}")
    assert short == day or name[:letters] == "jui"  # June or July


@pytest.mark.parametrize(
    "text",
    [
        "Montag, 16. November 2026", "lundi 16 novembre 2026", "lun. 16 nov. 2026", "lunes, 16 de noviembre de 2026",
        "lunedì 16 novembre 2026", "maandag 16 november 2026", "segunda-feira, 16 de novembro de 2026",
        "Mo 16.11.2026", "Mon Nov 16 2026", "2026-11-16 (Monday)", "2026-W47", "2026W47", "2026-W47-1", "Week 47, 2026",
        "KW 47/2026", "KW47 2026", "semaine 47 2026", "16–20 Nov 2026", "Nov 16-20, 2026", "16. bis 20. November 2026",
        "2026-11-16 09:00 - 2026-11-18 10:00", "2026-11-16 09:00–10:30", "16/11/26", "11/16/26", "(2026-11-16):",
        "Nov 16 '26", "Nov 16 \u201926", "2026-11-16T09:15:00.000Z", "Mon Nov 16 09:15:00 2026 +0100",
        "Mon Nov 16 09:15:00 CET 2026", "Mon, 16 Nov 2026 09:15:00 GMT", "16/Nov/26 9:15 AM", "KW 47 / 2026",
        "CW 47 2026", "11/16/2026, 9:15:33\u202fPM", "2026-11-16 09:15 Europe/Berlin", "2026-11-16T09:15:00.000+0000",
        "16 Nov – 2 Dec 2026",
    ],
)  # fmt: skip
def test_what_people_write_of_a_day_is_read(text: str) -> None:
    assert read_day(text) == date(2026, 11, 16)


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2026", "2026-11", "May 2026", "20 Nov", "11/20", "01/13/20266", "13/01/2026abc", "2026-02-30",
        "2026-13-01", "2026-11-2x", "x2026-11-20", "2026-11-200", "20 Nov 20266", "20 Nov 026", "Nov 2026 20 Nov",
        "Tue 16 Nov 2026", "0026-11-20", "9999-12-31", "1899-12-31", "2201-01-01", "2026-W54", "2026-W00",
        "2026-11-20 25:00", "2026-11-20 10:61", "2026-11-20 13:00 pm", "2026-11-20-21", "1.2.3", "\u0662026-11-20",
        "2026--11--20", "2026-11/20", "20 jui 2026", "2026-11-20 and 21", "2026-11-20 - soon",
        "2026-11-20 - 2026-11-01",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert read_day(text) is None


@given(st.text(max_size=90) | st.text("0123456789./-: NovW", max_size=90), DAYS)
def test_any_text_is_a_day_within_bounds_or_none(text: str, today: date) -> None:
    under = HeadingPeriod(today.year)
    for found in (read_day(text, local=datetime.date), read_day(text, under=under), find_day(text, under=under)):
        days = found.days if isinstance(found, AmbiguousDate) else (found,)
        assert all(day is None or 1900 <= day.year <= 2200 for day in days)
    split_day(text, under=under)


@pytest.mark.parametrize("text", ["03/04/2026", "3/4/2026", "03-04-2026", "3/4/26", "03/04/2026 - 05/04/2026"])
def test_two_days_are_named_until_the_file_tells_which(text: str) -> None:
    april, march = date(2026, 4, 3), date(2026, 3, 4)
    assert read_day(text) == AmbiguousDate((march, april))
    assert read_day(text, order=DateOrder.of(["2026-01-02", "13/01/2026", "01/02/2026"])) == april
    assert read_day(text, order=DateOrder.of(["- 01/13/2026 Passed", "02/02/2026"])) == march
    assert read_day(text, order=DateOrder.of(["01/13/2026", "13/01/2026"])) == AmbiguousDate((march, april))
    assert read_day(text, order=DateOrder.fixed("mdy")) == march


def test_a_range_over_new_year_begins_in_the_old_one() -> None:
    assert read_day("28 Dec – 3 Jan 2026") == read_day("28 Dec 2025 – 3 Jan 2026") == date(2025, 12, 28)


def test_a_weekday_tells_which_of_two_days_it_is() -> None:
    assert read_day("Fri 03/04/2026") == date(2026, 4, 3)
    assert read_day("Wed 03/04/2026") == date(2026, 3, 4)
    assert read_day("Mon 03/04/2026") is None


def test_dots_put_the_day_first_unless_their_file_does_not() -> None:
    assert read_day("03.04.2026") == date(2026, 4, 3)
    assert read_day("11.20.2026") == FRIDAY
    assert read_day("03.04.2026", order=DateOrder.of(["11.20.2026"])) == date(2026, 3, 4)
    assert read_day("03.04.2026", order=DateOrder.of(["03/13/2026"])) == date(2026, 4, 3)


def test_a_moment_with_a_zone_is_the_day_it_is_here() -> None:
    def far_east(moment: datetime) -> date:
        return moment.astimezone(timezone(timedelta(hours=9))).date()

    assert read_day("2026-11-19T20:00:00Z", local=far_east) == FRIDAY
    assert read_day("Nov 19, 2026 8:00 PM UTC", local=far_east) == FRIDAY
    assert read_day("2026-11-20 20:00", local=far_east) == FRIDAY
    west = read_day("2026-11-20T00:30:00+09:00", local=lambda moment: moment.astimezone(UTC).date())
    assert west == date(2026, 11, 19)


@pytest.mark.parametrize("text", ["20 Nov", "Nov 20th", "Fri 20 Nov", "11/20", "20.11."])
def test_below_a_year_a_date_needs_none(text: str) -> None:
    assert read_day(text, under=HeadingPeriod(2026)) == FRIDAY
    assert read_day(text) is None


def test_below_a_year_weeks_and_two_days_are_told_too() -> None:
    assert (
        read_day("Week 47", under=HeadingPeriod(2026))
        == read_day("KW 47", under=HeadingPeriod(2026))
        == date(2026, 11, 16)
    )
    assert read_day("3/4", under=HeadingPeriod(2026)) == AmbiguousDate((date(2026, 3, 4), date(2026, 4, 3)))


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)))
def test_a_week_is_its_monday(day: date) -> None:
    year, week, weekday = day.isocalendar()
    assert read_day(f"{year}-W{week:02}") == read_day(f"Week {week}, {year}") == week_of(day)
    assert read_day(f"{year}-W{week:02}-{weekday}") == day


@pytest.mark.parametrize("days", ["mo di mi do fr sa so", "mon tue wed thu fri sat sun", "wo vr za zo"])
def test_a_short_name_of_a_weekday_that_means_one_day_is_known(days: str) -> None:
    numbers = range(16, 23) if len(days.split()) == 7 else (18, 20, 21, 22)
    for number, name in zip(numbers, days.split(), strict=True):
        assert read_day(f"{name} {number} Nov 2026") == date(2026, 11, number)
