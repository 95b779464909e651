"""The line that a shell says on the review day, and the stamp that silences it once the week is reviewed."""

from contextlib import suppress
from datetime import date
from pathlib import Path

from data.base.formatting import WEEKDAY_NAMES
from data.files.disk import make_folders, replace_file
from data.files.settings import Settings
from data.model.journal import Journal
from data.review.reviews import review_cue, reviewed_day


def describe_shell_line(journal: Journal, settings: Settings) -> str:
    """Return the line, such as "It's Friday: your week in small wins, after lunch, about four minutes.".

    The minutes are those of a usual week: the shell can't count without starting this program.
    """
    cue = review_cue(journal)
    when = f", after {cue}" if cue else ""
    return (
        f"It's {WEEKDAY_NAMES[settings.review_day]}: "
        f"your week in small wins{when}, about four minutes. `smallwins review` begins."
    )


def describe_stamp(journal: Journal, settings: Settings, today: date) -> str:
    """Return what the shell reads instead of starting this program: the day that is reviewed, and the line to say next.

    It is "" while the week is not reviewed: then what the shell wrote there itself counts.
    """
    day = reviewed_day(journal, settings, today)
    return f"{day.isoweekday()} {day}\n{describe_shell_line(journal, settings)}\n" if day is not None else ""


def write_stamp(path: Path, stamp: str) -> None:
    """Write the stamp, for nobody else to read; where that can't be done the shell only says its line once more."""
    with suppress(OSError):
        make_folders(path.parent)
        replace_file(path, [stamp.encode()])
