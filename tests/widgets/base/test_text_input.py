"""Fields of text that keep what is typed and pasted."""

import pytest
from textual import events

from tests.support.widget_host import Host
from widgets.base.text_input import TextBox, TextInput

TYPED = {
    "full-width space": "面接\u3000合格",
    "no-break space": "Bravo\u00a0Ada",
    "narrow no-break space": "Bravo\u202f!",
    "non-joiner": "می\u200cروم",
    "joiner": "👩\u200d🏫",
    "soft hyphen": "Dampf\u00adschiff",
}


class Split(TextInput):
    """A field that takes one line."""

    split_lines = True


@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
@pytest.mark.parametrize("kind", [TextInput, TextBox])
async def test_spaces_and_joiners_of_every_script_are_typed(text: str, kind: type[TextInput | TextBox]) -> None:
    field = kind()
    async with Host(field).run_test() as pilot:
        field.focus()
        for character in text:
            pilot.app.post_message(events.Key(character, character))
        await pilot.pause()
        assert (field.value if isinstance(field, TextInput) else field.text) == text


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\u202e", "\ufeff", "\x9b"])
async def test_what_a_terminal_obeys_is_not_typed(character: str) -> None:
    field = TextInput()
    async with Host(field).run_test() as pilot:
        field.focus()
        pilot.app.post_message(events.Key("x", character))
        await pilot.pause()
        assert field.value == ""


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("one line", "one line"),
        ("\n\nReal text\n", "Real text"),
        ("First\r\nsecond\n\nthird", "First second third"),
        ("ends ", "ends "),
        ("a\tb", "a b"),
        ("\x1b[31mred\u202e", "[31mred"),
        ("\n", ""),
    ],
)
async def test_pasted_lines_become_one(pasted: str, expected: str) -> None:
    field = TextInput()
    async with Host(field).run_test() as pilot:
        field.focus()
        field.value = "<>"
        field.cursor_position = 1
        field.post_message(events.Paste(pasted))
        await pilot.pause()
        assert field.value == f"<{expected}>"
        await pilot.press("!")
        assert field.value == f"<{expected}!>"


async def test_a_paste_takes_the_place_of_what_is_selected_and_nothing_of_it_is_dropped() -> None:
    field = TextInput(max_length=5)
    async with Host(field).run_test() as pilot:
        field.focus()
        field.value = "old"
        field.select_all()
        field.post_message(events.Paste("longer than five"))
        await pilot.pause()
        assert field.value == "longer than five"


async def test_a_field_for_one_line_posts_the_others() -> None:
    field = Split()
    host = Host(field)
    async with host.run_test() as pilot:
        field.focus()
        field.post_message(events.Paste("\nFirst\n\nsecond\nthird\n"))
        await pilot.pause()
        assert field.value == "First"
        (posted,) = host.of(TextInput.MoreLinesPasted)
        assert isinstance(posted, TextInput.MoreLinesPasted)
        assert posted.lines == "second\nthird"


async def test_what_is_pasted_into_a_box_holds_nothing_that_a_terminal_obeys() -> None:
    field = TextBox("<>")
    async with Host(field).run_test() as pilot:
        field.focus()
        field.move_cursor((0, 1))
        field.post_message(events.Paste("one\r\n\ttwo \x1b]0;pwned\x07\u202e three"))
        await pilot.pause()
        assert field.text == "<one\n\ttwo ]0;pwned three>"
        await pilot.press("!")
        assert field.text.endswith("three!>")
