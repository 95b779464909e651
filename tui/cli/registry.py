"""Which command lives in which module; each is imported when it is called.

`COMMANDS` gives each command's module and attribute, in the order of the help page.
"""

from typing import Final

COMMANDS: Final[dict[str, str]] = {
    "add": "tui.cli.commands.write:add",
    "list": "tui.cli.commands.read:list_wins",
    "show": "tui.cli.commands.read:show",
    "sort": "tui.cli.commands.change:sort",
    "edit": "tui.cli.commands.change:edit",
    "link": "tui.cli.commands.change:link",
    "unlink": "tui.cli.commands.change:unlink",
    "remove": "tui.cli.commands.change:remove",
    "goal": "tui.cli.commands.goal:goal",
    "step": "tui.cli.commands.step:step",
    "stats": "tui.cli.commands.stats:stats",
    "due": "tui.cli.commands.due:due",
    "hook": "tui.cli.commands.hook:hook",
    "review": "tui.cli.commands.open:review",
    "demo": "tui.cli.commands.open:demo",
    "backup": "tui.cli.commands.safekeeping:backup",
    "restore": "tui.cli.commands.safekeeping:restore_backup",
    "doctor": "tui.cli.commands.safekeeping:doctor",
    "undo": "tui.cli.commands.safekeeping:undo",
    "redo": "tui.cli.commands.safekeeping:redo",
    "trash": "tui.cli.commands.safekeeping:trash",
    "inbox": "tui.cli.commands.inbox:inbox",
    "import": "tui.cli.commands.import_:import_wins",
    "merge": "tui.cli.commands.merge:merge",
    "export": "tui.cli.commands.export:export",
    "sync": "tui.cli.commands.sync:sync",
    "completion": "tui.cli.shared.completion:completion",
    "where": "tui.cli.commands.read:where",
}

SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "Write and sort": ("add", "sort", "edit", "link", "unlink", "remove", "undo", "redo", "trash", "goal", "step"),
    "Look": ("list", "show", "stats", "due", "hook", "review", "demo"),
    "Import and export": ("inbox", "import", "merge", "export"),
    "Maintain": ("sync", "backup", "restore", "doctor", "where", "completion"),
}
"""The help page's groups."""
