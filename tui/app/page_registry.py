"""The five pages, and how each is made when it is first shown."""

from importlib import import_module
from typing import Final

from tui.pages.page import Page

PAGES: Final = (
    ("1", "board", "Board"),
    ("2", "review", "Review"),
    ("3", "momentum", "Momentum"),
    ("4", "doors", "Doors"),
    ("5", "goals", "Goals"),
)
"""The key, the name and the title of each page. `tui/pages/board.py` holds `BoardPage`, and so on."""
_WHERE: Final = {"momentum": "tui.pages.momentum.page", "review": "tui.pages.review.page"}


def make_page(name: str) -> Page:
    """Return a new page; its module, and what it needs, is imported only now."""
    kind = getattr(import_module(_WHERE.get(name, f"tui.pages.{name}")), f"{name.title()}Page")
    page: Page = kind()
    return page
