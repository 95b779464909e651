"""The text of a form outlives the app."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from data.base.errors import SaveError
from data.files.drafts import Draft, draft_path, existing_drafts, load_drafts, save_drafts
from tests.support.fake_disk import Calls, broken
from tests.support.growth import per_doubling
from tests.support.one_draft import drop_draft, load_draft, save_draft

TYPED = Draft(fields={"title": "Said yes to the pan", "story": "It scares me,\nand"}, win=None)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    journal = tmp_path / "data" / "wins.json"
    journal.parent.mkdir()
    return journal


def test_a_draft_comes_back_as_it_was_typed(journal: Path) -> None:
    save_draft(journal, Draft(fields={"title": "An older one"}))
    save_draft(journal, TYPED)
    assert load_draft(journal) == TYPED
    assert draft_path(journal).stat().st_mode & 0o777 == 0o600


@pytest.mark.terminal
def test_a_draft_survives_a_kill_of_the_program(journal: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom data.files.drafts import Draft, save_drafts\n"
        "save_drafts(Path(sys.argv[1]), [Draft(fields={'title': 'Said yes'})])\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(journal)], check=False)  # noqa: S603  # our own program
    assert done.returncode == -signal.SIGKILL
    assert load_draft(journal) == Draft(fields={"title": "Said yes"})


def test_a_dropped_draft_is_gone(journal: Path) -> None:
    assert load_draft(journal) is None
    save_draft(journal, TYPED)
    drop_draft(journal)
    drop_draft(journal)
    assert load_draft(journal) is None


def test_half_a_character_does_not_stop_a_draft(journal: Path) -> None:
    save_draft(journal, Draft(fields={"title": "half \ud83d"}))
    assert load_draft(journal) == Draft(fields={"title": "half "})


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b'{"fields":{"title":"\xff"}}', b'{"fields":{"title":3}}'])
def test_a_damaged_draft_is_no_draft(journal: Path, data: bytes) -> None:
    save_draft(journal, TYPED)
    draft_path(journal).write_bytes(data)
    assert load_draft(journal) is None


def test_a_full_disk_is_said_in_plain_words_and_keeps_the_draft_before(journal: Path) -> None:
    save_draft(journal, TYPED)
    with pytest.raises(SaveError, match="the disk is full"):
        save_draft(journal, Draft(fields={"title": "newer"}), broken("sync"))
    assert load_draft(journal) == TYPED
    assert list(journal.parent.glob("*.tmp")) == []


def test_a_draft_that_can_t_be_removed_is_said(journal: Path) -> None:
    save_draft(journal, TYPED)
    draft_path(journal).unlink()
    draft_path(journal).mkdir()
    with pytest.raises(SaveError, match=r"^The draft could not be removed: "):
        drop_draft(journal)


WINDOW = """
import sys
from pathlib import Path
from data.files.drafts import Draft
from tests.support.one_draft import drop_draft, load_draft, save_draft
journal = Path(sys.argv[1])
for line in sys.stdin:
    word, _, title = line.strip().partition(" ")
    if word == "save":
        save_draft(journal, Draft({"title": title}))
    elif word == "drop":
        drop_draft(journal)
    found = load_draft(journal)
    print(found.fields["title"] if found else "nothing", flush=True)
