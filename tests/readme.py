"""The README's tables, made from the program: `python -m tests.readme` writes them where they stand between marks."""

import re
from pathlib import Path
from typing import Final

from textual.binding import Binding
from textual.keys import format_key

from tui.keymap import bindings_by_id

README: Final = Path(__file__).parent.parent / "README.md"
GROUPS: Final = {
    "Anywhere": ("app",),
    "Board": ("board", "find"),
    "A card opened": ("win",),
    "The form": ("form",),
    "Review": ("review",),
    "Momentum": ("momentum",),
    "The calendar of a year": ("calendar",),
    "Doors": ("doors", "chains"),
    "Goals": ("goals",),
}
"""The parts of the table, and the first words of the ids of the bindings in each."""


def key_table() -> str:
    """Return the table of keys: every binding of the app and its pages, with what it does."""
    lines: list[str] = []
    for title, prefixes in GROUPS.items():
        lines += ["", f"**{title}**", "", "| key | what it does |", "| --- | --- |"]
        for name, bindings in bindings_by_id().items():
            if name.partition(".")[0] in prefixes and bindings[0].tooltip:
                lines.append(f"| {_keys(bindings)} | {bindings[0].tooltip} |")
    return "\n".join([*lines, ""])


def _keys(bindings: list[Binding]) -> str:
    shown = dict.fromkeys(binding.key_display or format_key(binding.key) for binding in bindings)
    return " ".join(f"`{key}`" if key != "|" else "`\\|`" for key in shown)


def with_table(readme: str) -> str:
    """Return the README with the table as it should be."""
    return re.sub(
        r"(<!-- keys -->\n).*?(\n<!-- /keys -->)",
        lambda found: found[1] + key_table() + found[2],
        readme,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
