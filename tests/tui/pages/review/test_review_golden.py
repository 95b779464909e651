import pytest

from tests.support import golden
from tests.support.review_host import Table, table
from tests.tui.pages.review.test_way_back import AWAY, never_again, settled_win
from widgets.bars.top_bar import TopBar

WALK = (
    ("the way in", ()),
    ("recall: a step", ("enter",)),
    ("recall: a step that was done", ("1",)),
    ("recall: wins", ("enter",)),
    ("sort: a question", ("enter", "5")),
    ("sort: all six questions", ("f",)),
    ("sort: an answer tried", ("f", "s", "3", "right", "right")),
    ("sort: the call", ("2",)),
    ("look back: asked", ("r", ">")),
    ("look back: told", ("R",)),
    ("next", ("enter", "n", "enter")),
    ("close", ("enter",)),
    ("reviewed", ("ctrl+s",)),
    ("the way in, reviewed", ("enter",)),
)


def part_of(desk: Table) -> str:
    """Return the screen between the bar and the keys."""
    bar = desk.app.screen.query_one(TopBar).outer_size.height
    return "\n".join(desk.text.split("\n")[bar:-1]).rstrip()


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_each_part_of_a_review_looks_as_it_should(size: tuple[int, int]) -> None:
    screens = []
    async with table(size=size) as desk:
        for title, keys in WALK:
            await desk.press(*keys)
            screens.append(f"=== {title} ===\n{part_of(desk)}")
    golden.check(f"review-{size[0]}x{size[1]}", "\n\n".join(screens))


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_the_way_back_and_the_thing_that_comes_back_look_as_they_should(size: tuple[int, int]) -> None:
    async with table(AWAY, size=size) as desk:
        away = part_of(desk)
    async with table(settled_win(), size=size) as desk:
        never_again(desk)
        await desk.press("enter")
        back = part_of(desk)
        await desk.press("enter", "enter", "o")
        door = part_of(desk)
    screens = (f"=== away ===\n{away}", f"=== one thing back ===\n{back}", f"=== a door in words ===\n{door}")
    golden.check(f"review-back-{size[0]}x{size[1]}", "\n\n".join(screens))
