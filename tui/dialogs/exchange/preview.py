"""What an import would do, in lines: how it is read, what can't be imported, what is new, known or passed over."""

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from data.base.text import clean_text
from data.exchange.importing.plan import ImportPlan

_MAX_LINES: Final = 200
"""Lines of each kind; the count says how many there are."""


def preview_lines(plan: ImportPlan) -> Iterator[Content]:
    """Yield the lines of the preview: what can't be imported first, for that is what a person can change."""
    kinds = {
        "refused": [(str(one.place), one.reason) for one in plan.refused],
        "new": [(str(place), f"{win.happened_on}  {win.title}") for place, win in plan.new_wins],
        "changed": [(str(place), f"{win.happened_on}  {win.title}") for place, win in plan.changed],
        "duplicate": [(str(place), f"{win.happened_on}  {win.title}") for place, win in plan.duplicates],
        "skipped": [(str(one.place), one.reason) for one in plan.skipped],
    }
    width = max((len(place) for rows in kinds.values() for place, _ in rows[:_MAX_LINES]), default=1)
    yield from (Content(clean_text(note)) for note in plan.notes)
    for word, rows in kinds.items():
        yield from (Content(clean_text(f"{word:<9}  {place:>{width}}  {said}")) for place, said in rows[:_MAX_LINES])
        if len(rows) > _MAX_LINES:
            yield Content(f"           and {len(rows) - _MAX_LINES:,} more")
