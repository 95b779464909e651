"""Colours that several widgets write with, as Textual's styles name them."""

from typing import Final

MUTED: Final = "$foreground 76%"
"""For what stands beside: the palest whose contrast is 4.5 (WCAG 2.1, text) in both themes, also under a cursor."""
