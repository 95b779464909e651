"""The command line as the operating system sees it: real processes, exit codes, pipes and signals."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.terminal import SMALLWINS, Terminal

pytestmark = pytest.mark.terminal


def run(*words: str, path: Path, env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    """Run `smallwins` in a process of its own."""
    return subprocess.run(  # noqa: S603 - our own program
        [*SMALLWINS, "--file", str(path), *words],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        env=env,
    )


def run_line(line: str, path: Path) -> "subprocess.CompletedProcess[str]":
    """Run a line of the shell, in which `$smallwins` is our own program on a journal."""
    return subprocess.run(  # noqa: S602 - the shell's own pipes and redirections are what is tested
        line.replace("$smallwins", f'"{sys.executable}" -m tui --file "$JOURNAL"'),
        shell=True,
        executable="/bin/bash",
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"JOURNAL": str(path)},
        timeout=30,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wins.json"


def test_add_never_imports_the_screen(path: Path) -> None:
    script = (
        "import sys\n"
        "before = set(sys.modules)\n"  # what counts the coverage of this very program is there already
        "from tui.cli.main import cli\n"
        "try:\n    cli.main(['--file', sys.argv[1], 'add', 'First'])\n"
        "finally:\n"
        "    print([name for name in sys.modules if name.startswith('data.sync')],\n"
        "          sorted({name.partition('.')[0] for name in {*sys.modules} - before}))\n"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", script, str(path)], check=True, capture_output=True, encoding="utf-8", timeout=30
    )
    assert path.exists()
    loaded = done.stdout.splitlines()[-1]
    assert "'tinydb'" in loaded
    assert loaded.startswith("[] ")
    for name in ("textual", "rich", "plotext", "asyncio", "statistics", "rapidfuzz", "wcwidth", "pyrage", "socket"):
        assert f"'{name}'" not in loaded


def test_exit_codes_are_as_promised(path: Path) -> None:
    assert run("add", "First", path=path).returncode == 0
    assert run("show", "beef", path=path).returncode == 1
    assert run("add", path=path).returncode == 2
    assert run("--version", path=path).stdout.startswith("smallwins 0.")


def test_a_damaged_journal_is_one_sentence_and_stays_as_it_is(path: Path) -> None:
    path.write_text('{"wins": ')
    done = run("list", path=path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("smallwins: ")
    assert path.read_text() == '{"wins": '


def test_a_reader_who_leaves_early_hears_no_complaint(path: Path) -> None:
    run("add", "First", path=path)
    done = run_line("$smallwins stats --json | true; echo ${PIPESTATUS[0]}", path)
    assert done.stderr == ""
    assert done.stdout.strip() in ("0", "1")


@pytest.mark.parametrize(
    ("words", "closing", "code"),
    [
        ("list", ">&-", 0),
        ("list", "<&-", 0),
        ("list", "2>&-", 0),
        ("list", ">/dev/full", 1),
        ("list", "2>/dev/full", 0),
        ("add Second", "2>/dev/full", 0),
        ("nope", "2>/dev/full", 2),
        ("nope", ">&- 2>&-", 2),
    ],
)
def test_a_closed_or_full_stream_is_no_reason_for_a_traceback(path: Path, words: str, closing: str, code: int) -> None:
    run("add", "First", path=path)
    done = run_line(f"$smallwins {words} {closing}", path)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert ("Could not write the output" in done.stderr) == (code == 1)
    assert done.returncode == code


@pytest.mark.parametrize(("sink", "said"), [(">/dev/full", "Saved. Could not write the output"), ("| true", "")])
def test_what_is_saved_is_saved_whether_or_not_anybody_can_be_told(path: Path, sink: str, said: str) -> None:
    done = run_line(f"{{ $smallwins add First; echo code $? >&2; }} {sink}", path)
    assert said in done.stderr
    assert done.stderr.endswith("code 0\n")
    assert "First" in run("list", path=path).stdout


def test_a_foreign_package_of_the_name_of_ours_is_named_with_the_fix(path: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "__init__.py").touch()
    smallwins = Path(sys.executable).with_name("smallwins")
    done = subprocess.run(  # noqa: S603 - our own program
        [smallwins, "list"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(tmp_path), "SMALLWINS_FILE": str(path)},
        timeout=30,
    )
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "data") in done.stderr
    assert "env -u PYTHONPATH smallwins" in done.stderr
    assert done.returncode == 1


def test_no_escape_in_a_path_or_a_file_reaches_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "evil\x1b]0;pwned\x07" / "wins.json"
    run("add", "First", path=path)
    path.write_bytes(path.read_bytes().replace(b"First", b"\\u001b]0;pwned\\u0007"))
    for words in (("where",), ("backup",), ("list",), ("export", "--format", "csv"), ("show", "pwned")):
        with Terminal(*SMALLWINS, "--file", str(path), *words) as terminal:
            terminal.wait_end()
        assert b"\x1b]0;" not in terminal.raw
        assert b"\x07" not in terminal.raw


@pytest.mark.parametrize("words", [("list",), ("stats",), ("show", "beef"), ("export", "--format", "md"), ("-h",)])
def test_no_command_imports_the_screen(path: Path, words: tuple[str, ...]) -> None:
    script = (
        "import sys\nfrom tui.cli.main import cli\n"
        "try:\n    cli.main(sys.argv[1:])\n"
        "finally:\n    print({'textual', 'rich', 'plotext'} & set(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", script, "--file", str(path), *words],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
    )
    assert done.stderr.endswith("set()\n")


def test_the_demo_is_an_app_in_a_temporary_file_that_is_removed(path: Path, tmp_path: Path) -> None:
    with Terminal(*SMALLWINS, "--file", str(path), "demo", env={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.wait("Asked to speak again in spring")
        assert list(tmp_path.glob("smallwins-demo-*"))
        terminal.keys("q")
        assert terminal.wait_end() == 0
    assert not list(tmp_path.glob("smallwins-demo-*"))
    assert not path.exists()


def test_an_import_that_is_broken_off_leaves_no_half(path: Path) -> None:
    run("add", "Before", path=path)
    before = path.read_bytes()
    with subprocess.Popen(  # noqa: S603 - our own program
        [*SMALLWINS, "--file", str(path), "import", "-", "--on", "today"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"".join(b"- Win %d\n" % index for index in range(30_000)))
        process.stdin.close()
        process.stderr.readline()  # "Read as ...": it has begun
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        process.wait(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert path.read_bytes() == before


def test_ctrl_c_is_quiet_and_writes_nothing(path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 - our own program
        [*SMALLWINS, "--file", str(path), "add", "x", "--story", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"half a story" * 10_000)  # more than a pipe holds: it is being read when this returns
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err
    assert not path.exists()


def test_an_ascii_locale_prints_what_it_can(path: Path) -> None:
    run("add", "Café 日本", path=path)
    env = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert run("list", path=path, env=env).returncode == 0
    assert "Café 日本" in run("list", "--json", path=path, env=env).stdout


def test_a_terminal_without_the_letters_gets_others_that_are_as_wide(path: Path) -> None:
    identity = run("add", "Café 日本 “new” – …", path=path).stdout.strip()
    run("sort", identity, "real", path=path)
    latin = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "NO_COLOR": "1"}
    with Terminal(*SMALLWINS, "--file", str(path), "list", env=latin) as terminal:
        assert terminal.wait_end() == 0
        assert '*  Caf\xe9 ???? "new" - .'.encode("latin-1") in bytes(terminal.raw)


@pytest.mark.parametrize("words", [("list",), ()])
def test_a_window_that_only_prints_lines_gets_lines(path: Path, words: tuple[str, ...]) -> None:
    identity = run("add", "First", path=path).stdout.strip()
    run("sort", identity, "real", path=path)
    with Terminal(*SMALLWINS, "--file", str(path), *words, env={"TERM": "dumb"}) as terminal:
        assert terminal.wait_end() == 0
        assert b"\x1b" not in bytes(terminal.raw)
        assert ("First" if words else "momentum") in terminal.text()


def test_a_terminal_gets_a_table_in_colour_unless_it_asks_for_none(path: Path) -> None:
    identity = run("add", "First", path=path).stdout.strip()
    run("sort", identity, "real", path=path)
    words = (*SMALLWINS, "--file", str(path), "list")
    with Terminal(*words) as terminal:
        terminal.wait("First")
        assert identity[:8] in terminal.text()
        assert identity not in terminal.text()
        assert b"\x1b[32m" in bytes(terminal.raw)
    with Terminal(*words, env={"NO_COLOR": "1"}) as terminal:
        terminal.wait("◆")
        assert b"\x1b[32m" not in bytes(terminal.raw)


def test_a_long_import_shows_how_far_it_is_to_who_looks(path: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(
        "## 2026-11-16\n" + "".join(f"- Win {number} {'with some more words ' * 4}\n" for number in range(5_000))
    )
    with Terminal(*SMALLWINS, "--file", str(path), "import", str(notes)) as terminal:
        assert terminal.wait_end() == 0
        assert b"Reading  [###" in bytes(terminal.raw)
        assert "5,000 new" in terminal.text()


def test_a_time_zone_that_is_none_is_said_and_the_command_works(path: Path) -> None:
    done = run("add", "First", path=path, env={**os.environ, "TZ": "UTC+99"})
    assert done.returncode == 0
    assert "TZ is not a time zone" in done.stderr


def test_a_bug_is_said_in_a_sentence_without_a_word_of_what_was_typed(path: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import data.model.edits as edits\nedits.new_win = None\n")
    env = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{Path(__file__).parents[3]}"}
    done = run("add", "My secret interview", path=path, env=env)
    assert done.returncode == 1
    assert "hit a bug (TypeError)" in done.stderr
    assert "write.py" in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


@pytest.mark.parametrize("module", ["tui.cli.main", "msgspec", "data.storage.store"])
def test_an_early_ctrl_c_is_quiet(path: Path, tmp_path: Path, module: str) -> None:
    hook = f"lambda event, args: event == 'import' and args[0] == {module!r} and os.kill(os.getpid(), signal.SIGINT)"
    (tmp_path / "sitecustomize.py").write_text(f"import os, signal, sys\nsys.addaudithook({hook})\n")
    env = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{Path(__file__).parents[3]}"}
    done = run("add", "First", path=path, env=env)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")
    assert not path.exists()
