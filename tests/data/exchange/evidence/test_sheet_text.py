"""The sheet word for word: what a person who is handed it reads."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from data.exchange.evidence.html import _BASE, _LEFT, _WIDTH, sheet_chart, write_html_sheet
from data.exchange.evidence.markdown import chain_titles, describe_chain, write_markdown_sheet
from data.exchange.evidence.sheet import Chain, Sheet, SheetWin, make_sheet
from data.figures.momentum import Week
from data.files.settings import Settings
from data.model.edits import new_goal, new_win
from data.model.journal import Journal, Tally
from data.model.records import Verdict, Win
from data.search.filters import Filter
from tests.support.import_runner import NOW, TODAY

GOAL = new_goal("Climate", NOW, "It matters\\.")
LAST = new_goal("Afloat", NOW)


def win(title: str, day: date, by: Win | None = None, story: str = "") -> Win:
    made = new_win(title, happened_on=day, now=NOW, story=story, opened_by=by.id if by else None)
    return replace(made, verdict=Verdict.REAL)


EMAIL = win("Wrote", date(2026, 11, 2), story="Eleven lines.\n\nSent.")
CALL = win("Call", date(2026, 11, 3), EMAIL)
OFFER = win("Offer", date(2026, 11, 13), CALL)
ASIDE = win("Thanked", date(2026, 11, 4), EMAIL)
ALONE = win("Course", date(2026, 11, 20))


REAL = Filter(verdict="real")


def sheet_of(*records: Win, wanted: Filter = REAL) -> Sheet:
    return make_sheet(Journal.of(GOAL, *records), wanted, TODAY, Settings(), private=True)


WHOLE = """\
# Real wins

2 November 2026 – 20 November 2026{end}
Made on 1 December 2026

| | |
| --- | --- |
| Real wins | 5 |
| Momentum | 1.1 real wins a week over 4 complete weeks; too early to speak of a trend. |
| One thing led to another | 1 time, up to 3 wins in a row |

Momentum, 4 weeks to 23 November 2026: `█▅▄▃`

## Climate

It matters\\\\.

### Wrote → Call → Offer

From 2 November 2026 to 13 November 2026: one led to the next after 1 day, then 10 days.

- ◆ 2026-11-02: Wrote

  Eleven lines.

  Sent.

- ◆ 2026-11-03: Call

- ◆ 2026-11-13: Offer

- ◆ 2026-11-04: Thanked

## Without a goal

