import pytest

from tui.system.key_layouts import in_place, key_name, place_of


@pytest.mark.parametrize(
    ("letter", "place"),
    [("ф", "a"), ("Ш", "I"), ("ї", "]"), ("π", "p"), ("Σ", "S"), ("ש", "a"), ("ش", "a"), ("ж", ";")],
)
def test_a_letter_of_another_alphabet_has_its_place_on_the_keyboard(letter: str, place: str) -> None:
    assert place_of(letter) == place


@pytest.mark.parametrize("letter", ["あ", "Ж", "ñ"])
def test_a_letter_without_a_place_has_none(letter: str) -> None:
    assert place_of(letter) is None


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("ctrl+й", "ctrl+q"), ("ctrl+ы", "ctrl+s"), ("alt+π", "alt+p"), ("ctrl+shift+ф", "ctrl+shift+a"), ("й", "й"),
        ("ctrl+ю", "ctrl+full_stop"), ("ctrl+q", "ctrl+q"), ("ctrl+あ", "ctrl+あ"), ("plus", "plus"),
    ],
)  # fmt: skip
def test_a_key_with_ctrl_or_alt_is_the_one_in_its_place(key: str, meant: str) -> None:
    assert in_place(key) == meant


def test_signs_have_the_names_that_bindings_use() -> None:
    assert [key_name(sign) for sign in "a[/;,"] == ["a", "left_square_bracket", "slash", "semicolon", "comma"]
