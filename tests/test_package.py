"""The package as it is installed: from this folder while it is worked on, from the wheel in `.ci/wheel`."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlparse

import pytest

import data
import tui
import widgets

CHANGELOG = Path(__file__).parent.parent / "CHANGELOG.md"
INSTALLED = distribution("smallwins")


def home() -> Path:
    """Return the folder that was installed: one that is worked on, or else that of all packages."""
    origin = json.loads(INSTALLED.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        return Path(unquote(urlparse(origin["url"]).path)).resolve()
    return Path(str(INSTALLED.locate_file(""))).resolve()


@pytest.mark.parametrize("package", [data, tui, widgets], ids=lambda package: package.__name__)
def test_what_is_tested_is_what_is_installed(package: ModuleType) -> None:
    assert package.__file__
    assert Path(package.__file__).resolve().parents[1] == home()


@pytest.mark.parametrize("package", [data, tui, widgets], ids=lambda package: package.__name__)
def test_a_type_checker_is_told_that_there_are_types(package: ModuleType) -> None:
    assert package.__file__
    assert Path(package.__file__).with_name("py.typed").exists()


@pytest.mark.terminal
def test_the_command_says_the_version_that_is_installed() -> None:
    command = Path(sysconfig.get_path("scripts")) / "smallwins"
    done = subprocess.run([command, "--version"], check=True, capture_output=True, encoding="utf-8")  # noqa: S603 - ours
    assert done.stdout == f"smallwins {INSTALLED.version}\n"


def test_the_changelog_begins_with_this_version() -> None:
    newest = re.search(r"^## (\S+)", CHANGELOG.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert newest
    assert newest[1] == INSTALLED.version


@pytest.mark.terminal
@pytest.mark.parametrize("other", ["data/__init__.py", "data.py"])
def test_another_package_of_that_name_is_named_with_the_way_out(tmp_path: Path, other: str) -> None:
    (tmp_path / other).parent.mkdir(exist_ok=True)
    (tmp_path / other).write_text("")
    command = [str(Path(sysconfig.get_path("scripts")) / "smallwins"), "--file", str(tmp_path / "wins.json")]
    done = subprocess.run(  # noqa: S603 - ours
        command, check=False, capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(tmp_path)}
    )
    assert done.returncode == 1
    assert str(tmp_path / other.removesuffix("/__init__.py")) in done.stderr
    assert "env -u PYTHONPATH smallwins" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("record", "said"),
    [("data/__init__.py,,\n", "other-data was installed over it"), ("", "parts of it are missing")],
    ids=["there", "uninstalled"],
)
def test_another_package_installed_over_it_is_named_with_the_way_out(tmp_path: Path, record: str, said: str) -> None:
    for package in ("data", "tui"):
        shutil.copytree(home() / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "data/__init__.py").write_text("")
    about = tmp_path / "other_data-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: other-data\nVersion: 1\n")
    (about / "RECORD").write_text(record)
    start = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from tui.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", start], check=False, capture_output=True, encoding="utf-8")  # noqa: S603 - ours
    assert done.returncode == 1
    assert said in done.stderr
    assert "`uv tool install`" in done.stderr
    assert "Traceback" not in done.stderr
