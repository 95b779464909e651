"""The settings, to look at and to change."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Select

from data.files.settings import OPTIONS, WEEKDAY_VALUES, Option, Settings
from tui.dialogs.dialog import Dialog
from widgets.bars.hints import Hints
from widgets.base.text_input import TextInput

_CHOICES: Final[Mapping[str, tuple[tuple[str, object], ...]]] = {
    "week_start": (("Monday", "monday"), ("Sunday", "sunday")),
    "review_day": tuple((day.title(), day) for day in WEEKDAY_VALUES),
    "follow": (("yes, go with it", True), ("no, stay to sort the next one", False)),
}


class SettingsForm(Dialog[Mapping[str, object] | None]):
    """Returns the settings that were changed, by name and as `Settings` has them, or None when it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="settings.save", priority=True, tooltip="Save the settings"),
        Binding("escape", "leave", "leave", id="settings.leave", tooltip="Leave them as they are"),
    ]

    def __init__(self, settings: Settings, themes: Iterable[str], where: str) -> None:
        super().__init__()
        self._settings = settings
        self._themes = tuple((name, name) for name in themes)
        self._where = where

    def compose(self) -> ComposeResult:
        """Yield one line a setting."""
        with VerticalScroll(classes="dialog form settings"):
            yield Label("Settings", classes="dialog--title")
            with Grid(classes="settings--fields"):
                for option in OPTIONS:
                    yield Label(option.words)
                    yield self._field(option)
            yield Label(id="problem", classes="form--problem", markup=False)
            yield Label(Content(f"Kept in {self._where}, which also gives other keys."), classes="form--aside")
            yield Hints(("ctrl+s", "ctrl+s save"), ("escape", "esc leave"))

    def _field(self, option: Option) -> Widget:
        value = option.show(getattr(self._settings, option.name))
        choices = self._themes if option.name == "theme" else _CHOICES.get(option.name)
        if choices is not None:
            return Select(choices, value=value, allow_blank=False, id=option.name, compact=True)
        shown = ", ".join(map(str, value)) if isinstance(value, list) else f"{value:g}"
        return TextInput(shown, id=option.name, compact=True)

    def on_mount(self) -> None:
        """Nothing is wrong yet."""
        self.query_one("#problem", Label).display = False

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Return what was changed, or say what can't be understood."""
        changed: dict[str, object] = {}
        for option in OPTIONS:
            try:
                value = option.read(self._raw(option))
            except ValueError:
                self._say(f"{option.words}: {option.means}.")
                return
            if value != getattr(self._settings, option.name):
                changed[option.name] = value
        self.dismiss(changed)

    def _raw(self, option: Option) -> object:
        field = self.query_one(f"#{option.name}")
        if isinstance(field, Select):
            return field.value
        typed = self.query_one(f"#{option.name}", Input).value
        return [int(part) for part in typed.split(",")] if option.name == "lookback_weeks" else _number(typed)

    def _say(self, problem: str) -> None:
        label = self.query_one("#problem", Label)
        label.update(problem)
        label.display = True

    def action_leave(self) -> None:
        """Leave them as they are."""
        self.dismiss(None)


def _number(typed: str) -> int | float:
    number = float(typed)
    return int(number) if number.is_integer() else number
