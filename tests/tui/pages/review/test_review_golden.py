import pytest

from tests.support import golden
from tests.support.review_host import table

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


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_each_part_of_a_review_looks_as_it_should(size: tuple[int, int]) -> None:
    screens = []
    async with table(size=size) as desk:
        for title, keys in WALK:
            await desk.press(*keys)
            below_the_bar = desk.text.split("\n")[2:-1]
            screens.append("\n".join((f"=== {title} ===", *below_the_bar)).rstrip())
    golden.check(f"review-{size[0]}x{size[1]}", "\n\n".join(screens))
