import os
from collections.abc import Callable
from pathlib import Path

import pytest

from data.base.errors import SaveError
from data.files.settings import OPTIONS, Settings, read_settings, setting_lines, write_setting
from tests.support.growth import per_doubling


def written(path: Path, text: str | bytes) -> Path:
    path.mkdir(exist_ok=True)
    config = path / "config.toml"
    config.write_bytes(text if isinstance(text, bytes) else text.encode())
    return config


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == (Settings(), ())


def test_every_option_is_read_as_it_is_shown(tmp_path: Path) -> None:
    wanted = Settings(
        theme="nord", week_start=6, review_day=0, half_life=2.5, lookback_weeks=(3,), follow=False, most_sorted=9
    )
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
        "most_sorted = 0",
        "most_sorted = true",
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
def test_an_invalid_value_is_named_with_its_line_and_the_default_used(tmp_path: Path, line: str) -> None:
    settings, problems = read_settings(written(tmp_path, f"# first\n\n{line}\n"))
    assert settings == Settings()
    assert len(problems) == 1
    assert "line 3" in problems[0]


@pytest.mark.parametrize("text", ["half_life = ", b"\xff\xfe", "a" * 10, "[" * 5000, "a = " + "[" * 5000])
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


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("half_life = 0.5", "half_life", 0.5),
        ("half_life = 1", "half_life", 1.0),
        ("half_life = 52", "half_life", 52.0),
        ("lookback_weeks = [1]", "lookback_weeks", (1,)),
        ("lookback_weeks = [104, 1, 4, 4]", "lookback_weeks", (1, 4, 104)),
        ("lookback_weeks = [1, 2, 3, 4, 5, 6]", "lookback_weeks", (1, 2, 3, 4, 5, 6)),
        ('week_start = " Sunday "', "week_start", 6),
        ('theme = " nord\\u001b "', "theme", "nord"),
    ],
)
def test_the_last_value_that_may_be_is_taken(tmp_path: Path, line: str, field: str, value: object) -> None:
    settings, problems = read_settings(written(tmp_path, line))
    assert problems == ()
    assert getattr(settings, field) == value


@pytest.mark.parametrize(
    "line",
    [
        "half_life = 0.49",
        "half_life = 52.01",
        "half_life = 52.5",
        "lookback_weeks = [1, 105]",
        "lookback_weeks = [0, 4]",
        "lookback_weeks = [1, 2, 3, 4, 5, 6, 7]",
        'theme = "\\u001b"',
    ],
)
def test_the_first_value_beyond_is_not(tmp_path: Path, line: str) -> None:
    settings, problems = read_settings(written(tmp_path, line))
    assert settings == Settings()
    name = line.partition(" ")[0]
    means = next(option.means for option in OPTIONS if option.name == name)
    assert problems == (f"config.toml line 1: {name} must be {means}; using the default.",)


