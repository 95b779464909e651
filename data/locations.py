"""Where things are kept: the journal, what stands beside it, and the settings."""

from pathlib import Path
from typing import Final

APP: Final = "smallwins"


def journal_path() -> Path:
    """Return where the journal is kept when nobody names a place: the user's data folder."""
    from platformdirs import user_data_path  # noqa: PLC0415 - 15 ms, not paid when a file is named

    return user_data_path(APP, appauthor=False) / "wins.json"


def config_path() -> Path:
    """Return where the settings are kept: `config.toml` in the user's configuration folder."""
    from platformdirs import user_config_path  # noqa: PLC0415 - as above

    return user_config_path(APP, appauthor=False) / "config.toml"


def state_path() -> Path:
    """Return where it is kept what the board was showing: the user's state folder."""
    from platformdirs import user_state_path  # noqa: PLC0415 - as above

    return user_state_path(APP, appauthor=False) / "board.json"
