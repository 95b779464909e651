"""What a dialog is: a screen above a page that gives one answer, in styles and with parts that all of them share."""

from pathlib import Path
from typing import ClassVar, Final, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, OptionList

DIALOG_STYLES: Final = Path(__file__).parent / "dialogs.tcss"
"""Read behind the first frame, so that neither that nor the first dialog waits for it."""
DialogResult = TypeVar("DialogResult")


class Dialog(ModalScreen[DialogResult]):
    """Asks for one thing and returns it; it saves nothing.

    Its answer counts once: a second key, or one meant for a dialog that is just going, does nothing.
    """

    CSS_PATH: ClassVar = [DIALOG_STYLES]
    _late: tuple[DialogResult | None] | None = None

    @property
    def is_on_top(self) -> bool:
        """Whether no other screen is above this one."""
        return self.app.screen_stack[-1] is self

    def dismiss(self, result: DialogResult | None = None) -> AwaitComplete:
        """Return the answer; below another screen, as soon as that one is gone."""
        if self.is_on_top:
            return super().dismiss(result)
        if self._late is None and self in self.app.screen_stack:
            self._late = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        """Return the answer that was given meanwhile."""
        if self._late is not None:
            self.dismiss(*self._late)


class DialogButtons(Horizontal):
    """The row of buttons at the foot of a dialog, each with the key that does the same.

    Args:
        buttons: The words of each, and the action of the dialog that it runs.
    """

    def __init__(self, *buttons: tuple[str, str]) -> None:
        super().__init__(classes="dialog--buttons")
        self._buttons = {
            action: Button(Content(words), action=f"screen.{action}", compact=True) for words, action in buttons
        }

    def compose(self) -> ComposeResult:
        """Yield the buttons."""
        yield from self._buttons.values()

    def offer(self, action: str, *, offered: bool) -> None:
        """Show a button, or leave it out where it would do nothing."""
        self._buttons[action].display = offered


class ChoiceList(OptionList):
    """A list of lines to choose from; it may be empty.

    Textual's own looks up the place of a line that it has not drawn yet, and fails, when a page key comes early.
    """

    def __init__(self) -> None:
        super().__init__(compact=True, markup=False)

    def action_page_up(self) -> None:
        """Go up as many lines as there are on the screen."""
        self.move_highlight(-self._page)

    def action_page_down(self) -> None:
        """Go down as many lines as there are on the screen."""
        self.move_highlight(self._page)

    def move_highlight(self, lines: int) -> None:
        """Move the highlight, as far as there are lines."""
        if self.option_count:
            self.highlighted = max(0, min(self.option_count - 1, (self.highlighted or 0) + lines))

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height - 1)
