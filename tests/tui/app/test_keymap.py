import re
from pathlib import Path

import pytest

from tui.app.keymap import bindings_by_id, check_keymap, is_key


def test_an_unknown_binding_and_a_key_that_is_none_are_said_with_their_lines(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[keys]\n"app.add" = "ctrl+n"\n"app.nothing" = "x"\n"app.undo" = "no such key"\n')
    keys = {"app.add": "ctrl+n", "app.nothing": "x", "app.undo": "no such key"}
    good, problems = check_keymap(keys, config)
    assert good == {"app.add": "ctrl+n"}
    assert "line 3" in problems[0]
    assert "line 4" in problems[1]


@pytest.mark.parametrize("name", ["x", "ctrl+x", "shift+left", "f5", "question_mark", "?", "ctrl+shift+f12", "space"])
def test_keys_are_known_by_name(name: str) -> None:
    assert is_key(name)


@pytest.mark.parametrize("name", ["", "no such key", "ctrl+", "nokey", "hyper"])
def test_what_is_no_key_is_refused(name: str) -> None:
    assert not is_key(name)


def test_every_binding_says_what_it_does_but_for_those_that_another_speaks_for() -> None:
    for name, bindings in bindings_by_id().items():
        assert len({binding.action for binding in bindings}) == 1, name
        assert all(binding.tooltip or not binding.show for binding in bindings), name
        assert not any(binding.tooltip.endswith(".") for binding in bindings), name


def test_every_binding_that_has_an_id_is_found_wherever_it_is_defined() -> None:
    root = Path(__file__).parents[3]
    sources = [path.read_text() for folder in ("tui", "widgets") for path in (root / folder).rglob("*.py")]
    named = {name for text in sources for name in re.findall(r'\bid="([a-z]+\.[a-z_-]+)"', text)}
    assert len(named) > 100
    assert named <= bindings_by_id().keys()
