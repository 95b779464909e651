"""A hand on the mouse: the events a terminal sends, at cells of the screen, with the button held while it moves."""

from textual import events
from textual.pilot import Pilot

LEFT = 1
RIGHT = 3
NONE = 0


class Mouse:
    """Sends mouse events as the driver does, clicks included; Pilot's own hover holds no button."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self._pilot = pilot

    async def press(self, x: int, y: int, button: int = LEFT, *, ctrl: bool = False) -> None:
        """Press a button."""
        await self._send(events.MouseDown, x, y, button, ctrl=ctrl)

    async def pull(self, *cells: tuple[int, int], button: int = LEFT) -> None:
        """Move from cell to cell with a button held; none of them is 0."""
        for x, y in cells:
            await self._send(events.MouseMove, x, y, button)

    async def release(self, x: int, y: int, button: int = LEFT) -> None:
        """Let a button go."""
        await self._send(events.MouseUp, x, y, button)

    async def click(self, x: int, y: int) -> None:
        """Press and release."""
        await self.press(x, y)
        await self.release(x, y)

    async def wheel(self, x: int, y: int) -> None:
        """Turn the wheel down by one notch."""
        await self._send(events.MouseScrollDown, x, y, NONE)

    async def drag(self, start: tuple[int, int], end: tuple[int, int], *, release: bool = True) -> None:
        """Press at one cell, pull to another half way and then all the way, and let go there."""
        await self.press(*start)
        await self.pull(((start[0] + end[0]) // 2, (start[1] + end[1]) // 2), end)
        if release:
            await self.release(*end)

    async def _send(self, kind: type[events.MouseEvent], x: int, y: int, button: int, *, ctrl: bool = False) -> None:
        event = kind(None, x, y, 0, 0, button, shift=False, meta=False, ctrl=ctrl, screen_x=x, screen_y=y)
        self._pilot.app.post_message(event)
        await self._pilot.pause()
