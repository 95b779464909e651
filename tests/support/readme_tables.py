"""The README's tables, made from the program: `python -m tests.support.readme_tables` writes them into it."""

import re
from pathlib import Path
from typing import Final

import click
from textual.binding import Binding
from textual.keys import format_key

from tui.app.keymap import bindings_by_id
from tui.cli.main import cli
from tui.cli.registry import SECTIONS

README: Final = Path(__file__).parents[2] / "README.md"
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
    """Return the table of keys: every binding of the app and its pages, what it does, and its name in config.toml."""
    lines: list[str] = []
    for title, prefixes in GROUPS.items():
        lines += ["", f"**{title}**", "", "| key | what it does | name |", "| --- | --- | --- |"]
        for name, bindings in bindings_by_id().items():
            if name.partition(".")[0] in prefixes and bindings[0].tooltip:
                lines.append(f"| {_keys(bindings)} | {bindings[0].tooltip} | `{name}` |")
    return "\n".join([*lines, ""])


def _keys(bindings: list[Binding]) -> str:
    # Their own keys: what the app shows may be the sign of a pair, such as ↑↓; only a range stands for all of them.
    ranges = [binding.key_display for binding in bindings if binding.key_display and "-" in binding.key_display]
    shown = dict.fromkeys(ranges or [format_key(binding.key) for binding in bindings])
    return " ".join(f"`{key}`" if key != "|" else "`\\|`" for key in shown)


def command_table() -> str:
    """Return the table of commands: how each is called, its options, what it does."""
    lines = ["", "| command | options | what it does |", "| --- | --- | --- |"]
    context = click.Context(cli, info_name="smallwins", help_option_names=cli.context_settings["help_option_names"])
    for name in (name for names in SECTIONS.values() for name in names):
        command = cli.get_command(context, name)
        assert command is not None
        inside = click.Context(command, info_name=name, parent=context)
        pieces = [piece for piece in command.collect_usage_pieces(inside) if piece != "[OPTIONS]"]
        options = " ".join(f"`{one.opts[0]}`" for one in command.params if isinstance(one, click.Option))
        said = command.get_short_help_str(limit=200)
        usage = " ".join((name, *pieces)).replace("|", "\\|")
        lines.append(f"| `{usage}` | {options} | {said} |")
    return "\n".join([*lines, ""])


def with_tables(readme: str) -> str:
    """Return the README with its tables as they should be."""
    for mark, table in (("keys", key_table), ("commands", command_table)):
        between = re.compile(rf"(<!-- {mark} -->\n).*?(\n<!-- /{mark} -->)", re.DOTALL)
        readme = between.sub(lambda found, table=table: found[1] + table() + found[2], readme)  # type: ignore[misc]
    return readme


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
