import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui.app.two_colours import TwoColours

PAGE = Color.parse("#15181E")


def drawn(style: str) -> Style:
    (segment,) = TwoColours(PAGE).apply([Segment("x", Style.parse(style))], PAGE)
    assert segment.style is not None
    return segment.style


@pytest.mark.parametrize("style", ["#D8DBE2 on #15181E", "#D8DBE2 on #262B35", "default on default", "none"])
def test_letters_on_a_quiet_ground_are_plain(style: str) -> None:
    assert not drawn(style).reverse
    assert not drawn(style).dim


@pytest.mark.parametrize("style", ["#15181E on #7FB4CA", "reverse #D8DBE2 on #15181E"])
def test_a_ground_that_stands_out_is_in_reverse(style: str) -> None:
    assert drawn(style).reverse


def test_faint_letters_are_dim() -> None:
    assert drawn("#333A47 on #15181E").dim


@pytest.mark.parametrize("style", ["bold red on blue", "italic underline #7FB4CA", "strike on #E06C75"])
def test_nothing_has_a_colour_and_the_rest_stays(style: str) -> None:
    before, after = Style.parse(style), drawn(style)
    assert (after.color, after.bgcolor) == (None, None)
    assert (after.bold, after.italic, after.underline, after.strike) == (
        before.bold,
        before.italic,
        before.underline,
        before.strike,
    )
