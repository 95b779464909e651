"""A film of a terminal as SVG that plays by CSS alone: each state of a row is kept once, and shown in its time."""

from typing import Final

from terminal_svg import Palette, caption, placed, rows_of, window

_CAPTION: Final = -1
"""Stands for the row of the caption."""
Spans = tuple[tuple[float, float], ...]
"""Seconds from which, and until which, something is shown."""


class Film:
    """What was on a terminal, one moment after the other.

    Args:
        size: Columns and rows.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._palette = Palette()
        self._seconds = 0.0
        self._spans: dict[tuple[int, str], Spans] = {}

    def take(self, export: str, said: str, seconds: float) -> None:
        """Add what is on the screen.

        Args:
            export: What `App.export_screenshot` returned.
            said: The caption.
            seconds: How long it stays.
        """
        begin, self._seconds = self._seconds, self._seconds + seconds
        for row, markup in ((_CAPTION, said), *enumerate(rows_of(export, self._palette))):
            before = self._spans.get((row, markup), ())
            if before and before[-1][1] == begin:
                before, begun = before[:-1], before[-1][0]
            else:
                begun = begin
            self._spans[row, markup] = (*before, (begun, self._seconds))

    def svg(self, ground: str, colour: str) -> str:
        """Return the film in a window; who wants no motion sees its first moment.

        Args:
            ground: The colour of the window.
            colour: Of the caption.
        """
        names: dict[Spans, str] = {}
        rows, title = [], []
        for (row, markup), spans in self._spans.items():
            classes = f"{names.setdefault(spans, f'k{len(names)}')}{' p' if spans[0][0] == 0 else ''}"
            extra = "" if spans == ((0.0, self._seconds),) else f' class="{classes}"'
            if row == _CAPTION:
                title.append(caption(markup, self._size[0], colour, extra))
            else:
                rows.append(placed(markup, row, extra))
        css = "".join(self._keyframes(name, spans) for spans, name in names.items())
        still = f"@media(prefers-reduced-motion:no-preference){{{css}}}"
        return window(
            rows,
            "".join(title),
            self._size,
            ground,
            f"{self._palette.css}[class*=k]{{visibility:hidden}}.p{{visibility:visible}}{still}",
        )

    def _keyframes(self, name: str, spans: Spans) -> str:
        """Return what shows and hides something."""
        moments = {0.0: "hidden"}
        for begin, end in spans:
            moments |= {begin: "visible", end: "hidden"}
        steps = "".join(
            f"{100 * moment / self._seconds:.2f}%{{visibility:{state}}}" for moment, state in sorted(moments.items())
        )
        return f"@keyframes {name}{{{steps}}}.{name}{{animation:{name} {self._seconds:g}s step-end infinite}}"
