"""A terminal as SVG, from Textual's own export of a screen: small, and closed up in whatever face a browser has.

What the export writes as letters would leave gaps where a face is not as high as a line, so blocks, shades and lines
are drawn as shapes here; all other text is stretched to its cells.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from rich.cells import cell_len

from widgets.charts.area import EIGHTHS

WIDTH: Final = 12
"""Of a cell, in units of the picture."""
HEIGHT: Final = 24
"""Of a cell: eighths of it, and halves of its width, are whole."""
BAR: Final = 40
"""Height of the bar on top of the window."""
MARGIN: Final = 12
_EXPORT_CELL: Final = (12.2, 24.4)
_BLANKS: Final = "\N{NO-BREAK SPACE} \n"
_SVG: Final = "{http://www.w3.org/2000/svg}"
_FACES: Final = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"
_SHADES: Final = {sign: f' opacity=".{tenths}"' for sign, tenths in (("░", 3), ("▒", 5), ("▓", 8))}
_THIN: Final = ' style="shape-rendering:auto"'
"""For lines: at whole pixels one would be twice as thick as the next."""
_HALVES: Final = {
    "▀": (0, 0, 12, 12),
    "▐": (6, 0, 6, 24),
    "▔": (0, 0, 12, 3),
    "▕": (10.5, 0, 1.5, 24),
}
_ARMS: Final = {
    "─": "lr",
    "━": "lr",
    "┄": "lr",
    "│": "ud",
    "┃": "ud",
    "┌": "rd",
    "╭": "rd",
    "┐": "ld",
    "╮": "ld",
    "└": "ru",
    "╰": "ru",
    "┘": "lu",
    "╯": "lu",
    "├": "urd",
    "┤": "uld",
    "┬": "lrd",
    "┴": "lru",
    "┼": "lrud",
}
_ARM_BOXES: Final = {"l": (0, 11, 7, 2), "r": (5, 11, 7, 2), "u": (5, 0, 2, 13), "d": (5, 11, 2, 13)}


class Box(NamedTuple):
    """A rectangle in a row.

    Attributes:
        look: More attributes of its path in SVG, such as how strong its colour is.
    """

    x: float
    y: float
    width: float
    height: float
    look: str = ""


class Palette:
    """The styles of one picture, each under a short name."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, style: str) -> str:
        """Return the name of a style as CSS writes it."""
        return self._names.setdefault(style, f"s{len(self._names)}")

    @property
    def css(self) -> str:
        """All styles that have a name."""
        return "".join(f".{name}{{{style}}}" for style, name in self._names.items())


def rows_of(export: str, palette: Palette) -> list[str]:
    """Return the markup of each row of a screen, from the top, each as if it were the first.

    Args:
        export: What `App.export_screenshot` returned.
        palette: Takes the styles.
    """
    styles = dict(re.findall(r"\.[\w-]+-(r\d+) \{ ([^}]*?);? \}", export))
    screen = ET.fromstring(export).findall(f"{_SVG}g")[-1]  # noqa: S314 - the app wrote it a moment ago
    grounds: dict[int, list[tuple[str, Box]]] = {}
    texts: dict[int, list[str]] = {}
    for rect in screen.iter(f"{_SVG}rect"):
        x, y, width = (float(rect.get(name, "0")) for name in ("x", "y", "width"))
        box = Box(_column(x) * WIDTH, 0, _column(width) * WIDTH, HEIGHT)
        grounds.setdefault(int(y / _EXPORT_CELL[1]), []).append((rect.get("fill", ""), box))
    for text in screen.iter(f"{_SVG}text"):
        row = int(re.findall(r"line-(\d+)", text.get("clip-path", ""))[0])
        style = styles[text.get("class", "").rsplit("-", 1)[-1]].replace(" ", "")
        texts.setdefault(row, []).append(_run(text.text or "", _column(float(text.get("x", "0"))), style, palette))
    return [_ground(grounds[row], palette) + "".join(texts.get(row, ())) for row in sorted(grounds)]


def _column(x: float) -> int:
    return round(x / _EXPORT_CELL[0])


def _ground(boxes: list[tuple[str, Box]], palette: Palette) -> str:
    """Return the backgrounds of a row; those of one colour that touch become one."""
    return "".join(
        _path([box for _, box in same], palette.name(f"fill:{colour}"))
        for colour, same in groupby(boxes, lambda pair: pair[0])
    )