"""


class Window:
    """Another window on a journal."""

    def __init__(self, journal: Path) -> None:
        self._program = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-c", WINDOW, str(journal)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._program.kill()
        self._program.communicate()

    def do(self, what: str) -> str:
        """Save, drop or just load a draft, and return the title of the one it has then."""
        stdin, stdout = self._program.stdin, self._program.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"{what}\n")
        stdin.flush()
        return stdout.readline().strip()


def test_two_windows_have_a_draft_each_and_the_next_start_finds_what_a_crash_left(journal: Path) -> None:
    with Window(journal) as one, Window(journal) as other:
        assert one.do("save from one") == "from one"
        assert other.do("load") == "nothing", "it is another window's, which is still open"
        assert other.do("save from the other") == "from the other"
        assert one.do("load") == "from one"
        assert one.do("drop") == "nothing"
        assert other.do("load") == "from the other"
        assert one.do("save again") == "again"
    with Window(journal) as next_start, Window(journal) as one_more:
        assert {next_start.do("load"), one_more.do("load")} == {"again", "from the other"}
        assert next_start.do("drop") == one_more.do("drop") == "nothing"
    assert existing_drafts(journal) == []


def test_where_the_disk_of_the_journal_is_full_the_draft_is_in_the_state_folder(journal: Path, home: Path) -> None:
    save_draft(journal, Draft({"title": "older"}))
    creates: list[str] = []

    def tell(name: str) -> None:
        creates.append(name)
        if name == "create" and creates.count("create") == 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    save_draft(journal, TYPED, Calls(tell))
    assert load_draft(journal) == TYPED, "the newer one counts"
    found = [path for path in existing_drafts(journal) if home in path.parents]
    assert [path.stat().st_mode & 0o777 for path in (found[0], found[0].parent)] == [0o600, 0o700]
    drop_draft(journal)
    assert existing_drafts(journal) == []


def test_where_the_disk_of_the_journal_is_gone_the_draft_is_in_the_state_folder(journal: Path) -> None:
    shutil.rmtree(journal.parent)
    with Window(journal) as one:
        assert one.do("save typed on") == "typed on"
    assert not journal.parent.exists()
    assert load_draft(journal) == Draft({"title": "typed on"})
    assert load_draft(journal.with_name("another.json")) is None
    drop_draft(journal)


def test_a_draft_of_another_user_is_not_read(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(journal, b'{"fields":{"title":"planted"}}')
    monkeypatch.setattr(os, "geteuid", lambda: draft_path(journal).stat().st_uid + 1)
    assert load_draft(journal) is None


def plant(journal: Path, data: bytes) -> None:
    """Put a file where a draft is looked for."""
    draft_path(journal).write_bytes(data)


def test_a_draft_that_is_a_link_or_a_pipe_is_not_read(journal: Path) -> None:
    plant(journal.with_name("other.json"), b'{"fields":{"title":"elsewhere"}}')
    draft_path(journal).symlink_to(draft_path(journal.with_name("other.json")))
    assert load_draft(journal) is None
    draft_path(journal).unlink()
    os.mkfifo(draft_path(journal))
    assert load_draft(journal) is None
    save_draft(journal, TYPED)
    assert load_draft(journal) == TYPED


def test_no_text_of_a_draft_reaches_the_terminal_raw(journal: Path) -> None:
    plant(journal, b'{"fields":{"title":"\\u001b]0;owned\\u0007x","story":"a\\u009b31mb\\nc"}}')
    assert load_draft(journal) == Draft({"title": "]0;ownedx", "story": "a31mb\nc"})
    drop_draft(journal)


def test_the_form_of_a_draft_is_kept(journal: Path) -> None:
    save_draft(journal, Draft({"name": "Climate work"}, form="goal"))
    assert load_draft(journal) == Draft({"name": "Climate work"}, form="goal")
    drop_draft(journal)


def test_each_form_has_a_draft_of_its_own_and_the_latest_is_last(journal: Path) -> None:
    drafts = (TYPED, Draft({"title": "another"}, win="beef"), Draft({"name": "Climate work"}, form="goal"))
    save_drafts(journal, drafts)
    assert load_drafts(journal) == drafts
    save_drafts(journal, drafts[:1])
    assert load_drafts(journal) == drafts[:1]
    save_drafts(journal, ())
    assert existing_drafts(journal) == []


def test_a_draft_of_an_earlier_version_is_read(journal: Path) -> None:
    plant(journal, b'{"fields":{"title":"half"},"win":null,"form":"win"}')
    assert load_drafts(journal) == (Draft({"title": "half"}),)
    drop_draft(journal)


@pytest.mark.parametrize("pattern", ["a", "\u0300\u0323", "\x1b", "\\ud800", "{", '\\"', "👩\u200d"])
def test_a_draft_is_read_in_linear_time(journal: Path, pattern: str) -> None:
    def of_size(size: int) -> Callable[[], object]:
        path = journal.with_name(f"{size}.json")
        text = pattern * (size // len(pattern))
        plant(path, f'[{{"fields":{{"title":"{text}","{text}":"x"}}}}]'.encode(errors="surrogatepass"))
        return lambda: load_drafts(path)

    assert per_doubling(of_size(50_000), of_size(200_000)) <= 2.5
