"""A chain of wins as a story across the screen: what led to what, and what is planned next."""

from collections.abc import Iterator, Sequence
from typing import Final

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from data.base.formatting import plural
from data.base.text import clean_line, fixed_width
from data.model.records import VERDICT_MARKS, Verdict, Win
from widgets.base.cells import cells, truncate
from widgets.base.inks import MUTED

_TITLE_CELLS: Final = 30
"""Cells of a title, at most."""
_MAX_LINES: Final = 2
_UNLIMITED: Final = 10_000
"""The width of a line that is not shown but copied."""
_COLOURS: Final = {Verdict.REAL: "$real", Verdict.CANDY: "$candy", None: MUTED}
_ELLIPSIS: Final = "…"


class ChainStory(Widget):
    """Shows the newest chain in two lines at most; where it is longer, its beginning is left out."""

    DEFAULT_CSS = """
    ChainStory { height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 as Textual has it
        super().__init__(id=id)
        self._chain: Sequence[Win] = ()
        self._next = ""

    def show(self, chain: Sequence[Win], next_step: str) -> None:
        """Tell another chain, the first win first, with the open step that follows from it, or ""."""
        self._chain, self._next = chain, next_step
        self.display = bool(chain)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are at a width."""
        del container, viewport
        return len(story_lines(self._chain, self._next, width))

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(story_lines(self._chain, self._next, self.content_size.width))


def story_lines(chain: Sequence[Win], next_step: str, width: int) -> list[Content]:
    """Return a chain in at most two lines of at most `width` cells; titles are a person's text, never markup."""
    for left_out in range(len(chain)):
        head = [Content.styled(_ELLIPSIS, MUTED)] if left_out else []
        parts = [*head, *_parts(chain, width, left_out), _next_part(next_step, width)]
        lines = _wrapped(parts, width)
        if len(lines) <= _MAX_LINES or left_out == len(chain) - 1:
            return lines[-_MAX_LINES:]
    return []


def story_text(chain: Sequence[Win], next_step: str) -> str:
    """Return a whole chain in one line, to be copied."""
    parts = [*_parts(chain, _UNLIMITED), _next_part(next_step, _UNLIMITED)]
    return "".join(part.plain for part in parts)


def _parts(chain: Sequence[Win], width: int, start: int = 0) -> Iterator[Content]:
    """Yield each win from a place on, with the arrow that leads to it."""
    room = max(8, min(_TITLE_CELLS if width < _UNLIMITED else width, width - 16))
    for place, win in enumerate(chain[start:], start):
        title = truncate(fixed_width(clean_line(win.title)), room)
        arrow = _arrow(chain[place - 1], win, first=place == max(1, start)) if place else ""
        yield Content.assemble((arrow, MUTED), (VERDICT_MARKS[win.verdict], _COLOURS[win.verdict]), f" {title}")


def _arrow(before: Win, after: Win, *, first: bool) -> str:
    """Return an arrow with the days between two wins; the first one names the unit."""
    days = (after.happened_on - before.happened_on).days
    if days <= 0:
        return " ──▸ "
    return f" ──{plural(days, 'day') if first else days}──▸ "


def _next_part(next_step: str, width: int) -> Content:
    text = truncate(fixed_width(clean_line(next_step)), max(8, width - 10))
    return Content.assemble((" ──▸ ", MUTED), ("?", "bold $accent"), f" {text}" if text else "")


def _wrapped(parts: Sequence[Content], width: int) -> list[Content]:
    """Return parts in lines; a line that goes on begins with the arrow."""
    lines: list[list[Content]] = []
    used = width
    for part in parts:
        size = cells(part.plain)
        if used + size > width:
            lines.append([])
            used = 0
        lines[-1].append(part)
        used += size
    return [Content.assemble(*line) for line in lines]
