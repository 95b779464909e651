"""The bar above every page: a menu of everything, where you are, where you can go, and the headline figure."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

_GAP: Final = 3
_MENU_SIGN: Final = "≡"


class Tab(Struct, frozen=True):
    """One page in the bar: its key and name, its id, and how much waits there (0 shows nothing)."""

    key: str
    name: str
    page: str
    waiting: int = 0

    @property
    def label(self) -> str:
        """The tab as it is drawn."""
        return f"{self.key} {self.name}{f' ·{self.waiting}' if self.waiting else ''}"


class TopBar(Widget):
    """Tabs on the left for keys and mouse, the headline on the right while there is room.

    Attributes:
        tabs: The pages.
        page: The id of the page that is open.
        headline: The momentum of the last complete week in words, and before it what week it is.
        notice: What is wrong, such as changes that are not saved; it takes the headline's place.
    """

    COMPONENT_CLASSES = {  # noqa: RUF012 - Textual declares it as a ClassVar
        "topbar--name",
        "topbar--tab",
        "topbar--here",
        "topbar--headline",
        "topbar--notice",
    }
    DEFAULT_CSS = """
    TopBar {
        height: 2;
        dock: top;
        padding: 0 1;
        border-bottom: solid $panel;
        .topbar--name { color: $accent; text-style: bold; }
        .topbar--tab { color: $text-muted; }
        .topbar--here { color: $foreground; text-style: bold underline; }
        .topbar--headline { color: $text-muted; }
        .topbar--notice { color: $error; text-style: bold; }
    }
    """
    ALLOW_SELECT = False

    tabs: reactive[tuple[Tab, ...]] = reactive((), layout=False)
    page: reactive[str] = reactive("")
    headline: reactive[str] = reactive("")
    notice: reactive[str] = reactive("")

    def __init__(self, page: str = "") -> None:
        super().__init__()
        self.set_reactive(TopBar.page, page)
        self._under: str | None = None

    class PageChosen(Message):
        """A tab was clicked.

        Attributes:
            page: The id of its page.
        """

        def __init__(self, page: str) -> None:
            super().__init__()
            self.page = page

    def render(self) -> Content:
        """Draw the name, the tabs and the headline, leaving out what there is no room for."""
        width = self.content_size.width
        left = self._tabs_drawn()
        right = self._right(width - left.cell_length - _GAP)
        fill = " " * max(0, width - left.cell_length - right.cell_length)
        return Content.assemble(left, fill, right)

    def _tabs_width(self) -> int:
        return sum(cell_len(tab.label) + _GAP for tab in self.tabs) - _GAP

    def _logo(self) -> str:
        """Return the name where there is room for it beside the tabs, else the sign of a menu, with what follows it."""
        whole = "smallwins".ljust(len("smallwins") + _GAP + 1)
        return whole if len(whole) + self._tabs_width() <= self.content_size.width else f"{_MENU_SIGN} "

    def _places(self) -> Iterator[tuple[int, str, str]]:
        """Yield the column where each part begins, its text, and the page it leads to: "" for the logo, the menu."""
        logo = self._logo()
        yield 0, logo.rstrip(), ""
        start, gap = len(logo), self._gap(len(logo))
        for tab in self.tabs:
            yield start, tab.label, tab.page
            start += cell_len(tab.label) + gap

    def _tabs_drawn(self) -> Content:
        parts: list[str | tuple[str, Style]] = []
        end = 0
        for start, text, page in self._places():
            style = self._style("name" if not page else "here" if page == self.page else "tab")
            lit = style + Style(underline=True) if page == self._under else style
            parts += [" " * (start - end), (text, lit)]
            end = start + cell_len(text)
        return Content.assemble(*parts)

    def _gap(self, start: int) -> int:
        """Return the columns between two tabs: fewer in a narrow terminal, and never none."""
        spare = self.content_size.width - start - self._tabs_width() + _GAP * (len(self.tabs) - 1)
        return max(1, min(_GAP, spare // max(1, len(self.tabs) - 1)))

    def _right(self, room: int) -> Content:
        text, style = (self.notice, "notice") if self.notice else (self.headline, "headline")
        parts = text.split("    ")  # the last one counts most
        for shorter in ("    ".join(parts[start:]) for start in range(len(parts))):
            if cell_len(shorter) <= room:
                return Content.styled(shorter, self._style(style))
        return Content("!" if self.notice and room > 0 else "")

    def _style(self, name: str) -> Style:
        return self.get_visual_style(f"topbar--{name}")

    def _page_at(self, event: events.MouseEvent) -> str | None:
        """Return the page of the part under the mouse: "" for the menu, None beside them all."""
        at = event.x - self.gutter.left
        return next((page for start, text, page in self._places() if start <= at < start + cell_len(text)), None)

    async def on_click(self, event: events.Click) -> None:
        """Choose the tab under the mouse, or open the menu of everything."""
        event.stop()
        page = self._page_at(event)
        if page:
            self.post_message(self.PageChosen(page))
        elif page is not None:
            await self.run_action("app.command_palette")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Underline what a click would choose."""
        self._light(self._page_at(event))

    def on_leave(self, _event: events.Leave) -> None:
        """Underline nothing."""
        self._light(None)

    def _light(self, page: str | None) -> None:
        if page != self._under:
            self._under = page
            self.refresh()