def test_settings_that_can_not_be_opened_give_the_defaults_and_the_reason(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    settings, problems = read_settings(tmp_path / "config.toml")
    assert settings == Settings()
    assert problems == ("The settings can't be read (Is a directory), so the defaults are used.",)
    with pytest.raises(SaveError, match=r"could not be saved: Is a directory\. It is kept in "):
        write_setting(tmp_path / "config.toml", "theme", "nord")
    assert setting_lines(tmp_path / "config.toml") == {}


def test_a_key_is_found_by_its_line_and_an_empty_one_is_none(tmp_path: Path) -> None:
    config = written(tmp_path, '# é\n[keys]\n"app.add" = "ctrl+n"\n"app.quit" = ""\n')
    settings, problems = read_settings(config)
    assert dict(settings.keys) == {"app.add": "ctrl+n"}
    assert problems == ('config.toml line 4: the key of app.quit must be a string such as "x".',)
    assert setting_lines(config) == {"keys": 2, "app.add": 3, "app.quit": 4}


def test_settings_in_another_encoding_are_not_written_over(tmp_path: Path) -> None:
    config = written(tmp_path, b'theme = "caf\xe9"\n')
    with pytest.raises(SaveError):
        write_setting(config, "theme", "nord")
    assert config.read_bytes() == b'theme = "caf\xe9"\n'
    assert setting_lines(config) == {}


def test_lines_are_counted_from_the_first_even_where_it_is_empty(tmp_path: Path) -> None:
    config = written(tmp_path, "\nno_such = 1\n")
    assert "line 2" in read_settings(config)[1][0]
    assert setting_lines(config) == {"no_such": 2}


@pytest.mark.parametrize("text", ['"red\\u001b[31m" = 1', '[keys]\n"red\\u001b[31m" = 1'], ids=["setting", "key"])
def test_a_name_in_the_file_can_not_colour_the_terminal(tmp_path: Path, text: str) -> None:
    (problem,) = read_settings(written(tmp_path, text))[1]
    assert "red[31m" in problem
    assert problem.isprintable()


def test_a_setting_given_twice_is_said_in_one_sentence(tmp_path: Path) -> None:
    config = written(tmp_path, 'theme = "nord"\ntheme = "nord"\n')
    with pytest.raises(SaveError) as caught:
        write_setting(config, "theme", "nord")
    assert caught.value.message == 'The setting could not be saved: Key "theme" already exists at line 2 col 0.'


def test_a_link_to_the_settings_stays_a_link(tmp_path: Path) -> None:
    """As whoever keeps them in a folder of dotfiles has it."""
    config = written(tmp_path, "# mine\n")
    link = tmp_path / "linked" / "config.toml"
    link.parent.mkdir()
    link.symlink_to(config)
    write_setting(link, "theme", "nord")
    assert link.is_symlink()
    assert config.read_text() == '# mine\ntheme = "nord"\n'


def test_a_pipe_in_place_of_the_settings_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.toml")
    settings, (problem,) = read_settings(tmp_path / "config.toml")
    assert settings == Settings()
    assert problem == "The settings can't be read (not a regular file), so the defaults are used."
    with pytest.raises(SaveError, match="not a regular file"):
        write_setting(tmp_path / "config.toml", "theme", "nord")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("#" * 70_000, "too large"),
        ("a." * 100 + "a = 1", "line 1 has too many dots"),
        ("\n[keys" + ".a" * 100 + "]", "line 2 has too many dots"),
        ("x = " + "1" * 10_000, "can't be parsed"),
    ],
)
def test_what_nobody_writes_is_refused_before_it_is_parsed(tmp_path: Path, text: str, said: str) -> None:
    config = written(tmp_path, text)
    settings, (problem,) = read_settings(config)
    assert settings == Settings()
    assert said in problem
    with pytest.raises(SaveError):
        write_setting(config, "theme", "nord")


def test_a_comment_may_have_as_many_dots_as_it_likes(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, f"  # {'.' * 100}\ntheme = 'nord'\n"))[0].theme == "nord"


def test_a_long_name_is_said_in_short_and_so_are_many(tmp_path: Path) -> None:
    problems = read_settings(written(tmp_path, "\n".join(f"{'n' * 300}{number} = 1" for number in range(30))))[1]
    assert len(problems) == 11
    assert problems[0] == f"config.toml line 1: no setting is named {'n' * 59}…."
    assert problems[-1] == "config.toml has 20 more problems."


def test_a_name_in_quotes_is_found_by_its_line(tmp_path: Path) -> None:
    config = written(tmp_path, '[keys]\n"a\\u0062c" = 1\n\'d.e\' = 2\n  [ "f" ]\ng.h = 3\n"open\n')
    assert setting_lines(config) == {"keys": 1, "abc": 2, "d.e": 3, "f": 4, "g": 5}


SETTINGS_FILES: dict[str, Callable[[int], str]] = {
    "settings that do not exist": lambda size: "\n".join(f"n{number} = 1" for number in range(size // 9)),
    "keys of nothing": lambda size: "[keys]\n" + "\n".join(f'"k{number}" = 1' for number in range(size // 11)),
    "one long name": lambda size: f"{'n' * size} = 1",
    "one long key": lambda size: f'[keys]\n"{"k" * size}" = 1',
    "spaces": lambda size: f"{' ' * size}x = 1",
    "a long text": lambda size: f'theme = "{"x" * size}"',
    "accents": lambda size: 'theme = "a' + "\u0301\u0323" * (size // 4) + '"',
    "quotes": lambda size: f"{chr(34) * 3 + chr(34) * size}",
    "dots": lambda size: "\n".join([f"a{number}{'.a' * 49} = 1" for number in range(size // 108)]),
    "brackets": lambda size: "[" * size,
}


@pytest.mark.parametrize("name", SETTINGS_FILES)
def test_twice_the_settings_take_no_more_than_two_and_a_half_times_as_long(tmp_path: Path, name: str) -> None:
    make = SETTINGS_FILES[name]
    small, large = (written(tmp_path / str(size), make(size)) for size in (15_000, 60_000))

    def read(config: Path) -> None:
        read_settings(config)
        setting_lines(config)

    assert per_doubling(lambda: read(small), lambda: read(large)) <= 2.5
