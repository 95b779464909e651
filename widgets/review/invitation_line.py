"""The line that invites to the review on its day."""

from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class InvitationLine(Widget):
    """What waits and how long it takes; a click begins. Without an invitation the line takes no room.

    Attributes:
        invitation: The line, or "".
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"invitationline--words", "invitationline--key"}
    DEFAULT_CSS = """
    InvitationLine {
        height: 1;
        padding: 0 1;
        display: none;
        .invitationline--words { color: $foreground; text-style: bold; }
        .invitationline--key { color: $accent; }
    }
    """
    ALLOW_SELECT = False

    invitation: reactive[str] = reactive("", init=False)

    def watch_invitation(self, invitation: str) -> None:
        """Show the line while there is something to say."""
        self.display = bool(invitation)

    def render(self) -> Content:
        """Draw the line."""
        begin = " 2 begins."
        room = self.content_size.width - len(begin)
        words = Content(self.invitation if cell_len(self.invitation) <= room else _short(self.invitation))
        words = words.stylize(str(self.get_visual_style("invitationline--words")))
        key = str(self.get_visual_style("invitationline--key"))
        return Content.assemble(words.truncate(room, ellipsis=True), (begin, key))

    async def on_click(self) -> None:
        """Begin by mouse."""
        await self.run_action("app.go('review')")


def _short(invitation: str) -> str:
    """Return the day and the minutes alone."""
    day, _, rest = invitation.partition(": ")
    about = rest.rsplit(". ", 1)[-1]
    return f"{day}: {about[:1].lower()}{about[1:]}"
