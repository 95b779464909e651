"""The settings: `config.toml`, with a default for everything.

An invalid value is reported with its line and its default is used; it never keeps the program from starting.
"""

import errno
import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from msgspec import Struct, structs

from data.base.errors import SaveError
from data.base.formatting import WEEKDAY_NAMES, shorten
from data.base.text import clean_line
from data.files.disk import make_folders, replace_file
from data.files.plain_file import read_plain_file

WEEKDAY_VALUES: Final = tuple(map(str.lower, WEEKDAY_NAMES))
KEYS_TABLE: Final = "keys"
"""The table of `config.toml` that changes keys, by the ids of bindings."""
_MAX_BYTES: Final = 64_000
_MAX_DOTS: Final = 50
"""The most dots in a line: TOML parsers are quadratic in the parts of a dotted name."""
_MAX_NAME: Final = 100
"""The most characters of a name, checked before it is cleaned."""
_MAX_WORDS: Final = 1_000
"""The most characters of a path or a person's name."""
_MAX_PROBLEMS: Final = 10
"""The most problems that are reported."""
_NAME_IN_LINE: Final = (
    r"""[ \t]*\[{0,2}[ \t]*(?:(?P<bare>[A-Za-z0-9_-]+)|(?P<quoted>"(?:[^"\\]|\\.)*"|'[^']*'))[ \t]*[\]=.]"""
)
"""The name at the start of a line that sets a value or starts a table."""


class Settings(Struct, frozen=True, kw_only=True):
    """The settings.

    Attributes:
        week_start: 0 for Monday, 6 for Sunday, as `date.weekday()` has it.
        half_life: Half-life of momentum, in weeks.
        lookback_weeks: Weeks after a verdict when a look-back comes due.
        review_day: The weekday of the review, 0 for Monday; 4, Friday, by default.
        most_sorted: The most wins that a review asks about unless told otherwise.
        follow: Whether the cursor follows a card that moves, or stays to sort the next one.
        motion: Whether a card lights up where it lands, and the like; never over ssh.
        mirror_weeks: Weeks after which candy leaves the board for the rear-view mirror.
        inbox: The path of a file or a folder whose lines become wins; "" for `inbox.txt` beside the journal.
        name: What stands on top of an evidence sheet, or "".
        challenge: Whether the board asks back about a move that the tests speak against.
        theme: The name of a theme.
        keys: Changed keys, by the ids of bindings.
    """

    week_start: int = 0
    half_life: float = 4.0
    lookback_weeks: tuple[int, ...] = (4, 12)
    review_day: int = 4
    most_sorted: int = 7
    follow: bool = False
    motion: bool = True
    mirror_weeks: int = 8
    inbox: str = ""
    name: str = ""
    challenge: bool = True
    theme: str = "smallwins-dark"
    keys: Mapping[str, str] = MappingProxyType({})


class Option(Struct, frozen=True):
    """One setting.

    Attributes:
        name: Its name in `config.toml` and in `Settings`.
        words: What it is, for the settings screen.
        means: The allowed values, in words, for help and errors.
        read: Converts the value in the file; raises ValueError if it is invalid.
        show: Converts a value for the file.
        unit: What is counted, for the settings screen, or "".
    """

    name: str
    words: str
    means: str
    read: Callable[[object], object]
    show: Callable[[object], object]
    unit: str = ""


def _weekday(value: object, allowed: tuple[str, ...] = WEEKDAY_VALUES) -> int:
    name = str(value).strip().lower()
    if name not in allowed:
        raise ValueError(name)
    return WEEKDAY_VALUES.index(name)


def _weekday_name(value: object) -> str:
    return WEEKDAY_VALUES[int(str(value))]


def _half_life(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.5 <= value <= 52:  # noqa: PLR2004
        raise ValueError(value)
    return float(value)


def _weeks(value: object) -> tuple[int, ...]:
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= 6:  # noqa: PLR2004 - `means` says it
        raise ValueError(value)
    if not all(type(week) is int and 1 <= week <= 104 for week in value):  # noqa: PLR2004
        raise ValueError(value)
    return tuple(sorted(set(value)))


def _win_count(value: object) -> int:
    if type(value) is not int or not 1 <= value <= 50:  # noqa: PLR2004 - `means` says it
        raise ValueError(value)
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)  # noqa: TRY004 - one kind of refusal for every option
    return value


