"""What a dialog is: a screen above a page that gives an answer, in styles that all of them share."""

from pathlib import Path
from typing import ClassVar, Final, TypeVar

from textual.screen import ModalScreen

DIALOG_STYLES: Final = Path(__file__).parent / "dialogs.tcss"
"""Read behind the first frame, so that neither that nor the first dialog waits for it."""
DialogResult = TypeVar("DialogResult")


class Dialog(ModalScreen[DialogResult]):
    """Asks for one thing and returns it; it saves nothing."""

    CSS_PATH: ClassVar = [DIALOG_STYLES]
