"""Where the journal, the settings and the state are kept."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final
from zlib import adler32, crc32

from data.base.errors import NotFoundError

APP: Final = "smallwins"
JOURNAL_VARIABLE: Final = "SMALLWINS_FILE"
"""Names the journal where no option does."""
DEMO_FOLDER: Final = "smallwins-demo-"
"""How the name of the temporary folder begins in which the demo's journal is."""


def journal_path() -> Path:
    """Return the default path of the journal, in the user's data folder."""
    return _user_folder("data", ".local/share") / "wins.json"


def config_path() -> Path:
    """Return the path of the settings, `config.toml` in the user's configuration folder."""
    return _user_folder("config", ".config") / "config.toml"


def state_path() -> Path:
    """Return the path of the board's state, in the user's state folder."""
    return _user_folder("state", ".local/state") / "board.json"


def _user_folder(kind: str, default: str) -> Path:
    """Return our folder of a kind: by the XDG Base Directory Specification on Linux, else where the system has it.

    platformdirs knows both, but its import takes 15 ms, a tenth of `add`.
    """
    named, home = os.environ.get(f"XDG_{kind.upper()}_HOME", ""), os.environ.get("HOME", "")
    folder = named if os.path.isabs(named) else os.path.join(home, default)  # noqa: PTH117, PTH118 - before pathlib
    if sys.platform == "linux" and "ANDROID_ROOT" not in os.environ and os.path.isabs(folder):  # noqa: PTH117 - as above
        return Path(folder) / APP
    import platformdirs  # noqa: PLC0415 - see above

    found: Path = _home(lambda: getattr(platformdirs, f"user_{kind}_path")(APP, appauthor=False))
    return found


def inbox_path(journal: Path, named: str) -> Path:
    """Return where a journal's inbox is: where the setting says, else `inbox.txt` beside it.

    The setting is for the person's own journal. One that is opened by --file for once, and the demo, never empty it.

    Args:
        journal: The journal.
        named: The setting: a path, from the home folder where it is not absolute; or "".
    """
    real = Path(os.path.realpath(journal))
    own = (os.environ.get(JOURNAL_VARIABLE) or journal_path()) if named else ""
    if own and os.path.realpath(_home(Path(own).expanduser)) == str(real):
        return _home(lambda: Path.home() / Path(named).expanduser())
    return real.with_name("inbox.txt")


def board_state_path(journal: Path) -> Path | None:
    """Return where it is kept what the board was showing of one journal; None for the demo, and without a home."""
    return _state_of(journal, "boards", ".json")


def review_stamp_path(journal: Path) -> Path | None:
    """Return where the shell's line of a journal finds whether its week is reviewed; None as for the board's state."""
    return _state_of(journal, "reviews", "")


def _state_of(journal: Path, folder: str, ending: str) -> Path | None:
    if journal.parent.name.startswith(DEMO_FOLDER):
        return None
    with suppress(NotFoundError):
        return state_path().with_name(folder) / f"{journal_key(journal)}{ending}"
    return None


def journal_key(journal: Path) -> str:
    """Return 16 hex digits that tell a journal from others of the same name: two checksums of where it is.

    They need not withstand an attack, and hashlib takes 2 ms to import, which the first frame would wait for.
    """
    where = os.path.realpath(journal).encode(errors="surrogateescape")
    return f"{crc32(where):08x}{adler32(where):08x}"


def named_path(path: Path) -> Path:
    """Return a path with its ~ expanded, which the shell leaves alone in `--file=~/wins.json`.

    Raises:
        NotFoundError: It names a user who doesn't exist.
    """
    return _home(path.expanduser)


def _home(find: Callable[[], Path]) -> Path:
    """Return a path in the home folder.

    Raises:
        NotFoundError: There is none, as in a container whose user has no name.
    """
    try:
        return find()
    except RuntimeError as error:
        raise NotFoundError("This user has no home folder.", "Set HOME to a folder of your own.") from error
