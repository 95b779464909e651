"""The evidence sheet: what it tells, in which order, and that nothing in it is obeyed."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given, settings
from msgspec.structs import replace

from data.base.text import clean_text, fold
from data.demo.half_year import demo_records
from data.exchange.evidence.html import write_html_sheet
from data.exchange.evidence.markdown import write_markdown_sheet
from data.exchange.evidence.sheet import make_sheet
from data.files.settings import Settings
from data.model.edits import new_goal, new_win
from data.model.journal import Journal
from data.model.records import Changes, Verdict, Win
from data.search.filters import Filter
from tests.support.import_runner import NOW, TODAY, imported, journals

DEMO = Journal.of(*demo_records(TODAY, NOW))
REAL = Filter(verdict="real")
HOSTILE = '<script>alert(1)</script> **bold** [link](javascript:x) "&amp;" {{ 7*7 }} <!-- x --> # h'


def html_of(journal: Journal, wanted: Filter = REAL) -> str:
    return write_html_sheet(make_sheet(journal, wanted, TODAY, Settings(), private=True))


def markdown_of(journal: Journal, wanted: Filter = REAL) -> str:
    return write_markdown_sheet(make_sheet(journal, wanted, TODAY, Settings(), private=True))


class Page(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words.append(data)


def test_every_real_win_is_told_once_and_no_other() -> None:
    sheet = make_sheet(DEMO, REAL, TODAY, Settings())
    told = [one.title for section in sheet.sections for story in section.stories for one in story.wins]
    assert sorted(told) == sorted(win.title for win in DEMO.live() if win.verdict is Verdict.REAL)


def test_a_chain_is_told_from_its_first_win_to_its_last() -> None:
    sheet = make_sheet(DEMO, REAL, TODAY, Settings())
    climate = next(section for section in sheet.sections if section.name == "Climate work")
    story = next(one for one in climate.stories if any("Interview" in win.title for win in one.line))
    titles = [win.title for win in story.line]
    assert titles.index("The email led to a call") == titles.index("Interview for the job I chased for years") - 1
    assert [win.depth for win in story.line] == list(range(len(story.line)))
    assert all(win.after is not None and win.after >= 0 for win in story.line[1:])


def test_the_longest_stories_come_first_and_goals_in_their_order() -> None:
    sheet = make_sheet(DEMO, REAL, TODAY, Settings())
    assert [section.name for section in sheet.sections] == ["Climate work", "Speak in public", "Stay afloat"]
    lengths = [len(story.line) for story in sheet.sections[0].stories]
    assert lengths == sorted(lengths, reverse=True)


def test_a_win_between_that_is_not_told_does_not_cut_the_story() -> None:
    first, middle, last = (
        Win(
            id=f"{index}0000000-0000-4000-8000-000000000000",
            title=f"win {index}",
            happened_on=date(2026, 11, index),
            verdict=None if index == 2 else Verdict.REAL,
            opened_by=f"{index - 1}0000000-0000-4000-8000-000000000000" if index > 1 else None,
            created_at=NOW,
            updated_at=NOW,
        )
        for index in (1, 2, 3)
    )
    (section,) = make_sheet(Journal.of(first, middle, last), REAL, TODAY, Settings()).sections
    (story,) = section.stories
    assert [win.title for win in story.line] == ["win 1", "win 3"]
    assert story.line[1].after == 2


def test_wins_that_opened_each_other_are_all_told_from_the_oldest_on() -> None:
    wins = [replace(new_win(f"win {day}", happened_on=date(2026, 11, day), now=NOW)) for day in (1, 2, 3, 4, 5, 6)]
    openers = {0: 2, 1: 0, 2: 1, 3: 2, 4: 5, 5: 4}  # a loop of three with a win behind it, and one of two
    tied = [replace(win, opened_by=wins[openers[index]].id) for index, win in enumerate(wins)]
    itself = replace(new_win("win 7", happened_on=date(2026, 11, 7), now=NOW))
    journal = Journal.of(*reversed(tied), replace(itself, opened_by=itself.id))
    (section,) = make_sheet(journal, Filter(), TODAY, Settings()).sections
    assert [[one.title for one in story.wins] for story in section.stories] == [
        ["win 1", "win 2", "win 3", "win 4"],
        ["win 5", "win 6"],
        ["win 7"],
    ]


def test_what_a_terminal_obeys_is_in_no_sheet() -> None:
    dirty = "a\x1b]52;c;eA==\x07\u202eb"
    goal = replace(new_goal("A goal", NOW), name=dirty, why=dirty)
    win = replace(new_win("A win", happened_on=TODAY, now=NOW), title=f"{dirty}\nb", story=dirty, goal=goal.id)
    for sheet in (html_of(Journal.of(goal, win), Filter()), markdown_of(Journal.of(goal, win), Filter())):
        assert clean_text(sheet) == sheet
        assert sheet.count("eA==b") == 4
        assert "eA==b b" in sheet


def test_the_figures_are_those_of_its_wins() -> None:
    figures = dict(make_sheet(DEMO, REAL, TODAY, Settings()).figures)
    real = sum(win.verdict is Verdict.REAL for win in DEMO.live())
    assert figures["Real wins"] == str(real)
    assert "real wins a week" in figures["Momentum"]
    page = html_of(DEMO)
    assert f"<dd>{real}</dd>" in page
    assert page.count("<polyline") == 1
    assert len(re.findall(r'<rect class="bar"', page)) > 15


def test_what_somebody_wrote_stays_text_in_html() -> None:
    win = next(win for win in DEMO.live() if win.verdict is Verdict.REAL and win.goal)
    goal = DEMO.goals[win.goal or ""]
    journal = DEMO.apply(
        Changes(put=(replace(win, title=HOSTILE, story=HOSTILE), replace(goal, name=HOSTILE, why=HOSTILE)))
    )
    page = Page(html_of(journal))
    assert "script" not in page.tags
    assert page.tags.count("a") == 1, "the link of the demo's own proof"
    assert sum(HOSTILE in words for words in page.words) >= 4
    assert not any(name.startswith("on") for name, _ in page.attributes)


def test_nothing_is_loaded_from_anywhere() -> None:
    page = Page(html_of(DEMO))
    assert not {name for name, _ in page.attributes} & {"src", "srcset", "data", "action"}
    assert [value for name, value in page.attributes if name == "href"] == ["https://example.org/noor"], "to be clicked"
    assert "url(" not in html_of(DEMO)
    assert "default-src 'none'" in html_of(DEMO)


def test_headings_step_down_one_at_a_time() -> None:
    levels = [int(tag[1]) for tag in Page(html_of(DEMO)).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_palette_can_be_read() -> None:
    """Text against paper 4.5 to 1, lines of the chart 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    palettes = re.findall(r":root \{([^}]*)\}", html_of(DEMO))
    assert len(palettes) == 3
    for palette in palettes:
        colours = dict(re.findall(r"--(\w+): #(\w+)", palette))
        for name, least in (("ink", 7), ("soft", 4.5), ("real", 3)):
            assert contrast(colours[name], colours["paper"]) >= least, (name, colours)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return how light a colour such as "fff" or "5d5850" is, 0 to 1 (WCAG 2.2)."""
    full = colour if len(colour) == 6 else "".join(char * 2 for char in colour)
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_sheet_without_wins_says_so() -> None:
    assert "no wins to show" in html_of(Journal())
    assert markdown_of(Journal()).startswith("# Real wins\n\nNothing in this period yet.")


def test_a_chain_of_ten_thousand_is_told_too() -> None:
    start = next(DEMO.live())
    ids = [f"{index:08x}-0000-4000-8000-000000000000" for index in range(10_000)]
    wins = [
        replace(start, id=key, title=f"w{index}", opened_by=ids[index - 1] if index else None, verdict=Verdict.REAL)
        for index, key in enumerate(ids)
    ]
    sheet = make_sheet(Journal.of(*wins), REAL, TODAY, Settings())
    assert len(sheet.sections[0].stories[0].line) == 10_000


def test_a_sheet_of_candy_is_marked_as_such() -> None:
    assert markdown_of(DEMO, Filter(verdict="candy")).startswith("# Cotton candy")
    assert "- ◇ 2026" in markdown_of(DEMO, Filter(verdict="candy"))
    assert make_sheet(DEMO, Filter(until=TODAY - timedelta(weeks=20)), TODAY, Settings()).last != TODAY


@settings(max_examples=60)
@given(journals())
def test_the_wins_of_a_markdown_sheet_can_be_read_again(journal: Journal) -> None:
    back = imported(markdown_of(journal, Filter()), "sheet.md", kind="markdown") if journal.wins else journal
    told = sorted((win.happened_on, win.title) for win in journal.live())
    words = all(any(map(str.isalnum, title)) for _, title in told)  # a sign alone behind a date is none
    if len({(day, fold(title)) for day, title in told}) == len(told) and told and words:
        assert sorted((win.happened_on, win.title) for win in back.live()) == told


def test_the_stories_of_a_markdown_sheet_can_be_read_again() -> None:
    back = imported(markdown_of(DEMO), "sheet.md")
    stories = {win.title: win.story for win in DEMO.live() if win.verdict is Verdict.REAL and not win.proof}
    assert {win.title: win.story for win in back.live() if win.title in stories} == stories
    (call,) = (win for win in back.live() if win.title == "The email led to a call")
    assert call.story.startswith("Forty minutes. She knew the depot I work in.\n\n*Action:* I wrote eleven sentences")
    assert all(win.verdict is Verdict.REAL for win in back.live())


def test_a_sheet_of_one_day_names_that_day_alone() -> None:
    day = Journal.of(new_win("Said yes", happened_on=TODAY, now=NOW))
    assert "1 December 2026 –" not in markdown_of(day, Filter())
    assert "1 December 2026" in markdown_of(day, Filter())
