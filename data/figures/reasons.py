"""When to read again why one set out: once momentum has fallen two weeks running, and not twice in a month."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from data.base.text import clean_text
from data.figures import momentum
from data.files.settings import Settings
from data.model.journal import Journal

_QUIET_WEEKS: Final = 4
"""After it was shown it is not shown again for this many weeks."""


def reasons_to_read(journal: Journal, today: date, settings: Settings) -> str:
    """Return why the person wants to go where they want to go, in full, in a week that calls for it; else "".

    It is a person's text, cleaned, and to be drawn as plain text.
    """
    series = momentum.week_series(journal.days, today, settings.half_life, settings.week_start)
    if not _calls_for_reasons([week.momentum for week in series.complete]):
        return ""
    goals = sorted((one for one in journal.goals.values() if one.archived_at is None), key=lambda one: one.order)
    return "\n".join(clean_text(f"{one.name}: {one.why}") for one in goals if one.why)


def _calls_for_reasons(values: Sequence[float]) -> bool:
    """Return whether the last of these weeks is the second one to fall, and none in the month before it was."""
    shown = [index for index in range(2, len(values)) if values[index] < values[index - 1] < values[index - 2]]
    last = -_QUIET_WEEKS - 1
    for index in shown:
        last = index if index - last > _QUIET_WEEKS else last
    return bool(values) and last == len(values) - 1
