from pathlib import Path

import pytest

from data.errors import SaveError
from data.settings import OPTIONS, Settings, read_settings, write_setting


def written(path: Path, text: str | bytes) -> Path:
    config = path / "config.toml"
    config.write_bytes(text if isinstance(text, bytes) else text.encode())
    return config


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == (Settings(), ())


def test_every_option_is_read_as_it_is_shown(tmp_path: Path) -> None:
    wanted = Settings(theme="nord", week_start=6, review_day=0, half_life=2.5, lookback_weeks=(3,), follow=False)
    for option in OPTIONS:
        write_setting(tmp_path / "deep" / "config.toml", option.name, getattr(wanted, option.name))
    assert read_settings(tmp_path / "deep" / "config.toml") == (wanted, ())
    assert (tmp_path / "deep" / "config.toml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "line",
    [
        "half_life = 0",
        "half_life = true",
        'half_life = "4"',
        "half_life = nan",
        'week_start = "tuesday"',
        "review_day = 9",
        "lookback_weeks = []",
        "lookback_weeks = [0]",
        "lookback_weeks = [true]",
        "lookback_weeks = 4",
        'follow = "yes"',
        "theme = 3",
        'theme = ""',
        "no_such = 1",
        "keys = 3",
        'keys = {"app.add" = 3}',
    ],
)
def test_a_value_that_can_not_be_understood_is_said_with_its_line_and_its_default_used(
    tmp_path: Path, line: str
) -> None:
    settings, problems = read_settings(written(tmp_path, f"# first\n\n{line}\n"))
    assert settings == Settings()
    assert len(problems) == 1
    assert "line 3" in problems[0]


@pytest.mark.parametrize("text", ["half_life = ", b"\xff\xfe", "a" * 10, "[" * 5000])
def test_a_file_that_can_not_be_understood_gives_the_defaults_and_a_sentence(tmp_path: Path, text: str | bytes) -> None:
    settings, problems = read_settings(written(tmp_path, text))
    assert settings == Settings()
    assert len(problems) == 1


def test_keys_are_kept_for_the_bindings_that_they_name(tmp_path: Path) -> None:
    settings, problems = read_settings(written(tmp_path, '[keys]\n"app.add" = "ctrl+n"\n'))
    assert (dict(settings.keys), problems) == ({"app.add": "ctrl+n"}, ())


def test_a_setting_is_never_written_over_a_file_that_can_not_be_understood(tmp_path: Path) -> None:
    config = written(tmp_path, "half_life = = 3")
    with pytest.raises(SaveError):
        write_setting(config, "theme", "nord")
    assert config.read_text() == "half_life = = 3"
