"""Other keys for bindings, as `config.toml` gives them, checked against the bindings there are."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Final

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from data.base.text import clean_line
from data.files.settings import setting_lines

_MODULES: Final = (
    "tui.app.app",
    "tui.pages.board",
    "widgets.bars.search_input",
    "tui.pages.review.page",
    "tui.pages.momentum.page",
    "tui.pages.doors",
    "tui.pages.goals",
    "tui.dialogs.win_view",
    "tui.dialogs.win_form",
    "tui.pages.welcome",
    "tui.dialogs.help",
    "tui.dialogs.trash",
    "tui.dialogs.settings",
    "tui.dialogs.exchange.import_form",
    "tui.dialogs.proof_form",
    "tui.dialogs.exchange.export_form",
    "tui.dialogs.exchange.export_progress",
)
"""Where bindings with ids are found, with all that these import."""
_MODIFIED: Final = re.compile(r"((ctrl|shift|alt|super|meta|hyper)\+)*(?P<key>.+)")
_NAMED: Final = {key.value for key in Keys} | {f"f{n}" for n in range(1, 25)} | set(KEY_NAME_REPLACEMENTS.values())


def bindings_by_id() -> dict[str, list[Binding]]:
    """Return the bindings of ours by id, one for each key; imports every page."""
    for module in _MODULES:
        import_module(module)
    found: dict[str, list[Binding]] = {}
    for kind in _kinds(DOMNode):
        if kind.__module__.startswith(("tui.", "widgets.")):
            for binding in Binding.make_bindings(kind.__dict__.get("BINDINGS", ())):
                if binding.id and binding not in found.setdefault(binding.id, []):
                    found[binding.id].append(binding)
    return found


def _kinds(kind: type[DOMNode]) -> Iterable[type[DOMNode]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


def check_keymap(keys: Mapping[str, str], config: Path) -> tuple[dict[str, str], list[str]]:
    """Return the keys that can be used, and a sentence for each that can't.

    Args:
        keys: Keys by the id of a binding, several between commas.
        config: The file they come from, to name the line.
    """
    known = bindings_by_id() if keys else {}
    lines = setting_lines(config) if keys else {}
    good: dict[str, str] = {}
    problems: list[str] = []
    for name, key in keys.items():
        where = f"config.toml line {lines.get(name, 0)}"
        if name not in known:
            problems.append(f"{where}: nothing has a key of the name {clean_line(name)}; the default keys are used.")
        elif not all(is_key(part.strip()) for part in key.split(",")):
            problems.append(f"{where}: {clean_line(key)} is not a key; the default is used.")
        else:
            good[name] = key
    return good, problems


def is_key(name: str) -> bool:
    """Return whether this names a key, such as "x", "ctrl+x", "f5" or "question_mark"."""
    found = _MODIFIED.fullmatch(name)
    key = found["key"] if found else ""
    return len(key) == 1 or key in _NAMED or _is_sign(key)


def _is_sign(key: str) -> bool:
    """Return whether a key is named by its sign in Unicode, as Textual does, such as "question_mark"."""
    try:
        unicodedata.lookup(key.replace("_", " "))
    except KeyError:
        return False
    return True
