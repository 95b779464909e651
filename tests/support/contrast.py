"""How well what is drawn can be told from what it is drawn on, as WCAG 2.1 measures it."""

from typing import Final

from rich.color import Color
from textual.app import App
from textual.geometry import Region

READABLE: Final = 3.0
"""What WCAG asks of large text and of signs."""
_LETTERS: Final = 4.5
"""What it asks of other text."""
_SILENT: Final = " ─▁▂▃▄▅▆▇█"
"""What parts two things and says nothing, and the areas of charts, whose bands stand on each other."""


def _luminance(color: Color) -> float:
    """Return the relative luminance, 0 to 1, by the formula of WCAG 2.1."""
    parts = [part / 255 for part in color.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: Color, ground: Color) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted((_luminance(ink), _luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


def faint_texts(app: App[None], region: Region) -> dict[str, float]:
    """Return the texts in a part of the screen that can hardly be read, with their contrast."""
    found: dict[str, float] = {}
    for strip in app.screen._compositor.render_strips()[region.y : region.bottom]:
        for text, style, _ in strip.crop(region.x, region.right):
            if text.strip(_SILENT) and style is not None and style.color is not None and style.bgcolor is not None:
                ratio = contrast(style.color, style.bgcolor)
                if ratio < (_LETTERS if any(map(str.isalpha, text)) else READABLE):
                    found[text.strip()] = round(ratio, 1)
    return found
