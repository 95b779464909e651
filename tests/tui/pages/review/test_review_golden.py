import pytest

from tests.support import golden
from tests.support.review_host import table

WALK = (
    ("the way in", ()),
    ("recall: a step", ("enter",)),
    ("recall: a step that was done", ("1",)),
    ("recall: wins", ("enter",)),
    ("sort: a question", ("enter", "5", "4", "5")),
    ("sort: an answer tried", ("s", "right", "right")),
    ("sort: the verdict", ("2", "2")),
    ("look back: asked", ("4", ">")),
    ("look back: told", ("5",)),
    ("next", ("enter", "3", "enter")),
    ("close", ("enter",)),
    ("reviewed", ("ctrl+s",)),
    ("read again", ("enter",)),
)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_each_part_of_a_review_looks_as_it_should(size: tuple[int, int]) -> None:
    screens = []
    async with table(size=size) as desk:
        for title, keys in WALK:
            await desk.press(*keys)
            below_the_bar = desk.text.split("\n")[2:-1]
            screens.append("\n".join((f"=== {title} ===", *below_the_bar)).rstrip())
    golden.check(f"review-{size[0]}x{size[1]}", "\n\n".join(screens))
