"""The settings, to look at and to change."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, OptionList, Select

from data.base.formatting import WEEKDAY_NAMES
from data.base.text import clean_line
from data.files.settings import OPTIONS, Option, Settings
from tui.dialogs.dialog import Dialog, DialogButtons
from widgets.base.text_input import TextInput

_CHOICES: Final[Mapping[str, tuple[tuple[str, object], ...]]] = {
    "week_start": (("Monday", "monday"), ("Sunday", "sunday")),
    "review_day": tuple((day, day.lower()) for day in WEEKDAY_NAMES),
    "challenge": (("asks for its door", True), ("asks nothing", False)),
    "follow": (("stays where it is", False), ("follows the card", True)),
}
_YES_OR_NO: Final = (("yes", True), ("no", False))


class SettingsForm(Dialog[Mapping[str, object] | None]):
    """Returns the changed settings, by name and as `Settings` has them, or None.

    Attributes:
        previews_theme: Whether the app's theme is only tried on while this is open.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="settings.save", priority=True, tooltip="Save the settings"),
        Binding("escape", "leave", "cancel", id="settings.leave", tooltip="Cancel"),
    ]
    previews_theme = True

    def __init__(self, settings: Settings, themes: Iterable[str], where: str) -> None:
        """Make the dialog.

        Args:
            settings: The settings in force.
            themes: The names of the themes there are.
            where: The path of the file they are saved in, or "".
        """
        super().__init__()
        self._settings = settings
        self._themes = tuple((name, name) for name in themes)
        self._where = where

    def compose(self) -> ComposeResult:
        """Yield one line per setting."""
        with VerticalScroll(classes="dialog form settings", can_focus=False):
            yield Label("Settings", classes="dialog--title")
            for option in OPTIONS:
                yield from self._row(option)
            yield Label(id="problem", classes="form--problem", markup=False)
            kept = (
                f"Saved in {clean_line(self._where)}. Change keys there." if self._where else "Kept for this run only."
            )
            yield Label(Content(kept), classes="form--aside")
            yield DialogButtons(("Save (ctrl+s)", "save"), ("Cancel (esc)", "leave"))

    def _row(self, option: Option) -> Iterator[Widget]:
        with Horizontal(classes="settings--row") as row:
            yield Label(option.words, classes="settings--name")
            yield self._field(option)
            if option.unit:
                yield Label(option.unit, classes="settings--unit")
        row.set_class(bool(option.unit), "-unit")

    def _field(self, option: Option) -> Widget:
        value = option.show(getattr(self._settings, option.name))
        choices = self._choices(option, value)
        if choices:
            return Select(choices, value=value, allow_blank=False, id=option.name, compact=True)
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        words = f"{shown:g}" if isinstance(shown, float) else str(shown)
        return TextInput(words, placeholder=option.means, id=option.name, compact=True)

    def _choices(self, option: Option, value: object) -> tuple[tuple[str, object], ...]:
        if option.name == "theme":
            return self._themes
        return _CHOICES.get(option.name, _YES_OR_NO if isinstance(value, bool) else ())

    def on_mount(self) -> None:
        """Begin at the first setting; nothing is wrong yet."""
        self.query_one("#problem", Label).display = False
        self.query_one(f"#{OPTIONS[0].name}").focus()
        theme = self.query_one("#theme", Select)
        self.watch(theme.query_one(OptionList), "highlighted", self._preview, init=False)
        self.watch(theme, "expanded", self._end_preview, init=False)

    def _preview(self, line: int | None) -> None:
        """Try on the theme that is looked at."""
        theme = self.query_one("#theme", Select)
        if theme.expanded and line is not None:
            self._try_on(self._themes[line][0])

    def _end_preview(self, expanded: bool) -> None:  # noqa: FBT001 - as a watcher is handed it
        if not expanded:
            self._try_on(str(self.query_one("#theme", Select).value))

    @on(Select.Changed, "#theme")
    def _theme_chosen(self, event: Select.Changed) -> None:
        self._try_on(str(event.value))

    def _try_on(self, theme: str) -> None:
        if theme in self.app.available_themes:
            self.app.theme = theme

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Return what was changed, or say what can't be read."""
        changed: dict[str, object] = {}
        for option in OPTIONS:
            try:
                value = option.read(self._raw(option))
            except ValueError:
                self._say(f"{option.words}: {option.means}.")
                self.query_one(f"#{option.name}").focus()
                return
            if value != getattr(self._settings, option.name):
                changed[option.name] = value
        self._end_preview(expanded=False)
        self.dismiss(changed)

    def _raw(self, option: Option) -> object:
        """Return a setting as the file would say it.

        Raises:
            ValueError: It should be a number, and isn't.
        """
        field = self.query_one(f"#{option.name}")
        if isinstance(field, Select):
            return field.value
        typed = self.query_one(f"#{option.name}", TextInput).value
        before = option.show(getattr(self._settings, option.name))
        if isinstance(before, list):
            return [int(part) for part in typed.split(",")]
        return typed if isinstance(before, str) else _number(typed)

    def _say(self, problem: str) -> None:
        label = self.query_one("#problem", Label)
        label.update(problem)
        label.display = True

    def action_leave(self) -> None:
        """Close it; the theme is the one there was."""
        self._try_on(self._settings.theme)
        self.dismiss(None)


def _number(typed: str) -> int | float:
    number = float(typed)
    return int(number) if number.is_integer() else number
