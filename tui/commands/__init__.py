"""The commands of the command line, each in a module that is imported when it is called.

`COMMANDS` names the module and the attribute of each, in the order of the help page.
"""

from typing import Final

COMMANDS: Final[dict[str, str]] = {
    "add": "tui.commands.writing:add",
    "list": "tui.commands.reading:list_wins",
    "show": "tui.commands.reading:show",
    "sort": "tui.commands.writing:sort",
    "remove": "tui.commands.writing:remove",
    "stats": "tui.commands.figures:stats",
    "due": "tui.commands.due:due",
    "review": "tui.commands.visits:review",
    "demo": "tui.commands.visits:demo",
    "backup": "tui.commands.keeping:backup",
    "restore": "tui.commands.keeping:restore",
    "doctor": "tui.commands.keeping:doctor",
    "undo": "tui.commands.keeping:undo",
    "redo": "tui.commands.keeping:redo",
    "trash": "tui.commands.keeping:trash",
    "import": "tui.commands.importing:import_wins",
    "export": "tui.commands.exporting:export",
    "completion": "tui.commands.completing:completion",
    "where": "tui.commands.reading:where",
}

SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "Write down and sort": ("add", "sort", "remove", "undo", "redo", "trash"),
    "Look": ("list", "show", "stats", "due", "review", "demo"),
    "In and out": ("import", "export"),
    "Keep": ("backup", "restore", "doctor", "where", "completion"),
}
"""How the help page groups them."""
