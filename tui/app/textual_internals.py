"""The private names of Textual that the app relies on, and what a person would miss without each.

- `MessagePump._dispatch_message`: a widget whose handler raises hears nothing any more, and the app ends; with it the
  widget goes on with its next message. There is no public place around a handler.
- `App._handle_exception`: what raises in a callback, a timer, a worker or while a widget is composed ends the app with
  a traceback that shows values, which are somebody's diary.
- `_xterm_parser.XTermParser`: the table of all that terminals send for keys and mice, without a second one of our own.
- `OptionList._on_click`: a click on a list of the palette, of a search, of the trash fails when its line has just gone.
- `Screen._compositor_refresh`, `App._batch_count`: Textual draws all of the first page before it may be shown, throws
  it away, and draws it again; that is a twentieth of the time to the first frame.
- `_styles_cache.StylesCache`: it keeps all that the last 1,024 widgets have drawn, gone ones too: 20 MB after a day.
- `App._exception`: how a test learns of an error that the person was only told of.
"""

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import lru_cache
from typing import Any

from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.color import Color
from textual.css.query import NoMatches
from textual.events import Click, Event, MouseDown
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.style import Style
from textual.widgets import OptionList
from textual.worker import WorkerFailed, get_current_worker


def new_parser() -> XTermParser:
    """Return a parser of what a terminal sends; nothing of a sequence that was not understood is left in it."""
    return XTermParser()


class NetUnderneath(App[None]):
    """An app that nothing which raises in it ends: each error comes to `catch`, and what raised goes on."""

    def catch(self, error: Exception) -> None:
        """Take note of an error."""
        raise NotImplementedError

    def clear_selection(self) -> None:
        """Forget which text is marked, once there is a screen to mark it on.

        From Python 3.12 on the fields of the first page are made, and ask for this, before the page is on the stack;
        Textual 8.2 then ends the app (its issue 6444).
        """
        if self.screen_stack:
            super().clear_selection()

    async def on_event(self, event: Event) -> None:
        """Hand an event on, unless it is a press on a widget that is just going, such as a message that expires.

        It is drawn still but has no parent any more, of which Textual 8.2 asks where it is.
        """
        if not (isinstance(event, MouseDown) and self._is_going(event)):
            await super().on_event(event)

    def _is_going(self, press: MouseDown) -> bool:
        if not self.screen_stack:
            return True
        under, _ = self.screen.get_widget_and_offset_at(press.x, press.y)
        return under is not None and under.parent is None and not isinstance(under, Screen)

    def _handle_exception(self, error: Exception) -> None:
        if _is_too_late(error):
            return
        if self.is_headless and self._exception is None:
            self._exception = error  # a test under way fails with it
        self.catch(error)


def _is_too_late(error: Exception) -> bool:
    """Return whether a worker looked for a part of its screen when the screen had just gone.

    Textual 8.2 takes a screen's parts away before it cancels its workers: the palette's, which still gathers commands,
    fails then.
    """
    return (
        isinstance(error, WorkerFailed)
        and isinstance(error.error, NoMatches)
        and not get_current_worker().node.is_running
    )


_Backgrounds = tuple[Style, Style]
_Dispatch = Callable[[MessagePump, Message], Awaitable[None]]


def _surviving(dispatch: _Dispatch) -> _Dispatch:
    """Return the dispatch of messages that hands what is raised to the net, if the app has one."""

    async def dispatch_and_survive(pump: MessagePump, message: Message) -> None:
        try:
            await dispatch(pump, message)
        except Exception as error:
            app = pump.app
            if not isinstance(app, NetUnderneath):
                raise
            app._handle_exception(error)  # noqa: SLF001 - see above

    return dispatch_and_survive


MessagePump._dispatch_message = _surviving(MessagePump._dispatch_message)  # type: ignore[method-assign, assignment]  # noqa: SLF001 - see above


def _once_drawn(action: Callable[[OptionList], None]) -> Callable[[OptionList], None]:
    """Return an action of a list that does nothing while the list has no lines yet.

    Textual 8.2 looks up where the highlight is drawn, and fails in a list that was just opened or has no room.
    """

    def act(options: OptionList) -> None:
        with suppress(KeyError):
            action(options)

    return act


def _on_a_line_that_is_there(
    clicked: Callable[[OptionList, Click], Coroutine[Any, Any, None]],
) -> Callable[[OptionList, Click], Coroutine[Any, Any, None]]:
    """Return the handler of a click on a list that does nothing where its line went between press and click."""

    async def on_click(options: OptionList, event: Click) -> None:
        line = event.style.meta.get("option")
        if line is None or line < options.option_count:
            await clicked(options, event)

    return on_click


# Public names, mended for all lists at once: those of the palette and of a `Select` are made by Textual itself.
OptionList.action_page_up = _once_drawn(OptionList.action_page_up)  # type: ignore[method-assign]
OptionList.action_page_down = _once_drawn(OptionList.action_page_down)  # type: ignore[method-assign]
OptionList._on_click = _on_a_line_that_is_there(OptionList._on_click)  # type: ignore[method-assign, assignment]  # noqa: SLF001 - see above


def _for_somebody(draw: Callable[[Screen[Any]], None]) -> Callable[[Screen[Any]], None]:
    """Return the drawing of a screen that waits while nothing is shown, and for the next time that something is."""

    def draw_what_is_shown(screen: Screen[Any]) -> None:
        if not screen.app._batch_count:  # noqa: SLF001 - see above
            draw(screen)

    return draw_what_is_shown


Screen._compositor_refresh = _for_somebody(Screen._compositor_refresh)  # type: ignore[method-assign, assignment]  # noqa: SLF001 - see above


def _known_by_colors(find: Callable[[object, Color, Color], _Backgrounds]) -> Callable[..., _Backgrounds]:
    """Return the search for backgrounds that remembers them by their colours, and not by what asked for them."""

    @lru_cache(1024)
    def found(base: Color, background: Color) -> _Backgrounds:
        return find(None, base, background)

    return lambda _, base, background: found(base, background)


if hasattr(StylesCache.get_inner_outer, "cache_info"):
    StylesCache.get_inner_outer = _known_by_colors(StylesCache.get_inner_outer.__wrapped__)  # type: ignore[method-assign, assignment]