def _name(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_NAME or not (name := clean_line(value)):
        raise ValueError(value)
    return name


def _words(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_WORDS or (value.strip() and not clean_line(value)):
        raise ValueError(value)
    return clean_line(value)


OPTIONS: Final = (
    Option("theme", "Theme", "the name of a theme", _name, str),
    Option(
        "week_start",
        "Weeks start on",
        '"monday" or "sunday"',
        lambda value: _weekday(value, ("monday", "sunday")),
        _weekday_name,
    ),
    Option("review_day", "Review day", 'a weekday such as "friday"', _weekday, _weekday_name),
    Option(
        "most_sorted", "A review asks about up to", "a number from 1 to 50", _win_count, lambda value: value, "wins"
    ),
    Option("half_life", "Momentum fades by half in", "weeks, from 0.5 to 52", _half_life, lambda value: value, "weeks"),
    Option(
        "lookback_weeks",
        "Look back after",
        "one to six numbers of weeks, such as [4, 12]",
        _weeks,
        lambda value: list(value) if isinstance(value, tuple) else value,
        "weeks",
    ),
    Option(
        "mirror_weeks",
        "Candy leaves the board after",
        "a number from 1 to 50",
        _win_count,
        lambda value: value,
        "weeks",
    ),
    Option("challenge", "A move against the tests", "true or false", _flag, lambda value: value),
    Option("follow", "After a move, the cursor", "true or false", _flag, lambda value: value),
    Option("motion", "Motion", "true or false", _flag, lambda value: value),
    Option("inbox", "Inbox (file or folder)", "a path like ~/in.txt", _words, str),
    Option("name", "Your name, on a sheet", "a name for sheets", _words, str),
)
_BY_NAME: Final = {option.name: option for option in OPTIONS}


def read_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings in a file, and a sentence for each problem in it.

    Without a file, return the defaults.
    """
    try:
        text = _read(path)
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), (f"The settings can't be read ({_reason(error)}), so the defaults are used.",)
    import tomllib  # noqa: PLC0415 - not paid by who has no settings, nor by `add`

    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # an integer with thousands of digits raises a plain ValueError
        return Settings(), (f"config.toml can't be parsed, so the defaults are used: {_reason(error)}.",)
    settings, problems = _understand(table, _lines_of(text))
    more = (f"config.toml has {len(problems) - _MAX_PROBLEMS:,} more problems.",)
    return settings, problems if len(problems) <= _MAX_PROBLEMS else problems[:_MAX_PROBLEMS] + more


def _read(path: Path) -> str:
    """Return the text of the file.

    Raises:
        OSError: It can't be read, or would keep the parser busy for minutes.
        UnicodeDecodeError: It isn't UTF-8.
    """
    text = read_plain_file(path, _MAX_BYTES).decode()
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MAX_DOTS and not line.lstrip().startswith("#"):
            raise OSError(errno.EINVAL, f"line {number} has too many dots")
    return text


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or "no reason given"
    return shorten(str(error).replace(". at line", " at line"), 200)  # tomlkit puts the place after a full stop


def _understand(table: dict[str, object], lines: Mapping[str, int]) -> tuple[Settings, tuple[str, ...]]:
    fields: dict[str, object] = {}
    problems: list[str] = []
    keys, sentences = _understand_keys(table.pop(KEYS_TABLE, {}), lines)
    for name, value in table.items():
        where = f"config.toml line {lines.get(name, 0)}"
        option = _BY_NAME.get(name)
        if option is None:
            problems.append(f"{where}: no setting is named {_shown(name)}.")
            continue
        try:
            fields[name] = option.read(value)
        except ValueError:
            problems.append(f"{where}: {name} must be {option.means}; using the default.")
    return structs.replace(Settings(), keys=keys, **fields), (*problems, *sentences)


def _understand_keys(table: object, lines: Mapping[str, int]) -> tuple[Mapping[str, str], list[str]]:
    first = lines.get(KEYS_TABLE, 0)
    if not isinstance(table, dict):
        return {}, [f'config.toml line {first}: [keys] must be a table such as "board.real" = "x".']
    good = {name: key for name, key in table.items() if isinstance(key, str) and key}
    return good, [
        f'config.toml line {lines.get(name, first)}: the key of {_shown(name)} must be a string such as "x".'
        for name in table
        if name not in good
    ]


def _shown(name: str) -> str:
    return shorten(clean_line(name[:_MAX_NAME]), 60)


def setting_lines(path: Path) -> Mapping[str, int]:
    """Return the line (from 1) on which each name is first set; none if the file can't be read."""
    try:
        return _lines_of(_read(path))
    except (OSError, UnicodeDecodeError):
        return {}


def _lines_of(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := re.match(_NAME_IN_LINE, line):
            name = match["bare"] or match["quoted"][1:-1]
            found.setdefault(_unescaped(name) if match["quoted"] else name, number)
    return found


def _unescaped(name: str) -> str:
    try:
        return str(json.loads(f'"{name}"'))
    except ValueError:
        return name


def write_setting(path: Path, name: str, value: object) -> None:
    """Set one value in the file, keeping everything else, even comments and order.

    Args:
        path: The file, created if needed; a symbolic link stays one.
        name: The name of an option.
        value: Its value, as in `Settings`.

    Raises:
        SaveError: The file can't be parsed or written.
    """
    import tomlkit  # noqa: PLC0415 - 70 ms, paid only by who changes a setting

    real = Path(os.path.realpath(path))
    try:
        document = tomlkit.parse(_read_or_empty(real))
        document[name] = _BY_NAME[name].show(value)
        make_folders(real.parent)
        replace_file(real, [tomlkit.dumps(document).encode()])
    except (OSError, ValueError, RecursionError) as error:  # tomlkit's errors are ValueErrors, too
        raise SaveError(f"The setting could not be saved: {_reason(error)}.", f"It is kept in {path}.") from error


def _read_or_empty(path: Path) -> str:
    try:
        return _read(path)
    except FileNotFoundError:
        return ""