def _run(text: str, column: int, style: str, palette: Palette) -> str:
    """Return a piece of a row in one style: its shapes, and what is left to be written."""
    shapes = [box for at, sign in enumerate(text, column) for box in boxes_of(sign, at * WIDTH)]
    written = "".join("\N{NO-BREAK SPACE}" if boxes_of(sign, 0) else sign for sign in text)
    blank = len(written) - len(written.lstrip(_BLANKS))
    written = written.strip(_BLANKS)
    fill = re.findall(r"fill:[^;]+", style)[0]
    parts = [_path(list(same), palette.name(fill), look) for look, same in _by_look(shapes)]
    if written:
        x, length = (column + blank) * WIDTH, cell_len(written) * WIDTH
        said = escape(written, quote=False)
        parts.append(f'<text class="{palette.name(style)}" x="{x}" y="18" textLength="{length}">{said}</text>')
    return "".join(parts)


def _by_look(shapes: Sequence[Box]) -> Iterator[tuple[str, Iterator[Box]]]:
    return groupby(sorted(shapes, key=lambda box: box.look), lambda box: box.look)


def boxes_of(sign: str, x: float) -> tuple[Box, ...]:
    """Return the shapes of a block, a shade or a line in the cell at `x`; () for any other sign."""
    if "▁" <= sign <= "█":
        height = (ord(sign) - ord("▁") + 1) * HEIGHT / EIGHTHS
        return (Box(x, HEIGHT - height, WIDTH, height),)
    if "▉" <= sign <= "▏":
        return (Box(x, 0, (ord("▏") - ord(sign) + 1) * WIDTH / EIGHTHS, HEIGHT),)
    if sign in _SHADES:
        return (Box(x, 0, WIDTH, HEIGHT, _SHADES[sign]),)
    if sign in _HALVES:
        left, top, width, height = _HALVES[sign]
        return (Box(x + left, top, width, height),)
    return tuple(Box(x + _ARM_BOXES[arm][0], *_ARM_BOXES[arm][1:], _THIN) for arm in _ARMS.get(sign, ""))


def _path(boxes: Sequence[Box], name: str, look: str = "") -> str:
    """Return boxes of one colour as one path; those side by side become one."""
    drawn = "".join(f"M{x:g} {y:g}h{width:g}v{height:g}h-{width:g}z" for x, y, width, height, _ in _merged(boxes))
    return f'<path class="{name}"{look} d="{drawn}"/>'


def _merged(boxes: Sequence[Box]) -> list[Box]:
    found: list[Box] = []
    for box in boxes:
        last = found[-1] if found else None
        if last and (last.y, last.height) == (box.y, box.height) and last.x + last.width >= box.x:
            found[-1] = last._replace(width=box.x + box.width - last.x)
        else:
            found.append(box)
    return found


def window(rows: Sequence[str], title: str, size: tuple[int, int], ground: str, css: str) -> str:
    """Return a window with a screen in it.

    Args:
        rows: Markup of the whole screen, each row at its place already.
        title: Markup of the bar on top.
        size: Columns and rows of the screen.
        ground: The colour of the window.
        css: More styles.
    """
    width, height = size[0] * WIDTH + 2 * MARGIN, size[1] * HEIGHT + BAR + MARGIN
    lights = "".join(
        f'<circle cx="{24 + 22 * number}" cy="20" r="7" fill="{colour}"/>'
        for number, colour in enumerate(("#ff5f57", "#febc2e", "#28c840"))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="{_FACES}" '
        f'font-size="20"><style>path{{shape-rendering:crispEdges}}text{{white-space:pre}}{css}</style>'
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="9" fill="{ground}" stroke="#80808080"/>'
        f'{lights}{title}<g transform="translate({MARGIN},{BAR})">{"".join(rows)}</g></svg>\n'
    )


def placed(markup: str, row: int, extra: str = "") -> str:
    """Return the markup of a row at its place."""
    return f'<g{extra} transform="translate(0,{row * HEIGHT})">{markup}</g>'


def caption(text: str, columns: int, colour: str, extra: str = "") -> str:
    """Return a line for the bar on top of a window."""
    middle = columns * WIDTH / 2 + MARGIN
    return f'<text{extra} x="{middle:g}" y="26" text-anchor="middle" fill="{colour}">{escape(text)}</text>'
