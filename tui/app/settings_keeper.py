"""Settings: applied immediately and kept in config.toml."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from msgspec import structs
from textual.theme import Theme

from data.base.errors import SaveError
from data.base.text import clean_line
from data.files.settings import Settings, write_setting
from tui.app import themes
from tui.app.host import JournalHost


class SettingsKeeper:
    """Asks for settings, and keeps them.

    Args:
        host: The app.
        settings: What the person has set.
        config: The file of the settings; None keeps changes of them for this run only.
        use: Called when they are others.
        problems: Sentences on what is wrong with them.

    Attributes:
        settings: What the person has set by now.
        problems: Those sentences, and more about values that do not exist.
    """

    def __init__(
        self,
        host: JournalHost,
        settings: Settings,
        config: Path | None,
        use: Callable[[], None],
        problems: tuple[str, ...] = (),
    ) -> None:
        self.problems = problems
        if settings.theme not in themes.known_themes():
            self.problems += (f"There is no theme {clean_line(settings.theme)}; {themes.DARK_THEME.name} is used.",)
            settings = structs.replace(settings, theme=themes.DARK_THEME.name)
        self.settings = settings
        self._host = host
        self._config = config
        self._use = use

    def ask(self, available: Mapping[str, Theme]) -> None:
        """Open the dialog."""
        from tui.dialogs.settings import SettingsForm  # noqa: PLC0415 - dialogs are imported when they open

        where = str(self._config) if self._config else ""
        self._host.push_screen(SettingsForm(self.settings, available, where), self.change)

    def ask_theme(self, available: Mapping[str, Theme]) -> None:
        """Open the list of themes, our own ones first."""
        from tui.dialogs.theme_chooser import ThemeChooser  # noqa: PLC0415 - as above

        names = dict.fromkeys((*(theme.name for theme in themes.OWN_THEMES), *available))
        chooser = ThemeChooser(names, self.settings.theme)
        self._host.push_screen(chooser, lambda name: self.change({"theme": name} if name else None))

    def change(self, changed: Mapping[str, object] | None) -> None:
        """Apply changed settings and save them."""
        if not changed:
            return
        self.settings = structs.replace(self.settings, **changed)
        self._use()
        self._host.run_worker(partial(self._write, changed), thread=True, group="settings", exclusive=False)

    def _write(self, changed: Mapping[str, object]) -> None:
        if self._config is None:
            return
        try:
            for name, value in changed.items():
                write_setting(self._config, name, value)
        except SaveError as error:
            self._host.call_later(self._host.complain, error)
        else:
            self._host.call_later(self._host.say, "Settings saved")
