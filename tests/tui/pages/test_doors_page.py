"""The Doors screen: trees, links, loops."""

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from msgspec import structs
from textual.pilot import Pilot

from data.demo.half_year import demo_records
from data.figures.sentences import describe_doors
from data.model.doors import door_stats, forest
from data.model.journal import Journal
from data.model.records import Verdict, Win
from data.review.steps import new_step
from tests.support.page_host import NOON, app_on
from tests.support.two_chains import ALONE, CALL, CHAINS, COFFEE, EMAIL, INTERVIEW, TALK, win
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from tui.pages.doors import DoorsPage
from widgets.lists.chain_tree import ChainTree, draw_row, indent, rows_of


async def chains(pilot: Pilot[None]) -> ChainTree:
    """The trees, once they are shown."""
    await pilot.pause()
    return pilot.app.screen.query_one(ChainTree)


def lines(app: SmallWins) -> list[str]:
    """What is on the screen."""
    return text_of(app).splitlines()


async def test_chains_are_trees_with_dates_and_days_between(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await chains(pilot)
        shown = [line.split() for line in lines(app) if "Sep" in line or "led to 1" in line]
        assert ["▾", "◆", "Wrote", "to", "the", "recruiter", "3", "Sep", "led", "to", "2", "·", "longest", "3"] in shown
        assert ["└", "▾", "◆", "First", "call", "10", "Sep", "after", "7", "days"] in shown
        assert ["└", "◆", "Interview", "24", "Sep", "after", "14", "days"] in shown


async def test_the_figures_stand_above(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(180, 30)) as pilot:
        await chains(pilot)
        assert "3 of your real wins opened a door, usually within two weeks. Longest chain: 3." in text_of(app)
        assert "Opened the most (1): " in text_of(app)


def test_the_headline_counts_what_the_trees_show() -> None:
    journal = Journal.of(*demo_records(NOON.date(), NOON))
    trees = forest(journal)
    rows = list(rows_of(journal, trees, frozenset()))
    opened = sum(row.win.verdict is Verdict.REAL and row.opened > 0 for row in rows)
    deepest = max(len(row.guide) // 2 for row in rows) + 1
    said = describe_doors(door_stats(journal, NOON.date(), trees=trees))
    assert said.startswith(f"{opened} of your real wins opened a door")
    assert said.endswith(f"Longest chain: {deepest}.")


@pytest.mark.parametrize(("width", "said"), [(100, "the same day"), (60, "same d")])
def test_a_win_of_the_same_day_says_so(width: int, said: str) -> None:
    journal = Journal.of(EMAIL, win("Reply", EMAIL.happened_on, EMAIL))
    trees = forest(journal)
    _, reply = rows_of(journal, trees, frozenset())
    assert "".join(text for text, _ in draw_row(reply, trees, journal, NOON.date(), width)).rstrip().endswith(said)


async def test_folding_hides_what_a_win_opened_and_left_goes_up(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        tree = await chains(pilot)
        await pilot.press("left")
        assert "First call" not in text_of(app)
        await pilot.press("right", "right", "right")
        assert tree.win == INTERVIEW
        await pilot.press("left", "left", "left")
        assert tree.win == EMAIL


async def test_a_click_on_the_triangle_folds(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        tree = await chains(pilot)
        await pilot.click(tree, offset=(indent(tree._rows[0]), 0))
        assert "First call" not in text_of(app)


async def test_enter_and_a_double_click_lead_to_the_win_on_the_board(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        tree = await chains(pilot)
        await pilot.click(tree, offset=(20, 2), times=2)
        await pilot.pause()
        assert app.page.name == "board"


async def test_a_link_is_made_by_typing_a_few_letters(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        tree = await chains(pilot)
        tree.go_to(TALK.id)
        await pilot.press("o")
        await pilot.pause()
        await pilot.press(*"nigt corse", "enter")
        await pilot.pause()
        assert app.journal.wins[TALK.id].opened_by == ALONE.id
        assert "Night course" in text_of(app)
        await pilot.press("u")
        await pilot.pause()
        assert app.journal.wins[TALK.id].opened_by == COFFEE.id


async def test_a_win_outside_every_chain_can_be_linked(tmp_path: Path) -> None:
    app = app_on("doors", Journal.of(EMAIL, ALONE), tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await chains(pilot)
        assert "No doors yet." in text_of(app)
        await pilot.press("o")
        await pilot.pause()
        await pilot.press(*"night", "enter")
        await pilot.pause()
        assert "Which win opened “Night course”?" in text_of(app)
        await pilot.press(*"recruiter", "enter")
        await pilot.pause()
        assert app.journal.wins[ALONE.id].opened_by == EMAIL.id
        assert "No doors yet." not in text_of(app)


async def test_no_win_is_offered_that_would_close_a_loop_nor_none_where_there_is_none(tmp_path: Path) -> None:
    reply = win("Reply", EMAIL.happened_on, EMAIL)
    app = app_on("doors", Journal.of(EMAIL, reply), tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        await chains(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert "No other win can be linked here" in text_of(app)
        await pilot.press("down", "o")
        await pilot.pause()
        assert "No win" in text_of(app)
        await pilot.press("home", "up", "enter")
        await pilot.pause()
        assert app.journal.wins[reply.id].opened_by is None


async def test_what_opened_a_win_is_chosen_among_earlier_wins_only(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        (await chains(pilot)).go_to(CALL.id)
        await pilot.press("o")
        await pilot.pause()
        offered = text_of(app)
        assert "Which win opened “First call”?" in offered
        assert EMAIL.title in offered.split("Which win opened")[1]
        assert f"  {INTERVIEW.title}" not in offered.split("Which win opened")[1].split("────")[0]


async def test_what_a_win_opened_is_chosen_among_later_ones_and_linked(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        (await chains(pilot)).go_to(INTERVIEW.id)
        await pilot.press("O")
        await pilot.pause()
        assert "Which win did “Interview” open?" in text_of(app)
        await pilot.press(*"talk", "enter")
        await pilot.pause()
        assert app.journal.wins[TALK.id].opened_by == INTERVIEW.id


async def test_the_newest_chain_is_told_on_top_with_the_plan_that_follows(tmp_path: Path) -> None:
    plan = new_step("call Priya", due_week=date(2026, 11, 16), now=NOON, from_win=TALK.id)
    app = app_on("doors", Journal.of(*CHAINS.wins.values(), plan), tmp_path)
    async with app.run_test(size=(140, 30)) as pilot:
        await chains(pilot)
        first = next(line for line in lines(app)[3:] if "──▸" in line)
        assert first.strip().endswith("──▸ ? call Priya")
        assert TALK.title in first


async def test_y_copies_the_newest_chain_whole(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(60, 18)) as pilot:
        await chains(pilot)
        await pilot.press("y")
        assert app.clipboard.endswith(" ──▸ ?")
        assert "…" not in app.clipboard
        assert TALK.title in app.clipboard


async def test_a_picture_of_the_page_is_private_and_replaces_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await chains(pilot)
        for _ in range(2):
            await pilot.press("E")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert "Saved ~/smallwins-doors-2026-11-20" in text_of(app)
            await pilot.press("down")
        shown = text_of(app)
    check_pictures(tmp_path, shown)


def check_pictures(folder: Path, shown: str) -> None:
    pictures = [folder / f"smallwins-doors-2026-11-20{number}.svg" for number in ("", "-2")]
    assert all(picture.stat().st_mode & 0o077 == 0 for picture in pictures)
    svg = pictures[0].read_text()
    assert "recruiter" in svg
    texts = [
        unescape(text).replace("\N{NO-BREAK SPACE}", " ") for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    ]
    assert all(text.rstrip() in shown for text in texts)  # no more than the screen
    assert "@font-face" not in svg


async def test_unlinking_leaves_two_trees(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        tree = await chains(pilot)
        tree.go_to(CALL.id)
        await pilot.press("X")
        await pilot.pause()
        assert app.journal.wins[CALL.id].opened_by is None
        assert {row.win.title for row in tree._rows if not row.guide} == {"First call", "Coffee with a mentor"}


async def test_a_loop_in_the_file_is_told_and_can_be_undone(tmp_path: Path) -> None:
    looped = Journal.of(structs.replace(EMAIL, opened_by=INTERVIEW.id), CALL, INTERVIEW)
    app = app_on("doors", looped, tmp_path)
    async with app.run_test(size=(140, 30)) as pilot:
        await chains(pilot)
        assert "The file contains a loop: Wrote to the recruiter → First call → Interview → Wrote" in text_of(app)
        await pilot.press("X")
        await pilot.pause()
        assert "The file contains a loop" not in text_of(app)


async def test_only_the_first_screenful_begins_unfolded(tmp_path: Path) -> None:
    many: list[Win] = []
    for n in range(30):
        first = win(f"First {n}", date(2026, 1, 1) + timedelta(days=n))
        many += [first, win(f"Second {n}", date(2026, 3, 1), first)]
    app = app_on("doors", Journal.of(*many), tmp_path)
    async with app.run_test(size=(100, 60)) as pilot:
        await chains(pilot)
        assert text_of(app).count("▾") == 12
        assert text_of(app).count(" ▸ ") == 18


async def test_no_line_is_wider_than_the_screen_whatever_the_title(tmp_path: Path) -> None:
    strange = win("日本語の勝利 🎉👩‍👩‍👧 " + "x" * 400, date(2026, 9, 1))
    hostile = win("[@click=app.quit]x[/] see [/x] done", date(2026, 9, 2), strange)
    for size in ((60, 18), (80, 24), (250, 80)):
        app = app_on("doors", Journal.of(strange, hostile), tmp_path / str(size[0]))
        async with app.run_test(size=size) as pilot:
            tree = await chains(pilot)
            assert {tree.render_line(y).cell_length for y in range(2)} == {tree.size.width}
            assert "[@click=app.quit]x[/]" in text_of(app)


async def test_arriving_with_a_win_puts_the_cursor_on_it(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        tree = await chains(pilot)
        app.page.navigate_to(DoorsPage.Navigate("doors", win=TALK.id))
        assert tree.win == TALK


async def test_a_page_that_was_never_shown_opens_at_the_win_too(tmp_path: Path) -> None:
    app = app_on("board", CHAINS, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.page.post_message(DoorsPage.Navigate("doors", win=INTERVIEW.id))
        await pilot.pause()
        await pilot.pause()
        assert (await chains(pilot)).win == INTERVIEW


async def test_a_win_is_opened_by_key_and_edited_in_its_form(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(100, 40)) as pilot:
        await chains(pilot)
        await pilot.press("down", "e")
        await pilot.pause()
        assert "Edit win" in text_of(app)
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert app.page.name == "board"


async def test_a_new_year_shows_the_year_of_older_wins(tmp_path: Path) -> None:
    app = app_on("doors", CHAINS, tmp_path)
    async with app.run_test(size=(180, 30)) as pilot:
        await chains(pilot)
        assert "24 Sep 2026" not in text_of(app)
        app.page.today = date(2027, 1, 1)
        await pilot.pause()
        assert "24 Sep 2026" in text_of(app)


async def test_pages_and_ends_of_a_long_forest(tmp_path: Path) -> None:
    first = win("First", date(2026, 1, 1))
    many = [win(f"Later {n}", date(2026, 2, 1) + timedelta(days=n), first) for n in range(60)]
    app = app_on("doors", Journal.of(first, *many), tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        tree = await chains(pilot)
        await pilot.press("end")
        assert tree.win == many[-1]
        await pilot.press("pageup", "k", "j", "pagedown", "home")
        assert tree.win == first
        assert tree.scroll_offset.y == 0
