"""What to say where another package stands in for one of ours.

Our packages have everyday names, and so have those of other projects: one on PYTHONPATH is found first, and one that is
installed into the same environment replaces our files.
"""

import os
import sys
from importlib import import_module
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import Final

_HOME: Final = Path(__file__).resolve().parents[2]
"""Where all packages of ours are."""
_OWN_ENVIRONMENT: Final = "Install it again, in an environment of its own: `uv tool install` and pipx make one."


def explain_import_error(error: ImportError) -> str:
    """Return why something can't be imported and what to do about it, or "" if all is there and this is a bug."""
    if place := _found_elsewhere():
        return (
            f"smallwins: {str(place)!a} is in the way of a package of smallwins of that name.\n{_way_around(place)}\n"
        )
    if owner := _installed_over():
        return f"smallwins: {owner} was installed over it: both have a package named data.\n{_OWN_ENVIRONMENT}\n"
    try:
        import_module("tui.system.crash_report")
    except ImportError:
        return f"smallwins: parts of it are missing.\n{_OWN_ENVIRONMENT}\n"
    if isinstance(error, ModuleNotFoundError):
        return f"smallwins: the package {error.name} is missing.\n{_OWN_ENVIRONMENT}\n"
    return ""


def _found_elsewhere() -> Path | None:
    """Return the folder or file that Python took for a package of ours."""
    for name in ("data", "widgets", "tui"):
        found = sys.modules.get(name)
        for place in getattr(found, "__path__", None) or filter(None, [getattr(found, "__file__", None)]):
            if Path(place).resolve().parent != _HOME:
                return Path(place)
    return None


def _way_around(place: Path) -> str:
    folder = place.resolve().parent
    if folder in [Path(entry).resolve() for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]:
        return "Start it without PYTHONPATH: `env -u PYTHONPATH smallwins`"
    return "Start it in another folder." if folder == Path.cwd() else _OWN_ENVIRONMENT


def _installed_over() -> str:
    """Return the name of another distribution that put a package `data` where ours is, or ""."""
    owners = set(packages_distributions().get("data", ())) - {"smallwins"}
    return next((name for name in sorted(owners) if _is_here(name)), "")


def _is_here(name: str) -> bool:
    return Path(str(distribution(name).locate_file("data"))).resolve() == _HOME / "data"
