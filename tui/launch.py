"""Opening the app on a store: settings read, signals heard."""

from msgspec import structs

from data.locations import config_path
from data.settings import read_settings
from data.store import Store
from tui.app import SmallWins
from tui.clock import local_clock
from tui.keymap import check_keymap


def run(store: Store, start: str = "board") -> int:
    """Open the app and return its exit code when the person leaves.

    Args:
        store: The journal to show.
        start: The page to open first: "board" or "review".
    """
    settings, problems = read_settings(config_path())
    keys, mistaken = check_keymap(settings.keys, config_path())
    settings = structs.replace(settings, keys=keys)
    app = SmallWins(store, local_clock, settings, config=config_path(), start=start, problems=(*problems, *mistaken))
    app.run()
    return app.return_code or 0