- ◆ 2026-11-20: Course
""".format(end="  ")  # two spaces break a line in Markdown


def test_a_sheet_in_markdown_reads_as_written_here() -> None:
    began = replace(EMAIL, goal=GOAL.id)
    assert write_markdown_sheet(sheet_of(began, CALL, OFFER, ASIDE, ALONE)) == WHOLE


def test_a_sheet_of_one_day_names_it_once_and_draws_no_line() -> None:
    text = write_markdown_sheet(sheet_of(replace(ALONE, happened_on=TODAY)))
    assert "\n\n1 December 2026  \n" in text
    assert "Momentum" not in text
    assert "###" not in text


def test_a_sheet_without_real_wins_draws_no_line() -> None:
    text = write_markdown_sheet(sheet_of(replace(EMAIL, verdict=None), wanted=Filter()))
    assert "| Wins | 1, 0 of them real |" in text
    assert "Momentum" not in text


def test_a_line_of_momentum_needs_two_weeks_and_a_real_win_in_any_of_them() -> None:
    def line_of(*records: Win) -> bool:
        return "\nMomentum, " in write_markdown_sheet(sheet_of(*records, wanted=Filter()))

    assert not line_of(replace(ALONE, happened_on=TODAY - timedelta(weeks=1)))
    assert line_of(replace(ALONE, happened_on=TODAY - timedelta(weeks=2)))
    assert line_of(replace(EMAIL, verdict=Verdict.CANDY), ALONE)


def test_a_line_of_momentum_is_half_a_year_at_most() -> None:
    text = write_markdown_sheet(sheet_of(win("First", TODAY - timedelta(weeks=40)), ALONE))
    assert "Momentum, 26 weeks to 23 November 2026: " in text


def story(count: int) -> Chain:
    line = tuple(SheetWin(f"w{n}", date(2026, 11, 1 + n), "", n, 1 if n else None) for n in range(count))
    return Chain(line, line)


@pytest.mark.parametrize(
    ("count", "titles", "words"),
    [
        (1, ["w0"], ""),
        (
            4,
            ["w0", "w1", "w2", "w3"],
            "From 1 November 2026 to 4 November 2026: one led to the next after 1 day, then 1 day, then 1 day.",
        ),
        (
            5,
            ["w0", "w1", "2 more", "w4"],
            "From 1 November 2026 to 5 November 2026: 5 wins, each led to the next.",
        ),
        (
            7,
            ["w0", "w1", "4 more", "w6"],
            "From 1 November 2026 to 7 November 2026: 7 wins, each led to the next.",
        ),
    ],
)
def test_a_long_chain_is_told_in_short(count: int, titles: list[str], words: str) -> None:
    assert chain_titles(story(count)) == titles
    assert describe_chain(story(count)) == words


def test_of_two_stories_the_longest_is_first_and_single_wins_are_newest_first() -> None:
    other, more = win("Older chain", date(2026, 10, 1)), win("Newer", date(2026, 11, 25))
    (section,) = sheet_of(other, win("Its end", date(2026, 10, 2), other), EMAIL, CALL, OFFER, ALONE, more).sections
    assert [one.line[0].title for one in section.stories] == ["Wrote", "Older chain", "Newer", "Course"]


def test_chains_are_counted_from_two_wins_on_and_the_longest_is_named() -> None:
    other = win("Older chain", date(2026, 10, 1))
    figures = dict(sheet_of(other, win("Its end", date(2026, 10, 2), other), EMAIL, CALL, OFFER, ALONE).figures)
    assert figures["One thing led to another"] == "2 times, up to 3 wins in a row"


def test_of_ways_that_part_the_longest_is_told_as_the_chain() -> None:
    short = [win("Meetup", date(2026, 11, 4), EMAIL)]
    short.append(win("Talk", date(2026, 11, 5), short[0]))
    aside = win("Lunch", date(2026, 11, 5), CALL)  # a way that ends at once beside the one that goes on
    (section,) = sheet_of(EMAIL, *short, CALL, aside, OFFER, win("Start", date(2026, 11, 14), OFFER)).sections
    assert [one.title for one in section.stories[0].line] == ["Wrote", "Call", "Offer", "Start"]


def test_what_led_to_the_next_on_the_same_day_says_so() -> None:
    text = write_markdown_sheet(sheet_of(EMAIL, replace(CALL, happened_on=EMAIL.happened_on)))
    assert "On 2 November 2026: one led to the next the same day." in text
    html = write_html_sheet(sheet_of(EMAIL, replace(CALL, happened_on=EMAIL.happened_on)))
    assert "the same day as what led to it" in html
    later = write_markdown_sheet(sheet_of(EMAIL, replace(CALL, happened_on=EMAIL.happened_on), OFFER))
    assert "one led to the next the same day, then after " in later


def test_goals_are_in_the_persons_order_whatever_it_is_in_the_file() -> None:
    first = replace(LAST, order=-1)
    journal = Journal.of(GOAL, first, replace(EMAIL, goal=GOAL.id), replace(ALONE, goal=first.id))
    sheet = make_sheet(journal, Filter(), TODAY, Settings())
    assert [section.name for section in sheet.sections] == ["Afloat", "Climate"]


def test_the_weeks_of_a_sheet_end_with_its_period() -> None:
    assert sheet_of(EMAIL, wanted=Filter(until=date(2026, 11, 10))).series.weeks[-1].start == date(2026, 11, 9)
    assert sheet_of(EMAIL, wanted=Filter(until=date(2027, 11, 10))).series.weeks[-1].start == date(2026, 11, 30)


def weeks(*real: int) -> list[Week]:
    start = date(2026, 9, 7)
    return [Week(start + timedelta(weeks=n), Tally(real=count), count / 2, 0, True) for n, count in enumerate(real)]


def test_a_bar_stands_on_the_axis_within_its_week_and_is_as_high_as_its_wins() -> None:
    chart = sheet_chart(weeks(0, 2, 4))
    step = (_WIDTH - _LEFT) / 3
    assert [bar.height for bar in chart.bars] == [0, 70, 140]
    assert all(bar.y + bar.height == _BASE for bar in chart.bars)
    for place, bar in enumerate(chart.bars):
        middle = _LEFT + (place + 0.5) * step
        assert bar.x + bar.width / 2 == pytest.approx(middle, abs=0.01)
        assert bar.width == pytest.approx(0.7 * step, abs=0.01)
    assert [bar.point for bar in chart.bars] == [150, 115, 80]
    assert chart.line == "143.34,150.0 374.0,115.0 604.66,80.0"
    assert chart.ticks == ((150.0, 0), (80.0, 2), (10.0, 4))


def test_the_grid_has_no_line_twice_and_the_highest_point_fits() -> None:
    assert sheet_chart(weeks(0, 1)).ticks == ((150.0, 0), (10.0, 1))
    steep = [replace(week, momentum=2.2) for week in weeks(1, 1)]
    assert sheet_chart(steep).ticks[-1] == (10.0, 3)
    assert [tick for _, tick in sheet_chart(weeks(5, 0)).ticks] == [0, 3, 5]


def test_about_seven_weeks_have_their_words() -> None:
    few, many = sheet_chart(weeks(*range(7))), sheet_chart(weeks(*range(15)))
    assert [bar.label for bar in few.bars][:2] == ["7 Sep", "14 Sep"]
    assert [bar.label for bar in many.bars if bar.label] == ["7 Sep", "28 Sep", "19 Oct", "9 Nov", "30 Nov"]


def test_a_page_draws_complete_weeks_alone_and_no_chart_of_one() -> None:
    page = write_html_sheet(sheet_of(EMAIL, CALL, OFFER, ASIDE, ALONE))
    assert page.count('class="bar"') == 3  # and one week has no bar
    one = write_html_sheet(sheet_of(replace(ALONE, happened_on=TODAY - timedelta(weeks=1))))
    assert "<polyline" not in one
    assert "<polyline" in write_html_sheet(sheet_of(replace(ALONE, happened_on=TODAY - timedelta(weeks=2))))
    candy = write_html_sheet(sheet_of(replace(EMAIL, verdict=Verdict.CANDY), wanted=Filter()))
    assert "<polyline" not in candy
